//! An expression in jq, with its place in the file, and what it makes of a value.

use super::language::{Code, Stop};
use super::val::{self, Val};
use super::vars::{Var, Vars};
use std::fmt;
use std::sync::Arc;

/// Where something stands in a connector file.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// JSON pointer.
    pub pointer: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{} ({})",
            self.line,
            self.column,
            if self.pointer.is_empty() { "/" } else { &self.pointer }
        )
    }
}

/// A compiled expression. Cheap to clone.
#[derive(Clone)]
pub struct Expr {
    /// As it was written.
    pub text: String,
    /// Where it stands.
    pub place: Place,
    code: Arc<Code>,
}

impl fmt::Debug for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expr").field("text", &self.text).field("place", &self.place).finish_non_exhaustive()
    }
}

/// An expression could not be worked out, or yielded something else than what its place needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExprError {
    /// The expression.
    pub text: String,
    /// Where it stands.
    pub place: Place,
    /// What was wrong, for people; holds at most a short piece of the data.
    pub said: String,
}

impl fmt::Display for ExprError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: `{}`: {}", self.place, self.text, self.said)
    }
}

impl std::error::Error for ExprError {}

/// Values that one expression may yield at most.
pub const OUTPUTS: usize = 100_000;

/// Characters of an error that are kept: an error may quote a whole answer.
const SAID: usize = 300;

impl Expr {
    /// What [`Library::compile`](super::language::Library::compile) made of a text that stands there.
    pub fn new(text: &str, place: Place, code: Code) -> Self {
        Self { text: text.to_owned(), place, code: Arc::new(code) }
    }

    /// Whether it uses that variable.
    pub fn uses(&self, var: Var) -> bool {
        self.code.uses(var)
    }

    /// All it yields.
    pub fn all(&self, input: &Val, vars: &Vars) -> Result<Vec<Val>, ExprError> {
        let mut values = Vec::new();
        self.code
            .run(input, vars, |value| {
                values.push(value);
                if values.len() > OUTPUTS { Err(Stop::Outputs) } else { Ok(true) }
            })
            .map_err(|stop| self.stopped(&stop))?;
        Ok(values)
    }

    /// The first it yields.
    pub fn one(&self, input: &Val, vars: &Vars) -> Result<Option<Val>, ExprError> {
        let mut found = None;
        self.code
            .run(input, vars, |value| {
                found = Some(value);
                Ok(false)
            })
            .map_err(|stop| self.stopped(&stop))?;
        Ok(found)
    }

    /// The first it yields, which must be a text, a number or a flag; nothing and null are none.
    pub fn text(&self, input: &Val, vars: &Vars) -> Result<Option<String>, ExprError> {
        match self.one(input, vars)? {
            None | Some(Val::Null) => Ok(None),
            Some(value @ (Val::Arr(_) | Val::Obj(_))) => Err(self.other("a text", &value)),
            Some(value) => Ok(Some(val::scalar_text(&value))),
        }
    }

    /// Whether the first it yields is neither null nor false; nothing is false.
    pub fn truthy(&self, input: &Val, vars: &Vars) -> Result<bool, ExprError> {
        Ok(self.one(input, vars)?.is_some_and(|value| val::truthy(&value)))
    }

    /// The first it yields, which must be a number or a text that is one; nothing and null are none.
    pub fn number(&self, input: &Val, vars: &Vars) -> Result<Option<f64>, ExprError> {
        match self.one(input, vars)? {
            None | Some(Val::Null) => Ok(None),
            Some(value @ (Val::Num(_) | Val::TStr(_))) => {
                let number =
                    val::scalar_text(&value).trim().parse::<f64>().ok().filter(|number| number.is_finite());
                number.map(Some).ok_or_else(|| self.other("a number", &value))
            }
            Some(value) => Err(self.other("a number", &value)),
        }
    }

    /// Everything it yields as one list: a single list is taken as it is, null and nothing are none.
    pub fn list(&self, input: &Val, vars: &Vars) -> Result<Vec<Val>, ExprError> {
        let mut values = self.all(input, vars)?;
        if let [Val::Arr(items)] = values.as_slice() {
            values = items.as_ref().clone();
        } else if let [Val::Null] = values.as_slice() {
            values.clear();
        }
        Ok(values)
    }

    /// It yielded something else than its place needs.
    pub fn other(&self, expected: &str, found: &Val) -> ExprError {
        let shown = short(&found.to_string());
        self.error(format!("expected {expected}, found {}: {shown}", val::kind(found)))
    }

    /// An error of this expression.
    pub fn error(&self, said: impl Into<String>) -> ExprError {
        ExprError { text: self.text.clone(), place: self.place.clone(), said: said.into() }
    }

    fn stopped(&self, stop: &Stop) -> ExprError {
        self.error(short(&stop.to_string()))
    }
}

fn short(text: &str) -> String {
    let mut short: String = text.chars().take(SAID).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

//! Running a compiled expression, under limits.

use super::tables::Tables;
use super::{STACK, STEPS};
use crate::plan::val::Val;
use crate::plan::vars::{Var, Vars};
use jaq_core::data::HasLut;
use jaq_core::{Ctx, DataT, Exn, Filter, Lut};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// What natives may ask for besides their input.
pub(super) struct World;

/// The same, for one evaluation.
#[derive(Clone, Copy)]
pub(super) struct Lend<'a> {
    lut: &'a Lut<World>,
    pub(super) tables: &'a Tables,
    limits: &'a Limits,
}

impl DataT for World {
    type V<'a> = Val;
    type Data<'a> = Lend<'a>;
}

impl<'a> HasLut<'a, World> for Lend<'a> {
    fn lut(&self) -> &'a Lut<World> {
        self.lut
    }
}

struct Limits {
    steps: Cell<u32>,
    stack: usize,
    deep: Cell<bool>,
}

/// Where the stack stands, roughly: the address of something that lives on it.
#[inline(never)]
fn stack_now() -> usize {
    let here = 0_u8;
    std::ptr::from_ref(std::hint::black_box(&here)).addr()
}

impl Lend<'_> {
    /// One step of recursion. The error cannot be caught by an expression.
    pub(super) fn step<'b>(&self) -> Result<(), Exn<'b, Val>> {
        let limits = self.limits;
        if limits.stack.abs_diff(stack_now()) > STACK {
            limits.deep.set(true);
            return Err(Exn::halt(1));
        }
        let left = limits.steps.get().checked_sub(1).ok_or_else(|| Exn::halt(1))?;
        limits.steps.set(left);
        Ok(())
    }
}

/// A compiled expression without its place.
pub struct Code {
    pub(super) filter: Filter<World>,
    /// Variables that it uses, itself or through a definition.
    pub uses: Vec<Var>,
    pub(super) tables: Arc<Tables>,
    /// Fields of variables that the expression itself names, with the byte at which each stands.
    pub fields: Vec<(Var, String, usize)>,
    /// Fields of `$args` that it uses, itself or through a definition; none if it may use any.
    pub args: Option<BTreeSet<String>>,
}

impl Code {
    /// Whether it uses that variable, itself or through a definition.
    pub fn uses(&self, var: Var) -> bool {
        self.uses.contains(&var)
    }
}

/// Why an evaluation ended early.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The expression's own error.
    Error(String),
    /// Too many steps.
    Steps,
    /// Recursion too deep.
    Deep,
    /// Too many values.
    Outputs,
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Error(said) => f.write_str(said),
            Self::Steps => {
                write!(f, "it did not end within {STEPS} steps; look for a recursion or range without end")
            }
            Self::Deep => {
                f.write_str("its recursion is too deep; let the recursive call come last, behind a `|`")
            }
            Self::Outputs => {
                write!(
                    f,
                    "it yields more than {} values; look for a generator without end",
                    crate::plan::OUTPUTS
                )
            }
        }
    }
}

impl Code {
    /// Hands each value to `take` until that says that it is enough.
    pub(crate) fn run(
        &self,
        input: &Val,
        vars: &Vars,
        mut take: impl FnMut(Val) -> Result<bool, Stop>,
    ) -> Result<(), Stop> {
        let limits = Limits { steps: Cell::new(STEPS), stack: stack_now(), deep: Cell::new(false) };
        let lend = Lend { lut: &self.filter.lut, tables: &self.tables, limits: &limits };
        let values = jaq_core::Vars::new(self.uses.iter().map(|var| vars.get(*var)));
        let context = Ctx::<World>::new(lend, values);
        for output in self.filter.id.run((context, input.clone())) {
            let value = output.map_err(|end| match end.get_err() {
                Ok(error) => Stop::Error(jaq_error(&error)),
                Err(_) if limits.deep.get() => Stop::Deep,
                Err(_) => Stop::Steps,
            })?;
            if !take(value)? {
                break;
            }
        }
        Ok(())
    }
}

/// An error's value is shown as a text, not as JSON, if it is one.
fn jaq_error(error: &jaq_core::Error<Val>) -> String {
    crate::plan::val::scalar_text(&error.clone().into_val())
}

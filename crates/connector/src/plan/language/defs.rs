//! The library of definitions that a file's expressions share, and compiling one of them with what it uses.

use super::run::Code;
use super::tables::Tables;
use super::walk::{Uses, count_steps, count_steps_in};
use super::{bounds, natives};
use crate::plan::vars::Var;
use jaq_core::Compiler;
use jaq_core::compile::Undefined;
use jaq_core::load::parse::{Def, Term};
use jaq_core::load::{self, Arena, File, Lexer, Loader, Parser};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

/// Something wrong in an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Bytes before it in the expression, or in the file's definitions.
    pub at: usize,
    /// It stands in the file's definitions, which the expression calls.
    pub in_define: bool,
    /// What stands there.
    pub found: String,
    /// What was expected.
    pub expected: String,
    /// What to do.
    pub hint: Option<String>,
}

/// What is expected where a function is unknown.
pub(crate) const UNKNOWN: &str = "a function of jq, of `define` or of `maps`";

/// The name under which an expression itself is a definition.
const MAIN: &str = "__main";

struct Entry<'s> {
    def: Def<&'s str>,
    uses: Uses<'s>,
}

/// Everything that expressions of one file may call.
#[derive(Default)]
pub struct Library<'s> {
    entries: Vec<Entry<'s>>,
    natives: Vec<(&'static str, usize)>,
    tables: Arc<Tables>,
    define: &'s str,
}

/// The definitions that maps bring: `from_NAME`, `to_NAME`, `all_NAME` for each.
pub fn definitions_of(tables: &Tables) -> String {
    let mut text = String::new();
    for name in tables.keys() {
        // Writing into a text cannot fail.
        _ = writeln!(
            text,
            "def from_{name}: __from({name:?});\ndef to_{name}: __to({name:?});\ndef all_{name}: __all({name:?});"
        );
    }
    text
}

type Parsed<T> = Result<T, Vec<Wrong>>;

fn lexed_and<'s, T: Default>(
    code: &'s str,
    parse: impl for<'t> FnOnce(&mut Parser<'s, 't>) -> load::parse::Result<'s, 't, T>,
) -> Parsed<T> {
    let at = |part: &str| (part.as_ptr().addr() - code.as_ptr().addr()).min(code.len());
    let too_much = |at: usize| {
        vec![syntax(
            at,
            code.get(at..).unwrap_or_default(),
            "an expression that is shorter and less deep; parts of it can go into `define`",
        )]
    };
    if let Some(at) = bounds::too_deep(code) {
        return Err(too_much(at));
    }
    let tokens = Lexer::new(code).lex().map_err(|errors| {
        let wrong = errors.into_iter().map(|(expected, found)| {
            let first: String = found.chars().take(1).collect();
            syntax(at(found), &first, expected.as_str())
        });
        wrong.collect::<Vec<_>>()
    })?;
    if let Some(token) = bounds::too_long(&tokens) {
        return Err(too_much(at(token)));
    }
    Parser::new(&tokens).parse(parse).map_err(|errors| {
        let wrong = errors.into_iter().map(|(expected, found)| {
            let found = found.map_or(code.get(code.len()..).unwrap_or_default(), load::lex::Token::as_str);
            syntax(at(found), found, expected.as_str())
        });
        wrong.collect::<Vec<_>>()
    })
}

fn syntax(at: usize, found: &str, expected: &str) -> Wrong {
    let short: String = found.chars().take(20).collect();
    let found = if short.is_empty() { "the end of the expression".to_owned() } else { format!("`{short}`") };
    let expected = match expected {
        "term" => "a value, such as `.name`, `$settings.x` or `\"text\"`",
        "nothing" => "the end of the expression; parts are joined by `|`, `,` or an operator",
        "key" => "a key, such as `.name` or `[\"odd name\"]`",
        "token" => "jq; such a character has no meaning there",
        other => other,
    };
    Wrong { at, in_define: false, found, expected: expected.to_owned(), hint: None }
}

impl<'s> Library<'s> {
    /// The library of a file. `maps` is made by [`definitions_of`]; `define` is the file's own text.
    pub fn new(tables: Arc<Tables>, maps: &'s str, define: &'s str) -> Parsed<Self> {
        let mut defs: Vec<Def<&'s str>> = lexed_and(include_str!("definitions.jq"), |parser| parser.defs())?;
        let jaq: Vec<Def> = jaq_core::defs().chain(jaq_std::defs()).chain(jaq_json::defs()).collect();
        let jaq: Vec<Def<&'s str>> = jaq;
        defs.extend(jaq);
        defs.extend(lexed_and::<Vec<Def<&'s str>>>(include_str!("more.jq"), |parser| parser.defs())?);
        defs.extend(lexed_and(maps, |parser| parser.defs())?);
        let mut library = Self { entries: Vec::new(), natives: natives::names(), tables, define };
        library.add(defs);
        library.drop_what_cannot_be();
        library.add(lexed_and(define, |parser| parser.defs())?);
        Ok(library)
    }

    fn add(&mut self, defs: Vec<Def<&'s str>>) {
        self.entries.extend(defs.into_iter().map(|mut def| {
            count_steps(&mut def);
            let mut uses = Uses::of(&def.body);
            // A definition's own arguments are no calls.
            uses.calls.retain(|(name, count)| *count > 0 || !def.args.contains(name));
            Entry { def, uses }
        }));
    }

    /// Takes out what needs functions that are not here (`env`, `debug`, `input`, `pow`, …), so that they are unknown.
    fn drop_what_cannot_be(&mut self) {
        loop {
            let known: BTreeSet<(&str, usize)> = self.names().collect();
            let missing = |entry: &Entry<'_>| {
                let locals = local_names(&entry.def);
                entry.uses.calls.iter().any(|call| !known.contains(call) && !locals.contains(&call.0))
            };
            let bad: Vec<bool> = self.entries.iter().map(missing).collect();
            if !bad.contains(&true) {
                return;
            }
            let mut bad = bad.into_iter();
            self.entries.retain(|_| !bad.next().unwrap_or_default());
        }
    }

    fn names(&self) -> impl Iterator<Item = (&str, usize)> {
        let defs = self.entries.iter().map(|entry| (entry.def.name, entry.def.args.len()));
        defs.chain(self.natives.iter().copied())
    }

    /// Compiles an expression that may use these variables.
    pub fn compile(&self, text: &str, scope: &[Var]) -> Result<Code, Vec<Wrong>> {
        let mut main: Term<&str> = lexed_and(text, |parser| parser.term())?;
        count_steps_in(&mut main);
        let own = Uses::of(&main);
        let (needed, named) = self.reached(&own);
        let uses: Vec<Var> =
            Var::ALL.into_iter().filter(|var| named.contains(var.name()) && scope.contains(var)).collect();

        let entries = self.entries.iter().map(|entry| &entry.def);
        let defs = entries.filter(|def| needed.contains(&(def.name, def.args.len()))).cloned();
        let main = Def { name: MAIN, args: Vec::new(), body: main };
        let natives = natives::all().into_iter();
        let natives = natives.filter(|(name, arguments, _)| needed.contains(&(*name, arguments.len())));

        let arena = Arena::default();
        let loaded = Loader::new(defs.chain([main])).load(&arena, File { code: MAIN, path: () });
        let Ok(modules) = loaded else {
            return Err(vec![syntax(0, text, "an expression")]);
        };
        let compiled = Compiler::default()
            .with_funs(natives)
            .with_global_vars(uses.iter().map(|var| var.name()))
            .compile(modules);
        let filter = compiled.map_err(|files| {
            let errors = files.into_iter().flat_map(|(_, errors)| errors);
            let mut wrong: Vec<Wrong> =
                errors.map(|(name, what)| self.undefined(text, name, &what, scope)).collect();
            wrong.dedup();
            wrong
        })?;
        let fields = own.fields.iter().filter_map(|(var, field)| {
            Some((
                Var::named(var)?,
                (*field).to_owned(),
                field.as_ptr().addr().checked_sub(text.as_ptr().addr())?,
            ))
        });
        let args = self.args_of(&own, &needed);
        Ok(Code { filter, uses, tables: Arc::clone(&self.tables), fields: fields.collect(), args })
    }

    /// Fields of `$args` that are named there or in what is called; none where `$args` is taken whole.
    fn args_of(&self, own: &Uses<'_>, needed: &BTreeSet<(&str, usize)>) -> Option<BTreeSet<String>> {
        let called =
            self.entries.iter().filter(|entry| needed.contains(&(entry.def.name, entry.def.args.len())));
        let mut fields = BTreeSet::new();
        for uses in called.map(|entry| &entry.uses).chain([own]) {
            let named = uses.vars.iter().filter(|var| **var == Var::Args.name()).count();
            let taken = uses.fields.iter().filter(|(var, _)| *var == Var::Args.name());
            let taken: Vec<_> = taken.map(|(_, field)| (*field).to_owned()).collect();
            if named > taken.len() {
                return None;
            }
            fields.extend(taken);
        }
        Some(fields)
    }

    /// Everything that is called, directly or through others, and every variable named there.
    fn reached(&self, from: &Uses<'_>) -> (BTreeSet<(&str, usize)>, BTreeSet<String>) {
        let mut named: BTreeSet<String> = from.vars.iter().map(|name| (*name).to_owned()).collect();
        let mut waiting: Vec<(String, usize)> =
            from.calls.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
        // Each definition that the compiler writes by itself.
        waiting.extend([("empty".to_owned(), 0), ("error".to_owned(), 1), (natives::STEP.to_owned(), 0)]);
        let mut needed = BTreeSet::new();
        while let Some((name, count)) = waiting.pop() {
            let Some(known) = self.names().find(|known| *known == (name.as_str(), count)) else { continue };
            if !needed.insert(known) {
                continue;
            }
            for entry in self.entries.iter().filter(|entry| (entry.def.name, entry.def.args.len()) == known) {
                waiting.extend(entry.uses.calls.iter().map(|(name, count)| ((*name).to_owned(), *count)));
                named.extend(entry.uses.vars.iter().map(|name| (*name).to_owned()));
            }
        }
        (needed, named)
    }

    fn undefined(&self, text: &str, name: &str, what: &Undefined, scope: &[Var]) -> Wrong {
        let inside = |whole: &str| {
            name.as_ptr().addr().checked_sub(whole.as_ptr().addr()).filter(|at| *at < whole.len())
        };
        let (at, in_define) = match (inside(text), inside(self.define)) {
            (Some(at), _) => (at, false),
            (None, Some(at)) => (at, true),
            (None, None) => (0, false),
        };
        let (expected, hint) = match what {
            Undefined::Var => variable(name, scope),
            Undefined::Filter(count) => self.function(name, *count),
            Undefined::Label => ("a label that is set around it".to_owned(), None),
            _ => ("no module; a file stands alone".to_owned(), None),
        };
        Wrong { at, in_define, found: format!("`{name}`"), expected, hint }
    }

    /// The names of the file's own definitions, with their numbers of arguments.
    pub fn own_definitions(&self) -> Vec<(&'s str, usize)> {
        let inside = |name: &str| {
            name.as_ptr()
                .addr()
                .checked_sub(self.define.as_ptr().addr())
                .is_some_and(|at| at < self.define.len())
        };
        let entries = self.entries.iter().filter(|entry| inside(entry.def.name));
        entries.map(|entry| (entry.def.name, entry.def.args.len())).collect()
    }

    fn function(&self, name: &str, count: usize) -> (String, Option<String>) {
        let visible = || self.names().filter(|(known, _)| !known.starts_with("__"));
        let mut counts: Vec<usize> =
            visible().filter(|(known, _)| *known == name).map(|(_, count)| count).collect();
        counts.sort_unstable();
        counts.dedup();
        if counts.contains(&count) {
            let hint = "a definition can call itself and those before it".to_owned();
            return ("a definition that stands before it".to_owned(), Some(hint));
        }
        if !counts.is_empty() {
            let counts: Vec<String> = counts.iter().map(ToString::to_string).collect();
            let expected = format!("{} argument(s) for `{name}`, not {count}", counts.join(" or "));
            let hint = "arguments of a function are separated by `;`".to_owned();
            return (expected, Some(hint));
        }
        let hint = if matches!(name, "env" | "input" | "inputs" | "debug" | "halt" | "stderr") {
            Some(format!("`{name}` reaches outside of an expression; that is not possible here"))
        } else if let Some(map) = ["from_", "to_", "all_"].iter().find_map(|start| name.strip_prefix(start)) {
            Some(format!("`maps` has no `{map}`{}", near(map, self.tables.keys().map(String::as_str))))
        } else {
            let near = near(name, visible().map(|(known, _)| known));
            let near = near.strip_prefix("; ").unwrap_or_default();
            let variable = format!("${name}");
            let field = if count == 0 && Var::named(&variable).is_some() {
                format!("for the variable of that name write `{variable}`")
            } else if count == 0 {
                format!("for the field of that name write `.{name}`, for a text `\"{name}\"`")
            } else {
                String::new()
            };
            let hint = [near, field.as_str()]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" ");
            (!hint.is_empty()).then_some(hint)
        };
        (UNKNOWN.to_owned(), hint)
    }
}

fn variable(name: &str, scope: &[Var]) -> (String, Option<String>) {
    let here: Vec<&str> = scope.iter().map(|var| var.name()).collect();
    let expected = format!("a variable that is known here: {}", here.join(", "));
    let hint = match Var::named(name) {
        Some(Var::Secret) => Some("secrets can only be used in `auth`".to_owned()),
        Some(_) => Some(format!("`{name}` has no value at this place")),
        None if name == "$ENV" || name == "$__prog_args" => {
            Some("what differs between installations goes into `settings`".to_owned())
        }
        None => Some(near(name, here.into_iter()).trim_start_matches("; ").to_owned())
            .filter(|near| !near.is_empty()),
    };
    (expected, hint)
}

/// `; did you mean …?`, if anything is near enough.
pub(crate) fn near<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let best = known.map(|known| (strsim::damerau_levenshtein(name, known), known)).min();
    match best {
        Some((distance, known)) if distance > 0 && distance <= 1 + name.chars().count() / 3 => {
            format!("; did you mean `{known}`?")
        }
        _ => String::new(),
    }
}

/// Names that are bound inside of a definition.
fn local_names<'s>(def: &Def<&'s str>) -> Vec<&'s str> {
    let mut names: Vec<&str> = def.args.clone();
    let mut body = &def.body;
    while let Term::Def(defs, rest) = body {
        for inner in defs {
            names.push(inner.name);
            names.extend(local_names(inner));
        }
        body = rest;
    }
    names
}

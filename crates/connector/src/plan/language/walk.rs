//! Walking an expression's tree: what it calls, which variables it names, and steps for what calls itself.

use jaq_core::load::lex::StrPart;
use jaq_core::load::parse::{BinaryOp, Def, Pattern, Term};
use jaq_core::path::Part;

/// What a term calls (name and number of arguments), which variables it names, with `$`, and of which it takes which
/// field (`$args.id` is `$args` and `id`).
#[derive(Default)]
pub(super) struct Uses<'s> {
    pub(super) calls: Vec<(&'s str, usize)>,
    pub(super) vars: Vec<&'s str>,
    pub(super) fields: Vec<(&'s str, &'s str)>,
}

impl<'s> Uses<'s> {
    pub(super) fn of(term: &Term<&'s str>) -> Self {
        let mut uses = Self::default();
        uses.term(term);
        uses
    }

    fn term(&mut self, term: &Term<&'s str>) {
        match term {
            Term::Id | Term::Recurse | Term::Num(_) | Term::Break(_) | Term::Arr(None) => {}
            Term::Str(format, parts) => {
                self.calls.extend(format.iter().map(|name| (*name, 0)));
                for part in parts {
                    if let StrPart::Term(term) = part {
                        self.term(term);
                    }
                }
            }
            Term::Arr(Some(inner)) | Term::Neg(inner) | Term::Label(_, inner) => self.term(inner),
            Term::Obj(entries) => {
                for (key, value) in entries {
                    self.term(key);
                    self.terms(value.iter());
                }
            }
            Term::BinOp(left, op, right) => {
                self.term(left);
                if let BinaryOp::Pipe(Some(pattern)) = op {
                    self.pattern(pattern);
                }
                self.term(right);
            }
            Term::Fold(_, over, pattern, parts) => {
                self.term(over);
                self.pattern(pattern);
                self.terms(parts.iter());
            }
            Term::TryCatch(body, handler) => {
                self.term(body);
                self.terms(handler.as_deref());
            }
            Term::IfThenElse(branches, otherwise) => {
                for (condition, then) in branches {
                    self.term(condition);
                    self.term(then);
                }
                self.terms(otherwise.as_deref());
            }
            Term::Def(defs, rest) => {
                self.terms(defs.iter().map(|def| &def.body));
                self.term(rest);
            }
            Term::Call(name, arguments) => {
                self.calls.push((name, arguments.len()));
                self.terms(arguments.iter());
            }
            Term::Var(name) => self.vars.push(name),
            Term::Path(base, path) => {
                self.term(base);
                if let (Term::Var(name), Some((Part::Index(Term::Str(None, text)), _))) =
                    (&**base, path.0.first())
                    && let [StrPart::Str(field)] = text.as_slice()
                {
                    self.fields.push((name, field));
                }
                for (part, _) in &path.0 {
                    match part {
                        Part::Index(index) => self.term(index),
                        Part::Range(from, to) => self.terms(from.iter().chain(to)),
                    }
                }
            }
        }
    }

    fn terms<'t>(&mut self, terms: impl IntoIterator<Item = &'t Term<&'s str>>)
    where
        's: 't,
    {
        for term in terms {
            self.term(term);
        }
    }

    fn pattern(&mut self, pattern: &Pattern<&'s str>) {
        match pattern {
            Pattern::Var(_) => {}
            Pattern::Arr(items) => {
                for item in items {
                    self.pattern(item);
                }
            }
            Pattern::Obj(entries) => {
                for (key, value) in entries {
                    // A key that is a variable is bound there, not looked up, but naming it too often does no harm.
                    self.term(key);
                    self.pattern(value);
                }
            }
        }
    }
}

fn count_steps_inside(term: Option<&mut Term<&str>>) {
    if let Some(term) = term {
        count_steps_in(term);
    }
}

/// Lets every definition inside that calls itself count its calls.
pub(super) fn count_steps_in(term: &mut Term<&str>) {
    match term {
        Term::Id | Term::Recurse | Term::Num(_) | Term::Break(_) | Term::Var(_) | Term::Arr(None) => {}
        Term::Str(_, parts) => {
            for part in parts {
                if let StrPart::Term(term) = part {
                    count_steps_in(term);
                }
            }
        }
        Term::Arr(Some(inner)) | Term::Neg(inner) | Term::Label(_, inner) => count_steps_in(inner),
        Term::Obj(entries) => {
            for (key, value) in entries {
                count_steps_in(key);
                value.iter_mut().for_each(count_steps_in);
            }
        }
        Term::BinOp(left, _, right) => {
            count_steps_in(left);
            count_steps_in(right);
        }
        Term::Fold(_, over, _, parts) => {
            count_steps_in(over);
            parts.iter_mut().for_each(count_steps_in);
        }
        Term::TryCatch(body, handler) => {
            count_steps_in(body);
            count_steps_inside(handler.as_deref_mut());
        }
        Term::IfThenElse(branches, otherwise) => {
            for (condition, then) in branches {
                count_steps_in(condition);
                count_steps_in(then);
            }
            count_steps_inside(otherwise.as_deref_mut());
        }
        Term::Def(defs, rest) => {
            defs.iter_mut().for_each(count_steps);
            count_steps_in(rest);
        }
        Term::Call(_, arguments) => arguments.iter_mut().for_each(count_steps_in),
        Term::Path(base, path) => {
            count_steps_in(base);
            for (part, _) in &mut path.0 {
                match part {
                    Part::Index(index) => count_steps_in(index),
                    Part::Range(from, to) => from.iter_mut().chain(to).for_each(count_steps_in),
                }
            }
        }
    }
}

/// Lets a definition count its calls if it calls itself, and all definitions inside.
pub(super) fn count_steps(def: &mut Def<&str>) {
    count_steps_in(&mut def.body);
    if Uses::of(&def.body).calls.contains(&(def.name, def.args.len())) {
        let body = std::mem::take(&mut def.body);
        let step = Term::Call(super::natives::STEP, Vec::new());
        def.body = Term::BinOp(Box::new(step), BinaryOp::Pipe(None), Box::new(body));
    }
}

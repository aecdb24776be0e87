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
                    value.iter().for_each(|value| self.term(value));
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
                parts.iter().for_each(|part| self.term(part));
            }
            Term::TryCatch(body, handler) => {
                self.term(body);
                handler.iter().for_each(|handler| self.term(handler));
            }
            Term::IfThenElse(branches, otherwise) => {
                for (condition, then) in branches {
                    self.term(condition);
                    self.term(then);
                }
                otherwise.iter().for_each(|otherwise| self.term(otherwise));
            }
            Term::Def(defs, rest) => {
                defs.iter().for_each(|def| self.term(&def.body));
                self.term(rest);
            }
            Term::Call(name, arguments) => {
                self.calls.push((name, arguments.len()));
                arguments.iter().for_each(|argument| self.term(argument));
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
                        Part::Range(from, to) => from.iter().chain(to).for_each(|bound| self.term(bound)),
                    }
                }
            }
        }
    }

    fn pattern(&mut self, pattern: &Pattern<&'s str>) {
        match pattern {
            Pattern::Var(_) => {}
            Pattern::Arr(items) => items.iter().for_each(|item| self.pattern(item)),
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

/// Lets every definition inside that calls itself count its calls.
pub(super) fn count_steps_in<'s>(term: &mut Term<&'s str>) {
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
            handler.iter_mut().for_each(|handler| count_steps_in(handler));
        }
        Term::IfThenElse(branches, otherwise) => {
            for (condition, then) in branches {
                count_steps_in(condition);
                count_steps_in(then);
            }
            otherwise.iter_mut().for_each(|otherwise| count_steps_in(otherwise));
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
pub(super) fn count_steps<'s>(def: &mut Def<&'s str>) {
    count_steps_in(&mut def.body);
    if Uses::of(&def.body).calls.contains(&(def.name, def.args.len())) {
        let body = std::mem::take(&mut def.body);
        let step = Term::Call(super::natives::STEP, Vec::new());
        def.body = Term::BinOp(Box::new(step), BinaryOp::Pipe(None), Box::new(body));
    }
}

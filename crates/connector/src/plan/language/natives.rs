//! Functions that are written in Rust: jaq's own without those that reach outside, and ours.

use super::run::World;
use super::{dates, regex, tables, texts};
use crate::plan::val::Val;
use jaq_core::box_iter::box_once;
use jaq_core::native::{Fun, bome, run, unary, v};
use jaq_core::{Cv, Error, Native, ValX, ValXs};

/// Counts a step; see [`super::walk::count_steps`].
pub(super) const STEP: &str = "__step";

/// What jaq has and a file must not: an end of the whole program.
const WITHHELD: [&str; 1] = ["halt"];

/// All of them. A function without end is renamed; `definitions.jq` wraps it with steps.
pub(super) fn all() -> Vec<Fun<World>> {
    let jaq = jaq_core::funs().chain(jaq_std::base_funs()).chain(jaq_json::funs());
    jaq.filter(|(name, ..)| !WITHHELD.contains(name))
        .map(|(name, arguments, native)| (if name == "range" { "__range" } else { name }, arguments, native))
        .chain([step()])
        .chain(text_functions())
        .chain(others())
        .collect()
}

/// Their names and numbers of arguments.
pub(super) fn names() -> Vec<(&'static str, usize)> {
    all().iter().map(|(name, arguments, _)| (*name, arguments.len())).collect()
}

fn step() -> Fun<World> {
    let native = Native::new(|cv: Cv<'_, World>| box_once(cv.0.data().step().map(|()| cv.1)))
        .with_paths(|cv| box_once(cv.0.data().step().map(|()| cv.1)))
        .with_update(|cv, update| match cv.0.data().step() {
            Ok(()) => update(cv.1),
            Err(end) => box_once(Err(end)),
        });
    (STEP, v(0), native)
}

/// Texts to texts.
fn text_functions() -> Vec<Fun<World>> {
    vec![
        run(("escape_lucene", v(0), |cv| mapped(&cv, texts::escape_lucene))),
        run(("escape_sql_like", v(0), |cv| mapped(&cv, texts::escape_sql_like))),
        run(("escape_single", v(0), |cv| mapped(&cv, texts::escape_single))),
        run(("escape_double", v(0), |cv| mapped(&cv, texts::escape_double))),
        run(("escape_regex", v(0), |cv| mapped(&cv, texts::escape_regex))),
        run(("escape_html", v(0), |cv| mapped(&cv, texts::escape_html))),
        run(("unescape_html", v(0), |cv| mapped(&cv, texts::unescape_html))),
        run(("html_text", v(0), |cv| mapped(&cv, texts::html_text))),
        run(("encode_uri", v(0), |cv| mapped(&cv, texts::encode_uri))),
        run(("decode_uri", v(0), |cv| mapped(&cv, texts::decode_uri))),
        run(("encode_base64", v(0), |cv| mapped(&cv, texts::encode_base64))),
        run(("decode_base64", v(0), |cv| {
            bome(text_of(&cv.1).and_then(|text| {
                texts::decode_base64(&text)
                    .map(Val::from)
                    .ok_or_else(|| Error::str("this is no base64 of a text"))
            }))
        })),
    ]
}

fn others() -> Vec<Fun<World>> {
    vec![
        run(("fromdateiso8601", v(0), |cv| bome(text_of(&cv.1).and_then(|text| dates::from_iso(&text))))),
        run(("todateiso8601", v(0), |cv| bome(dates::to_iso(&cv.1)))),
        run(("strftime", v(1), |cv| {
            unary(cv, |moment, format| text_of(&format).and_then(|format| dates::write(&moment, &format)))
        })),
        run(("parse_date", v(1), |cv| {
            unary(cv, |text, format| dates::read(&text_of(&text)?, &text_of(&format)?))
        })),
        run(("matches", v(2), |cv| bome(regex::apply(cv, regex::Keep::Matches)))),
        run(("split_matches", v(2), |cv| bome(regex::apply(cv, regex::Keep::Both)))),
        run(("split_", v(2), |cv| bome(regex::apply(cv, regex::Keep::Rest)))),
        run(("__from", v(1), |cv| looked_up(cv, tables::from))),
        run(("__to", v(1), |cv| looked_up(cv, tables::to))),
        run(("__all", v(1), |cv| looked_up(cv, tables::all))),
    ]
}

type Looked = fn(&tables::Tables, &str, &Val) -> Result<Val, Error<Val>>;

fn looked_up<'a>(mut cv: Cv<'a, World>, look: Looked) -> ValXs<'a, Val> {
    let name = cv.0.pop_var();
    let tables = cv.0.data().tables;
    let found: ValX<'a, Val> = text_of(&name).and_then(|name| look(tables, &name, &cv.1)).map_err(Into::into);
    box_once(found)
}

fn mapped<'a>(cv: &Cv<'a, World>, change: fn(&str) -> String) -> ValXs<'a, Val> {
    bome(text_of(&cv.1).map(|text| Val::from(change(&text))))
}

/// A text, or jq's usual error.
pub(super) fn text_of(value: &Val) -> Result<String, Error<Val>> {
    match value {
        Val::TStr(bytes) => Ok(String::from_utf8_lossy(bytes).into_owned()),
        other => Err(Error::typ(other.clone(), "string")),
    }
}

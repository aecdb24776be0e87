//! Regular expressions: what jq's `test`, `match`, `capture`, `scan`, `split`, `sub` and `gsub` are made from.

use super::natives::text_of;
use super::run::World;
use crate::plan::val::{self, Val};
use jaq_core::{Cv, Error};
use regex_bites::{Captures, Regex, RegexBuilder};

/// Which parts of a text are wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// Matches, each with its groups.
    Matches,
    /// What stands between.
    Rest,
    /// Both, in their order.
    Both,
}

/// Applies the expression and flags that stand among the variables.
pub(super) fn apply(mut cv: Cv<'_, World>, keep: Keep) -> Result<Val, Error<Val>> {
    let flags = cv.0.pop_var();
    let pattern = cv.0.pop_var();
    let flags = if matches!(flags, Val::Null) { String::new() } else { text_of(&flags)? };
    let regex = build(&text_of(&pattern)?, &flags)?;
    let text = text_of(&cv.1)?;
    Ok(parts(&text, &regex, &flags, keep))
}

fn build(pattern: &str, flags: &str) -> Result<Regex, Error<Val>> {
    let mut builder = RegexBuilder::new(pattern);
    for flag in flags.chars() {
        match flag {
            'g' | 'n' => {}
            'i' => _ = builder.case_insensitive(true),
            'm' => _ = builder.multi_line(true),
            's' => _ = builder.dot_matches_new_line(true),
            'p' => _ = builder.multi_line(true).dot_matches_new_line(true),
            'l' => _ = builder.swap_greed(true),
            'x' => _ = builder.ignore_whitespace(true),
            other => {
                return Err(Error::str(format_args!(
                    "{other:?} is no flag of regular expressions (g, n, i, m, s, p, l, x)"
                )));
            }
        }
    }
    builder.build().map_err(|error| Error::str(format_args!("{pattern:?} is no regular expression: {error}")))
}

fn parts(text: &str, regex: &Regex, flags: &str, keep: Keep) -> Val {
    let mut parts = Vec::new();
    let mut rest = 0;
    for captures in regex.captures_iter(text) {
        let Some(whole) = captures.get(0) else { continue };
        if flags.contains('n') && whole.as_str().is_empty() {
            continue;
        }
        if keep != Keep::Matches {
            parts.push(val::text(text.get(rest..whole.start()).unwrap_or_default()));
            rest = whole.end();
        }
        if keep != Keep::Rest {
            parts.push(groups(text, regex, &captures));
        }
        if !flags.contains('g') {
            break;
        }
    }
    if keep != Keep::Matches {
        parts.push(val::text(text.get(rest..).unwrap_or_default()));
    }
    val::list(parts)
}

/// The whole match and its groups, each `{offset, length, string, name?}`, counted in characters.
fn groups(text: &str, regex: &Regex, captures: &Captures<'_>) -> Val {
    let found = captures.iter().zip(regex.capture_names()).filter_map(|(group, name)| Some((group?, name)));
    val::list(found.map(|(group, name)| {
        let before = text.get(..group.start()).map_or(0, |before| before.chars().count());
        let entries = [
            ("offset", Val::from(before)),
            ("length", Val::from(group.as_str().chars().count())),
            ("string", val::text(group.as_str())),
        ];
        val::object(entries.into_iter().chain(name.map(|name| ("name", val::text(name)))))
    }))
}

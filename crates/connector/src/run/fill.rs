//! Fills the holes of texts, parameters and JSON with what their expressions yield.
//!
//! Knows no network; a hole that cannot be filled is an error with its place in the file.

use super::address;
use crate::plan::val::{self, Val};
use crate::plan::{Arrays, Expr, ExprError, Piece, Shape, Vars};

/// A text with holes, where one that yields null or nothing is empty.
pub(super) fn text(pieces: &[Piece], vars: &Vars) -> Result<String, ExprError> {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Hole(expr) => out.push_str(&expr.text(&Val::Null, vars)?.unwrap_or_default()),
        }
    }
    Ok(out)
}

/// A text with holes; nothing at all if one of them yields null or nothing.
pub(super) fn whole_text(pieces: &[Piece], vars: &Vars) -> Result<Option<String>, ExprError> {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Hole(expr) => match expr.text(&Val::Null, vars)? {
                Some(text) => out.push_str(&text),
                None => return Ok(None),
            },
        }
    }
    Ok(Some(out))
}

/// A path: each hole is one segment, or a part of one, and cannot become more.
pub(super) fn path(pieces: &[Piece], vars: &Vars) -> Result<String, ExprError> {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Hole(expr) => {
                let found = expr.text(&Val::Null, vars)?.unwrap_or_default();
                let segment = address::segment(&found)
                    .ok_or_else(|| expr.error(format!("“{found}” cannot stand in a path")))?;
                out.push_str(&segment);
            }
        }
    }
    Ok(out)
}

/// A value; nothing if it is left out.
pub(super) fn value(shape: &Shape, vars: &Vars) -> Result<Option<Val>, ExprError> {
    Ok(match shape {
        Shape::Fixed(fixed) => Some(val::from_json(fixed)),
        Shape::Hole(expr) => expr.one(&Val::Null, vars)?,
        Shape::Text(pieces) => Some(val::text(text(pieces, vars)?)),
        Shape::List(shapes) => {
            let mut items = Vec::new();
            for shape in shapes {
                items.extend(values(shape, vars)?);
            }
            Some(val::list(items))
        }
        Shape::Object(entries) => {
            let mut filled = Vec::new();
            for (key, shape) in entries {
                if let Some(value) = value(shape, vars)? {
                    filled.push((key.as_str(), value));
                }
            }
            Some(val::object(filled))
        }
    })
}

/// All values of a hole, which a list or parameter takes in one after the other.
fn values(shape: &Shape, vars: &Vars) -> Result<Vec<Val>, ExprError> {
    match shape {
        Shape::Hole(expr) => expr.all(&Val::Null, vars),
        other => Ok(value(other, vars)?.into_iter().collect()),
    }
}

/// Parameters of a query or a form.
pub(super) fn pairs(
    shapes: &[(String, Shape)],
    vars: &Vars,
    arrays: Arrays,
) -> Result<Vec<(String, String)>, ExprError> {
    let mut out = Vec::new();
    for (name, shape) in shapes {
        let values = values(shape, vars)?;
        match <[Val; 1]>::try_from(values) {
            Ok([single]) => push(&mut out, name, &single, arrays),
            Err(several) => push(&mut out, name, &val::list(several), arrays),
        }
    }
    Ok(out)
}

fn push(out: &mut Vec<(String, String)>, name: &str, value: &Val, arrays: Arrays) {
    match value {
        Val::Null => {}
        Val::Arr(items) => {
            let texts =
                items.iter().filter(|item| !matches!(item, Val::Null)).map(val::scalar_text).collect();
            out.extend(address::several(name, texts, arrays));
        }
        Val::Obj(entries) => {
            for (key, value) in entries.iter() {
                push(out, &format!("{name}[{}]", val::scalar_text(key)), value, arrays);
            }
        }
        scalar => out.push((name.to_owned(), val::scalar_text(scalar))),
    }
}

/// The body of a form, whose shape is an object.
pub(super) fn form(shape: &Shape, vars: &Vars, arrays: Arrays) -> Result<Vec<(String, String)>, ExprError> {
    if let Shape::Object(entries) = shape {
        return pairs(entries, vars, arrays);
    }
    let mut out = Vec::new();
    if let Some(Val::Obj(entries)) = value(shape, vars)? {
        for (key, value) in entries.iter() {
            push(&mut out, &val::scalar_text(key), value, arrays);
        }
    }
    Ok(out)
}

/// Whether a condition holds; none holds.
pub(super) fn holds(condition: Option<&Expr>, vars: &Vars) -> Result<bool, ExprError> {
    condition.map_or(Ok(true), |condition| condition.truthy(&Val::Null, vars))
}

//! The file's maps between foreign values and ours: what `from_NAME`, `to_NAME` and `all_NAME` look up.

use crate::plan::val::{self, Val};
use jaq_core::Error;
use serde_json::Value;
use std::collections::BTreeMap;

/// A map of the file, in its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Foreign value as a text, ours.
    pub pairs: Vec<(String, Value)>,
    /// What every other foreign value means (`"*"`).
    pub other: Option<Value>,
}

/// All maps by name.
pub type Tables = BTreeMap<String, Table>;

fn table<'a>(tables: &'a Tables, name: &str) -> Result<&'a Table, Error<Val>> {
    tables.get(name).ok_or_else(|| Error::str(format_args!("there is no map {name:?}")))
}

/// Ours of a foreign value.
pub(super) fn from(tables: &Tables, name: &str, foreign: &Val) -> Result<Val, Error<Val>> {
    let table = table(tables, name)?;
    let key = val::scalar_text(foreign);
    let found = table.pairs.iter().find(|(known, _)| *known == key).map(|(_, ours)| ours);
    found.or(table.other.as_ref()).map(val::from_json).ok_or_else(|| {
        let known: Vec<&str> = table.pairs.iter().map(|(known, _)| known.as_str()).collect();
        Error::str(format_args!(
            "map {name:?} does not know {foreign}; it knows {}. Add it, or \"*\" for whatever is not listed",
            known.join(", ")
        ))
    })
}

/// The first foreign value that means ours.
pub(super) fn to(tables: &Tables, name: &str, ours: &Val) -> Result<Val, Error<Val>> {
    let table = table(tables, name)?;
    let ours_text = val::scalar_text(ours);
    let found = table.pairs.iter().find(|(_, value)| val::scalar_text(&val::from_json(value)) == ours_text);
    found
        .map(|(foreign, _)| val::text(foreign.as_str()))
        .ok_or_else(|| Error::str(format_args!("map {name:?} has no foreign value for {ours}")))
}

/// All foreign values that mean ours; none is an empty list.
pub(super) fn all(tables: &Tables, name: &str, ours: &Val) -> Result<Val, Error<Val>> {
    let table = table(tables, name)?;
    let ours = val::scalar_text(ours);
    let same = table.pairs.iter().filter(|(_, value)| val::scalar_text(&val::from_json(value)) == ours);
    Ok(val::list(same.map(|(foreign, _)| val::text(foreign.as_str()))))
}

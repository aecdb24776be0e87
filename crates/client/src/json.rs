//! Reading JSON for the app: the whole text becomes a tree, and types are read from the tree.
//!
//! `serde_json` reads types straight from the text and says in words what it met instead; compiled for every type of
//! the contract, that is a tenth of the app. Here a type is read in one way only and an error is one of three words.
//! Natively the tests hold both against each other. Writing JSON stays with `serde_json`.

mod parse;
mod tree;

use serde::de::{DeserializeOwned, Error, Expected, Unexpected};
use std::fmt::{self, Display};

/// Why a text could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonError {
    /// It ends too early.
    Cut,
    /// It is no JSON.
    Malformed,
    /// It is JSON, but not of what was asked for.
    Unexpected,
}

/// Reads a `T`.
pub fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T, JsonError> {
    T::deserialize(parse::parse(text)?)
}

impl Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cut => "cut",
            Self::Malformed => "malformed",
            Self::Unexpected => "unexpected",
        })
    }
}

impl std::error::Error for JsonError {}

// Every way to fail, so that none of them is worded.
impl Error for JsonError {
    fn custom<T: Display>(_: T) -> Self {
        Self::Unexpected
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self::Unexpected
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self::Unexpected
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self::Unexpected
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self::Unexpected
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self::Unexpected
    }

    fn missing_field(_: &'static str) -> Self {
        Self::Unexpected
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self::Unexpected
    }
}

#[cfg(test)]
mod tests;

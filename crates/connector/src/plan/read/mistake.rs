//! What is wrong in a file, said so that it can be put right.

use crate::plan::Place;
use std::fmt;

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// The file's name, as it was given.
    pub file: String,
    /// Where.
    pub place: Place,
    /// What stands there.
    pub found: String,
    /// What was expected.
    pub expected: String,
    /// What to do about it, if anything can be guessed.
    pub hint: Option<String>,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, place, found, expected, hint } = self;
        let pointer = if place.pointer.is_empty() { "the whole file" } else { &place.pointer };
        write!(f, "{file}:{}:{} ({pointer}): found {found}, expected {expected}.", place.line, place.column)?;
        if let Some(hint) = hint {
            let end = if hint.ends_with(['?', '.']) { "" } else { "." };
            write!(f, " Hint: {hint}{end}")?;
        }
        Ok(())
    }
}

/// All mistakes of a file, in the order of their places; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes(pub Vec<Mistake>);

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, mistake) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{mistake}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Mistakes {}

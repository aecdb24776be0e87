//! An expression in jq, with its place in the file.

/// Where something stands in a connector file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// JSON pointer.
    pub pointer: String,
}

/// A compiled expression.
#[derive(Clone, Debug)]
pub struct Expr {
    /// As it was written.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

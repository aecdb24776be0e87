//! Changing: steps for one conversation, calls for many.

use super::{Call, Expr};
use crate::carried::Carried;

/// How one act is done. Shapes have `$args` (the act's), `$it` (the raw conversation), `$me`, `$steps`, `$token`.
#[derive(Clone, Debug)]
pub struct Write {
    /// In this order; the first that fails ends it, and what was done before is said.
    pub steps: Vec<Call>,
    /// The conversation is read first, so that `$it` is fresh.
    pub reads: bool,
    /// The raw conversation in the last answer, if it returns the new state.
    pub conversation: Option<Expr>,
    /// The raw entry in the last answer, mapped as entries of the first source are.
    pub message: Option<Expr>,
    /// How it is seen that it was done.
    pub verify: Verify,
    /// What of `$args` the steps use.
    pub carried: Carried,
}

/// How it is seen that an act was done.
#[derive(Clone, Debug)]
pub enum Verify {
    /// By the act's own rule on the new state, which is read again if the answer does not hold it.
    Rule,
    /// By this over the raw conversation, with `$args`, read again.
    When(Expr),
    /// Not at all.
    Never,
}

/// One call that changes many. Shapes have `$ids` and `$args`.
#[derive(Clone, Debug)]
pub struct Native {
    /// The call.
    pub call: Call,
    /// `[{id, ok, said?}]` over the body; where there is none, each is read again and judged by the act's rule.
    pub results: Option<Expr>,
    /// Conversations in one call at most.
    pub at_once: u32,
    /// What of `$args` the call uses.
    pub carried: Carried,
}

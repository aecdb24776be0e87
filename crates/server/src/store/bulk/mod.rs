//! Many at a time (P19–P25): what was asked for, the set that a preview freezes, the job that works
//! through it, and the account of it. Which conversation is due what is the rule of
//! `bandeja_model::bulk`; what an action leaves is said in `deeds`. Knows no task and no stream: a turn
//! is taken when it is called for.

pub mod forget;
pub mod items;
pub mod job;
mod later;
mod matching;
pub mod orders;
pub mod plan;
pub mod preview;
pub mod run;
mod turn;
mod write;

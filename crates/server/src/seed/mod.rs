//! Demo data: a believable shop and as many conversations as one asks for.
//!
//! Pure and deterministic: no IO, no database, no wall clock (`now` is passed in), no outside random
//! numbers. Conversations come one at a time and each depends on its number alone, so that a hundred
//! thousand of them need the memory of one. What the server does with them is not known here.

mod clock;
mod episode;
mod menus;
mod names;
mod people;
mod plan;
mod render;
mod returns;
mod rng;
mod scripts;
mod shape;
mod slots;
#[cfg(test)]
mod tests;
mod thread;
mod world;

pub use returns::{SeedReturn, returns};
pub use shape::{
    Area, Language, SeedAuthor, SeedCategory, SeedClosing, SeedContact, SeedContent, SeedConversation,
    SeedEpisode, SeedEvent, SeedLine, SeedMenu, SeedMessage, SeedTag, SeedTeam, SeedTiming, SeedUser, World,
};
pub use world::world;

/// What to generate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The same seed, moment and number give the same conversation.
    pub seed: u64,
    /// Milliseconds since 1970; nothing but a snooze lies after it.
    pub now_ms: i64,
    /// How many conversations.
    pub count: usize,
}

/// The conversations of the demo, in no order of time.
pub fn conversations<'a>(
    world: &'a World,
    options: &Options,
) -> impl Iterator<Item = SeedConversation> + use<'a> {
    let options = *options;
    (0..options.count).filter_map(move |index| thread::conversation(world, &options, index))
}

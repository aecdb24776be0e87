//! Taking an action back (P16).

use crate::{Timestamp, UserId};
use chrono::Duration;

/// How long the app offers it.
pub const OFFERED_S: u32 = 10;
/// How long the server accepts it: the offer and a slow network.
pub const ACCEPTED_S: u32 = 15;

/// What is known when somebody asks to take an action back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Who acted.
    pub actor: UserId,
    /// When.
    pub acted_at: Timestamp,
    /// The action was taken back before.
    pub used: bool,
    /// Anything happened to the conversation since.
    pub changed_since: bool,
}

/// Why an undo is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is somebody else's: it does not exist for who asks.
    NotYours,
    /// It was taken back already.
    Used,
    /// The time is over.
    TooLate,
    /// Something happened since.
    Changed,
}

/// Whether `user` may take the action back at `now`: the same user, once, in time, if nothing
/// happened since.
pub fn may_undo(asked: &Asked, user: &UserId, now: Timestamp) -> Result<(), Refusal> {
    if asked.actor != *user {
        Err(Refusal::NotYours)
    } else if asked.used {
        Err(Refusal::Used)
    } else if now - asked.acted_at > Duration::seconds(i64::from(ACCEPTED_S)) {
        Err(Refusal::TooLate)
    } else if asked.changed_since {
        Err(Refusal::Changed)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undo_is_for_the_same_user_once_in_time_and_if_nothing_happened() {
        let at = Timestamp::from_timestamp_millis(1_760_000_000_000).unwrap();
        let asked = Asked { actor: "ana".into(), acted_at: at, used: false, changed_since: false };
        let ask = |asked: &Asked, user: &str, after: i64| {
            may_undo(asked, &user.into(), at + Duration::seconds(after))
        };
        assert_eq!(ask(&asked, "ana", 15), Ok(()));
        assert_eq!(ask(&asked, "ana", 16), Err(Refusal::TooLate));
        assert_eq!(ask(&asked, "beto", 1), Err(Refusal::NotYours));
        assert_eq!(ask(&Asked { used: true, ..asked.clone() }, "ana", 1), Err(Refusal::Used));
        assert_eq!(ask(&Asked { changed_since: true, ..asked }, "ana", 1), Err(Refusal::Changed));
    }
}

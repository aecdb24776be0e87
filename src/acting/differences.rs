//! What differs between the conversation an action was decided on and the one of now (P18).
//!
//! Pure: says which things differ, not how they are worded.

use bandeja_model::{Conversation, Priority, Status, TagId, TeamId, Timestamp, UserId};

/// One thing that changed, as it was and as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Where it stands.
    Status(Status, Status),
    /// Who answers for it.
    Owner(Option<UserId>, Option<UserId>),
    /// Whose team it is.
    Team(Option<TeamId>, Option<TeamId>),
    /// Its labels.
    Tags(Vec<TagId>, Vec<TagId>),
    /// How urgent it is.
    Priority(Priority, Priority),
    /// Until when it sleeps.
    Snooze(Option<Timestamp>, Option<Timestamp>),
    /// Whether it is put away.
    Archived(bool, bool),
    /// Whether the automatic menu leaves it alone.
    BotPaused(bool, bool),
}

/// Everything that counts for the version and differs, in the order in which it is told.
pub fn differences(before: &Conversation, now: &Conversation) -> Vec<Difference> {
    fn differing<T: PartialEq + Clone>(
        before: &T,
        now: &T,
        difference: fn(T, T) -> Difference,
    ) -> Option<Difference> {
        (before != now).then(|| difference(before.clone(), now.clone()))
    }
    [
        differing(&before.status, &now.status, Difference::Status),
        differing(&before.owner, &now.owner, Difference::Owner),
        differing(&before.team, &now.team, Difference::Team),
        differing(&before.tags, &now.tags, Difference::Tags),
        differing(&before.priority, &now.priority, Difference::Priority),
        differing(&before.snoozed_until, &now.snoozed_until, Difference::Snooze),
        differing(&before.archived, &now.archived, Difference::Archived),
        differing(&before.bot_paused, &now.bot_paused, Difference::BotPaused),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn conversation() -> Conversation {
        serde_json::from_value(serde_json::json!({
            "id": "1", "version": 1, "status": "assigned", "channel": "whatsapp", "line": "1", "campaign": "1",
            "contact": { "id": "1", "name": "Mariana", "address": "+52" }, "owner": "7", "tags": ["1"],
            "created_at": "2026-11-22T10:00:00Z", "last_activity_at": "2026-11-22T10:00:00Z"
        }))
        .unwrap()
    }

    #[test]
    fn what_did_not_change_is_not_told() {
        assert_eq!(differences(&conversation(), &conversation()), []);
    }

    #[test]
    fn a_message_or_a_read_is_no_difference() {
        let now = Conversation { unread: 4, last_activity_at: Timestamp::default(), ..conversation() };
        assert_eq!(differences(&conversation(), &now), []);
    }

    #[test]
    fn each_difference_says_what_was_and_what_is() {
        let now = Conversation {
            status: Status::Closed,
            owner: None,
            tags: vec!["1".into(), "2".into()],
            ..conversation()
        };
        assert_eq!(
            differences(&conversation(), &now),
            [
                Difference::Status(Status::Assigned, Status::Closed),
                Difference::Owner(Some("7".into()), None),
                Difference::Tags(vec!["1".into()], vec!["1".into(), "2".into()]),
            ]
        );
    }
}

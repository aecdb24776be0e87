//! How much of the interaction window is left. Pure.

use bandeja_model::{Conversation, Timestamp};
use bandeja_ui::RingLevel;
use bandeja_ui::window_math::between;
use chrono::Duration;

/// What is left of an open window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Left {
    /// Of the whole, from 0 to 1.
    pub(super) share: f64,
    /// As time.
    pub(super) time: Duration,
    /// How urgent that is: amber from two hours, red from half an hour.
    pub(super) level: RingLevel,
}

/// What is left at `now`; nothing on channels without a window, or when it is over.
pub(super) fn left(conversation: &Conversation, now: Timestamp) -> Option<Left> {
    let whole = conversation.channel.window()?;
    let time = conversation.window_ends_at? - now;
    if time <= Duration::zero() {
        return None;
    }
    let level = match time.num_minutes() {
        ..30 => RingLevel::Last,
        30 if time == Duration::minutes(30) => RingLevel::Last,
        30..120 => RingLevel::Soon,
        120 if time == Duration::minutes(120) => RingLevel::Soon,
        _ => RingLevel::Calm,
    };
    #[expect(clippy::cast_precision_loss, reason = "a day in seconds is exact")]
    let share = time.num_seconds() as f64 / whole.num_seconds() as f64;
    Some(Left { share: between(share, 0.0, 1.0), time, level })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(minutes: i64, channel: &str) -> Option<RingLevel> {
        let now: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
        let conversation = serde_json::from_value::<Conversation>(serde_json::json!({
            "id": "1", "version": 1, "status": "assigned", "channel": channel, "line": "1", "campaign": "c1",
            "window_ends_at": now + Duration::minutes(minutes),
            "contact": { "id": "1", "name": "Mariana", "address": "+52" },
            "created_at": "2026-11-22T10:00:00Z", "last_activity_at": "2026-11-22T10:00:00Z"
        }));
        left(&conversation.unwrap(), now).map(|left| left.level)
    }

    #[test]
    fn the_last_two_hours_are_amber_and_the_last_half_hour_is_red() {
        assert_eq!(level(121, "whatsapp"), Some(RingLevel::Calm));
        assert_eq!(level(120, "whatsapp"), Some(RingLevel::Soon));
        assert_eq!(level(31, "whatsapp"), Some(RingLevel::Soon));
        assert_eq!(level(30, "whatsapp"), Some(RingLevel::Last));
    }

    #[test]
    fn a_window_that_is_over_and_a_channel_without_one_show_nothing() {
        assert_eq!(level(0, "whatsapp"), None);
        assert_eq!(level(60, "email"), None);
    }
}

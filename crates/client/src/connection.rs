//! Whether the server counts as reachable. Pure: told of calls, of the stream and of time.

use bandeja_model::Timestamp;
use chrono::Duration;

/// How long the stream may be down before the app says so.
const GRACE: Duration = Duration::seconds(4);

/// What is known of the way to the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    offline_since: Option<Timestamp>,
    /// Since when the stream is down, as long as that has not been told.
    stream_lost: Option<Timestamp>,
}

impl Reach {
    /// Since when the server cannot be reached; `None`: it can.
    pub fn offline_since(&self) -> Option<Timestamp> {
        self.offline_since
    }

    /// A call got an answer, whatever it said.
    pub fn answered(&mut self) {
        self.offline_since = None;
    }

    /// A call got no further than the network, or the machine says that it has none.
    pub fn unreachable(&mut self, now: Timestamp) {
        self.offline_since.get_or_insert(now);
    }

    /// The stream is open.
    pub fn stream_opened(&mut self) {
        *self = Self::default();
    }

    /// The stream broke off or did not open.
    pub fn stream_lost(&mut self, now: Timestamp) {
        if self.offline_since.is_none() {
            self.stream_lost.get_or_insert(now);
        }
    }

    /// Nobody is signed in: there is no stream to lose.
    pub fn no_stream(&mut self) {
        self.stream_lost = None;
    }

    /// Time has passed.
    pub fn tick(&mut self, now: Timestamp) {
        if let Some(since) = self.stream_lost
            && now - since > GRACE
        {
            self.offline_since.get_or_insert(since);
            self.stream_lost = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + Duration::seconds(seconds)
    }

    #[test]
    fn a_short_break_of_the_stream_is_not_told() {
        let mut reach = Reach::default();
        reach.stream_lost(at(0));
        reach.tick(at(3));
        assert_eq!(reach.offline_since(), None);
        reach.stream_opened();
        reach.tick(at(60));
        assert_eq!(reach.offline_since(), None);
    }

    #[test]
    fn a_longer_one_is_told_from_its_beginning() {
        let mut reach = Reach::default();
        reach.stream_lost(at(0));
        reach.stream_lost(at(4));
        reach.tick(at(5));
        assert_eq!(reach.offline_since(), Some(at(0)));
    }

    #[test]
    fn the_first_answer_ends_it_and_it_does_not_flicker_while_the_stream_is_still_down() {
        let mut reach = Reach::default();
        reach.stream_lost(at(0));
        reach.tick(at(5));
        reach.answered();
        assert_eq!(reach.offline_since(), None);
        reach.tick(at(20));
        assert_eq!(reach.offline_since(), None);
        reach.unreachable(at(21));
        reach.unreachable(at(30));
        assert_eq!(reach.offline_since(), Some(at(21)));
    }
}

//! *Contact assignment* as it stands in its dialog: slider and exact field in step, and what would be saved. Pure.

use super::exact::{Exact, Unit};
use super::stops::Stops;
use bandeja_model::timing::{Reassignment, WINDOW_RANGE_S};

/// The dialog's choices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct WindowDraft {
    window: Window,
    exact: Exact,
    own: Option<u32>,
    /// Automatic closings count too.
    pub(super) count_automatic: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Window {
    #[default]
    Off,
    /// So many seconds.
    On(u32),
    /// What is typed is no number; the slider stays where it was.
    Unread(u32),
}

impl WindowDraft {
    /// As it was read.
    pub(super) fn of(read: Reassignment) -> Self {
        let mut draft = Self { count_automatic: read.count_automatic, ..Self::default() };
        draft.set(read.window_s);
        draft.own = read.window_s;
        draft
    }

    fn set(&mut self, seconds: Option<u32>) {
        self.window = seconds.map_or(Window::Off, Window::On);
        self.exact = seconds.map_or_else(|| Exact { text: String::new(), unit: self.exact.unit }, Exact::of);
    }

    /// The slider's stops: a value that was read or typed has one of its own.
    pub(super) fn stops(&self) -> Stops {
        Stops::window(self.own)
    }

    /// Where the slider stands.
    pub(super) fn place(&self) -> usize {
        match self.window {
            Window::Off => self.stops().place_of(None),
            Window::On(seconds) | Window::Unread(seconds) => self.stops().place_of(Some(seconds)),
        }
    }

    /// The slider was moved there; the field follows.
    pub(super) fn slide(&mut self, place: usize) {
        let seconds = self.stops().at(place);
        self.set(seconds);
    }

    /// What stands in the field.
    pub(super) const fn exact(&self) -> &Exact {
        &self.exact
    }

    /// Something was typed; the slider follows. Emptying the field of a window that is off leaves it off.
    pub(super) fn type_number(&mut self, text: String) {
        self.exact.text = text;
        self.follow_field();
    }

    /// Another unit was chosen for the same number.
    pub(super) fn choose_unit(&mut self, unit: Unit) {
        self.exact.unit = unit;
        self.follow_field();
    }

    fn follow_field(&mut self) {
        let before = match self.window {
            Window::Off => None,
            Window::On(seconds) | Window::Unread(seconds) => Some(seconds),
        };
        self.window = match (self.exact.seconds(), before) {
            (Some(seconds), _) => {
                self.own = Some(seconds);
                Window::On(seconds)
            }
            (None, None) if self.exact.text.trim().is_empty() => Window::Off,
            (None, before) => Window::Unread(before.unwrap_or(WINDOW_RANGE_S.0)),
        };
    }

    /// The window in seconds; nothing: off. An error while what is typed is no number.
    pub(super) const fn window_s(&self) -> Result<Option<u32>, NoNumber> {
        match self.window {
            Window::Off => Ok(None),
            Window::On(seconds) => Ok(Some(seconds)),
            Window::Unread(_) => Err(NoNumber),
        }
    }

    /// What would be saved; nothing while what is typed is no number.
    pub(super) fn reassignment(&self) -> Option<Reassignment> {
        let window_s = self.window_s().ok()?;
        Some(Reassignment { window_s, count_automatic: self.count_automatic })
    }

    /// Whether saving it would change what was read.
    pub(super) fn is_changed(&self, read: Reassignment) -> bool {
        self.reassignment() != Some(read)
    }
}

/// What is typed is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoNumber;

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_model::timing::{DAY_S, HOUR_S};

    fn draft(window_s: Option<u32>) -> WindowDraft {
        WindowDraft::of(Reassignment { window_s, count_automatic: false })
    }

    #[test]
    fn slider_and_field_say_the_same_whichever_is_moved() {
        let mut draft = draft(Some(DAY_S));
        assert_eq!((draft.exact().text.as_str(), draft.exact().unit), ("24", Unit::Hours));
        for place in 0..=draft.stops().seconds().len() {
            draft.slide(place);
            assert_eq!(draft.place(), place);
            assert_eq!(draft.window_s().unwrap(), draft.stops().at(place));
            assert_eq!(draft.exact().seconds(), draft.stops().at(place), "{place}");
        }
        draft.type_number("3".into());
        draft.choose_unit(Unit::Days);
        assert_eq!(draft.stops().at(draft.place()), Some(3 * DAY_S));
    }

    #[test]
    fn a_typed_value_between_two_stops_gets_its_own_place_and_keeps_it_when_the_slider_moves_on() {
        let mut draft = draft(None);
        draft.type_number("7".into());
        let place = draft.place();
        assert_eq!(draft.stops().at(place), Some(7 * HOUR_S));
        draft.slide(place + 1);
        assert_eq!((draft.place(), draft.window_s()), (place + 1, Ok(Some(8 * HOUR_S))));
    }

    #[test]
    fn a_value_read_is_saved_to_the_second_while_nobody_touches_it() {
        let read = Reassignment { window_s: Some(20_000), count_automatic: true };
        assert_eq!(WindowDraft::of(read).reassignment(), Some(read));
        assert!(!WindowDraft::of(read).is_changed(read));
        let mut draft = WindowDraft::of(read);
        draft.count_automatic = false;
        assert!(draft.is_changed(read));
    }

    #[test]
    fn off_has_an_empty_field_and_a_number_turns_it_on() {
        let mut draft = draft(None);
        assert_eq!((draft.exact().text.as_str(), draft.window_s()), ("", Ok(None)));
        draft.type_number("2".into());
        assert_eq!(draft.window_s(), Ok(Some(2 * HOUR_S)));
        draft.slide(draft.stops().seconds().len());
        assert_eq!((draft.exact().text.as_str(), draft.window_s()), ("", Ok(None)));
        draft.type_number(" ".into());
        assert_eq!(draft.window_s(), Ok(None));
    }

    #[test]
    fn an_emptied_field_is_not_off_and_the_slider_waits_where_it_was() {
        let mut draft = draft(Some(DAY_S));
        let place = draft.place();
        draft.type_number(String::new());
        assert_eq!((draft.window_s(), draft.place()), (Err(NoNumber), place));
        assert_eq!(draft.reassignment(), None);
        assert!(draft.is_changed(Reassignment { window_s: Some(DAY_S), count_automatic: false }));
        draft.type_number("12".into());
        assert_eq!(draft.window_s(), Ok(Some(12 * HOUR_S)));
    }

    #[test]
    fn a_value_out_of_range_is_kept_for_the_check_to_name() {
        let mut draft = draft(Some(DAY_S));
        draft.type_number("9999".into());
        assert_eq!(draft.window_s(), Ok(Some(9999 * HOUR_S)));
        assert_eq!(draft.place(), draft.stops().seconds().len() - 1);
    }
}

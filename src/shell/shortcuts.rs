//! Keys: what each one means, and doing it. They work only inside the element, never while somebody types.

use super::context::{Place, Shell};
use super::prefs::Prefs;
use super::views::view_of_key;
use crate::acting::Acting;
use crate::bulk::{Bulk, Change};
use crate::route::Navigator;
use bandeja_browser::Desk;
use bandeja_client::Intent;
use bandeja_contract::NewMessageKind;
use bandeja_model::{BulkAction, ConversationId, View};
use bandeja_ui::platform::{Listener, first_matching, keep, now_ms};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

/// A second letter counts as belonging to G for this long.
const SEQUENCE_MS: f64 = 1_200.0;
/// Where keys are text.
const FIELD: &str = "input:not([type='checkbox']), textarea, select, [contenteditable]";
/// What is open on top, and has its own keys.
const OVERLAY: &str = "dialog, [popover]";
/// What takes every key while it is open.
const MODAL: &str = "dialog:modal";

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyCommand {
    /// The palette.
    Palette,
    /// The sheet of shortcuts.
    Sheet,
    /// The search field of the list.
    Search,
    /// Waits for the letter of a view.
    Sequence,
    /// A view.
    Go(View),
    /// The cursor of the list, by rows.
    Step(i32),
    /// Opens the conversation under the cursor.
    Open,
    /// From the thread back to the list; while selecting, out of that.
    Back,
    /// Selects the row under the cursor or takes it out.
    Select,
    /// Owner or team.
    Assign,
    /// The reader as owner.
    AssignToMe,
    /// Until when it sleeps.
    Snooze,
    /// Labels.
    Tags,
    /// Unread, or read where it is unread.
    Unread,
    /// The closing form.
    Close,
    /// Takes the last action back.
    Undo,
    /// All actions of the row.
    More,
    /// The composer.
    Write(NewMessageKind),
}

/// What is held down with a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Modifier {
    /// Nothing that counts.
    #[default]
    None,
    /// Ctrl, or Cmd on a Mac.
    Control,
    /// Alt, or several: the browser's, or another alphabet's.
    Other,
}

/// A key as it was pressed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pressed<'a> {
    /// Its name or letter.
    pub key: &'a str,
    /// What is held down with it; Shift aside, which only chooses the letter.
    pub with: Modifier,
    /// Whether somebody is typing.
    pub typing: bool,
    /// Whether G was pressed just before.
    pub after_g: bool,
    /// Whether shortcuts of one key are on.
    pub one_key: bool,
}

/// What the key means. While somebody types only the palette and the way out of the field answer.
pub fn command_of(pressed: Pressed<'_>) -> Option<KeyCommand> {
    let letter = pressed.key.to_ascii_lowercase();
    match (pressed.with, letter.as_str()) {
        (Modifier::Control, "k") => return Some(KeyCommand::Palette),
        (Modifier::None, "escape") => return Some(KeyCommand::Back),
        (Modifier::Control, "z") if !pressed.typing => return Some(KeyCommand::Undo),
        (Modifier::None, _) if !pressed.typing => {}
        _ => return None,
    }
    if !pressed.one_key {
        return None;
    }
    if pressed.after_g
        && let Some(view) = view_of_key(pressed.key)
    {
        return Some(KeyCommand::Go(view));
    }
    Some(match letter.as_str() {
        "?" => KeyCommand::Sheet,
        "/" => KeyCommand::Search,
        "g" => KeyCommand::Sequence,
        "j" => KeyCommand::Step(1),
        "k" => KeyCommand::Step(-1),
        "o" => KeyCommand::Open,
        "x" => KeyCommand::Select,
        "a" => KeyCommand::Assign,
        "i" => KeyCommand::AssignToMe,
        "z" => KeyCommand::Snooze,
        "l" => KeyCommand::Tags,
        "u" => KeyCommand::Unread,
        "e" => KeyCommand::Close,
        "." => KeyCommand::More,
        "r" => KeyCommand::Write(NewMessageKind::Reply),
        "n" => KeyCommand::Write(NewMessageKind::Note),
        _ => return None,
    })
}

/// Listens to the app's keys and does what they say.
#[derive(Clone)]
pub struct Keys {
    desk: Desk,
    acting: Acting,
    bulk: Bulk,
    navigator: Navigator,
    prefs: Prefs,
    shell: Shell,
    g_at: StoredValue<f64>,
}

impl Keys {
    /// For one mount.
    pub fn new(
        desk: Desk,
        acting: Acting,
        bulk: Bulk,
        navigator: Navigator,
        prefs: Prefs,
        shell: Shell,
    ) -> Self {
        Self { desk, acting, bulk, navigator, prefs, shell, g_at: StoredValue::new(f64::MIN) }
    }

    /// A key went down somewhere in the app, and nobody inside took it.
    pub fn pressed(&self, event: &ev::KeyboardEvent) {
        if event.default_prevented() || event.is_composing() {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let is_in = |selector: &str| {
            target.as_ref().is_some_and(|target| target.closest(selector).ok().flatten().is_some())
        };
        // Over an overlay only the palette may be called, and only to close itself.
        if is_in(OVERLAY) && !self.shell.palette.get_untracked() {
            return;
        }
        let typing = is_in(FIELD);
        let now = now_ms();
        let command = command_of(Pressed {
            key: &event.key(),
            with: match (event.ctrl_key() || event.meta_key(), event.alt_key()) {
                (false, false) => Modifier::None,
                (true, false) => Modifier::Control,
                (_, true) => Modifier::Other,
            },
            typing,
            after_g: now - self.g_at.get_value() < SEQUENCE_MS,
            one_key: self.prefs.one_key_untracked(),
        });
        self.g_at.set_value(if command == Some(KeyCommand::Sequence) { now } else { f64::MIN });
        if let Some(command) = command
            && self.run(command)
        {
            event.prevent_default();
        }
    }

    /// Hears keys also while nothing has the focus, as after what had it was taken away: browsers then send
    /// them to the page itself. For pages that are the app's alone.
    pub fn hear_strays(&self) {
        let keys = self.clone();
        keep(Listener::on_window("keydown", false, move |event| {
            let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            // A dialog whose focused part went away leaves the focus nowhere: the key is still the dialog's.
            let strays = |target: &web_sys::Element| {
                target.tag_name().eq_ignore_ascii_case("body") && first_matching(target, MODAL).is_none()
            };
            if target.as_ref().is_some_and(strays)
                && let Some(event) = event.dyn_ref::<web_sys::KeyboardEvent>()
            {
                keys.pressed(event);
            }
        }));
    }

    /// Does it; says whether there was anything to do.
    pub fn run(&self, command: KeyCommand) -> bool {
        let shell = self.shell;
        match command {
            KeyCommand::Palette => shell.palette.update(|open| *open = !*open),
            KeyCommand::Sheet => shell.sheet.set(true),
            KeyCommand::Search => shell.wants_focus.set(Some(Place::Search)),
            KeyCommand::Sequence => {}
            KeyCommand::Go(view) => self.navigator.set_view(view),
            KeyCommand::Step(by) => shell.step.set(by),
            KeyCommand::Open => match shell.cursor.get_untracked() {
                Some(id) => self.navigator.open(id),
                None => return false,
            },
            KeyCommand::Back => return self.back(),
            KeyCommand::Select => return self.select(),
            KeyCommand::Undo => return self.acting.undo_last(),
            KeyCommand::Write(kind) => {
                if self.navigator.opened().is_none() {
                    return false;
                }
                shell.wants_focus.set(Some(Place::Composer(kind)));
            }
            _ if self.bulk.is_on_untracked() && bulk_of(command).is_some() => {
                if let Some(action) = bulk_of(command) {
                    self.bulk.change(Change::Ask(action));
                }
            }
            _ => {
                let Some(id) = shell.subject(self.navigator.opened()) else { return false };
                self.act(command, &id);
            }
        }
        true
    }

    /// From the thread to the list; on one pane the thread is left, else only the focus goes.
    fn back(&self) -> bool {
        if self.bulk.is_on_untracked() {
            self.bulk.leave();
            self.shell.wants_focus.set(Some(Place::Grid));
            return true;
        }
        if self.navigator.opened().is_none() {
            return false;
        }
        if self.shell.in_grid.get_untracked() {
            self.navigator.leave();
        } else {
            self.shell.wants_focus.set(Some(Place::Grid));
        }
        true
    }

    /// The row under the cursor, whose list begins to be selected if it was not; without one, just that.
    fn select(&self) -> bool {
        let list = &self.desk.list;
        let cursor = self.shell.cursor.get_untracked();
        if let Some(row) = cursor.and_then(|id| Some((list.position_of(&id)?, id))) {
            self.bulk.change(Change::Toggle(row));
        } else {
            self.bulk.change(Change::Start);
            self.shell.wants_focus.set(Some(Place::Grid));
        }
        true
    }

    fn act(&self, command: KeyCommand, id: &ConversationId) {
        match command {
            KeyCommand::Assign => self.acting.assign(id),
            KeyCommand::AssignToMe => self.acting.assign_to_me(id),
            KeyCommand::Snooze => self.acting.snooze(id),
            KeyCommand::Tags => self.acting.tags(id),
            KeyCommand::Close => self.acting.close(id),
            KeyCommand::More => self.shell.row_menu.set(Some(id.clone())),
            KeyCommand::Unread => {
                let known = self.desk.conversation(id).get_untracked();
                let is_unread = known.is_some_and(|conversation| conversation.unread > 0);
                self.acting.perform(id, if is_unread { Intent::Read } else { Intent::Unread });
            }
            _ => {}
        }
    }
}

/// What a letter does to a selection.
const fn bulk_of(command: KeyCommand) -> Option<BulkAction> {
    Some(match command {
        KeyCommand::Close => BulkAction::Close,
        KeyCommand::Assign => BulkAction::Assign,
        KeyCommand::Tags => BulkAction::AddTags,
        KeyCommand::Unread => BulkAction::Unread,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: &str) -> Pressed<'_> {
        Pressed { key, one_key: true, ..Pressed::default() }
    }

    #[test]
    fn a_letter_is_a_command_only_while_nobody_types() {
        assert_eq!(command_of(press("e")), Some(KeyCommand::Close));
        assert_eq!(command_of(Pressed { typing: true, ..press("e") }), None);
        assert_eq!(command_of(Pressed { typing: true, ..press("Escape") }), Some(KeyCommand::Back));
    }

    #[test]
    fn capitals_mean_the_same_for_those_who_press_shift_too() {
        assert_eq!(command_of(press("E")), Some(KeyCommand::Close));
    }

    #[test]
    fn with_a_modifier_only_palette_and_undo_are_ours_and_the_palette_answers_everywhere() {
        let control = |key| Pressed { with: Modifier::Control, typing: true, ..press(key) };
        assert_eq!(command_of(control("k")), Some(KeyCommand::Palette));
        assert_eq!(command_of(control("z")), None, "a text field undoes its own typing");
        assert_eq!(command_of(Pressed { typing: false, ..control("z") }), Some(KeyCommand::Undo));
        assert_eq!(command_of(Pressed { typing: false, ..control("a") }), None);
        assert_eq!(command_of(Pressed { with: Modifier::Other, ..press("a") }), None);
    }

    #[test]
    fn a_letter_after_g_is_a_view() {
        assert_eq!(command_of(press("g")), Some(KeyCommand::Sequence));
        assert_eq!(command_of(Pressed { after_g: true, ..press("c") }), Some(KeyCommand::Go(View::Closed)));
        assert_eq!(command_of(Pressed { after_g: true, ..press("j") }), Some(KeyCommand::Step(1)));
    }

    #[test]
    fn one_key_shortcuts_can_be_off_while_escape_and_the_palette_stay() {
        let off = |key| Pressed { one_key: false, ..press(key) };
        for key in ["e", "j", "?", "/", "g", "."] {
            assert_eq!(command_of(off(key)), None, "{key}");
        }
        assert_eq!(command_of(off("Escape")), Some(KeyCommand::Back));
        assert_eq!(command_of(Pressed { with: Modifier::Control, ..off("k") }), Some(KeyCommand::Palette));
    }
}

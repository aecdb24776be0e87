//! What parts of the shell tell one another: which overlay is open, where the cursor is, what wants the focus.

use bandeja_contract::NewMessageKind;
use bandeja_model::ConversationId;
use leptos::prelude::*;

/// The shell of the mount. A context; copying it is cheap.
#[derive(Clone, Copy)]
pub struct Shell {
    /// Whether the command palette is open.
    pub palette: RwSignal<bool>,
    /// Whether the sheet of shortcuts is open.
    pub sheet: RwSignal<bool>,
    /// Whether the preferences are open.
    pub preferences: RwSignal<bool>,
    /// The conversation the list's cursor is on.
    pub cursor: RwSignal<Option<ConversationId>>,
    /// Whether the focus is in the list's grid: then actions are about the cursor.
    pub in_grid: RwSignal<bool>,
    /// A command: where the focus shall go. Who serves it sets it back to `None`.
    pub wants_focus: RwSignal<Option<Place>>,
    /// A command: the row whose menu shall open. Who serves it sets it back to `None`.
    pub row_menu: RwSignal<Option<ConversationId>>,
    /// How many of the reader's own open conversations have something unread.
    pub unread: RwSignal<u64>,
    /// Which panes there are.
    pub layout: RwSignal<Layout>,
    /// A command: moves the list's cursor by so many rows. Who serves it sets it back to 0.
    pub step: RwSignal<i32>,
}

/// Which panes there are. A page of its own has all of them; a host page may have use for one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// All that there is room for.
    #[default]
    Full,
    /// The list alone: what is opened is shown by somebody else.
    List,
    /// One conversation, and its contact.
    Thread,
}

impl Layout {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Full, Self::List, Self::Thread];

    /// The value of `data-layout`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::List => "list",
            Self::Thread => "thread",
        }
    }

    /// The layout of that code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layout| layout.code() == code)
    }
}

/// Somewhere the focus can be asked to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The list's search field.
    Search,
    /// The list's grid.
    Grid,
    /// The composer, ready for a reply or a private note.
    Composer(NewMessageKind),
}

impl Default for Shell {
    fn default() -> Self {
        Self::new()
    }
}

impl Shell {
    /// To be provided as context.
    pub fn new() -> Self {
        Self {
            palette: RwSignal::new(false),
            sheet: RwSignal::new(false),
            preferences: RwSignal::new(false),
            cursor: RwSignal::new(None),
            in_grid: RwSignal::new(false),
            wants_focus: RwSignal::new(None),
            row_menu: RwSignal::new(None),
            unread: RwSignal::new(0),
            layout: RwSignal::default(),
            step: RwSignal::new(0),
        }
    }

    /// The mount's shell.
    ///
    /// # Panics
    /// Outside a mounted app, where there is no context.
    pub fn here() -> Self {
        expect_context()
    }

    /// The conversation a key or the palette is about: the one under the cursor while the list has the
    /// focus, else the open one, else the one under the cursor.
    pub fn subject(self, opened: Option<ConversationId>) -> Option<ConversationId> {
        let cursor = self.cursor.get_untracked();
        if self.in_grid.get_untracked() { cursor.or(opened) } else { opened.or(cursor) }
    }
}

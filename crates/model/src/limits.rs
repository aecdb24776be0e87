//! Sizes the contract states and the server enforces; the app shows them before they are reached.

/// Largest request body, in bytes.
pub const BODY_BYTES: usize = 256 * 1024;
/// Longest message or note, in characters.
pub const MESSAGE_CHARS: usize = 8_000;
/// Longest description of a closing, in characters.
pub const DESCRIPTION_CHARS: usize = 1_000;
/// Longest summary of a closing, in characters.
pub const SUMMARY_CHARS: usize = 4_000;
/// Longest text search, in characters.
pub const QUERY_CHARS: usize = 200;
/// Longest filter, in bytes.
pub const FILTER_BYTES: usize = 8_000;
/// Most values in one field of a filter.
pub const FILTER_VALUES: usize = 100;
/// Most labels on one conversation.
pub const TAGS: usize = 30;
/// Most users mentioned in one note.
pub const MENTIONS: usize = 20;
/// Most rows a list answers at a time.
pub const PAGE_ROWS: u32 = 200;
/// Rows a list answers when nobody says how many.
pub const PAGE_ROWS_DEFAULT: u32 = 50;
/// Characters of the newest message that a row carries.
pub const PREVIEW_CHARS: usize = 140;
/// Longest contact name taken in, in characters.
pub const NAME_CHARS: usize = 200;
/// Longest contact address, in characters.
pub const ADDRESS_CHARS: usize = 320;
/// Furthest a conversation can be snoozed, in days.
pub const SNOOZE_DAYS: i64 = 366;
/// Longest farewell message of a team, in characters.
pub const FAREWELL_CHARS: usize = 1_000;
/// Longest greeting of a line's automatic menu, in characters.
pub const GREETING_CHARS: usize = 1_000;
/// Longest label of an option of a line's automatic menu, in characters.
pub const OPTION_CHARS: usize = 60;
/// Most options of a line's automatic menu: one digit names each.
pub const MENU_OPTIONS: usize = 9;

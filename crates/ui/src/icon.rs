//! The drawn set of icons: a 20 px box, strokes of 1.5 px, round ends.
//!
//! Paths stand here as text because a sprite by `<use>` is refused across origins, which embedding needs. They are drawn
//! element by element ([`drawing`](crate::dom)): pages with Trusted Types refuse markup.
//! Knows no state and no channel by meaning: the caller picks the name.
// long: the drawings themselves, a line an icon

use crate::view;
use leptos::prelude::*;

/// The drawings. `State…` are conversation states, `Channel…` channel marks (shown at 10 px).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IconName {
    /// `inbox`
    Inbox,
    /// `user`
    User,
    /// `user-none`
    UserNone,
    /// `users`
    Users,
    /// `user-plus`
    UserPlus,
    /// `layers`
    Layers,
    /// `at`
    At,
    /// `clock`
    Clock,
    /// `check-circle`
    CheckCircle,
    /// `archive`
    Archive,
    /// `search`
    Search,
    /// `filter`
    Filter,
    /// `sort`
    Sort,
    /// `down`
    Down,
    /// `right`
    Right,
    /// `left`
    Left,
    /// `up`
    Up,
    /// `more`
    More,
    /// `plus`
    Plus,
    /// `x`
    X,
    /// `check`
    Check,
    /// `minus`
    Minus,
    /// `checks`
    Checks,
    /// `send`
    Send,
    /// `clip`
    Clip,
    /// `smile`
    Smile,
    /// `slash`
    Slash,
    /// `lock`
    Lock,
    /// `tag`
    Tag,
    /// `phone`
    Phone,
    /// `mail`
    Mail,
    /// `globe`
    Globe,
    /// `calendar`
    Calendar,
    /// `download`
    Download,
    /// `refresh`
    Refresh,
    /// `undo`
    Undo,
    /// `stop`
    Stop,
    /// `pause`
    Pause,
    /// `warn`
    Warn,
    /// `info`
    Info,
    /// `alert`
    Alert,
    /// `offline`
    Offline,
    /// `bolt`
    Bolt,
    /// `bot`
    Bot,
    /// `sliders`
    Sliders,
    /// `chart`
    Chart,
    /// `table`
    Table,
    /// `keyboard`
    Keyboard,
    /// `swap`
    Swap,
    /// `cycle`
    Cycle,
    /// `open`
    Open,
    /// `eye`
    Eye,
    /// `bookmark`
    Bookmark,
    /// `columns`
    Columns,
    /// `panel`
    Panel,
    /// `file`
    File,
    /// `image`
    Image,
    /// `bell`
    Bell,
    /// `reply`
    Reply,
    /// `edit`
    Edit,
    /// `flag`
    Flag,
    /// `pin`
    Pin,
    /// `moon`
    Moon,
    /// `copy`
    Copy,
    /// `menu`
    Menu,
    /// `unread`
    Unread,
    /// `enter`
    Enter,
    /// `template`
    Template,
    /// `hide`
    Hide,
    /// `cloud`
    Cloud,
    /// `s-new`
    StateNew,
    /// `s-bot`
    StateBot,
    /// `s-assigned`
    StateAssigned,
    /// `s-progress`
    StateProgress,
    /// `s-hours`
    StateHours,
    /// `s-offline`
    StateOffline,
    /// `s-closed`
    StateClosed,
    /// `s-cancelled`
    StateCancelled,
    /// `s-snoozed`
    StateSnoozed,
    /// `c-whatsapp`
    ChannelWhatsapp,
    /// `c-messenger`
    ChannelMessenger,
    /// `c-instagram`
    ChannelInstagram,
    /// `c-email`
    ChannelEmail,
    /// `c-webchat`
    ChannelWebchat,
    /// `c-sms`
    ChannelSms,
    /// `c-telegram`
    ChannelTelegram,
    /// `logo`
    Logo,
}

impl IconName {
    /// The inner paths of the drawing. Trusted text: it never comes from outside this file.
    fn paths(self) -> &'static str {
        match self {
            Self::Inbox => {
                r#"<path d="M3 11.5 5 4.8A1.5 1.5 0 0 1 6.4 3.7h7.2A1.5 1.5 0 0 1 15 4.8l2 6.7v3.3a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 3 14.8z"/><path d="M3 11.5h4l1 2h4l1-2h4"/>"#
            }
            Self::User => {
                r#"<circle cx="10" cy="7" r="3.2"/><path d="M3.8 16.6c.7-2.9 3.1-4.6 6.2-4.6s5.5 1.7 6.2 4.6"/>"#
            }
            Self::UserNone => {
                r#"<circle cx="10" cy="7" r="3.2" stroke-dasharray="2.4 2"/><path d="M3.8 16.6c.7-2.9 3.1-4.6 6.2-4.6s5.5 1.7 6.2 4.6" stroke-dasharray="2.4 2"/>"#
            }
            Self::Users => {
                r#"<circle cx="7.6" cy="7.4" r="2.8"/><path d="M2.4 15.8c.6-2.5 2.6-4 5.2-4s4.6 1.5 5.2 4"/><path d="M13 4.8a2.8 2.8 0 0 1 0 5.2M14.6 12c1.6.5 2.7 1.8 3.1 3.8"/>"#
            }
            Self::UserPlus => {
                r#"<circle cx="8.4" cy="7" r="3.1"/><path d="M2.6 16.4c.7-2.8 2.9-4.5 5.8-4.5s5.1 1.7 5.8 4.5M15.6 5.4v4.4M13.4 7.6h4.4"/>"#
            }
            Self::Layers => {
                r#"<path d="m10 3.2 7 3.6-7 3.6-7-3.6z"/><path d="m3.4 10.4 6.6 3.4 6.6-3.4M3.4 13.6 10 17l6.6-3.4"/>"#
            }
            Self::At => {
                r#"<circle cx="10" cy="10" r="3"/><path d="M13 7v4.2a2 2 0 0 0 4 0V10a7 7 0 1 0-2.8 5.6"/>"#
            }
            Self::Clock => r#"<circle cx="10" cy="10" r="7"/><path d="M10 6v4.2l2.7 1.7"/>"#,
            Self::CheckCircle => r#"<circle cx="10" cy="10" r="7"/><path d="m6.9 10.2 2.1 2.1 4.1-4.4"/>"#,
            Self::Archive => {
                r#"<rect x="2.8" y="3.8" width="14.4" height="3.6" rx="1"/><path d="M4 7.4v7.3a1.5 1.5 0 0 0 1.5 1.5h9a1.5 1.5 0 0 0 1.5-1.5V7.4M8 10.6h4"/>"#
            }
            Self::Search => r#"<circle cx="9" cy="9" r="5.4"/><path d="m13 13 3.8 3.8"/>"#,
            Self::Filter => r#"<path d="M3.4 5.4h13.2M5.8 10h8.4M8.2 14.6h3.6"/>"#,
            Self::Sort => {
                r#"<path d="M6.4 4v12M3.6 13.2 6.4 16l2.8-2.8M13.6 16V4M10.8 6.8 13.6 4l2.8 2.8"/>"#
            }
            Self::Down => r#"<path d="m5.6 7.8 4.4 4.4 4.4-4.4"/>"#,
            Self::Right => r#"<path d="m7.8 5.6 4.4 4.4-4.4 4.4"/>"#,
            Self::Left => r#"<path d="M12.2 5.6 7.8 10l4.4 4.4"/>"#,
            Self::Up => r#"<path d="m5.6 12.2 4.4-4.4 4.4 4.4"/>"#,
            Self::More => {
                r#"<circle cx="10" cy="4.8" r=".9" fill="currentColor"/><circle cx="10" cy="10" r=".9" fill="currentColor"/><circle cx="10" cy="15.2" r=".9" fill="currentColor"/>"#
            }
            Self::Plus => r#"<path d="M10 4.2v11.6M4.2 10h11.6"/>"#,
            Self::X => r#"<path d="m5 5 10 10M15 5 5 15"/>"#,
            Self::Check => r#"<path d="m4.4 10.6 3.6 3.6 7.6-8.2"/>"#,
            Self::Minus => r#"<path d="M4.6 10h10.8"/>"#,
            Self::Checks => r#"<path d="m2.2 10.8 3.3 3.3 6.6-7.4M9.4 13.6l.6.5 7-7.8"/>"#,
            Self::Send => r#"<path d="M16.8 3.4 3.2 8.6l5.6 2.6 2.6 5.6z"/><path d="m8.8 11.2 3.4-3.4"/>"#,
            Self::Clip => {
                r#"<path d="m15.8 9.6-5.6 5.6a3.6 3.6 0 0 1-5.1-5.1l6.1-6a2.4 2.4 0 0 1 3.4 3.4l-6 6a1.2 1.2 0 0 1-1.7-1.7l5.2-5.2"/>"#
            }
            Self::Smile => {
                r#"<circle cx="10" cy="10" r="7"/><path d="M7 11.8c.7 1.1 1.7 1.7 3 1.7s2.3-.6 3-1.7M7.6 7.8v.4M12.4 7.8v.4"/>"#
            }
            Self::Slash => {
                r#"<rect x="3" y="3" width="14" height="14" rx="3.2"/><path d="m11.8 6.4-3.6 7.2"/>"#
            }
            Self::Lock => {
                r#"<rect x="4.2" y="8.8" width="11.6" height="7.8" rx="1.6"/><path d="M6.8 8.8V6.6a3.2 3.2 0 0 1 6.4 0v2.2"/>"#
            }
            Self::Tag => {
                r#"<path d="M3.4 4.6v5a1.5 1.5 0 0 0 .4 1l5.7 5.6a1.5 1.5 0 0 0 2.1 0l4.6-4.6a1.5 1.5 0 0 0 0-2.1l-5.6-5.7a1.5 1.5 0 0 0-1-.4h-5a1.2 1.2 0 0 0-1.2 1.2z"/><path d="M7 7.2v-.1"/>"#
            }
            Self::Phone => {
                r#"<path d="M4.2 3.6h2.6l1.4 3.6-1.8 1.4a9 9 0 0 0 5 5l1.4-1.8 3.6 1.4v2.6c0 .7-.6 1.2-1.3 1.2C8.5 16.7 3.3 11.5 3 4.9c0-.7.5-1.3 1.2-1.3z"/>"#
            }
            Self::Mail => {
                r#"<rect x="2.8" y="4.4" width="14.4" height="11.2" rx="1.8"/><path d="m3.4 6 6.6 4.9L16.6 6"/>"#
            }
            Self::Globe => {
                r#"<circle cx="10" cy="10" r="7"/><path d="M3 10h14M10 3c2.2 2 3.2 4.3 3.2 7s-1 5-3.2 7c-2.2-2-3.2-4.3-3.2-7s1-5 3.2-7z"/>"#
            }
            Self::Calendar => {
                r#"<rect x="3.2" y="4.4" width="13.6" height="12.2" rx="1.8"/><path d="M3.2 8.4h13.6M6.8 2.8v3M13.2 2.8v3"/>"#
            }
            Self::Download => r#"<path d="M10 3.4v9M6.4 9l3.6 3.6L13.6 9M3.6 16.4h12.8"/>"#,
            Self::Refresh => {
                r#"<path d="M16.4 8.4A6.6 6.6 0 0 0 4.6 6.2L3.2 7.8M3.6 11.6a6.6 6.6 0 0 0 11.8 2.2l1.4-1.6"/><path d="M3.2 4v3.8H7M16.8 16v-3.8H13"/>"#
            }
            Self::Undo => {
                r#"<path d="M7 4.2 3.4 7.8 7 11.4"/><path d="M3.4 7.8h8.2a4.2 4.2 0 0 1 0 8.4H8"/>"#
            }
            Self::Stop => r#"<rect x="5" y="5" width="10" height="10" rx="1.6"/>"#,
            Self::Pause => r#"<path d="M7 4.8v10.4M13 4.8v10.4"/>"#,
            Self::Warn => r#"<path d="M10 3.4 17.4 16H2.6z"/><path d="M10 8.2v3.6M10 13.8v.1"/>"#,
            Self::Info => r#"<circle cx="10" cy="10" r="7"/><path d="M10 9.4v4M10 6.8v.1"/>"#,
            Self::Alert => r#"<circle cx="10" cy="10" r="7"/><path d="M10 6.4v4.4M10 13.4v.1"/>"#,
            Self::Offline => {
                r#"<path d="M3 3l14 14M6.6 6.9A4.2 4.2 0 0 0 2.8 11a3.9 3.9 0 0 0 3.9 3.9h8M8.8 5.4a4.8 4.8 0 0 1 5.6 3.9 3.2 3.2 0 0 1 2.4 4.7"/>"#
            }
            Self::Bolt => r#"<path d="M11 2.8 4.4 11.4h5l-.6 5.8 6.8-8.8h-5z"/>"#,
            Self::Bot => {
                r#"<rect x="3.6" y="6.8" width="12.8" height="9" rx="2.4"/><path d="M10 6.8V3.6M7.4 11v.8M12.6 11v.8M1.8 10.4v2M18.2 10.4v2"/>"#
            }
            Self::Sliders => {
                r#"<path d="M3.2 6h7.4M14.4 6h2.4M3.2 14h2.4M9.4 14h7.4"/><circle cx="12.5" cy="6" r="1.9"/><circle cx="7.5" cy="14" r="1.9"/>"#
            }
            Self::Chart => r#"<path d="M3.4 16.6h13.2M5.6 13.6V9.4M10 13.6V4.4M14.4 13.6V7.2"/>"#,
            Self::Table => {
                r#"<rect x="3" y="3.8" width="14" height="12.4" rx="1.6"/><path d="M3 8h14M3 12h14M8.4 8v8.2"/>"#
            }
            Self::Keyboard => {
                r#"<rect x="2.4" y="5" width="15.2" height="10" rx="1.8"/><path d="M5.4 8.2h.1M8.4 8.2h.1M11.5 8.2h.1M14.5 8.2h.1M7 12h6"/>"#
            }
            Self::Swap => r#"<path d="M4 7.4h11.6M12.8 4.4l3 3-3 3M16 12.6H4.4M7.2 9.6l-3 3 3 3"/>"#,
            Self::Cycle => {
                r#"<path d="M4.6 9V7.6a3 3 0 0 1 3-3h7.6M12.6 2l2.7 2.6-2.7 2.6M15.4 11v1.4a3 3 0 0 1-3 3H4.8M7.4 18l-2.7-2.6 2.7-2.6"/>"#
            }
            Self::Open => {
                r#"<path d="M8 4.4H5.2a1.4 1.4 0 0 0-1.4 1.4v9a1.4 1.4 0 0 0 1.4 1.4h9a1.4 1.4 0 0 0 1.4-1.4V12M11.6 3.8h4.6v4.6M16 4l-6.6 6.6"/>"#
            }
            Self::Eye => {
                r#"<path d="M2.6 10C4.2 6.8 6.8 5 10 5s5.8 1.8 7.4 5c-1.6 3.2-4.2 5-7.4 5s-5.8-1.8-7.4-5z"/><circle cx="10" cy="10" r="2.3"/>"#
            }
            Self::Bookmark => r#"<path d="M5.4 3.6h9.2v13L10 13.2l-4.6 3.4z"/>"#,
            Self::Columns => {
                r#"<rect x="3" y="3.8" width="14" height="12.4" rx="1.6"/><path d="M7.7 3.8v12.4M12.3 3.8v12.4"/>"#
            }
            Self::Panel => {
                r#"<rect x="3" y="3.8" width="14" height="12.4" rx="1.6"/><path d="M12.2 3.8v12.4"/>"#
            }
            Self::File => {
                r#"<path d="M5 3h6.4L15.6 7.2V17H5z"/><path d="M11.2 3v4.4h4.4M7.8 11h5M7.8 13.8h3.4"/>"#
            }
            Self::Image => {
                r#"<rect x="3" y="3.8" width="14" height="12.4" rx="1.8"/><circle cx="7.2" cy="8" r="1.3"/><path d="m3.4 14 4-3.6 3 2.6 2.8-2.4 3.6 3.2"/>"#
            }
            Self::Bell => r#"<path d="M5 13.4V9a5 5 0 0 1 10 0v4.4l1.4 1.4H3.6z"/><path d="M8.4 17h3.2"/>"#,
            Self::Reply => r#"<path d="M8 4.8 3.4 9.2 8 13.6M3.4 9.2h7.2c3.6 0 6 2.2 6 6"/>"#,
            Self::Edit => r#"<path d="m12.6 4.4 3 3-8.4 8.4-3.8.8.8-3.8z"/>"#,
            Self::Flag => r#"<path d="M5 17V3.6h9.6l-2 3.5 2 3.5H5"/>"#,
            Self::Pin => {
                r#"<path d="M10 17.2c3.6-3.8 5.4-6.5 5.4-8.8a5.4 5.4 0 1 0-10.8 0c0 2.3 1.8 5 5.4 8.8z"/><circle cx="10" cy="8.4" r="1.9"/>"#
            }
            Self::Moon => r#"<path d="M16 11.6A6.6 6.6 0 0 1 8.4 4a6.6 6.6 0 1 0 7.6 7.6z"/>"#,
            Self::Copy => {
                r#"<rect x="7" y="7" width="9.6" height="9.6" rx="1.6"/><path d="M13 7V4.8a1.4 1.4 0 0 0-1.4-1.4H4.8a1.4 1.4 0 0 0-1.4 1.4v6.8A1.4 1.4 0 0 0 4.8 13H7"/>"#
            }
            Self::Menu => r#"<path d="M3.4 5.6h13.2M3.4 10h13.2M3.4 14.4h13.2"/>"#,
            Self::Unread => {
                r#"<path d="M17 9.6v4.9a1.6 1.6 0 0 1-1.6 1.6H4.6A1.6 1.6 0 0 1 3 14.5V6.4a1.6 1.6 0 0 1 1.6-1.6H11M3.4 6.4 10 11l2.4-1.6"/><circle cx="15.4" cy="5.4" r="1.8" fill="currentColor" stroke="none"/>"#
            }
            Self::Enter => r#"<path d="M16 4.4v4.8a2 2 0 0 1-2 2H4.4M7.6 8l-3.2 3.2 3.2 3.2"/>"#,
            Self::Template => {
                r#"<rect x="3" y="3.4" width="14" height="13.2" rx="1.8"/><path d="M6 7h8M6 10.2h8M6 13.4h4"/>"#
            }
            Self::Hide => {
                r#"<path d="M3 3l14 14M8.4 5.2A7.4 7.4 0 0 1 10 5c3.2 0 5.8 1.8 7.4 5-.6 1.2-1.3 2.1-2.2 2.9M12.6 14.5A7.3 7.3 0 0 1 10 15c-3.2 0-5.8-1.8-7.4-5a9.6 9.6 0 0 1 2.6-3.2"/>"#
            }
            Self::Cloud => {
                r#"<path d="M6.2 15.2a3.7 3.7 0 0 1-.3-7.4 4.7 4.7 0 0 1 9-.2 3.9 3.9 0 0 1-.5 7.6z"/>"#
            }
            Self::StateNew => {
                r#"<circle cx="10" cy="10" r="6"/><circle cx="10" cy="10" r="2.6" fill="currentColor" stroke="none"/>"#
            }
            Self::StateBot => {
                r#"<rect x="3.6" y="6.8" width="12.8" height="9" rx="2.4"/><path d="M10 6.8V3.8M7.4 11v.8M12.6 11v.8"/>"#
            }
            Self::StateAssigned => r#"<circle cx="10" cy="10" r="6"/>"#,
            Self::StateProgress => {
                r#"<circle cx="10" cy="10" r="6"/><path d="M10 6.4a3.6 3.6 0 0 1 0 7.2z" fill="currentColor" stroke="none"/>"#
            }
            Self::StateHours => r#"<path d="M15.8 11.5A6.2 6.2 0 0 1 8.5 4.2a6.2 6.2 0 1 0 7.3 7.3z"/>"#,
            Self::StateOffline => r#"<circle cx="10" cy="10" r="6"/><path d="m5.9 14.1 8.2-8.2"/>"#,
            Self::StateClosed => r#"<circle cx="10" cy="10" r="6"/><path d="m7.4 10.2 1.8 1.8 3.5-3.8"/>"#,
            Self::StateCancelled => {
                r#"<circle cx="10" cy="10" r="6"/><path d="m7.9 7.9 4.2 4.2M12.1 7.9l-4.2 4.2"/>"#
            }
            Self::StateSnoozed => r#"<circle cx="10" cy="10" r="6"/><path d="M10 7v3.2l1.9 1.1"/>"#,
            Self::ChannelWhatsapp => {
                r#"<g stroke-width="2"><path d="M10 2.8a7.1 7.1 0 0 0-6 10.9L3 17.2l3.6-.9A7.1 7.1 0 1 0 10 2.8z"/><path d="M7.6 7.2c-.3 2.7 2.4 5.4 5.1 5.2"/></g>"#
            }
            Self::ChannelMessenger => {
                r#"<g stroke-width="2"><path d="M10 3c-4.2 0-7.2 2.9-7.2 6.7 0 2 .9 3.7 2.3 4.9V17l2.5-1.3c.8.2 1.6.3 2.4.3 4.2 0 7.2-2.9 7.2-6.7S14.2 3 10 3z"/><path d="m6.6 11 2.5-2.5 1.9 1.8 2.5-2.3"/></g>"#
            }
            Self::ChannelInstagram => {
                r#"<g stroke-width="2"><rect x="3.2" y="3.2" width="13.6" height="13.6" rx="4"/><circle cx="10" cy="10" r="3.1"/><path d="M13.9 6.2v-.1"/></g>"#
            }
            Self::ChannelEmail => {
                r#"<g stroke-width="2"><rect x="2.6" y="4.4" width="14.8" height="11.2" rx="2"/><path d="m3.6 6.4 6.4 4.8 6.4-4.8"/></g>"#
            }
            Self::ChannelWebchat => {
                r#"<g stroke-width="2"><path d="M4.6 3.8h10.8a1.8 1.8 0 0 1 1.8 1.8v6.6a1.8 1.8 0 0 1-1.8 1.8H9.6L5.8 17v-3H4.6a1.8 1.8 0 0 1-1.8-1.8V5.6a1.8 1.8 0 0 1 1.8-1.8z"/><path d="M6.8 9v-.1M10 9v-.1M13.2 9v-.1"/></g>"#
            }
            Self::ChannelSms => {
                r#"<g stroke-width="2"><path d="M4.6 3.8h10.8a1.8 1.8 0 0 1 1.8 1.8v6.6a1.8 1.8 0 0 1-1.8 1.8H9.6L5.8 17v-3H4.6a1.8 1.8 0 0 1-1.8-1.8V5.6a1.8 1.8 0 0 1 1.8-1.8z"/><path d="M6.6 7.4h6.8M6.6 10.4h4.2"/></g>"#
            }
            Self::ChannelTelegram => {
                r#"<g stroke-width="2"><path d="M17 3.6 2.8 9.2l4.6 1.9 1.8 5.1 2.6-3.1 3.3 2.3z"/><path d="m7.4 11.1 5.6-4"/></g>"#
            }
            Self::Logo => {
                r#"<path d="M3.2 6.8h13.6l-1.2 8a1.7 1.7 0 0 1-1.7 1.5H6.1a1.7 1.7 0 0 1-1.7-1.5z" stroke-width="1.7"/><path d="M3.6 11h3.6c.4 1.3 1.4 2 2.8 2s2.4-.7 2.8-2h3.6" stroke-width="1.7"/>"#
            }
        }
    }
}

/// How large an icon is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IconSize {
    /// 20 px, unless the part it stands in says otherwise.
    #[default]
    Normal,
    /// 16 px.
    Small,
    /// 14 px.
    Tiny,
}

impl IconSize {
    fn class(self) -> &'static str {
        match self {
            Self::Normal => "icon",
            Self::Small => "icon s16",
            Self::Tiny => "icon s14",
        }
    }
}

/// An icon. Always hidden from assistive technology: a word or a label stands beside it.
#[component]
pub fn Icon(
    /// Which drawing; may change.
    #[prop(into)]
    name: Signal<IconName>,
    /// How large.
    #[prop(optional)]
    size: IconSize,
    /// A class of the part, such as `tail` or `mark`.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let class = if class.is_empty() { size.class().to_owned() } else { format!("{} {class}", size.class()) };
    view! {
        <svg
            class=class
            viewBox="0 0 20 20"
            aria-hidden="true"
            focusable="false"
            prop:drawing=move || name.get().paths()
        ></svg>
    }
}

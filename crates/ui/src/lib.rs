//! Primitives of the interface, on native elements: what a dialog, a menu, a virtual list is.
//!
//! Knows no domain type and no wording: every text comes from the caller, already in the reader's language.
//! Class names are those of `style/`; nothing here sets a colour or a size. Only [`platform`] touches
//! `window` and `document`. Components work inside a shadow root: ids are unique in the process and
//! lookups start at the node's own root.

#![allow(
    unreachable_pub,
    reason = "`#[component]` makes a public helper beside each component, which nobody re-exports"
)]

// The macro names this crate, also from within.
extern crate self as bandeja_ui;

mod avatar;
mod badge;
mod button;
mod channel_mark;
mod chip;
mod count;
mod dialog;
pub mod dom;
mod empty;
mod field;
mod fold;
mod icon;
mod icon_button;
mod ids;
mod initials;
mod key;
mod live_region;
mod menu;
mod menu_item;
mod meter;
mod picker;
mod picker_item;
mod picker_panel;
mod placement;
pub mod platform;
mod popover;
mod shares;
mod skeleton;
mod slider;
mod split_button;
mod status;
mod tabs;
mod tag;
mod toast;
mod toast_host;
mod virtual_list;
mod watch;
pub mod window_math;
mod window_ring;

pub use bandeja_view::view;

pub use avatar::{Avatar, AvatarSize};
pub use badge::{Badge, Tone};
pub use button::{Button, ButtonKind};
pub use channel_mark::ChannelMark;
pub use chip::{AddChip, Chip};
pub use count::Count;
pub use dialog::{Dialog, DialogSize};
pub use empty::{Banner, Empty, Notice};
pub use field::{Checkbox, Choice, Radio, Radios, Select, TextArea, TextField};
pub use fold::contains_folded;
pub use icon::{Icon, IconName, IconSize};
pub use icon_button::IconButton;
pub use ids::next_id;
pub use initials::{initials, tint};
pub use key::{Key, Keys};
pub use live_region::{Announcer, LiveRegion};
pub use menu::Menu;
pub use menu_item::{MenuHeading, MenuItem, MenuRule};
pub use meter::{Meter, Part};
pub use picker::Picker;
pub use picker_item::{Leading, PickerItem};
pub use picker_panel::PickerPanel;
pub use placement::{Align, Point, Rect, Size, place};
pub use shares::{Share, Shares};
pub use skeleton::Skeleton;
pub use slider::{Slider, Step};
pub use split_button::SplitButton;
pub use status::Status;
pub use tabs::{Tab, Tabs};
pub use tag::Tag;
pub use toast::{Toast, ToastAction, Toasts};
pub use toast_host::ToastHost;
pub use virtual_list::VirtualList;
pub use watch::watch;
pub use window_ring::{RingLevel, WindowRing};

//! A small set of emoji, put in at the caret.

use super::field::insert;
use super::sending::Writing;
use bandeja_ui::view;
use bandeja_ui::{IconName, Menu};
use leptos::prelude::*;

/// Those that conversations with customers use most.
const EMOJI: [&str; 40] = [
    "🙂", "😀", "😄", "😅", "😂", "😉", "😊", "😍", "😘", "🤗", "🤔", "😐", "😕", "🙁", "😢", "😭", "😮",
    "😴", "😎", "🥳", "👍", "👎", "👌", "🙏", "👏", "💪", "👋", "🤝", "✅", "❌", "❤️", "💙", "🎉", "🔥",
    "⭐", "💡", "📎", "📦", "🚚", "📅",
];

/// The button and its grid.
pub(super) fn emoji_menu(writing: Writing) -> impl IntoView {
    let open = RwSignal::new(false);
    let choose = move |emoji: &'static str| {
        open.set(false);
        insert(writing, emoji);
    };
    view! {
        <Menu
            label=Signal::derive(move || writing.w().emoji.to_owned())
            icon=IconName::Smile
            class="button quiet small"
            open=open
        >
            <div class="emojis" role="presentation">
                {EMOJI
                    .map(|emoji| {
                        view! {
                            <button
                                type="button"
                                class="item"
                                role="menuitem"
                                tabindex="-1"
                                on:click=move |_| choose(emoji)
                            >
                                {emoji}
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
        </Menu>
    }
}

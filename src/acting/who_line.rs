//! The line under a dialog's title: on which channel, with whom, on which line.

use super::names::{channel_icon, channel_word};
use super::told::name_of;
use crate::i18n::Lang;
use bandeja_client::Lookups;
use bandeja_model::Conversation;
use bandeja_ui::ChannelMark;
use bandeja_ui::view;
use leptos::prelude::*;

/// Channel, contact, line: «Mariana Restrepo, Ventas México».
pub(crate) fn who_line(conversation: &Conversation, lookups: &Lookups, lang: Lang) -> AnyView {
    let locale = lang.get();
    let name = name_of(conversation, locale);
    let text = match lookups.line(&conversation.line) {
        Some(line) => format!("{name}, {}", line.name),
        None => name,
    };
    view! {
        <ChannelMark
            class=conversation.channel.code().to_owned()
            icon=channel_icon(conversation.channel)
            title=channel_word(conversation.channel, locale).to_owned()
        />
        <span class="clip" dir="auto">{text}</span>
    }
    .into_any()
}

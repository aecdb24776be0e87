//! The mark of a channel: a filled disc with a drawing, and its name as title.

use crate::view;
use leptos::prelude::*;

use crate::icon::{Icon, IconName};

/// A disc of 17 px. The class picks the colour, the title says the name.
#[component]
pub fn ChannelMark(
    /// `whatsapp`, `messenger`, `instagram`, `email`, `webchat`, `sms` or `telegram`.
    #[prop(into)]
    class: Signal<String>,
    /// The drawing.
    #[prop(into)]
    icon: Signal<IconName>,
    /// The channel's name.
    #[prop(into)]
    title: Signal<String>,
) -> impl IntoView {
    view! {
        <span
            class=move || format!("channel {}", class.get())
            title=move || title.get()
            role="img"
            aria-label=move || title.get()
        >
            <Icon name=icon/>
        </span>
    }
}

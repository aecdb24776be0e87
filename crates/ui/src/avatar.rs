//! A face without a picture: initials on one of six tints.

use crate::view;
use leptos::prelude::*;

use crate::{
    icon::{Icon, IconName},
    initials::{initials, tint},
};

/// How large an avatar is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AvatarSize {
    /// 20 px: a member in a row.
    Small,
    /// 28 px: a member beside a message.
    Medium,
    /// 36 px: a contact.
    #[default]
    Normal,
    /// 56 px: the contact's panel.
    Large,
}

/// An avatar. An empty `id` is nobody: a dashed circle.
///
/// It is hidden from assistive technology unless `said` is set, because the name nearly always stands
/// beside it; the tooltip is the name either way.
#[component]
pub fn Avatar(
    /// The id that decides the tint; empty for nobody.
    #[prop(into)]
    id: Signal<String>,
    /// The whole name, or the words for nobody («Sin responsable»).
    #[prop(into)]
    name: Signal<String>,
    /// How large.
    #[prop(optional)]
    size: AvatarSize,
    /// Whether it is the only place that says the name.
    #[prop(optional)]
    said: bool,
) -> impl IntoView {
    let class = move || {
        let size = match size {
            AvatarSize::Small => " s",
            AvatarSize::Medium => " m",
            AvatarSize::Normal => "",
            AvatarSize::Large => " l",
        };
        id.with(|id| {
            if id.is_empty() { format!("avatar none{size}") } else { format!("avatar t{}{size}", tint(id)) }
        })
    };
    view! {
        <span
            class=class
            title=move || name.get()
            role=said.then_some("img")
            aria-label=move || said.then(|| name.get())
            aria-hidden=(!said).then_some("true")
        >
            {move || {
                if id.with(String::is_empty) {
                    view! { <Icon name=IconName::User/> }.into_any()
                } else {
                    name.with(|name| initials(name)).into_any()
                }
            }}
        </span>
    }
}

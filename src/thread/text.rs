//! A stranger's text as it is shown: every piece is a text node, links lead where they say.

use super::links::{Piece, pieces};
use bandeja_ui::view;
use leptos::prelude::*;

/// The words of a message or note; `names` are those who were mentioned.
pub(super) fn text(body: &str, names: &[String]) -> Vec<AnyView> {
    pieces(body, names)
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(words) => words.to_owned().into_any(),
            Piece::Page(address) => link(address.to_owned(), address),
            Piece::Mail(address) => link(format!("mailto:{address}"), address),
            Piece::Mention(name) => view! { <span class="mention">{name.to_owned()}</span> }.into_any(),
        })
        .collect()
}

fn link(href: String, label: &str) -> AnyView {
    // `external` keeps a router from taking it; the page it leads to learns nothing of ours.
    view! {
        <a href=href target="_blank" rel="noopener noreferrer nofollow external" dir="auto">
            {label.to_owned()}
        </a>
    }
    .into_any()
}

//! Somebody came here for whom there are no settings: says why, and shows the ways on.

use super::words::words;
use crate::i18n::Lang;
use crate::route::Navigator;
use crate::shell::user_menu::sign_out;
use crate::shell::words::words as shell_words;
use bandeja_browser::desk;
use bandeja_model::View;
use bandeja_ui::view;
use bandeja_ui::{Button, ButtonKind, Icon, IconName, Toasts};
use leptos::prelude::*;

/// Why there are no settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The reader's role has none.
    Role,
    /// The back end has none.
    NoneHere,
}

/// The page for those without settings.
#[component]
pub fn Refused(
    /// Why.
    why: Why,
) -> impl IntoView {
    let lang = Lang::here();
    let said = move || {
        let w = words(lang.get());
        match why {
            Why::Role => (w.refused, w.refused_detail),
            Why::NoneHere => (w.not_here, w.not_here_detail),
        }
    };
    let icon = if why == Why::Role { IconName::Lock } else { IconName::Sliders };
    let (desk, toasts) = (StoredValue::new(desk()), expect_context::<Toasts>());
    view! {
        <main class="alone">
            <section class="empty">
                <Icon name=icon/>
                <h1>{move || said().0}</h1>
                <p>{move || said().1}</p>
                <div class="cluster">
                    <a class="button primary" href=Navigator::href(View::Mine)>
                        {move || words(lang.get()).to_inbox}
                    </a>
                    <Button kind=ButtonKind::Quiet on_click=move |()| sign_out(&desk.get_value(), lang, toasts)>
                        {move || shell_words(lang.get()).sign_out}
                    </Button>
                </div>
            </section>
        </main>
    }
}

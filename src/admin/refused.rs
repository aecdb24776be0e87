//! Somebody without settings came here: says so, and shows the ways on.

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

/// The page for those whose role has no settings.
#[component]
pub fn Refused() -> impl IntoView {
    let lang = Lang::here();
    let (desk, toasts) = (StoredValue::new(desk()), expect_context::<Toasts>());
    view! {
        <main class="alone">
            <section class="empty">
                <Icon name=IconName::Lock/>
                <h1>{move || words(lang.get()).refused}</h1>
                <p>{move || words(lang.get()).refused_detail}</p>
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

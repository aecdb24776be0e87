//! Nobody is signed in, inside somebody else's page: signing in is that page's business, here is only the way to ask it
//! once more.

use super::words::words;
use crate::i18n::Lang;
use crate::shell::Outside;
use bandeja_browser::SignedOutReason;
use bandeja_ui::dom::Dom;
use bandeja_ui::view;
use bandeja_ui::{Button, ButtonKind, Dialog, DialogSize, Empty, IconName};
use leptos::prelude::*;

/// In the place of the whole app.
pub fn outside_screen(reason: SignedOutReason) -> Dom {
    let (lang, outside) = (Lang::here(), expect_context::<Outside>());
    let sentence = move || {
        let w = words(lang.get());
        match reason {
            SignedOutReason::Never => w.outside_never,
            SignedOutReason::ByUser => w.lead_by_user,
            SignedOutReason::Expired => w.outside_expired,
        }
        .to_owned()
    };
    let detail = move || {
        let w = words(lang.get());
        if reason == SignedOutReason::ByUser { w.outside_wiped } else { w.outside_detail }.to_owned()
    };
    view! {
        <div class="alone">
            <Empty icon=IconName::Lock sentence detail=Signal::derive(detail) alert=true>
                {retry(lang, outside)}
            </Empty>
        </div>
    }
}

/// Over the inbox one was in: nothing behind it is lost.
pub fn outside_dialog(open: Signal<bool>, on_leave: Callback<()>) -> Dom {
    let (lang, outside) = (Lang::here(), expect_context::<Outside>());
    let footer = move || retry(lang, outside);
    view! {
        <Dialog
            open
            on_close=on_leave
            keep=true
            title=move || words(lang.get()).outside_expired.to_owned()
            close_label=move || words(lang.get()).other_user.to_owned()
            size=DialogSize::Narrow
            footer
        >
            <p>{move || words(lang.get()).outside_kept}</p>
        </Dialog>
    }
}

fn retry(lang: Lang, outside: Outside) -> Dom {
    let ask = move |()| {
        if let Some(around) = outside.around() {
            around.ask_again();
        }
    };
    view! {
        <Button kind=ButtonKind::Primary icon=IconName::Refresh on_click=ask>
            {move || words(lang.get()).outside_retry}
        </Button>
    }
}

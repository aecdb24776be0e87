//! The dialog's last row: archive as well, leave, do it.

use super::form::Form;
use bandeja_ui::view;
use bandeja_ui::{Button, ButtonKind, Checkbox};
use leptos::prelude::*;

/// Archive where that is there, leave, do.
pub(super) fn footer(
    form: Form,
    archives: Memo<bool>,
    busy: RwSignal<bool>,
    leave: impl Fn() + Copy + Send + Sync + 'static,
) -> AnyView {
    let archive = move |ticked: bool| form.typed.update(|typed| typed.archive = ticked);
    let verb = move || match (form.cancels, form.typed.with(|typed| typed.archive)) {
        (true, _) => form.w().cancel_do,
        (false, true) => form.w().close_archive_do,
        (false, false) => form.w().close_do,
    };
    let leave_word = move || if form.cancels { form.w().leave_cancel } else { form.w().leave_close };
    let box_ = move || {
        archives.get().then(|| {
            view! {
                <div class="aside">
                    <Checkbox
                        label=Signal::derive(move || form.w().archive.to_owned())
                        checked=Signal::derive(move || form.typed.with(|typed| typed.archive))
                        on_change=archive
                    />
                </div>
            }
        })
    };
    view! {
        {box_}
        <Button on_click=move |()| leave()>{leave_word}</Button>
        <Button
            kind=if form.cancels { ButtonKind::Danger } else { ButtonKind::Primary }
            submit=true
            busy=busy
        >
            {verb}
        </Button>
    }
    .into_any()
}

//! The dialog upon a selection: what is to be done left, what would happen right, and the verb with its
//! number.

use super::choosing::{choosing, trouble};
use super::context::Bulk;
use super::draw::{text, whether};
use super::fate::fate;
use super::items::{Listed, items_dialog};
use super::plan::{Asked, Plan};
use super::verbs::Verb;
use crate::closing::form::Form;
use crate::closing::typed::Faults;
use crate::i18n::{fill, plural};
use crate::inbox::chips_of;
use crate::shell::views::view_word;
use bandeja_model::{BulkAction, Selection, View};
use bandeja_ui::dom::Dom;
use bandeja_ui::view;
use bandeja_ui::{Button, ButtonKind, Dialog, DialogSize, platform};
use leptos::{html, prelude::*};

/// Opens for [`Bulk::ask`].
pub(super) fn bulk_dialog() -> impl IntoView {
    let bulk = Bulk::here();
    let plan = Plan::new(bulk);
    plan.follow();
    let body = NodeRef::<html::Div>::new();
    let see = RwSignal::new(None::<Listed>);
    let leave = move |()| bulk.asked.set(None);
    let point_out = move |form: Form, faults: Faults| {
        let transfer = Plan::opens_picker(&faults);
        form.faults.set(faults);
        if transfer {
            plan.picking.set(true);
            return;
        }
        platform::next_frame(move || {
            if let Some(body) = body.try_get_untracked().flatten() {
                platform::focus_first_invalid(&body);
            }
        });
    };
    let submit = move |()| plan.start(point_out);
    // Drawn once for a deed: what is typed must not be drawn anew with every figure.
    let action = Memo::new(move |_| bulk.asked.with(|asked| asked.as_ref().map(|asked| asked.action)));
    let title = text(move || {
        let action = action.get();
        action.map(|action| Verb::of(action, bulk.lang.get()).title.to_owned()).unwrap_or_default()
    });
    let line = text(move || plan.asked().map(|asked| what(bulk, &asked)).unwrap_or_default());
    view! {
        <Dialog
            open=whether(move || bulk.asked.with(Option::is_some))
            on_close=leave
            title=title
            close_label=bulk.say(|w| w.back)
            size=DialogSize::Wide
            keep=true
            line=move || view! { <span>{line}</span> }
            footer=move || footer(plan, leave)
            on_submit=Callback::new(submit)
        >
            <div class="split2" node_ref=body>
                <div class="stack">
                    {move || trouble(plan)}
                    {move || action.get().map(|action| choosing(plan, action))}
                </div>
                {fate(plan, see)}
            </div>
        </Dialog>
        {items_dialog(bulk, see)}
    }
}

fn footer(plan: Plan, leave: impl Fn(()) + Copy + Send + Sync + 'static) -> Dom {
    let bulk = plan.bulk;
    let cancels =
        plan.bulk.asked.with_untracked(|it| it.as_ref().is_some_and(|it| it.action == BulkAction::Cancel));
    let verb = text(move || {
        let Some(action) = plan.action() else { return String::new() };
        let n = plan.changes().or_else(|| plan.asked().map(|asked| asked.count)).unwrap_or_default();
        Verb::of(action, bulk.lang.get()).to_do(n, bulk.lang)
    });
    let off = Memo::new(move |_| plan.off());
    view! {
        <span class="aside muted small-print">{bulk.say(|w| w.can_undo)}</span>
        <Button on_click=leave>
            {bulk.say(if cancels { |w| w.back } else { |w| w.cancel })}
        </Button>
        <Button
            kind=if cancels { ButtonKind::Danger } else { ButtonKind::Primary }
            submit=true
            busy=plan.busy
            disabled=off
        >
            {verb}
        </Button>
    }
}

/// «4 conversaciones seleccionadas.», «Todas las que coinciden en Mías, Etiqueta: Promo, salvo 3.»
fn what(bulk: Bulk, asked: &Asked) -> String {
    let (w, lang) = (bulk.w(), bulk.lang);
    match &*asked.selection {
        Selection::Picked(_) => {
            fill(plural(asked.count, w.picked_one, w.picked_other), &[&lang.number(asked.count)])
        }
        Selection::All { filter, except } => {
            let view = view_word(filter.view.unwrap_or(View::All), lang.get());
            let mut conditions = String::new();
            let chips = bulk.desk.with_value(|desk| chips_of(filter, desk, lang));
            let searched = filter.q.as_ref().map(|q| fill(w.all_search, &[q]));
            for said in chips.iter().map(crate::inbox::conditions::ChipWords::sentence).chain(searched) {
                conditions.push_str(", ");
                conditions.push_str(&said);
            }
            let but = match except.len() as u64 {
                0 => String::new(),
                n => fill(w.all_except, &[&lang.number(n)]),
            };
            fill(w.all_of, &[view, &conditions, &but])
        }
    }
}

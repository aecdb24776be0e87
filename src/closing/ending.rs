//! What the closing dialog says of the one conversation it ends.

use super::form::Form;
use crate::acting::owner_items::{candidates, user_item};
use crate::acting::told::{name_of, user_name};
use crate::acting::words::words as acting_words;
use crate::acting::{Acting, signed_in};
use crate::i18n::fill;
use bandeja_browser::Desk;
use bandeja_contract::NewMessageKind;
use bandeja_model::Conversation;
use bandeja_model::closing::{ClosingForm, next_owner};
use bandeja_ui::view;
use bandeja_ui::{IconName, Notice, PickerItem, Tone};
use leptos::prelude::*;
use std::sync::Arc;

type Seen = Memo<Option<Arc<Conversation>>>;

/// The form that governs the conversation's campaign (P13); a memo, so that a field being filled is not
/// drawn anew.
pub(super) fn modes(acting: &Acting, seen: Seen, cancels: bool) -> Memo<ClosingForm> {
    let session = acting.desk.session.clone();
    Memo::new(move |_| {
        let session = session.get();
        let campaign = seen.get().map(|seen| seen.campaign.clone());
        let forms = signed_in(&session)
            .zip(campaign)
            .map(|(session, campaign)| session.forms_of(&campaign))
            .unwrap_or_default();
        if cancels { forms.cancel } else { forms.close }
    })
}

/// Whether a closing can name who attends next. Tracks the session.
pub(crate) fn can_transfer(desk: &Desk) -> bool {
    desk.can("close.transfer_to")
}

/// Whether a closing can archive at once. Tracks the session.
pub(crate) fn can_archive(desk: &Desk) -> bool {
    desk.can("archive") && desk.can("close.archive")
}

/// What ticking the transfer changes, and who attends otherwise.
pub(super) fn transfer_hint(form: Form, acting: StoredValue<Acting>, seen: Seen) -> Signal<String> {
    Signal::derive(move || {
        let w = form.w();
        let me = acting.with_value(|acting| acting.desk.actor()).map(|actor| actor.id);
        let Some((seen, me)) = seen.get().zip(me) else { return String::new() };
        let locale = form.lang.get();
        let name = name_of(&seen, locale);
        let stays = next_owner(None, seen.owner.as_ref(), &me);
        if stays != me {
            let owner = user_name(&form.lookups(), &stays, acting_words(locale));
            fill(w.transfer_hint_other_stays, &[&name, &owner])
        } else if seen.owner.is_some() {
            fill(w.transfer_hint_you_stay, &[&name])
        } else {
            fill(w.transfer_hint_becomes_you, &[&name])
        }
    })
}

/// Who it can be transferred to.
pub(super) fn transfer_people(
    form: Form,
    acting: StoredValue<Acting>,
    seen: Seen,
) -> Signal<Vec<PickerItem>> {
    Signal::derive(move || {
        let Some(seen) = seen.get() else { return Vec::new() };
        let (lookups, locale) = (form.lookups(), form.lang.get());
        let people = candidates(&lookups, Some(&seen.campaign));
        let presence = acting.with_value(|acting| acting.desk.can("availability"));
        people.into_iter().map(|user| user_item(user, presence, locale)).collect()
    })
}

/// What closing would leave behind: a message on its way, or a draft.
pub(super) fn unsent(form: Form, acting: StoredValue<Acting>, seen: &Conversation) -> Option<AnyView> {
    let (on_its_way, draft) = acting.with_value(|acting| {
        let on_its_way =
            acting.desk.outbox.with(|outbox| outbox.iter().any(|one| one.conversation == seen.id));
        // A note can be saved whatever the state; an answer cannot be sent.
        let draft = acting.desk.draft(&seen.id, NewMessageKind::Reply);
        (on_its_way, draft.with(|draft| !draft.trim().is_empty()))
    });
    let w = form.w();
    let (sentence, detail) = match (on_its_way, draft) {
        (true, _) => (w.has_unsent, w.has_unsent_detail),
        (false, true) => (w.has_draft, w.has_draft_detail),
        (false, false) => return None,
    };
    Some(
        view! {
            <Notice tone=Tone::Warn icon=IconName::Edit sentence=sentence.to_owned() detail=detail.to_owned()/>
        }
        .into_any(),
    )
}

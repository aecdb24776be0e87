//! How earlier episodes ended, newest first.

use super::pane::Person;
use crate::i18n::fill;
use crate::thread::{category_path, inactive};
use bandeja_client::ClientError;
use bandeja_contract::Episode;
use bandeja_model::ClosingSource;
use bandeja_model::text::preview;
use bandeja_ui::view;
use bandeja_ui::watch;
use bandeja_ui::{Button, IconName};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Characters of a description that a line of the panel shows.
const LINE_CHARS: usize = 160;

/// What is known of the earlier episodes.
#[derive(Clone, Debug, PartialEq)]
enum Known {
    Loading,
    Failed(ClientError),
    Here(Vec<Episode>),
}

/// The earlier episodes, asked for again whenever one ends or an ending is taken back.
pub(super) fn past(person: Person) -> impl IntoView {
    let known = RwSignal::new(Known::Loading);
    let load = move || {
        let (desk, id) = (person.desk.get_value(), person.id.get_value());
        spawn_local(async move {
            match desk.episodes(&id).await {
                Ok(mut episodes) => {
                    // An ending that was taken back ended nothing; the thread tells of it.
                    episodes.retain(|episode| !episode.closing.undone);
                    episodes.sort_by_key(|episode| std::cmp::Reverse(episode.closing.at));
                    known.try_set(Known::Here(episodes));
                }
                Err(error) => {
                    // What is shown already stays.
                    known.try_maybe_update(|known| {
                        let shows = matches!(known, Known::Here(_));
                        if !shows {
                            *known = Known::Failed(error);
                        }
                        (!shows, ())
                    });
                }
            }
        });
    };
    let ending = Memo::new(move |_| {
        person.conversation.with(|now| {
            let now = now.as_ref()?;
            Some((now.status.is_ended(), now.closing.as_ref().map(|closing| (closing.at, closing.undone))))
        })
    });
    watch(move || {
        // A memo that nobody reads is never worked out, so tracking it alone would not do.
        ending.with(|_| ());
        load();
    });
    let retry = move |()| {
        known.set(Known::Loading);
        load();
    };
    let count = move || {
        known.with(|known| match known {
            Known::Here(episodes) if !episodes.is_empty() => Some(person.lang.number(episodes.len() as u64)),
            _ => None,
        })
    };
    view! {
        <section class="block">
            <h3>
                {move || person.w().past}
                {move || count().map(|count| view! { <span class="faint">{count}</span> })}
            </h3>
            {move || match known.get() {
                Known::Loading => view! {
                    <div class="late" role="status">
                        <span class="only-sr">{person.w().past_loading}</span>
                        <span class="bone w72" aria-hidden="true"></span>
                    </div>
                }
                .into_any(),
                Known::Failed(_) => view! {
                    <p class="muted" role="alert">{person.w().past_failed}</p>
                    <Button small=true icon=IconName::Refresh on_click=Callback::new(retry)>
                        {move || person.w().retry}
                    </Button>
                }
                .into_any(),
                Known::Here(episodes) if episodes.is_empty() => {
                    view! { <p class="muted">{person.w().no_past}</p> }.into_any()
                }
                Known::Here(episodes) => {
                    let items = episodes.into_iter().map(|episode| view! { <li class="past">{one(person, &episode)}</li> });
                    view! { <ul>{items.collect_view()}</ul> }.into_any()
                }
            }}
        </section>
    }
}

fn one(person: Person, episode: &Episode) -> impl IntoView + use<> {
    let w = person.w();
    let lookups = person.lookups();
    let closing = &episode.closing;
    let said = [&closing.description, &closing.summary].into_iter().find(|text| !text.trim().is_empty());
    let idle = (closing.source == ClosingSource::Inactivity).then(|| inactive(closing, person.lang.get()));
    let who = closing.by.as_ref().and_then(|id| lookups.user(id)).map(|user| user.name.clone());
    // Said once: as the title where nothing better names the episode.
    let (title, idle) = match category_path(closing, &lookups).or(who) {
        Some(title) => (title, idle),
        None => (idle.unwrap_or_else(|| w.no_record.to_owned()), None),
    };
    let next = closing.next_owner.as_ref().filter(|_| closing.transferred).and_then(|id| lookups.user(id));
    let now = person.desk.with_value(|desk| desk.now.get());
    let at = closing.at;
    view! {
        <div class="cluster">
            <b class="clip">{title}</b>
            <time datetime=at.to_rfc3339() title=person.lang.full(at)>{person.lang.row_time(at, now)}</time>
        </div>
        {idle.map(|idle| view! { <span class="muted">{idle}</span> })}
        {said.map(|said| view! { <span class="muted" dir="auto">{preview(said, LINE_CHARS)}</span> })}
        {next.map(|user| view! { <span class="faint">{fill(w.transferred, &[&user.name])}</span> })}
    }
}

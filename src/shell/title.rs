//! The name of the page: the view, and how many of the reader's own conversations have unread messages.

use super::host::Host;
use super::views::view_word;
use super::words::words;
use crate::i18n::Lang;
use crate::route::Navigator;
use bandeja_browser::{Desk, SessionState};
use bandeja_model::filter::YesNo;
use bandeja_model::{Filter, View};
use bandeja_ui::platform::Timer;
use bandeja_ui::watch;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

/// Counting again waits this long for more news.
const PAUSE_MS: i32 = 1_500;

/// Names the page from now on.
pub(super) fn name_the_page(
    desk: &Desk,
    navigator: Navigator,
    lang: Lang,
    host: &Host,
    unread: RwSignal<u64>,
) {
    count_unread(desk, unread);
    let session = desk.session.clone();
    let set_title = Rc::clone(&host.set_title);
    watch(move || {
        let locale = lang.get();
        let w = words(locale);
        let is_in = session.with(|state| matches!(state, SessionState::SignedIn(_)));
        let title = if is_in {
            let view = view_word(navigator.route().with(|route| route.view), locale);
            let title = format!("{view} · {}", w.brand);
            match unread.get() {
                0 => title,
                n => format!("({}) {title}", lang.number(n)),
            }
        } else {
            w.brand.to_owned()
        };
        set_title(&title);
    });
}

/// How many of the reader's own open conversations have something unread.
fn count_unread(desk: &Desk, unread: RwSignal<u64>) {
    let timer = StoredValue::new_local(None::<Timer>);
    let desk = desk.clone();
    watch(move || {
        desk.counts.track();
        if !desk.can("filter.unread")
            || !desk.session.with(|state| matches!(state, SessionState::SignedIn(_)))
        {
            unread.set(0);
            return;
        }
        let desk = desk.clone();
        timer.set_value(Timer::after(PAUSE_MS, move || {
            spawn_local(async move {
                let mut filter: Filter = View::Mine.filter();
                filter.unread.add(YesNo::Yes, false);
                if let Ok(facets) = desk.facets(&filter).await {
                    unread.try_set(facets.total.value);
                }
            });
        }));
    });
}

//! Settings that follow their attribute while the app runs.

use super::limits::limits;
use super::{Port, Settings, events, places};
use crate::i18n::Locale;
use crate::route::Step;
use crate::shell::{Inside, Layout, Theme};
use bandeja_browser::Phase;
use bandeja_model::View;
use bandeja_ui::watch;
use leptos::prelude::*;
use std::rc::Rc;

/// Follows all of them, under the owner of the mount.
pub(super) fn follow(settings: &ArcRwSignal<Settings>, inside: &Inside, port: &Rc<dyn Port>) {
    looks(settings, inside);
    place(settings, inside, port);
    what_is_on(settings, inside);
    newest_of_contact(settings, inside);
}

/// A part of the settings, told only when it changes.
fn part<T: Clone + PartialEq + Send + Sync + 'static>(
    settings: &ArcRwSignal<Settings>,
    of: impl Fn(&Settings) -> T + Send + Sync + 'static,
) -> Memo<T> {
    let settings = settings.clone();
    Memo::new(move |_| settings.with(&of))
}

fn looks(settings: &ArcRwSignal<Settings>, inside: &Inside) {
    let (prefs, lang, shell) = (inside.prefs, inside.lang, inside.shell);
    let (theme, density) = (part(settings, |s| s.theme), part(settings, |s| s.density));
    let (locale, layout) = (part(settings, |s| s.locale.clone()), part(settings, |s| s.layout));
    watch(move || match theme.get() {
        Some(theme) => prefs.show_theme(theme),
        // A page is light unless it or the reader says otherwise, whatever the system is.
        None if !prefs.has_chosen_theme() => prefs.show_theme(Theme::Light),
        None => {}
    });
    watch(move || {
        if let Some(density) = density.get() {
            prefs.show_density(density);
        }
    });
    watch(move || {
        if let Some(tag) = locale.get() {
            lang.set(Locale::preferred(&[tag]));
        }
    });
    watch(move || shell.layout.set(layout.get()));
}

fn place(settings: &ArcRwSignal<Settings>, inside: &Inside, port: &Rc<dyn Port>) {
    let navigator = inside.navigator;
    let lists = part(settings, |s| (s.view.unwrap_or(View::Mine), s.filter.clone()));
    let conversation = part(settings, |s| s.conversation.clone());
    let context = part(settings, |s| s.context.clone());
    let port = Rc::clone(port);
    Effect::new(move |before: Option<()>| {
        let (view, filter) = lists.get();
        let wanted = places::narrowed_to(view, filter.as_deref());
        if !wanted.unread_parts.is_empty() {
            events::say_error(&port, "filter", &wanted.unread_parts.join(", "));
        }
        if before.is_some() {
            navigator.change(Step::Push, |route| {
                route.view = wanted.view;
                route.filter = wanted.filter;
                route.sort = wanted.sort;
            });
        }
    });
    Effect::new(move |before: Option<()>| {
        let wanted = conversation.get();
        if before.is_none() {
            return;
        }
        match wanted {
            Some(id) => navigator.open(id.as_str().into()),
            None => navigator.leave(),
        }
    });
    Effect::new(move |before: Option<super::context::Narrowing>| {
        let now = context.get();
        if let Some(before) = before
            && before != now
        {
            navigator.change(Step::Push, |route| {
                *route = now.apply(before.lift(route.clone()));
                // What is open is about somebody else.
                route.conversation = None;
            });
        }
        now
    });
}

fn what_is_on(settings: &ArcRwSignal<Settings>, inside: &Inside) {
    let (desk, lang) = (inside.desk.clone(), inside.lang);
    let said = part(settings, |s| (s.readonly, s.features.clone()));
    watch(move || {
        let why = lang.say("No está disponible en esta página.", "Not available on this page.");
        let (readonly, features) = said.get();
        desk.limit(limits(readonly, features.as_deref(), why));
    });
}

/// Where one conversation is shown and the page is about a contact, but names no conversation, it is the newest one of
/// theirs.
fn newest_of_contact(settings: &ArcRwSignal<Settings>, inside: &Inside) {
    let navigator = inside.navigator;
    let wanted =
        part(settings, |s| s.layout == Layout::Thread && s.conversation.is_none() && s.context.is_some());
    let route = navigator.route();
    let asked = Memo::new(move |_| {
        let is_looking = wanted.get() && route.with(|route| route.conversation.is_none());
        is_looking.then(|| route.with(|route| (route.list_filter(), route.sort)))
    });
    let list = inside.desk.list.clone();
    Effect::new(move |_| {
        if let Some((filter, sort)) = asked.get() {
            list.show(filter, sort);
        }
    });
    let list = inside.desk.list.clone();
    let phase = list.phase.clone();
    Effect::new(move |_| {
        list.order.track();
        let is_there = phase.with(|phase| *phase == Phase::Ready);
        if let (true, true, Some(id)) = (asked.with(Option::is_some), is_there, list.id_at(0)) {
            navigator.replace(id);
        }
    });
}

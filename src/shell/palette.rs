//! The command palette (Ctrl or Cmd and K): everything the reader can do, found by typing.

use super::context::Shell;
use super::doors::{SETTINGS, has_settings};
use super::host::Outside;
use super::palette_items::{Deed, Item, Selected, items};
use super::prefs::Prefs;
use super::shortcuts::Keys;
use super::user_menu::{set_availability, sign_out};
use super::words::words;
use crate::acting::Acting;
use crate::bulk::Bulk;
use crate::i18n::{Lang, fill};
use crate::route::{Navigator, Route, Step, starting_filter};
use bandeja_browser::{Desk, desk};
use bandeja_model::{Action, Conversation, ConversationId, View};
use bandeja_ui::view;
use bandeja_ui::{Badge, Dialog, DialogSize, Icon, IconName, Key, Toasts, next_id, platform};
use leptos::{ev, html, prelude::*};
use std::sync::Arc;

/// The palette as a dialog.
#[component]
pub fn Palette() -> impl IntoView {
    let (lang, shell) = (Lang::here(), Shell::here());
    view! {
        <Dialog
            open=shell.palette
            on_close=move |()| shell.palette.set(false)
            title=move || words(lang.get()).palette.to_owned()
            close_label=move || words(lang.get()).back.to_owned()
            size=DialogSize::Palette
            bare=true
            footer=Foot
        >
            <Inside/>
        </Dialog>
    }
}

/// What can be typed, and what it finds. Lives while the palette is open.
#[component]
fn Inside() -> impl IntoView {
    let (lang, shell) = (Lang::here(), Shell::here());
    let doer = StoredValue::new_local(Doer::here());
    let typed = RwSignal::new(String::new());
    let active = RwSignal::new(0_usize);
    let subject = doer.with_value(Doer::subject);
    let settings = has_settings();
    let found = Memo::new(move |_| {
        let conversation = subject.get();
        doer.with_value(|doer| {
            let may = |action| {
                conversation.as_ref().is_some_and(|c| {
                    doer.acting.reason(action, c).is_none()
                        && (action != Action::Bot || doer.acting.has_bot(c))
                })
            };
            let upon = |action| doer.bulk.may(action);
            let can = |name: &str| if name == "settings" { settings.get() } else { doer.desk.can(name) };
            let selected: Selected<'_> = if doer.bulk.is_on() { Some(&upon) } else { None };
            typed.with(|typed| items(typed, &can, conversation.as_deref(), may, selected, lang.get()))
        })
    });
    let run = move |place: usize| {
        let Some(item) = found.with_untracked(|found| found.get(place).cloned()) else { return };
        shell.palette.set(false);
        let about = subject.with_untracked(|c| c.as_ref().map(|c| c.id.clone()));
        // The dialog gives the focus back first; what the deed opens takes it from there.
        doer.with_value(Doer::clone).run_soon(item.deed, about);
    };
    let list_id = StoredValue::new(next_id("palette"));
    let option_id = move |place: usize| format!("{}-{place}", list_id.get_value());
    let list = NodeRef::<html::Div>::new();
    let key = move |event: ev::KeyboardEvent| {
        walk(&event, active, found.with_untracked(Vec::len), run);
        platform::next_frame(move || {
            let list = list.try_get_untracked().flatten();
            if let Some(item) = list.and_then(|list| platform::first_matching(&list, ".is-on")) {
                platform::reveal(&item);
            }
        });
    };
    let name = move || subject.with(|c| c.as_ref().and_then(|c| c.contact.called().map(str::to_owned)));
    let none = move || {
        let text = typed.get();
        found.with(Vec::is_empty).then(|| fill(words(lang.get()).palette_none, &[text.trim()]))
    };
    view! {
        <div class="palette-in">
            <Icon name=IconName::Search/>
            <input
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                data-autofocus=""
                aria-autocomplete="list"
                aria-expanded="true"
                aria-controls=list_id.get_value()
                aria-label=move || words(lang.get()).palette
                aria-activedescendant=move || (!found.with(Vec::is_empty)).then(|| option_id(active.get()))
                placeholder=move || words(lang.get()).palette_ask
                prop:value=move || typed.get()
                on:input=move |event| {
                    typed.set(event_target_value(&event));
                    active.set(0);
                }
                on:keydown=key
            />
            {move || name().map(|name| view! { <Badge>{name}</Badge> })}
        </div>
        <div
            class="menu flat"
            node_ref=list
            id=list_id.get_value()
            role="listbox"
            aria-label=move || words(lang.get()).palette
        >
            {move || found.with(|found| lines(found, active, option_id, run))}
            {move || none().map(|none| view! { <p class="picker-none" role="status">{none}</p> })}
        </div>
    }
}

fn lines(
    found: &[Item],
    active: RwSignal<usize>,
    option_id: impl Fn(usize) -> String,
    run: impl Fn(usize) + Copy + 'static,
) -> Vec<AnyView> {
    let mut group = "";
    let mut views = Vec::new();
    for (place, item) in found.iter().enumerate() {
        if item.group != group {
            group = item.group;
            views.push(view! { <h3 role="presentation">{group}</h3> }.into_any());
        }
        let keys = (!item.keys.is_empty()).then(|| view! { <bandeja_ui::Keys keys=item.keys.clone()/> });
        let line = view! {
            <div
                id=option_id(place)
                class="item"
                class:is-on=move || active.get() == place
                role="option"
                aria-selected=move || (active.get() == place).to_string()
                on:mousedown=move |event| event.prevent_default()
                on:pointermove=move |_| active.set(place)
                on:click=move |_| run(place)
            >
                <Icon name=item.icon/>
                <span class="grow">{item.label.clone()}</span>
                {keys}
            </div>
        };
        views.push(line.into_any());
    }
    views
}

fn walk(event: &ev::KeyboardEvent, active: RwSignal<usize>, shown: usize, run: impl Fn(usize)) {
    let last = shown.saturating_sub(1);
    let here = active.get_untracked().min(last);
    let there = match event.key().as_str() {
        "ArrowDown" => {
            if here == last {
                0
            } else {
                here + 1
            }
        }
        "ArrowUp" => here.checked_sub(1).unwrap_or(last),
        "PageDown" => last,
        "PageUp" => 0,
        "Enter" if !event.is_composing() => {
            event.prevent_default();
            return run(here);
        }
        _ => return,
    };
    event.prevent_default();
    active.set(there);
}

#[component]
fn Foot() -> impl IntoView {
    let lang = Lang::here();
    let w = move || words(lang.get());
    view! {
        <div class="palette-foot cluster">
            <span><Key name="↑"/><Key name="↓"/>" "{move || w().foot_choose}</span>
            <span><Key name="↵"/>" "{move || w().foot_run}</span>
            <span><Key name="Esc"/>" "{move || w().foot_leave}</span>
        </div>
    }
}

/// Does what an item says.
#[derive(Clone)]
struct Doer {
    desk: Desk,
    acting: Acting,
    bulk: Bulk,
    navigator: Navigator,
    prefs: Prefs,
    shell: Shell,
    lang: Lang,
    toasts: Toasts,
    outside: Outside,
    keys: Keys,
}

impl Doer {
    fn here() -> Self {
        let (desk, acting, bulk) = (desk(), Acting::here(), Bulk::here());
        let (navigator, prefs, shell) = (Navigator::here(), Prefs::here(), Shell::here());
        let keys = Keys::new(desk.clone(), acting.clone(), bulk, navigator, prefs, shell);
        Self {
            desk,
            acting,
            bulk,
            navigator,
            prefs,
            shell,
            lang: Lang::here(),
            toasts: expect_context(),
            outside: expect_context(),
            keys,
        }
    }

    /// The conversation the palette is about, as it is now.
    fn subject(&self) -> Memo<Option<Arc<Conversation>>> {
        let known = self.shell.subject(self.navigator.opened()).map(|id| self.desk.conversation(&id));
        Memo::new(move |_| known.as_ref().and_then(|known| known.get()))
    }

    fn run_soon(self, deed: Deed, about: Option<ConversationId>) {
        platform::next_frame(move || self.run(deed, about));
    }

    fn run(&self, deed: Deed, about: Option<ConversationId>) {
        match deed {
            Deed::Key(command) => drop(self.keys.run(command)),
            Deed::Bulk(deed) => deed.run(self.bulk),
            Deed::Act(intent) => {
                if let Some(id) = about {
                    self.acting.perform(&id, intent);
                }
            }
            Deed::Cancel => {
                if let Some(id) = about {
                    self.acting.cancel(&id);
                }
            }
            Deed::SearchAll(text) => {
                let mut route = Route::of(View::All);
                route.filter.group = bandeja_model::filter::Field::default();
                route.filter.set_q(&text);
                self.navigator.go(route, Step::Push);
            }
            Deed::ClearFilters => self.navigator.change(Step::Push, |route| {
                route.filter = starting_filter(route.view);
            }),
            Deed::Sort(sort) => self.navigator.set_sort(sort),
            Deed::Availability(availability) => {
                set_availability(&self.desk, availability, self.lang, self.toasts);
            }
            Deed::Theme(theme) => self.prefs.set_theme(theme),
            Deed::Density(density) => self.prefs.set_density(density),
            Deed::Locale(locale) => self.lang.set(locale),
            Deed::Settings => self.outside.leave(SETTINGS),
            Deed::Preferences => self.shell.preferences.set(true),
            Deed::SignOut => sign_out(&self.desk, self.lang, self.toasts),
        }
    }
}

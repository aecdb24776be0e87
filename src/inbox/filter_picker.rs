//! Choosing conditions: a menu of fields, a picker of their options with counts, a dialog for dates.

use super::conditions::{days_of, read_span, write_span};
use super::date_span::days;
use super::options::{CHOOSE_DAYS, FilterField, Offering, chosen, of_item, toggled};
use super::words::words;
use crate::i18n::{Lang, fill};
use crate::route::{Navigator, Route, Step, starting_filter};
use bandeja_browser::desk;
use bandeja_contract::Facets;
use bandeja_model::Filter;
use bandeja_ui::view;
use bandeja_ui::watch;
use bandeja_ui::{
    Align, Button, ButtonKind, Dialog, DialogSize, IconName, Menu, MenuItem, MenuRule, Picker, PickerItem,
    TextField, platform,
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// What the parts of the picker share. A context of the list's column.
#[derive(Clone, Copy)]
pub struct Filtering {
    /// The field whose options are shown; all of them without one.
    field: RwSignal<Option<FilterField>>,
    /// Whether the options are open.
    open: RwSignal<bool>,
    /// Whether a choice excludes.
    negated: RwSignal<bool>,
    /// The field whose dates are asked for.
    days_of: RwSignal<Option<FilterField>>,
    facets: RwSignal<Option<Arc<Facets>>>,
}

impl Default for Filtering {
    fn default() -> Self {
        Self::new()
    }
}

impl Filtering {
    /// To be provided as context by the column.
    pub fn new() -> Self {
        Self {
            field: RwSignal::new(None),
            open: RwSignal::new(false),
            negated: RwSignal::new(false),
            days_of: RwSignal::new(None),
            facets: RwSignal::new(None),
        }
    }

    /// Shows the options of a field.
    pub fn edit(self, field: FilterField, negated: bool) {
        self.field.set(Some(field));
        self.negated.set(negated);
        // The menu that asked gives the focus back first.
        platform::next_frame(move || {
            self.open.try_set(true);
        });
    }

    /// Fetches the counts whenever the options are open and the filter changes.
    pub fn count(self) {
        let navigator = Navigator::here();
        let desk = desk();
        let filter = Memo::new(move |_| navigator.route().with(Route::list_filter));
        watch(move || {
            if !self.open.get() {
                return;
            }
            let (desk, asked) = (desk.clone(), filter.get());
            spawn_local(async move {
                let answer = desk.facets(&asked).await.ok().map(Arc::new);
                // An older answer must not stand beside a newer filter.
                if filter.try_with_untracked(|now| *now == asked) == Some(true) {
                    self.facets.try_set(answer);
                }
            });
        });
        watch(move || {
            filter.track();
            self.facets.set(None);
        });
        Effect::new(move |was_open: Option<bool>| {
            let is_open = self.open.get();
            if was_open == Some(true) && !is_open {
                self.field.set(None);
                self.negated.set(false);
            }
            is_open
        });
    }
}

/// The button beside the search field: a menu of the fields one can filter by.
#[component]
pub fn FilterMenu() -> impl IntoView {
    let (lang, navigator) = (Lang::here(), Navigator::here());
    let filtering = expect_context::<Filtering>();
    let lookups = desk().lookups.clone();
    let is_plain = Memo::new(move |_| navigator.route().with(Route::is_plain));
    let fields = move || {
        let locale = lang.get();
        let lookups = lookups.get();
        let offering = Offering {
            lookups: &lookups,
            facets: None,
            locale,
            now: bandeja_model::Timestamp::default(),
            offset_s: 0,
            number: &|n| n.to_string(),
            can: &can_filter,
        };
        let offered = FilterField::ALL.into_iter().filter(|field| offering.is_offered(*field));
        offered
            .map(|field| {
                view! {
                    <MenuItem
                        icon=field.icon()
                        label=move || field.word(lang.get())
                        on_choose=move |()| filtering.edit(field, false)
                    />
                }
            })
            .collect_view()
    };
    let clear = move || {
        (!is_plain.get()).then(|| {
            view! {
                <MenuRule/>
                <MenuItem
                    icon=IconName::X
                    label=move || words(lang.get()).remove_filters.to_owned()
                    on_choose=move |()| clear(navigator)
                />
            }
        })
    };
    let items = StoredValue::new(move || view! { {fields.clone()} {clear} });
    let label = move || words(lang.get()).filters.to_owned();
    let searches = Memo::new(move |_| can_filter("q"));
    // Where there is no search beside it, the button says what it is.
    let trigger = move || view! { <span>{label}</span> };
    move || {
        if searches.get() {
            view! {
                <Menu label icon=IconName::Filter class="button" align=Align::End>
                    {items.with_value(|items| items())}
                </Menu>
            }
        } else {
            view! {
                <Menu label icon=IconName::Filter class="button" trigger=trigger>
                    {items.with_value(|items| items())}
                </Menu>
            }
        }
    }
}

/// Whether the back end can filter by a field. Tracks.
fn can_filter(field: &str) -> bool {
    desk().can(&format!("filter.{field}"))
}

/// Back to the filter the view starts with.
pub fn clear(navigator: Navigator) {
    navigator.change(Step::Push, |route| route.filter = starting_filter(route.view));
}

/// The chip that adds a condition, with the options of every field behind it.
#[component]
pub fn AddCondition() -> impl IntoView {
    let (lang, navigator) = (Lang::here(), Navigator::here());
    let filtering = expect_context::<Filtering>();
    let desk = desk();
    let (lookups, now) = (desk.lookups.clone(), desk.now.clone());
    let items = move || -> Vec<PickerItem> {
        if !filtering.open.get() {
            return Vec::new();
        }
        let (lookups, facets) = (lookups.get(), filtering.facets.get());
        let offering = Offering {
            lookups: &lookups,
            facets: facets.as_deref(),
            locale: lang.get(),
            now: now.get(),
            offset_s: lang.offset(),
            number: &|n| lang.number(n),
            can: &can_filter,
        };
        offering.items(filtering.field.get())
    };
    let picked = move || {
        let negated = filtering.negated.get();
        navigator.route().with(|route| chosen(&route.filter, negated))
    };
    let choose = move |id: String| {
        let Some((field, value)) = of_item(&id) else { return };
        if value == CHOOSE_DAYS {
            filtering.open.set(false);
            filtering.days_of.set(Some(field));
            return;
        }
        let negated = filtering.negated.get_untracked();
        let next = navigator.route().with_untracked(|route| toggled(&route.filter, field, value, negated));
        navigator.set_filter(next);
    };
    let label = move || match filtering.field.get() {
        Some(field) => field.word(lang.get()),
        None => words(lang.get()).add_filter.to_owned(),
    };
    view! {
        <Picker
            label=Signal::derive(label)
            items=Signal::derive(items)
            chosen=Signal::derive(picked)
            multi=true
            placeholder=move || words(lang.get()).find_option.to_owned()
            none_text=move || words(lang.get()).no_option.to_owned()
            icon=IconName::Plus
            class="chip add"
            open=filtering.open
            on_choose=choose
            footer=Sides
        />
        <DaysDialog/>
    }
}

/// Whether a choice includes or excludes.
#[component]
fn Sides() -> impl IntoView {
    let lang = Lang::here();
    let filtering = expect_context::<Filtering>();
    let side = move |negated: bool| {
        let word = move || {
            let w = words(lang.get());
            if negated { w.exclude } else { w.include }
        };
        view! {
            <Button
                kind=ButtonKind::Quiet
                small=true
                pressed=move || Some(filtering.negated.get() == negated)
                on_click=move |()| filtering.negated.set(negated)
            >
                {word}
            </Button>
        }
    };
    let all = move || {
        filtering.field.get().map(|_| {
            view! {
                <Button kind=ButtonKind::Quiet small=true class="aside" on_click=move |()| filtering.field.set(None)>
                    {move || words(lang.get()).all_fields}
                </Button>
            }
        })
    };
    view! {
        {all}
        {side(false)}
        {side(true)}
    }
}

/// Two dates, at least one of them.
#[component]
fn DaysDialog() -> impl IntoView {
    let lang = Lang::here();
    let filtering = expect_context::<Filtering>();
    let navigator = Navigator::here();
    let (from, to) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let fault = RwSignal::new(None::<Fault>);
    watch(move || {
        let Some(field) = filtering.days_of.get() else { return };
        let span = navigator.route().with_untracked(|route| current_span(&route.filter, field));
        let (first, last) = span.as_deref().and_then(read_span).map(days_of).unwrap_or_default();
        let text = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        from.set(text(first));
        to.set(text(last));
        fault.set(None);
    });
    let close = move |()| filtering.days_of.set(None);
    let submit = move |()| {
        let Some(field) = filtering.days_of.get_untracked() else { return };
        let (first, last) = (read_day(&from.get_untracked()), read_day(&to.get_untracked()));
        let span = match (first, last) {
            (Some(first), Some(last)) if last < first => return fault.set(Some(Fault::Order)),
            _ => days(first, last),
        };
        let Some(span) = span else { return fault.set(Some(Fault::Missing)) };
        let value = write_span(span);
        let mut next = navigator.route().with_untracked(|route| route.filter.clone());
        if current_span(&next, field).as_deref() != Some(&value) {
            next = toggled(&next, field, &value, false);
        }
        navigator.set_filter(next);
        close(());
    };
    let fault_words = move |wanted: Fault| {
        let w = words(lang.get());
        fault.get().filter(|fault| *fault == wanted).map(|fault| match fault {
            Fault::Missing => w.days_need.to_owned(),
            Fault::Order => w.days_order.to_owned(),
        })
    };
    let title = move || {
        let locale = lang.get();
        let field = filtering.days_of.get().map(|field| super::conditions::field_word(field.name(), locale));
        fill(words(locale).days_title, &[field.unwrap_or_default()])
    };
    let footer = move || {
        view! {
            <Button on_click=close>{move || words(lang.get()).cancel}</Button>
            <Button kind=ButtonKind::Primary submit=true>{move || words(lang.get()).days_apply}</Button>
        }
    };
    view! {
        <Dialog
            open=move || filtering.days_of.get().is_some()
            on_close=close
            on_submit=submit
            title=Signal::derive(title)
            close_label=move || words(lang.get()).back.to_owned()
            size=DialogSize::Narrow
            footer
        >
            <div class="two">
                <TextField
                    kind="date"
                    label=move || words(lang.get()).days_from.to_owned()
                    need=move || words(lang.get()).optional.to_owned()
                    value=from
                    error=move || fault_words(Fault::Missing)
                    on_input=move |text| from.set(text)
                />
                <TextField
                    kind="date"
                    label=move || words(lang.get()).days_to.to_owned()
                    need=move || words(lang.get()).optional.to_owned()
                    value=to
                    error=move || fault_words(Fault::Order)
                    on_input=move |text| to.set(text)
                />
            </div>
        </Dialog>
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    Missing,
    Order,
}

fn read_day(text: &str) -> Option<chrono::NaiveDate> {
    text.parse().ok()
}

/// The span a filter holds in a field.
fn current_span(filter: &Filter, field: FilterField) -> Option<String> {
    let mut conditions = filter.conditions().into_iter();
    conditions.find(|c| c.field == field.name() && !c.negated).map(|condition| condition.value)
}

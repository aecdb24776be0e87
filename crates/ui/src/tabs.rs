//! Tabs: one of a few views of the same place, walked by arrows.

use crate::view;
use leptos::{ev, html, prelude::*};

use crate::{
    icon::{Icon, IconName},
    platform,
};

/// One tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// What the caller gets back.
    pub id: String,
    /// Its words.
    pub label: String,
    /// An icon.
    pub icon: Option<IconName>,
    /// How many it holds, written for the locale; empty for nothing to count.
    pub count: String,
}

impl Tab {
    /// A tab of an id and words.
    pub fn new(id: impl Into<String>, label: impl Into<String>) -> Self {
        Self { id: id.into(), label: label.into(), icon: None, count: String::new() }
    }

    /// The same with an icon.
    #[must_use]
    pub fn with_icon(mut self, icon: IconName) -> Self {
        self.icon = Some(icon);
        self
    }

    /// The same with how many it holds.
    #[must_use]
    pub fn with_count(mut self, count: String) -> Self {
        self.count = count;
        self
    }
}

/// A bar of tabs; children stand at its end.
#[component]
pub fn Tabs(
    /// What the tabs are views of.
    #[prop(into)]
    label: Signal<String>,
    /// The tabs.
    #[prop(into)]
    tabs: Signal<Vec<Tab>>,
    /// The id of the one shown.
    #[prop(into)]
    chosen: Signal<String>,
    /// The reader chose an id.
    #[prop(into)]
    on_choose: Callback<String>,
    /// The id of the element the tabs change, if it has one.
    #[prop(optional, into)]
    controls: Option<String>,
    /// What stands at the end of the bar.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    let tab = move |tab: Tab| {
        let id = StoredValue::new(tab.id);
        let is_chosen = Memo::new(move |_| chosen.with(|chosen| id.with_value(|id| id == chosen)));
        view! {
            <button
                type="button"
                class="tab"
                role="tab"
                aria-selected=move || is_chosen.get().to_string()
                aria-controls=controls.clone()
                tabindex=move || if is_chosen.get() { "0" } else { "-1" }
                on:click=move |_| on_choose.run(id.get_value())
            >
                {tab.icon.map(|name| view! { <Icon name/> })}
                <span>{tab.label}</span>
                {(!tab.count.is_empty()).then(|| view! { " "<span class="faint">{tab.count}</span> })}
            </button>
        }
    };
    view! {
        <div class="tabs">
            <div
                class="tab-list"
                role="tablist"
                node_ref=list
                aria-label=move || label.get()
                on:keydown=move |event| walk(&event, list)
            >
                {move || tabs.get().into_iter().map(tab.clone()).collect_view()}
            </div>
            {children.map(|children| children())}
        </div>
    }
}

fn walk(event: &ev::KeyboardEvent, list: NodeRef<html::Div>) {
    let Some(list) = list.get_untracked() else { return };
    let tabs = platform::all_matching(&list, "[role='tab']");
    let focused = platform::focused_near(&list);
    let Some(here) = tabs.iter().position(|tab| tab.is_same_node(focused.as_ref().map(AsRef::as_ref))) else {
        return;
    };
    let end = tabs.len().saturating_sub(1);
    let there = match event.key().as_str() {
        "ArrowRight" => (here + 1).min(end),
        "ArrowLeft" => here.saturating_sub(1),
        "Home" => 0,
        "End" => end,
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    if let Some(tab) = tabs.get(there) {
        let _ = tab.focus();
        tab.click();
    }
}

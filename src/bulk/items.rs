//! The conversations of a job or preview as a table, page by page.

use super::context::Bulk;
use super::draw::{text, whether};
use super::reasons::reason_words;
use crate::acting::names::{channel_icon, channel_word};
use crate::i18n::fill;
use crate::shell::ErrorView;
use bandeja_client::{ClientError, ItemsAsked, Lookups};
use bandeja_contract::BulkItem;
use bandeja_model::{BulkAction, BulkReason, ConversationId, ItemResult};
use bandeja_ui::dom::Dom;
use bandeja_ui::view;
use bandeja_ui::{
    Avatar, AvatarSize, Button, ButtonKind, ChannelMark, Dialog, DialogSize, IconButton, IconName,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Which conversations, and what they are called together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    /// The job or preview.
    pub(super) of: String,
    pub(super) action: BulkAction,
    pub(super) result: ItemResult,
    pub(super) reason: Option<BulkReason>,
    pub(super) title: String,
    /// How many there are.
    pub(super) count: u64,
}

/// What has been fetched so far.
#[derive(Clone, Copy)]
struct Pages {
    bulk: Bulk,
    listed: StoredValue<Listed>,
    items: RwSignal<Vec<BulkItem>>,
    next: RwSignal<Option<String>>,
    loading: RwSignal<bool>,
    failed: RwSignal<Option<ClientError>>,
    left: Callback<ConversationId>,
}

/// The table. `left` is told which conversation the reader wants to see.
pub(super) fn items_table(bulk: Bulk, listed: Listed, left: Callback<ConversationId>) -> Dom {
    let pages = Pages {
        bulk,
        listed: StoredValue::new(listed),
        items: RwSignal::new(Vec::new()),
        next: RwSignal::new(None),
        loading: RwSignal::new(false),
        failed: RwSignal::new(None),
        left,
    };
    pages.load();
    let body = move || {
        let (none, w) = (pages.items.with(Vec::is_empty), bulk.w());
        Some(match pages.failed.get() {
            Some(error) if none => view! {
                <ErrorView sentence=w.items_failed.to_owned() error=error on_retry=move |()| pages.load()/>
            },
            _ if none && pages.loading.get() => bones(w.loading),
            _ if none => view! { <p class="muted">{w.no_items}</p> },
            _ => pages.table(),
        })
    };
    view! { <div class="items">{body}</div> }
}

fn bones(word: &'static str) -> Dom {
    view! {
        <div class="late items-bones" role="status">
            <span class="only-sr">{word}</span>
            <span class="bone w72"></span>
            <span class="bone w52"></span>
            <span class="bone w88"></span>
        </div>
    }
}

impl Pages {
    fn load(self) {
        if self.loading.get_untracked() {
            return;
        }
        let Some((listed, desk)) = self.listed.try_get_value().zip(self.bulk.desk.try_get_value()) else {
            return;
        };
        let asked = ItemsAsked {
            id: listed.of,
            result: listed.result,
            reason: listed.reason,
            cursor: self.next.get_untracked(),
        };
        self.loading.set(true);
        self.failed.set(None);
        spawn_local(async move {
            let page = desk.bulk_items(&asked).await;
            self.loading.try_set(false);
            match page {
                Ok(page) => {
                    self.next.try_set(page.next);
                    self.items.try_update(|items| items.extend(page.items));
                }
                Err(error) => {
                    self.failed.try_set(Some(error));
                }
            }
        });
    }

    fn table(self) -> Dom {
        let bulk = self.bulk;
        let w = bulk.w();
        let with_reason = self.listed.with_value(|listed| listed.result != ItemResult::Done);
        let lookups = bulk.desk.with_value(|desk| desk.lookups.get());
        let title = self.listed.with_value(|listed| listed.title.clone());
        let rows = self
            .items
            .with(|items| items.iter().map(|item| self.row(item, &lookups, with_reason)).collect::<Vec<_>>());
        view! {
            <div class="items-in" tabindex="0" role="region" aria-label=title>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{w.contact}</th>
                            <th scope="col" class="not-small">{w.channel}</th>
                            {with_reason.then(|| view! { <th scope="col">{w.reason}</th> })}
                            <th scope="col" class="not-small">{w.owner}</th>
                            <td></td>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {self.foot()}
        }
    }

    fn row(self, item: &BulkItem, lookups: &Lookups, with_reason: bool) -> Dom {
        let (bulk, locale) = (self.bulk, self.bulk.lang.get());
        let w = bulk.w();
        let action = self.listed.with_value(|listed| listed.action);
        let name = match item.contact.trim() {
            "" => w.nobody.to_owned(),
            name => name.to_owned(),
        };
        let owner = item.owner.as_ref().map(|id| {
            let name = lookups.user(id).map(|user| user.name.clone()).unwrap_or_default();
            (id.to_string(), name)
        });
        let (owner, owner_name) = owner.unwrap_or_else(|| (String::new(), w.no_owner.to_owned()));
        let reason = item.reason.map(|reason| reason_words(reason, action, 1, locale));
        let said =
            item.detail.as_ref().map(|said| view! { <small class="faint" dir="auto">{said.clone()}</small> });
        let id = item.conversation_id.clone();
        let open = fill(w.open, &[&name]);
        let left = self.left;
        // One that is out of sight has nothing to open.
        let opens = item.reason != Some(BulkReason::NotFound);
        let button = opens.then(|| {
            view! {
                <IconButton icon=IconName::Open small=true label=open on_click=move |()| left.run(id.clone())/>
            }
        });
        view! {
            <tr>
                <th scope="row">
                    <span class="cluster">
                        <ChannelMark
                            class=item.channel.code().to_owned()
                            icon=channel_icon(item.channel)
                            title=channel_word(item.channel, locale).to_owned()
                        />
                        <span class="clip" dir="auto">{name}</span>
                    </span>
                </th>
                <td class="not-small">{channel_word(item.channel, locale)}</td>
                {with_reason.then(|| view! { <td class="why">{reason} {said}</td> })}
                <td class="not-small">
                    <span class="cluster">
                        <Avatar id=owner name=owner_name.clone() size=AvatarSize::Small/>
                        <span class="clip">{owner_name}</span>
                    </span>
                </td>
                <td class="acts">{button}</td>
            </tr>
        }
    }

    fn foot(self) -> Dom {
        let bulk = self.bulk;
        let count = self.listed.with_value(|listed| listed.count);
        let shown = text(move || {
            let n = self.items.with(Vec::len) as u64;
            fill(bulk.w().shown, &[&bulk.lang.number(n), &bulk.lang.number(count.max(n))])
        });
        let more = view! { {move || {
            self.next.with(Option::is_some).then(|| {
                view! {
                    <Button
                        kind=ButtonKind::Quiet
                        small=true
                        busy=self.loading
                        on_click=move |()| self.load()
                    >
                        {bulk.say(|w| w.see_more)}
                    </Button>
                }
            })
        }} };
        let wrong = view! { {move || {
            let words = self.failed.with(Option::is_some).then(|| bulk.w().items_failed)?;
            Some(view! { <span class="bad" role="alert">{words}</span> })
        }} };
        view! { <p class="cluster faint items-foot"><span>{shown}</span> {more} {wrong}</p> }
    }
}

/// The list that «Ver» opens over the dialog.
pub(super) fn items_dialog(bulk: Bulk, see: RwSignal<Option<Listed>>) -> impl IntoView {
    let close = move |()| see.set(None);
    let left = Callback::new(move |id: ConversationId| {
        see.set(None);
        bulk.asked.set(None);
        bulk.navigator.open(id);
    });
    let title = text(move || see.with(|see| see.as_ref().map(|see| see.title.clone()).unwrap_or_default()));
    let footer = move || {
        view! { <Button submit=true>{bulk.say(|w| w.back)}</Button> }
    };
    view! {
        <Dialog
            open=whether(move || see.with(Option::is_some))
            on_close=close
            on_submit=close
            title=title
            close_label=bulk.say(|w| w.back)
            size=DialogSize::Large
            footer=footer
        >
            {move || see.get().map(|listed| items_table(bulk, listed, left))}
        </Dialog>
    }
}

//! One row of the list: filled once a slot, then following the conversation that stands there.

use super::face::{Face, Said};
use super::words::words;
use crate::acting::names::{channel_icon, channel_word};
use crate::bulk::Bulk;
use crate::i18n::Lang;
use crate::parts::Parts;
use bandeja_browser::Desk;
use bandeja_model::{Conversation, ConversationId, Priority};
use bandeja_ui::view;
use bandeja_ui::{Avatar, AvatarSize, ChannelMark, Count, Icon, IconName, Skeleton, Status, Tag, WindowRing};
use leptos::prelude::*;
use std::sync::Arc;

/// What stands in a slot: memos, so that a row is worked out once and only what changed is drawn.
#[derive(Clone, Copy)]
pub struct RowScene {
    /// The conversation.
    pub conversation: Memo<Option<Arc<Conversation>>>,
    id: Memo<Option<ConversationId>>,
    place: Signal<Option<usize>>,
    bulk: Bulk,
    face: Memo<Option<Face>>,
    lang: Lang,
}

impl RowScene {
    /// The scene of a slot that shows `id` at `place`.
    pub fn new(
        desk: &Desk,
        place: Signal<Option<usize>>,
        id: Memo<Option<ConversationId>>,
        bulk: Bulk,
        lang: Lang,
    ) -> Self {
        let conversation = Memo::new({
            let desk = desk.clone();
            move |_| desk.conversation(&id.get()?).get()
        });
        let desk = desk.clone();
        let face = Memo::new(move |_| {
            let known = conversation.get()?;
            let draft = desk.has_draft(&known.id);
            let lookups = desk.lookups.get();
            Some(Face::of(&known, draft, &lookups, desk.now.get(), lang))
        });
        Self { conversation, id, place, bulk, face, lang }
    }

    /// A part of the row; the default while there is nothing.
    fn part<T: Default>(self, of: impl Fn(&Face) -> T) -> T {
        self.face.with(|face| face.as_ref().map(of).unwrap_or_default())
    }
}

/// The content of a slot: the row, or its bones while it is on its way.
pub fn row(scene: RowScene) -> AnyView {
    let is_known = Memo::new(move |_| scene.face.with(Option::is_some));
    let content = move || if is_known.get() { filled(scene) } else { view! { <Skeleton/> }.into_any() };
    view! { {content} }.into_any()
}

fn filled(scene: RowScene) -> AnyView {
    let lang = scene.lang;
    let channel = Memo::new(move |_| scene.face.with(|face| face.as_ref().map(|face| face.channel)));
    let name = Memo::new(move |_| scene.part(|face| face.name.clone()));
    let unread = move || match scene.part(|face| face.unread) {
        0 => String::new(),
        n => lang.number(u64::from(n)),
    };
    let mark = move || {
        let channel = channel.get()?;
        Some(view! {
            <ChannelMark
                class=channel.code()
                icon=channel_icon(channel)
                title=move || channel_word(channel, lang.get()).to_owned()
            />
        })
    };
    let picks = Memo::new(move |_| scene.bulk.is_on());
    let face = move || {
        if picks.get() {
            return Parts::here()
                .rest(|rest| (rest.pick)(scene.bulk, scene.id.into(), scene.place, name.into()));
        }
        view! {
            <span class="face">
                <Avatar id=Signal::derive(move || scene.part(|face| face.contact_id.clone())) name/>
                {mark}
            </span>
        }
    };
    view! {
        {face}
        <div class="line first">
            {move || picks.get().then(|| mark.into_any())}
            <span class="name clip" dir="auto">{move || name.get()}</span>
            {move || priority(scene)}
            <time class="when" title=move || scene.part(|face| face.when_title.clone())>
                {move || scene.part(|face| face.when.clone())}
            </time>
        </div>
        <div class="line second">
            <span class="text">{move || said(scene)}</span>
            <Count
                text=Signal::derive(unread)
                label=move || scene.face.with(|face| face.as_ref().map(|face| face.unread_words(lang)).unwrap_or_default())
            />
        </div>
        <div class="line meta">{move || meta(scene)}</div>
        {move || Parts::here().rest(|rest| (rest.tools)(scene.conversation))}
    }
    .into_any()
}

fn priority(scene: RowScene) -> Option<impl IntoView> {
    let (priority, title) = scene.part(|face| face.priority.clone())?;
    let class = if priority == Priority::Urgent { "priority bad" } else { "priority warn" };
    Some(view! {
        <span class=class title=title.clone() role="img" aria-label=title><Icon name=IconName::Flag/></span>
    })
}

fn said(scene: RowScene) -> AnyView {
    let w = words(scene.lang.get());
    let line = |text: String| view! { <span class="clip" dir="auto">{text}</span> };
    let marked = |icon: IconName, what: &'static str, text: String| {
        view! { <Icon name=icon/><span class="only-sr">{what}": "</span>{line(text)} }.into_any()
    };
    match scene.face.with(|face| face.as_ref().map(|face| face.said.clone())) {
        Some(Said::Draft(text)) => view! { <span class="draft">{w.draft}</span>" "{line(text)} }.into_any(),
        Some(Said::In(text)) => line(text).into_any(),
        Some(Said::Out(text)) => marked(IconName::Reply, w.from_us, text),
        Some(Said::Note(text)) => marked(IconName::Lock, w.a_note, text),
        Some(Said::Nothing) | None => view! { <span class="clip faint">{w.no_message}</span> }.into_any(),
    }
}

fn meta(scene: RowScene) -> Option<impl IntoView> {
    let face = scene.face.get()?;
    let w = words(scene.lang.get());
    let tags = face.tags.into_iter().map(|(name, color)| view! { <Tag name color/> }).collect_view();
    let more = face.more_tags.map(|(more, names)| {
        view! { <span class="tag more" title=names>{format!("+{more}")}</span> }
    });
    let window = face.window.map(|window| {
        view! { <WindowRing left=window.left text=window.text level=window.level title=window.title/> }
    });
    let (owner, owner_name) = face.owner.unwrap_or_else(|| (String::new(), w.no_owner.to_owned()));
    Some(view! {
        <Status class=face.status.class icon=face.status.icon word=face.status.word/>
        {tags}
        {more}
        {window}
        <Avatar id=owner name=owner_name size=AvatarSize::Small said=true/>
    })
}

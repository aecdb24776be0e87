//! The list of conversations that is shown.

use super::core::{Core, Later, put};
use super::state::Phase;
use bandeja_client::ClientError;
use bandeja_client::store::conversations::Tick;
use bandeja_client::store::list::{Ask, ListOrder, Outcome};
use bandeja_contract::{ConversationPage, Partial, Total};
use bandeja_model::{ConversationId, Filter, Sort};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::{Rc, Weak};
use std::sync::Arc;

/// Pages under way at a time: a flung scrollbar asks for many, of which the last matter.
const AT_A_TIME: usize = 3;
/// How soon, and how often at most, a doubtful part is asked for again, in milliseconds.
const REFRESH_MS: (u32, u32) = (1_000, 3_000);
/// Rows asked for behind the last known one.
const FURTHER: usize = 50;
/// How soon a page that failed is asked for again, in milliseconds.
const AGAIN_MS: u32 = 3_000;

/// The list's handle. It outlives neither its desk nor its mount usefully: then it does nothing.
#[derive(Clone)]
pub struct List {
    /// How far it is.
    pub phase: ArcRwSignal<Phase>,
    /// How many positions it has; those that wait are not among them.
    pub total: ArcRwSignal<Total>,
    /// What the rows leave out, where a connector had to filter or order what was loaded so far.
    pub partial: ArcRwSignal<Option<Arc<Partial>>>,
    /// More is being looked through, see [`List::look_further`].
    pub looking: ArcRwSignal<bool>,
    /// Rises whenever an answer of [`List::id_at`] or [`List::position_of`] may have changed.
    pub order: ArcRwSignal<u64>,
    /// Rows that would enter or rise while the viewer is not at the top (P35).
    pub waiting: ArcRwSignal<usize>,
    core: SendWrapper<Weak<Core>>,
}

/// The list's part of the core.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) order: RefCell<Option<ListOrder>>,
    /// Rises when another list is shown: answers to the one before are dropped.
    epoch: Cell<u64>,
    wanted: RefCell<Range<usize>>,
    outcome: Cell<Outcome>,
    /// Something was missed while the list was being asked for.
    again: Cell<bool>,
    refresh: Later,
    pub(super) quiet: Later,
    retry: Later,
}

impl List {
    pub(super) fn new(core: &Rc<Core>) -> Self {
        let signals = &core.signals;
        Self {
            phase: signals.phase.clone(),
            total: signals.total.clone(),
            partial: signals.partial.clone(),
            looking: signals.looking.clone(),
            order: signals.order.clone(),
            waiting: signals.waiting.clone(),
            core: SendWrapper::new(Rc::downgrade(core)),
        }
    }

    /// Shows what matches `filter`, in the order of `sort`. The same again changes nothing.
    pub fn show(&self, filter: Filter, sort: Sort) {
        if let Some(core) = self.core.upgrade() {
            core.show_list(filter, sort);
        }
    }

    /// The conversation at a position; `None`: not fetched yet, see [`List::ensure`]. Not reactive by
    /// itself: track `order`.
    pub fn id_at(&self, position: usize) -> Option<ConversationId> {
        let core = self.core.upgrade()?;
        let order = core.list.order.borrow();
        order.as_ref()?.get(position).map(|row| row.id.clone())
    }

    /// Where a conversation stands, if it is known to. Not reactive by itself: track `order`.
    pub fn position_of(&self, id: &ConversationId) -> Option<usize> {
        let core = self.core.upgrade()?;
        let order = core.list.order.borrow();
        order.as_ref()?.position(id)
    }

    /// Says which positions the viewer sees, from the first up to, without, the last, and has missing
    /// ones fetched. To be called at every scroll; it costs nothing when all is there.
    pub fn ensure(&self, from: usize, to: usize) {
        if let Some(core) = self.core.upgrade() {
            *core.list.wanted.borrow_mut() = from..to;
            core.fetch_pages();
        }
    }

    /// Says whether the viewer is at the top. Coming there takes what waits.
    pub fn set_at_top(&self, at_top: bool) {
        let Some(core) = self.core.upgrade() else { return };
        core.on_list(|list| {
            list.set_at_top(at_top);
            Outcome::default()
        });
        if at_top {
            core.take_waiting();
        }
    }

    /// Lets in what waits.
    pub fn take_waiting(&self) {
        if let Some(core) = self.core.upgrade() {
            core.take_waiting();
        }
    }

    /// The ids of the rows from one conversation to another, in order, also of those that were never
    /// fetched; each with its position.
    pub async fn ids_between(
        &self,
        from: (usize, &ConversationId),
        to: (usize, &ConversationId),
    ) -> Result<Vec<ConversationId>, ClientError> {
        match self.core.upgrade() {
            Some(core) => core.ids_between(from, to).await,
            None => Ok(Vec::new()),
        }
    }

    /// Says that the viewer came to the last known row: where the back end does not say how many there are, more is
    /// loaded. Not while something is looked for in what was loaded, which is a question of its own.
    pub fn look_on(&self) {
        let is_plain = |partial: &Arc<Partial>| partial.fields.is_empty() && !partial.sorted;
        if self.partial.with_untracked(|partial| partial.as_ref().is_some_and(is_plain)) {
            self.look_further();
        }
    }

    /// Where rows come only from those loaded so far: has more loaded, and shows what of it matches.
    pub fn look_further(&self) {
        if let Some(core) = self.core.upgrade() {
            core.look_further();
        }
    }

    /// Asks for the viewed part again; also what "try again" does after a failure.
    pub fn reload(&self) {
        if let Some(core) = self.core.upgrade() {
            core.ask_anew();
        }
    }
}

impl Core {
    /// Changes the order; the signals follow at [`Core::flush`].
    pub(super) fn on_list(&self, step: impl FnOnce(&mut ListOrder) -> Outcome) {
        if let Some(list) = self.list.order.borrow_mut().as_mut() {
            let (before, now) = (self.list.outcome.get(), step(list));
            let moved = before.moved || now.moved;
            self.list.outcome.set(Outcome { moved, waiting: before.waiting || now.waiting });
        }
    }

    /// Lets the signals say what happened to the order since the last time: once for a burst of events.
    pub(super) fn flush(self: &Rc<Self>) {
        let outcome = self.list.outcome.take();
        let (total, waiting, doubt) = {
            let order = self.list.order.borrow();
            let Some(list) = order.as_ref() else { return };
            let doubt = list.is_in_doubt() && list.is_at_top() && !list.is_asking_anew();
            (list.total(), list.waiting(), doubt)
        };
        if outcome.moved {
            put(&self.signals.total, total);
            self.signals.order.update(|order| *order += 1);
        }
        if outcome.moved || outcome.waiting {
            put(&self.signals.waiting, waiting);
        }
        if doubt {
            self.later(|core| &core.list.refresh, REFRESH_MS.0, REFRESH_MS.1, Self::ask_anew);
        }
    }

    fn show_list(self: &Rc<Self>, filter: Filter, sort: Sort) {
        let same = self
            .list
            .order
            .borrow()
            .as_ref()
            .is_some_and(|list| *list.filter() == filter && list.sort() == sort);
        if same {
            return;
        }
        *self.list.order.borrow_mut() = Some(ListOrder::new(filter, sort));
        *self.list.wanted.borrow_mut() = 0..0;
        self.begin_list();
    }

    fn begin_list(self: &Rc<Self>) {
        self.list.epoch.set(self.list.epoch.get() + 1);
        self.list.again.set(false);
        put(&self.signals.phase, Phase::Loading);
        put(&self.signals.partial, None);
        self.list.outcome.set(Outcome { moved: true, waiting: true });
        self.flush();
        self.ask_anew();
    }

    /// Another user looks at the same list, or nobody does for now.
    pub(super) fn forget_rows(self: &Rc<Self>) {
        let mut order = self.list.order.borrow_mut();
        if let Some(list) = order.as_mut() {
            *list = ListOrder::new(list.filter().clone(), list.sort());
        }
        drop(order);
        self.begin_list();
    }

    fn take_waiting(self: &Rc<Self>) {
        let mut ask = false;
        self.on_list(|list| {
            let (outcome, server) = list.take_waiting();
            ask = server;
            outcome
        });
        self.flush();
        if ask {
            self.ask_anew();
        }
    }

    /// Asks for the viewed part as the server has it.
    pub(super) fn ask_anew(self: &Rc<Self>) {
        if !self.is_signed_in() {
            return;
        }
        let ask = self.list.order.borrow_mut().as_mut().map(ListOrder::ask_anew);
        if let Some(ask) = ask {
            if self.signals.phase.with_untracked(|phase| matches!(phase, Phase::Failed(_))) {
                self.signals.phase.set(Phase::Loading);
            }
            self.fetch(ask);
        }
    }

    fn look_further(self: &Rc<Self>) {
        let has_more =
            self.signals.partial.with_untracked(|partial| partial.as_ref().is_some_and(|p| p.more));
        if !self.is_signed_in() || !has_more || self.signals.looking.get_untracked() {
            return;
        }
        let query = self.list.order.borrow().as_ref().map(|list| (list.filter().clone(), list.sort()));
        let Some((filter, sort)) = query else { return };
        let (era, epoch) = (self.era.get(), self.list.epoch.get());
        let behind = self.signals.total.with_untracked(|total| total.value);
        self.signals.looking.set(true);
        let core = self.clone();
        self.spawn(Box::pin(async move {
            // The rows behind the last one known: what the answer brings comes with the list, which is asked for anew.
            let page =
                core.api.conversations(&filter, sort, usize::try_from(behind).unwrap_or(0), FURTHER).await;
            let page = core.told(page);
            put(&core.signals.looking, false);
            if core.era.get() == era && core.list.epoch.get() == epoch && page.is_ok() {
                core.ask_anew();
            }
        }));
    }

    /// Something was missed: what is shown is asked for again, after the answer that is under way.
    pub(super) fn catch_up_list(self: &Rc<Self>) {
        let asking = self.list.order.borrow().as_ref().is_some_and(ListOrder::is_asking_anew);
        if asking {
            self.list.again.set(true);
        } else {
            self.ask_anew();
        }
    }

    /// An event was missed or could not be read.
    pub(super) fn doubt_list(&self) {
        self.on_list(|list| {
            list.set_in_doubt();
            Outcome::default()
        });
    }

    /// Fetches what the view lacks; a list that failed is asked for anew.
    pub(super) fn fetch_pages(self: &Rc<Self>) {
        if !self.is_signed_in() {
            return;
        }
        let wanted = self.list.wanted.borrow().clone();
        loop {
            let mut order = self.list.order.borrow_mut();
            let Some(list) = order.as_mut() else { return };
            if list.under_way() >= AT_A_TIME {
                return;
            }
            let Some(ask) = list.ask(wanted.start, wanted.end) else { return };
            drop(order);
            self.fetch(ask);
        }
    }

    /// Goes on after the connection or the session came back.
    pub(super) fn go_on_with_list(self: &Rc<Self>) {
        let loaded = self.list.order.borrow().as_ref().is_some_and(ListOrder::is_loaded);
        if loaded { self.fetch_pages() } else { self.catch_up_list() }
    }

    pub(super) fn fetch(self: &Rc<Self>, ask: Ask) {
        let (era, epoch) = (self.era.get(), self.list.epoch.get());
        let query = self.list.order.borrow().as_ref().map(|list| (list.filter().clone(), list.sort()));
        let Some((filter, sort)) = query else { return };
        let asked = self.conversations.borrow().tick();
        let core = self.clone();
        self.spawn(Box::pin(async move {
            let page = core.api.conversations(&filter, sort, ask.offset, ask.limit).await;
            let page = core.told(page);
            if core.era.get() != era || core.list.epoch.get() != epoch {
                return;
            }
            match page {
                Ok(page) => core.land(ask, page, asked),
                Err(error) => core.unanswered(ask, error),
            }
        }));
    }

    fn land(self: &Rc<Self>, ask: Ask, page: ConversationPage, asked: Tick) {
        let Some(viewer) = self.viewer() else { return };
        let pairs: Vec<_> =
            page.items.into_iter().map(|row| (row.clone(), self.take_in_row(row, asked))).collect();
        self.on_list(|list| {
            let items: Vec<_> =
                pairs.iter().map(|(sent, now)| list.landed(sent, now.clone(), &viewer)).collect();
            list.land(ask.flight, &items, page.total, &viewer)
        });
        put(&self.signals.partial, page.partial.map(Arc::new));
        self.forget_some();
        let (loaded, asking) = {
            let order = self.list.order.borrow();
            let list = order.as_ref();
            (list.is_some_and(ListOrder::is_loaded), list.is_some_and(ListOrder::is_asking_anew))
        };
        if loaded {
            put(&self.signals.phase, Phase::Ready);
        }
        self.flush();
        let on = self.list.order.borrow_mut().as_mut().and_then(ListOrder::ask_on);
        if let Some(ask) = on {
            return self.fetch(ask);
        }
        if !asking && self.list.again.take() {
            self.ask_anew();
        }
        self.fetch_pages();
    }

    fn unanswered(self: &Rc<Self>, ask: Ask, error: ClientError) {
        let mut loaded = false;
        let mut asking = false;
        self.on_list(|list| {
            list.unanswered(ask.flight);
            (loaded, asking) = (list.is_loaded(), list.is_asking_anew());
            Outcome::default()
        });
        let again = error.is_transient() && error != ClientError::Offline;
        if !loaded && !asking {
            put(&self.signals.phase, Phase::Failed(error));
        } else if again {
            self.later(|core| &core.list.retry, AGAIN_MS, AGAIN_MS, Self::fetch_pages);
        }
    }
}

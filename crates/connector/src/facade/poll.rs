//! Looking for changes: what somebody looks at is read again now and then, and what differs is told.

use super::core::Core;
use super::listed::Read;
use crate::backend::{Fault, FaultKind};
use bandeja_model::{ConversationId, Timestamp};
use chrono::Duration;
use futures::future::select;
use std::collections::BTreeSet;
use std::pin::pin;
use std::rc::Rc;

/// Pages of the list that are read again.
const PAGES: usize = 3;
/// Conversations that left those pages and are asked for one by one.
const STRAYS: usize = 5;
/// How long a thread counts as looked at after it was opened.
const OPEN: Duration = Duration::minutes(15);
/// How long hints are gathered before they are followed, in milliseconds: many may come at once.
const GATHER_MS: u32 = 400;
/// Longest wait while the foreign API does not answer, in milliseconds; and between two looks where only hints ask for
/// them.
const LONGEST_MS: u32 = 300_000;

impl Core {
    pub(super) async fn keep_looking(self: &Rc<Self>) {
        let can = self.backend.abilities();
        let every = match (can.poll_ms, can.hints) {
            (0, false) => return,
            (0, true) => LONGEST_MS,
            (every, _) => every,
        };
        let (mut wait, mut since) = (every, self.now());
        while !self.stopped.get() {
            self.rest(wait, wait == every).await;
            if self.stopped.get() {
                return;
            }
            // Also where nobody is signed in, or the hint would be followed again and again.
            self.hinted.set(false);
            if self.me.borrow().is_none() {
                since = self.now();
                continue;
            }
            let begun = self.now();
            match self.look(since).await {
                Ok(()) => (wait, since) = (every, begun),
                Err(fault) => {
                    if fault.kind == FaultKind::Auth {
                        self.expire();
                    }
                    let asked = match fault.kind {
                        FaultKind::RateLimited { retry_after_s: Some(seconds) } => {
                            seconds.saturating_mul(1_000)
                        }
                        _ => 0,
                    };
                    wait = wait.saturating_mul(2).clamp(every, LONGEST_MS.max(every)).max(asked);
                }
            }
        }
    }

    /// Waits: until the time is over, or somebody comes back to a hidden tab, or, if they are to be `heeded`, for a hint.
    async fn rest(&self, ms: u32, heeded: bool) {
        let mut sleep = self.host.clock.sleep(ms);
        loop {
            let so_far = self.bell.count();
            if self.stopped.get() {
                return;
            }
            if !self.looked_at.get() {
                self.bell.after(so_far).await;
                if self.looked_at.get() {
                    // Whoever comes back wants to see what is now.
                    return;
                }
            } else if heeded && self.hinted.get() {
                return self.host.clock.sleep(GATHER_MS).await;
            } else {
                let ring = pin!(self.bell.after(so_far));
                if let futures::future::Either::Right(_) = select(ring, &mut sleep).await
                    && self.looked_at.get()
                {
                    return;
                }
            }
        }
    }

    async fn look(&self, since: Timestamp) -> Result<(), Fault> {
        match self.backend.changed_since(since).await {
            Some(rows) => {
                // Oldest first, so that lists take them in the order they happened.
                for row in rows?.into_iter().rev() {
                    self.take_and_tell(row, Read::Listed, None, Some(since));
                }
            }
            None => self.look_at_list(since).await?,
        }
        self.look_at_thread().await
    }

    /// Reads the first pages of the list that was asked for last again.
    async fn look_at_list(&self, since: Timestamp) -> Result<(), Fault> {
        let asked = self.lists.asked.borrow().clone();
        let Some((filter, sort, end)) = asked else { return Ok(()) };
        let pages = end.div_ceil(self.page_size()).clamp(1, PAGES);
        let (mut at, mut seen) = (None, BTreeSet::new());
        for _ in 0..pages {
            let rows = self.ask(&filter, sort, at.take()).await?;
            for row in rows.items {
                seen.insert(row.conversation.id.clone());
                self.take_and_tell(row, Read::Listed, None, Some(since));
            }
            at = rows.next;
            if at.is_none() {
                break;
            }
        }
        for id in self.lists.strays(&filter, sort, &seen, at.is_none()).into_iter().take(STRAYS) {
            self.look_at(&id).await?;
        }
        Ok(())
    }

    /// Reads one again, which tells what became of it.
    async fn look_at(&self, id: &ConversationId) -> Result<(), Fault> {
        match self.fresh(id).await {
            Err(fault) if fault.kind != FaultKind::NotFound => Err(fault),
            _ => Ok(()),
        }
    }

    async fn look_at_thread(&self) -> Result<(), Fault> {
        let open = self.open.borrow().clone().filter(|open| self.now() - open.at < OPEN);
        let Some(open) = open else { return Ok(()) };
        let entries = match self.backend.thread(open.id.clone(), None).await {
            Err(fault) if fault.kind == FaultKind::NotFound => {
                self.take_away(&open.id);
                return Ok(());
            }
            entries => entries?,
        };
        let news: Vec<_> = entries.items.iter().filter(|entry| !open.entries.contains(&entry.id)).collect();
        for message in &news {
            self.tell_entry(message);
        }
        if !news.is_empty() {
            self.look_at(&open.id).await?;
        }
        Ok(())
    }
}

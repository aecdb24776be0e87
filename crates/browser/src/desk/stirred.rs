//! Many conversations changed at once, by a job, and the event names them without saying how they are
//! now: what is shown of them is asked for again, once for a burst, and nothing moves under the viewer.

use super::core::Core;
use bandeja_client::ClientError;
use bandeja_client::store::list::ListOrder;
use bandeja_model::ConversationId;
use std::collections::HashSet;
use std::rc::Rc;

/// How soon, and how often at most, the viewed part is asked for again, in milliseconds.
const QUIET_MS: (u32, u32) = (300, 1_000);
/// Rows fetched at a time to learn their ids.
const IDS: usize = 200;

impl Core {
    /// These changed. None named: something may have.
    pub(super) fn stir(self: &Rc<Self>, ids: Vec<ConversationId>) {
        let ids: HashSet<_> = ids.into_iter().collect();
        self.on_list(|list| list.stir(&ids));
        // A thread that nobody looks at is fetched when it is opened again.
        self.threads.borrow_mut().retain(|id, thread| thread.is_held() || !ids.contains(id));
        let open: Vec<_> = self.threads.borrow().values().cloned().collect();
        for id in &ids {
            match open.iter().find(|thread| thread.conversation == *id) {
                Some(thread) => {
                    self.load_thread(thread);
                    let (core, id) = (self.clone(), id.clone());
                    self.spawn(Box::pin(async move {
                        // If this fails, the next news or action brings it.
                        let _ = core.fetch_conversation(&id).await;
                    }));
                }
                None => self.conversations.borrow_mut().forget(id),
            }
        }
        self.ask_quietly_soon();
        self.count_soon();
    }

    fn ask_quietly_soon(self: &Rc<Self>) {
        self.later(
            |core| &core.list.quiet,
            QUIET_MS.0,
            QUIET_MS.1,
            |core| {
                if !core.is_signed_in() {
                    return;
                }
                let ask = {
                    let mut order = core.list.order.borrow_mut();
                    let Some(list) = order.as_mut() else { return };
                    if list.is_asking_anew() { None } else { Some(list.ask_quietly()) }
                };
                match ask {
                    Some(ask) => core.fetch(ask),
                    // An answer that was asked for before all this is under way.
                    None => core.ask_quietly_soon(),
                }
            },
        );
    }

    /// The ids of the rows from one conversation to another, in order, also of those that were never
    /// fetched. `from` and `to` are their positions as far as this page knows.
    pub(super) async fn ids_between(
        self: &Rc<Self>,
        from: (usize, &ConversationId),
        to: (usize, &ConversationId),
    ) -> Result<Vec<ConversationId>, ClientError> {
        let known = |order: &ListOrder| {
            (from.0..=to.0).map(|at| order.get(at).map(|row| row.id.clone())).collect::<Option<Vec<_>>>()
        };
        let (query, whole, spare) = {
            let order = self.list.order.borrow();
            let Some(order) = order.as_ref() else { return Ok(Vec::new()) };
            ((order.filter().clone(), order.sort()), known(order), order.waiting())
        };
        if let Some(whole) = whole {
            return Ok(whole);
        }
        let era = self.era.get();
        // Those that wait are on the server's list already and push the others down.
        let (mut offset, end) = (from.0, to.0 + 1 + spare);
        let mut ids = Vec::with_capacity(end - offset);
        while offset < end {
            let limit = IDS.min(end - offset);
            let page = self.told(self.api.conversations(&query.0, query.1, offset, limit).await)?;
            if self.era.get() != era {
                return Err(ClientError::SignedOut);
            }
            let last = page.items.len() < limit;
            ids.extend(page.items.into_iter().map(|row| row.id));
            offset += limit;
            if last {
                break;
            }
        }
        Ok(between(ids, from.1, to.1, to.0 - from.0 + 1))
    }
}

/// The stretch between two ids, both included; where one is missing, what was asked for in the first place.
fn between(
    mut ids: Vec<ConversationId>,
    first: &ConversationId,
    last: &ConversationId,
    len: usize,
) -> Vec<ConversationId> {
    let place = |id| ids.iter().position(|other| other == id);
    match (place(first), place(last)) {
        (Some(start), Some(end)) if start <= end => {
            ids.truncate(end + 1);
            ids.drain(..start);
        }
        _ => ids.truncate(len),
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<ConversationId> {
        text.chars().map(|c| ConversationId::new(c.to_string())).collect()
    }

    #[test]
    fn a_stretch_goes_from_one_to_the_other_wherever_they_have_moved() {
        let cut = |all: &str, first: &str, last: &str| between(ids(all), &first.into(), &last.into(), 3);
        assert_eq!(cut("xabcdy", "a", "c"), ids("abc"));
        assert_eq!(cut("abc", "a", "c"), ids("abc"));
        assert_eq!(cut("abcde", "z", "c"), ids("abc"), "one of them has left");
    }
}

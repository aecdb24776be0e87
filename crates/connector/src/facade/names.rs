//! Names and choices: read once, kept for some minutes, and kept longer while a new read fails.

use super::core::Core;
use super::routes::Kind;
use super::wire::{Outcome, Refusal, Whole};
use crate::backend::{Fault, Lookups};
use crate::host::Local;
use bandeja_contract::All;
use bandeja_model::{Conversation, Timestamp};
use chrono::Duration;
use futures::FutureExt;
use futures::future::Shared;
use serde::Serialize;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// How long they are good.
const GOOD: Duration = Duration::minutes(5);
/// How soon they are read anew for an id that is in none of them.
const AGAIN: Duration = Duration::minutes(1);

type Reading = Shared<Local<'static, Result<Rc<Lookups>, Fault>>>;

#[derive(Default)]
pub(super) struct Names {
    known: RefCell<Option<(Timestamp, Rc<Lookups>)>>,
    reading: RefCell<Option<Reading>>,
    /// An id turned up that is in none of them.
    wanting: Cell<bool>,
}

impl Names {
    pub(super) fn forget(&self) {
        *self.known.borrow_mut() = None;
        *self.reading.borrow_mut() = None;
        self.wanting.set(false);
    }

    /// Notes whether the conversation names somebody or something that is not known.
    pub(super) fn look_for(&self, conversation: &Conversation) {
        let known = self.known.borrow();
        let Some((_, known)) = known.as_ref() else { return };
        let owner = conversation.owner.as_ref();
        let strange = owner.is_some_and(|owner| !known.users.iter().any(|user| user.id == *owner))
            || conversation.tags.iter().any(|id| !known.tags.iter().any(|tag| tag.id == *id))
            || conversation.team.as_ref().is_some_and(|id| !known.teams.iter().any(|team| team.id == *id));
        if strange {
            self.wanting.set(true);
        }
    }

    /// The name of a user, as far as it is known without asking.
    pub(super) fn user(&self, id: &bandeja_model::UserId) -> Option<String> {
        let known = self.known.borrow();
        let (_, known) = known.as_ref()?;
        known.users.iter().find(|user| user.id == *id).map(|user| user.name.clone())
    }
}

impl Core {
    /// All of them, read if they are too old. While a read fails, old ones are better than none.
    pub(super) async fn lookups(&self) -> Result<Rc<Lookups>, Refusal> {
        let now = self.now();
        let known = self.names.known.borrow().clone();
        if let Some((at, known)) = &known {
            let good = if self.names.wanting.get() { AGAIN } else { GOOD };
            if now - *at < good {
                return Ok(known.clone());
            }
        }
        let reading = self.names.reading.borrow().clone();
        let reading = reading.unwrap_or_else(|| {
            let read = self.backend.lookups();
            let reading: Local<'static, _> = Box::pin(async move { read.await.map(Rc::new) });
            let reading = reading.shared();
            *self.names.reading.borrow_mut() = Some(reading.clone());
            reading
        });
        let read = reading.await;
        *self.names.reading.borrow_mut() = None;
        match (read, known) {
            (Ok(read), _) => {
                self.names.wanting.set(false);
                *self.names.known.borrow_mut() = Some((now, read.clone()));
                Ok(read)
            }
            (Err(_), Some((_, known))) => Ok(known),
            (Err(fault), None) => Err(self.refuse(fault)),
        }
    }

    pub(super) async fn names(&self, kind: Kind) -> Outcome {
        let all = self.lookups().await?;
        Ok(match kind {
            Kind::Users => list(&all.users),
            Kind::Teams => list(&all.teams),
            Kind::Lines => list(&all.lines),
            Kind::Tags => list(&all.tags),
            Kind::Categories => list(&all.categories),
            Kind::Campaigns => list(&all.campaigns),
        })
    }
}

fn list<T: Serialize + Clone>(items: &[T]) -> Whole {
    Whole::json(200, &All { items: items.to_vec() })
}

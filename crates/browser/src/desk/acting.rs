//! Questions about and actions on one conversation.

use super::core::Core;
use bandeja_client::store::conversations::Tick;
use bandeja_client::{ClientError, Intent};
use bandeja_contract::Changed;
use bandeja_model::{Conversation, ConversationId};
use std::rc::Rc;
use std::sync::Arc;

impl Core {
    /// The conversation, fetched unless it is known.
    pub(super) async fn load_conversation(
        self: &Rc<Self>,
        id: &ConversationId,
    ) -> Result<Arc<Conversation>, ClientError> {
        let known = self.conversations.borrow().get(id).cloned();
        match known {
            Some(known) => Ok(known),
            None => self.fetch_conversation(id).await,
        }
    }

    pub(super) async fn fetch_conversation(
        self: &Rc<Self>,
        id: &ConversationId,
    ) -> Result<Arc<Conversation>, ClientError> {
        let (asked, era) = (self.conversations.borrow().tick(), self.era.get());
        let answer = self.told(self.api.conversation(id).await);
        if self.era.get() != era {
            return Err(ClientError::SignedOut);
        }
        match answer {
            Ok(conversation) => {
                let current = self.take_in(conversation.clone(), asked, &[], false);
                self.flush();
                Ok(current.unwrap_or_else(|| Arc::new(conversation)))
            }
            Err(error) => {
                if error.is_not_found() {
                    self.take_away(id);
                    self.flush();
                }
                Err(error)
            }
        }
    }

    pub(super) async fn act(
        self: &Rc<Self>,
        id: &ConversationId,
        version: u64,
        intent: Intent,
    ) -> Result<Changed, ClientError> {
        let (asked, era) = (self.conversations.borrow().tick(), self.era.get());
        let answer = self.api.act(id, version, intent, &self.new_key()).await;
        self.acted(Some(id), answer, asked, era)
    }

    pub(super) async fn undo(self: &Rc<Self>, token: &str) -> Result<Changed, ClientError> {
        let (asked, era) = (self.conversations.borrow().tick(), self.era.get());
        let answer = self.api.undo(token, &self.new_key()).await;
        self.acted(None, answer, asked, era)
    }

    /// Takes in what an action came to, before its caller hears of it.
    fn acted(
        self: &Rc<Self>,
        id: Option<&ConversationId>,
        answer: Result<Changed, ClientError>,
        asked: Tick,
        era: u32,
    ) -> Result<Changed, ClientError> {
        self.note(answer.as_ref().err());
        if self.era.get() != era {
            return Err(ClientError::SignedOut);
        }
        match &answer {
            Ok(changed) => {
                self.take_in(changed.conversation.clone(), asked, &[], true);
                self.count_soon();
            }
            Err(error) => {
                if let Some(current) = error.is_stale() {
                    self.take_in(current.clone(), asked, &[], false);
                } else if let (true, Some(id)) = (error.is_not_found(), id) {
                    self.take_away(id);
                }
            }
        }
        self.flush();
        answer
    }

    /// Marks read, if anything is unread; decided anew, once, if the conversation changed meanwhile.
    pub(super) fn mark_read(self: &Rc<Self>, id: &ConversationId) {
        let (core, id) = (self.clone(), id.clone());
        self.spawn(Box::pin(async move {
            for _ in 0..2 {
                let known = core.conversations.borrow().get(&id).cloned();
                let Some(known) = known.filter(|known| known.unread > 0) else { return };
                match core.act(&id, known.version, Intent::Read).await {
                    Err(error) if error.is_stale().is_some() => {}
                    _ => return,
                }
            }
        }));
    }
}

//! Lists of conversations, their counts, and single ones.

use super::core::{Api, Call};
use crate::error::ClientError;
use crate::traits::Method;
use bandeja_contract::{All, ConversationPage, ConversationQuery, Counts, Episode, Facets, paths};
use bandeja_model::{Conversation, ConversationId, Filter, Sort};

/// Longest filter sent in an address; servers and proxies begin to refuse at some thousands of bytes.
const IN_ADDRESS: usize = 1_500;

impl Api {
    /// `GET /conversations`, or `POST /conversations/query` when the filter is too long for an address.
    ///
    /// `offset` and `limit` count rows.
    pub async fn conversations(
        &self,
        filter: &Filter,
        sort: Sort,
        offset: usize,
        limit: usize,
    ) -> Result<ConversationPage, ClientError> {
        let filter = filter.to_query();
        let call = if filter.len() <= IN_ADDRESS {
            let and = if filter.is_empty() { "" } else { "&" };
            let path = paths::CONVERSATIONS;
            Call::get(format!("{path}?{filter}{and}sort={}&limit={limit}&offset={offset}", sort.code()))
        } else {
            Call::new(Method::Post, paths::CONVERSATIONS_QUERY).json(&ConversationQuery {
                filter,
                sort,
                limit: u32::try_from(limit).ok(),
                cursor: None,
                offset: u64::try_from(offset).ok(),
            })
        };
        Ok(self.ask(call).await?)
    }

    /// `GET /conversations/facets`
    pub async fn facets(&self, filter: &Filter) -> Result<Facets, ClientError> {
        Ok(self.ask(Call::get(format!("{}?{}", paths::FACETS, filter.to_query()))).await?)
    }

    /// `GET /conversations/counts`
    pub async fn counts(&self) -> Result<Counts, ClientError> {
        Ok(self.ask(Call::get(paths::COUNTS)).await?)
    }

    /// `GET /conversations/{id}`
    pub async fn conversation(&self, id: &ConversationId) -> Result<Conversation, ClientError> {
        Ok(self.ask(Call::get(paths::conversation(id))).await?)
    }

    /// `GET /conversations/{id}/episodes`
    pub async fn episodes(&self, id: &ConversationId) -> Result<Vec<Episode>, ClientError> {
        let all: All<Episode> = self.ask(Call::get(paths::episodes(id))).await?;
        Ok(all.items)
    }
}

//! The account of a job: its conversations one by one, and its receipt.

use super::Item;
use crate::facade::core::Core;
use crate::facade::routes::Call;
use crate::facade::wire::{Outcome, Refusal, Whole};
use bandeja_contract::{BulkItemPage, RECEIPT_HEAD, Total, receipt_line};
use bandeja_model::limits::{PAGE_ROWS, PAGE_ROWS_DEFAULT};
use bandeja_model::text::csv_cell;
use bandeja_model::{BulkReason, ItemResult, UserId};

impl Core {
    pub(in crate::facade) async fn items(&self, call: &Call, id: &str) -> Outcome {
        self.me().await?;
        let job = self.jobs.find(id).ok_or_else(Refusal::not_found)?;
        let (mut result, mut reason, mut limit, mut from) = (None, None, PAGE_ROWS_DEFAULT, 0_usize);
        for (name, value) in call.parameters() {
            let unknown = || Refusal::field(name, "unknown_value", "There is no such value.");
            match name {
                "result" => result = Some(ItemResult::from_code(&value).ok_or_else(unknown)?),
                "reason" => reason = Some(BulkReason::from_code(&value).ok_or_else(unknown)?),
                "limit" => limit = value.parse().map_err(|_| unknown())?,
                "cursor" => {
                    from = value.strip_prefix("n.").and_then(|at| at.parse().ok()).ok_or_else(unknown)?;
                }
                _ => return Err(Refusal::field(name, "unknown", "There is no such parameter.")),
            }
        }
        let limit = limit.clamp(1, PAGE_ROWS) as usize;
        let job = job.borrow();
        let wanted = |item: &&Item| {
            let of_result = match result {
                Some(result) => item.result == Some(result),
                None => item.result != Some(ItemResult::Excluded),
            };
            of_result && (reason.is_none() || item.reason == reason)
        };
        let total = job.items.iter().filter(wanted).count();
        let shown = job.items.iter().filter(wanted).skip(from).take(limit);
        let items: Vec<_> = shown.map(|item| item.told(self.owner_now(item).as_ref())).collect();
        let next = (from + items.len() < total).then(|| format!("n.{}", from + items.len()));
        let total = Total { value: total as u64, exact: true };
        Ok(Whole::json(200, &BulkItemPage { items, total, next, prev: None, partial: None }))
    }

    fn owner_now(&self, item: &Item) -> Option<UserId> {
        self.book.borrow().get(&item.id).and_then(|row| row.conversation.owner.clone())
    }

    /// As the server's, with what the foreign system said as one more column.
    pub(in crate::facade) async fn receipt(&self, id: &str) -> Outcome {
        let job = self.started(id).await?;
        let job = job.borrow();
        // Without the mark, Excel takes the text for the old code page of its country.
        let mut text = format!("\u{feff}{RECEIPT_HEAD},detail\r\n");
        for item in job.items.iter().filter(|item| item.result != Some(ItemResult::Excluded)) {
            let told = item.told(self.owner_now(item).as_ref());
            let name = |id: &UserId| self.names.user(id).unwrap_or_else(|| id.to_string());
            text.push_str(&receipt_line(&told, &told.owner.as_ref().map(name).unwrap_or_default()));
            text.push(',');
            text.push_str(&csv_cell(item.detail.as_deref().unwrap_or_default()));
            text.push_str("\r\n");
        }
        let name = format!("attachment; filename=\"bandeja-{}.csv\"", job.head.id);
        let whole = Whole::new(200, "text/csv; charset=utf-8", text.into_bytes());
        Ok(whole.header("Content-Disposition", name))
    }
}

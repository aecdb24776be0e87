//! Many at a time: previews, jobs, their conversations and receipts.

use super::core::{Api, Call};
use super::messages::encode;
use crate::error::ClientError;
use crate::traits::Method;
use bandeja_contract::{All, BulkItemPage, BulkJob, BulkPreview, PreviewBulk, StartBulk, headers, paths};
use bandeja_model::{BulkReason, ItemResult};

/// Something to do to a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobAct {
    /// Leave alone what has not had its turn.
    Stop,
    /// Try again what failed.
    Retry,
    /// Take it back.
    Undo,
}

impl JobAct {
    const fn code(self) -> &'static str {
        match self {
            Self::Stop => "stop",
            Self::Retry => "retry",
            Self::Undo => "undo",
        }
    }
}

/// Which conversations of a job or preview to list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemsAsked {
    /// Of which job or preview.
    pub id: String,
    /// What became of them.
    pub result: ItemResult,
    /// For this reason only.
    pub reason: Option<BulkReason>,
    /// Where the page begins; the first if absent.
    pub cursor: Option<String>,
}

impl ItemsAsked {
    fn path(&self) -> String {
        let mut path = format!("{}?result={}", paths::bulk_items(&self.id), self.result.code());
        if let Some(reason) = self.reason {
            path.push_str("&reason=");
            path.push_str(reason.code());
        }
        if let Some(cursor) = &self.cursor {
            path.push_str("&cursor=");
            encode(&mut path, cursor);
        }
        path
    }
}

impl Api {
    /// `POST /bulk/preview`: what would happen; it changes nothing.
    pub async fn preview_bulk(&self, asked: &PreviewBulk) -> Result<BulkPreview, ClientError> {
        Ok(self.ask(Call::new(Method::Post, paths::BULK_PREVIEW).json(asked)).await?)
    }

    /// `POST /bulk`; `key` makes a repeat harmless.
    pub async fn start_bulk(&self, start: &StartBulk, key: &str) -> Result<BulkJob, ClientError> {
        let call = Call::new(Method::Post, paths::BULK).json(start).header(headers::IDEMPOTENCY_KEY, key);
        Ok(self.ask(call).await?)
    }

    /// `GET /bulk`: the jobs the caller may see, newest first.
    pub async fn bulk_jobs(&self) -> Result<Vec<BulkJob>, ClientError> {
        let all: All<BulkJob> = self.ask(Call::get(paths::BULK)).await?;
        Ok(all.items)
    }

    /// `GET /bulk/{id}`
    pub async fn bulk_job(&self, id: &str) -> Result<BulkJob, ClientError> {
        Ok(self.ask(Call::get(paths::bulk(id))).await?)
    }

    /// `POST /bulk/{id}/{stop,retry,undo}`: the job that comes of it; `key` makes a repeat harmless.
    pub async fn act_on_job(&self, id: &str, act: JobAct, key: &str) -> Result<BulkJob, ClientError> {
        let path = paths::bulk_action(id, act.code());
        Ok(self.ask(Call::new(Method::Post, path).header(headers::IDEMPOTENCY_KEY, key)).await?)
    }

    /// `GET /bulk/{id}/items`
    pub async fn bulk_items(&self, asked: &ItemsAsked) -> Result<BulkItemPage, ClientError> {
        Ok(self.ask(Call::get(asked.path())).await?)
    }

    /// The address of a job's receipt, for a link.
    pub fn receipt_address(&self, id: &str) -> String {
        self.address(&paths::bulk_receipt(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traits::{Local, Opened, Request, Response, Transport, TransportError};
    use std::cell::RefCell;
    use std::pin::pin;
    use std::rc::Rc;
    use std::task::{Context, Poll, Waker};

    const JOB: &str = r#"{"id":"j1","action":"close","by":"u1","state":"queued","matched":3,"done":0,
        "skipped":0,"failed":0,"started_at":"2026-01-05T10:00:00Z"}"#;

    /// Answers everything with one body and keeps what was asked.
    struct Wire(RefCell<Vec<Request>>, String);

    impl Transport for Wire {
        fn send(&self, request: Request) -> Local<'static, Result<Response, TransportError>> {
            self.0.borrow_mut().push(request);
            let body = self.1.clone().into_bytes();
            Box::pin(async move { Ok(Response { status: 200, retry_after_s: None, body }) })
        }

        fn open(&self, _: Request) -> Local<'static, Result<Opened, TransportError>> {
            Box::pin(async { Err(TransportError::Offline) })
        }
    }

    /// What comes of a call that waits for nothing.
    fn now<T>(call: impl Future<Output = T>) -> T {
        match pin!(call).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => answer,
            Poll::Pending => panic!("it waits"),
        }
    }

    fn api(body: &str) -> (Api, Rc<Wire>) {
        let wire = Rc::new(Wire(RefCell::default(), body.to_owned()));
        (Api::new(wire.clone(), "/behind"), wire)
    }

    #[test]
    fn starting_carries_its_key_so_that_a_repeat_starts_nothing_twice() {
        let (api, wire) = api(JOB);
        let start = StartBulk { preview_id: "p1".into(), include_later: true, form: None };
        let job = now(api.start_bulk(&start, "k1")).unwrap();
        assert_eq!(job.id, "j1");
        let asked = wire.0.borrow();
        assert_eq!(asked[0].url, "/behind/api/v1/bulk");
        assert!(asked[0].headers.contains(&(headers::IDEMPOTENCY_KEY, "k1".to_owned())));
        assert_eq!(asked[0].body.as_deref(), Some(r#"{"preview_id":"p1","include_later":true}"#));
    }

    #[test]
    fn items_are_asked_for_by_result_reason_and_cursor() {
        let asked = ItemsAsked {
            id: "p 1".into(),
            result: ItemResult::Excluded,
            reason: Some(BulkReason::OtherJob),
            cursor: Some("a+b".into()),
        };
        let expected = "/api/v1/bulk/p%201/items?result=excluded&reason=other_job&cursor=a%2Bb";
        assert_eq!(asked.path(), expected);
    }

    #[test]
    fn each_act_has_its_path_and_the_receipt_its_address() {
        let (api, wire) = api(JOB);
        for act in [JobAct::Stop, JobAct::Retry, JobAct::Undo] {
            now(api.act_on_job("j1", act, "k")).unwrap();
        }
        let paths: Vec<_> = wire.0.borrow().iter().map(|asked| asked.url.clone()).collect();
        let expected = ["stop", "retry", "undo"].map(|act| format!("/behind/api/v1/bulk/j1/{act}"));
        assert_eq!(paths, expected);
        assert_eq!(api.receipt_address("j1"), "/behind/api/v1/bulk/j1/receipt.csv");
    }

    #[test]
    fn jobs_come_as_a_list() {
        let (api, _) = api(&format!(r#"{{"items":[{JOB}],"next":null}}"#));
        assert_eq!(now(api.bulk_jobs()).unwrap().len(), 1);
    }
}

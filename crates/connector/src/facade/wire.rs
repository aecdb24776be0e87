//! Answers of the contract: whole ones, problems, and which fault of a backend is which problem.

use crate::backend::{Fault, FaultKind};
use crate::host::Bytes;
use bandeja_contract::problem::{MEDIA_TYPE, code};
use bandeja_contract::{FieldProblem, Problem, SignInWay, etag};
use bandeja_model::closing::{ClosingFault, ClosingField};
use bandeja_model::filter::FilterError;
use bandeja_model::permission::Denial;
use bandeja_model::{Conversation, Status};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::rc::Rc;

/// What a call is answered with.
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers, named as HTTP writes them.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: AnswerBody,
}

/// The body of an [`Answer`].
pub enum AnswerBody {
    /// All of it.
    Whole(Vec<u8>),
    /// An event stream, which does not end by itself.
    Stream(Box<dyn Bytes>),
}

/// A whole answer, cheap to give out again.
#[derive(Clone, Debug)]
pub(super) struct Whole {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Rc<[u8]>,
}

/// What handlers return.
pub(super) type Outcome = Result<Whole, Refusal>;

impl Whole {
    pub(super) fn json(status: u16, body: &impl Serialize) -> Self {
        // The bodies of the contract are plain structs: writing them cannot fail.
        let body = serde_json::to_vec(body).unwrap_or_default();
        Self::new(status, "application/json", body)
    }

    pub(super) fn new(status: u16, kind: &str, body: Vec<u8>) -> Self {
        let headers = vec![("Content-Type", kind.to_owned()), ("Cache-Control", "no-store".to_owned())];
        Self { status, headers, body: body.into() }
    }

    pub(super) fn empty() -> Self {
        Self { status: 204, headers: vec![("Cache-Control", "no-store".to_owned())], body: Rc::new([]) }
    }

    pub(super) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(super) fn tagged(self, conversation: &Conversation) -> Self {
        self.header("ETag", etag(conversation.version))
    }
}

impl From<Whole> for Answer {
    fn from(whole: Whole) -> Self {
        let headers = whole.headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { status: whole.status, headers, body: AnswerBody::Whole(whole.body.to_vec()) }
    }
}

/// Why a call does not get what it asks for.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    pub(super) problem: Box<Problem>,
    retry_after_s: Option<u32>,
}

impl Refusal {
    pub(super) fn new(status: u16, code: &str, title: &str, detail: impl Into<String>) -> Self {
        Self { problem: Box::new(Problem::new(status, code, title, detail)), retry_after_s: None }
    }

    pub(super) fn with_current(mut self, current: Option<Conversation>) -> Self {
        self.problem.current = current.map(Box::new);
        self
    }

    pub(super) fn with_sign_in(mut self, way: Option<SignInWay>) -> Self {
        self.problem.sign_in = way;
        self
    }

    pub(super) fn invalid(status: u16, fields: Vec<FieldProblem>) -> Self {
        let detail = fields.first().map(|first| first.message.clone()).unwrap_or_default();
        let mut refusal = Self::new(status, code::INVALID, "Something sent is wrong", detail);
        refusal.problem.fields = fields;
        refusal
    }

    pub(super) fn field(field: &str, code: &str, message: impl Into<String>) -> Self {
        Self::invalid(400, vec![wrong(field, code, message)])
    }

    pub(super) fn not_found() -> Self {
        Self::new(404, code::NOT_FOUND, "Not found", "There is nothing here, or it may not be seen.")
    }

    pub(super) fn off(reason: impl Into<String>) -> Self {
        Self::new(403, code::FEATURE_OFF, "Not offered here", reason)
    }

    pub(super) fn stale(current: Conversation) -> Self {
        let detail = "The conversation changed meanwhile; it is here as it is now.";
        Self::new(412, code::STALE, "Changed meanwhile", detail).with_current(Some(current))
    }

    pub(super) fn state(status: Status) -> Self {
        let detail = format!("A conversation in the state “{}” does not admit this.", status.code());
        Self::new(409, code::STATE, "Not in this state", detail)
    }

    pub(super) fn already_so() -> Self {
        Self::new(409, code::ALREADY_SO, "Already so", "It is so already.")
    }

    pub(super) fn whole(&self) -> Whole {
        let body = serde_json::to_vec(&self.problem).unwrap_or_default();
        let mut whole = Whole::new(self.problem.status, MEDIA_TYPE, body);
        if let Some(seconds) = self.retry_after_s {
            whole = whole.header("Retry-After", seconds.to_string());
        }
        whole
    }
}

/// One wrong field.
pub(super) fn wrong(field: &str, code: &str, message: impl Into<String>) -> FieldProblem {
    FieldProblem { field: field.to_owned(), code: code.to_owned(), message: message.into() }
}

/// What is wrong with a field of the closing form.
pub(super) fn form_fault(field: ClosingField, what: ClosingFault) -> FieldProblem {
    let name = field.name();
    let words = match what {
        ClosingFault::Missing => format!("“{name}” is required."),
        ClosingFault::TooLong(most) => format!("“{name}” may have {most} characters at most."),
        ClosingFault::Unknown => format!("There is no such “{name}”."),
        ClosingFault::OfAnotherCategory => "The sub-category belongs to another category.".to_owned(),
        ClosingFault::Off => format!("“{name}” is not asked for."),
    };
    wrong(name, what.code(), words)
}

/// Reads a body; nothing sent is an empty object.
pub(super) fn read<T: DeserializeOwned>(body: Option<&str>) -> Result<T, Refusal> {
    let text = body.filter(|text| !text.trim().is_empty()).unwrap_or("{}");
    serde_json::from_str(text).map_err(|error| {
        let words = error.to_string();
        let named = words.split('`').nth(1).unwrap_or_default().to_owned();
        let code = if words.starts_with("unknown field") {
            "unknown"
        } else if words.starts_with("missing field") {
            "required"
        } else {
            "type"
        };
        let field = if code == "type" { "" } else { named.as_str() };
        Refusal::field(field, code, words)
    })
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        let (status, code, title) = match fault.kind {
            FaultKind::Auth => (401, code::UNAUTHENTICATED, "Not signed in"),
            FaultKind::Forbidden => (403, code::FORBIDDEN, "Not permitted"),
            FaultKind::NotFound => (404, code::NOT_FOUND, "Not found"),
            FaultKind::Conflict => (412, code::STALE, "Changed meanwhile"),
            FaultKind::Invalid => (422, code::INVALID, "Something sent is wrong"),
            FaultKind::RateLimited { .. } => (429, code::RATE_LIMITED, "Too many calls"),
            FaultKind::Unavailable => (503, code::UNAVAILABLE, "The other system cannot be reached"),
            FaultKind::BadAnswer => (502, code::BAD_ANSWER, "The other system answered something else"),
            FaultKind::NotApplied => (409, code::NOT_APPLIED, "Not applied"),
            FaultKind::PartlyDone => (409, code::PARTLY_DONE, "Partly done"),
            FaultKind::Off => (403, code::FEATURE_OFF, "Not offered here"),
        };
        let mut refusal = Self::new(status, code, title, fault.said);
        refusal.problem.fields = fault.fields;
        if let FaultKind::RateLimited { retry_after_s } = fault.kind {
            refusal.retry_after_s = Some(retry_after_s.unwrap_or(5));
        }
        refusal
    }
}

impl From<Denial> for Refusal {
    fn from(denial: Denial) -> Self {
        match denial {
            Denial::NotFound => Self::not_found(),
            Denial::NotPermitted(action) => {
                let detail = format!("The permission “{}” is missing.", action.code());
                let mut refusal = Self::new(403, code::FORBIDDEN, "Not permitted", detail);
                refusal.problem.permission = Some(action.code().to_owned());
                refusal
            }
            Denial::State(status) => Self::state(status),
            Denial::AlreadySo => Self::already_so(),
        }
    }
}

impl From<FilterError> for Refusal {
    fn from(error: FilterError) -> Self {
        let mut refusal = Self::field(&error.field, error.fault.code(), error.to_string());
        code::INVALID_FILTER.clone_into(&mut refusal.problem.code);
        "The filter cannot be read".clone_into(&mut refusal.problem.title);
        refusal
    }
}

//! What a run knows so far: who asks, what earlier points found, and what it changed. Owns the calls that many
//! points make.

use crate::http::{Answer, Client, NoAnswer, Sent};
use crate::options::Options;
use crate::point::Fault;
use crate::stream::Stream;
use crate::words::excerpt;
use bandeja_contract::{All, BulkJob, ConversationPage, Session, Tag, Team, paths};
use bandeja_model::closing::Category;
use bandeja_model::{Actor, Conversation, Role, Viewer};
use chrono::TimeDelta;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::time::Instant;

/// Silent or unreachable so often in a row, the server is given up.
const GIVEN_UP_AFTER: u32 = 3;

/// The state of a run.
pub(crate) struct Probe {
    pub(crate) options: Options,
    pub(crate) client: Client,
    /// The last request, as method and path.
    pub(crate) request: String,
    unanswered: u32,
    pub(crate) session: Option<Session>,
    session_at: Instant,
    /// The first page of the list without a filter, as large as pages get.
    pub(crate) sample: Option<ConversationPage>,
    pub(crate) tags: Vec<Tag>,
    pub(crate) teams: Vec<Team>,
    pub(crate) categories: Vec<Category>,
    /// The conversation that actions are tried on, as it is now and as it was.
    pub(crate) target: Option<(Conversation, Conversation)>,
    /// The conversation as it was closed, and the form it was closed with.
    pub(crate) closed: Option<(Conversation, Value)>,
    /// The token of the closing.
    pub(crate) used_undo: Option<String>,
    /// Id of the note that was written.
    pub(crate) note: Option<String>,
    /// The Idempotency-Key that was used.
    pub(crate) key: Option<String>,
    /// The preview that was started, and its job.
    pub(crate) job: Option<(String, BulkJob)>,
    /// The team whose settings were saved.
    pub(crate) saved_team: Option<String>,
    /// The stream that was opened first, with the id it began at.
    pub(crate) stream: Option<(Stream, String)>,
    /// What a run cannot put back.
    pub(crate) left_behind: Vec<String>,
}

impl Probe {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            client: Client::new(options),
            options: options.clone(),
            request: String::new(),
            unanswered: 0,
            session: None,
            session_at: Instant::now(),
            sample: None,
            tags: Vec::new(),
            teams: Vec::new(),
            categories: Vec::new(),
            target: None,
            closed: None,
            used_undo: None,
            note: None,
            key: None,
            job: None,
            saved_team: None,
            stream: None,
            left_behind: Vec::new(),
        }
    }

    /// Signs in, where that is wanted.
    pub(crate) fn enter(&mut self) {
        let Some(name) = &self.options.name else { return };
        match self.client.signed_in(name, &self.options.token) {
            Ok(client) => self.client = client,
            // Everything that rests on a session says so; why there is none is told at the end.
            Err(said) => self.left_behind.push(format!("nobody signed in: {said}")),
        }
    }

    /// Whether the server stopped answering, so that more questions only cost time.
    pub(crate) fn given_up(&self) -> bool {
        self.unanswered >= GIVEN_UP_AFTER
    }

    /// One call.
    pub(crate) fn call(&mut self, method: &str, path: &str, sent: &Sent<'_>) -> Result<Answer, Fault> {
        let client = self.client.clone();
        self.call_as(&client, method, path, sent)
    }

    /// One call of somebody else.
    pub(crate) fn call_as(
        &mut self,
        client: &Client,
        method: &str,
        path: &str,
        sent: &Sent<'_>,
    ) -> Result<Answer, Fault> {
        self.request = excerpt(&format!("{method} {path}"), 200);
        let answer = client.call(method, path, sent);
        self.heard(answer)
    }

    fn heard<T>(&mut self, answer: Result<T, NoAnswer>) -> Result<T, Fault> {
        match answer {
            Ok(answer) => {
                self.unanswered = 0;
                Ok(answer)
            }
            Err(error) => {
                if !matches!(error, NoAnswer::Endless) {
                    self.unanswered += 1;
                }
                Err(Fault::wrong("an answer", error.words()))
            }
        }
    }

    /// `GET`.
    pub(crate) fn get(&mut self, path: &str) -> Result<Answer, Fault> {
        self.call("GET", path, &Sent::default())
    }

    /// `POST` of JSON.
    pub(crate) fn post(&mut self, path: &str, body: &Value) -> Result<Answer, Fault> {
        self.call("POST", path, &Sent::json(body))
    }

    /// `GET` of the contract's JSON.
    pub(crate) fn read<T: DeserializeOwned>(&mut self, path: &str) -> Result<T, Fault> {
        self.get(path)?.read(200)
    }

    /// A list that is never paged.
    pub(crate) fn all<T: DeserializeOwned>(&mut self, path: &str) -> Result<Vec<T>, Fault> {
        Ok(self.read::<All<T>>(path)?.items)
    }

    /// The event stream, behind an event or from now on.
    pub(crate) fn events(&mut self, after: Option<&str>) -> Result<(Answer, Stream), Fault> {
        self.request = format!("GET {}", paths::EVENTS);
        let mut sent = Sent::default().with("Accept", "text/event-stream");
        if let Some(after) = after {
            sent = sent.with(bandeja_contract::headers::LAST_EVENT_ID, after);
        }
        let opened = self.client.stream(paths::EVENTS, &sent);
        let (answer, body) = self.heard(opened)?;
        answer.expect(200)?;
        Ok((answer, Stream::new(body)))
    }

    /// A page of the list under a query string.
    pub(crate) fn list(&mut self, query: &str) -> Result<ConversationPage, Fault> {
        self.read(&format!("{}?{query}", paths::CONVERSATIONS))
    }

    /// How many a filter matches.
    pub(crate) fn total(&mut self, filter: &str) -> Result<u64, Fault> {
        let and = if filter.is_empty() { "" } else { "&" };
        Ok(self.list(&format!("{filter}{and}limit=1"))?.total.value)
    }

    /// The same, where the server knows it exactly.
    pub(crate) fn exact_total(&mut self, filter: &str) -> Result<u64, Fault> {
        let total = self.list(&format!("{filter}&limit=1"))?.total;
        let vague = || Fault::untried(format!("how many there are under {filter} is not known exactly"));
        total.exact.then_some(total.value).ok_or_else(vague)
    }

    /// Keeps who is signed in.
    pub(crate) fn signed_in(&mut self, session: Session) {
        self.session = Some(session);
        self.session_at = Instant::now();
    }

    /// Who is signed in.
    pub(crate) fn session(&self) -> Result<&Session, Fault> {
        self.session.as_ref().ok_or_else(|| Fault::untried("nobody is known to be signed in"))
    }

    /// The reason why the implementer does not offer an ability; nothing if it is on.
    pub(crate) fn off(&self, ability: &str) -> Option<String> {
        let capability = self.session.as_ref()?.capabilities.get(ability).filter(|it| !it.on)?;
        let reason = capability.reason.as_deref().unwrap_or("no reason given");
        Some(format!("“{ability}” is off: {}", excerpt(reason, 120)))
    }

    /// Whose eyes filters are evaluated with.
    pub(crate) fn viewer(&self) -> Result<Viewer, Fault> {
        let session = self.session()?;
        let passed = TimeDelta::from_std(self.session_at.elapsed()).unwrap_or_default();
        Ok(Viewer {
            id: session.user.id.clone(),
            teams: session.user.teams.iter().cloned().collect(),
            now: session.server_time + passed,
            utc_offset_s: session.utc_offset_s,
        })
    }

    /// On whose behalf everything is asked.
    pub(crate) fn actor(&self) -> Result<Actor, Fault> {
        let session = self.session()?;
        let user = &session.user;
        Ok(Actor {
            id: user.id.clone(),
            // Where no rule of sight or campaign is asked, everybody is as a super admin is.
            role: if session.unruled { Role::SuperAdmin } else { user.role },
            scopes: session.scopes.clone(),
            campaigns: user.campaigns.iter().cloned().collect(),
            teams: user.teams.iter().cloned().collect(),
        })
    }

    /// The rows of the sample.
    pub(crate) fn sample(&self) -> Result<&ConversationPage, Fault> {
        self.sample.as_ref().ok_or_else(|| Fault::untried("the list could not be read"))
    }

    /// Some conversation.
    pub(crate) fn any(&self) -> Result<Conversation, Fault> {
        let first = self.sample()?.items.first().cloned();
        first.ok_or_else(|| Fault::untried("the list is empty"))
    }
}

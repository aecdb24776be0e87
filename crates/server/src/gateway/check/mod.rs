//! `connector check`: tries every operation that a connector file defines against a live API, and says what works,
//! what does not and why, and what the app will show.
//!
//! It asks the file's back end itself, below the contract, so that what is said is the API's own word.

mod fields;
mod filters;
mod reading;
mod recorder;
mod report;
mod shows;
mod words;
mod writing;

pub use report::{Item, Outcome, Report};
pub use shows::shows;

use super::{Connector, HttpDoor, SystemClock, SystemZones};
use bandeja_connector::backend::{Abilities, Backend, SignInBy};
use bandeja_connector::host::Host;
use bandeja_connector::plan::read::place_of;
use bandeja_connector::plan::{Place, Plan};
use bandeja_connector::remote::{Held, Kept};
use bandeja_connector::run::Runner;
use bandeja_contract::SessionUser;
use bandeja_model::ConversationId;
use recorder::Recorder;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What is tried.
pub struct Asked {
    /// The conversation to read, and with `write` to change; else the first of the list is read.
    pub conversation: Option<ConversationId>,
    /// Changes are tried on it.
    pub write: bool,
}

/// A connector with what it runs on.
pub struct Bench {
    pub(super) backend: Rc<dyn Backend>,
    pub(super) plan: Plan,
    door: Rc<Recorder<HttpDoor>>,
    text: String,
    secrets: BTreeMap<String, String>,
}

impl Bench {
    /// Puts the file on the machine's own doors. Nothing is sent yet.
    pub fn new(connector: Connector, plan: Plan) -> Self {
        let base = connector.settings.get("base_url").map(String::as_str).unwrap_or_default();
        let door = Rc::new(Recorder::new(HttpDoor::new(base)));
        let say: bandeja_connector::remote::Say = Rc::new(|_| {});
        let host = Host {
            door: Rc::<Recorder<HttpDoor>>::clone(&door),
            clock: Rc::new(SystemClock),
            zones: Rc::new(SystemZones),
            storage: Rc::new(Kept::new(BTreeMap::new(), Rc::clone(&say))),
            secrets: Rc::new(Held::new(connector.secrets.clone(), false, say)),
            settings: connector.settings,
        };
        let backend = Rc::new(Runner::new(plan.clone(), host));
        Self { backend, plan, door, text: connector.text, secrets: connector.secrets }
    }

    /// Where a part of the first list stands in the file, by its pointer within the list.
    fn at(&self, within: &str) -> Option<Place> {
        let list = self.plan.lists.first()?.call.place.pointer.strip_suffix("/call")?;
        place_of(&self.text, &format!("{list}{within}"))
    }

    /// What the file can.
    pub fn abilities(&self) -> &Abilities {
        self.backend.abilities()
    }

    /// Tries everything that is asked for, in the order in which one thing needs the other.
    pub async fn try_all(&self, asked: &Asked) -> Report {
        let mut report = Report::default();
        self.ask_for_secrets(&mut report);
        let user = self.enter(&mut report).await;
        let lookups = self.try_lookups(&mut report).await;
        let first = self.try_lists(&mut report, user.as_ref(), &lookups).await;
        let id = asked.conversation.clone().or(first);
        let row = self.try_conversation(&mut report, id.as_ref()).await;
        match (row, user) {
            (Some(row), Some(user)) if asked.write => {
                self.try_acts(&mut report, row, &user, &lookups).await;
            }
            _ => self.leave_acts(&mut report, asked.write),
        }
        report
    }

    /// Secrets that the file uses, that signing in does not bring, and that nobody gave.
    fn ask_for_secrets(&self, report: &mut Report) {
        if self.backend.abilities().sign_in != SignInBy::Nothing {
            return;
        }
        for name in self.plan.secrets.iter().filter(|name| !self.secrets.contains_key(*name)) {
            let place = place_of(&self.text, "/auth");
            let said =
                format!("give it as BANDEJA_SECRET_{}, or in the file of --secrets", name.to_uppercase());
            report.broken(format!("secret {name}"), said, place.as_ref());
        }
    }

    /// Signs in, if the file asks for it, and asks who is signed in.
    async fn enter(&self, report: &mut Report) -> Option<SessionUser> {
        let secret = |name: &str| self.secrets.get(name).cloned();
        let needed = match self.backend.abilities().sign_in {
            SignInBy::Nothing => None,
            SignInBy::Token => {
                let name = self.plan.auth.with.token_secret().unwrap_or_default();
                let variable = format!("BANDEJA_SECRET_{}", name.to_uppercase());
                Some((variable, secret(&name).map(|token| (String::new(), token))))
            }
            SignInBy::Password => Some((
                "BANDEJA_SECRET_EMAIL and BANDEJA_SECRET_PASSWORD".to_owned(),
                secret("email").or_else(|| secret("user")).zip(secret("password")),
            )),
        };
        match needed {
            None => {}
            Some((_, Some((email, password)))) => match self.backend.sign_in(&email, &password).await {
                Ok(user) => {
                    report.works("sign in", words::user(&user));
                }
                Err(fault) => report.fails(
                    "sign in",
                    &fault,
                    self.plan.auth.sign_in_steps.first().map(|call| &call.place),
                ),
            },
            Some((variables, None)) => report.not_tried("sign in", format!("give {variables}")),
        }
        match self.backend.me().await {
            Ok(user) => {
                report.works("who am I", words::user(&user));
                Some(user)
            }
            Err(fault) => {
                let place = self.plan.auth.me.0.as_ref().map(|call| &call.place);
                report.fails("who am I", &fault, place);
                None
            }
        }
    }
}

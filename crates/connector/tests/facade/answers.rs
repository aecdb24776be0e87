//! The small help desk's answers.

use crate::desk::{Desk, as_row, fault};
use bandeja_connector::backend::{
    Abilities, Act, Backend, Done, Entries, Fault, FaultKind, ListAsk, Lookups, ManyResult, Row, Rows,
};
use bandeja_connector::host::Local;
use bandeja_contract::{SessionUser, Tag, Team, User};
use bandeja_model::closing::Category;
use bandeja_model::{Availability, ConversationId, Role, Timestamp, UserId};

impl Backend for Desk {
    fn abilities(&self) -> &Abilities {
        &self.abilities
    }

    fn sign_in(&self, _: &str, password: &str) -> Local<'static, Result<SessionUser, Fault>> {
        let right = password == "right";
        self.signed_in.set(right);
        self.later(if right { Ok(self.user()) } else { Err(fault(FaultKind::Auth, "Wrong password")) })
    }

    fn sign_out(&self) -> Local<'static, Result<(), Fault>> {
        self.signed_in.set(false);
        self.later(Ok(()))
    }

    fn me(&self) -> Local<'static, Result<SessionUser, Fault>> {
        let answer = self.began("me".into()).map(|()| self.user());
        self.later(answer)
    }

    fn lookups(&self) -> Local<'static, Result<Lookups, Fault>> {
        let answer = self.began("lookups".into()).map(|()| Lookups {
            users: ["me", "other"].map(user).to_vec(),
            teams: vec![Team { id: "t1".into(), name: "Ventas".into(), campaign: "c1".into(), timing: None }],
            tags: vec![Tag { id: "vip".into(), name: "VIP".into(), color: "red".into() }],
            categories: vec![Category { id: "g1".into(), name: "Otro".into(), parent: None }],
            lines: Vec::new(),
            campaigns: Vec::new(),
        });
        self.later(answer)
    }

    fn list(&self, ask: ListAsk) -> Local<'static, Result<Rows, Fault>> {
        let what = format!("list {} at {}", ask.filter.to_query(), ask.at.as_deref().unwrap_or("-"));
        let answer = self.began(what).map(|()| self.page(&ask));
        self.later(answer)
    }

    fn one(&self, id: ConversationId) -> Local<'static, Result<Row, Fault>> {
        let answer = self.began(format!("one {id}")).and_then(|()| {
            let found = self.rows.borrow().iter().find(|row| row.id == id).cloned();
            found.map(as_row).ok_or_else(|| fault(FaultKind::NotFound, "No such ticket"))
        });
        self.later(answer)
    }

    fn thread(&self, id: ConversationId, _: Option<String>) -> Local<'static, Result<Entries, Fault>> {
        let answer = self.began(format!("thread {id}")).and_then(|()| {
            if self.hides_threads.get() {
                return Err(fault(FaultKind::Off, "No threads"));
            }
            let items = self.threads.borrow().get(&id).cloned().unwrap_or_default();
            Ok(Entries { items, bad: Vec::new(), prev: None })
        });
        self.later(answer)
    }

    fn act(&self, id: ConversationId, act: Act, _: Option<Row>) -> Local<'static, Result<Done, Fault>> {
        let answer = self.began(format!("act {} {id}", act.name())).and_then(|()| match self.refused(&id) {
            Some(fault) => Err(fault),
            None => match (self.apply(&id, &act), self.loses.get()) {
                (Ok(_), left @ 1..) => {
                    self.loses.set(left - 1);
                    Err(fault(FaultKind::Unavailable, "No answer came."))
                }
                (done, _) => done,
            },
        });
        let row = self.rows.borrow().iter().find(|row| row.id == id).cloned().filter(|_| !self.silent.get());
        let row = row.map(as_row);
        self.later(answer.map(|message| {
            let message = message.filter(|_| !self.silent.get());
            Done { row, message, verified: true }
        }))
    }

    fn act_on_many(&self, ids: Vec<ConversationId>, act: Act) -> Local<'static, Result<ManyResult, Fault>> {
        let answer = self.began(format!("many {} {}", act.name(), ids.len())).map(|()| {
            let each = ids.into_iter().map(|id| {
                let result = match self.refused(&id) {
                    Some(fault) => Err(fault),
                    None if self.lies.borrow().contains(&id) => Ok(()),
                    None => self.apply(&id, &act).map(|_| ()),
                };
                (id, result)
            });
            each.collect()
        });
        self.later(answer)
    }

    fn changed_since(&self, since: Timestamp) -> Local<'static, Option<Result<Vec<Row>, Fault>>> {
        if !self.tells_changes.get() {
            return Box::pin(async { None });
        }
        let answer = self.began("changes".into()).map(|()| {
            let rows = self.rows.borrow();
            let new = rows.iter().filter(|row| row.last_activity_at >= since);
            new.map(|row| as_row(row.clone())).collect()
        });
        let answer = self.later(answer);
        Box::pin(async move { Some(answer.await) })
    }
}

fn user(id: &str) -> User {
    User {
        id: UserId::new(id),
        name: format!("Colega {id}"),
        role: Role::Agent,
        teams: Vec::new(),
        campaigns: Vec::new(),
        availability: Availability::Online,
        active: true,
    }
}

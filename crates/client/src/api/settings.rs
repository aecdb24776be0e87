//! The settings of teams and lines.

use super::core::{Api, Call};
use crate::error::ClientError;
use crate::traits::Method;
use bandeja_contract::{LineSettings, SaveLine, SaveTiming, Simulation, etag, headers, paths};
use bandeja_model::timing::{SavedTiming, Timing};
use bandeja_model::{LineId, TeamId};

impl Api {
    /// `GET /teams/{id}/timing`
    pub async fn timing(&self, team: &TeamId) -> Result<SavedTiming, ClientError> {
        Ok(self.ask(Call::get(paths::timing(team))).await?)
    }

    /// `PUT /teams/{id}/timing`, decided on what was read at `version`: the settings as they are then. Stale is a
    /// problem of code `stale`; what somebody else saved is to be asked for.
    pub async fn save_timing(
        &self,
        team: &TeamId,
        timing: &Timing,
        version: u64,
    ) -> Result<SavedTiming, ClientError> {
        let call = Call::new(Method::Put, paths::timing(team))
            .header(headers::IF_MATCH, etag(version))
            .json(&SaveTiming::from(timing.clone()));
        Ok(self.ask(call).await?)
    }

    /// `POST /teams/{id}/timing/simulate`: what these settings would do; it changes nothing.
    pub async fn simulate(&self, team: &TeamId, timing: &Timing) -> Result<Simulation, ClientError> {
        let call = Call::new(Method::Post, paths::simulate(team)).json(&SaveTiming::from(timing.clone()));
        Ok(self.ask(call).await?)
    }

    /// `GET /lines/{id}`
    pub async fn line(&self, line: &LineId) -> Result<LineSettings, ClientError> {
        Ok(self.ask(Call::get(paths::line(line))).await?)
    }

    /// `PUT /lines/{id}`, decided on what was read at `version`; stale as for [`Api::save_timing`].
    pub async fn save_line(
        &self,
        line: &LineId,
        save: &SaveLine,
        version: u64,
    ) -> Result<LineSettings, ClientError> {
        let call =
            Call::new(Method::Put, paths::line(line)).header(headers::IF_MATCH, etag(version)).json(save);
        Ok(self.ask(call).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traits::{Local, Opened, Request, Response, Transport, TransportError};
    use bandeja_model::timing::{Anchor, DAY_S};
    use std::cell::RefCell;
    use std::pin::pin;
    use std::rc::Rc;
    use std::task::{Context, Poll, Waker};

    const SAVED: &str = r#"{"inactivity":{"after_s":604800,"anchor":"contact","count_time_passed":true,
        "form":{"description":"Sin respuesta"},"farewell":{"text":"Hasta pronto","notice_s":86400}},
        "reassignment":{"window_s":null},"version":4,"clock_since":"2026-01-05T10:00:00Z","newer":1}"#;
    const SIMULATED: &str = r#"{"inactivity":{"now":86,"by_tonight":105,"exact":true,"open":1284,"snoozed":16,
        "warned":3,"with_time_passed":{"now":86,"by_tonight":105},"from_saving":{"now":0,"by_tonight":0}},
        "reassignment":{"same_agent":251,"bot":137,"line_default":24,"since":"2025-12-06T10:00:00Z","exact":false},
        "at":"2026-01-05T10:42:00Z","tonight":"2026-01-06T06:00:00Z"}"#;
    const LINE: &str = r#"{"id":"l1","team":"t1","user":null,"bot":true,"version":2,
        "menu":{"greeting":"Hola","options":[{"label":"Ventas","team":"t1"}]}}"#;

    /// Answers everything with one status and body and keeps what was asked.
    struct Wire(RefCell<Vec<Request>>, u16, String);

    impl Transport for Wire {
        fn send(&self, request: Request) -> Local<'static, Result<Response, TransportError>> {
            self.0.borrow_mut().push(request);
            let (status, body) = (self.1, self.2.clone().into_bytes());
            Box::pin(async move { Ok(Response { status, retry_after_s: None, body }) })
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

    fn api(status: u16, body: &str) -> (Api, Rc<Wire>) {
        let wire = Rc::new(Wire(RefCell::default(), status, body.to_owned()));
        (Api::new(wire.clone(), ""), wire)
    }

    #[test]
    fn settings_are_read_as_they_stand_and_saved_on_the_version_that_was_read() {
        let (api, wire) = api(200, SAVED);
        let saved = now(api.timing(&"t 1".into())).unwrap();
        assert_eq!((saved.version, saved.inactivity.after_s), (4, Some(7 * DAY_S)));
        assert_eq!(saved.inactivity.anchor, Anchor::Contact);
        assert_eq!(saved.inactivity.farewell.as_ref().unwrap().notice_s, DAY_S);
        now(api.save_timing(&"t 1".into(), &saved.timing(), saved.version)).unwrap();
        let asked = wire.0.borrow();
        assert!(asked.iter().all(|asked| asked.url == "/api/v1/teams/t%201/timing"));
        assert_eq!(asked[1].method, Method::Put);
        assert!(asked[1].headers.contains(&(headers::IF_MATCH, "\"4\"".to_owned())));
        let sent: SaveTiming = serde_json::from_str(asked[1].body.as_deref().unwrap()).unwrap();
        assert_eq!((sent.timing(), sent.version), (saved.timing(), None));
    }

    #[test]
    fn what_somebody_else_saved_meanwhile_is_a_stale_problem_and_nothing_else() {
        let body = format!(r#"{{"title":"Stale","status":412,"code":"stale","current_timing":{SAVED}}}"#);
        let (api, _) = api(412, &body);
        let error = now(api.save_timing(&"t1".into(), &Timing::default(), 3)).unwrap_err();
        assert_eq!(error.code(), bandeja_contract::problem::code::STALE);
    }

    #[test]
    fn a_simulation_sends_what_is_tried_and_brings_its_numbers() {
        let (api, wire) = api(200, SIMULATED);
        let mut tried = Timing::default();
        tried.inactivity.after_s = Some(DAY_S);
        let simulated = now(api.simulate(&"t1".into(), &tried)).unwrap();
        assert_eq!(simulated.inactivity.with_time_passed.by_tonight, 105);
        assert_eq!((simulated.reassignment.bot, simulated.reassignment.exact), (137, false));
        let asked = wire.0.borrow();
        assert_eq!(
            (asked[0].method, asked[0].url.as_str()),
            (Method::Post, "/api/v1/teams/t1/timing/simulate")
        );
        assert!(asked[0].body.as_deref().unwrap().contains(r#""after_s":86400"#));
    }

    #[test]
    fn a_line_is_saved_whole_and_on_the_version_that_was_read() {
        let (api, wire) = api(200, LINE);
        let line = now(api.line(&"l1".into())).unwrap();
        assert_eq!(line.menu.text(), "Hola\n1. Ventas");
        let save = SaveLine { team: line.team, user: line.user, bot: false, menu: line.menu };
        now(api.save_line(&"l1".into(), &save, line.version)).unwrap();
        let asked = wire.0.borrow();
        assert!(asked[1].headers.contains(&(headers::IF_MATCH, "\"2\"".to_owned())));
        let sent: SaveLine = serde_json::from_str(asked[1].body.as_deref().unwrap()).unwrap();
        assert_eq!(sent, save);
    }
}

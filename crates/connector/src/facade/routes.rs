//! Which call of the contract a request is.

use bandeja_client::traits::{Method, Request};
use bandeja_contract::paths::BASE;
use bandeja_model::ConversationId;

/// A list of names or choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Users,
    Teams,
    Lines,
    Tags,
    Categories,
    Campaigns,
}

/// A call of the contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Route {
    Health,
    Session,
    SignIn,
    SignOut,
    Names(Kind),
    List,
    Query,
    Facets,
    Counts,
    One(ConversationId),
    Messages(ConversationId),
    Post(ConversationId),
    Act(ConversationId, String),
    Undo(String),
    Events,
    Preview,
    Jobs,
    StartJob,
    Job(String),
    JobOrder(String, String),
    Items(String),
    Receipt(String),
    /// An area that no connector has, by its capability.
    Off(&'static str),
    /// The path exists, the method does not.
    WrongMethod,
    Nowhere,
}

/// A request taken apart.
pub(super) struct Call {
    pub(super) route: Route,
    /// As it stands behind the question mark.
    pub(super) query: String,
    /// Path and query, to tell repeats by.
    pub(super) place: String,
    pub(super) method: Method,
    headers: Vec<(&'static str, String)>,
    pub(super) body: Option<String>,
}

impl Call {
    pub(super) fn new(request: Request) -> Self {
        let from = request.url.find(BASE).map_or("", |at| request.url.get(at..).unwrap_or_default());
        let (path, query) = from.split_once('?').unwrap_or((from, ""));
        let route = route(request.method, path);
        let (query, place) = (query.to_owned(), from.to_owned());
        Self { route, query, place, method: request.method, headers: request.headers, body: request.body }
    }

    /// A header, whatever the case of its name.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let same = |(key, _): &&(&'static str, String)| key.eq_ignore_ascii_case(name);
        self.headers.iter().find(same).map(|(_, value)| value.as_str())
    }

    /// Parameters in their order, decoded.
    pub(super) fn parameters(&self) -> impl Iterator<Item = (&str, String)> {
        self.query.split('&').filter(|part| !part.is_empty()).map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (name, decode(value).unwrap_or_else(|| value.to_owned()))
        })
    }
}

fn route(method: Method, path: &str) -> Route {
    let rest = path.strip_prefix(BASE).unwrap_or_default();
    let parts: Option<Vec<String>> = rest.split('/').filter(|part| !part.is_empty()).map(decode).collect();
    let parts = parts.unwrap_or_default();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let of = |wanted: Method, route: Route| if method == wanted { route } else { Route::WrongMethod };
    let get = |route| of(Method::Get, route);
    let post = |route| of(Method::Post, route);
    let id = |id: &str| ConversationId::new(id);
    match *parts.as_slice() {
        ["health"] => get(Route::Health),
        ["session"] => match method {
            Method::Get => Route::Session,
            Method::Post => Route::SignIn,
            Method::Delete => Route::SignOut,
            Method::Put => Route::WrongMethod,
        },
        ["users"] => get(Route::Names(Kind::Users)),
        ["teams"] => get(Route::Names(Kind::Teams)),
        ["lines"] => get(Route::Names(Kind::Lines)),
        ["tags"] => get(Route::Names(Kind::Tags)),
        ["categories"] => get(Route::Names(Kind::Categories)),
        ["campaigns"] => get(Route::Names(Kind::Campaigns)),
        ["teams", _, "timing", ..] => Route::Off("timing"),
        ["lines", ..] => Route::Off("lines"),
        ["me", "availability"] => Route::Off("availability"),
        ["conversations"] => get(Route::List),
        ["conversations", "query"] => post(Route::Query),
        ["conversations", "facets"] => get(Route::Facets),
        ["conversations", "counts"] => get(Route::Counts),
        ["conversations", one] => get(Route::One(id(one))),
        ["conversations", one, "messages"] => match method {
            Method::Get => Route::Messages(id(one)),
            Method::Post => Route::Post(id(one)),
            Method::Put | Method::Delete => Route::WrongMethod,
        },
        ["conversations", _, "episodes"] => Route::Off("episodes"),
        ["conversations", one, act] => {
            let is_put = matches!(act, "tags" | "priority");
            of(if is_put { Method::Put } else { Method::Post }, Route::Act(id(one), act.to_owned()))
        }
        ["undo", token] => post(Route::Undo(token.to_owned())),
        ["events"] => get(Route::Events),
        ["bulk"] if method == Method::Get => Route::Jobs,
        ["bulk"] => post(Route::StartJob),
        ["bulk", "preview"] => post(Route::Preview),
        ["bulk", job] => get(Route::Job(job.to_owned())),
        ["bulk", job, "items"] => get(Route::Items(job.to_owned())),
        ["bulk", job, "receipt.csv"] => get(Route::Receipt(job.to_owned())),
        ["bulk", job, order @ ("stop" | "retry" | "undo")] => {
            post(Route::JobOrder(job.to_owned(), order.to_owned()))
        }
        ["settings" | "reports" | "automations" | "uploads" | "files" | "openapi.json" | "demo", ..] => {
            Route::Off("settings")
        }
        _ => Route::Nowhere,
    }
}

/// Percent-decoding; nothing if it is broken.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            bytes.push(u8::try_from(digit()? * 16 + digit()?).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_contract::paths;

    fn asked(method: Method, url: &str) -> Route {
        let (headers, body) = (Vec::new(), None);
        Call::new(Request { method, url: url.to_owned(), headers, body }).route
    }

    #[test]
    fn an_id_is_read_back_whatever_stands_in_it_and_whatever_stands_in_front_of_the_path() {
        let id = ConversationId::new("a/b c%");
        let one = format!("https://host/behind{}", paths::conversation(&id));
        assert_eq!(asked(Method::Get, &one), Route::One(id.clone()));
        let close = paths::conversation_action(&id, "close");
        assert_eq!(asked(Method::Post, &close), Route::Act(id.clone(), "close".into()));
        let tags = paths::conversation_action(&id, "tags");
        assert_eq!(asked(Method::Put, &tags), Route::Act(id.clone(), "tags".into()));
        assert_eq!(asked(Method::Post, &tags), Route::WrongMethod);
        assert_eq!(asked(Method::Get, &format!("{}?limit=50", paths::messages(&id))), Route::Messages(id));
    }

    #[test]
    fn every_fixed_path_of_the_contract_leads_somewhere() {
        for path in [
            paths::HEALTH,
            paths::SESSION,
            paths::CONVERSATIONS,
            paths::FACETS,
            paths::COUNTS,
            paths::USERS,
            paths::TEAMS,
            paths::LINES,
            paths::CAMPAIGNS,
            paths::TAGS,
            paths::CATEGORIES,
            paths::EVENTS,
            paths::BULK,
            paths::MY_AVAILABILITY,
            paths::OPENAPI,
            paths::DEMO_CLOCK,
        ] {
            assert!(!matches!(asked(Method::Get, path), Route::Nowhere | Route::WrongMethod), "{path}");
        }
        for path in [paths::CONVERSATIONS_QUERY, paths::BULK_PREVIEW, paths::BULK] {
            assert!(!matches!(asked(Method::Post, path), Route::Nowhere | Route::WrongMethod), "{path}");
        }
        assert_eq!(asked(Method::Get, "/elsewhere"), Route::Nowhere);
    }
}

//! Reading parts of a file: transport, who may, and refusals.

use super::json::{Kind, Node};
use super::keys;
use super::reader::Reader;
use super::scope;
use crate::backend::{FaultKind, SignInBy};
use crate::plan::{Arrays, Auth, Call, Credentials, Csrf, Errors, Fields, Sign, Transport, Var};
use std::collections::BTreeMap;

/// How one signs in, the steps, and what is kept.
type SignIn = (SignInBy, Vec<Call>, Vec<(String, crate::plan::Expr)>);

impl Reader<'_> {
    pub(super) fn transport(&self, node: &Node) -> Option<Transport> {
        let object = self.object(node, &keys::TRANSPORT)?;
        let scope = scope::transport();
        let base = self.needed(
            object,
            "base",
            "what every address begins with, such as `{{$settings.base_url}}/api`",
        );
        let base = base.and_then(|base| self.pieces(base, &scope));
        let headers = object.get("headers").map_or(Some(Vec::new()), |node| self.headers(node, &scope));
        let query = object.get("query").map_or(Some(Vec::new()), |node| self.shapes(node, &scope));
        let arrays = object
            .get("arrays")
            .map_or(Some("repeat"), |node| self.word(node, &["repeat", "comma", "pipe", "brackets"]));
        let megabytes = self.number(object.get("max_mb"), 20, 1, 200);
        Some(Transport {
            base: base?,
            headers: headers?,
            query: query?,
            arrays: match arrays? {
                "comma" => Arrays::Comma,
                "pipe" => Arrays::Pipe,
                "brackets" => Arrays::Brackets,
                _ => Arrays::Repeat,
            },
            timeout_ms: self.number(object.get("timeout_s"), 20, 1, 300) * 1000,
            concurrency: self.number(object.get("concurrency"), 4, 1, 32),
            pace_ms: self.number(object.get("pace_ms"), 0, 0, 60_000),
            max_bytes: usize::try_from(megabytes).unwrap_or(20) << 20,
        })
    }

    pub(super) fn auth(&self, node: &Node) -> Option<Auth> {
        let object = self.object(node, &keys::AUTH)?;
        let with = self.credentials(node);
        let csrf = object.get("csrf").map(|node| self.csrf(node));
        let sign_in = object
            .get("sign_in")
            .map_or(Some((SignInBy::Nothing, Vec::new(), Vec::new())), |node| self.sign_in(node));
        let mut leaving = scope::signing();
        let sign_out = object.get("sign_out").map_or(Some(Vec::new()), |node| self.steps(node, &mut leaving));
        let expired = object.get("expired").map_or(Some(vec![Sign::Status(401)]), |node| self.signs(node));
        let me =
            self.needed(object, "me", "who is signed in: `{\"call\": …, \"fields\": …}` or `{\"fixed\": …}`");
        let me = me.and_then(|me| self.me(me));
        let (sign_in, sign_in_steps, keeps) = sign_in?;
        let with = with?;
        if let Some(node) = object.get("sign_in") {
            self.sign_in_fills_something(node, sign_in, &with, sign_in_steps.is_empty());
        }
        Some(Auth {
            with,
            csrf: csrf.map_or(Some(None), |csrf| csrf.map(Some))?,
            sign_in,
            sign_in_steps,
            keeps,
            sign_out: sign_out?,
            expired: expired?,
            me: me?,
        })
    }

    fn credentials(&self, node: &Node) -> Option<Credentials> {
        let object = self.map(node)?;
        let ways = ["header", "query", "basic", "cookies"];
        let given: Vec<_> = ways.into_iter().filter_map(|way| Some((way, object.get(way)?))).collect();
        let (way, node) = match given.as_slice() {
            [] => return Some(Credentials::None),
            [one] => *one,
            [_, (_, second), ..] => {
                self.wrong(second, "one of `header`, `query`, `basic`, `cookies`", None);
                return None;
            }
        };
        let secret = scope::credentials();
        match way {
            "cookies" => Some(if self.flag(Some(node)) { Credentials::Cookies } else { Credentials::None }),
            "basic" => {
                let basic = self.object(node, &keys::BASIC)?;
                let user = self.needed(basic, "user", "the user's name, such as `{{$secret.user}}`");
                let user = user.and_then(|user| self.pieces(user, &secret));
                let password = self.needed(basic, "password", "`{{$secret.password}}`");
                let password = password.and_then(|password| self.secret(password));
                Some(Credentials::Basic(user?, password?))
            }
            _ => {
                let given = self.object(node, &keys::CREDENTIAL)?;
                let name = self.needed(given, "name", "the name of the header or parameter");
                let name = name.and_then(|name| self.text(name));
                let value = self.needed(given, "value", "its value, such as `Bearer {{$secret.token}}`");
                let (name, value) = (name?.to_owned(), self.secret(value?)?);
                Some(if way == "header" {
                    Credentials::Header(name, value)
                } else {
                    Credentials::Query(name, value)
                })
            }
        }
    }

    /// A text that must take its secret from `$secret`.
    fn secret(&self, node: &Node) -> Option<Vec<crate::plan::Piece>> {
        let pieces = self.pieces(node, &scope::credentials())?;
        if !super::checks::pieces_use(&pieces, Var::Secret) {
            let hint = "a secret never stands in the file: write `{{$secret.NAME}}`, and give it to the host";
            self.wrong_at(
                node.at,
                &node.pointer,
                "a text without `$secret`",
                "`{{$secret.NAME}}` in it",
                Some(hint.to_owned()),
            );
            return None;
        }
        Some(pieces)
    }

    fn csrf(&self, node: &Node) -> Option<Csrf> {
        let object = self.object(node, &keys::CSRF)?;
        let cookie = self.needed(object, "cookie", "the cookie's name").and_then(|node| self.text(node));
        let header = self.needed(object, "header", "the header's name").and_then(|node| self.text(node));
        Some(Csrf { cookie: cookie?.to_owned(), header: header?.to_owned() })
    }

    fn sign_in(&self, node: &Node) -> Option<SignIn> {
        if !matches!(node.kind, Kind::Object(_)) {
            let by = match self.word(node, &["token", "password"])? {
                "token" => SignInBy::Token,
                _ => SignInBy::Password,
            };
            return Some((by, Vec::new(), Vec::new()));
        }
        let object = self.object(node, &keys::SIGN_IN)?;
        let mut scope = scope::signing().args(&["email", "password"]);
        let steps =
            self.needed(object, "steps", "the calls of signing in, with `$args.email` and `$args.password`");
        let steps = steps.and_then(|steps| {
            if self.list(steps).is_empty() {
                self.wrong(steps, "at least one call", None);
            }
            self.steps(steps, &mut scope)
        });
        let keep =
            object.get("keep").map_or(Some(Vec::new()), |keep| self.named(keep, &scope.and(&[Var::Headers])));
        Some((SignInBy::Password, steps?, keep?))
    }

    /// What is typed must go somewhere.
    fn sign_in_fills_something(&self, node: &Node, by: SignInBy, with: &Credentials, no_steps: bool) {
        match (by, with) {
            (SignInBy::Token, Credentials::None | Credentials::Cookies) => {
                let hint = "the token that an agent types becomes the secret that stands there";
                self.wrong(node, "`header`, `query` or `basic` with `{{$secret.token}}`", Some(hint));
            }
            (SignInBy::Token, with) if with.secrets().len() != 1 => {
                let hint = "an agent types one token: write what is the same for all as a setting, or sign in by `steps`";
                self.wrong(node, "one secret in `header`, `query` or `basic`", Some(hint));
            }
            (
                SignInBy::Password,
                Credentials::None | Credentials::Header(..) | Credentials::Query(..) | Credentials::Cookies,
            ) if no_steps => {
                let hint = "name and password become the two secrets of `basic`; for others write `{\"steps\": […]}`";
                self.wrong(node, "`basic` with `{{$secret.user}}` and `{{$secret.password}}`", Some(hint));
            }
            _ => {}
        }
    }

    fn signs(&self, node: &Node) -> Option<Vec<Sign>> {
        let signs = self.list(node).iter().map(|node| {
            if !matches!(node.kind, Kind::Object(_)) {
                return self
                    .word(node, &["redirect", "html"])
                    .map(|word| if word == "html" { Sign::Html } else { Sign::Redirected });
            }
            let object = self.object(node, &keys::SIGN)?;
            match (object.get("status"), object.get("when")) {
                (Some(status), None) => self.status(status).map(Sign::Status),
                (None, Some(when)) => self.expr(when, &scope::refusal()).map(Sign::When),
                _ => {
                    self.wrong(node, "either `status` or `when`", None);
                    None
                }
            }
        });
        signs.collect::<Vec<_>>().into_iter().collect()
    }

    fn status(&self, node: &Node) -> Option<u16> {
        u16::try_from(self.number(Some(node), 0, 100, 599)).ok().filter(|status| *status > 0)
    }

    fn me(&self, node: &Node) -> Option<(Option<Call>, Fields)> {
        let object = self.object(node, &keys::ME)?;
        if let Some(fixed) = object.get("fixed") {
            return Some((None, self.fixed_fields(fixed, &keys::ME_FIELDS, &["id", "name"])?));
        }
        let scope = scope::signing();
        let call = self.needed(object, "call", "the request that says who is signed in, or `fixed`");
        let call = call.and_then(|call| self.call(call, &scope));
        let fields =
            self.needed(object, "fields", "`id` and `name`, and `email`, `role`, `teams` if it says them");
        let answered = scope::refusal().and(&[Var::Now, Var::Secret]);
        let fields =
            fields.and_then(|fields| self.fields(fields, &keys::ME_FIELDS, &["id", "name"], &answered));
        Some((Some(call?), fields?))
    }

    pub(super) fn errors(&self, node: Option<&Node>) -> Option<Errors> {
        let Some(node) = node else {
            return Some(Errors {
                message: Vec::new(),
                fields: None,
                names: BTreeMap::new(),
                kinds: Vec::new(),
            });
        };
        let object = self.object(node, &keys::ERRORS)?;
        let scope = scope::refusal();
        let message = object.get("message").map_or(Some(Vec::new()), |node| {
            let places = match &node.kind {
                Kind::List(items) => items.as_slice(),
                _ => std::slice::from_ref(node),
            };
            places.iter().map(|node| self.expr(node, &scope)).collect::<Vec<_>>().into_iter().collect()
        });
        let fields = self.optional(object, "fields", &scope);
        let names = object.get("names").map_or(Some(BTreeMap::new()), |node| {
            let entries = self
                .map(node)?
                .entries()
                .map(|(key, node)| Some((key.name.clone(), self.text(node)?.to_owned())));
            entries.collect::<Vec<_>>().into_iter().collect()
        });
        let kinds = object.get("kinds").map_or(Some(Vec::new()), |node| {
            self.list(node).iter().map(|node| self.kind(node)).collect::<Vec<_>>().into_iter().collect()
        });
        Some(Errors { message: message?, fields: fields.ok()?, names: names?, kinds: kinds? })
    }

    fn kind(&self, node: &Node) -> Option<(Option<u16>, Option<crate::plan::Expr>, FaultKind)> {
        let object = self.object(node, &keys::ERROR_KIND)?;
        let status = object.get("status").map(|status| self.status(status));
        let when = self.optional(object, "when", &scope::refusal());
        if status.is_none() && object.get("when").is_none() {
            self.wrong(node, "`status`, `when` or both", None);
        }
        let kind = self.needed(object, "kind", "which kind of refusal it is")?;
        let kind = match self.word(kind, KINDS)? {
            "auth" => FaultKind::Auth,
            "forbidden" => FaultKind::Forbidden,
            "not_found" => FaultKind::NotFound,
            "conflict" => FaultKind::Conflict,
            "invalid" => FaultKind::Invalid,
            "rate_limited" => FaultKind::RateLimited { retry_after_s: None },
            "not_applied" => FaultKind::NotApplied,
            _ => FaultKind::Unavailable,
        };
        Some((status.map_or(Some(None), |status| status.map(Some))?, when.ok()?, kind))
    }
}

/// Kinds of refusals that a file can name.
pub(super) const KINDS: &[&str] =
    &["auth", "forbidden", "not_found", "conflict", "invalid", "rate_limited", "not_applied", "unavailable"];

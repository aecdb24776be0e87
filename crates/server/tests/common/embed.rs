//! API keys, and clients that came by a token for embedding.

use super::{Client, Server, email};
use bandeja_model::Scopes;
use bandeja_server::secret::Token;
use bandeja_server::store::api_keys;
use serde_json::{Value, json};

/// The site whose pages embed the inbox.
pub const CRM: &str = "https://crm.example.test";

/// An API key, and a back end that has it.
pub struct Key {
    /// Its id.
    pub id: i64,
    /// A client with its secret.
    pub holder: Client,
}

impl Server {
    /// A key for [`CRM`].
    pub fn api_key(&self, bounds: &Scopes, native: bool) -> Key {
        self.api_key_of(CRM, bounds, native)
    }

    /// A key for another site.
    pub fn api_key_of(&self, origin: &str, bounds: &Scopes, native: bool) -> Key {
        let secret = Token::random_named("bandeja_key_").unwrap();
        let id = self.run(async {
            let mut tx = self.app.store.begin().await.unwrap();
            let new = api_keys::New {
                name: "CRM",
                prefix: "bandeja_key_",
                secret_hash: &secret.hash(),
                origins: &[origin.to_owned()],
                scopes: bounds,
                native,
            };
            let id = api_keys::create(&mut tx, new, self.app.clock.wall()).await.unwrap();
            tx.commit().await.unwrap();
            id
        });
        Key { id, holder: self.anonymous().with_bearer(secret.reveal()) }
    }

    /// A page of [`CRM`] that works in the name of `name`, narrowed to `scopes`.
    pub fn embedded(&self, name: &str, scopes: &Value) -> Client {
        self.page(&self.api_key(&Scopes::default(), false), name, scopes)
    }

    /// The same with a token of that key.
    pub fn page(&self, key: &Key, name: &str, scopes: &Value) -> Client {
        let asked = json!({ "user_email": email(name), "scopes": scopes });
        let answer = key.holder.post("/session/embed-token", &asked);
        assert_eq!(answer.status, 200, "{}", answer.body);
        self.anonymous().with_bearer(answer.body["token"].as_str().unwrap()).with_header("Origin", CRM)
    }

    /// Revokes a key.
    pub fn revoke(&self, key: &Key) -> bool {
        self.run(async {
            let (now, wall) = (self.app.clock.now(), self.app.clock.wall());
            let mut tx = self.app.store.begin().await.unwrap();
            let done = api_keys::revoke(&mut tx, &key.id.to_string(), now, wall).await.unwrap();
            tx.commit().await.unwrap();
            done
        })
    }
}

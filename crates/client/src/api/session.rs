//! Who is signed in.

use super::core::{Api, Call};
use crate::error::ClientError;
use crate::traits::Method;
use bandeja_contract::{Session, SignIn, paths};

impl Api {
    /// `GET /session`
    pub async fn session(&self) -> Result<Session, ClientError> {
        let session: Session = self.ask(Call::get(paths::SESSION)).await?;
        self.adopt(&session);
        Ok(session)
    }

    /// `POST /session`
    pub async fn sign_in(&self, sign_in: &SignIn) -> Result<Session, ClientError> {
        let session: Session = self.ask(Call::new(Method::Post, paths::SESSION).json(sign_in)).await?;
        self.adopt(&session);
        Ok(session)
    }

    /// `DELETE /session`
    pub async fn sign_out(&self) -> Result<(), ClientError> {
        self.send(Call::new(Method::Delete, paths::SESSION)).await?;
        self.forget();
        Ok(())
    }
}

//! Names and choices, and the viewer's availability.

use super::core::{Api, Call};
use crate::error::ClientError;
use crate::store::lookups::Lookups;
use crate::traits::Method;
use bandeja_contract::{All, SetAvailability, paths};
use bandeja_model::Availability;
use serde::de::DeserializeOwned;

impl Api {
    /// All six lists that are looked names up in, one after the other: each is small, and a browser
    /// has few connections, which the first rows need more.
    pub async fn lookups(&self) -> Result<Lookups, ClientError> {
        Ok(Lookups {
            users: self.all(paths::USERS).await?,
            teams: self.all(paths::TEAMS).await?,
            lines: self.all(paths::LINES).await?,
            tags: self.all(paths::TAGS).await?,
            categories: self.all(paths::CATEGORIES).await?,
            campaigns: self.all(paths::CAMPAIGNS).await?,
            loaded: true,
        })
    }

    async fn all<T: DeserializeOwned>(&self, path: &str) -> Result<Vec<T>, ClientError> {
        let all: All<T> = self.ask(Call::get(path)).await?;
        Ok(all.items)
    }

    /// `PUT /me/availability`
    pub async fn set_availability(&self, availability: Availability) -> Result<(), ClientError> {
        let call = Call::new(Method::Put, paths::MY_AVAILABILITY).json(&SetAvailability { availability });
        self.send(call).await?;
        Ok(())
    }
}

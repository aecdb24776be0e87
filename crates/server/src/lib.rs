//! The reference back end: the REST contract on an embedded database.
//!
//! `api` turns calls into questions to the rules of `bandeja-model` and to `store`; `http` is what
//! every call goes through; `live` is what happens without being asked; `store` is the only place
//! with SQL; `seed` makes demo data and knows none of the others. `gateway` answers the same contract in
//! front of a foreign API, without any of them but `http`.

pub mod api;
pub mod app;
pub mod cli;
pub mod clock;
pub mod gateway;
pub mod http;
pub mod live;
pub mod origin;
pub mod secret;
pub mod seed;
pub mod store;
pub mod zone;

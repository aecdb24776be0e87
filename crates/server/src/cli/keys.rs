//! The command line of API keys.

use super::api_key::{Bound, bound};
use super::{Database, origin};
use crate::origin::Origin;
use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(super) enum Keys {
    /// Make a key. Its secret is printed once, alone, to standard output; only a hash is kept.
    Create(CreateKey),
    /// List the keys, without their secrets.
    List(ListKeys),
    /// End a key and all tokens it gave; open event streams with them end too.
    Revoke(RevokeKey),
}

#[derive(Args, Debug)]
pub(super) struct CreateKey {
    #[command(flatten)]
    pub(super) at: Database,
    /// What you call it, as in “CRM”.
    #[arg(long, env = "BANDEJA_NAME")]
    pub(super) name: String,
    /// The sites whose pages may use its tokens, with commas between them, as in `https://crm.example.com`.
    #[arg(
        long,
        env = "BANDEJA_ORIGINS",
        value_name = "ORIGIN",
        required = true,
        value_delimiter = ',',
        value_parser = origin
    )]
    pub(super) origins: Vec<Origin>,
    /// The bounds of its tokens: readonly, and line:ID for each line they may reach.
    #[arg(long, env = "BANDEJA_SCOPES", value_name = "SCOPE", value_delimiter = ',', value_parser = bound)]
    pub(super) scopes: Vec<Bound>,
    /// Let programs use its tokens too: they send no Origin, as browsers do.
    #[arg(long, env = "BANDEJA_NATIVE")]
    pub(super) native: bool,
}

#[derive(Args, Debug)]
pub(super) struct ListKeys {
    #[command(flatten)]
    pub(super) at: Database,
    /// As JSON: `[{"id","name","prefix","origins","scopes","native","created_at","used_at","revoked_at"}]`.
    #[arg(long, env = "BANDEJA_JSON")]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
pub(super) struct RevokeKey {
    #[command(flatten)]
    pub(super) at: Database,
    /// Its id, from the list.
    pub(super) id: String,
}

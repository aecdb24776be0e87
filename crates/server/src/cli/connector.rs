//! `connector check`: reading a connector file, and trying it against a live API.

use super::gateway::{File, check_settings};
use super::{Failure, admin};
use crate::gateway::check::{Asked, Bench, shows};
use clap::{Args, Subcommand};
use serde_json::json;
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(super) enum Connector {
    /// Read a connector file; with --base-url, try everything it describes.
    Check(Check),
}

#[derive(Args, Debug)]
pub(super) struct Check {
    /// The connector file.
    path: PathBuf,
    #[command(flatten)]
    file: File,
    /// Try changes too, on the conversation that is named.
    #[arg(long, env = "BANDEJA_WRITE", requires = "conversation")]
    write: bool,
    /// The conversation to read, and to change with --write.
    #[arg(long, env = "BANDEJA_CONVERSATION")]
    conversation: Option<String>,
    /// As JSON.
    #[arg(long, env = "BANDEJA_JSON")]
    json: bool,
}

pub(super) async fn run(asked: Connector) -> Result<(), Failure> {
    let Connector::Check(check) = asked;
    let is_live = check.file.base_url.is_some();
    let (connector, plan) = check.file.read(&check.path)?;
    let name = connector.name.clone();
    if is_live {
        check_settings(&connector, &plan)?;
    }
    let bench = Bench::new(connector, plan);
    let app = shows(bench.abilities());
    if !is_live {
        let text = if check.json {
            format!("{}\n", json!({ "file": name, "reads_well": true, "app": app }))
        } else {
            format!("{name} reads well.\n\n{app}\nNothing was tried; --base-url URL tries it.\n")
        };
        return admin::print(&text);
    }
    let asked = Asked { conversation: check.conversation.map(Into::into), write: check.write };
    let report = tokio::task::LocalSet::new().run_until(bench.try_all(&asked)).await;
    let text = if check.json {
        format!("{}\n", json!({ "file": name, "reads_well": true, "report": report, "app": app }))
    } else {
        format!("{name} reads well.\n\n{}\n{app}", report.table())
    };
    admin::print(&text)?;
    if report.is_well() {
        return Ok(());
    }
    Err(Failure::Refused("some of what the file describes does not work".to_owned()))
}

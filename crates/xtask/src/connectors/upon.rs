//! What stands on top of a foreign back end: the gateway, and a site whose page runs the connector in a worker.

use std::path::Path;

use anyhow::Result;

use super::{Ports, listening};
use crate::{
    backends::Told,
    exec::Exec,
    project::Project,
    supervise::{Group, Stop},
};

/// The site's program, from the folder of the end-to-end tests: it serves the app, the connector files and the back
/// end from one origin.
const SITE: &str = "support/start-site.ts";

/// Where both are.
#[derive(Debug, Default)]
pub(super) struct Upon {
    pub(super) gateway: Option<String>,
    pub(super) site: Option<String>,
}

/// Starts the gateway, and with an inbox also the site. Nothing when the user wants to stop before they are ready.
pub(super) fn start(
    project: &Project,
    group: &mut Group,
    stop: &Stop,
    server: &Path,
    (name, told): (&str, &Told),
    inbox: bool,
    ports: &mut Ports,
) -> Result<Option<Upon>> {
    let file = project.path(&format!("public/connectors/{name}.json"));
    let mut gateway = Exec::new(project, server)
        .args(["gateway", "--base-url", &told.base_url, "--connector"])
        .arg(file)
        .args(["--listen", &format!("127.0.0.1:{}", ports.take().unwrap_or(0))]);
    if inbox {
        gateway = gateway.arg("--dist").arg(project.dist());
    }
    let Some(gateway) = listening::start(group, stop, gateway)? else { return Ok(None) };
    if !inbox {
        return Ok(Some(Upon { gateway: Some(gateway), site: None }));
    }
    let site = Exec::new(project, "node")
        .args(["--import", "tsx", SITE, name, &told.base_url])
        .arg(ports.take().unwrap_or(0).to_string())
        .dir(&project.path("end2end"))
        .env("BANDEJA_DIST", project.dist());
    let site = listening::start(group, stop, site)?;
    Ok(site.map(|site| Upon { gateway: Some(gateway), site: Some(site) }))
}

//! `connectors`: foreign back ends with data, and what connector files make of them: an inbox on top of each to look
//! at, or what of the contract it answers.

mod conformance;
mod listening;
mod upon;

use std::path::PathBuf;

use anyhow::Result;

use self::upon::Upon;
use crate::{
    backends::{self, Awaited, Backend, Person, Told},
    build,
    project::Project,
    run, setup,
    supervise::{Group, Stop},
};

/// What is wanted of the back ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// An inbox on top of each.
    Inbox,
    /// The back ends alone: nothing is built.
    Bare,
    /// What of the contract each answers behind the gateway.
    Conformance,
}

/// Starts one back end or all with what is wanted on top, says where everything is and how to sign in, and stays until
/// Ctrl-C. With a port, the first program listens there, the next one on the next, and so on.
pub(crate) fn run(
    project: &mut Project,
    named: Option<&str>,
    port: Option<u16>,
    wanted: Wanted,
) -> Result<()> {
    let chosen = backends::named(project, named)?;
    let server = built(project, wanted)?;
    let stop = Stop::listen()?;
    let mut group = Group::default();
    let mut ports = Ports(port);
    let mut reports = Vec::new();
    for (name, backend) in &chosen {
        eprintln!("==> Start {name} (a few seconds; the first time about 1 min more)");
        let Some(told) = start(project, &mut group, &stop, backend, ports.take())? else {
            return Ok(());
        };
        let upon = match &server {
            None => Upon::default(),
            Some(server) => {
                let Some(upon) = upon::start(
                    project,
                    &mut group,
                    &stop,
                    server,
                    (name.as_str(), &told),
                    wanted == Wanted::Inbox,
                    &mut ports,
                )?
                else {
                    return Ok(());
                };
                upon
            }
        };
        if wanted == Wanted::Conformance {
            reports.push((name.as_str(), conformance::ask(project, name, backend, &told, &upon)?));
        } else {
            println!("\n{}", block(name, &backend.about, &told, &upon));
        }
    }
    if wanted == Wanted::Conformance {
        println!("{}", conformance::table(&reports));
        return Ok(());
    }
    println!(
        "  Their data is thrown away at the end. Ctrl-C stops {}.\n",
        if chosen.len() == 1 { "it" } else { "them all" }
    );
    run::finish(group.wait(&stop)?)
}

/// Builds what stands on top; answers the server.
fn built(project: &mut Project, wanted: Wanted) -> Result<Option<PathBuf>> {
    match wanted {
        Wanted::Bare => return Ok(None),
        Wanted::Conformance => conformance::build(project)?,
        Wanted::Inbox => {
            build::app(project)?;
            setup::node(project)?;
            setup::packages(project)?;
        }
    }
    build::server(project).map(Some)
}

/// The ports that programs are told to listen on: one behind the other, or free ones of their own choice.
struct Ports(Option<u16>);

impl Ports {
    fn take(&mut self) -> Option<u16> {
        let port = self.0;
        self.0 = port.map(|port| port.saturating_add(1));
        port
    }
}

/// Nothing when the user wants to stop before it is ready.
fn start(
    project: &Project,
    group: &mut Group,
    stop: &Stop,
    backend: &Backend,
    port: Option<u16>,
) -> Result<Option<Told>> {
    let awaited = Awaited::from(group.start_telling(backend.command(project, port)?)?);
    let mut told = Ok(None);
    let goes_on = group.until(stop, || {
        told = awaited.now();
        !matches!(told, Ok(None))
    })?;
    if goes_on { told } else { Ok(None) }
}

fn block(name: &str, about: &str, told: &Told, upon: &Upon) -> String {
    let (header, value) = &told.header;
    let mut lines = vec![format!("  {name}: {about}")];
    lines.extend(upon.gateway.iter().map(|url| format!("    inbox through the gateway  {url}")));
    lines.extend(upon.site.iter().map(|url| format!("    inbox with the worker      {url}")));
    lines.push(format!("    the back end itself        {}", told.base_url));
    lines.extend(told.page.as_ref().map(|page| format!("      its own sign-in page     {page}")));
    lines.push(format!("      requests to it carry     {header}: {value}"));
    lines.push("    sign in as".to_owned());
    lines.extend(told.people.iter().map(row));
    lines.join("\n") + "\n"
}

fn row(person: &Person) -> String {
    let way = match &person.password {
        Some(password) => format!("password {password}  (token {})", person.token),
        None => format!("token {}", person.token),
    };
    format!("      {:<22} {way}", person.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told() -> Told {
        let person = |name: &str, password: Option<&str>, token: &str| Person {
            name: name.to_owned(),
            password: password.map(str::to_owned),
            token: token.to_owned(),
        };
        Told {
            base_url: "http://127.0.0.1:4711".to_owned(),
            header: ("Authorization".to_owned(), "Token a-1".to_owned()),
            people: vec![person("ana", Some("secret"), "a-1"), person("beto@agents.test", None, "b-2")],
            page: Some("http://127.0.0.1:4711/login/".to_owned()),
        }
    }

    #[test]
    fn a_block_names_every_address_the_header_and_everybody() {
        let upon = Upon {
            gateway: Some("http://127.0.0.1:4712".to_owned()),
            site: Some("http://127.0.0.1:4713".to_owned()),
        };
        let text = block("helpdesk", "tickets", &told(), &upon);
        for word in [
            "helpdesk",
            "tickets",
            "http://127.0.0.1:4711",
            "gateway  http://127.0.0.1:4712",
            "worker      http://127.0.0.1:4713",
            "/login/",
            "Authorization: Token a-1",
            "ana",
            "password secret",
            "beto@agents.test",
            "b-2",
        ] {
            assert!(text.contains(word), "{word} is missing in {text}");
        }
    }

    #[test]
    fn without_an_inbox_none_is_named() {
        let text = block("helpdesk", "tickets", &told(), &Upon::default());
        assert!(!text.contains("inbox"), "{text}");
    }

    #[test]
    fn ports_follow_each_other_from_the_first_one() {
        let mut ports = Ports(Some(4710));
        assert_eq!([ports.take(), ports.take(), ports.take()], [Some(4710), Some(4711), Some(4712)]);
        assert_eq!(Ports(None).take(), None);
    }
}

//! `connectors`: foreign back ends with data, for looking at and for trying connector files against.

use anyhow::Result;

use crate::{
    backends::{self, Awaited, Backend, Person, Told},
    project::Project,
    run,
    supervise::{Group, Stop},
};

/// Starts one back end or all, says where each is and how to sign in, and stays until Ctrl-C. With a port, the first
/// one listens there, the next one on the next, and so on.
pub(crate) fn run(project: &Project, wanted: Option<&str>, port: Option<u16>) -> Result<()> {
    let chosen = backends::named(project, wanted)?;
    let stop = Stop::listen()?;
    let mut group = Group::default();
    for ((name, backend), at) in chosen.iter().zip(0..) {
        let port = port.map(|port| port.saturating_add(at));
        eprintln!("==> Start {name} (a few seconds; the first time about 1 min more)");
        let Some(told) = start(project, &mut group, &stop, backend, port)? else {
            return Ok(());
        };
        ready(name, backend, &told);
    }
    println!(
        "  Their data is thrown away at the end. Ctrl-C stops {}.\n",
        if chosen.len() == 1 { "it" } else { "them" }
    );
    run::finish(group.wait(&stop)?)
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

/// What happens to each back end once it answers: its address and sign-ins are shown.
fn ready(name: &str, backend: &Backend, told: &Told) {
    println!("\n{}", block(name, &backend.about, told));
}

fn block(name: &str, about: &str, told: &Told) -> String {
    let (header, value) = &told.header;
    let mut lines = vec![format!("  {name}  {}", told.base_url), format!("    {about}")];
    lines.extend(told.page.as_ref().map(|page| format!("    sign in at {page}")));
    lines.push(format!("    requests carry  {header}: {value}"));
    lines.extend(told.people.iter().map(row));
    lines.join("\n") + "\n"
}

fn row(person: &Person) -> String {
    let password =
        person.password.as_ref().map(|password| format!("password {password}  ")).unwrap_or_default();
    format!("      {:<18} {password}token {}", person.name, person.token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_names_the_address_the_header_and_everybody() {
        let person = |name: &str, password: Option<&str>, token: &str| Person {
            name: name.to_owned(),
            password: password.map(str::to_owned),
            token: token.to_owned(),
        };
        let told = Told {
            base_url: "http://127.0.0.1:4711".to_owned(),
            header: ("Authorization".to_owned(), "Token a-1".to_owned()),
            people: vec![person("ana", Some("secret"), "a-1"), person("beto@agents.test", None, "b-2")],
            page: Some("http://127.0.0.1:4711/login/".to_owned()),
        };
        let text = block("helpdesk", "tickets", &told);
        for word in [
            "helpdesk",
            "tickets",
            "http://127.0.0.1:4711",
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
}

//! `run` and `dev`: the demo, for looking at and for working on.

use anyhow::{Result, bail};

use crate::{
    build,
    entries::{ADMIN, INBOX},
    exec::{Exec, step},
    project::Project,
    serve::{Demo, is_open},
    setup,
    supervise::{Ended, Group, Stop},
};

/// Where Trunk puts development builds, apart from the release in `dist`.
const DEV_DIST: &str = "target/dev-dist";
/// Trunk's address while developing, as `Trunk.toml` has it.
const DEV_PORT: u16 = 8080;
/// The server's port that `Trunk.toml` forwards `/api` to.
const DEV_SERVER_PORT: u16 = 4600;
const DEV_CONVERSATIONS: u32 = 5000;

/// Builds what is missing and runs the demo until Ctrl-C.
pub(crate) fn run(project: &mut Project, demo: &Demo, fresh: bool) -> Result<()> {
    demo.refuse_a_taken_port()?;
    if fresh {
        demo.forget(project)?;
    }
    build::app(project)?;
    let server = build::server(project)?;

    let stop = Stop::listen()?;
    let mut group = Group::default();
    group.start(demo.command(project, &server, &project.dist())?)?;
    if !demo.wait_until_up(&mut group, &stop)? {
        return Ok(());
    }
    println!("{}", demo.welcome(demo.port));
    finish(group.wait(&stop)?)
}

/// Runs the debug server behind Trunk, which rebuilds and reloads on every change of the app. Trunk knows one page
/// at a time: the inbox, or with `admin` the admins'.
pub(crate) fn dev(project: &mut Project, admin: bool) -> Result<()> {
    let entry = if admin { &ADMIN } else { &INBOX };
    let demo = Demo { port: DEV_SERVER_PORT, database: None, conversations: DEV_CONVERSATIONS };
    demo.refuse_a_taken_port()?;
    setup::for_bundle(project)?;
    step("Build the server for development (about 3 min the first time)", || {
        Exec::cargo(project).args(["build", "--package", "bandeja-server"]).on_stderr().run()
    })?;

    let stop = Stop::listen()?;
    let mut group = Group::default();
    let dist = project.path(DEV_DIST);
    group.start(demo.command(project, &project.server("debug"), &dist)?)?;
    if !demo.wait_until_up(&mut group, &stop)? {
        return Ok(());
    }
    group.start(Exec::new(project, "trunk").args(["serve", entry.page, "--dist", DEV_DIST]))?;
    eprintln!("==> Build the app for development (about 3 min the first time)");
    if !group.until(&stop, || is_open(DEV_PORT))? {
        return Ok(());
    }
    println!("{}", demo.welcome(DEV_PORT));
    println!("  The page reloads by itself when the app changes; the server stays as it was built.\n");
    finish(group.wait(&stop)?)
}

/// What the end of a group means for the chore that started it.
pub(crate) fn finish(ended: Ended) -> Result<()> {
    match ended {
        Ended::ByItself(status) if !status.success() => bail!("a program ended by itself ({status})"),
        Ended::Asked | Ended::ByItself(_) => Ok(()),
    }
}

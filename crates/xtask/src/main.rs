//! `cargo xtask`: every chore of the project by name. This file hands over to the chore; each has a file of
//! its own.

mod arguments;
mod backends;
mod bench;
mod build;
mod check;
mod conformance;
mod connectors;
mod dist;
mod entries;
mod exec;
mod files;
mod package;
mod project;
mod run;
mod serve;
mod setup;
mod size;
mod style;
mod supervise;
mod test;
mod tidy;

use std::process::ExitCode;

use anyhow::Result;

use crate::{
    arguments::{Asked, Verb},
    project::Project,
};

fn main() -> ExitCode {
    let done = arguments::read(std::env::args_os().skip(1)).and_then(|asked| match asked {
        Asked::Help => {
            println!("{}", arguments::HELP);
            Ok(())
        }
        Asked::Verb(verb) => perform(verb),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(verb: Verb) -> Result<()> {
    let mut project = Project::open()?;
    match verb {
        Verb::Run { demo, fresh } => run::run(&mut project, &demo, fresh),
        Verb::Dev { admin } => run::dev(&mut project, admin),
        Verb::Test { kind, extra } => test::run(&mut project, kind, &extra),
        Verb::Check => check::run(&mut project),
        Verb::Tidy => check::tidy(&project),
        Verb::Openapi => check::write_openapi(&project),
        Verb::Size { json } => size::run(&mut project, json),
        Verb::Package => package::run(&mut project),
        Verb::BenchBulk { conversations, json } => bench::bulk::run(&project, conversations, json),
        Verb::BenchSweep { conversations, json } => bench::sweep::run(&project, conversations, json),
        Verb::Connectors { name, port, wanted } => {
            connectors::run(&mut project, name.as_deref(), port, wanted)
        }
        Verb::Conformance { token, rest } => conformance::run(&project, token.as_deref(), &rest),
        Verb::Style => style::run(&project),
    }
}

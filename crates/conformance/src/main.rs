//! The command line of the check. The token may come from the environment, since arguments are seen by others.

use bandeja_conformance::{Options, catalogue, run};
use lexopt::prelude::*;
use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

const HELP: &str = "\
Says what of the REST contract a server answers, and what the app makes of the rest.

  --base-url URL      where the server is
  --token T           a bearer token; else the environment variable BANDEJA_TOKEN
  --sign-in NAME      sign in by that name; the token is then its password
  --write             try calls that change something, and put back what can be
  --conversation ID   try them on this one; replies to the contact are written only to a named one, or in a demo
  --timeout S         how long one answer may take [10]
  --heartbeat S       how long the event stream may be silent; 0 does not wait [20]
  --json, --markdown  for programs, for documents
  --points            only list the points, in Markdown";

#[derive(Clone, Copy)]
enum Form {
    Table,
    Json,
    Markdown,
}

/// What is wanted.
enum Asked {
    Help,
    Points,
    Run(Box<Options>, Form),
}

fn main() -> ExitCode {
    let (options, form) = match read() {
        Ok(Asked::Run(options, form)) => (options, form),
        Ok(Asked::Help) => {
            println!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Ok(Asked::Points) => {
            print!("{}", catalogue());
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::from(2);
        }
    };
    let report = run(&options, |told| eprintln!("{:<10}  {}", told.verdict, told.id));
    let text = match form {
        Form::Table => report.table(),
        Form::Json => report.json(),
        Form::Markdown => report.markdown(),
    };
    let written = std::io::stdout().lock().write_all(text.as_bytes());
    let good = written.is_ok() && report.summary().wrong == 0 && report.summary().complete > 0;
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn read() -> Result<Asked, lexopt::Error> {
    let (mut url, mut token) = (None, std::env::var("BANDEJA_TOKEN").ok());
    let mut name = None;
    let (mut write, mut conversation, mut form) = (false, None, Form::Table);
    let (mut timeout, mut heartbeat) = (10, 20);
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => return Ok(Asked::Help),
            Long("points") => return Ok(Asked::Points),
            Long("base-url") => url = Some(parser.value()?.string()?),
            Long("token") => token = Some(parser.value()?.string()?),
            Long("sign-in") => name = Some(parser.value()?.string()?),
            Long("write") => write = true,
            Long("conversation") => conversation = Some(parser.value()?.string()?),
            Long("timeout") => timeout = parser.value()?.parse::<u32>()?.max(1),
            Long("heartbeat") => heartbeat = parser.value()?.parse::<u32>()?,
            Long("json") => form = Form::Json,
            Long("markdown") => form = Form::Markdown,
            other => return Err(other.unexpected()),
        }
    }
    let url = url.ok_or("--base-url is missing")?;
    let token = token.ok_or("--token is missing, and so is BANDEJA_TOKEN")?;
    let mut options = Options::new(&url, &token).map_err(|error| error.to_string())?;
    options.name = name;
    options.write = write;
    options.conversation = conversation;
    options.patience = Duration::from_secs(timeout.into());
    options.heartbeat = Duration::from_secs(heartbeat.into());
    Ok(Asked::Run(Box::new(options), form))
}

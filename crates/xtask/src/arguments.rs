//! The command line: what can be asked for, and how it is asked.

use std::ffi::OsString;

use anyhow::{Context, Result, bail};
use lexopt::{
    Arg::{Long, Value},
    Parser, ValueExt as _,
};

use crate::{connectors::Wanted, serve::Demo, test::Kind};

/// What `--help` answers.
pub(crate) const HELP: &str = "\
Every chore of the project. Usage: cargo xtask VERB

  run         set up what is missing, build, and run the demo
                --port N            where the server listens [4600]
                --database URL      [sqlite:data/bandeja.db]
                --conversations N   how many a new database is filled with [5000]
                --fresh             remove the database file first
  dev         for working on it: a debug server, and Trunk with reload on port 8080
                --admin             with the admins' page in the place of the inbox
  test        format, invariants, and all tests
  test KIND   native, wasm (in headless Chromium), connectors (foreign back ends, needs
              Python), e2e (Playwright, release build) or pairs (the inbox on every foreign
              back end, in the browser and through the gateway, of which e2e takes half);
              what stands behind -- goes to the tool that runs them
  check       format, invariants, clippy, documentation, OpenAPI document, licences
  tidy        the invariants alone, in about a second
  openapi     write public/openapi.json as the server describes it
  size        what a browser downloads until each page works; --json for one line of JSON
  package     the elements as an npm package, target/npm/bandeja-inbox-VERSION.tgz
  connectors  foreign back ends with data, and an inbox on top of each, until Ctrl-C
                NAME                one of them: django-helpdesk, escalated-django, chatwoot
                --port N            where the first program listens, the others behind it [free ones]
                --bare              the back ends alone, to try connector files against
                --conformance       what of the REST contract each answers behind the gateway
  bench bulk  how long closing many at a time takes, and what others notice of it
                --conversations N   how many there are [100000]
                --json              one line of JSON
  bench sweep the same of closing idle conversations by their team's rule
  conformance what of the REST contract a server answers, and what the app makes of the rest
                --base-url URL      where the server is
                --token T           a bearer token; else the environment variable BANDEJA_TOKEN
                --sign-in NAME      sign in by that name; the token is then its password
                --write             try calls that change something, and put back what can be
                --conversation ID   try them on this one
                --timeout S         how long one answer may take [10]
                --heartbeat S       how long the event stream may be silent; 0 does not wait [20]
                --json, --markdown  for programs, for documents
                --points            only list the points
  style       join the style sheets into those that the pages load, in target/style";

/// What the user wants.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    Help,
    Verb(Verb),
}

/// One chore with its arguments.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    Run { demo: Demo, fresh: bool },
    Dev { admin: bool },
    Test { kind: Option<Kind>, extra: Vec<String> },
    Check,
    Tidy,
    Openapi,
    Size { json: bool },
    Package,
    BenchBulk { conversations: u32, json: bool },
    BenchSweep { conversations: u32, json: bool },
    Connectors { name: Option<String>, port: Option<u16>, wanted: Wanted },
    Conformance { token: Option<String>, rest: Vec<String> },
    Style,
}

/// Reads the arguments, the program's own name left out.
pub(crate) fn read(arguments: impl IntoIterator<Item = impl Into<OsString>>) -> Result<Asked> {
    let arguments: Vec<OsString> = arguments.into_iter().map(Into::into).collect();
    let mut before_dashes = arguments.iter().take_while(|argument| *argument != "--");
    if before_dashes.any(|argument| argument == "--help" || argument == "-h") {
        return Ok(Asked::Help);
    }
    let mut parser = Parser::from_args(arguments);
    let verb = match parser.next()? {
        None => return Ok(Asked::Help),
        Some(Value(verb)) => verb.string()?,
        Some(other) => return Err(other.unexpected()).context("a verb comes first; see cargo xtask --help"),
    };
    let verb = match verb.as_str() {
        "help" => return Ok(Asked::Help),
        "run" => run(&mut parser)?,
        "test" => test(&mut parser)?,
        "size" => size(&mut parser)?,
        "bench" => bench(&mut parser)?,
        "conformance" => conformance(&mut parser)?,
        "dev" => dev(&mut parser)?,
        "connectors" => connectors(&mut parser)?,
        "check" => Verb::Check,
        "tidy" => Verb::Tidy,
        "openapi" => Verb::Openapi,
        "package" => Verb::Package,
        "style" => Verb::Style,
        other => bail!("there is no `{other}`; cargo xtask --help lists what there is"),
    };
    match parser.next()? {
        None => Ok(Asked::Verb(verb)),
        Some(other) => Err(other.unexpected().into()),
    }
}

fn run(parser: &mut Parser) -> Result<Verb> {
    let mut demo = Demo { port: 4600, database: None, conversations: 5000 };
    let mut fresh = false;
    while let Some(option) = option(parser) {
        match option.as_str() {
            "port" => demo.port = number(parser, "--port")?,
            "conversations" => demo.conversations = number(parser, "--conversations")?,
            "database" => demo.database = Some(parser.value()?.string()?),
            "fresh" => fresh = true,
            other => bail!("`run` has no --{other}; see cargo xtask --help"),
        }
    }
    Ok(Verb::Run { demo, fresh })
}

fn test(parser: &mut Parser) -> Result<Verb> {
    let mut rest: Vec<String> = Vec::new();
    for argument in parser.raw_args()? {
        rest.push(argument.string()?);
    }
    let (named, extra) = match rest.iter().position(|argument| argument == "--") {
        Some(at) => (rest.drain(..at).collect::<Vec<_>>(), rest.into_iter().skip(1).collect()),
        None => (rest, Vec::new()),
    };
    let kind = match named.as_slice() {
        [] => None,
        [kind] => Some(match kind.as_str() {
            "native" => Kind::Native,
            "wasm" => Kind::Wasm,
            "connectors" => Kind::Connectors,
            "e2e" => Kind::E2e,
            "pairs" => Kind::Pairs,
            other => bail!("`{other}` is no kind of test; there are native, wasm, connectors, e2e and pairs"),
        }),
        _ => bail!("one kind of test at a time; arguments for the tool stand behind --"),
    };
    Ok(Verb::Test { kind, extra })
}

fn dev(parser: &mut Parser) -> Result<Verb> {
    match option(parser).as_deref() {
        None => Ok(Verb::Dev { admin: false }),
        Some("admin") => Ok(Verb::Dev { admin: true }),
        Some(other) => bail!("`dev` has no --{other}; see cargo xtask --help"),
    }
}

fn size(parser: &mut Parser) -> Result<Verb> {
    match option(parser).as_deref() {
        None => Ok(Verb::Size { json: false }),
        Some("json") => Ok(Verb::Size { json: true }),
        Some(other) => bail!("`size` has no --{other}; see cargo xtask --help"),
    }
}

fn bench(parser: &mut Parser) -> Result<Verb> {
    const WANTED: &str = "say what is to be measured: bench bulk, bench sweep";
    let what = match parser.next()? {
        Some(Value(what)) => what.string()?,
        Some(other) => return Err(other.unexpected()).context(WANTED),
        None => bail!(WANTED),
    };
    if !["bulk", "sweep"].contains(&what.as_str()) {
        bail!("`{what}` is nothing to measure; there are bulk and sweep");
    }
    let (mut conversations, mut json) = (100_000, false);
    while let Some(option) = option(parser) {
        match option.as_str() {
            "conversations" => conversations = number(parser, "--conversations")?,
            "json" => json = true,
            other => bail!("`bench {what}` has no --{other}; see cargo xtask --help"),
        }
    }
    Ok(if what == "bulk" {
        Verb::BenchBulk { conversations, json }
    } else {
        Verb::BenchSweep { conversations, json }
    })
}

fn connectors(parser: &mut Parser) -> Result<Verb> {
    let (mut name, mut port, mut wanted) = (None, None, Wanted::Inbox);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("bare") => wanted = Wanted::Bare,
            Long("conformance") => wanted = Wanted::Conformance,
            Long("port") => port = Some(number(parser, "--port")?),
            Value(value) if name.is_none() => name = Some(value.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Verb::Connectors { name, port, wanted })
}

/// The token apart, since it must not stand among a command's arguments, where others see it.
fn conformance(parser: &mut Parser) -> Result<Verb> {
    let (mut token, mut rest) = (None, Vec::new());
    while let Some(option) = option(parser) {
        match option.as_str() {
            "token" => token = Some(parser.value()?.string()?),
            "base-url" | "sign-in" | "conversation" | "timeout" | "heartbeat" => {
                rest.push(format!("--{option}={}", parser.value()?.string()?));
            }
            "write" | "json" | "markdown" | "points" => rest.push(format!("--{option}")),
            other => bail!("`conformance` has no --{other}; see cargo xtask --help"),
        }
    }
    if !rest.iter().any(|option| option.starts_with("--base-url=") || option == "--points") {
        bail!("say which server is to be asked: --base-url URL");
    }
    Ok(Verb::Conformance { token, rest })
}

/// The next long option, unless something else comes next.
fn option(parser: &mut Parser) -> Option<String> {
    let next = parser.try_raw_args()?.peek()?.to_str()?.to_owned();
    if !next.starts_with("--") || next == "--" {
        return None;
    }
    match parser.next() {
        Ok(Some(Long(name))) => Some(name.to_owned()),
        _ => None,
    }
}

fn number<T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>>(
    parser: &mut Parser,
    option: &str,
) -> Result<T> {
    parser.value()?.parse().with_context(|| format!("{option} takes a number"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verb(line: &str) -> Verb {
        match read(line.split_whitespace()).unwrap() {
            Asked::Verb(verb) => verb,
            Asked::Help => panic!("`{line}` asked for help"),
        }
    }

    fn refusal(line: &str) -> String {
        format!("{:#}", read(line.split_whitespace()).unwrap_err())
    }

    #[test]
    fn run_without_options_is_the_demo_on_its_usual_port() {
        let demo = Demo { port: 4600, database: None, conversations: 5000 };
        assert_eq!(verb("run"), Verb::Run { demo, fresh: false });
    }

    #[test]
    fn options_come_in_any_order_with_or_without_an_equals_sign() {
        let expected =
            Demo { port: 4700, database: Some("sqlite:data/x.db".to_owned()), conversations: 100_000 };
        let line = "run --fresh --conversations=100000 --port 4700 --database sqlite:data/x.db";
        assert_eq!(verb(line), Verb::Run { demo: expected, fresh: true });
    }

    #[test]
    fn arguments_behind_two_dashes_are_for_the_tool() {
        let extra = vec!["--headed".to_owned(), "--".to_owned(), "x".to_owned()];
        assert_eq!(verb("test e2e -- --headed -- x"), Verb::Test { kind: Some(Kind::E2e), extra });
        assert_eq!(verb("test"), Verb::Test { kind: None, extra: Vec::new() });
        assert_eq!(verb("test pairs"), Verb::Test { kind: Some(Kind::Pairs), extra: Vec::new() });
    }

    #[test]
    fn size_answers_in_json_when_asked() {
        assert_eq!(verb("size --json"), Verb::Size { json: true });
        assert_eq!(verb("size"), Verb::Size { json: false });
    }

    #[test]
    fn a_bench_says_what_it_measures() {
        let bulk = |conversations, json| Verb::BenchBulk { conversations, json };
        assert_eq!(verb("bench bulk"), bulk(100_000, false));
        assert_eq!(verb("bench bulk --json --conversations 500"), bulk(500, true));
        let sweep = Verb::BenchSweep { conversations: 500, json: true };
        assert_eq!(verb("bench sweep --conversations 500 --json"), sweep);
        assert!(refusal("bench").contains("bench bulk"));
        assert!(refusal("bench list").contains("list"));
        assert!(refusal("bench bulk --quick").contains("--quick"));
    }

    #[test]
    fn one_back_end_is_named_or_all_are_meant() {
        let asked = |name: Option<&str>, port| Verb::Connectors {
            name: name.map(str::to_owned),
            port,
            wanted: Wanted::Inbox,
        };
        assert_eq!(verb("connectors"), asked(None, None));
        assert_eq!(verb("connectors chatwoot --port 4710"), asked(Some("chatwoot"), Some(4710)));
        assert_eq!(verb("connectors --port=4710"), asked(None, Some(4710)));
        let only = |wanted| Verb::Connectors { name: None, port: None, wanted };
        assert_eq!(verb("connectors --bare"), only(Wanted::Bare));
        assert_eq!(verb("connectors --conformance"), only(Wanted::Conformance));
        assert!(refusal("connectors one two").contains("two"));
        assert!(refusal("connectors --fresh").contains("--fresh"));
    }

    #[test]
    fn conformance_keeps_the_token_apart() {
        let line = "conformance --base-url http://a.test --token=secret --write --conversation 7 --json";
        let rest = ["--base-url=http://a.test", "--write", "--conversation=7", "--json"];
        let rest = rest.map(str::to_owned).to_vec();
        assert_eq!(verb(line), Verb::Conformance { token: Some("secret".to_owned()), rest });
        assert!(refusal("conformance --token x").contains("--base-url"));
        assert!(refusal("conformance --all").contains("--all"));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        assert!(refusal("rnu").contains("rnu"));
        assert!(refusal("run --prot 1").contains("--prot"));
        assert!(refusal("run --port many").contains("--port"));
        assert!(refusal("run extra").contains("extra"));
        assert!(refusal("test unit").contains("unit"));
        assert!(refusal("check --fast").contains("--fast"));
    }

    #[test]
    fn help_is_there_in_every_place_one_looks_for_it() {
        for line in ["", "help", "--help", "-h", "run --help", "test --help"] {
            assert_eq!(read(line.split_whitespace()).unwrap(), Asked::Help, "{line}");
        }
    }

    #[test]
    fn the_help_names_every_verb() {
        for name in [
            "run",
            "dev",
            "test",
            "check",
            "tidy",
            "openapi",
            "size",
            "bench",
            "connectors",
            "conformance",
            "style",
        ] {
            assert!(HELP.contains(&format!("\n  {name} ")), "{name}");
        }
    }
}

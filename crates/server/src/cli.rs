//! The command line: every flag can also be given as an environment variable `BANDEJA_…`.

mod admin;
mod api_key;
mod connector;
mod gateway;
mod keys;
mod run;

use crate::origin::{Origin, OriginError};
use crate::store::StoreError;
use crate::store::seed::SeedError;
use crate::zone::Zone;
use chrono::TimeDelta;
use clap::{Args, Parser, Subcommand};
use keys::{CreateKey, Keys, ListKeys, RevokeKey};
use std::fmt;
use std::path::PathBuf;
use std::process::ExitCode;

/// The reference back end of Bandeja, the agents' inbox.
#[derive(Debug, Parser)]
#[command(name = "bandeja-server", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API, and the app's files if told where they are.
    Serve(Serve),
    /// Fill an empty database with demo data.
    Seed(Seed),
    /// Print a bearer token for a user; nothing else goes to standard output.
    Token(Token),
    /// Print the lines with the secrets that gateways sign with.
    Lines(Lines),
    /// Print the OpenAPI document.
    Openapi,
    /// Make the first super admin. The password is read from standard input or `BANDEJA_PASSWORD`.
    FirstAdmin(FirstAdmin),
    /// Let a user in, or out: who is deactivated is signed out everywhere and gets nothing new.
    User(User),
    /// API keys: with one, a CRM's back end asks for tokens to embed the inbox with.
    #[command(subcommand)]
    ApiKey(Keys),
    /// Serve the API in front of a foreign one, as a connector file describes it.
    Gateway(gateway::Gateway),
    /// Read a connector file, and try it against a live API.
    #[command(subcommand)]
    Connector(connector::Connector),
    /// What a gateway runs for each engine; nothing to be called by hand.
    #[command(hide = true)]
    GatewayEngine,
}

/// Where the data is.
#[derive(Args, Debug)]
struct Database {
    /// The embedded database; its folder is made if it is missing.
    #[arg(long, env = "BANDEJA_DATABASE", default_value = "sqlite:data/bandeja.db", value_parser = database)]
    database: PathBuf,
}

#[derive(Args, Debug)]
struct Serve {
    #[command(flatten)]
    at: Database,
    /// Address and port; port 0 takes a free one.
    #[arg(long, env = "BANDEJA_LISTEN", default_value = "127.0.0.1:8080")]
    listen: String,
    /// Folder of the built app.
    #[arg(long, env = "BANDEJA_DIST")]
    dist: Option<PathBuf>,
    /// Fill an empty database with demo data, let demo users in, let the clock be moved.
    #[arg(long, env = "BANDEJA_DEMO")]
    demo: bool,
    /// How many demo conversations.
    #[arg(long, env = "BANDEJA_CONVERSATIONS", default_value_t = 5_000)]
    conversations: usize,
    /// The same seed gives the same demo data.
    #[arg(long, env = "BANDEJA_SEED", default_value_t = 1)]
    seed: u64,
    /// Time zone of the installation, as in `America/Mexico_City`: when its days begin and end.
    #[arg(long, env = "BANDEJA_TIME_ZONE", value_parser = time_zone)]
    time_zone: Option<Zone>,
    /// Where no time zone is named: the offset from UTC, as in `-06:00` or in seconds.
    #[arg(long, env = "BANDEJA_UTC_OFFSET", default_value = "00:00", value_parser = utc_offset, allow_hyphen_values = true)]
    utc_offset: Zone,
    /// Believe `X-Forwarded-Proto` and `X-Forwarded-For`: a proxy of ours sets them.
    #[arg(long, env = "BANDEJA_BEHIND_PROXY")]
    behind_proxy: bool,
    /// Sites whose pages may call the API with a token of their own, besides the origins of API keys.
    #[arg(long, env = "BANDEJA_ALLOW_ORIGIN", value_name = "ORIGIN", value_delimiter = ',', value_parser = origin)]
    allow_origin: Vec<Origin>,
    /// Sites that may show the page at /embed in a frame, besides the origins of API keys.
    #[arg(
        long,
        env = "BANDEJA_FRAME_ANCESTORS",
        value_name = "ORIGIN",
        value_delimiter = ',',
        num_args = 1..,
        value_parser = origin
    )]
    frame_ancestors: Vec<Origin>,
}

impl Serve {
    /// Where the installation's days begin and end.
    fn zone(&self) -> Zone {
        self.time_zone.unwrap_or(self.utc_offset)
    }
}

#[derive(Args, Debug)]
struct Seed {
    #[command(flatten)]
    at: Database,
    /// How many conversations.
    #[arg(long, env = "BANDEJA_CONVERSATIONS", default_value_t = 5_000)]
    conversations: usize,
    /// The same seed gives the same data.
    #[arg(long = "seed", env = "BANDEJA_SEED", default_value_t = 1)]
    number: u64,
}

#[derive(Args, Debug)]
struct Token {
    #[command(flatten)]
    at: Database,
    /// Mail address of the user.
    #[arg(long, env = "BANDEJA_USER")]
    user: String,
    /// How long it is good: a number and s, m, h or d.
    #[arg(long, env = "BANDEJA_TTL", default_value = "1h", value_parser = ttl)]
    ttl: TimeDelta,
}

#[derive(Args, Debug)]
struct Lines {
    #[command(flatten)]
    at: Database,
    /// As JSON: `[{"id","channel","name","secret"}]`.
    #[arg(long, env = "BANDEJA_JSON")]
    json: bool,
}

#[derive(Args, Debug)]
struct FirstAdmin {
    #[command(flatten)]
    at: Database,
    /// Mail address to sign in with.
    #[arg(long, env = "BANDEJA_EMAIL")]
    email: String,
    /// Full name.
    #[arg(long, env = "BANDEJA_NAME")]
    name: String,
}

#[derive(Args, Debug)]
#[group(id = "what", required = true, multiple = false, args = ["deactivate", "activate"])]
struct User {
    #[command(flatten)]
    at: Database,
    /// Mail address of the user.
    #[arg(long, env = "BANDEJA_EMAIL")]
    email: String,
    /// Sign them out everywhere and let them in no more.
    #[arg(long, env = "BANDEJA_DEACTIVATE")]
    deactivate: bool,
    /// Let them in again.
    #[arg(long, env = "BANDEJA_ACTIVATE")]
    activate: bool,
}

/// Why a command failed, in words for whoever runs the server.
#[derive(Debug)]
enum Failure {
    /// The database failed.
    Store(StoreError),
    /// Files or the network failed: doing what, and why.
    Io(String, std::io::Error),
    /// What was asked for cannot be done.
    Refused(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Io(what, error) => write!(f, "{what}: {error}"),
            Self::Refused(why) => f.write_str(why),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<SeedError> for Failure {
    fn from(error: SeedError) -> Self {
        match error {
            SeedError::Store(error) => Self::Store(error),
            other => Self::Refused(other.to_string()),
        }
    }
}

/// Runs what the command line asks for.
pub async fn main() -> ExitCode {
    let cli = Cli::parse();
    log_to_stderr();
    let done = match cli.command {
        Command::Serve(serve) => run::serve(serve).await,
        Command::Seed(seed) => run::seed(seed).await,
        Command::Token(token) => admin::token(token).await,
        Command::Lines(lines) => admin::lines(lines).await,
        Command::Openapi => admin::print(crate::api::openapi::document()),
        Command::FirstAdmin(first) => admin::first_admin(first).await,
        Command::User(user) => admin::user(user).await,
        Command::ApiKey(Keys::Create(asked)) => api_key::create(asked).await,
        Command::ApiKey(Keys::List(asked)) => api_key::list(asked).await,
        Command::ApiKey(Keys::Revoke(asked)) => api_key::revoke(asked).await,
        Command::Gateway(asked) => gateway::serve(asked).await,
        Command::Connector(asked) => connector::run(asked).await,
        Command::GatewayEngine => gateway::engine().await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("bandeja-server: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// `RUST_LOG` chooses what is logged; by default our own words and others' warnings.
fn log_to_stderr() {
    use tracing_subscriber::EnvFilter;
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,bandeja_server=info"));
    let stderr = std::io::stderr;
    let ansi = std::io::IsTerminal::is_terminal(&stderr());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr).with_ansi(ansi).init();
}

fn database(text: &str) -> Result<PathBuf, String> {
    let path = match text.split_once(':') {
        Some(("sqlite", path)) => path.strip_prefix("//").unwrap_or(path),
        _ => return Err("only sqlite:PATH is known".to_owned()),
    };
    let path = path.split('?').next().unwrap_or_default();
    if path.is_empty() || path == ":memory:" {
        return Err("name a file: sqlite:PATH".to_owned());
    }
    Ok(PathBuf::from(path))
}

fn ttl(text: &str) -> Result<TimeDelta, String> {
    let split = text.len().saturating_sub(1);
    let (number, unit) = text.split_at_checked(split).unwrap_or_default();
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        _ => return Err("write a number and s, m, h or d, as in 90m".to_owned()),
    };
    let number: u32 = number.parse().map_err(|_| "the number before the unit is wrong".to_owned())?;
    TimeDelta::try_seconds(i64::from(number) * seconds).ok_or_else(|| "too long".to_owned())
}

fn origin(text: &str) -> Result<Origin, OriginError> {
    text.parse()
}

fn time_zone(text: &str) -> Result<Zone, String> {
    let named = text.parse().map(Zone::Named);
    named.map_err(|_| "write a name of the IANA's list, as in America/Mexico_City".to_owned())
}

fn utc_offset(text: &str) -> Result<Zone, String> {
    let wrong = || "write ±HH:MM, as in -06:00, or seconds".to_owned();
    let seconds = match text.trim_start_matches(['+', '-']).split_once(':') {
        Some((hours, minutes)) => {
            let (hours, minutes) = (hours.parse::<i32>(), minutes.parse::<i32>());
            let (hours, minutes) = (hours.map_err(|_| wrong())?, minutes.map_err(|_| wrong())?);
            let sign = if text.starts_with('-') { -1 } else { 1 };
            if !(0..60).contains(&minutes) || !(0..=14).contains(&hours) {
                return Err(wrong());
            }
            sign * (hours * 3_600 + minutes * 60)
        }
        None => text.parse().map_err(|_| wrong())?,
    };
    let is_in_use = (-50_400..=50_400).contains(&seconds);
    Zone::ahead_by(seconds).filter(|_| is_in_use).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent_and_every_flag_has_its_variable() {
        let command = Cli::command();
        command.clone().debug_assert();
        let inner = command.get_subcommands().flat_map(clap::Command::get_subcommands);
        for sub in command.get_subcommands().chain(inner) {
            for flag in sub.get_arguments().filter(|flag| flag.get_long().is_some()) {
                let name = flag.get_long().unwrap();
                let variable = format!("BANDEJA_{}", name.replace('-', "_").to_uppercase());
                assert_eq!(flag.get_env().unwrap(), variable.as_str(), "{}", sub.get_name());
            }
        }
    }

    #[test]
    fn a_user_is_either_let_in_or_out() {
        let parse = |line: &str| Cli::try_parse_from(line.split(' ')).is_ok();
        assert!(parse("bandeja-server user --email a@b.test --deactivate"));
        assert!(parse("bandeja-server user --email a@b.test --activate"));
        assert!(!parse("bandeja-server user --email a@b.test"));
        assert!(!parse("bandeja-server user --email a@b.test --activate --deactivate"));
    }

    #[test]
    fn origins_stand_one_by_one_or_behind_commas_and_wrong_ones_say_why() {
        let parse = |line: &str| Cli::try_parse_from(line.split(' ')).map(|cli| cli.command);
        let line = "bandeja-server serve --frame-ancestors https://a.test https://b.test --allow-origin https://c.test/";
        let Ok(Command::Serve(serve)) = parse(line) else { panic!("not read") };
        let ancestors: Vec<_> = serve.frame_ancestors.iter().map(Origin::as_str).collect();
        assert_eq!((ancestors, serve.allow_origin.len()), (vec!["https://a.test", "https://b.test"], 1));
        let line = "bandeja-server api-key create --name CRM --origins https://a.test,https://b.test";
        let Ok(Command::ApiKey(Keys::Create(asked))) = parse(line) else { panic!("not read") };
        assert_eq!(asked.origins.len(), 2);
        for (origin, why) in
            [("*", "many sites"), ("https://a.test/crm", "write https://a.test"), ("crm", "no address")]
        {
            for flag in
                ["serve --allow-origin", "serve --frame-ancestors", "api-key create --name C --origins"]
            {
                let said = parse(&format!("bandeja-server {flag} {origin}")).unwrap_err().to_string();
                assert!(said.contains(why), "{flag} {origin}: {said}");
            }
        }
        assert!(parse("bandeja-server api-key create --name CRM").is_err(), "a key names its pages");
    }

    #[test]
    fn durations_and_offsets_are_read() {
        assert_eq!(ttl("90m"), Ok(TimeDelta::minutes(90)));
        assert_eq!(ttl("1d"), Ok(TimeDelta::days(1)));
        assert!(ttl("").is_err() && ttl("5").is_err() && ttl("-5s").is_err() && ttl("5ñ").is_err());
        let ahead_by = |seconds| Zone::ahead_by(seconds).ok_or_else(String::new);
        assert_eq!(utc_offset("-06:00"), ahead_by(-21_600));
        assert_eq!(utc_offset("05:30"), ahead_by(19_800));
        assert_eq!(utc_offset("-10800"), ahead_by(-10_800));
        assert!(utc_offset("15:00").is_err() && utc_offset("x").is_err() && utc_offset("99999").is_err());
    }

    #[test]
    fn a_time_zone_goes_before_an_offset() {
        let parse = |line: &str| Cli::try_parse_from(line.split(' ')).map(|cli| cli.command);
        let both = parse("bandeja-server serve --utc-offset -06:00 --time-zone Europe/Madrid");
        let Ok(Command::Serve(serve)) = both else { panic!("not read") };
        assert_eq!(serve.zone(), time_zone("Europe/Madrid").unwrap());
        let Ok(Command::Serve(serve)) = parse("bandeja-server serve --utc-offset -06:00") else {
            panic!("not read")
        };
        assert_eq!(serve.zone(), Zone::ahead_by(-21_600).unwrap());
        let Ok(Command::Serve(serve)) = parse("bandeja-server serve") else { panic!("not read") };
        assert_eq!(serve.zone(), Zone::default());
        assert!(parse("bandeja-server serve --time-zone Europe/Nowhere").is_err());
    }

    #[test]
    fn the_database_is_a_file() {
        assert_eq!(database("sqlite:data/bandeja.db"), Ok(PathBuf::from("data/bandeja.db")));
        assert_eq!(database("sqlite:///tmp/x.db"), Ok(PathBuf::from("/tmp/x.db")));
        assert!(database("sqlite::memory:").is_err() && database("postgres://x").is_err());
    }
}

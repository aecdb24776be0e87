//! `gateway` and `gateway-engine`: the contract in front of a foreign API.

use super::{Failure, admin, run};
use crate::gateway::{self, Connector, GatewayError, Settings, read_secrets};
use bandeja_connector::backend::SignInBy;
use bandeja_connector::plan::{self, Plan};
use bandeja_contract::SignInWay;
use clap::Args;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::net::TcpListener;

/// Which connector, in front of what.
#[derive(Args, Debug)]
pub(super) struct File {
    /// The foreign API's address: the setting `base_url`.
    #[arg(long, env = "BANDEJA_BASE_URL")]
    pub(super) base_url: Option<String>,
    /// A setting of the file, as in `account=3`; in the variable several are parted by `;`.
    #[arg(long = "set", env = "BANDEJA_SET", value_parser = setting, value_delimiter = ';', value_name = "NAME=VALUE")]
    pub(super) set: Vec<(String, String)>,
    /// A file of lines `name=value` with secrets; others come from variables `BANDEJA_SECRET_<NAME>`.
    #[arg(long, env = "BANDEJA_SECRETS")]
    pub(super) secrets: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(super) struct Gateway {
    /// The connector file.
    #[arg(long, env = "BANDEJA_CONNECTOR")]
    connector: PathBuf,
    #[command(flatten)]
    file: File,
    /// Address and port; port 0 takes a free one.
    #[arg(long, env = "BANDEJA_LISTEN", default_value = "127.0.0.1:8080")]
    listen: String,
    /// Folder of the built app.
    #[arg(long, env = "BANDEJA_DIST")]
    dist: Option<PathBuf>,
    /// Believe `X-Forwarded-Proto` and `X-Forwarded-For`: a proxy of ours sets them.
    #[arg(long, env = "BANDEJA_BEHIND_PROXY")]
    behind_proxy: bool,
    /// Where nobody signs in: something in front checks who comes.
    #[arg(long, env = "BANDEJA_TRUST_NETWORK")]
    trust_network: bool,
    /// Seconds without a sign of life after which an engine is ended: an expression does not come to its end.
    #[arg(long, env = "BANDEJA_PATIENCE", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..))]
    patience: u64,
    /// Minutes after which an engine is ended that nobody calls; whoever signed in then signs in again.
    #[arg(long, env = "BANDEJA_IDLE", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..))]
    idle: u64,
}

impl From<GatewayError> for Failure {
    fn from(error: GatewayError) -> Self {
        match error {
            GatewayError::Io(what, error) => Self::Io(what, error),
            GatewayError::Mistakes(words) | GatewayError::Refused(words) => Self::Refused(words),
        }
    }
}

impl File {
    /// The file with what it is given, read and without a mistake.
    pub(super) fn read(self, path: &Path) -> Result<(Connector, Plan), Failure> {
        let io = |error| Failure::Io(format!("cannot read {}", path.display()), error);
        let text = std::fs::read_to_string(path).map_err(io)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let plan = plan::read(&name, &text).map_err(|mistakes| Failure::Refused(mistakes.to_string()))?;
        let mut settings: BTreeMap<String, String> = self.set.into_iter().collect();
        if let Some(base) = self.base_url {
            if !base.starts_with("https://") && !base.starts_with("http://") {
                return Err(Failure::Refused(format!(
                    "--base-url {base}: write a whole address, as in https://…"
                )));
            }
            settings.insert("base_url".to_owned(), base.trim_end_matches('/').to_owned());
        }
        let secrets = read_secrets(std::env::vars(), self.secrets.as_deref())?;
        Ok((Connector { name, text, settings, secrets }, plan))
    }
}

/// Settings that are not given, or that the file does not have.
pub(super) fn check_settings(connector: &Connector, plan: &Plan) -> Result<(), Failure> {
    for setting in &plan.settings {
        if setting.default.is_none() && !connector.settings.contains_key(&setting.name) {
            let flag = if setting.name == "base_url" { "--base-url URL" } else { "--set" };
            return Err(Failure::Refused(format!(
                "{} needs the setting {} ({}): give it by {flag}",
                connector.name, setting.name, setting.about
            )));
        }
    }
    let is_known = |name: &str| plan.settings.iter().any(|setting| setting.name == name);
    match connector.settings.keys().find(|name| !is_known(name)) {
        Some(name) => Err(Failure::Refused(format!(
            "{} has no setting {name}: its `settings` name all",
            connector.name
        ))),
        None => Ok(()),
    }
}

/// Whether everybody works with the secrets of the environment: nobody can sign in, or need not, because what
/// signing in would give is there.
fn is_shared(plan: &Plan, secrets: &BTreeMap<String, String>) -> bool {
    let has_all = |names: &[String]| !names.is_empty() && names.iter().all(|name| secrets.contains_key(name));
    match plan.auth.sign_in {
        SignInBy::Nothing => true,
        SignInBy::Token => has_all(&plan.auth.with.secrets()),
        // Name and password become the secrets of `basic`.
        SignInBy::Password if plan.auth.sign_in_steps.is_empty() => has_all(&plan.auth.with.secrets()),
        SignInBy::Password => {
            let kept: Vec<_> = plan.auth.keeps.iter().map(|(name, _)| name.clone()).collect();
            has_all(&kept)
        }
    }
}

pub(super) async fn serve(asked: Gateway) -> Result<(), Failure> {
    let (connector, plan) = asked.file.read(&asked.connector)?;
    check_settings(&connector, &plan)?;
    if let Some(dist) = asked.dist.as_deref().filter(|dist| !dist.join("index.html").is_file()) {
        return Err(Failure::Refused(format!("there is no index.html in {}", dist.display())));
    }
    let program = std::env::current_exe()
        .map_err(|error| Failure::Io("cannot find this program's own file".to_owned(), error))?;
    let settings = Settings {
        shared: is_shared(&plan, &connector.secrets),
        sign_in: match plan.auth.sign_in {
            SignInBy::Nothing => Some(SignInWay::Elsewhere),
            SignInBy::Token => Some(SignInWay::Token),
            SignInBy::Password => Some(SignInWay::Name),
        },
        bearer_secret: plan.auth.with.token_secret(),
        connector,
        dist: asked.dist,
        behind_proxy: asked.behind_proxy,
        trust_network: asked.trust_network,
        program,
        patience: Duration::from_secs(asked.patience),
        idle: Duration::from_secs(asked.idle.saturating_mul(60)),
    };
    let io = |error| Failure::Io(format!("cannot listen on {}", asked.listen), error);
    let listener = TcpListener::bind(&asked.listen).await.map_err(io)?;
    let address = listener.local_addr().map_err(io)?;
    settings.check_address(&address)?;
    admin::print(&format!("listening on http://{address}\n"))?;
    Ok(gateway::serve(listener, settings, run::told_to_stop()).await?)
}

/// The process that a gateway starts for each engine.
pub(super) async fn engine() -> Result<(), Failure> {
    gateway::engine::run().await.map_err(|error| Failure::Io("an engine cannot run".to_owned(), error))
}

fn setting(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or_else(|| "write name=value".to_owned())?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

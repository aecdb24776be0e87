//! The server's binary: reads the command line, logs to stderr, runs.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    bandeja_server::cli::main().await
}

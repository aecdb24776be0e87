//! Running other programs: found on the project's search path, free of cargo's own variables, with errors
//! that name the command.

use std::{
    env,
    ffi::OsStr,
    io,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::project::Project;

/// A command on its way to being run.
pub(crate) struct Exec {
    command: Command,
    shown: String,
}

impl Exec {
    /// A command in the project's root. `program` is a name to search for, or a path.
    pub(crate) fn new(project: &Project, program: impl AsRef<OsStr>) -> Self {
        let program = program.as_ref();
        let found = program.to_str().and_then(|name| project.find(name));
        let mut command = Command::new(found.as_deref().unwrap_or(Path::new(program)));
        command.current_dir(project.root()).env("PATH", project.search_path());
        // `cargo xtask` runs inside `cargo run`, which describes the xtask crate to its children. A cargo
        // started from here would take some of that for settings and rebuild what needs no rebuild.
        for (name, _) in env::vars_os() {
            if name.to_str().is_some_and(is_about_this_crate) {
                command.env_remove(name);
            }
        }
        let shown = Path::new(program).file_name().unwrap_or(program).to_string_lossy().into_owned();
        Self { command, shown }
    }

    /// `cargo`, of the toolchain that runs this.
    pub(crate) fn cargo(project: &Project) -> Self {
        Self::new(project, "cargo")
    }

    pub(crate) fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        let arg = arg.as_ref();
        self.shown.push(' ');
        self.shown.push_str(&arg.to_string_lossy());
        self.command.arg(arg);
        self
    }

    pub(crate) fn args<S: AsRef<OsStr>>(self, args: impl IntoIterator<Item = S>) -> Self {
        args.into_iter().fold(self, Self::arg)
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn dir(mut self, dir: &Path) -> Self {
        self.command.current_dir(dir);
        self
    }

    /// Sends what the program prints to standard error, so that a chore's own answer stays alone on
    /// standard output.
    pub(crate) fn on_stderr(mut self) -> Self {
        self.command.stdout(Stdio::from(io::stderr()));
        self
    }

    /// Runs it to the end; anything but success is an error that names the command.
    pub(crate) fn run(mut self) -> Result<()> {
        let status = self.command.status().with_context(|| format!("cannot start `{}`", self.shown))?;
        if !status.success() {
            bail!("`{}` failed ({status})", self.shown);
        }
        Ok(())
    }

    /// Runs it and answers what it wrote to standard output.
    pub(crate) fn read(self) -> Result<String> {
        let shown = self.shown.clone();
        let (status, text) = self.answer()?;
        if !status.success() {
            bail!("`{shown}` failed ({status})");
        }
        Ok(text)
    }

    /// The same for a program that fails where it has found something: what it wrote is answered all the same.
    pub(crate) fn read_whatever(self) -> Result<String> {
        self.answer().map(|(_, text)| text)
    }

    fn answer(mut self) -> Result<(ExitStatus, String)> {
        let output = self
            .command
            .stderr(Stdio::inherit())
            .output()
            .with_context(|| format!("cannot start `{}`", self.shown))?;
        let text = String::from_utf8(output.stdout)
            .with_context(|| format!("`{}` wrote something else than text", self.shown))?;
        Ok((output.status, text))
    }

    /// Whether it can be run and ends well; nothing of what it says is shown.
    pub(crate) fn succeeds(mut self) -> bool {
        self.command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        self.command.status().is_ok_and(|status| status.success())
    }

    /// Lets whoever starts it read its standard output, and hold its standard input open.
    pub(crate) fn piped(mut self) -> Self {
        self.command.stdin(Stdio::piped()).stdout(Stdio::piped());
        self
    }

    /// Starts it and returns at once.
    pub(crate) fn spawn(mut self) -> Result<Child> {
        self.command.spawn().with_context(|| format!("cannot start `{}`", self.shown))
    }
}

/// Says what is being done, does it, and says how long it took.
pub(crate) fn step<T>(what: &str, action: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("==> {what}");
    let start = Instant::now();
    let value = action()?;
    eprintln!("    done in {}", spoken(start.elapsed()));
    Ok(value)
}

/// A duration in the words of a person: `4.2 s`, `7 min 12 s`.
fn spoken(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds >= 60 {
        format!("{} min {} s", seconds / 60, seconds % 60)
    } else {
        format!("{:.1} s", duration.as_secs_f64())
    }
}

fn is_about_this_crate(name: &str) -> bool {
    name.starts_with("CARGO_PKG_")
        || name.starts_with("CARGO_MANIFEST_")
        || matches!(
            name,
            "CARGO_BIN_NAME" | "CARGO_CRATE_NAME" | "CARGO_PRIMARY_PACKAGE" | "CARGO" | "OUT_DIR"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_program_is_named() {
        let project = Project::open().unwrap();
        let error = Exec::new(&project, "bandeja-no-such-tool").arg("--now").run().unwrap_err();
        assert!(error.to_string().contains("bandeja-no-such-tool --now"));
    }

    #[test]
    #[cfg(unix)]
    fn a_failing_program_is_named_with_its_arguments() {
        let project = Project::open().unwrap();
        let error = Exec::new(&project, "false").arg("--now").run().unwrap_err();
        assert!(error.to_string().contains("false --now"));
    }

    #[test]
    fn children_do_not_hear_of_the_xtask_crate() {
        assert!(is_about_this_crate("CARGO_PKG_NAME"));
        assert!(is_about_this_crate("CARGO_MANIFEST_DIR"));
        assert!(!is_about_this_crate("CARGO_TARGET_DIR"));
        assert!(!is_about_this_crate("CARGO_HOME"));
    }

    #[test]
    fn durations_are_spoken_in_minutes_from_one_minute_on() {
        assert_eq!(spoken(Duration::from_millis(4_200)), "4.2 s");
        assert_eq!(spoken(Duration::from_secs(432)), "7 min 12 s");
    }
}

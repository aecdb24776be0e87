//! Where the project's files are, and where its tools are looked for.
//!
//! Knows nothing of what the chores do. Every path of a chore comes from here, so that they work from any
//! working directory and with any `CARGO_TARGET_DIR`.

use std::{
    env,
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// The project's folders and the directories that its tools are searched in.
#[derive(Debug, Clone)]
pub(crate) struct Project {
    root: PathBuf,
    target: PathBuf,
    dirs: Vec<PathBuf>,
}

impl Project {
    /// Finds the project from where this crate was compiled.
    pub(crate) fn open() -> Result<Self> {
        let crate_dir = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = crate_dir.ancestors().nth(2).context("the xtask crate stands outside a workspace")?;
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(dir) => root.join(dir),
            None => root.join("target"),
        };
        let mut dirs: Vec<PathBuf> =
            env::var_os("PATH").map(|path| env::split_paths(&path).collect()).unwrap_or_default();
        // Tools installed by `cargo install` and `npm ci` are found even where PATH does not name them.
        dirs.extend(cargo_home().map(|home| home.join("bin")));
        dirs.push(root.join("end2end/node_modules/.bin"));
        Ok(Self { root: root.to_owned(), target, dirs })
    }

    /// The folder that holds the workspace's `Cargo.toml`.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A file or folder named from the root, with forward slashes.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// The release build of the app.
    pub(crate) fn dist(&self) -> PathBuf {
        self.path("dist")
    }

    /// Where the chores keep stamps and generated settings.
    pub(crate) fn scratch(&self) -> PathBuf {
        self.path("target/xtask")
    }

    /// The server's executable of a cargo profile's folder (`debug` or `release`).
    pub(crate) fn server(&self, profile: &str) -> PathBuf {
        self.target.join(profile).join(format!("bandeja-server{}", env::consts::EXE_SUFFIX))
    }

    /// The compiled release program of that name, before it is cut and bound.
    pub(crate) fn compiled(&self, program: &str) -> PathBuf {
        self.target.join("wasm32-unknown-unknown/wasm-release").join(format!("{program}.wasm"))
    }

    /// Makes `dir` the first place that children look for tools in.
    pub(crate) fn put_first(&mut self, dir: PathBuf) {
        self.dirs.insert(0, dir);
    }

    /// The `PATH` that children get.
    pub(crate) fn search_path(&self) -> OsString {
        // An entry with a separator inside cannot have come from PATH; without it the rest still serves.
        env::join_paths(&self.dirs).unwrap_or_else(|_| env::var_os("PATH").unwrap_or_default())
    }

    /// The first executable of that name.
    pub(crate) fn find(&self, tool: &str) -> Option<PathBuf> {
        self.find_all(tool).into_iter().next()
    }

    /// Every executable of that name, in the order of the search.
    pub(crate) fn find_all(&self, tool: &str) -> Vec<PathBuf> {
        let names = [format!("{tool}{}", env::consts::EXE_SUFFIX), format!("{tool}.cmd")];
        let names = if cfg!(windows) { names.as_slice() } else { names.get(..1).unwrap_or_default() };
        self.dirs
            .iter()
            .flat_map(|dir| names.iter().map(move |name| dir.join(name)))
            .filter(|path| is_executable(path))
            .collect()
    }

    /// `path` as people read it: from the root where it is below it.
    pub(crate) fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).display().to_string()
    }
}

/// Where tools of exactly one version are kept, apart from those the user has chosen.
pub(crate) fn tool_cache() -> Option<PathBuf> {
    let base = non_empty("XDG_CACHE_HOME").map(PathBuf::from).or_else(|| Some(home()?.join(".cache")))?;
    Some(base.join("bandeja/tools"))
}

fn cargo_home() -> Option<PathBuf> {
    non_empty("CARGO_HOME").map(PathBuf::from).or_else(|| Some(home()?.join(".cargo")))
}

fn home() -> Option<PathBuf> {
    env::home_dir()
}

fn non_empty(name: impl AsRef<OsStr>) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    path.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    path.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_the_folder_of_the_workspace() {
        let project = Project::open().unwrap();
        assert!(project.path("crates/xtask/Cargo.toml").is_file());
    }

    #[test]
    fn a_directory_put_first_wins_the_search() {
        let mut project = Project::open().unwrap();
        let first = env::temp_dir();
        project.put_first(first.clone());
        assert_eq!(env::split_paths(&project.search_path()).next(), Some(first));
    }

    #[test]
    fn a_tool_nobody_has_is_not_found() {
        assert_eq!(Project::open().unwrap().find("bandeja-no-such-tool"), None);
    }
}

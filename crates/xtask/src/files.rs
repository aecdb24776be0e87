//! Walking the project's files: the one place that knows which folders are made by machines.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use sha2::{Digest as _, Sha256};

/// What machines made, or the folders that hold it.
const MADE: [&str; 8] =
    ["target", "dist", "data", "node_modules", ".git", "test-results", "playwright-report", "blob-report"];

/// Every file below `dir` that people wrote, sorted, so that two runs agree.
pub(crate) fn written_by_people(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    collect(dir, &mut files).with_context(|| format!("cannot list {}", dir.display()))?;
    files.sort();
    Ok(files)
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        // In a second work tree `.git` is a file.
        if MADE.iter().any(|made| entry.file_name() == *made) {
            continue;
        }
        let kind = entry.file_type()?;
        if kind.is_dir() {
            collect(&entry.path(), files)?;
        } else if kind.is_file() {
            files.push(entry.path());
        }
    }
    Ok(())
}

/// The first 16 hexadecimal digits of the SHA-256 of `bytes`: long enough to name a version of a file.
pub(crate) fn short_hash(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().take(8).fold(String::with_capacity(16), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Writes `text` unless the file says so already, so that watchers and stamps see only real changes.
pub(crate) fn write_if_new(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    if let Some(dir) = path.parent() {
        fs::create_dir_all(dir).with_context(|| format!("cannot create {}", dir.display()))?;
    }
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_names_its_content() {
        assert_eq!(short_hash(b""), "e3b0c44298fc1c14");
        assert_ne!(short_hash(b"a"), short_hash(b"b"));
    }

    #[test]
    fn files_made_by_machines_are_left_out() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let files = written_by_people(&root).unwrap();
        assert!(files.iter().any(|file| file.ends_with("crates/xtask/src/files.rs")));
        assert!(!files.iter().any(|file| file.components().any(|part| part.as_os_str() == ".git")));
    }
}

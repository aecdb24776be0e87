//! Compressing once what would otherwise be compressed on every request.

use std::{collections::BTreeMap, fs, io::Write as _, path::Path};

use anyhow::{Context, Result};

use crate::files::written_by_people;

/// Brotli's best, which takes seconds and is done once.
const QUALITY: u32 = 11;
/// The window that every browser takes, as a power of two.
const WINDOW: u32 = 22;
/// Below this a compressed copy saves no packet.
const WORTH_IT: usize = 256;
/// What shrinks; images and fonts are compressed already.
const KINDS: [&str; 8] = ["css", "html", "js", "json", "svg", "txt", "wasm", "webmanifest"];

/// Puts a `.br` beside every file below `dir` that gets smaller by it.
pub(super) fn all(dir: &Path) -> Result<()> {
    // The engine of connectors is there twice.
    let mut known: BTreeMap<Vec<u8>, Vec<u8>> = BTreeMap::new();
    for file in written_by_people(dir)? {
        let fits = file.extension().is_some_and(|kind| KINDS.iter().any(|known| kind == *known));
        if !fits {
            continue;
        }
        let content = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let compressed = match known.get(&content) {
            Some(before) => before.clone(),
            None => brotli(&content)?,
        };
        known.insert(content.clone(), compressed.clone());
        if content.len() >= WORTH_IT && compressed.len() < content.len() {
            let mut name = file.into_os_string();
            name.push(".br");
            fs::write(&name, compressed).with_context(|| format!("cannot write {}", name.display()))?;
        }
    }
    Ok(())
}

/// `content`, compressed as well as it goes.
pub(crate) fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, QUALITY, WINDOW);
    writer.write_all(content)?;
    Ok(writer.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn what_is_compressed_comes_back_whole() {
        let text = "una conversación ".repeat(200);
        let compressed = brotli(text.as_bytes()).unwrap();
        assert!(compressed.len() * 10 < text.len());
        let mut back = String::new();
        brotli::Decompressor::new(compressed.as_slice(), 4096).read_to_string(&mut back).unwrap();
        assert_eq!(back, text);
    }
}

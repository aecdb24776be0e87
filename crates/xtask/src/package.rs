//! `package`: the elements as an npm package, `target/npm/bandeja-inbox-VERSION.tgz`. It holds what the site serves to
//! other people's pages, byte for byte, and what stands in `npm/`: types, a manifest, and how to use it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{
    build,
    entries::EMBED,
    exec::{Exec, step},
    files::written_by_people,
    project::Project,
    setup,
};

/// The folder of what only the package has.
const SOURCE: &str = "npm";
/// Where the elements stand in the package.
const PROGRAM: &str = "lib";
const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];
/// Where the files that tell the version tell it.
const TELL_VERSION: [&str; 2] = ["package.json", "server.js"];
/// What stands there until the package is put together.
const NO_VERSION: &str = "\"0.0.0\"";

/// Builds what is missing, makes the package, and says where it is and what it weighs.
pub(crate) fn run(project: &mut Project) -> Result<()> {
    build::app(project)?;
    let made = make(project)?;
    println!("{}  {} kB", project.shown(&made), fs::metadata(&made)?.len() / 1000);
    Ok(())
}

/// The package of the app as it stands in `dist/`; npm lists what it holds on standard error.
pub(crate) fn make(project: &Project) -> Result<PathBuf> {
    setup::node(project)?;
    let all = project.path("target/npm");
    let folder = all.join("package");
    put_together(project.root(), &project.dist(), &folder)?;
    let named = step("Pack the elements for npm", || {
        Exec::new(project, "npm").args(["pack", "--pack-destination", ".."]).dir(&folder).read()
    })?;
    Ok(all.join(named.lines().last().context("npm has packed nothing")?.trim()))
}

/// Fills `folder` with what belongs into the package.
fn put_together(root: &Path, dist: &Path, folder: &Path) -> Result<()> {
    if folder.is_dir() {
        fs::remove_dir_all(folder)?;
    }
    let program = folder.join(PROGRAM);
    fs::create_dir_all(&program)?;
    // Servers of other people compress by themselves.
    let served = written_by_people(&served(dist)?)?;
    for file in served.iter().filter(|file| file.extension().is_none_or(|kind| kind != "br")) {
        copy_into(file, &program)?;
    }
    let own = written_by_people(&root.join(SOURCE))?;
    let licences = LICENCES.map(|name| root.join(name));
    for file in own.iter().chain(&licences) {
        copy_into(file, folder)?;
    }
    for name in TELL_VERSION {
        let file = folder.join(name);
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let version = format!("\"{}\"", env!("CARGO_PKG_VERSION"));
        fs::write(&file, text.replacen(NO_VERSION, &version, 1))?;
    }
    Ok(())
}

/// The folder of the release that holds the elements.
fn served(dist: &Path) -> Result<PathBuf> {
    let begins = format!("{}-", EMBED.folder);
    let entries = fs::read_dir(dist).with_context(|| format!("cannot list {}", dist.display()))?;
    let mut folders =
        entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(&begins));
    Ok(folders.next().with_context(|| format!("{} holds no elements", dist.display()))?.path())
}

fn copy_into(file: &Path, folder: &Path) -> Result<()> {
    let name = file.file_name().with_context(|| format!("{} has no name", file.display()))?;
    fs::copy(file, folder.join(name)).with_context(|| format!("cannot copy {}", file.display()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// A package of a release with these files in its folder of elements.
    fn package(name: &str, files: &[&str]) -> PathBuf {
        let scratch = std::env::temp_dir().join(format!("bandeja-package-{name}-{}", std::process::id()));
        let elements = scratch.join("dist/embed-0123");
        fs::create_dir_all(&elements).unwrap();
        for file in files {
            fs::write(elements.join(file), "x").unwrap();
        }
        let project = Project::open().unwrap();
        put_together(project.root(), &scratch.join("dist"), &scratch.join("package")).unwrap();
        scratch
    }

    fn manifest(scratch: &Path) -> Value {
        serde_json::from_str(&fs::read_to_string(scratch.join("package/package.json")).unwrap()).unwrap()
    }

    #[test]
    fn the_package_holds_the_elements_uncompressed_its_licences_and_one_version() {
        let scratch = package("whole", &["elements.js", "elements.js.br", "a.wasm"]);
        let of_program = written_by_people(&scratch.join("package/lib")).unwrap();
        let names: Vec<_> = of_program.iter().filter_map(|file| file.file_name()?.to_str()).collect();
        assert_eq!(names, ["a.wasm", "elements.js"]);
        for file in LICENCES.iter().chain(&["README.md", "index.d.ts"]) {
            assert!(scratch.join("package").join(file).is_file(), "{file}");
        }
        assert_eq!(manifest(&scratch)["version"], env!("CARGO_PKG_VERSION"));
        let server = fs::read_to_string(scratch.join("package/server.js")).unwrap();
        assert!(server.contains(env!("CARGO_PKG_VERSION")), "{server}");
        fs::remove_dir_all(&scratch).unwrap();
    }

    #[test]
    fn whatever_the_package_leads_to_is_in_it_and_it_depends_on_nothing() {
        let scratch = package("exports", &["elements.js"]);
        let manifest = manifest(&scratch);
        let mut led_to = Vec::new();
        collect(&manifest["exports"], &mut led_to);
        collect(&manifest["customElements"], &mut led_to);
        assert!(led_to.len() > 8);
        for file in led_to.iter().filter(|file| !file.contains('*')) {
            assert!(scratch.join("package").join(file).is_file(), "{file}");
        }
        assert!(manifest.get("dependencies").is_none() && manifest.get("peerDependencies").is_none());
        fs::remove_dir_all(&scratch).unwrap();
    }

    fn collect(value: &Value, into: &mut Vec<String>) {
        match value {
            Value::String(file) => into.push(file.clone()),
            Value::Object(fields) => fields.values().for_each(|value| collect(value, into)),
            _ => {}
        }
    }
}

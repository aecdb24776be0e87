//! The elements for other people's pages: `bandeja.js` and `bandeja-frame.js` at the root of the site, and beside them
//! one folder with all they load, named by what it holds, so that it can be kept for ever and two releases never mix;
//! and the page for frames, which loads from that folder too.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use super::{copy, page::Page, parts, worker};
use crate::{
    entries::{ELEMENTS, EMBED, FRAME_MODULE, FRAME_PAGE},
    project::Project,
};

/// The folder of what is written by hand.
const SOURCE: &str = "embed";
/// The page's side of a connector, which our own page has too.
const CONNECT: &str = "public/connect.js";
/// Where the elements say their version.
const NAMES_VERSION: &str = "elements.js";
/// What stands there until the build puts the version in.
const NO_VERSION: &str = "\"0.0.0\"";
/// How a module names one beside it.
const BESIDE: &str = "\"./";
/// How the page for frames names a file of the folder.
const OF_FOLDER: &str = "\"/embed/";

/// Adds the modules, their folder and the page for frames to the release in `staging`.
pub(super) fn add(project: &Project, staging: &Path) -> Result<()> {
    let parts = parts::make(project, &EMBED)?;
    let unnamed = staging.join(SOURCE);
    copy(&parts.folder, &unnamed)?;
    copy(&project.path(SOURCE), &unnamed)?;
    worker::put_into(project, &unnamed)?;
    fs::copy(project.path(CONNECT), unnamed.join("connect.js"))
        .with_context(|| format!("cannot read {CONNECT}"))?;
    fs::copy(project.path(&ELEMENTS.bundle()), unnamed.join(ELEMENTS.name))
        .with_context(|| format!("cannot read the joined style sheet {}", ELEMENTS.name))?;
    let folder = name(staging, env!("CARGO_PKG_VERSION"))?;
    let html = frame_page(read(&project.path(FRAME_PAGE))?, &folder)
        .with_context(|| format!("{FRAME_PAGE} cannot be finished"))?;
    fs::write(staging.join(FRAME_PAGE), html).with_context(|| format!("cannot write {FRAME_PAGE}"))
}

/// Puts the version in, names the folder by what it holds, and leads the modules at the root there. Gives its name.
fn name(staging: &Path, version: &str) -> Result<String> {
    let unnamed = staging.join(SOURCE);
    let elements = unnamed.join(NAMES_VERSION);
    let text = read(&elements)?;
    if text.matches(NO_VERSION).count() != 1 {
        bail!("{SOURCE}/{NAMES_VERSION} has to name {NO_VERSION} once, for the version to take its place");
    }
    fs::write(&elements, text.replace(NO_VERSION, &format!("\"{version}\"")))?;
    let modules = [EMBED.page, FRAME_MODULE].map(|name| (name, unnamed.join(name)));
    let mut texts = Vec::new();
    for (name, path) in modules {
        texts.push((name, read(&path)?));
        fs::remove_file(&path)?;
    }
    let folder = format!("{}-{}", EMBED.folder, parts::hash_of(&unnamed)?);
    fs::rename(&unnamed, staging.join(&folder))?;
    for (name, text) in texts {
        if !text.contains(BESIDE) {
            bail!("{SOURCE}/{name} imports nothing beside it");
        }
        fs::write(staging.join(name), text.replace(BESIDE, &format!("\"./{folder}/")))?;
    }
    Ok(folder)
}

/// The page for frames, led to the folder.
fn frame_page(html: String, folder: &str) -> Result<String> {
    let mut page = Page::new(html);
    page.drop_comments();
    if let Some(inline) = page.inline_code() {
        bail!("it holds {inline}, which a strict Content-Security-Policy refuses");
    }
    if !page.text().contains(OF_FOLDER) {
        bail!("it loads nothing from {OF_FOLDER}");
    }
    Ok(page.text().replace(OF_FOLDER, &format!("\"/{folder}/")))
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_module_leads_to_a_folder_named_by_its_content_which_tells_the_version() {
        let staging = std::env::temp_dir().join(format!("bandeja-element-{}", std::process::id()));
        let folder = staging.join(SOURCE);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("bandeja.js"), "import { define } from \"./elements.js\";").unwrap();
        fs::write(folder.join("bandeja-frame.js"), "import { defineFrame } from \"./elements.js\";").unwrap();
        fs::write(folder.join("elements.js"), "export const VERSION = \"0.0.0\";").unwrap();
        let named = name(&staging, "1.2.3").unwrap();
        assert!(named.starts_with("embed-") && named.len() == "embed-".len() + 16, "{named}");
        for module in ["bandeja.js", "bandeja-frame.js"] {
            let text = fs::read_to_string(staging.join(module)).unwrap();
            assert!(text.contains(&format!("\"./{named}/elements.js\"")), "{text}");
        }
        let elements = fs::read_to_string(staging.join(&named).join("elements.js")).unwrap();
        assert!(elements.contains("1.2.3"), "{elements}");
        fs::remove_dir_all(&staging).unwrap();
    }

    #[test]
    fn the_page_for_frames_loads_from_the_folder_and_holds_no_code() {
        let project = Project::open().unwrap();
        let html = read(&project.path(FRAME_PAGE)).unwrap();
        let page = frame_page(html.clone(), "embed-1").unwrap();
        assert!(page.contains("src=\"/embed-1/frame-page.js\"") && !page.contains("/embed/"), "{page}");
        let wrong = html.replace("</body>", "<script>start()</script></body>");
        assert!(frame_page(wrong, "embed-1").is_err());
        assert!(frame_page("<p>nothing".to_owned(), "embed-1").is_err());
    }

    #[test]
    fn the_shadow_root_wears_every_part_that_the_pages_do_but_the_pages_own() {
        let project = Project::open().unwrap();
        let parts = |index: &str| -> Vec<String> {
            let text = fs::read_to_string(project.path(index)).unwrap();
            text.lines().filter(|line| line.starts_with("@import")).map(str::to_owned).collect()
        };
        let mut pages = parts("style/index.css");
        pages.retain(|part| !part.contains("page.css"));
        let mut elements = parts(ELEMENTS.index);
        elements.retain(|part| !part.contains("host.css"));
        assert_eq!(elements, pages);
    }
}

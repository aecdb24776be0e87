//! The entries: the pages of the release and the module for other people's pages, and which program and which style
//! sheets each of them loads.

/// One page with its program, or a module that other people's pages load.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The page or module, at the root of the site.
    pub(crate) page: &'static str,
    /// The program that it starts.
    pub(crate) program: &'static str,
    /// What the folder of its wasm is called, before the hash.
    pub(crate) folder: &'static str,
    /// Whether the wasm is cut into parts, so that the page can begin with the first of them.
    pub(crate) in_parts: bool,
    /// The style sheets in the order of the page.
    pub(crate) sheets: &'static [Sheet],
}

/// A style sheet joined out of many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sheet {
    /// Names the parts in their order.
    pub(crate) index: &'static str,
    /// What it is called in the site.
    pub(crate) name: &'static str,
}

impl Sheet {
    /// Where the joined sheet is put, and where the pages expect it.
    pub(crate) fn bundle(self) -> String {
        format!("target/style/{}", self.name)
    }
}

/// What every page wears.
const COMMON: Sheet = Sheet { index: "style/index.css", name: "bandeja.css" };
/// What the admins' page wears besides: the inbox waits for none of it, and admins have the first one already.
const ADMINS: Sheet = Sheet { index: "style/admin.css", name: "admin.css" };

/// What stands in the shadow root of an element. It is not named by its content: the folder that it stands in is.
pub(crate) const ELEMENTS: Sheet = Sheet { index: "style/embed.css", name: "bandeja-embed.css" };

/// Every sheet of the pages.
pub(crate) const SHEETS: [Sheet; 2] = [COMMON, ADMINS];

/// The inbox.
pub(crate) const INBOX: Entry =
    Entry { page: "index.html", program: "bandeja", folder: "app", in_parts: true, sheets: &[COMMON] };

/// The admins' settings.
pub(crate) const ADMIN: Entry = Entry {
    page: "admin.html",
    program: "bandeja-admin",
    folder: "admin",
    in_parts: false,
    sheets: &[COMMON, ADMINS],
};

/// The inbox as an element. Its module and the files beside it are written by hand, in `embed/`.
pub(crate) const EMBED: Entry =
    Entry { page: "bandeja.js", program: "bandeja-embed", folder: "embed", in_parts: true, sheets: &[] };

/// The page that shows the element in a frame. It loads what the element loads, and is served at `/embed`.
pub(crate) const FRAME_PAGE: &str = "embed.html";
/// The module for pages that show the inbox in that frame.
pub(crate) const FRAME_MODULE: &str = "bandeja-frame.js";

/// Those with a page of ours.
pub(crate) const PAGES: [&Entry; 2] = [&INBOX, &ADMIN];
/// All of them.
pub(crate) const ENTRIES: [&Entry; 3] = [&INBOX, &ADMIN, &EMBED];

/// The engine of a connector, in a Web Worker: no page, and fetched only where a connector is configured.
pub(crate) const WORKER: Entry =
    Entry { page: "", program: "bandeja-worker", folder: "worker", in_parts: false, sheets: &[] };

//! The entries: the pages of the release, and which program and which style sheets each of them loads.

/// One page with its program.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The page, at the root of the project and of the site.
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

/// Every sheet.
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

/// The engine of a connector, in a Web Worker: no page, and fetched only where a connector is configured.
pub(crate) const WORKER: Entry =
    Entry { page: "", program: "bandeja-worker", folder: "worker", in_parts: false, sheets: &[] };

/// All pages.
pub(crate) const ENTRIES: [&Entry; 2] = [&INBOX, &ADMIN];

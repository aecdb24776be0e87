//! Reading a connector file: the whole of it, with every mistake at its place.

mod access;
mod braces;
mod changes;
mod checks;
mod fields;
mod json;
mod keys;
mod lists;
mod mistake;
mod reader;
mod requests;
mod scope;

pub use keys::{ALL as KEYS, Keys};
pub use mistake::{Mistake, Mistakes};

use super::language::{Library, Wrong, definitions_of};
use super::{Piece, Place, Plan, Setting};
use crate::plan::val;
use json::{Kind, Node};
use reader::{Object, Reader};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Bytes of a file at most.
const BYTES: usize = 2 << 20;

/// Where something stands in a file that is JSON, by its pointer; what is not there has no place.
pub fn place_of(text: &str, pointer: &str) -> Option<Place> {
    let root = json::parse(text).ok()?;
    let node = pointer.split('/').skip(1).try_fold(&root, |node, part| match &node.kind {
        Kind::Object(entries) => entries.iter().find(|(key, _)| key.name == part).map(|(_, node)| node),
        Kind::List(items) => items.get(part.parse::<usize>().ok()?),
        _ => None,
    })?;
    let (line, column) = json::line_and_column(text, node.at);
    Some(Place { line, column, pointer: pointer.to_owned() })
}

/// Reads a connector file. `file` is its name, for messages.
pub fn read(file: &str, text: &str) -> Result<Plan, Mistakes> {
    let nothing = Library::default();
    let first = Reader {
        file,
        source: text,
        library: &nothing,
        define: Vec::new(),
        defined: true,
        settings: BTreeSet::new(),
        secrets: RefCell::default(),
        uses: RefCell::default(),
        carried: RefCell::default(),
        mistakes: RefCell::default(),
    };
    if text.len() > BYTES {
        first.wrong_at(0, "", format!("{} bytes", text.len()), "a file of 2 MB at most", None);
        return Err(first.mistakes());
    }
    let root = match json::parse(text) {
        Ok(root) => root,
        Err(error) => {
            first.wrong_at(
                error.at,
                &error.pointer,
                error.found,
                error.expected,
                error.hint.map(str::to_owned),
            );
            return Err(first.mistakes());
        }
    };
    match first.object(&root, &keys::FILE) {
        Some(file) => first.whole(file),
        None => Err(first.mistakes()),
    }
}

impl Reader<'_> {
    fn mistakes(self) -> Mistakes {
        let mut mistakes = self.mistakes.into_inner();
        mistakes.sort();
        mistakes.dedup();
        Mistakes(mistakes)
    }

    /// Maps and definitions first, because every expression may call them; then everything else.
    fn whole(self, file: Object<'_>) -> Result<Plan, Mistakes> {
        let tables = Arc::new(self.maps(file.get("maps")));
        let maps = definitions_of(&tables);
        let define = self.define_texts(file);
        let text: String = define.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join("\n");
        let whole = Library::new(Arc::clone(&tables), &maps, &text);
        let defined = whole.is_ok();
        let library = whole.or_else(|wrong| {
            self.wrong_definitions(&define, &wrong);
            Library::new(tables, &maps, "")
        });
        let Ok(library) = library else { return Err(self.mistakes()) };
        let mut start = 0;
        let define = define.iter().map(|(text, node)| {
            let begins = start;
            start += text.len() + 1;
            (*node, begins)
        });
        let reader = Reader {
            library: &library,
            define: define.collect(),
            defined,
            settings: setting_names(file),
            file: self.file,
            source: self.source,
            secrets: self.secrets,
            uses: self.uses,
            carried: self.carried,
            mistakes: self.mistakes,
        };
        reader.definitions(&library);
        let plan = reader.plan(file);
        match plan {
            Some(plan) if reader.mistakes.borrow().is_empty() => Ok(plan),
            _ => Err(reader.mistakes()),
        }
    }

    /// The texts of `define`, which is one or a list of them.
    fn define_texts<'n>(&self, file: Object<'n>) -> Vec<(String, &'n Node)> {
        let nodes = match file.get("define") {
            None => return Vec::new(),
            Some(Node { kind: Kind::List(items), .. }) => items.as_slice(),
            Some(node) => std::slice::from_ref(node),
        };
        nodes.iter().filter_map(|node| Some((self.text(node)?.to_owned(), node))).collect()
    }

    fn wrong_definitions(&self, define: &[(String, &Node)], wrong: &[Wrong]) {
        for wrong in wrong {
            let mut at = wrong.at;
            for (index, (text, node)) in define.iter().enumerate() {
                if at <= text.len() || index + 1 == define.len() {
                    let place = json::byte_in_text(self.source, node.at, at);
                    let hint = wrong
                        .hint
                        .clone()
                        .or_else(|| Some("`define` holds definitions, each `def name: jq;`".to_owned()));
                    self.wrong_at(
                        place,
                        &node.pointer,
                        format!("{} in jq", wrong.found),
                        wrong.expected.clone(),
                        hint,
                    );
                    break;
                }
                at -= text.len() + 1;
            }
        }
    }

    fn plan(&self, file: Object<'_>) -> Option<Plan> {
        self.version(file);
        self.no_secrets(file.node);
        self.parts_that_need_others(file);
        file.get("about").map(|about| self.text(about));
        for need in file.get("needs").map_or(&[][..], |needs| self.list(needs)) {
            self.text(need);
        }
        let name = self.name(file);
        let settings = file.get("settings").map_or(Some(Vec::new()), |node| self.settings(node));
        let zone = file.get("zone").map(|node| self.zone(node));
        let transport = self.needed(file, "transport", "how requests are sent");
        if let Some(object) = transport.and_then(|node| self.map(node)) {
            self.no_secret_headers(object);
        }
        let transport = transport.and_then(|node| self.transport(node));
        let auth = self.needed(file, "auth", "who is asking, and how the API sees it");
        let auth = auth.and_then(|node| self.auth(node));
        let lookups = file.get("names").map_or(Some(super::Names::default()), |node| self.names(node));
        let lists = self.needed(file, "list", "how conversations are listed");
        let lists = lists.and_then(|node| self.lists(node));
        let one = self.needed(file, "conversation", "how one conversation is read, and its fields");
        let one = one.and_then(|node| self.conversation(node));
        let thread = file.get("thread").map(|node| self.thread(node));
        let acts = self.acts(file.get("acts"));
        let bulk = self.bulk(file.get("bulk"));
        let forms = self.forms(file.get("forms"));
        if let Some(acts) = &acts {
            self.forms_that_are_kept(file, acts);
        }
        let errors = self.errors(file.get("errors"));
        let polling = self.polling(file.get("polling"));
        let off = self.off(file.get("off"));
        let (call, item, conversation, token) = one?;
        let auth = auth?;
        let mut secrets = self.secrets.take();
        auth.keeps.iter().for_each(|(kept, _)| _ = secrets.remove(kept));
        Some(Plan {
            name: name?,
            settings: settings?,
            zone: zone.map_or(Some(None), |zone| zone.map(Some))?,
            transport: transport?,
            auth,
            errors: errors?,
            lookups: lookups?,
            lists: lists?,
            one: (call, item),
            conversation,
            thread: thread.map_or(Some(None), |thread| thread.map(Some))?,
            acts: acts?,
            bulk: bulk?,
            forms: forms?,
            polling: polling?,
            token,
            off: off?,
            secrets: secrets.into_iter().collect(),
            uses: self.uses.take(),
        })
    }

    fn version(&self, file: Object<'_>) {
        match file.get("connector") {
            None => self.missing(file.node, "connector", "`\"connector\": 1`, the version of this format"),
            Some(node) if node.value() != 1 => self.wrong(node, "1, the version of this format", None),
            Some(_) => {}
        }
    }

    fn name(&self, file: Object<'_>) -> Option<String> {
        let node = self.needed(file, "name", "a short name, such as `acme-desk`")?;
        let name = self.text(node)?;
        let good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if name.is_empty() || name.len() > 40 || !name.bytes().all(good) {
            self.wrong(node, "a short name of small letters, digits and `-`", None);
        }
        Some(name.to_owned())
    }

    /// A name such as `Europe/Madrid`, or a text with holes that yields one.
    fn zone(&self, node: &Node) -> Option<Vec<Piece>> {
        let pieces = self.pieces(node, &scope::transport())?;
        if let [Piece::Text(name)] = pieces.as_slice() {
            let good = |c: char| c.is_ascii_alphanumeric() || "_-+/".contains(c);
            if name != "UTC" && (!name.contains('/') || !name.chars().all(good)) {
                let hint = "names are those of the IANA database; an abbreviation such as `CST` says no rule";
                self.wrong(node, "a time zone such as `America/Mexico_City`", Some(hint));
            }
        }
        Some(pieces)
    }

    fn settings(&self, node: &Node) -> Option<Vec<Setting>> {
        let object = self.map(node)?;
        self.no_secret_settings(object);
        let settings = object.entries().map(|(key, node)| {
            let setting = self.object(node, &keys::SETTING)?;
            let default = setting.get("default").map(|node| val::scalar_text(&val::from_json(&node.value())));
            let about = setting.get("about").and_then(|about| self.text(about)).unwrap_or_default();
            Some(Setting { name: key.name.clone(), default, about: about.to_owned() })
        });
        settings.collect::<Vec<_>>().into_iter().collect()
    }
}

/// The names of settings, before anything else is read.
fn setting_names(file: Object<'_>) -> BTreeSet<String> {
    match file.get("settings").map(|node| &node.kind) {
        Some(Kind::Object(entries)) => entries.iter().map(|(key, _)| key.name.clone()).collect(),
        _ => BTreeSet::new(),
    }
}

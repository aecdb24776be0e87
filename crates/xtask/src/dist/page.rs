//! A built page, as far as its build has to understand it: which files it loads, and whether it
//! carries code of its own.

use anyhow::{Result, bail};

/// A built page.
#[derive(Debug)]
pub(crate) struct Page(String);

impl Page {
    pub(crate) fn new(text: String) -> Self {
        Self(text)
    }

    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    /// The files that the page cannot work without (styles, scripts, wasm), each once, in the order of the
    /// page, as paths below its folder. Icons are not among them.
    pub(crate) fn loaded(&self) -> Vec<String> {
        let mut files: Vec<String> = Vec::new();
        for tag in tags(&self.0) {
            let wanted = match tag.name {
                "script" => ["src", "data-js", "data-wasm"].as_slice(),
                "link" if is_needed_link(&tag) => &["href"],
                _ => &[],
            };
            for value in wanted.iter().filter_map(|name| tag.attribute(name)) {
                let path = value.trim_start_matches('/');
                if !path.contains("://") && !files.iter().any(|file| file == path) {
                    files.push(path.to_owned());
                }
            }
        }
        files
    }

    /// Puts `tags` in the place of the link that a development build acts on and `mark` tells from the others.
    pub(crate) fn take_the_place_of(&mut self, mark: &str, tags: &str) -> Result<()> {
        let is_it = |line: &str| line.contains("data-trunk") && line.contains(mark);
        if self.0.lines().filter(|line| is_it(line)).count() != 1 {
            bail!("it needs exactly one line with data-trunk and {mark}");
        }
        let lines = self.0.lines().map(|line| if is_it(line) { tags } else { line });
        let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
        self.0 = lines.join("\n") + "\n";
        Ok(())
    }

    /// Takes out comments and the lines they leave empty: they explain the source, not the result.
    pub(crate) fn drop_comments(&mut self) {
        let mut rest = self.0.as_str();
        let mut kept = String::with_capacity(rest.len());
        while let Some((before, comment)) = rest.split_once("<!--") {
            kept.push_str(before);
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        }
        kept.push_str(rest);
        let lines: Vec<&str> = kept.lines().filter(|line| !line.trim().is_empty()).collect();
        self.0 = lines.join("\n") + "\n";
    }

    /// The first thing in the page that runs or styles inline, in words.
    pub(crate) fn inline_code(&self) -> Option<String> {
        for tag in tags(&self.0) {
            match tag.name {
                "script" if tag.attribute("src").is_none() => return Some("an inline script".to_owned()),
                "style" => return Some("an inline style sheet".to_owned()),
                _ => {}
            }
            for name in tag.attribute_names() {
                if name == "style" || name.starts_with("on") {
                    return Some(format!("the attribute `{name}` on <{}>", tag.name));
                }
            }
        }
        None
    }
}

/// `bandeja.css` for `bandeja-0123456789abcdef.css`, `app/bandeja.js` for `app-0123456789abcdef/bandeja.js`.
pub(crate) fn without_hash(name: &str) -> String {
    for (dash, _) in name.match_indices('-') {
        let (stem, hash_and_rest) = name.split_at(dash);
        let after = hash_and_rest.trim_start_matches('-');
        let digits = after.bytes().take_while(u8::is_ascii_hexdigit).count();
        let (_, rest) = after.split_at(digits);
        if digits == 16 && rest.starts_with(['.', '_', '/']) {
            return format!("{stem}{rest}");
        }
    }
    name.to_owned()
}

fn is_needed_link(tag: &Tag<'_>) -> bool {
    matches!(tag.attribute("rel"), Some("stylesheet" | "modulepreload" | "preload"))
}

/// One opening tag.
#[derive(Debug)]
struct Tag<'a> {
    name: &'a str,
    rest: &'a str,
}

impl<'a> Tag<'a> {
    fn attribute(&self, name: &str) -> Option<&'a str> {
        attributes(self.rest).find(|(found, _)| *found == name).map(|(_, value)| value)
    }

    fn attribute_names(&self) -> impl Iterator<Item = &'a str> {
        attributes(self.rest).map(|(name, _)| name)
    }
}

/// The opening tags outside comments. Scripts are external here, so nothing else can look like a tag.
fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find('<')?;
            rest = rest.get(start..)?;
            if rest.starts_with("<!--") {
                rest = rest.split_once("-->")?.1;
                continue;
            }
            let inner = rest.get(1..)?;
            let end = end_of_tag(inner)?;
            let (tag, after) = inner.split_at(end);
            rest = after;
            if tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
                let split = tag.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(tag.len());
                let (name, rest) = tag.split_at(split);
                return Some(Tag { name, rest });
            }
        }
    })
}

/// Where the tag ends; a `>` inside quotes does not end it.
fn end_of_tag(tag: &str) -> Option<usize> {
    let mut quote = None;
    tag.char_indices().find_map(|(at, c)| {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '>' => return Some(at),
            None if matches!(c, '"' | '\'') => quote = Some(c),
            _ => {}
        }
        None
    })
}

/// Names and values of a tag's attributes; a missing value is empty.
fn attributes(tag: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = tag;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let Some(value) = after.trim_start().strip_prefix('=') else {
            rest = after;
            return Some((name, ""));
        };
        let value = value.trim_start();
        let quoted = value.strip_prefix(['"', '\'']).and_then(|inner| {
            let quote = value.chars().next()?;
            inner.split_once(quote)
        });
        let (value, after) =
            quoted.unwrap_or_else(|| value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())));
        rest = after;
        Some((name, value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html><html lang="es"><head>
        <!-- <script>old()</script> -->
        <link rel="icon" href="/favicon.svg">
        <link rel="stylesheet" href="/bandeja-aaaaaaaaaaaaaaaa.css"/>
        <link rel="modulepreload" href="/bandeja-bbbbbbbbbbbbbbbb.js" crossorigin="anonymous">
        <link rel="preload" href='/bandeja-bbbbbbbbbbbbbbbb_bg.wasm' as="fetch">
        <script type="module" src="/start.js" data-js="/bandeja-bbbbbbbbbbbbbbbb.js"
            data-wasm="/bandeja-bbbbbbbbbbbbbbbb_bg.wasm"></script></head><body><p title="a > b">x</p></body></html>"#;

    #[test]
    fn a_page_loads_its_sheet_its_scripts_and_its_wasm_but_no_icon() {
        assert_eq!(
            Page::new(PAGE.to_owned()).loaded(),
            [
                "bandeja-aaaaaaaaaaaaaaaa.css",
                "bandeja-bbbbbbbbbbbbbbbb.js",
                "bandeja-bbbbbbbbbbbbbbbb_bg.wasm",
                "start.js"
            ]
        );
    }

    #[test]
    fn a_link_of_the_development_build_is_replaced_once() {
        let mut page = Page::new("<a>\n<link data-trunk rel=\"css\" href=\"x\">\n<b>\n".to_owned());
        page.take_the_place_of("rel=\"css\"", "<link rel=\"stylesheet\" href=\"/y.css\">").unwrap();
        assert_eq!(page.text(), "<a>\n<link rel=\"stylesheet\" href=\"/y.css\">\n<b>\n");
        assert!(page.take_the_place_of("rel=\"css\"", "").is_err());
    }

    #[test]
    fn a_page_of_external_files_is_fine() {
        assert_eq!(Page::new(PAGE.to_owned()).inline_code(), None);
    }

    #[test]
    fn comments_do_not_reach_the_reader() {
        let mut page = Page::new("<p>a</p>\n  <!-- why\n  so -->\n\n<p>b<!-- c --></p>\n".to_owned());
        page.drop_comments();
        assert_eq!(page.text(), "<p>a</p>\n<p>b</p>\n");
    }

    #[test]
    fn code_inside_the_page_is_found() {
        let found = |html: &str| Page::new(html.to_owned()).inline_code().unwrap();
        assert_eq!(found("<script>1</script>"), "an inline script");
        assert_eq!(found("<style>p{}</style>"), "an inline style sheet");
        assert_eq!(found("<p onclick=\"x()\">"), "the attribute `onclick` on <p>");
        assert_eq!(found("<p class=a style='color:red'>"), "the attribute `style` on <p>");
    }

    #[test]
    fn a_name_without_its_hash_is_the_same_in_every_build() {
        assert_eq!(without_hash("bandeja-0123456789abcdef_bg.wasm"), "bandeja_bg.wasm");
        assert_eq!(without_hash("my-app-0123456789abcdef.js"), "my-app.js");
        assert_eq!(without_hash("app-0123456789abcdef/bandeja.js"), "app/bandeja.js");
        assert_eq!(without_hash("start.js"), "start.js");
        assert_eq!(without_hash("a-b.css"), "a-b.css");
    }
}

//! One style sheet out of many: `style/index.css` names the parts in order, this joins them; `style/admin.css` does the
//! same for what only the admins' page wears, `style/embed.css` for what stands in a shadow root.
//!
//! No preprocessor and no minifier: the parts are plain CSS, and what a minifier saves over comments and
//! indentation disappears in compression.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use crate::{
    entries::{ELEMENTS, SHEETS, Sheet},
    files::write_if_new,
    project::Project,
};

/// Joins the parts of every sheet.
pub(crate) fn run(project: &Project) -> Result<()> {
    SHEETS.iter().chain([&ELEMENTS]).try_for_each(|sheet| join(project, *sheet))
}

fn join(project: &Project, sheet: Sheet) -> Result<()> {
    let folder = project.path("style");
    let name = sheet.index;
    let index = fs::read_to_string(project.path(name)).with_context(|| format!("cannot read {name}"))?;
    let joined = bundle(&index, |part| {
        fs::read_to_string(folder.join(Path::new(part)))
            .with_context(|| format!("it imports style/{part}, which cannot be read"))
    })
    .with_context(|| format!("{name} cannot be joined"))?;
    write_if_new(&project.path(&sheet.bundle()), &joined)
}

/// Replaces each import of `index` by the part that `read` answers for it.
fn bundle(index: &str, read: impl Fn(&str) -> Result<String>) -> Result<String> {
    let mut sheet = String::new();
    for line in without_comments(index).lines().map(str::trim).filter(|line| !line.is_empty()) {
        let Some(import) = line.strip_prefix("@import") else {
            push_line(&mut sheet, line);
            continue;
        };
        let (part, layer) = parse_import(import).with_context(|| format!("the line `{line}`"))?;
        let text = without_comments(&read(part)?);
        if text.contains("@import") {
            bail!("style/{part} imports something itself; only the index does that");
        }
        if let Some(layer) = layer {
            push_line(&mut sheet, &format!("@layer {layer} {{"));
        }
        text.lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .for_each(|line| push_line(&mut sheet, line));
        if layer.is_some() {
            push_line(&mut sheet, "}");
        }
    }
    Ok(sheet)
}

fn push_line(sheet: &mut String, line: &str) {
    sheet.push_str(line);
    sheet.push('\n');
}

/// Reads `"part.css" layer(name);` or `url("part.css");`.
fn parse_import(import: &str) -> Result<(&str, Option<&str>)> {
    let import = import.trim().strip_suffix(';').context("an import ends with a semicolon")?;
    let import = import.strip_prefix("url(").unwrap_or(import);
    let quote =
        import.chars().next().filter(|c| matches!(c, '"' | '\'')).context("the file's name is quoted")?;
    let (part, rest) =
        import.trim_start_matches(quote).split_once(quote).context("the file's name is quoted")?;
    let rest = rest.strip_prefix(')').unwrap_or(rest).trim();
    let part = part.strip_prefix("./").unwrap_or(part);
    if rest.is_empty() {
        return Ok((part, None));
    }
    let layer = rest.strip_prefix("layer(").and_then(|rest| rest.strip_suffix(')'));
    Ok((part, Some(layer.context("after the file's name only layer(…) may follow")?)))
}

/// The sheet without its comments; what looks like one inside quotes stays.
fn without_comments(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut chars = css.chars().peekable();
    let mut quote = None;
    while let Some(c) = chars.next() {
        match quote {
            None if c == '/' && chars.peek() == Some(&'*') => {
                chars.next();
                skip_comment(&mut chars);
                kept.push(' ');
                continue;
            }
            None if matches!(c, '"' | '\'') => quote = Some(c),
            Some(open) if c == open => quote = None,
            Some(_) if c == '\\' => {
                kept.push(c);
                kept.extend(chars.next());
                continue;
            }
            _ => {}
        }
        kept.push(c);
    }
    kept
}

fn skip_comment(chars: &mut impl Iterator<Item = char>) {
    let mut last = ' ';
    for c in chars {
        if last == '*' && c == '/' {
            return;
        }
        last = c;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(part: &str) -> Result<String> {
        Ok(match part {
            "one.css" => "/* first */\n.one { color: red; }\n".to_owned(),
            "two.css" => ".two::before { content: \"/* not a comment */\"; }\n".to_owned(),
            "nested.css" => "@import \"one.css\";\n".to_owned(),
            _ => bail!("no {part}"),
        })
    }

    #[test]
    fn parts_are_joined_in_the_order_of_their_imports() {
        let sheet = bundle("@layer a, b;\n@import \"./two.css\";\n@import url('one.css');\n", parts).unwrap();
        assert_eq!(
            sheet,
            "@layer a, b;\n.two::before { content: \"/* not a comment */\"; }\n.one { color: red; }\n"
        );
    }

    #[test]
    fn a_part_imported_into_a_layer_stands_in_that_layer() {
        let sheet = bundle("@import \"one.css\" layer(a);", parts).unwrap();
        assert_eq!(sheet, "@layer a {\n.one { color: red; }\n}\n");
    }

    #[test]
    fn an_import_in_a_comment_is_none() {
        assert_eq!(bundle("/* @import \"gone.css\"; */", parts).unwrap(), "");
    }

    #[test]
    fn an_import_without_quotes_is_refused_with_its_line() {
        let error = bundle("@import one.css;", parts).unwrap_err();
        assert!(error.to_string().contains("@import one.css;"));
    }

    #[test]
    fn a_part_that_imports_is_refused_by_name() {
        let error = bundle("@import \"nested.css\";", parts).unwrap_err();
        assert!(error.to_string().contains("nested.css"));
    }

    #[test]
    fn a_missing_part_is_an_error() {
        assert!(bundle("@import \"gone.css\";", parts).is_err());
    }
}

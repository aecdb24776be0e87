//! Just enough of Rust's grammar to tell code from comments, strings and tests. Not a parser: it knows
//! where things end, not what they mean.

/// A file taken apart; all texts keep the lines of the original.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Without comments, string contents and tests.
    pub(super) code: String,
    /// Without comments and tests.
    pub(super) literals: String,
    /// Names of modules in other files that are declared for tests alone.
    pub(super) test_modules: Vec<String>,
}

/// Takes a file apart.
pub(super) fn read(text: &str) -> Parts {
    let (mut code, mut literals) = mask(text);
    let mut test_modules = Vec::new();
    for (start, end) in test_items(&code) {
        let item: String = code.iter().skip(start).take(end - start).collect();
        test_modules.extend(declared_module(&item));
        for text in [&mut code, &mut literals] {
            text.iter_mut().take(end).skip(start).for_each(blank);
        }
    }
    Parts { code: code.into_iter().collect(), literals: literals.into_iter().collect(), test_modules }
}

fn blank(c: &mut char) {
    if *c != '\n' {
        *c = ' ';
    }
}

/// The text twice, as characters: without comments and string contents, and without comments.
fn mask(text: &str) -> (Vec<char>, Vec<char>) {
    let chars: Vec<char> = text.chars().collect();
    let (mut code, mut literals) = (chars.clone(), chars.clone());
    let mut at = 0;
    while let Some(rest) = chars.get(at..).filter(|rest| !rest.is_empty()) {
        let previous = at.checked_sub(1).and_then(|before| chars.get(before)).copied();
        let (length, kind) = token(rest, previous);
        // The first and the last character of a string are its quotes, or belong to them; they stay.
        let (inner_start, inner_end) =
            if kind == Kind::Text { (at + 1, at + length - 1) } else { (at, at + length) };
        if kind != Kind::Code {
            code.iter_mut().take(inner_end).skip(inner_start).for_each(blank);
        }
        if kind == Kind::Comment {
            literals.iter_mut().take(inner_end).skip(inner_start).for_each(blank);
        }
        at += length;
    }
    (code, literals)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Code,
    Comment,
    Text,
}

/// How long the thing at the start of `rest` is, and what it is. Never zero long.
fn token(rest: &[char], previous: Option<char>) -> (usize, Kind) {
    match rest {
        ['/', '/', ..] => (rest.iter().position(|c| *c == '\n').unwrap_or(rest.len()), Kind::Comment),
        ['/', '*', ..] => (block_comment(rest), Kind::Comment),
        ['"', ..] => (quoted(rest, '"'), Kind::Text),
        ['r', '"' | '#', ..] if !previous.is_some_and(is_name_without_b) => match raw_string(rest) {
            Some(length) => (length, Kind::Text),
            None => (1, Kind::Code),
        },
        ['\'', '\\', ..] => (quoted(rest, '\''), Kind::Text),
        ['\'', _, '\'', ..] => (3, Kind::Text),
        _ => (1, Kind::Code),
    }
}

/// A name may not run into a raw string, except for the `b` or `c` that is part of it.
fn is_name_without_b(c: char) -> bool {
    (c.is_alphanumeric() || c == '_') && !matches!(c, 'b' | 'c')
}

/// Block comments nest.
fn block_comment(rest: &[char]) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        match rest.get(at..at + 2) {
            Some(['/', '*']) => {
                depth += 1;
                at += 2;
            }
            Some(['*', '/']) => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    rest.len()
}

fn quoted(rest: &[char], quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.iter().enumerate().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if *c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// `r"…"`, `r#"…"#` and so on; nothing for a raw name such as `r#type`.
fn raw_string(rest: &[char]) -> Option<usize> {
    let hashes = rest.iter().skip(1).take_while(|c| **c == '#').count();
    if rest.get(1 + hashes) != Some(&'"') {
        return None;
    }
    let content = 2 + hashes;
    let end = (content..rest.len()).find(|at| {
        rest.get(*at) == Some(&'"')
            && rest.iter().skip(at + 1).take(hashes).filter(|c| **c == '#').count() == hashes
    });
    Some(end.map_or(rest.len(), |at| at + 1 + hashes))
}

/// Where items marked as tests begin and end, attribute included.
fn test_items(code: &[char]) -> Vec<(usize, usize)> {
    let mut items = Vec::new();
    let mut at = 0;
    while let Some(rest) = code.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(length) = test_attribute(rest) else {
            at += 1;
            continue;
        };
        let end = at + length + item(code.get(at + length..).unwrap_or_default());
        items.push((at, end));
        at = end;
    }
    items
}

/// The length of `#[cfg(test)]`, `#[cfg(all(test, …))]`, `#[test]` and the like.
fn test_attribute(rest: &[char]) -> Option<usize> {
    if !rest.starts_with(&['#', '[']) {
        return None;
    }
    let length = rest.iter().position(|c| *c == ']')? + 1;
    let text: String = rest.iter().take(length).filter(|c| !c.is_whitespace()).collect();
    let marks = ["#[cfg(test)]", "#[test]", "#[wasm_bindgen_test]"];
    (marks.contains(&text.as_str()) || text.starts_with("#[cfg(all(test,")).then_some(length)
}

/// The length of an item up to its semicolon or its closing brace.
fn item(rest: &[char]) -> usize {
    let (mut braces, mut others) = (0_usize, 0_usize);
    for (at, c) in rest.iter().enumerate() {
        match c {
            '{' => braces += 1,
            '}' => {
                braces = braces.saturating_sub(1);
                if braces == 0 {
                    return at + 1;
                }
            }
            '(' | '[' => others += 1,
            ')' | ']' => others = others.saturating_sub(1),
            ';' if braces == 0 && others == 0 => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The name in `#[cfg(test)] mod name;`.
fn declared_module(item: &str) -> Option<String> {
    let declaration = item.trim_end().strip_suffix(';')?;
    let (before, name) = declaration.rsplit_once(char::is_whitespace)?;
    before.trim_end().ends_with("mod").then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_no_code() {
        let parts = read("a // b\n/* c /* d */ e */ f\n");
        assert_eq!(parts.code.split_whitespace().collect::<Vec<_>>(), ["a", "f"]);
        assert_eq!(parts.code.lines().count(), 2);
    }

    #[test]
    fn strings_are_text_and_keep_their_quotes() {
        let parts = read("f(\"// {x}\", r#\"a \"b\" c\"#, b'{', '\\'', 'é')");
        assert!(!parts.code.contains('x') && !parts.code.contains('{') && !parts.code.contains('é'));
        assert!(parts.literals.contains("// {x}") && parts.literals.contains("a \"b\" c"));
        assert!(parts.code.starts_with("f(\""));
    }

    #[test]
    fn lifetimes_and_raw_names_are_code() {
        let parts = read("fn f<'a>(r#type: &'a str) -> &'a str { r#type }");
        assert_eq!(parts.code, "fn f<'a>(r#type: &'a str) -> &'a str { r#type }");
    }

    #[test]
    fn tests_are_taken_out_and_what_follows_stays() {
        let parts = read("fn a() {}\n#[cfg(test)]\nmod tests {\n  fn b() { \"}\" }\n}\nfn c() {}\n");
        assert!(parts.code.contains("fn a") && parts.code.contains("fn c"));
        assert!(!parts.code.contains("fn b"));
        assert_eq!(parts.code.lines().count(), 6);
    }

    #[test]
    fn a_test_function_outside_a_test_module_is_taken_out_too() {
        let parts = read("#[test]\nfn a() -> [u8; 2] { [1; 2] }\nfn b() {}");
        assert!(!parts.code.contains("fn a") && parts.code.contains("fn b"));
    }

    #[test]
    fn a_test_module_in_another_file_is_named() {
        assert_eq!(read("#[cfg(test)]\nmod samples;\nmod real;").test_modules, ["samples"]);
        assert_eq!(read("#[cfg(all(test, unix))]\npub(crate) mod samples;").test_modules, ["samples"]);
    }
}

//! JSON with the place of every key and value, so that each mistake can be pointed at.

use serde_json::{Number, Value};

/// Levels of lists and objects in a file at most.
const DEPTH: usize = 64;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// Byte of the text at which it begins.
    pub(super) at: usize,
    pub(super) pointer: String,
    pub(super) kind: Kind,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Node>),
    /// In the file's order; a key that comes twice is there twice.
    Object(Vec<(Key, Node)>),
}

#[derive(Clone, Debug)]
pub(super) struct Key {
    pub(super) at: usize,
    pub(super) name: String,
}

/// The file is no JSON.
#[derive(Clone, Debug)]
pub(super) struct NoJson {
    pub(super) at: usize,
    pub(super) pointer: String,
    pub(super) found: String,
    pub(super) expected: &'static str,
    pub(super) hint: Option<&'static str>,
}

impl Node {
    /// What it is, for people.
    pub(super) fn shown(&self) -> String {
        match &self.kind {
            Kind::Null => "null".to_owned(),
            Kind::Bool(flag) => flag.to_string(),
            Kind::Number(number) => format!("the number {number}"),
            Kind::Text(text) if text.chars().count() <= 40 => format!("the text {text:?}"),
            Kind::Text(text) => format!("the text {:?}…", text.chars().take(40).collect::<String>()),
            Kind::List(_) => "a list".to_owned(),
            Kind::Object(_) => "an object".to_owned(),
        }
    }

    /// Without places.
    pub(super) fn value(&self) -> Value {
        match &self.kind {
            Kind::Null => Value::Null,
            Kind::Bool(flag) => Value::Bool(*flag),
            Kind::Number(number) => Value::Number(number.clone()),
            Kind::Text(text) => Value::String(text.clone()),
            Kind::List(items) => Value::Array(items.iter().map(Self::value).collect()),
            Kind::Object(entries) => {
                Value::Object(entries.iter().map(|(key, node)| (key.name.clone(), node.value())).collect())
            }
        }
    }
}

/// A pointer one level deeper.
pub(super) fn below(pointer: &str, part: &str) -> String {
    format!("{pointer}/{}", part.replace('~', "~0").replace('/', "~1"))
}

/// Line and column, from 1 and in characters, of a byte.
pub(super) fn line_and_column(text: &str, at: usize) -> (u32, u32) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.bytes().filter(|byte| *byte == b'\n').count();
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
    (u32::try_from(line + 1).unwrap_or(u32::MAX), u32::try_from(column + 1).unwrap_or(u32::MAX))
}

/// The byte of the file at which the `offset`-th byte of a text stands, whose opening quote is at `at`.
pub(super) fn byte_in_text(source: &str, at: usize, offset: usize) -> usize {
    let start = at + 1;
    let mut done = 0;
    let mut parser = Parser { text: source, at: start };
    while done < offset {
        match parser.character() {
            Ok(Some(character)) => done += character.len_utf8(),
            Ok(None) | Err(_) => break,
        }
    }
    parser.at
}

/// Reads a file.
pub(super) fn parse(text: &str) -> Result<Node, NoJson> {
    let mut parser = Parser { text, at: 0 };
    if text.starts_with('\u{feff}') {
        parser.at = '\u{feff}'.len_utf8();
    }
    let node = parser.value(String::new(), 0)?;
    parser.space();
    if parser.rest().is_empty() { Ok(node) } else { Err(parser.error("", "the end of the file", None)) }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Parser<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn eat(&mut self, wanted: char) -> bool {
        let there = self.peek() == Some(wanted);
        if there {
            self.at += wanted.len_utf8();
        }
        there
    }

    fn space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    fn error(&self, pointer: &str, expected: &'static str, hint: Option<&'static str>) -> NoJson {
        let found = match self.peek() {
            None => "the end of the file".to_owned(),
            Some(character) => format!("`{}`", character.escape_debug()),
        };
        let hint = hint.or_else(|| {
            let rest = self.rest();
            if rest.starts_with("//") || rest.starts_with("/*") || rest.starts_with('#') {
                Some("JSON has no comments; write `\"$comment\": \"…\"`, which is allowed in every object")
            } else if rest.starts_with('\'') {
                Some("texts and keys stand in double quotes")
            } else {
                None
            }
        });
        NoJson { at: self.at, pointer: pointer.to_owned(), found, expected, hint }
    }

    fn value(&mut self, pointer: String, depth: usize) -> Result<Node, NoJson> {
        self.space();
        let at = self.at;
        let kind = match self.peek() {
            Some('{') => self.object(&pointer, depth)?,
            Some('[') => self.list(&pointer, depth)?,
            Some('"') => Kind::Text(self.string(&pointer)?),
            Some('-' | '0'..='9') => self.number(&pointer)?,
            _ => self.word(&pointer)?,
        };
        Ok(Node { at, pointer, kind })
    }

    fn word(&mut self, pointer: &str) -> Result<Kind, NoJson> {
        let rest = self.rest();
        for (word, kind) in [("null", Kind::Null), ("true", Kind::Bool(true)), ("false", Kind::Bool(false))] {
            if rest.starts_with(word) {
                self.at += word.len();
                return Ok(kind);
            }
        }
        let hint = rest.starts_with([',', '}', ']']).then_some("is there a comma too many before it?");
        Err(self.error(
            pointer,
            "a value: a text in double quotes, a number, true, false, null, {…} or […]",
            hint,
        ))
    }

    fn number(&mut self, pointer: &str) -> Result<Kind, NoJson> {
        let rest = self.rest();
        let length = rest.len()
            - rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "+-.".contains(c)).len();
        let number = rest.get(..length).and_then(|digits| serde_json::from_str::<Number>(digits).ok());
        match number {
            Some(number) => {
                self.at += length;
                Ok(Kind::Number(number))
            }
            None => {
                Err(self.error(pointer, "a number as JSON writes it", Some("a text stands in double quotes")))
            }
        }
    }

    fn list(&mut self, pointer: &str, depth: usize) -> Result<Kind, NoJson> {
        self.deeper(pointer, depth)?;
        let mut items = Vec::new();
        self.space();
        if self.eat(']') {
            return Ok(Kind::List(items));
        }
        loop {
            items.push(self.value(below(pointer, &items.len().to_string()), depth + 1)?);
            self.space();
            if self.eat(']') {
                return Ok(Kind::List(items));
            }
            if !self.eat(',') {
                return Err(self.error(pointer, "`,` or `]`", None));
            }
        }
    }

    fn object(&mut self, pointer: &str, depth: usize) -> Result<Kind, NoJson> {
        self.deeper(pointer, depth)?;
        let mut entries = Vec::new();
        self.space();
        if self.eat('}') {
            return Ok(Kind::Object(entries));
        }
        loop {
            self.space();
            let at = self.at;
            if self.peek() != Some('"') {
                let hint = (self.peek() == Some('}')).then_some("is there a comma too many before it?");
                return Err(self.error(pointer, "a key in double quotes", hint));
            }
            let name = self.string(pointer)?;
            self.space();
            if !self.eat(':') {
                return Err(self.error(pointer, "`:` behind the key", None));
            }
            let value = self.value(below(pointer, &name), depth + 1)?;
            entries.push((Key { at, name }, value));
            self.space();
            if self.eat('}') {
                return Ok(Kind::Object(entries));
            }
            if !self.eat(',') {
                return Err(self.error(pointer, "`,` or `}`", None));
            }
        }
    }

    fn deeper(&mut self, pointer: &str, depth: usize) -> Result<(), NoJson> {
        if depth >= DEPTH {
            return Err(self.error(pointer, "at most 64 levels of lists and objects", None));
        }
        self.at += 1;
        Ok(())
    }

    fn string(&mut self, pointer: &str) -> Result<String, NoJson> {
        self.at += 1;
        let mut text = String::new();
        loop {
            match self.character() {
                Ok(Some(character)) => text.push(character),
                Ok(None) => return Ok(text),
                Err((expected, hint)) => return Err(self.error(pointer, expected, hint)),
            }
        }
    }

    /// The next character of a string; nothing at its closing quote, which is taken too.
    fn character(&mut self) -> Result<Option<char>, (&'static str, Option<&'static str>)> {
        let start = self.at;
        let next = self.peek();
        self.at += next.map_or(0, char::len_utf8);
        match next {
            None => Err(("the closing `\"` of a text", None)),
            Some('"') => Ok(None),
            Some('\\') => self.escape().inspect_err(|_| self.at = start).map(Some),
            Some('\n' | '\r') => {
                self.at = start;
                Err((
                    "the closing `\"` of a text",
                    Some("a text ends on its line; a line break inside is `\\n`"),
                ))
            }
            Some(control) if control < ' ' => {
                self.at = start;
                Err(("no control characters in a text", Some("a tab is `\\t`")))
            }
            Some(character) => Ok(Some(character)),
        }
    }

    fn escape(&mut self) -> Result<char, (&'static str, Option<&'static str>)> {
        let wrong = (
            "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX",
            Some("a backslash of jq or of a regular expression is written twice in JSON: `\\\\`"),
        );
        let next = self.peek().ok_or(wrong)?;
        self.at += next.len_utf8();
        Ok(match next {
            '"' | '\\' | '/' => next,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let first = self.hex().ok_or(wrong)?;
                if !(0xd800..0xdc00).contains(&first) {
                    return char::from_u32(first).ok_or(wrong);
                }
                let pair = (self.eat('\\') && self.eat('u')).then(|| self.hex()).flatten().ok_or(wrong)?;
                let low = pair.checked_sub(0xdc00).filter(|low| *low < 0x400).ok_or(wrong)?;
                char::from_u32(0x10000 + ((first - 0xd800) << 10) + low).ok_or(wrong)?
            }
            _ => return Err(wrong),
        })
    }

    fn hex(&mut self) -> Option<u32> {
        let digits =
            self.rest().get(..4).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }
}

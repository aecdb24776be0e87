//! From text to tree.

use super::JsonError;
use super::tree::Json;

/// Deepest nesting taken in: the contract has a handful of levels, hostile texts have thousands.
const DEEPEST: u32 = 64;

/// Reads the whole text.
pub(super) fn parse(text: &[u8]) -> Result<Json, JsonError> {
    let text = std::str::from_utf8(text).map_err(|error| {
        // A letter that is cut in half ends the text.
        if error.error_len().is_none() { JsonError::Cut } else { JsonError::Malformed }
    })?;
    let mut reader = Reader { rest: text };
    let json = reader.value(0)?;
    reader.space();
    if reader.rest.is_empty() { Ok(json) } else { Err(JsonError::Malformed) }
}

struct Reader<'t> {
    rest: &'t str,
}

impl Reader<'_> {
    fn space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\n', '\r', '\t']);
    }

    fn peek(&self) -> Result<u8, JsonError> {
        self.rest.bytes().next().ok_or(JsonError::Cut)
    }

    /// Takes `token` away, if it is next.
    fn takes(&mut self, token: &str) -> bool {
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn word(&mut self, word: &str, json: Json) -> Result<Json, JsonError> {
        if self.takes(word) {
            Ok(json)
        } else if word.starts_with(self.rest) {
            Err(JsonError::Cut)
        } else {
            Err(JsonError::Malformed)
        }
    }

    fn value(&mut self, depth: u32) -> Result<Json, JsonError> {
        self.space();
        if depth > DEEPEST {
            return Err(JsonError::Malformed);
        }
        match self.peek()? {
            b'n' => self.word("null", Json::Null),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            b'"' => Ok(Json::Text(self.text()?)),
            b'[' => self.array(depth),
            b'{' => self.object(depth),
            b'-' | b'0'..=b'9' => self.number(),
            _ => Err(JsonError::Malformed),
        }
    }

    fn array(&mut self, depth: u32) -> Result<Json, JsonError> {
        let mut all = Vec::new();
        self.takes("[");
        self.space();
        if self.takes("]") {
            return Ok(Json::Array(all));
        }
        loop {
            all.push(self.value(depth + 1)?);
            if self.ends("]")? {
                return Ok(Json::Array(all));
            }
        }
    }

    fn object(&mut self, depth: u32) -> Result<Json, JsonError> {
        let mut all = Vec::new();
        self.takes("{");
        self.space();
        if self.takes("}") {
            return Ok(Json::Object(all));
        }
        loop {
            self.space();
            if self.peek()? != b'"' {
                return Err(JsonError::Malformed);
            }
            let key = self.text()?;
            self.space();
            if !self.takes(":") {
                return Err(self.missing());
            }
            all.push((key, self.value(depth + 1)?));
            if self.ends("}")? {
                return Ok(Json::Object(all));
            }
        }
    }

    /// Whether the list ends here, else a comma is taken.
    fn ends(&mut self, end: &str) -> Result<bool, JsonError> {
        self.space();
        if self.takes(end) {
            Ok(true)
        } else if self.takes(",") {
            Ok(false)
        } else {
            Err(self.missing())
        }
    }

    fn missing(&self) -> JsonError {
        if self.rest.is_empty() { JsonError::Cut } else { JsonError::Malformed }
    }

    fn text(&mut self) -> Result<String, JsonError> {
        self.takes("\"");
        let mut text = String::new();
        loop {
            let plain = self.rest.find(|c: char| c == '"' || c == '\\' || c < ' ').ok_or(JsonError::Cut)?;
            let (before, rest) = self.rest.split_at_checked(plain).ok_or(JsonError::Malformed)?;
            text.push_str(before);
            self.rest = rest;
            if self.takes("\"") {
                return Ok(text);
            }
            if !self.takes("\\") {
                return Err(JsonError::Malformed);
            }
            text.push(self.escaped()?);
        }
    }

    fn escaped(&mut self) -> Result<char, JsonError> {
        let mut chars = self.rest.chars();
        let escaped = chars.next().ok_or(JsonError::Cut)?;
        self.rest = chars.as_str();
        Ok(match escaped {
            '"' | '\\' | '/' => escaped,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let first = self.hex()?;
                if !(0xD800..0xE000).contains(&first) {
                    return char::from_u32(first).ok_or(JsonError::Malformed);
                }
                // Beyond the first 65,536 letters two escapes stand for one.
                if !self.takes("\\u") {
                    return Err(self.missing());
                }
                let second = self.hex()?;
                if first >= 0xDC00 || !(0xDC00..0xE000).contains(&second) {
                    return Err(JsonError::Malformed);
                }
                char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
                    .ok_or(JsonError::Malformed)?
            }
            _ => return Err(JsonError::Malformed),
        })
    }

    fn hex(&mut self) -> Result<u32, JsonError> {
        let Some((digits, rest)) = self.rest.split_at_checked(4) else { return Err(JsonError::Cut) };
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(JsonError::Malformed);
        }
        self.rest = rest;
        u32::from_str_radix(digits, 16).map_err(|_| JsonError::Malformed)
    }

    /// Whole numbers. Others are well-formed too, but nothing of the contract is one.
    fn number(&mut self) -> Result<Json, JsonError> {
        let is_of_it = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E');
        let end = self.rest.find(|c| !is_of_it(c)).unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at_checked(end).ok_or(JsonError::Malformed)?;
        self.rest = rest;
        if let Ok(number) = digits.parse::<u64>() {
            return Ok(Json::Number(number));
        }
        digits.parse::<i64>().map_or(Ok(Json::Fraction), |number| Ok(Json::Negative(number)))
    }
}

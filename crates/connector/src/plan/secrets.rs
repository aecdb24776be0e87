//! Which secrets a file's credentials use, and which of them a token becomes.

use super::{Credentials, Plan};

impl Credentials {
    /// Names of the secrets in them, in the order of their use.
    pub fn secrets(&self) -> Vec<String> {
        names_in([text_of(self)].iter().map(String::as_str))
    }

    /// The secret that a token becomes: the only one, or among several the one called `token`.
    pub fn token_secret(&self) -> Option<String> {
        let names = self.secrets();
        match names.as_slice() {
            [one] => Some(one.clone()),
            several => several.iter().find(|name| *name == "token").cloned(),
        }
    }
}

impl Plan {
    /// Names of all secrets: those of the credentials come first, then others of `auth` and of the stream, then those
    /// that signing in keeps.
    pub fn secret_names(&self) -> Vec<String> {
        let texts = [text_of(&self.auth.with), text_of(&self.auth), text_of(&self.polling.stream)];
        let mut names = names_in(texts.iter().map(String::as_str));
        for (name, _) in &self.auth.keeps {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        names
    }
}

/// Debugging output holds the text of every expression, with its quotes escaped.
fn text_of(part: &impl std::fmt::Debug) -> String {
    format!("{part:?}").replace('\\', "")
}

/// Names of secrets that these texts use, in the order of their use: `$secret.token`, `$secret["token"]`.
fn names_in<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for text in texts {
        for behind in text.split("$secret").skip(1) {
            let behind = behind.trim_start_matches(['.', '[', '"', ' ']);
            let name: String =
                behind.chars().take_while(|c| c.is_alphanumeric() || "_-".contains(*c)).collect();
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_found_by_their_use() {
        let texts = [r#""Token " + $secret.token"#, r#"$secret["pass_word"] + $secret.token"#];
        assert_eq!(names_in(texts.into_iter()), ["token", "pass_word"]);
    }
}

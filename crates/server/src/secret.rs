//! Secrets: making tokens, hashing them and passwords, checking signatures. Knows neither HTTP nor
//! the database; nothing here is ever logged.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::fmt;

/// The system gave no randomness, or a password could not be hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecretError;

impl fmt::Display for SecretError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the system gave no randomness")
    }
}

impl std::error::Error for SecretError {}

/// A token that is handed out once; only its hash is kept. Its Debug output does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// 256 random bits.
    pub fn random() -> Result<Self, SecretError> {
        let mut bytes = [0u8; 32];
        getrandom::fill(&mut bytes).map_err(|_| SecretError)?;
        Ok(Self(hex(&bytes)))
    }

    /// 256 random bits behind a word that says what kind of secret it is, so that people and scanners
    /// recognise one that lies where it should not.
    pub fn random_named(kind: &str) -> Result<Self, SecretError> {
        Ok(Self(format!("{kind}{}", Self::random()?.0)))
    }

    /// The token that belongs to `seed` and `name`, always the same: for demo data only.
    pub fn derived(seed: u64, name: &str) -> Self {
        Self(hash(&format!("demo {seed} {name}")))
    }

    /// As it is handed out.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    pub fn hash(&self) -> String {
        hash(&self.0)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// SHA-256 of a text, in hexadecimal.
pub fn hash(text: &str) -> String {
    hash_parts(&[text.as_bytes()])
}

/// SHA-256 of several parts, in hexadecimal; each is preceded by its length, so that moving a byte
/// from one part to the next changes the hash.
pub fn hash_parts(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    if let [only] = parts {
        hasher.update(only);
    } else {
        for part in parts {
            hasher.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            hasher.update(part);
        }
    }
    hex(&hasher.finalize())
}

/// Whether two secrets are equal, in a time that does not tell where they differ.
pub fn same(a: &str, b: &str) -> bool {
    let (a, b) = (Sha256::digest(a.as_bytes()), Sha256::digest(b.as_bytes()));
    a.iter().zip(b.iter()).fold(0u8, |different, (a, b)| different | (a ^ b)) == 0
}

/// The signature of `body` with `secret`, as the signature header carries it: `sha256=<hex>`.
pub fn sign(secret: &str, body: &[u8]) -> String {
    // A key of any length is admitted.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(body);
    format!("sha256={}", hex(&mac.finalize().into_bytes()))
}

/// Whether `signature` is that of `body` with `secret`.
pub fn is_signed(secret: &str, body: &[u8], signature: &str) -> bool {
    !secret.is_empty() && same(&sign(secret, body), &signature.trim().to_ascii_lowercase())
}

/// The hash of a password that is kept. Slow on purpose: not for an async thread.
pub fn hash_password(password: &str) -> Result<String, SecretError> {
    let hash: PasswordHash = Argon2::default().hash_password(password.as_bytes()).map_err(|_| SecretError)?;
    Ok(hash.to_string())
}

/// Whether `password` belongs to `hash`. Slow on purpose: not for an async thread.
pub fn is_password(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|d| char::from_digit(d.into(), 16))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_hmac_sha256_as_the_rfc_has_it() {
        // RFC 4231, test case 2.
        let expected = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(sign("Jefe", b"what do ya want for nothing?"), expected);
        assert!(is_signed("Jefe", b"what do ya want for nothing?", expected));
        assert!(!is_signed("Jefe", b"what do ya want for nothing!", expected));
        assert!(!is_signed("jefe", b"what do ya want for nothing?", expected));
        assert!(!is_signed("", b"", &sign("", b"")));
    }

    #[test]
    fn passwords_are_known_by_their_hash_only() {
        let kept = hash_password("tamarindo").unwrap();
        assert!(kept.starts_with("$argon2id$"));
        assert!(is_password("tamarindo", &kept) && !is_password("tamarinda", &kept));
        assert!(!is_password("tamarindo", "not a hash"));
    }

    #[test]
    fn a_token_is_long_random_and_not_shown_by_debug() {
        let (a, b) = (Token::random().unwrap(), Token::random().unwrap());
        assert_ne!(a, b);
        assert_eq!(a.reveal().len(), 64);
        assert_eq!(format!("{a:?}"), "***");
        assert_ne!(a.hash(), a.reveal());
    }

    #[test]
    fn parts_cannot_be_shifted() {
        assert_ne!(hash_parts(&[b"ab", b"c"]), hash_parts(&[b"a", b"bc"]));
    }
}

//! Text search: what of contacts and messages is indexed, and how a search asks for it.
//!
//! The only file that relies on SQLite's full-text index. Every word of a search must be found: as a
//! part of what is known of the contact, or at the beginning of a word of the thread.

use super::StoreError;
use super::filter_sql::Sql;
use bandeja_model::text;
use sqlx::SqliteConnection;

/// Shorter words are looked for in contacts only: nearly every message has a word that begins so.
const MESSAGE_WORD_CHARS: usize = 2;

/// Makes the index of messages, if it is missing.
pub async fn create(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    sqlx::raw_sql(
        "CREATE VIRTUAL TABLE IF NOT EXISTS message_search USING fts5 (
            words, conversation_id UNINDEXED, prefix = '2 3', detail = 'none', columnsize = 0,
            tokenize = 'unicode61 remove_diacritics 0')",
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Makes a message findable by its words.
pub async fn index_message(
    connection: &mut SqliteConnection,
    message: i64,
    conversation: i64,
    body: &str,
) -> Result<(), StoreError> {
    let words = text::words(body).collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        return Ok(());
    }
    sqlx::query("INSERT INTO message_search (rowid, words, conversation_id) VALUES ($1, $2, $3)")
        .bind(message)
        .bind(words)
        .bind(conversation)
        .execute(connection)
        .await?;
    Ok(())
}

/// What a search looks into for a contact: the texts folded, and the digits of those that look like
/// phone numbers without what stands between them.
pub fn contact_text<'a>(known: impl IntoIterator<Item = &'a str>) -> String {
    let mut found: Vec<String> = Vec::new();
    for part in known {
        let digits: String = part.chars().filter(char::is_ascii_digit).collect();
        let others = part.chars().any(char::is_alphabetic);
        let text = if digits.len() >= 5 && !others { digits } else { text::fold(part.trim()) };
        if !text.is_empty() && !found.contains(&text) {
            found.push(text);
        }
    }
    found.join(" ")
}

/// Adds the conditions of a text search; one without any letter or digit asks for nothing.
pub fn push_text(sql: &mut Sql, q: &str) {
    for word in text::words(q) {
        sql.push(" AND (c.contact_id IN (SELECT id FROM contact WHERE search LIKE ");
        // Words are letters and digits, so that no wildcard needs escaping.
        sql.push_bind(format!("%{word}%")).push(")");
        if word.chars().nth(MESSAGE_WORD_CHARS - 1).is_some() {
            sql.push(" OR c.id IN (SELECT conversation_id FROM message_search WHERE message_search MATCH ");
            sql.push_bind(format!("\"{word}\"*")).push(")");
        }
        sql.push(")");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phone_numbers_are_found_however_they_are_spaced() {
        assert_eq!(contact_text(["Núñez", "+52 33 5550-0142", "523355500142"]), "nunez 523355500142");
    }

    #[test]
    fn addresses_with_letters_stay_whole() {
        assert_eq!(contact_text(["", "Ana.12345@Example.test"]), "ana.12345@example.test");
    }
}

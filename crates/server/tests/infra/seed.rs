//! Generated data in a database: everything reads back, and fits together.

use bandeja_model::{ConversationId, MessageId, MessageKind, Status};
use bandeja_server::seed::Options;
use bandeja_server::store::seed::{Secrets, SeedError, fill};
use bandeja_server::store::{Store, conversations, events, lookups, thread};
use std::path::Path;

const OPTIONS: Options = Options { seed: 7, now_ms: 1_795_192_920_000, count: 300 };

async fn filled(folder: &Path, name: &str) -> Store {
    let store = Store::open(&folder.join(name)).await.unwrap();
    let mut heard = Vec::new();
    fill(&store, OPTIONS, Secrets::Derived, "bandeja-demo", |done| heard.push(done)).await.unwrap();
    assert_eq!(heard, [300]);
    store
}

#[tokio::test]
async fn every_generated_conversation_and_entry_reads_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(folder.path(), "a.db").await;
    let mut reader = store.read().await.unwrap();
    let mut ended = 0;
    for number in 1..=300 {
        let id = ConversationId::from(number.to_string());
        let found = conversations::load(&mut reader, &id, None).await.unwrap().unwrap();
        assert!(found.last_message.is_some(), "{number}");
        if found.status.is_ended() {
            ended += 1;
            let closing = found.closing.unwrap();
            assert!(closing.at >= found.created_at && !closing.undone);
        }
        assert!(found.status.is_open() || found.waiting_since.is_none());
        assert!(found.status != Status::Bot || found.owner.is_none(), "{number}");
        assert_eq!(found.channel.window().is_some(), found.window_ends_at.is_some(), "{number}");
    }
    assert!(ended > 50, "{ended}");
    let messages: i64 =
        sqlx::query_scalar("SELECT MAX(id) FROM message").fetch_one(&mut *reader).await.unwrap();
    assert!(messages > 1_500, "{messages}");
    let mut events_without_words = 0;
    for number in 1..=messages {
        let id = MessageId::from(number.to_string());
        let found = thread::load(&mut reader, &id).await.unwrap().unwrap();
        events_without_words += i32::from(found.kind == MessageKind::Event && found.event.is_none());
    }
    assert_eq!(events_without_words, 0);
    assert_eq!(events::last_id(&mut reader).await.unwrap(), 0);
}

#[tokio::test]
async fn what_refers_to_something_finds_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(folder.path(), "a.db").await;
    let mut reader = store.read().await.unwrap();
    for (what, sql) in [
        ("foreign keys", "SELECT COUNT(*) FROM pragma_foreign_key_check"),
        (
            "a conversation's episode is its newest",
            "SELECT COUNT(*) FROM conversation c WHERE episode_id <>
             (SELECT MAX(id) FROM episode WHERE conversation_id = c.id)",
        ),
        (
            "messages stand in an episode of their conversation",
            "SELECT COUNT(*) FROM message m LEFT JOIN episode e ON e.id = m.episode_id
             AND e.conversation_id = m.conversation_id WHERE e.id IS NULL",
        ),
        (
            "open conversations have a running episode and ended ones do not",
            "SELECT COUNT(*) FROM conversation c JOIN episode e ON e.id = c.episode_id
             WHERE c.is_open <> (e.ended_at IS NULL)",
        ),
        (
            "ended episodes have their closing",
            "SELECT COUNT(*) FROM episode e LEFT JOIN closing k ON k.episode_id = e.id
             WHERE (e.ended_at IS NULL) <> (k.id IS NULL)",
        ),
        (
            "ids of one conversation rise with time",
            "SELECT COUNT(*) FROM message a JOIN message b ON b.conversation_id = a.conversation_id
             AND b.id > a.id WHERE b.at < a.at",
        ),
        (
            "every text can be searched for",
            "SELECT COUNT(*) FROM message WHERE body GLOB '*[a-z]*'
             AND id NOT IN (SELECT rowid FROM message_search)",
        ),
    ] {
        let wrong: i64 = sqlx::query_scalar(sql).fetch_one(&mut *reader).await.unwrap();
        assert_eq!(wrong, 0, "{what}");
    }
}

#[tokio::test]
async fn the_same_options_give_the_same_rows_and_the_same_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let mut seen = Vec::new();
    for name in ["a.db", "b.db"] {
        let store = filled(folder.path(), name).await;
        let mut reader = store.read().await.unwrap();
        let texts: Vec<String> = sqlx::query_scalar("SELECT id || body FROM message ORDER BY id")
            .fetch_all(&mut *reader)
            .await
            .unwrap();
        let lines = lookups::secret_lines(&mut reader).await.unwrap();
        seen.push((texts, lines.into_iter().map(|line| line.secret).collect::<Vec<_>>()));
    }
    assert!(seen[0] == seen[1]);
}

#[tokio::test]
async fn a_database_that_is_not_empty_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(folder.path(), "a.db").await;
    let again = fill(&store, OPTIONS, Secrets::Random, "bandeja-demo", |_| {}).await;
    assert!(matches!(again, Err(SeedError::NotEmpty)));
}

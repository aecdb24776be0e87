//! Who may see and do what, as a table of role × action × scope, asked of the server over HTTP (P1–P4).
//! What may not be seen never appears: not in lists, searches, counts, facets or threads.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

#[path = "../common/mod.rs"]
mod common;
mod table;

use common::{Client, Server, start_server};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use table::Scope::{Elsewhere, Mentioned, OtherCampaigns, OtherTeams, Own, Teams, Unassigned};
use table::{SCOPES, Scope, USERS, bulk_calls, calls, client, expected, is_readonly, left_out, sees};

/// One conversation for each scope; answers with their ids.
fn furnish(server: &Server) -> Vec<(Scope, String)> {
    let all: Vec<_> = SCOPES
        .into_iter()
        .map(|scope| {
            let line = match scope {
                Own | Teams | Unassigned => 1,
                OtherTeams | Mentioned | Elsewhere => 2,
                OtherCampaigns => 3,
            };
            (scope, server.contact_writes(line, &format!("{scope:?}"), &format!("palabra{scope:?}")))
        })
        .collect();
    for (scope, id) in &all {
        reset(server, *scope, id, "assigned", false);
    }
    server.sql(
        "INSERT INTO mention (conversation_id, user_id, episode_id)
         SELECT id, 4, episode_id FROM conversation WHERE address = 'Mentioned'",
    );
    all
}

/// Puts a conversation back to where the table has it.
fn reset(server: &Server, scope: Scope, id: &str, status: &'static str, archived: bool) {
    let (team, owner) = match scope {
        Own => (1, Some(4)),
        Teams => (1, Some(5)),
        Unassigned => (1, None),
        OtherTeams | Mentioned => (2, Some(6)),
        OtherCampaigns => (3, Some(7)),
        Elsewhere => (2, Some(4)),
    };
    server.run(async {
        let mut tx = server.app.store.begin().await.unwrap();
        sqlx::query("DELETE FROM conversation_tag").execute(&mut *tx).await.unwrap();
        sqlx::query(
            "UPDATE conversation SET status = $1, archived = $2, team_id = $3, owner_id = $4, snoozed_until = NULL,
             priority = 0, bot_paused = 0, unread = 1,
             episode_id = (SELECT MIN(e.id) FROM episode e WHERE e.conversation_id = conversation.id)
             WHERE id = $5",
        )
        .bind(status)
        .bind(archived)
        .bind(team)
        .bind(owner)
        .bind(id.parse::<i64>().unwrap())
        .execute(&mut *tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
    });
}

fn version(server: &Server, id: &str) -> String {
    server.bearer("super").get(&format!("/conversations/{id}")).body["version"].to_string()
}

#[test]
fn every_action_in_every_scope_is_answered_as_the_table_says() {
    let server = start_server();
    let all = furnish(&server);
    for user in USERS {
        let client = client(&server, user);
        for (scope, id) in &all {
            for call in calls() {
                reset(&server, *scope, id, call.status, call.archived);
                let path = format!("/conversations/{id}/{}", call.name);
                let body =
                    call.body.as_ref().map(|body| ("application/json", serde_json::to_vec(body).unwrap()));
                let client = client.with_header("If-Match", &format!("\"{}\"", version(&server, id)));
                let answer = client.send(call.method, path.trim_end_matches('/'), body);
                let wanted = expected(user, *scope, &call);
                assert_eq!(
                    answer.status, wanted,
                    "{user} {} {:?} {scope:?}: {}",
                    call.name, call.body, answer.body
                );
                match wanted {
                    403 => assert!(answer.body["permission"].is_string(), "a 403 names the permission"),
                    404 => {
                        let nothing = client.send(
                            call.method,
                            &path.replace(id.as_str(), "999999"),
                            call.body
                                .as_ref()
                                .map(|body| ("application/json", serde_json::to_vec(body).unwrap())),
                        );
                        assert_eq!(answer.body, nothing.body, "as if it did not exist");
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Puts all back to where the table has them, each with a label, and read where that is to be changed.
fn reset_all(server: &Server, all: &[(Scope, String)], action: &str, status: &'static str) {
    for (scope, id) in all {
        reset(server, *scope, id, status, false);
    }
    server.sql("INSERT INTO conversation_tag (conversation_id, tag_id) SELECT id, 2 FROM conversation");
    if action == "unread" {
        server.sql("UPDATE conversation SET unread = 0");
    }
}

#[test]
fn every_bulk_action_reaches_what_the_table_says_and_nothing_else() {
    let server = start_server();
    let all = furnish(&server);
    let boss = server.bearer("super");
    let version = |id: &str| boss.get(&format!("/conversations/{id}")).body.to_string();
    for user in USERS {
        let client = client(&server, user);
        for (action, status, sent) in bulk_calls() {
            reset_all(&server, &all, action, status);
            let before: Vec<String> = all.iter().map(|(_, id)| version(id)).collect();
            let mut ids: Vec<&str> = all.iter().map(|(_, id)| id.as_str()).collect();
            ids.push("999999");
            let mut body = sent.clone();
            body["action"] = json!(action);
            body["selection"] = json!({ "ids": ids });
            let seen = client.post("/bulk/preview", &body);
            if is_readonly(user) {
                assert_eq!((seen.code(), seen.body["permission"].as_str()), ("forbidden", Some("write")));
                continue;
            }
            assert_eq!(seen.status, 200, "{user} {action}: {}", seen.body);
            let reasons: Vec<_> =
                all.iter().map(|(scope, _)| left_out(user, *scope, action, status)).collect();
            let count = |reason| reasons.iter().filter(|it| **it == reason).count();
            let mut wanted = json!([{ "reason": "not_found", "count": count(Some("not_found")) + 1 }]);
            if count(Some("not_permitted")) > 0 {
                let more = json!({ "reason": "not_permitted", "count": count(Some("not_permitted")) });
                wanted.as_array_mut().unwrap().push(more);
            }
            assert_eq!(seen.body["excluded"], wanted, "{user} {action}");
            assert_eq!(seen.body["changes"], count(None), "{user} {action}");
            let job = client.post("/bulk", &json!({ "preview_id": seen.body["preview_id"] }));
            if count(None) == 0 {
                assert_eq!(job.code(), "nothing_to_do", "{user} {action}");
            } else {
                let done = finished(&client, job.body["id"].as_str().unwrap());
                assert_eq!(done, count(None) as u64, "{user} {action}");
            }
            for (((scope, id), reason), before) in all.iter().zip(&reasons).zip(&before) {
                let changed = version(id) != *before;
                assert_eq!(changed, reason.is_none(), "{user} {action} {scope:?}");
            }
        }
    }
}

/// How many a job did, once it is over.
fn finished(client: &Client, job: &str) -> u64 {
    for _ in 0..2_000 {
        let job = client.get(&format!("/bulk/{job}")).body;
        if job["state"] == "finished" {
            assert_eq!((&job["skipped"], &job["failed"]), (&json!(0), &json!(0)));
            return job["done"].as_u64().unwrap();
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    panic!("the job does not end");
}

#[test]
fn what_is_not_seen_has_no_version_to_guess_at() {
    let server = start_server();
    let all = furnish(&server);
    let dora = server.bearer("dora");
    for (_, id) in all.iter().filter(|(scope, _)| *scope != OtherCampaigns) {
        for stale in ["\"1\"", "\"99\"", "x"] {
            let answer =
                dora.with_header("If-Match", stale).post_nothing(&format!("/conversations/{id}/archive"));
            assert_eq!(answer.status, 404);
        }
        assert_eq!(dora.post_nothing(&format!("/conversations/{id}/archive")).status, 404, "nor a 428");
        let bad = dora.post(&format!("/conversations/{id}/close"), &json!({}));
        assert_eq!(bad.status, 404, "nor a 400");
    }
}

#[test]
fn nothing_out_of_sight_is_listed_found_or_counted() {
    let server = start_server();
    let all = furnish(&server);
    for user in USERS {
        let client = client(&server, user);
        let wanted: BTreeSet<&str> =
            all.iter().filter(|(scope, _)| sees(user, *scope)).map(|(_, id)| id.as_str()).collect();
        let page = client.get("/conversations?limit=200").body;
        let listed: BTreeSet<&str> =
            page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
        assert_eq!(listed, wanted, "{user}");
        assert_eq!(page["total"]["value"], wanted.len(), "{user}");
        let count = wanted.len();
        assert_eq!(client.get("/conversations/counts").body["views"]["all"], count, "{user}");
        check_facets(&client, user, count);
        for (scope, _) in &all {
            let path = format!("/conversations?q=palabra{scope:?}");
            assert_eq!(
                client.get(&path).body["total"]["value"],
                u64::from(sees(user, *scope)),
                "{user} {scope:?}"
            );
            // The contact's address is searched too; "Teams" is a part of "OtherTeams".
            let query =
                client.post("/conversations/query", &json!({ "filter": format!("q={scope:?}") })).body;
            for item in query["items"].as_array().unwrap() {
                assert!(wanted.contains(item["id"].as_str().unwrap()), "{user} {scope:?}");
            }
        }
    }
}

fn check_facets(client: &Client, user: &str, count: usize) {
    let facets = client.get("/conversations/facets").body;
    assert_eq!(facets["total"]["value"], count, "{user}");
    let sum = |field: &str| -> u64 {
        let counts = facets["facets"][field].as_object().unwrap();
        counts.values().filter_map(Value::as_u64).sum()
    };
    for field in ["campaign", "channel", "line", "status", "priority", "unread"] {
        assert_eq!(sum(field), count as u64, "{user} {field}");
    }
}

#[test]
fn nobody_sees_anything_without_signing_in() {
    let server = start_server();
    let id = server.contact_writes(1, "+1", "Hola");
    let nobody = server.anonymous();
    for path in
        ["", "/counts", "/facets", &format!("/{id}"), &format!("/{id}/messages"), &format!("/{id}/episodes")]
    {
        assert_eq!(nobody.get(&format!("/conversations{path}")).status, 401, "{path}");
    }
    for action in ["close", "reopen", "read", "messages"] {
        assert_eq!(nobody.post_nothing(&format!("/conversations/{id}/{action}")).status, 401, "{action}");
    }
    assert_eq!(nobody.post_nothing("/undo/x").status, 401);
}

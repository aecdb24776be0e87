//! A line that gets another team takes those of its conversations along that nobody gave to a team.

use crate::common::{Server, start_server};
use crate::{act, get, line, save, saved};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// Gives line 1 to a team.
fn give(server: &Server, team: Option<&str>) -> Value {
    let settings = json!({ "team": team, "user": null, "bot": false, "menu": { "greeting": "" } });
    saved(save(&server.bearer("admin1"), 1, &settings))
}

/// Conversations on line 1 beyond what one slice holds, all of team 1.
fn crowd(server: &Server, count: i64) {
    server.run(async {
        let mut tx = server.app.store.begin().await.unwrap();
        sqlx::query("INSERT INTO contact (id, name) VALUES (1000, 'Many')").execute(&mut *tx).await.unwrap();
        for number in 0..count {
            sqlx::query(
                "INSERT INTO conversation (status, channel, line_id, campaign_id, team_id, contact_id, address,
                 created_at, last_activity_at, touched_at) VALUES ('new', 'whatsapp', 1, 1, 1, 1000, $1, $2, $2, $2)",
            )
            .bind(format!("many {number}"))
            .bind(number)
            .execute(&mut *tx)
            .await
            .unwrap();
        }
        tx.commit().await.unwrap();
    });
}

fn with_team(server: &Server, team: i64) -> i64 {
    server.run(async {
        let mut reader = server.app.store.read().await.unwrap();
        let sql = "SELECT count(*) FROM conversation WHERE line_id = 1 AND team_id IS $1";
        sqlx::query_scalar(sql).bind(team).fetch_one(&mut *reader).await.unwrap()
    })
}

fn settled(server: &Server, team: i64, count: i64) {
    let until = Instant::now() + Duration::from_secs(10);
    while with_team(server, team) != count {
        assert!(Instant::now() < until, "{} of {count}", with_team(server, team));
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn conversations_without_a_team_of_their_own_follow_and_the_others_stay() {
    let server = start_server();
    let (ana, carla, admin) = (server.bearer("ana"), server.bearer("carla"), server.bearer("admin1"));
    let fresh = server.contact_writes(1, "fresh", "Hola");
    let owned = server.contact_writes(1, "owned", "Hola");
    act(&ana, &owned, "assign", &json!({ "user": "4" }));
    let assigned = server.contact_writes(1, "assigned", "Hola");
    act(&ana, &assigned, "assign", &json!({ "user": "4", "team": "1" }));
    act(&ana, &assigned, "unassign", &Value::Null);
    let ended = server.contact_writes(1, "ended", "Hola");
    act(&ana, &ended, "assign", &json!({ "user": "5" }));
    act(&server.bearer("beto"), &ended, "close", &json!({ "description": "x" }));
    let elsewhere = server.contact_writes(2, "elsewhere", "Hola");
    let version = get(&admin, &fresh)["version"].as_u64().unwrap();
    let entries = admin.get(&format!("/conversations/{fresh}/messages")).body;

    give(&server, Some("2"));
    for (id, team) in [(&fresh, "2"), (&owned, "2"), (&ended, "2"), (&assigned, "1"), (&elsewhere, "2")] {
        assert_eq!(get(&admin, id)["team"], team);
    }
    assert_eq!(get(&admin, &fresh)["version"], version + 1);
    assert_eq!(admin.get(&format!("/conversations/{fresh}/messages")).body, entries);
    let sees = |client: &crate::Client, id: &str| client.get(&format!("/conversations/{id}")).status == 200;
    assert!(sees(&carla, &fresh) && sees(&carla, &ended) && !sees(&carla, &assigned));
    // What is hers stays in sight.
    assert!(!sees(&ana, &fresh) && sees(&ana, &owned) && sees(&ana, &assigned) && !sees(&ana, &ended));
    // New contacts go to the new team, too.
    assert_eq!(get(&admin, &server.contact_writes(1, "later", "Hola"))["team"], "2");
}

#[test]
fn saving_without_another_team_moves_nothing() {
    let server = start_server();
    let (admin, id) = (server.bearer("admin1"), server.contact_writes(1, "a", "Hola"));
    let before = get(&admin, &id);
    saved(save(&admin, 1, &line("1", false, &crate::menu())));
    assert_eq!(get(&admin, &id), before);
}

#[test]
fn a_line_without_a_team_leaves_its_conversations_to_admins() {
    let server = start_server();
    let id = server.contact_writes(1, "a", "Hola");
    give(&server, None);
    assert_eq!(get(&server.bearer("admin1"), &id)["team"], Value::Null);
    assert_eq!(server.bearer("ana").get(&format!("/conversations/{id}")).status, 404);
    give(&server, Some("1"));
    assert_eq!(get(&server.bearer("ana"), &id)["team"], "1");
}

#[test]
fn those_who_saw_or_see_them_are_told_and_nobody_else() {
    let server = start_server();
    let id = server.contact_writes(1, "a", "Hola");
    let streams = ["ana", "carla", "admin1", "dora", "admin2"].map(|name| server.bearer(name).events(None));
    give(&server, Some("2"));
    let told = streams.map(|stream| {
        let events = stream.all_within(Duration::from_millis(600));
        let changed = events.into_iter().filter(|event| event.name == "conversations.changed");
        changed.map(|event| event.data["ids"].clone()).collect::<Vec<_>>()
    });
    let one = vec![json!([id])];
    assert_eq!(told, [one.clone(), one.clone(), one, vec![], vec![]]);
}

#[test]
fn more_than_a_slice_follows_behind_and_every_one_is_told_of_once() {
    let server = start_server();
    crowd(&server, 400);
    let stream = server.bearer("carla").events(None);
    give(&server, Some("2"));
    // A slice is there already when the answer comes.
    assert!(with_team(&server, 2) >= 100);
    settled(&server, 2, 400);
    let events = stream.all_within(Duration::from_millis(600));
    let ids: Vec<_> = events
        .iter()
        .filter(|event| event.name == "conversations.changed")
        .flat_map(|event| event.data["ids"].as_array().unwrap().clone())
        .map(|id| id.as_str().unwrap().to_owned())
        .collect();
    assert_eq!((ids.len(), ids.iter().collect::<BTreeSet<_>>().len()), (400, 400));
}

#[test]
fn a_line_that_changes_again_meanwhile_ends_where_it_was_sent_last() {
    let server = start_server();
    crowd(&server, 700);
    give(&server, Some("2"));
    give(&server, Some("1"));
    give(&server, Some("2"));
    settled(&server, 2, 700);
}

#[test]
fn what_a_stopped_server_left_undone_is_gone_on_with() {
    let server = start_server();
    crowd(&server, 200);
    // As the file stands after a stop between two slices.
    server.sql("UPDATE line SET team_id = 2, follow_after = 'many 150', follow_by = 2 WHERE id = 1");
    server.app.follows.now();
    let behind =
        i64::try_from((0..200).filter(|number| format!("many {number}").as_str() > "many 150").count());
    settled(&server, 2, behind.unwrap());
    let left: Option<String> = server.run(async {
        let mut reader = server.app.store.read().await.unwrap();
        let sql = "SELECT follow_after FROM line WHERE id = 1";
        sqlx::query_scalar(sql).fetch_one(&mut *reader).await.unwrap()
    });
    assert_eq!(left, None);
}

#[test]
fn taking_an_assignment_back_leads_to_the_team_the_line_has_now() {
    let server = start_server();
    let (admin, id) = (server.bearer("admin1"), server.contact_writes(1, "a", "Hola"));
    let version = get(&admin, &id)["version"].to_string();
    let on_it = admin.with_header("If-Match", &format!("\"{version}\""));
    let answer = on_it.post(&format!("/conversations/{id}/assign"), &json!({ "user": "4", "team": "1" }));
    let token = answer.body["undo"]["token"].as_str().unwrap().to_owned();
    give(&server, Some("2"));
    assert_eq!(get(&admin, &id)["team"], "1");
    let back = admin.post_nothing(&format!("/undo/{token}"));
    assert_eq!((back.status, &back.body["conversation"]["team"]), (200, &json!("2")));
}

#[test]
fn following_is_a_transfer_and_lets_the_clock_of_any_activity_start_anew() {
    let server = start_server();
    server.contact_writes(1, "a", "Hola");
    server.sql("UPDATE conversation SET clock_any = 1, clock_contact = 2, clock_agent = 3");
    give(&server, Some("2"));
    let clocks: (i64, i64, i64) = server.run(async {
        let mut reader = server.app.store.read().await.unwrap();
        let sql = "SELECT clock_any, clock_contact, clock_agent FROM conversation";
        sqlx::query_as(sql).fetch_one(&mut *reader).await.unwrap()
    });
    assert!(clocks.0 > 1_000_000, "{clocks:?}");
    assert_eq!((clocks.1, clocks.2), (2, 3));
}

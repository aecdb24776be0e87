//! Reading and saving the settings of a line.

use crate::common::{inbound, start_server};
use crate::{line, menu, save, save_on, saved};
use serde_json::{Value, json};

const USERS: [&str; 6] = ["ana", "carla", "dora", "admin1", "admin2", "super"];

/// What the table expects of `user` for a line of campaign 1 or 2.
fn expected(user: &str, campaign: u32) -> u16 {
    match (user, campaign) {
        ("super", _) | ("admin1", 1) | ("admin2", 2) => 200,
        ("ana" | "carla", 1) | ("dora", 2) => 403,
        _ => 404,
    }
}

#[test]
fn settings_are_for_super_admins_and_admins_of_the_campaign() {
    let server = start_server();
    for user in USERS {
        let client = server.bearer(user);
        for (number, campaign, team) in [(1, 1, "1"), (2, 1, "2"), (3, 2, "3")] {
            let version = server.bearer("super").get(&format!("/lines/{number}")).body["version"].to_string();
            let read = client.get(&format!("/lines/{number}"));
            let put = save_on(&client, number, &version, &line(team, false, &json!({ "greeting": "" })));
            let expected = expected(user, campaign);
            assert_eq!((read.status, put.status), (expected, expected), "{user} {number}");
            if expected == 403 {
                assert_eq!(read.body["permission"], "settings");
                assert_eq!(put.body["permission"], "settings");
            }
        }
        for nobodys in ["99", "0", "x", "-1", "01"] {
            assert_eq!(client.get(&format!("/lines/{nobodys}")).code(), "not_found", "{nobodys}");
        }
    }
    assert_eq!(server.anonymous().get("/lines/1").status, 401);
}

#[test]
fn what_may_not_be_known_is_not_found_whatever_else_is_wrong() {
    let server = start_server();
    let other = server.bearer("admin2");
    assert_eq!(other.put("/lines/1", &line("99", true, &json!({ "greeting": "" }))).status, 404);
    let agent = server.bearer("ana");
    assert_eq!(agent.put("/lines/1", &line("99", true, &json!({ "greeting": "" }))).status, 403);
}

#[test]
fn what_was_saved_is_read_and_listed_and_the_version_rises_each_time() {
    let server = start_server();
    let admin = server.bearer("admin1");
    let first = admin.get("/lines/4");
    assert_eq!((first.header("etag"), &first.body["version"]), ("\"1\"", &json!(1)));
    assert_eq!(first.body["menu"], json!({ "greeting": "", "options": [] }));
    let settings = json!({ "team": "2", "user": "6", "bot": true, "menu": menu() });
    let after = saved(save(&admin, 4, &settings));
    let mut whole = settings.clone();
    whole["id"] = json!("4");
    whole["version"] = json!(2);
    assert_eq!((&after, &admin.get("/lines/4").body), (&whole, &whole));
    assert_eq!(saved(save(&admin, 4, &settings))["version"], 3);
    let listed = admin.get("/lines").body["items"].as_array().unwrap()[2].clone();
    assert_eq!((&listed["team"], &listed["user"], &listed["bot"]), (&json!("2"), &json!("6"), &json!(true)));
    let none = json!({ "team": null, "user": null, "bot": false, "menu": { "greeting": "" } });
    assert_eq!(saved(save(&admin, 4, &none))["team"], Value::Null);
}

#[test]
fn who_was_overtaken_is_told_what_stands_now_and_nothing_is_saved() {
    let server = start_server();
    let admin = server.bearer("admin1");
    let now = saved(save(&admin, 4, &line("1", true, &menu())));
    for version in ["1", "3", "x"] {
        let stale = save_on(&admin, 4, version, &line("2", false, &json!({ "greeting": "" })));
        assert_eq!(
            (stale.status, stale.code(), &stale.body["current_line"]),
            (412, "stale", &now),
            "{version}"
        );
    }
    let missing = admin.put("/lines/4", &line("2", false, &json!({ "greeting": "" })));
    assert_eq!((missing.status, missing.code()), (428, "version_required"));
    assert_eq!(admin.get("/lines/4").body, now);
}

#[test]
fn everything_wrong_is_named_at_once() {
    let server = start_server();
    let admin = server.bearer("admin1");
    let faults = |settings: &Value| {
        let answer = save(&admin, 1, settings);
        assert_eq!((answer.status, answer.code()), (400, "invalid"), "{settings}");
        answer.fields().into_iter().map(|(field, code)| format!("{field} {code}")).collect::<Vec<_>>()
    };
    let options = json!([{ "label": "", "team": "1" }, { "label": "x".repeat(61), "team": "3" }]);
    let menu = json!({ "greeting": "g".repeat(1_001), "options": options });
    assert_eq!(
        faults(&json!({ "team": "3", "user": "7", "bot": true, "menu": menu })),
        [
            "team unknown",
            "user unknown",
            "menu.greeting too_long",
            "menu.options.0.label required",
            "menu.options.1.label too_long",
            "menu.options.1.team unknown",
        ]
    );
    let empty = json!({ "greeting": " " });
    assert_eq!(faults(&line("1", true, &empty)), ["menu.greeting required", "menu.options required"]);
    let many: Vec<Value> = (0..10).map(|_| json!({ "label": "x", "team": "1" })).collect();
    let many = json!({ "greeting": "Hola", "options": many });
    assert_eq!(faults(&line("1", false, &many)), ["menu.options too_many"]);
    for team in ["99", "x", ""] {
        assert_eq!(faults(&line(team, false, &empty)), ["team unknown"], "{team}");
    }
    // Deactivated, and of another campaign.
    for user in ["8", "7", "99", "x"] {
        let settings = json!({ "team": "1", "user": user, "bot": false, "menu": empty });
        assert_eq!(faults(&settings), ["user unknown"], "{user}");
    }
    assert_eq!(admin.get("/lines/1").body["version"], 1);
}

#[test]
fn unknown_and_missing_fields_are_named() {
    let server = start_server();
    let admin = server.bearer("admin1");
    let mut settings = line("1", false, &menu());
    settings["menu"]["options"][1]["icon"] = json!("🌿");
    let named = save(&admin, 1, &settings).fields();
    assert_eq!(named, [("menu.options[1].icon".to_owned(), "unknown".to_owned())]);
    let mut settings = line("1", false, &menu());
    settings["secret"] = json!("mine");
    assert_eq!(save(&admin, 1, &settings).fields(), [("secret".to_owned(), "unknown".to_owned())]);
    let answer = save(&admin, 1, &json!({ "team": "1", "bot": false }));
    assert_eq!(answer.fields(), [("menu".to_owned(), "required".to_owned())]);
}

#[test]
fn a_repeat_with_the_same_key_saves_once() {
    let server = start_server();
    let admin =
        server.bearer("admin1").with_header("Idempotency-Key", "one").with_header("If-Match", "\"1\"");
    let first = admin.put("/lines/4", &line("1", true, &menu()));
    let again = admin.put("/lines/4", &line("1", true, &menu()));
    assert_eq!((first.status, &again.body), (200, &first.body));
    assert_eq!(again.header("etag"), "\"2\"");
    assert_eq!(server.bearer("admin1").get("/lines/4").body["version"], 2);
}

#[test]
fn the_secret_of_a_line_is_never_told_and_stays() {
    let server = start_server();
    let admin = server.bearer("super");
    saved(save(&admin, 1, &line("2", false, &menu())));
    assert!(!admin.get("/lines/1").body.to_string().contains("secret"));
    assert_eq!(server.hand_in(1, &inbound("a", "Hola", None)).status, 200);
}

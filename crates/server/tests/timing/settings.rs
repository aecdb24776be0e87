//! Reading and saving: who may, what is refused, and what others are told.

use crate::common::{Client, Server, start_server};
use crate::{DAY, HOUR, closing_after, fields, save, save_on, saved, simulated, with_farewell};
use serde_json::{Value, json};
use std::time::Duration;

#[test]
fn settings_are_for_admins_of_the_campaign_and_for_super_admins() {
    let server = start_server();
    let expected = [
        ("super", [200, 200]),
        ("admin1", [200, 404]),
        ("admin2", [404, 200]),
        // Agents know the teams of their campaigns.
        ("ana", [403, 404]),
        ("carla", [403, 404]),
        ("dora", [404, 403]),
    ];
    for (name, expected) in expected {
        let client = server.bearer(name);
        for (team, status) in [1, 3].into_iter().zip(expected) {
            let path = format!("/teams/{team}/timing");
            let version = server.bearer("super").get(&path).body["version"].to_string();
            let settings = closing_after(7);
            let answers = [
                client.get(&path),
                save_on(&client, team, &version, &settings),
                client.post(&format!("{path}/simulate"), &settings),
            ];
            for answer in answers {
                assert_eq!(answer.status, status, "{name} and team {team}: {}", answer.body);
                if status == 403 {
                    assert_eq!(
                        (answer.code(), &answer.body["permission"]),
                        ("forbidden", &json!("settings"))
                    );
                }
            }
        }
    }
    for id in ["99", "x"] {
        assert_eq!(server.bearer("super").get(&format!("/teams/{id}/timing")).status, 404);
    }
    assert_eq!(server.anonymous().get("/teams/1/timing").status, 401);
}

#[test]
fn as_shipped_nothing_closes_and_everybody_meets_the_same_agent() {
    let server = start_server();
    let shipped = server.bearer("admin1").get("/teams/1/timing");
    assert_eq!(shipped.header("etag"), "\"0\"");
    assert_eq!(shipped.body["inactivity"]["after_s"], Value::Null);
    assert_eq!(shipped.body["reassignment"], json!({ "window_s": null, "count_automatic": false }));
}

#[test]
fn what_is_saved_is_read_again_and_the_clock_starts_at_saving() {
    let server = start_server();
    let admin = server.bearer("admin1");
    let before = server.now();
    let mut settings = with_farewell(7, 24);
    settings["reassignment"] = json!({ "window_s": DAY, "count_automatic": true });
    let first = saved(save(&admin, 1, &settings));
    assert_eq!((&first["version"], &first["reassignment"]), (&json!(1), &settings["reassignment"]));
    assert_eq!(admin.get("/teams/1/timing").body, first);
    let since =
        |saved: &Value| saved["clock_since"].as_str().unwrap().parse::<bandeja_model::Timestamp>().unwrap();
    assert!((since(&first) - before).num_milliseconds() >= -1);
    // What was read may be sent back with changes, and its version stands for the header.
    let mut again = first.clone();
    again["inactivity"]["form"]["description"] = json!("Otra");
    let again = saved(admin.put("/teams/1/timing", &again));
    assert_eq!((&again["version"], since(&again)), (&json!(2), since(&first)), "words start no clock");
    let mut other = again.clone();
    other["inactivity"]["after_s"] = json!(3 * DAY);
    std::thread::sleep(Duration::from_millis(5));
    assert!(since(&saved(admin.put("/teams/1/timing", &other))) > since(&first));
}

#[test]
fn a_version_is_required_and_who_comes_late_is_told_what_stands_now() {
    let server = start_server();
    let admin = server.bearer("admin1");
    let unread = admin.put("/teams/1/timing", &closing_after(7));
    assert_eq!((unread.status, unread.code()), (428, "version_required"));
    let now = saved(save(&server.bearer("super"), 1, &closing_after(3)));
    for version in ["0", "2", "x"] {
        let late = save_on(&admin, 1, version, &closing_after(7));
        assert_eq!((late.status, late.code()), (412, "stale"));
        assert_eq!(late.body["current_timing"], now);
    }
    assert_eq!(admin.get("/teams/1/timing").body, now, "nothing was written");
}

#[test]
fn a_repeat_with_the_same_key_is_answered_as_the_first() {
    let server = start_server();
    let admin = server.bearer("admin1").with_header("Idempotency-Key", "one");
    let first = saved(save_on(&admin, 1, "0", &closing_after(7)));
    assert_eq!(saved(save_on(&admin, 1, "0", &closing_after(7))), first);
}

#[test]
fn values_out_of_range_and_missing_ones_name_their_fields() {
    let server = start_server();
    let admin = server.bearer("admin1");
    let refused = |settings: &Value| {
        let answer = save(&admin, 1, settings);
        assert_eq!((answer.status, answer.code()), (400, "invalid"));
        answer.fields()
    };
    let mut settings = with_farewell(7, 24);
    settings["inactivity"]["after_s"] = json!(31 * DAY);
    settings["inactivity"]["farewell"] = json!({ "text": " ", "notice_s": HOUR - 1 });
    settings["inactivity"]["form"] = json!({ "description": "", "category_id": "2", "subcategory_id": "3" });
    settings["reassignment"] = json!({ "window_s": HOUR - 1 });
    let range = [
        ("inactivity.after_s", "out_of_range"),
        ("inactivity.farewell.notice_s", "out_of_range"),
        ("reassignment.window_s", "out_of_range"),
    ];
    assert_eq!(
        refused(&settings),
        fields(&[
            range[0],
            ("inactivity.form.description", "required"),
            ("inactivity.form.subcategory_id", "of_another_category"),
            ("inactivity.farewell.text", "required"),
            range[1],
            range[2],
        ])
    );
    // Words and categories change no number, so the simulator does not ask for them.
    let answer = admin.post("/teams/1/timing/simulate", &settings);
    assert_eq!((answer.status, answer.fields()), (400, fields(&range)));
    settings = closing_after(7);
    settings["inactivity"]["form"] = json!({});
    assert_eq!(refused(&settings), fields(&[("inactivity.form.description", "required")]));
    simulated(&admin, 1, &settings);
    settings["inactivity"]["after_s"] = Value::Null;
    saved(save(&admin, 1, &settings));
}

#[test]
fn unknown_fields_are_refused_by_name() {
    let server = start_server();
    let admin = server.bearer("admin1");
    for (place, name) in
        [("", "colour"), ("/inactivity", "inactivity.days"), ("/reassignment", "reassignment.days")]
    {
        let mut settings = closing_after(7);
        settings.pointer_mut(place).unwrap()[name.split('.').next_back().unwrap()] = json!(1);
        for answer in [save(&admin, 1, &settings), admin.post("/teams/1/timing/simulate", &settings)] {
            assert_eq!((answer.status, answer.fields()), (400, fields(&[(name, "unknown")])));
        }
    }
}

#[test]
fn who_knows_the_team_is_told_that_its_settings_changed() {
    let server = start_server();
    let streams = ["super", "admin1", "ana"].map(|name| server.bearer(name).events(None));
    let other = server.bearer("admin2").events(None);
    for stream in streams.iter().chain([&other]) {
        stream.next_of("ready");
    }
    saved(save(&server.bearer("super"), 1, &closing_after(7)));
    for stream in &streams {
        assert_eq!(stream.next_of("timing.changed").data["team"], "1");
    }
    let told = other.all_within(Duration::from_millis(300));
    assert!(told.iter().all(|event| event.name != "timing.changed"), "{told:?}");
}

#[test]
fn lists_of_teams_show_settings_to_who_may_change_them() {
    let server = start_server();
    let mut settings = closing_after(7);
    settings["reassignment"] = json!({ "window_s": 12 * HOUR });
    saved(save(&server.bearer("admin1"), 1, &settings));
    let shown = |server: &Server, name: &str| {
        let teams = |client: Client| client.get("/teams").body["items"].clone();
        teams(server.bearer(name))
            .as_array()
            .unwrap()
            .iter()
            .map(|team| team["timing"].clone())
            .collect::<Vec<_>>()
    };
    let (saved, shipped) =
        (json!({ "after_s": 7 * DAY, "window_s": 12 * HOUR }), json!({ "after_s": null, "window_s": null }));
    assert_eq!(shown(&server, "super"), [saved.clone(), shipped.clone(), shipped.clone()]);
    assert_eq!(shown(&server, "admin1"), [saved, shipped]);
    assert_eq!(shown(&server, "ana"), [Value::Null, Value::Null]);
}

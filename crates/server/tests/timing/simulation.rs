//! The simulator's numbers (P29).

use crate::common::{Client, Server, start_demo_server, start_server_with};
use crate::{DAY, HOUR, act, closing_after, pass, save, saved, simulated, with_farewell};
use bandeja_server::app::Settings;
use bandeja_server::zone::Zone;
use serde_json::{Value, json};

#[test]
fn it_counts_what_would_close_now_and_says_what_either_choice_would_do() {
    let server = start_demo_server();
    let admin = server.bearer("admin1");
    for address in ["a", "b", "c"] {
        server.contact_writes(1, address, "Hola");
    }
    server.contact_writes(2, "d", "Hola");
    pass(&server, 8 * DAY);
    server.contact_writes(1, "c", "Sigo aquí");
    let until = (server.now() + chrono::TimeDelta::days(9)).to_rfc3339();
    act(&admin, "2", "snooze", &json!({ "until": until }));
    server.sql("UPDATE conversation SET clock_any = clock_contact WHERE id = 2");
    let mut settings = closing_after(7);
    let numbers = simulated(&admin, 1, &settings);
    let counted = &numbers["inactivity"];
    assert_eq!(
        (&counted["now"], &counted["by_tonight"], &counted["open"]),
        (&json!(1), &json!(1), &json!(3))
    );
    assert_eq!((&counted["snoozed"], &counted["exact"]), (&json!(1), &json!(true)));
    assert_eq!(counted["with_time_passed"], json!({ "now": 1, "by_tonight": 1 }));
    assert_eq!(counted["from_saving"], json!({ "now": 0, "by_tonight": 0 }));
    settings["inactivity"]["count_time_passed"] = json!(false);
    assert_eq!(simulated(&admin, 1, &settings)["inactivity"]["now"], 0);
    settings["inactivity"]["after_s"] = Value::Null;
    assert_eq!(simulated(&admin, 1, &settings)["inactivity"]["with_time_passed"]["now"], 0);
    // With a farewell message it is asked for each, and nobody closes without having been warned.
    let counted = simulated(&admin, 2, &with_farewell(7, 24))["inactivity"].clone();
    assert_eq!((&counted["now"], &counted["warned"], &counted["open"]), (&json!(0), &json!(1), &json!(1)));
}

#[test]
fn tonight_is_the_end_of_the_installations_day() {
    for hours in [-6, 0, 9] {
        let zone = Zone::ahead_by(hours * 3_600).unwrap();
        let server = start_server_with(Settings { demo: true, zone, ..Settings::default() });
        let numbers = simulated(&server.bearer("admin1"), 1, &closing_after(7));
        let moment =
            |name: &str| numbers[name].as_str().unwrap().parse::<bandeja_model::Timestamp>().unwrap();
        assert_eq!(moment("tonight"), zone.tonight(moment("at")));
        assert!(moment("tonight") > moment("at"));
    }
}

/// Conversations of line 4 that ana closed with a reason, whose contacts came back after so many hours.
fn come_back(server: &Server, admin: &Client, hours: &[u64]) {
    for hours in hours {
        let address = format!("after {hours}");
        let id = server.contact_writes(4, &address, "Hola");
        act(admin, &id, "assign", &json!({ "user": "4", "team": "1" }));
        act(admin, &id, "close", &json!({ "description": "Resuelto" }));
        pass(server, hours * HOUR);
        server.contact_writes(4, &address, "Otra vez");
    }
}

#[test]
fn it_says_whom_those_who_came_back_would_have_met() {
    let server = start_demo_server();
    let admin = server.bearer("admin1");
    come_back(&server, &admin, &[1, 5, 30]);
    let met = |admin: &Client, reassignment: Value| {
        let numbers = simulated(admin, 1, &json!({ "inactivity": {}, "reassignment": reassignment }));
        ["same_agent", "bot", "line_default"].map(|name| numbers["reassignment"][name].as_u64().unwrap())
    };
    assert_eq!(met(&admin, json!({})), [3, 0, 0], "off: always the same");
    assert_eq!(met(&admin, json!({ "window_s": 2 * HOUR })), [1, 2, 0]);
    assert_eq!(met(&admin, json!({ "window_s": 6 * HOUR })), [2, 1, 0]);
    server.sql("UPDATE line SET bot = 0");
    assert_eq!(met(&admin, json!({ "window_s": 6 * HOUR })), [2, 0, 1]);
    pass(&server, 29 * DAY);
    assert_eq!(met(&admin, json!({})), [1, 0, 0], "those of the last thirty days");
}

#[test]
fn what_it_says_of_a_saved_setting_goes_by_when_it_was_saved() {
    let server = start_demo_server();
    let admin = server.bearer("admin1");
    server.contact_writes(1, "a", "Hola");
    // The server's own sweep ends with its streams, so that what becomes due below is still there when it is asked about.
    server.app.hub.close();
    let mut settings = closing_after(7);
    settings["inactivity"]["count_time_passed"] = json!(false);
    saved(save(&admin, 1, &settings));
    server.app.clock.set_offset_ms(i64::try_from(7 * DAY * 1_000 + 5_000).unwrap());
    let counted = simulated(&admin, 1, &settings)["inactivity"].clone();
    assert_eq!((&counted["now"], &counted["from_saving"]["now"]), (&json!(1), &json!(1)));
    settings["inactivity"]["after_s"] = json!(3 * DAY);
    assert_eq!(simulated(&admin, 1, &settings)["inactivity"]["now"], 0, "another value starts the clock");
}

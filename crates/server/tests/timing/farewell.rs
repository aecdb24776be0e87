//! The message that tells contacts that a conversation is about to close.

use crate::common::{Client, start_demo_server};
use crate::{DAY, HOUR, get, pass, save, saved, simulated, status, sweep_now, thread, with_farewell};
use bandeja_server::store::sweep::Swept;
use serde_json::json;

#[test]
fn the_contact_is_told_once_and_the_conversation_closes_when_the_notice_is_over() {
    let server = start_demo_server();
    let ana = server.bearer("ana");
    let id = server.contact_writes(2, "a", "Hola");
    server.sql("UPDATE conversation SET team_id = 1, team_assigned = 1");
    saved(save(&server.bearer("admin1"), 1, &with_farewell(7, 24)));
    pass(&server, 6 * DAY - 60);
    assert_eq!(thread(&ana, &id), ["opened", "Hola"]);
    let stream = ana.events(None);
    stream.next_of("ready");
    pass(&server, 61);
    let told = stream.next_of("message.created");
    assert_eq!(
        (&told.data["message"]["body"], &told.data["message"]["author"]["kind"]),
        (&json!("Cerramos pronto"), &json!("bot"))
    );
    let warned = get(&ana, &id);
    assert_eq!(
        (&warned["status"], &warned["last_message"]["text"]),
        (&json!("new"), &json!("Cerramos pronto"))
    );
    assert!(warned["waiting_since"].is_string(), "it is nobody's answer");
    assert_eq!(sweep_now(&server), Swept::default());
    pass(&server, DAY - 60);
    assert_eq!(thread(&ana, &id), ["opened", "Hola", "Cerramos pronto"], "once");
    pass(&server, 61);
    assert_eq!(thread(&ana, &id), ["opened", "Hola", "Cerramos pronto", "closed"]);
}

#[test]
fn who_answers_the_farewell_is_heard_whatever_starts_the_clock() {
    for anchor in ["any", "contact", "agent"] {
        let server = start_demo_server();
        let ana = server.bearer("ana");
        let id = server.contact_writes(2, "a", "Hola");
        server.sql("UPDATE conversation SET team_id = 1, team_assigned = 1, clock_agent = clock_any");
        let mut settings = with_farewell(7, 24);
        settings["inactivity"]["anchor"] = json!(anchor);
        saved(save(&server.bearer("admin1"), 1, &settings));
        pass(&server, 6 * DAY + HOUR);
        server.contact_writes(2, "a", "Sí, sigo aquí");
        pass(&server, 2 * DAY);
        assert_eq!(thread(&ana, &id), ["opened", "Hola", "Cerramos pronto", "Sí, sigo aquí"], "{anchor}");
        pass(&server, 5 * DAY);
        assert_eq!(status(&ana, &id), "new", "{anchor}: told again, and time is left");
        pass(&server, DAY);
        assert_eq!(
            thread(&ana, &id),
            ["opened", "Hola", "Cerramos pronto", "Sí, sigo aquí", "Cerramos pronto", "closed"],
            "{anchor}"
        );
    }
}

#[test]
fn where_free_text_cannot_be_sent_any_more_it_closes_without_a_word() {
    let server = start_demo_server();
    let ana = server.bearer("ana");
    let id = server.contact_writes(1, "a", "Hola");
    saved(save(&server.bearer("admin1"), 1, &with_farewell(7, 24)));
    pass(&server, 6 * DAY + HOUR);
    assert_eq!(thread(&ana, &id), ["opened", "Hola"]);
    pass(&server, DAY);
    assert_eq!(thread(&ana, &id), ["opened", "Hola", "closed"]);
}

#[test]
fn a_server_that_was_down_tells_first_and_closes_when_the_notice_is_over() {
    let server = start_demo_server();
    let ana = server.bearer("ana");
    let id = server.contact_writes(2, "a", "Hola");
    server.sql("UPDATE conversation SET team_id = 1, team_assigned = 1, clock_any = 0");
    let admin = server.bearer("admin1");
    let numbers = simulated(&admin, 1, &with_farewell(7, 24))["inactivity"].clone();
    assert_eq!((&numbers["now"], &numbers["warned"]), (&json!(0), &json!(1)));
    saved(save(&admin, 1, &with_farewell(7, 24)));
    sweep_now(&server);
    assert_eq!(status(&ana, &id), "new");
    pass(&server, 25 * HOUR);
    assert_eq!(thread(&ana, &id), ["opened", "Hola", "Cerramos pronto", "closed"]);
}

#[test]
fn turning_the_farewell_off_closes_what_was_warned_in_its_time() {
    let server = start_demo_server();
    let (admin, ana): (Client, Client) = (server.bearer("admin1"), server.bearer("ana"));
    let id = server.contact_writes(2, "a", "Hola");
    server.sql("UPDATE conversation SET team_id = 1, team_assigned = 1");
    saved(save(&admin, 1, &with_farewell(7, 24)));
    pass(&server, 6 * DAY + HOUR);
    let mut plain = with_farewell(7, 24);
    plain["inactivity"].as_object_mut().unwrap().remove("farewell");
    saved(save(&admin, 1, &plain));
    pass(&server, 22 * HOUR);
    assert_eq!(status(&ana, &id), "new");
    pass(&server, HOUR);
    assert_eq!(status(&ana, &id), "closed");
}

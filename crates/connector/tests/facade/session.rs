//! Signing in, what is off and why, names and choices.

use crate::desk::{able, conversation, fault};
use crate::world::{World, request};
use bandeja_client::traits::Method;
use bandeja_connector::backend::{Abilities, FaultKind, SignInBy};
use bandeja_contract::paths;
use bandeja_model::{ConversationId, Role};
use serde_json::json;

#[test]
fn the_session_says_who_it_is_and_that_rules_of_roles_are_not_asked() {
    let world = World::new(able(), Vec::new());
    let session = world.get(paths::SESSION).ok();
    assert_eq!(session["user"]["id"], "me");
    assert_eq!(session["unruled"], true);
    assert_eq!(session["capabilities"]["timing"]["on"], false);
    assert!(session["capabilities"].get("close").is_none(), "what can be done is not among them");
    assert!(session["closing_forms"][""]["close"].is_object());
}

#[test]
fn what_the_file_leaves_out_is_off_with_its_reason() {
    let mut abilities = able();
    abilities.acts.retain(|act| !matches!(*act, "snooze" | "tags"));
    abilities.reasons.insert("snooze".into(), "The help desk has no such thing.".into());
    abilities.filters_there.retain(|field| field != "owner");
    abilities.totals = false;
    let world = World::new(abilities, vec![conversation(1)]);
    let session = world.get(paths::SESSION).ok();
    let off = &session["capabilities"];
    assert_eq!(off["snooze"]["reason"], "The help desk has no such thing.");
    for name in ["tag", "filter.owner", "counts"] {
        assert_eq!(off[name]["on"], false, "{name}");
    }
    let snoozed = world.act("1", "snooze", json!({"until": "2025-10-10T00:00:00Z"}));
    assert_eq!(snoozed.problem(), (403, "feature_off"));
    assert_eq!(snoozed.json["detail"], "The help desk has no such thing.");
    let asked = world.get(&format!("{}?owner=me", paths::CONVERSATIONS));
    assert_eq!(asked.problem(), (400, "invalid_filter"));
    assert_eq!(asked.json["fields"][0]["code"], "off");
}

#[test]
fn agents_do_not_cancel() {
    let world = World::new(able(), vec![conversation(1)]);
    world.desk.role.set(Role::Agent);
    assert_eq!(world.get(paths::SESSION).ok()["capabilities"]["cancel"]["on"], false);
    let cancelled = world.act("1", "cancel", json!({"category_id": "g1"}));
    assert_eq!(cancelled.problem(), (403, "forbidden"));
}

#[test]
fn a_wrong_password_is_told_from_a_session_that_is_over_and_the_way_in_is_said() {
    let world = World::new(Abilities { sign_in: SignInBy::Token, ..able() }, Vec::new());
    world.desk.signed_in.set(false);
    let asked = world.get(paths::SESSION);
    assert_eq!(asked.problem(), (401, "unauthenticated"));
    assert_eq!(asked.json["sign_in"], "token");
    let wrong = world.post(paths::SESSION, json!({"email": "", "password": "wrong"}));
    assert_eq!(wrong.problem(), (401, "wrong_credentials"));
    let right = world.post(paths::SESSION, json!({"email": "", "password": "right"}));
    assert_eq!(right.ok()["user"]["name"], "Ana");
    assert_eq!(world.send(request(Method::Delete, paths::SESSION, None)).status, 204);
    assert_eq!(world.get(paths::CONVERSATIONS).problem(), (401, "unauthenticated"));
}

#[test]
fn a_session_that_ends_is_told_once_to_whoever_listens() {
    let world = World::new(able(), vec![conversation(1)]);
    let listener = world.listen(None);
    world.desk.signed_in.set(false);
    assert_eq!(world.get(paths::CONVERSATIONS).problem(), (401, "unauthenticated"));
    assert_eq!(world.get(paths::CONVERSATIONS).problem(), (401, "unauthenticated"));
    assert_eq!(listener.names(), ["ready", "session.expired"]);
}

#[test]
fn who_comes_back_behind_a_new_sign_in_does_not_hear_of_the_end_before() {
    let world = World::new(Abilities { sign_in: SignInBy::Token, ..able() }, vec![conversation(1)]);
    let ready = world.listen(None).heard().remove(0).id.unwrap();
    world.desk.signed_in.set(false);
    assert_eq!(world.get(paths::CONVERSATIONS).problem(), (401, "unauthenticated"));
    world.post(paths::SESSION, json!({"email": "", "password": "right"})).ok();
    let again = world.listen(Some(&ready));
    world.act("1", "priority", json!({"priority": "high"})).ok();
    assert_eq!(again.names(), ["conversation.changed"]);
}

#[test]
fn names_are_read_once_kept_for_minutes_and_kept_while_reading_fails() {
    let world = World::new(able(), vec![conversation(1)]);
    assert_eq!(world.get(paths::USERS).ok()["items"].as_array().unwrap().len(), 2);
    for path in [paths::TEAMS, paths::TAGS, paths::CATEGORIES, paths::LINES, paths::CAMPAIGNS] {
        world.get(path).ok();
    }
    assert_eq!(world.desk.count("lookups"), 1);
    *world.desk.dead.borrow_mut() = Some(fault(FaultKind::Unavailable, "down"));
    world.pass(600_000);
    assert_eq!(world.get(paths::TAGS).ok()["items"][0]["name"], "VIP");
    *world.desk.dead.borrow_mut() = None;
    world.get(paths::TAGS).ok();
    assert_eq!(world.desk.count("lookups"), 3);
}

#[test]
fn a_name_that_is_in_no_list_has_the_lists_read_anew() {
    let mut strange = conversation(1);
    strange.owner = Some("new".into());
    let world = World::new(able(), vec![strange]);
    world.get(paths::USERS).ok();
    world.list("");
    world.pass(61_000);
    world.get(paths::USERS).ok();
    assert_eq!(world.desk.count("lookups"), 2);
}

#[test]
fn what_no_connector_has_is_off_and_what_does_not_exist_is_not_found() {
    let world = World::new(able(), vec![conversation(1)]);
    assert_eq!(world.get(&paths::timing(&"t1".into())).problem(), (403, "feature_off"));
    let episodes = paths::episodes(&ConversationId::new("1"));
    assert_eq!(world.get(&episodes).problem(), (403, "feature_off"));
    assert_eq!(world.get("/elsewhere").problem(), (404, "not_found"));
    assert_eq!(world.post(paths::USERS, json!({})).problem(), (405, "method_not_allowed"));
}

#[test]
fn each_fault_is_the_problem_the_app_knows() {
    let kinds = [
        (FaultKind::Auth, 401, "unauthenticated"),
        (FaultKind::Forbidden, 403, "forbidden"),
        (FaultKind::NotFound, 404, "not_found"),
        (FaultKind::Invalid, 422, "invalid"),
        (FaultKind::RateLimited { retry_after_s: Some(7) }, 429, "rate_limited"),
        (FaultKind::Unavailable, 503, "unavailable"),
        (FaultKind::BadAnswer, 502, "bad_answer"),
        (FaultKind::Off, 403, "feature_off"),
    ];
    for (kind, status, code) in kinds {
        let world = World::new(able(), vec![conversation(1)]);
        world.get(paths::SESSION).ok();
        *world.desk.dead.borrow_mut() = Some(fault(kind, "what it said"));
        let told = world.get(&paths::conversation(&ConversationId::new("1")));
        assert_eq!(told.problem(), (status, code));
        assert_eq!(told.json["detail"], "what it said");
        let wait = matches!(kind, FaultKind::RateLimited { .. }).then_some("7");
        assert_eq!(told.header("retry-after"), wait);
    }
}

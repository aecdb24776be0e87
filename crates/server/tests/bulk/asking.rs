//! What is wrong with what was sent is named, and what is over is told.

use crate::common::{start_demo_server, start_server};
use crate::*;
use serde_json::json;

#[test]
fn every_mistake_in_a_preview_is_named() {
    let server = start_server();
    let admin = server.bearer("admin1");
    let ids = json!({ "ids": ["1"] });
    let many: Vec<String> = (1..=10_001).map(|id| id.to_string()).collect();
    let tags: Vec<String> = (1..=31).map(|id| id.to_string()).collect();
    for (body, field, code) in [
        (json!({ "action": "close", "selection": {} }), "selection", "required"),
        (json!({ "action": "close", "selection": { "ids": ["1"], "filter": "" } }), "selection", "together"),
        (json!({ "action": "close", "selection": { "ids": [] } }), "selection.ids", "required"),
        (json!({ "action": "close", "selection": { "ids": many } }), "selection.ids", "too_many"),
        (
            json!({ "action": "close", "selection": { "filter": "", "except": many } }),
            "selection.except",
            "too_many",
        ),
        (
            json!({ "action": "close", "selection": { "ids": ["1"], "except": ["2"] } }),
            "selection.except",
            "not_asked_for",
        ),
        (json!({ "action": "close", "selection": { "ids": "1" } }), "selection.ids", "type"),
        (json!({ "action": "close", "selection": { "idz": [] } }), "selection.idz", "unknown"),
        (json!({ "action": "close" }), "selection", "required"),
        (json!({ "action": "tidy", "selection": ids }), "action", "unknown_value"),
        (json!({ "action": "undo", "selection": ids }), "action", "unknown_value"),
        (json!({ "action": "close", "selection": ids, "colour": 1 }), "colour", "unknown"),
        (json!({ "action": "close", "selection": ids, "form": { "why": "" } }), "form.why", "unknown"),
        (json!({ "action": "read", "selection": ids, "form": {} }), "form", "not_asked_for"),
        (json!({ "action": "read", "selection": ids, "tags": ["1"] }), "tags", "not_asked_for"),
        (json!({ "action": "read", "selection": ids, "assign": { "user": "4" } }), "assign", "not_asked_for"),
        (json!({ "action": "assign", "selection": ids }), "assign", "required"),
        (json!({ "action": "assign", "selection": ids, "assign": {} }), "assign.user", "required"),
        (
            json!({ "action": "assign", "selection": ids, "assign": { "user": "7" } }),
            "assign.user",
            "unknown",
        ),
        (
            json!({ "action": "assign", "selection": ids, "assign": { "user": "8" } }),
            "assign.user",
            "unknown",
        ),
        (
            json!({ "action": "assign", "selection": ids, "assign": { "user": "99" } }),
            "assign.user",
            "unknown",
        ),
        (
            json!({ "action": "assign", "selection": ids, "assign": { "team": "3" } }),
            "assign.team",
            "unknown",
        ),
        (
            json!({ "action": "assign", "selection": ids, "assign": { "user": "4", "team": "2" } }),
            "assign.user",
            "of_another_team",
        ),
        (json!({ "action": "add_tags", "selection": ids }), "tags", "required"),
        (json!({ "action": "remove_tags", "selection": ids, "tags": [] }), "tags", "required"),
        (json!({ "action": "add_tags", "selection": ids, "tags": ["1", "9"] }), "tags", "unknown"),
        (json!({ "action": "add_tags", "selection": ids, "tags": tags }), "tags", "too_many"),
        (
            json!({ "action": "cancel", "selection": ids, "form": { "transfer_to": "4" } }),
            "form.transfer_to",
            "not_asked_for",
        ),
        (
            json!({ "action": "cancel", "selection": ids, "form": { "archive": true } }),
            "form.archive",
            "not_asked_for",
        ),
    ] {
        let refused = admin.post("/bulk/preview", &body);
        let shown: String = body.to_string().chars().take(120).collect();
        assert_eq!((refused.status, refused.code()), (400, "invalid"), "{shown}");
        assert_eq!(refused.fields()[0], (field.to_owned(), code.to_owned()), "{shown}");
    }
}

#[test]
fn a_mistake_in_the_filter_is_pointed_at_as_in_lists() {
    let server = start_server();
    let refused = server.bearer("ana").post("/bulk/preview", &close_filter("channel=whatsapp&colour=red"));
    assert_eq!((refused.status, refused.code()), (400, "invalid_filter"));
    assert_eq!(refused.fields(), fields(&[("selection.filter", "unknown_field")]));
    let words = refused.body["fields"][0]["message"].as_str().unwrap();
    assert!(words.contains("colour") && words.contains("characters 18 to 27"), "{words}");
}

#[test]
fn what_is_missing_in_the_form_is_named_when_the_job_is_started() {
    let server = start_server();
    let ana = server.bearer("ana");
    let ids = furnish(&server, 2, Some(4));
    let body = json!({ "action": "close", "selection": { "ids": ids }, "form": { "description": " " } });
    let seen = preview(&ana, &body);
    let refused = start_previewed(&ana, &seen, None);
    assert_eq!((refused.status, refused.code()), (400, "invalid"));
    assert_eq!(refused.fields(), fields(&[("form.description", "required")]));
    for (form, field, code) in [
        (json!({ "description": "x", "category_id": "9" }), "form.category_id", "unknown"),
        (
            json!({ "description": "x", "category_id": "2", "subcategory_id": "3" }),
            "form.subcategory_id",
            "of_another_category",
        ),
        (json!({ "description": "á".repeat(1_001) }), "form.description", "too_long"),
        (json!({ "description": "x", "transfer_to": "7" }), "form.transfer_to", "unknown"),
        (json!({ "description": "x", "transfer_to": "8" }), "form.transfer_to", "unknown"),
        (json!({ "description": "x", "transfer_to": "x" }), "form.transfer_to", "unknown"),
    ] {
        let refused = start_previewed(&ana, &seen, Some(form.clone()));
        assert_eq!(refused.fields(), fields(&[(field, code)]), "{form}");
    }
    let read = preview(&ana, &json!({ "action": "read", "selection": { "ids": ids } }));
    let refused = start_previewed(&ana, &read, Some(json!({ "description": "x" })));
    assert_eq!(refused.fields(), fields(&[("form", "not_asked_for")]));
    let later = ana.post("/bulk", &json!({ "preview_id": read["preview_id"], "include_later": true }));
    assert_eq!(later.fields(), fields(&[("include_later", "not_asked_for")]));
    assert_eq!(get(&ana, &ids[0])["status"], "assigned", "nothing was started");
    let started = start_previewed(&ana, &seen, Some(json!({ "description": "Con motivo" })));
    over(&ana, started.body["id"].as_str().unwrap());
    assert_eq!(get(&ana, &ids[0])["closing"]["description"], "Con motivo");
}

#[test]
fn each_campaign_takes_of_the_form_what_it_asks_for() {
    let server = start_server();
    server.sql(
        r#"INSERT INTO setting (key, value) VALUES ('closing_forms', '{"2": {
            "close": {"description": "off", "category": "required", "subcategory": "optional", "summary": "optional"},
            "cancel": {"description": "optional", "category": "optional", "subcategory": "optional", "summary": "off"}}}')"#,
    );
    let boss = server.bearer("super");
    let (one, two) = (server.contact_writes(1, "+1", "Hola"), server.contact_writes(3, "a@b.test", "Hola"));
    let seen = preview(&boss, &json!({ "action": "close", "selection": { "ids": [one, two] } }));
    let asked =
        ["description", "category", "subcategory", "summary"].map(|field| seen["form"][field].clone());
    assert_eq!(json!(asked), json!(["required", "required", "optional", "optional"]));
    let refused = start_previewed(&boss, &seen, Some(json!({ "summary": "Largo" })));
    assert_eq!(
        refused.fields(),
        fields(&[("form.description", "required"), ("form.category_id", "required")])
    );
    let form = json!({ "description": "x", "category_id": "1", "summary": "Largo" });
    let job = over(&boss, start_previewed(&boss, &seen, Some(form)).body["id"].as_str().unwrap());
    assert_eq!(counts(&job), [2, 0, 0]);
    let closing = |id: &str| {
        let closing = get(&boss, id)["closing"].clone();
        json!([closing["description"], closing["category_id"], closing["summary"]])
    };
    assert_eq!(closing(&one), json!(["x", "1", ""]));
    assert_eq!(closing(&two), json!(["", "1", "Largo"]));
}

#[test]
fn a_preview_is_for_who_made_it_once_and_for_an_hour() {
    let server = start_demo_server();
    let (ana, beto) = (server.bearer("ana"), server.bearer("beto"));
    let ids = furnish(&server, 2, Some(4));
    let seen = preview(&ana, &close_ids(&ids));
    let path = format!("/bulk/{}", seen["preview_id"].as_str().unwrap());
    for stranger in [&beto, &server.bearer("super")] {
        let refused = start_previewed(stranger, &seen, None);
        assert_eq!((refused.status, refused.code()), (404, "not_found"));
    }
    assert_eq!(start_previewed(&ana, &json!({ "preview_id": "999" }), None).status, 404);
    assert_eq!(start_previewed(&ana, &json!({ "preview_id": "x" }), None).status, 404);
    assert_eq!(beto.get(&format!("{path}/items")).status, 404);
    assert_eq!(ana.get(&path).status, 404, "it is no job yet");
    for what in ["stop", "retry", "undo"] {
        assert_eq!(ana.post_nothing(&format!("{path}/{what}")).status, 404, "{what}");
    }
    server.app.clock.set_offset_ms(3_601_000);
    let late = start_previewed(&ana, &seen, None);
    assert_eq!((late.status, late.code()), (410, "preview_over"));
    server.run(bandeja_server::live::housekeeping::work(&server.app)).unwrap();
    assert_eq!(start_previewed(&ana, &seen, None).code(), "preview_over", "told for a day");
    assert_eq!(ana.get(&format!("{path}/items")).status, 404, "its set was dropped");
    server.app.clock.set_offset_ms(90_000_000);
    server.run(bandeja_server::live::housekeeping::work(&server.app)).unwrap();
    assert_eq!(start_previewed(&ana, &seen, None).status, 404);
}

#[test]
fn a_job_is_forgotten_after_a_month() {
    let server = start_demo_server();
    let ana = server.bearer("ana");
    let ids = furnish(&server, 2, Some(4));
    let job = run(&ana, &close_ids(&ids));
    let path = format!("/bulk/{}", job["id"].as_str().unwrap());
    for (days, status) in [(29, 200), (31, 404)] {
        server.app.clock.set_offset_ms(days * 86_400_000);
        server.run(bandeja_server::live::housekeeping::work(&server.app)).unwrap();
        assert_eq!(ana.get(&path).status, status, "after {days} days");
    }
}

#[test]
fn the_feature_can_be_off_with_a_reason() {
    let server = start_server();
    let ana = server.bearer("ana");
    let ids = furnish(&server, 1, Some(4));
    assert!(ana.get("/session").body["capabilities"]["bulk"].is_null(), "on unless it is off");
    let seen = preview(&ana, &close_ids(&ids));
    server.sql(
        r#"INSERT INTO setting (key, value)
        VALUES ('capabilities', '{"bulk": {"on": false, "reason": "No está en tu plan."}}')"#,
    );
    let told = ana.get("/session").body["capabilities"]["bulk"].clone();
    assert_eq!(told, json!({ "on": false, "reason": "No está en tu plan." }));
    for refused in [ana.post("/bulk/preview", &close_ids(&ids)), start_previewed(&ana, &seen, None)] {
        assert_eq!((refused.status, refused.code()), (403, "feature_off"));
        assert_eq!(refused.body["detail"], "No está en tu plan.");
    }
}

#[test]
fn nobody_asks_without_signing_in() {
    let server = start_server();
    let nobody = server.anonymous();
    for path in ["/bulk/preview", "/bulk"] {
        assert_eq!(nobody.post_nothing(path).status, 401, "{path}");
    }
    for path in ["/bulk", "/bulk/1", "/bulk/1/items", "/bulk/1/receipt.csv"] {
        assert_eq!(nobody.get(path).status, 401, "{path}");
    }
    for what in ["stop", "retry", "undo"] {
        assert_eq!(nobody.post_nothing(&format!("/bulk/1/{what}")).status, 401, "{what}");
    }
}

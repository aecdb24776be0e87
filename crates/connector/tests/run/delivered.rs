//! The delivered connector files, over answers as their back ends give them.
//!
//! long: recorded answers of three back ends, each beside what is made of them.

use crate::world::*;
use bandeja_connector::backend::{Act, Backend, FaultKind, Row};
use bandeja_connector::plan::{self, Plan};
use bandeja_connector::run::Runner;
use bandeja_contract::Close;
use bandeja_model::{Author, Channel, Direction, MessageKind, Priority, Status, SystemEvent};
use serde_json::{Value, json};
use std::rc::Rc;

fn delivered(name: &str) -> Plan {
    let path = format!("{}/../../public/connectors/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    // Installations give the address; these tests have one.
    let text = text.replacen("\"base_url\": { ", "\"base_url\": { \"default\": \"https://desk.test\", ", 1);
    plan::read(name, &text).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

fn front_of(name: &str, mut foreign: impl FnMut(&Asked) -> Reply + 'static) -> (Runner, Rc<World>) {
    // Who is asking, and names, are asked for on the way.
    let answered = move |asked: &Asked| match asked.line.rsplit(['/', ' ']).next() {
        Some("profile") => ok(json!({"id": 1, "name": "Ana Torres", "email": "ana@agents.test"})),
        Some("agents" | "teams") => ok(json!([])),
        Some("labels" | "inboxes") if asked.line.starts_with("GET") => ok(json!({"payload": []})),
        _ if asked.line.ends_with("/me/") => {
            ok(json!({"data": {"id": 1, "name": "Ana Torres", "email": "ana@agents.test"}}))
        }
        _ if ["/agents/", "/departments/", "v1/tags/"].iter().any(|end| asked.line.ends_with(end)) => {
            ok(json!({"data": []}))
        }
        _ => foreign(asked),
    };
    let (runner, world) = run(delivered(name), answered);
    world.secrets.borrow_mut().insert("user".to_owned(), "ana".to_owned());
    (runner, world)
}

fn row(runner: &Runner, id: &str) -> Row {
    one(runner, id)
}

fn closing() -> Act {
    Act::Close(Box::new(Close {
        description: "Se cambió el equipo".to_owned(),
        category_id: Some("Resuelto".into()),
        ..Close::default()
    }))
}

#[test]
fn every_delivered_file_reads_without_a_mistake() {
    for name in ["django-helpdesk", "escalated-django", "chatwoot"] {
        delivered(name);
    }
}

fn helpdesk_ticket() -> Value {
    json!({
        "id": 6, "queue": 3, "title": "El equipo llegó roto #6", "description": "La pantalla vino estrellada.", "resolution": null,
        "submitter_email": "rafael.antunes@mail.test", "assigned_to": 2, "status": 1, "on_hold": false, "priority": 1,
        "due_date": null, "merged_to": null, "followup_set": [
            {"id": 19, "ticket": 6, "user": 4, "title": "Ticket Opened & Assigned to Beto Lima", "comment": "La pantalla vino estrellada.", "public": true, "new_status": null, "date": "2026-11-28T03:22:18.889857-06:00", "message_id": null},
            {"id": 20, "ticket": 6, "user": 2, "title": "Comment", "comment": "Lo siento mucho.", "public": true, "new_status": null, "date": "2026-11-28T03:30:00.000000-06:00", "message_id": null},
            {"id": 21, "ticket": 6, "user": null, "title": "E-Mail Received", "comment": "Perfecto, gracias.", "public": true, "new_status": null, "date": "2026-11-28T03:40:00.000000-06:00", "message_id": "<6.2@mail.test>"},
            {"id": 22, "ticket": 6, "user": 2, "title": "Comment and Closed", "comment": "ok", "public": false, "new_status": 4, "date": "2026-11-28T03:50:00.000000-06:00", "message_id": null}
        ],
        "custom_tags": "garantía,envío", "custom_close_reason": ""
    })
}

#[test]
fn a_ticket_of_django_helpdesk_is_a_whole_conversation_with_its_thread() {
    let (runner, world) = front_of("django-helpdesk", |_| ok(helpdesk_ticket()));
    let c = row(&runner, "6").conversation;
    assert_eq!(world.last().line, "GET /api/tickets/6/");
    assert_eq!((c.status, c.priority, c.channel), (Status::New, Priority::Urgent, Channel::Email));
    assert_eq!((c.owner.unwrap().as_str(), c.team.unwrap().as_str()), ("2", "3"));
    assert_eq!(c.created_at.to_rfc3339(), "2026-11-28T09:22:18.889857+00:00");
    assert_eq!(c.last_activity_at.to_rfc3339(), "2026-11-28T09:50:00+00:00");
    let last = c.last_message.unwrap();
    assert_eq!((last.text.as_str(), last.direction), ("Perfecto, gracias.", Direction::In));
    assert_eq!(c.waiting_since, Some(last.at));
    assert_eq!(c.tags.len(), 2);
    let entries = now(runner.thread("6".into(), None)).unwrap();
    assert_eq!(entries.bad, Vec::<String>::new());
    let told: Vec<_> =
        entries.items.iter().map(|entry| (entry.kind, entry.author.clone(), entry.body.as_str())).collect();
    let beto = Author::User { id: "2".into() };
    assert_eq!(told[0], (MessageKind::Message, Author::Contact, "La pantalla vino estrellada."));
    assert_eq!(told[1], (MessageKind::Message, beto.clone(), "Lo siento mucho."));
    assert_eq!(told[2], (MessageKind::Message, Author::Contact, "Perfecto, gracias."));
    assert_eq!(told[3], (MessageKind::Note, beto, "ok"));
    assert!(matches!(entries.items[4].event, Some(SystemEvent::Closed { .. })));
    assert!(entries.items.is_sorted_by(|a, b| a.id < b.id));
}

#[test]
fn django_helpdesk_lists_by_state_and_goes_on_by_pages() {
    let (runner, world) = front_of("django-helpdesk", |_| {
        ok(
            json!({"count": 36, "next": "http://127.0.0.1:1/api/tickets/?page=2", "previous": null, "results": [helpdesk_ticket()]}),
        )
    });
    let rows = list(&runner, "group=open&owner=me").unwrap();
    assert_eq!(world.last().line, "GET /api/tickets/?status=1%2C2&page_size=50&page=1");
    assert_eq!((rows.total, rows.left, rows.next.is_some()), (Some(36), vec!["owner".to_owned()], true));
}

#[test]
fn django_helpdesk_signs_in_by_name_and_knows_who_that_is() {
    let (runner, _) = front_of("django-helpdesk", |asked| match asked.line.as_str() {
        "POST /api-token-auth/" if asked.json()["password"] == "bandeja-demo" => {
            ok(json!({"token": "beto-0123456789abcdef"}))
        }
        "POST /api-token-auth/" => {
            status(400, json!({"non_field_errors": ["Unable to log in with provided credentials."]}))
        }
        _ => ok(json!({"count": 0, "results": []})),
    });
    let user = now(runner.sign_in("beto", "bandeja-demo")).unwrap();
    assert_eq!(user.id.as_str(), "2");
    let fault = now(runner.sign_in("beto", "no")).unwrap_err();
    assert_eq!(
        (fault.kind, fault.said.as_str()),
        (FaultKind::Auth, "Unable to log in with provided credentials.")
    );
}

#[test]
fn django_helpdesk_closes_with_a_reason_and_a_refusal_leaves_nothing_half_done() {
    let mut blocked = false;
    let (runner, world) = front_of("django-helpdesk", move |asked| match asked.line.as_str() {
        "POST /api/followups/" if blocked => {
            status(400, json!({"new_status": ["The checklist of this ticket is not done."]}))
        }
        "POST /api/followups/" => {
            blocked = true;
            status(
                201,
                json!({"id": 216, "ticket": 6, "user": 1, "comment": "x", "public": false, "new_status": 4, "date": "2026-11-28T04:00:00-06:00"}),
            )
        }
        "PATCH /api/tickets/6/" => {
            let mut ticket = helpdesk_ticket();
            ticket["status"] = json!(4);
            ticket["custom_close_reason"] = asked.json()["custom_close_reason"].clone();
            ok(ticket)
        }
        _ => ok(helpdesk_ticket()),
    });
    let done = act(&runner, "6", closing(), None).unwrap();
    assert!(done.verified);
    let record = done.row.unwrap().conversation.closing.unwrap();
    assert_eq!(record.category_id.unwrap().as_str(), "Resuelto");
    assert_eq!(
        world.log.borrow().iter().find(|asked| asked.line.starts_with("POST")).unwrap().json()["new_status"],
        json!(4)
    );
    let fault = act(&runner, "6", closing(), None).unwrap_err();
    assert_eq!(
        (fault.kind, fault.said.as_str()),
        (FaultKind::Invalid, "The checklist of this ticket is not done.")
    );
    assert_eq!(fault.fields[0].field, "status");
}

#[test]
fn django_helpdesk_gets_no_template_tags_and_clears_tags_by_a_comma() {
    let (runner, world) = front_of("django-helpdesk", |asked| {
        if asked.line.starts_with("POST") {
            return status(
                201,
                json!({"id": 216, "ticket": 6, "user": 1, "title": "Comment", "comment": "x", "public": true, "new_status": null, "date": "2026-11-28T04:00:00-06:00"}),
            );
        }
        let mut ticket = helpdesk_ticket();
        ticket["custom_tags"] = json!(",");
        ok(ticket)
    });
    let text = "Usa {{ ticket.title }} o {{{# x #}".to_owned();
    let done = act(&runner, "6", Act::Reply { text, client_id: None }, None).unwrap();
    assert!(done.message.is_some() && done.verified);
    let sent = world.last().json()["comment"].as_str().unwrap().to_owned();
    assert!(!sent.contains("{{") && !sent.contains("{#"), "{sent}");
    assert_eq!(sent.replace('\u{200b}', ""), "Usa {{ ticket.title }} o {{{# x #}");
    act(&runner, "6", Act::Tags(Vec::new()), None).unwrap();
    let patch = world.log.borrow().iter().find(|asked| asked.line.starts_with("PATCH")).unwrap().json();
    assert_eq!(patch, json!({"custom_tags": ","}));
}

fn escalated_row(reference: &str, state: &str, updated: &str) -> Value {
    json!({
        "id": 1, "reference": reference, "ticket_type": "question", "subject": "Sin señal", "status": state, "status_label": state,
        "priority": "urgent", "priority_label": "Urgent", "requester": {"name": "Lucía Fernández", "email": "lucia.fernandez@mail.test"},
        "assignee": {"id": 1, "name": "Ana Torres"}, "department": null, "last_reply_at": null, "last_reply_author": null,
        "created_at": "2026-11-28T10:00:00.215278+00:00", "updated_at": updated
    })
}

fn escalated_detail(state: &str, tags: &[u64]) -> Value {
    let mut raw = escalated_row("ESC-00006", state, "2026-11-28T12:00:00+00:00");
    let more = json!({
        "description": "No hay señal desde ayer.", "channel": "web", "tags": tags.iter().map(|id| json!({"id": id, "name": "x"})).collect::<Vec<_>>(),
        "replies": [
            {"id": 11, "body": "Reviso.", "is_internal_note": false, "author": {"id": 2, "name": "Beto"}, "created_at": "2026-11-28T11:00:00+00:00"},
            {"id": 10, "body": "¿Hola?", "is_internal_note": false, "author": null, "created_at": "2026-11-28T10:30:00+00:00"},
            {"id": 12, "body": "ojo", "is_internal_note": true, "author": {"id": 2, "name": "Beto"}, "created_at": "2026-11-28T11:10:00+00:00"}
        ],
        "activities": [
            {"id": 231, "type": "status_changed", "properties": {"old_status": "open", "new_status": "closed"}, "created_at": "2026-11-28T11:20:00+00:00", "causer": {"id": 1, "name": "Ana"}},
            {"id": 230, "type": "status_changed", "properties": {"old_status": "open", "new_status": "closed"}, "created_at": "2026-11-28T11:20:00+00:00", "causer": null},
            {"id": 229, "type": "created", "properties": {}, "created_at": "2026-11-28T10:00:00+00:00", "causer": {"id": 1, "name": "Ana"}}
        ]
    });
    for (key, value) in more.as_object().unwrap() {
        raw[key] = value.clone();
    }
    json!({"data": raw})
}

#[test]
fn escalated_is_listed_by_one_request_for_each_state_merged_by_time() {
    let (runner, world) = front_of("escalated-django", |asked| {
        let state = asked.parameter("status").unwrap().to_owned();
        let rows = match state.as_str() {
            "open" => json!([
                escalated_row("ESC-1", "open", "2026-11-28T12:00:00+00:00"),
                escalated_row("ESC-3", "open", "2026-11-28T10:00:00+00:00")
            ]),
            "escalated" => json!([escalated_row("ESC-2", "escalated", "2026-11-28T11:00:00+00:00")]),
            _ => json!([]),
        };
        let total = rows.as_array().unwrap().len();
        ok(json!({"data": rows, "meta": {"current_page": 1, "last_page": 1, "per_page": 50, "total": total}}))
    });
    let rows = list(&runner, "group=open").unwrap();
    assert_eq!(ids(&rows), ["ESC-1", "ESC-2", "ESC-3"]);
    assert_eq!((rows.total, rows.sorted, rows.left.len(), rows.next), (Some(3), true, 0, None));
    assert_eq!(world.lines().iter().filter(|line| line.contains("/tickets/")).count(), 6);
}

#[test]
fn a_thread_of_escalated_is_put_together_from_description_replies_and_activities() {
    let (runner, _) = front_of("escalated-django", |_| ok(escalated_detail("open", &[3])));
    assert_eq!(row(&runner, "ESC-00006").conversation.tags[0].as_str(), "3");
    let entries = now(runner.thread("ESC-00006".into(), None)).unwrap();
    assert_eq!(entries.bad, Vec::<String>::new());
    let bodies: Vec<_> = entries.items.iter().map(|entry| entry.body.as_str()).collect();
    assert_eq!(bodies, ["Sin señal\n\nNo hay señal desde ayer.", "¿Hola?", "Reviso.", "ojo", ""]);
    assert!(matches!(entries.items[4].event, Some(SystemEvent::Closed { .. })));
    assert!(entries.items.is_sorted_by(|a, b| a.id < b.id));
}

#[test]
fn tags_that_escalated_empties_in_silence_are_not_taken_for_done() {
    let (runner, world) = front_of("escalated-django", |asked| {
        if asked.line.starts_with("POST") {
            ok(json!({"message": "Tags updated."}))
        } else {
            ok(escalated_detail("open", &[]))
        }
    });
    let fault = act(&runner, "ESC-00006", Act::Tags(vec!["99".into()]), None).unwrap_err();
    assert_eq!(fault.kind, FaultKind::NotApplied);
    act(&runner, "ESC-00006", Act::Tags(Vec::new()), None).unwrap();
    let sent = world.log.borrow().iter().rfind(|asked| asked.line.starts_with("POST")).unwrap().json();
    assert_eq!(sent, json!({"tag_ids": [0]}));
}

#[test]
fn escalated_closes_first_and_then_notes_why() {
    let (runner, world) = front_of("escalated-django", |asked| match asked.line.split(' ').next() {
        Some("GET") => ok(escalated_detail("closed", &[])),
        Some("PATCH") => ok(json!({"message": "Status updated.", "status": "closed"})),
        _ => status(201, json!({"data": {"id": 108}, "message": "Reply sent."})),
    });
    assert!(act(&runner, "ESC-00006", closing(), None).unwrap().verified);
    let notes: Vec<Value> =
        world.log.borrow().iter().filter(|asked| asked.line.contains("reply")).map(Asked::json).collect();
    assert_eq!(notes, [json!({"body": "Resuelto: Se cambió el equipo", "is_internal_note": true})]);
    let (runner, _) = front_of("escalated-django", |asked| match asked.line.split(' ').next() {
        Some("GET") => ok(escalated_detail("open", &[])),
        _ => status(
            422,
            json!({"message": "Validation failed.", "errors": {"status": "This ticket is under a legal hold."}}),
        ),
    });
    let fault = act(&runner, "ESC-00006", closing(), None).unwrap_err();
    assert_eq!((fault.kind, fault.said.as_str()), (FaultKind::Invalid, "This ticket is under a legal hold."));
}

fn chatwoot(id: u64, state: &str) -> Value {
    let message = json!({"id": 15, "content": "Hola", "message_type": 0, "private": false, "created_at": 1_795_858_384, "sender": {"id": 3, "type": "contact"}});
    json!({
        "meta": {"sender": {"id": 3, "name": "Mariana", "email": null, "phone_number": "+5233"}, "channel": "Channel::Whatsapp"},
        "id": id, "messages": [message], "custom_attributes": {"plan": "oro"}, "inbox_id": 1, "labels": ["envío"], "snoozed_until": null,
        "status": state, "created_at": 1_795_800_000, "unread_count": 2, "last_non_activity_message": message,
        "last_activity_at": 1_795_858_384, "priority": null, "waiting_since": 0, "can_reply": true
    })
}

#[test]
fn a_conversation_of_chatwoot_is_whole_and_absent_keys_mean_nobody() {
    let (runner, world) = front_of("chatwoot", |_| ok(chatwoot(6, "open")));
    let c = row(&runner, "6").conversation;
    assert_eq!(world.last().line, "GET /api/v1/accounts/1/conversations/6");
    assert_eq!((c.owner, c.team, c.waiting_since, c.priority), (None, None, None, Priority::None));
    assert_eq!((c.channel, c.line.as_str(), c.unread), (Channel::Whatsapp, "1", 2));
    assert_eq!((c.contact.address.as_str(), c.contact.id.as_str()), ("+5233", "3"));
    assert!(c.window_ends_at.is_some());
    assert_eq!(c.last_message.unwrap().direction, Direction::In);
}

#[test]
fn chatwoot_is_asked_by_clauses_of_which_the_last_has_no_operator() {
    let (runner, world) = front_of("chatwoot", |asked| {
        if asked.line.starts_with("GET") {
            return ok(json!({"data": {"meta": {"all_count": 60}, "payload": [chatwoot(6, "open")]}}));
        }
        ok(json!({"meta": {"all_count": 1}, "payload": [chatwoot(6, "open")]}))
    });
    let rows = list(&runner, "view=mine&group=open&tag=vip&-tag=factura").unwrap();
    assert_eq!((rows.left.len(), rows.total, rows.sorted), (0, Some(1), true));
    assert_eq!(
        world.last().json()["payload"],
        json!([
            {"attribute_key": "assignee_id", "filter_operator": "equal_to", "values": ["1"], "query_operator": "AND"},
            {"attribute_key": "status", "filter_operator": "not_equal_to", "values": ["snoozed"], "query_operator": "AND"},
            {"attribute_key": "status", "filter_operator": "equal_to", "values": ["pending", "open", "snoozed"], "query_operator": "AND"},
            {"attribute_key": "labels", "filter_operator": "equal_to", "values": ["vip"], "query_operator": "AND"},
            {"attribute_key": "labels", "filter_operator": "not_equal_to", "values": ["factura"]}
        ])
    );
    list(&runner, "").unwrap();
    assert_eq!(
        world.last().line,
        "GET /api/v1/accounts/1/conversations?status=all&sort_by=last_activity_at_desc&page=1"
    );
    list(&runner, "view=unassigned").unwrap();
    assert_eq!(world.last().json()["payload"][0]["filter_operator"], json!("is_not_present"));
}

#[test]
fn chatwoot_keeps_other_attributes_when_the_reason_is_written() {
    let (runner, world) = front_of("chatwoot", |asked| {
        if asked.line.contains("toggle_status") {
            return ok(
                json!({"meta": {}, "payload": {"success": true, "current_status": "resolved", "conversation_id": 6}}),
            );
        }
        ok(chatwoot(6, "resolved"))
    });
    assert!(act(&runner, "6", closing(), None).unwrap().verified);
    let sent =
        world.log.borrow().iter().find(|asked| asked.line.contains("custom_attributes")).unwrap().json();
    assert_eq!(
        sent,
        json!({"custom_attributes": {"plan": "oro", "close_note": "Se cambió el equipo", "close_reason": "Resuelto"}})
    );
}

#[test]
fn a_thread_of_chatwoot_goes_back_by_the_oldest_message() {
    let message = |id: u64| json!({"id": id, "content": format!("m{id}"), "message_type": id % 2, "private": false, "created_at": 1_795_800_000 + id, "sender": {"id": 3, "type": if id.is_multiple_of(2) { "contact" } else { "user" }}, "status": "sent"});
    let (runner, world) = front_of("chatwoot", move |asked| {
        let before: u64 = asked.parameter("before").map_or(31, |before| before.parse().unwrap());
        let from = before.saturating_sub(20).max(1);
        ok(json!({"meta": {}, "payload": (from..before).map(message).collect::<Vec<_>>()}))
    });
    let newest = now(runner.thread("6".into(), None)).unwrap();
    assert_eq!((newest.items.len(), newest.items[0].body.as_str()), (20, "m11"));
    let older = now(runner.thread("6".into(), newest.prev)).unwrap();
    assert_eq!((older.items.len(), older.items[0].body.as_str(), older.prev), (10, "m1", None));
    assert!(world.last().line.ends_with("messages?before=11"));
    assert_eq!(older.items[1].author, Author::Contact);
}

#[test]
fn what_chatwoot_answers_at_once_and_does_later_is_read_again() {
    let mut reads = 0;
    let (runner, world) = front_of("chatwoot", move |asked| {
        if asked.line.contains("bulk_actions") {
            return got(200, "text/html", "");
        }
        reads += 1;
        let id: u64 = asked.line.rsplit('/').next().unwrap().parse().unwrap();
        let mut raw = chatwoot(id, "open");
        if reads > 2 && id != 16 {
            raw["meta"]["assignee"] = json!({"id": 2});
        }
        ok(raw)
    });
    let results =
        now(runner
            .act_on_many(vec!["1".into(), "16".into()], Act::Assign { user: Some("2".into()), team: None }))
        .unwrap();
    assert_eq!(
        world.log.borrow().iter().find(|asked| asked.line.contains("bulk")).unwrap().json(),
        json!({"type": "Conversation", "ids": [1, 16], "fields": {"assignee_id": 2}})
    );
    assert_eq!(results[0].1, Ok(()));
    assert_eq!(results[1].1.as_ref().unwrap_err().kind, FaultKind::NotApplied);
}

//! Names and choices: by call with pages, as they stand in the file, and as `$names` of expressions.

use crate::world::*;
use bandeja_connector::backend::{Act, Backend};
use bandeja_model::Role;
use serde_json::json;

#[test]
fn names_are_read_from_all_their_pages_and_from_the_file() {
    let (runner, _) = desk(
        json!({"names": {
            "users": {"call": "GET /agents", "items": ".data", "paging": {"page": "page"}, "end": ".last", "fields": {"id": ".id", "name": ".name"}},
            "tags": {"call": "GET /tags", "items": ".", "fields": {"id": ".id", "name": ".title", "color": ".color"}},
            "teams": {"call": "GET /teams", "items": ".", "fields": {"id": ".id", "name": ".name"}},
            "categories": {"fixed": [{"id": "r", "name": "Resuelto"}]}
        }}),
        |asked| match asked.line.as_str() {
            "GET /api/agents?page=1" => ok(json!({"data": [{"id": 2, "name": "Beto"}], "last": false})),
            "GET /api/agents?page=2" => {
                ok(json!({"data": [{"id": 3, "name": ""}, {"name": "nobody"}], "last": true}))
            }
            "GET /api/tags" => ok(json!([{"id": 1, "title": "vip", "color": "#047857"}])),
            _ => status(403, json!({"detail": "Admins only"})),
        },
    );
    let all = now(runner.lookups()).unwrap();
    let users: Vec<_> =
        all.users.iter().map(|user| (user.id.as_str(), user.name.as_str(), user.role)).collect();
    assert_eq!(users, [("2", "Beto", Role::Agent), ("3", "3", Role::Agent), ("1", "Ana", Role::Admin)]);
    assert_eq!((all.tags[0].name.as_str(), all.tags[0].color.as_str()), ("vip", "grey"));
    assert!(all.teams.is_empty(), "who may not list teams works without");
    assert_eq!(all.categories[0].name, "Resuelto");
    assert_eq!((all.lines[0].id.as_str(), all.campaigns[0].id.as_str()), ("main", "main"));
}

#[test]
fn a_change_can_speak_in_names() {
    let (runner, world) = desk(
        json!({
            "names": {"tags": {"call": "GET /tags", "items": ".", "fields": {"id": ".id", "name": ".title"}}},
            "acts": {"tags": {"verify": false, "steps": [
                {"put": "/t", "json": {"one": "{{$args.tag_names | join(\",\")}}", "other": "{{$names.tags[\"2\"]}}"}}
            ]}}
        }),
        |asked| match asked.line.as_str() {
            "GET /api/tags" => ok(json!([{"id": 1, "title": "vip"}, {"id": 2, "title": "factura"}])),
            "PUT /api/t" => status(204, json!(null)),
            _ => ok(ticket(1, 1)),
        },
    );
    act(&runner, "1", Act::Tags(vec!["1".into(), "2".into()]), None).unwrap();
    assert_eq!(world.last().json(), json!({"one": "vip,factura", "other": "factura"}));
    assert_eq!(world.lines().iter().filter(|line| line.ends_with("tags")).count(), 1);
}

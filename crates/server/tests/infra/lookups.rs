//! Who may look what up: the viewer's campaigns and nothing beside them (P4).

use crate::common::{Client, start_server};
use serde_json::{Value, json};

fn ids(client: &Client, path: &str) -> Vec<String> {
    let answer = client.get(path);
    assert_eq!(answer.status, 200, "{path}");
    let items = answer.body["items"].as_array().unwrap().clone();
    items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn each_role_finds_what_belongs_to_its_campaigns() {
    let server = start_server();
    let cases: [(&str, [&[&str]; 4]); 5] = [
        (
            "super",
            [&["1", "2", "3", "4", "5", "6", "7", "8"], &["1", "2", "3"], &["1", "2", "3", "4"], &["1", "2"]],
        ),
        ("admin1", [&["1", "2", "4", "5", "6", "8"], &["1", "2"], &["1", "2", "4"], &["1"]]),
        ("admin2", [&["1", "3", "7"], &["3"], &["3"], &["2"]]),
        ("ana", [&["1", "2", "4", "5", "6", "8"], &["1", "2"], &["1", "2", "4"], &["1"]]),
        ("dora", [&["1", "3", "7"], &["3"], &["3"], &["2"]]),
    ];
    for (name, expected) in cases {
        let client = server.bearer(name);
        for (path, expected) in ["/users", "/teams", "/lines", "/campaigns"].into_iter().zip(expected) {
            assert_eq!(ids(&client, path), expected, "{name} {path}");
        }
        assert_eq!(ids(&client, "/tags"), ["1", "2", "3"]);
        assert_eq!(ids(&client, "/categories"), ["1", "2", "3", "4", "5"]);
    }
}

#[test]
fn a_colleagues_other_campaigns_and_teams_are_not_told() {
    let server = start_server();
    server.sql("INSERT INTO user_team (user_id, team_id) VALUES (5, 3)");
    let beto = |name: &str| -> Value {
        let users = server.bearer(name).get("/users").body["items"].as_array().unwrap().clone();
        users.into_iter().find(|user| user["id"] == "5").unwrap()
    };
    assert_eq!((&beto("ana")["teams"], &beto("ana")["campaigns"]), (&json!(["1"]), &json!(["1"])));
    assert_eq!((&beto("dora")["teams"], &beto("dora")["campaigns"]), (&json!(["3"]), &json!(["2"])));
    assert_eq!(beto("super")["teams"], json!(["1", "3"]));
}

#[test]
fn no_list_is_for_strangers_and_none_tells_a_secret() {
    let server = start_server();
    for path in ["/users", "/teams", "/lines", "/campaigns", "/tags", "/categories"] {
        assert_eq!(server.anonymous().get(path).code(), "unauthenticated", "{path}");
        let told = server.bearer("super").get(path).body.to_string();
        assert!(!told.contains("secret") && !told.contains("argon2") && !told.contains("@example"), "{path}");
    }
}

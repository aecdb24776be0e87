//! The account of a job: its items and its receipt.

use crate::common::start_server;
use crate::*;
use serde_json::json;

#[test]
fn a_receipt_has_a_line_for_each_and_no_formula() {
    let server = start_server();
    let ana = server.bearer("ana");
    let ids = furnish(&server, 6, Some(4));
    server.sql(
        r#"UPDATE contact SET name = '=HYPERLINK("http://evil.test","Ver")' WHERE id = 1;
        UPDATE contact SET name = 'Peña, "La Jefa"' WHERE id = 2;
        UPDATE contact SET name = '' WHERE id = 3;
        UPDATE contact SET name = '@SUM(A1)' WHERE id = 4;
        UPDATE app_user SET name = '-2+3' WHERE id = 4"#,
    );
    let seen = preview(&ana, &close_ids(&ids));
    let id = start_with(&server, 4, &seen, "UPDATE conversation SET status = 'closed' WHERE id = 6");
    over(&ana, &id);
    let receipt = ana.get(&format!("/bulk/{id}/receipt.csv"));
    assert_eq!((receipt.status, receipt.header("content-type")), (200, "text/csv; charset=utf-8"));
    let name = format!("attachment; filename=\"bandeja-{id}.csv\"");
    assert_eq!(receipt.header("content-disposition"), name);
    let text = receipt.body.as_str().unwrap();
    let lines: Vec<&str> = text.strip_prefix('\u{feff}').unwrap().split_terminator("\r\n").collect();
    assert_eq!(
        lines,
        [
            "id,contact,before,after,owner,reason,result",
            r#"1,"'=HYPERLINK(""http://evil.test"",""Ver"")",assigned,closed,'-2+3,,done"#,
            r#"2,"Peña, ""La Jefa""",assigned,closed,'-2+3,,done"#,
            "3,'+3,assigned,closed,'-2+3,,done",
            "4,'@SUM(A1),assigned,closed,'-2+3,,done",
            "5,Contact 5,assigned,closed,'-2+3,,done",
            "6,Contact 6,assigned,,'-2+3,already_so,skipped",
        ]
    );
}

#[test]
fn a_long_receipt_is_whole_and_leaves_out_what_is_not_seen_any_more() {
    let server = start_server();
    let (ana, boss) = (server.bearer("ana"), server.bearer("super"));
    furnish(&server, 1_203, Some(4));
    let job = run(&ana, &close_filter("owner=me"));
    let path = format!("/bulk/{}/receipt.csv", job["id"].as_str().unwrap());
    let lines = |client: &crate::common::Client| {
        client.get(&path).body.as_str().unwrap().split_terminator("\r\n").count() - 1
    };
    assert_eq!((lines(&ana), lines(&boss)), (1_203, 1_203));
    server.sql("UPDATE conversation SET team_id = 2, owner_id = 6 WHERE id <= 700");
    assert_eq!((lines(&ana), lines(&boss)), (503, 1_203));
}

#[test]
fn items_come_in_pages_cut_to_what_is_seen() {
    let server = start_server();
    let ana = server.bearer("ana");
    let ids = furnish(&server, 100, Some(4));
    let job = run(&ana, &close_ids(&ids));
    let id = job["id"].as_str().unwrap();
    let all = items(&ana, id, "result=done");
    let listed: Vec<&str> = all.iter().map(|item| item["conversation_id"].as_str().unwrap()).collect();
    assert_eq!(listed, ids);
    assert_eq!(
        all[0],
        json!({ "conversation_id": ids[0], "contact": "Contact 1", "channel": "whatsapp", "result": "done",
            "before": "assigned", "after": "closed", "owner": "4" })
    );
    server.sql("UPDATE conversation SET team_id = 2, owner_id = 6 WHERE id BETWEEN 11 AND 90");
    assert_eq!(items(&ana, id, "").len(), 20);
    assert_eq!(ana.get(&format!("/bulk/{id}/items")).body["total"]["value"], 100, "as the job says");
    for (query, field, code) in [
        ("result=x", "result", "unknown_value"),
        ("reason=x", "reason", "unknown_value"),
        ("limit=201", "limit", "range"),
        ("limit=x", "limit", "type"),
        ("cursor=7", "cursor", "unknown"),
        ("colour=red", "colour", "unknown"),
    ] {
        let refused = ana.get(&format!("/bulk/{id}/items?{query}"));
        assert_eq!(refused.fields(), fields(&[(field, code)]), "{query}");
    }
}

//! `connector check`.

use super::{Foreign, PROGRAM, by_token, connector, file};
use serde_json::{Value, json};
use std::process::{Command, Output};

fn check(foreign: Option<&Foreign>, flags: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(PROGRAM);
    command.args(["connector", "check"]).arg(file(&folder, &by_token())).args(flags);
    if let Some(foreign) = foreign {
        command.args(["--base-url", &foreign.url]);
    }
    command.env("BANDEJA_SECRET_TOKEN", "token-ana").output().unwrap()
}

fn text(output: &Output) -> String {
    let words = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    words.concat()
}

#[test]
fn a_file_that_reads_well_is_told_with_what_the_app_will_show_and_hide() {
    let output = check(None, &[]);
    let text = text(&output);
    assert!(output.status.success(), "{text}");
    assert!(text.contains("mini.json reads well"), "{text}");
    assert!(text.contains("replies (reply)") && text.contains("snoozing (snooze)"), "{text}");
}

#[test]
fn a_mistake_is_told_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wrong.json");
    let mut wrong = connector(&by_token());
    wrong["list"]["items"] = "][".into();
    std::fs::write(&path, wrong.to_string()).unwrap();
    let output = Command::new(PROGRAM).args(["connector", "check"]).arg(&path).output().unwrap();
    let text = text(&output);
    assert!(!output.status.success(), "{text}");
    assert!(text.contains("wrong.json") && text.contains("/list/items"), "{text}");
}

#[test]
fn against_a_live_api_it_shows_rows_in_words_and_changes_nothing() {
    let foreign = Foreign::start();
    let text = text(&check(Some(&foreign), &[]));
    assert!(text.contains("#ana-1 in_progress"), "{text}");
    assert!(text.contains("from Rosa"), "{text}");
    assert!(text.contains("--write with --conversation"), "{text}");
    assert!(!text.contains("token-ana"), "{text}");
    assert!(foreign.texts().is_empty());
}

#[test]
fn with_leave_it_writes_on_the_named_conversation_and_says_what_it_changed() {
    let foreign = Foreign::start();
    let text = text(&check(Some(&foreign), &["--write", "--conversation", "ana-2"]));
    assert_eq!(foreign.texts().len(), 1, "{text}");
    assert!(text.contains("changed: #ana-2 has a reply more"), "{text}");
}

/// What the check says of a file that was changed so, in front of an API that looks at no parameter.
fn of_changed(foreign: &Foreign, change: impl FnOnce(&mut Value)) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("changed.json");
    let mut file = connector(&by_token());
    change(&mut file);
    std::fs::write(&path, serde_json::to_string_pretty(&file).unwrap()).unwrap();
    let mut command = Command::new(PROGRAM);
    command.args(["connector", "check", "--json", "--base-url", &foreign.url]).arg(&path);
    let output = command.env("BANDEJA_SECRET_TOKEN", "token-ana").output().unwrap();
    let told: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", text(&output)));
    told["report"]["items"].as_array().unwrap().clone()
}

fn item<'a>(items: &'a [Value], operation: &str) -> &'a Value {
    let found = items.iter().find(|item| item["operation"] == operation);
    found.unwrap_or_else(|| panic!("no {operation} in {items:#?}"))
}

/// Asserts that an operation is doubted, where, and in what words.
fn doubted(items: &[Value], operation: &str, place: &str, words: &str) {
    let item = item(items, operation);
    assert_eq!(item["outcome"], "doubtful", "{item}");
    assert!(item["place"].as_str().is_some_and(|at| at.ends_with(place)), "{item}");
    assert!(item.to_string().contains(words), "{item}");
}

#[test]
fn parameters_that_the_api_ignores_are_told_with_their_place() {
    let foreign = Foreign::start();
    let items = of_changed(&foreign, |file| {
        file["list"]["paging"] = json!({"cursor": "after", "next": "\"abc\""});
        file["list"]["filters"] = json!({
            "q": {"query": {"search": "{{$values[0]}}"}},
            "status": {"query": {"state": "{{$values}}"}},
            "owner": {"query": {"agent": "{{$values}}"}},
            "tag": {"query": {"label": "{{$values}}"}}
        });
        file["names"] = json!({"tags": {"fixed": [{"id": "vip", "name": "VIP"}]}});
    });
    doubted(&items, "next page", "/list/paging", "the API ignores the parameter `after`");
    doubted(&items, "search for zqxjkvwpyq", "/list/filters/q", "finds the same rows");
    doubted(&items, "filter tag=vip", "/list/filters/tag", "2 of 2 rows do not match");
    assert_eq!(item(&items, "filter status=in_progress")["outcome"], "works");
    assert_eq!(item(&items, "filter owner=ana")["outcome"], "works");
}

#[test]
fn two_values_that_are_not_both_asked_for_are_told() {
    let foreign = Foreign::start();
    let items = of_changed(&foreign, |file| {
        file["list"]["call"] = json!("GET /sorted");
        file["list"]["filters"] = json!({"status": {"query": {"state": "{{[$values[] | to_status]}}"}}});
    });
    doubted(&items, "filter status=in_progress or closed", "/list/filters/status", "transport.arrays");
    let items = of_changed(&foreign, |file| {
        file["list"]["call"] = json!("GET /sorted");
        file["transport"]["arrays"] = json!("comma");
        file["list"]["filters"] = json!({"status": {"query": {"state": "{{[$values[] | to_status]}}"}}});
    });
    assert_eq!(item(&items, "filter status=in_progress or closed")["outcome"], "works");
}

#[test]
fn a_field_that_no_row_has_is_told_with_those_that_are_there() {
    let foreign = Foreign::start();
    let items = of_changed(&foreign, |file| {
        file["conversation"]["fields"]["team"] = json!(".squad.id");
        file["conversation"]["fields"]["tags"] = json!(".labels // [] | [.[].id]");
    });
    doubted(
        &items,
        "fields",
        "/conversation/fields/team",
        "no row has `squad`; there is `at`, `id`, `owner`",
    );
    let items = of_changed(&foreign, |_| {});
    assert_eq!(item(&items, "fields")["outcome"], "works");
}

#[test]
fn a_secret_that_nobody_gave_is_asked_for_by_its_name() {
    let foreign = Foreign::start();
    let items = of_changed(&foreign, |file| {
        file["auth"]["header"]["value"] = json!("Token {{$secret.desk_key}}");
    });
    let said = item(&items, "secret desk_key");
    assert!(said["said"].as_str().unwrap().contains("BANDEJA_SECRET_DESK_KEY"), "{said}");
    let items = of_changed(&foreign, |file| file["auth"]["me"]["fields"]["email"] = json!("\"\""));
    assert_eq!(item(&items, "who am I")["said"], "ana, id ana, Agent, teams []");
}

#[test]
fn what_an_act_does_not_carry_is_told_before_anybody_asks_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mini.json");
    let mut file = connector(&by_token());
    file["acts"]["close"] = json!({"steps": ["POST /tickets/{{$args.id}}/close"]});
    std::fs::write(&path, file.to_string()).unwrap();
    let output = Command::new(PROGRAM).args(["connector", "check"]).arg(&path).output().unwrap();
    let text = text(&output);
    assert!(text.contains("closing with a form (close): without a transfer and archiving at once"), "{text}");
}

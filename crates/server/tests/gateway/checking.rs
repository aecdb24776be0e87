//! `connector check`.

use super::{Foreign, PROGRAM, by_token, connector, file};
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

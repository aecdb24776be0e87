//! What is told while a job runs, and to whom.

use crate::common::{Stream, start_server};
use crate::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;

/// The ids that `conversations.changed` named until the stream was silent for a moment.
fn heard(stream: &Stream) -> (BTreeSet<String>, Vec<String>) {
    let (mut ids, mut names) = (BTreeSet::new(), Vec::new());
    for event in stream.all_within(Duration::from_millis(1_500)) {
        if event.name == "conversations.changed" {
            let told = event.data["ids"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned());
            ids.extend(told);
            assert_eq!(event.data["by"], "2");
        }
        names.push(event.name);
    }
    (ids, names)
}

#[test]
fn others_hear_of_what_they_see_and_only_the_starter_of_the_progress() {
    let server = start_server();
    let admin = server.bearer("admin1");
    let ids = furnish(&server, 250, Some(4));
    let other = server.contact_writes(2, "@carlas", "Hola");
    let streams = ["admin1", "ana", "carla", "dora"].map(|name| server.bearer(name).events(None));
    for stream in &streams {
        stream.next_of("ready");
    }
    let job = run(&admin, &close_filter("group=open"));
    assert_eq!(counts(&job), [251, 0, 0]);
    let [mine, anas, carlas, doras] = streams.each_ref().map(heard);
    let team: BTreeSet<String> = ids.iter().cloned().collect();
    let all: BTreeSet<String> = ids.iter().cloned().chain([other.clone()]).collect();
    assert_eq!((mine.0, anas.0, carlas.0), (all, team, BTreeSet::from([other])));
    assert_eq!(doras.1, Vec::<String>::new(), "nothing in her sight");
    for (names, starter) in [(mine.1, true), (anas.1, false), (carlas.1, false)] {
        let count = |name: &str| names.iter().filter(|it| *it == name).count();
        assert_eq!(count("bulk.finished"), usize::from(starter), "{names:?}");
        assert_eq!(count("bulk.progress") > 0, starter, "{names:?}");
        assert_eq!(count("conversation.changed") + count("message.created"), 0, "not one by one: {names:?}");
    }
}

#[test]
fn who_loses_sight_by_a_job_hears_of_it_too() {
    let server = start_server();
    let admin = server.bearer("admin1");
    let ids = furnish(&server, 3, Some(4));
    let stream = server.bearer("beto").events(None);
    stream.next_of("ready");
    run(
        &admin,
        &json!({ "action": "assign", "assign": { "user": "6", "team": "2" }, "selection": { "ids": ids } }),
    );
    let told = stream.next_of("conversations.changed");
    assert_eq!((&told.data["ids"], &told.data["by"]), (&json!(ids), &json!("2")));
}

#[test]
fn the_end_is_told_with_the_whole_job() {
    let server = start_server();
    let ana = server.bearer("ana");
    let ids = furnish(&server, 5, Some(4));
    let stream = ana.events(None);
    stream.next_of("ready");
    let job = run(&ana, &close_ids(&ids));
    let first = stream.next_of("bulk.progress").data;
    assert_eq!((&first["type"], &first["job"]["id"]), (&json!("bulk.progress"), &job["id"]));
    assert_eq!(stream.next_of("bulk.finished").data["job"], job);
    let undone = order(&ana, &job, "undo");
    let told = stream.next_of("bulk.finished").data["job"].clone();
    assert_eq!((&told["id"], &told["undoes"]), (&undone["id"], &json!("close")));
}

#[test]
fn progress_is_told_twice_a_second_at_most() {
    let server = start_server();
    let ana = server.bearer("ana");
    furnish(&server, 1_500, Some(4));
    let stream = ana.events(None);
    stream.next_of("ready");
    let began = std::time::Instant::now();
    let job = run(&ana, &close_filter("owner=me"));
    let took = began.elapsed();
    let told = stream.all_within(Duration::from_millis(1_200));
    let progress: Vec<&Value> =
        told.iter().filter(|event| event.name == "bulk.progress").map(|event| &event.data["job"]).collect();
    // Starting, the first turn, and then twice a second.
    let most = took.as_millis() / 500 + 3;
    assert!(progress.len() as u128 <= most, "{} in {took:?}", progress.len());
    let turns = |job: &Value| counts(job).iter().sum::<u64>();
    assert!(progress.windows(2).all(|pair| turns(pair[0]) <= turns(pair[1])), "it only grows");
    assert_eq!(counts(&job), [1_500, 0, 0]);
}

#[test]
fn a_stream_that_resumes_hears_what_it_missed() {
    let server = start_server();
    let ana = server.bearer("ana");
    let ids = furnish(&server, 5, Some(4));
    let start = ana.events(None).next_of("ready").id;
    run(&ana, &close_ids(&ids));
    let told = ana.events(Some(&start)).all_within(Duration::from_millis(800));
    let names: Vec<&str> = told.iter().map(|event| event.name.as_str()).collect();
    assert!(names.contains(&"conversations.changed") && names.contains(&"bulk.finished"), "{names:?}");
}

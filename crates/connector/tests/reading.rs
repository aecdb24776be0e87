//! Reading connector files: what is good is compiled, what is wrong is said with its place, and all of it at once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may"
)]

use bandeja_connector::backend::SignInBy;
use bandeja_connector::plan::{Date, Mistake, Paging, PollBy, Var, Verify, read};
use serde_json::{Value, json};

const TEMPLATE: &str = include_str!("../../../public/connectors/template.json");

/// The mistakes of a file.
fn mistakes(text: &str) -> Vec<Mistake> {
    read("acme.json", text).err().map_or_else(Vec::new, |mistakes| mistakes.0)
}

/// The mistakes of the template after a change at a pointer; `null` takes the key out.
fn changed(pointer: &str, value: Value) -> Vec<Mistake> {
    let mut file: Value = serde_json::from_str(TEMPLATE).unwrap();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let key = key.replace("~1", "/");
    let parent = file.pointer_mut(parent).unwrap_or_else(|| panic!("no {parent}"));
    match parent {
        Value::Object(map) if value.is_null() => _ = map.remove(&key),
        Value::Object(map) => _ = map.insert(key, value),
        Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
        _ => panic!("{pointer}"),
    }
    mistakes(&serde_json::to_string_pretty(&file).unwrap())
}

/// The only mistake after a change.
fn mistake(pointer: &str, value: Value) -> Mistake {
    let mut found = changed(pointer, value);
    assert_eq!(found.len(), 1, "{found:#?}");
    found.remove(0)
}

#[test]
fn the_template_reads_without_mistakes() {
    let plan = read("template.json", TEMPLATE).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    assert_eq!(plan.name, "template");
    assert_eq!(plan.auth.sign_in, SignInBy::Token);
    assert_eq!(plan.lists.len(), 1);
    assert!(matches!(&plan.lists[0].paging, Paging::Page(param, 1) if param == "page"));
    assert_eq!(plan.lists[0].size, 100);
    assert!(plan.lists[0].filters["priority"].here);
    assert_eq!(plan.lookups.fixed.categories.len(), 3);
    assert_eq!(plan.lookups.sources.len(), 2);
    let activity = plan.conversation.0.iter().find(|(name, _)| name == "last_activity_at").unwrap();
    assert_eq!(activity.1.date, Date::Seconds);
    assert!(matches!(plan.polling.by, PollBy::Since(..)));
    assert!(matches!(plan.acts["close"].verify, Verify::Rule));
    assert_eq!(plan.acts["close"].steps[1].method, "PATCH");
    assert_eq!(plan.off.len(), 2);
    assert_eq!(plan.secrets, ["token"]);
    assert!(plan.uses.contains(&Var::Me) && !plan.uses.contains(&Var::Names));
}

#[test]
fn what_is_no_json_is_shown_where_it_stops_being_json() {
    let found = &mistakes("{\n  \"connector\": 1,\n  // hello\n}")[0];
    assert_eq!((found.place.line, found.place.column), (3, 3));
    assert!(found.hint.as_ref().unwrap().contains("$comment"), "{found}");
    let found = &mistakes("{\"a\": [1, 2,]}")[0];
    assert_eq!((found.place.column, found.place.pointer.as_str()), (13, "/a/2"));
    assert!(found.hint.as_ref().unwrap().contains("comma"));
    assert!(mistakes("{\"a\": \"\\d\"}")[0].hint.as_ref().unwrap().contains("twice"));
    assert_eq!(mistakes("")[0].found, "the end of the file");
    assert_eq!(mistakes("[]")[0].found, "a list");
    assert!(mistakes(&"[".repeat(10_000))[0].expected.contains("64 levels"));
    assert!(mistakes("{} {}")[0].expected.contains("end of the file"));
}

#[test]
fn all_mistakes_are_said_at_once_in_the_order_of_their_places() {
    let mut file: Value = serde_json::from_str(TEMPLATE).unwrap();
    file["nmae"] = json!("x");
    file["list"]["items"] = json!(".results |");
    file["acts"]["reply"]["steps"][0]["json"]["text"] = json!("{{$arg.text}}");
    file["conversation"]["fields"]["statsu"] = json!(".x");
    file["polling"]["every_s"] = json!("often");
    let found = mistakes(&serde_json::to_string_pretty(&file).unwrap());
    let places: Vec<_> = found.iter().map(|mistake| (mistake.place.line, mistake.place.column)).collect();
    assert_eq!(found.len(), 5, "{found:#?}");
    assert!(places.is_sorted());
}

#[test]
fn jq_that_is_wrong_is_shown_inside_of_its_text() {
    let found = mistake("/conversation/fields/label", json!(".a | selct(.b)"));
    assert_eq!(found.place.pointer, "/conversation/fields/label");
    assert_eq!(found.hint.as_deref(), Some("did you mean `select`?"));
    let mut file: Value = serde_json::from_str(TEMPLATE).unwrap();
    file["conversation"]["fields"]["label"] = json!("\"é\" | selct(.b)");
    let text = serde_json::to_string_pretty(&file).unwrap();
    let found = &mistakes(&text)[0];
    let line = text.lines().nth(found.place.line as usize - 1).unwrap();
    let at: String = line.chars().skip(found.place.column as usize - 1).take(5).collect();
    assert_eq!(at, "selct");
}

#[test]
fn a_hole_is_shown_inside_of_its_text() {
    let found = mistake("/acts/reopen/steps/0/patch", json!("/tickets/{{$args.id}}/{{.a | nope}}"));
    assert!(found.found.contains("nope"));
    let found = mistake("/acts/reopen/steps/0/patch", json!("/tickets/{{$args.id"));
    assert!(found.expected.contains("}}"), "{found}");
    assert!(changed("/acts/reopen/steps/0/json/state", json!("{{ {a: {b: \"}}\"}} | .a.b }}")).is_empty());
    assert!(changed("/acts/reopen/steps/0/json/state", json!("{{\"a\\(1 + (2))}}b\"}}")).is_empty());
}

#[test]
fn unknown_keys_come_with_what_they_may_have_meant() {
    assert_eq!(mistake("/transport/timout_s", json!(3)).hint.as_deref(), Some("did you mean `timeout_s`?"));
    assert!(mistake("/acts/reopen/steps/0/body", json!({})).hint.unwrap().contains("`json`"));
    assert_eq!(mistake("/list/sorts/newest", json!({})).place.pointer, "/list/sorts/newest");
    assert_eq!(mistake("/list/filters/onwer", json!("here")).hint.as_deref(), Some("did you mean `owner`?"));
    assert!(mistake("/base_url", json!("x")).hint.unwrap().contains("transport.base"));
    assert!(changed("/list/$comment", json!(["anything"])).is_empty());
}

#[test]
fn a_key_that_comes_twice_is_a_mistake() {
    let text = TEMPLATE.replacen("\"connector\": 1,", "\"connector\": 1, \"connector\": 1,", 1);
    assert!(mistakes(&text)[0].found.contains("a second time"));
}

#[test]
fn parts_that_must_be_there_are_asked_for() {
    for part in ["/transport", "/auth", "/list", "/conversation", "/name", "/connector"] {
        let found = mistake(part, Value::Null);
        assert!(found.found.contains(part.trim_start_matches('/')), "{found}");
    }
    assert!(mistake("/conversation/fields/status", Value::Null).found.contains("`status`"));
    assert!(mistake("/connector", json!(2)).expected.contains('1'));
    assert!(mistake("/acts/reopen/steps", json!([])).hint.unwrap().contains("`off`"));
    assert!(mistake("/acts/reopen/steps/0/patch", Value::Null).expected.contains("exactly one of `get`"));
}

#[test]
fn variables_are_known_where_they_make_sense() {
    assert!(mistake("/list/items", json!("$it.x")).hint.unwrap().contains("no value at this place"));
    assert!(
        mistake("/acts/reply/steps/0/json/text", json!("{{$secret.token}}"))
            .hint
            .unwrap()
            .contains("only be used in `auth`")
    );
    let found = mistake("/transport/base", json!("{{$settings.base_ulr}}/x"));
    assert_eq!(found.hint.as_deref(), Some("did you mean `base_url`?"));
    assert!(mistake("/acts/reopen/steps/0/json/state", json!("{{$args.text}}")).expected.contains("`id`"));
    assert!(
        mistake("/acts/close/steps/0/json/text", json!("{{$steps.reason}}")).hint.unwrap().contains("save")
    );
    assert!(
        mistake("/acts/close/steps/1/json/reason_comment", json!("{{$steps.raeson}}"))
            .hint
            .unwrap()
            .contains("`reason`")
    );
    assert!(mistake("/list/end", json!("$page.nubmer > 3")).hint.unwrap().contains("`number`"));
    assert!(changed("/acts/reply/steps/0/json/text", json!("{{{args: 1} as {$args} | $args}}")).is_empty());
}

#[test]
fn a_filter_that_asks_once_for_each_value_knows_it() {
    let each = json!({"each": "$values[] | all_status[]", "query": {"status": "{{$each}}"}});
    assert!(changed("/list/filters/status", each).is_empty());
    let found = mistake("/list/filters/status", json!({"query": {"status": "{{$each}}"}}));
    assert!(found.hint.unwrap().contains("no value at this place"));
}

#[test]
fn secrets_do_not_stand_in_a_file() {
    let found = mistake("/auth/header/value", json!("Bearer abc"));
    assert!(found.hint.unwrap().contains("$secret"));
    let token = "q8Zt4kLm92xVb71Ns0PwQe55";
    let found = changed("/auth/header/value", json!(format!("Bearer {token}")));
    assert!(found.iter().any(|mistake| mistake.found.contains("looks like a secret")));
    assert!(found.iter().all(|mistake| !mistake.to_string().contains(token)));
    assert!(mistake("/transport/headers/X-Api-Key", json!("short")).expected.contains("`auth`"));
    assert!(mistake("/settings/api_token", json!({})).expected.contains("no secret"));
    assert!(
        changed("/acts/reopen/steps/0/json/state", json!("6d1f2c3a-1111-4222-8333-9a0b1c2d3e4f")).is_empty()
    );
}

#[test]
fn signing_in_says_which_secret_it_fills() {
    assert!(mistake("/auth/header", Value::Null).expected.contains("`header`, `query` or `basic`"));
    assert!(mistake("/auth/sign_in", json!("password")).hint.unwrap().contains("steps"));
    assert!(changed("/auth/header/value", json!("Token {{$secret.key}}")).is_empty());
    let several = mistake("/auth/header/value", json!("{{$secret.app}}:{{$secret.token}}"));
    assert!(several.expected.contains("one secret") && several.hint.unwrap().contains("types one token"));
    let mut file: Value = serde_json::from_str(TEMPLATE).unwrap();
    let step =
        json!({"post": "/login", "json": {"user": "{{$args.email}}", "password": "{{$args.password}}"}});
    file["auth"]["sign_in"] = json!({"steps": [step], "keep": {"token": ".access_token"}});
    let plan = read("acme.json", &file.to_string()).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    assert_eq!(plan.auth.sign_in, SignInBy::Password);
    assert!(plan.secrets.is_empty(), "what signing in keeps is not asked of the host");
}

#[test]
fn parts_that_need_others_say_so() {
    assert_eq!(mistake("/acts/unread", json!({"steps": ["POST /x"]})).found, "`unread` without `read`");
    assert!(
        mistake("/names", json!({"tags": {"fixed": []}, "categories": {"fixed": []}}))
            .expected
            .contains("names.users")
    );
    assert!(mistake("/names/tags", Value::Null).expected.contains("names.tags"));
    let found = mistake("/names/categories", Value::Null);
    assert_eq!(found.place.pointer, "/forms/close/category");
    let found = changed("/acts/close", Value::Null);
    assert_eq!(found.len(), 2, "the form and the act for many: {found:#?}");
    assert!(found.iter().all(|mistake| mistake.expected.contains("acts.close")));
    assert!(mistake("/off/reply", json!("no")).expected.contains("either"));
    assert_eq!(mistake("/bulk/archive", json!({"call": "POST /x"})).found, "an act for many only");
    assert!(
        mistake("/list/filters/q", json!({"clause": "$values[0] | escape_lucene"}))
            .expected
            .contains("$clauses")
    );
}

#[test]
fn values_of_maps_are_words_of_the_product() {
    let found = mistake("/maps/status/open", json!("opened"));
    assert!(found.expected.contains("`in_progress`"));
    assert_eq!(mistake("/maps/status/open", json!("clsoed")).hint.as_deref(), Some("did you mean `closed`?"));
    assert!(mistake("/maps/Bad-Name", json!({})).expected.contains("small letters"));
    assert!(mistake("/maps/priority/9", json!([])).expected.contains("a text"));
}

#[test]
fn definitions_are_checked_even_if_nobody_calls_them() {
    let found =
        mistake("/define", json!(["def who: .author.id;", "def first_line: .;", "def lonely: nope(.);"]));
    assert_eq!(found.place.pointer, "/define/2");
    let found = mistake("/define", json!("def who: later;\ndef later: .;\ndef first_line: .;"));
    assert!(found.hint.unwrap().contains("those before it"));
    let found = changed("/define", json!("def who: .; def first_line: .; oops"));
    assert_eq!(found.len(), 1, "what the others are called for is not known: {found:#?}");
    assert_eq!(found[0].place.pointer, "/define");
    assert!(changed("/define", json!("def who: if . then who else . end; def first_line: .;")).is_empty());
}

#[test]
fn paths_and_dates_are_checked() {
    assert!(mistake("/auth/me/call", json!("GET me")).expected.contains("begins with `/`"));
    assert!(mistake("/auth/me/call", json!("get /me")).expected.contains("a call such as"));
    assert!(mistake("/auth/me/call", json!("GET /me?full=1")).hint.unwrap().contains("query"));
    assert!(
        mistake("/list/call/get", json!("https://example.com/x")).hint.unwrap().contains("transport.base")
    );
    assert!(
        mistake("/conversation/fields/last_activity_at/date", json!("dd/mm/yyyy"))
            .hint
            .unwrap()
            .contains("%d/%m/%Y")
    );
    assert!(
        changed(
            "/conversation/fields/last_activity_at",
            json!({"jq": ".u", "date": "%d/%m/%Y %H:%M", "offset": "-05:00"})
        )
        .is_empty()
    );
    assert!(
        mistake("/conversation/fields/label", json!({"jq": ".u", "date": "unix"}))
            .expected
            .contains("no moment")
    );
    assert!(mistake("/conversation/fields/label", json!("{{.u}}")).expected.contains("without braces"));
}

#[test]
fn a_mistake_is_one_paragraph_with_file_place_and_hint() {
    let found = mistake("/transport/arrays", json!("comas"));
    let text = found.to_string();
    assert!(text.starts_with("acme.json:"), "{text}");
    assert!(text.contains("(/transport/arrays): found the text \"comas\", expected one of"), "{text}");
    assert!(text.ends_with("Hint: did you mean `comma`?"), "{text}");
}

#[test]
fn what_an_act_is_about_and_what_its_form_asks_for_must_be_sent() {
    let steps = json!([{"patch": "/tickets/{{$args.id}}", "json": {"state": "done"}}]);
    let found = mistake("/acts/reply/steps", steps.clone());
    assert_eq!(found.place.pointer, "/acts/reply");
    assert_eq!(found.found, "`reply` without `$args.text`");
    let found = changed("/acts/close/steps", steps);
    let pointers: Vec<_> = found.iter().map(|found| found.place.pointer.as_str()).collect();
    assert_eq!(pointers, ["/forms/close/category", "/forms/close/description", "/forms/close/subcategory"]);
    assert_eq!(found[0].expected, "`$args.category_id` or `$args.category_name` in a step of `acts.close`");
    for whole in [
        json!([{"patch": "/tickets/{{$args.id}}", "json": "{{$args}}"}]),
        json!([{"patch": "/tickets/{{$args.id}}", "json": "{{$args as {$description, $category_id} | [$description]}}"}]),
    ] {
        assert_eq!(changed("/acts/close/steps", whole), []);
    }
}

#[test]
fn what_a_definition_uses_is_carried_too() {
    let mut file: Value = serde_json::from_str(TEMPLATE).unwrap();
    let said = "def said: {why: $args.description, what: [$args.category_name, $args.subcategory_id]};";
    file["define"].as_array_mut().unwrap().push(json!(said));
    file["acts"]["close"]["steps"] = json!([{"patch": "/tickets/{{$args.id}}", "json": "{{said}}"}]);
    let plan = read("acme.json", &file.to_string()).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let carried = &plan.acts["close"].carried;
    assert!(carried.any(&["subcategory_id"]) && !carried.any(&["transfer_to"]));
}

#[test]
fn a_zone_is_a_place_and_no_abbreviation() {
    assert_eq!(changed("/zone", json!("America/Argentina/Buenos_Aires")), []);
    assert_eq!(changed("/zone", json!("UTC")), []);
    for wrong in ["CST", "Mexico City", "GMT-6"] {
        assert_eq!(mistake("/zone", json!(wrong)).place.pointer, "/zone", "{wrong}");
    }
}

#[test]
fn holes_that_are_none_are_shown_with_what_was_meant() {
    let steps = |json: &str| json!([{"patch": "/tickets/{{$args.id}}", "json": {"owner": json, "u": "{{$args.user}}"}}]);
    for (found, hole) in [("{$args.user}", "{{$args.user}}"), ("$args.user", "{{$args.user}}")] {
        let told = mistake("/acts/assign/steps", steps(found));
        assert_eq!(told.place.pointer, "/acts/assign/steps/0/json/owner");
        assert!(told.hint.unwrap().contains(hole));
    }
    let told = mistake("/acts/assign/steps", steps("{{args.user}}"));
    assert!(told.hint.unwrap().contains("`$args`"));
    for path in ["/tickets/{id}", "/tickets/:id", "/tickets/{.id}"] {
        let told = mistake("/conversation/call", json!(format!("GET {path}")));
        assert_eq!(told.place.pointer, "/conversation/call", "{path}");
    }
}

#[test]
fn a_header_is_named_in_small_letters() {
    let told = mistake("/list/total", json!("$headers[\"X-Total\"] | tonumber"));
    assert_eq!((told.found.as_str(), told.place.pointer.as_str()), ("`X-Total` in jq", "/list/total"));
    assert!(told.hint.unwrap().contains("$headers[\"x-total\"]"));
    assert_eq!(changed("/list/total", json!("$headers[\"x-total\"] | tonumber")), []);
}

//! jq in connector files: what it makes of values, what it refuses, and that it ends.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may")]

use bandeja_connector::plan::language::{Library, Table, Tables, Wrong, definitions_of};
use bandeja_connector::plan::{Expr, Place, Val, Var, Vars, val};
use serde_json::{Value, json};
use std::sync::Arc;

fn tables() -> Tables {
    let pairs = [("1", "new"), ("2", "in_progress"), ("3", "in_progress"), ("4", "closed")];
    let pairs = pairs.map(|(foreign, ours)| (foreign.to_owned(), json!(ours))).to_vec();
    let open = Table { pairs: pairs.clone(), other: Some(json!("in_progress")) };
    Tables::from([("status".to_owned(), Table { pairs, other: None }), ("open".to_owned(), open)])
}

fn compile(text: &str, scope: &[Var]) -> Result<Expr, Vec<Wrong>> {
    let tables = Arc::new(tables());
    let maps = definitions_of(&tables);
    let library =
        Library::new(tables, &maps, "def contact: {id: .email, name: .name}; def forever: 1 + forever;")
            .unwrap();
    Ok(Expr::new(text, Place::default(), library.compile(text, scope)?))
}

fn expr(text: &str) -> Expr {
    compile(text, &Var::ALL).unwrap_or_else(|wrong| panic!("{text}: {wrong:?}"))
}

fn all(text: &str, input: &Value) -> Vec<Value> {
    let values = expr(text).all(&val::from_json(input), &Vars::default()).unwrap();
    values.iter().map(val::to_json).collect()
}

fn fails(text: &str, input: &Value) -> String {
    expr(text).all(&val::from_json(input), &Vars::default()).unwrap_err().said
}

#[test]
fn the_functions_that_integrators_know_work() {
    let cases = [
        (".a.b[1]", json!({"a": {"b": [1, 2]}}), json!([2])),
        (
            "[.[] | select(.on) | .id] | join(\",\")",
            json!([{"on": true, "id": 1}, {"on": false, "id": 2}, {"on": true, "id": 3}]),
            json!(["1,3"]),
        ),
        ("map(.x) | add", json!([{"x": 1}, {"x": 2}]), json!([3])),
        (".n // \"none\"", json!({}), json!(["none"])),
        ("to_entries | map(.key)", json!({"a": 1, "b": 2}), json!([["a", "b"]])),
        ("test(\"^re:\"; \"i\")", json!("RE: x"), json!([true])),
        ("capture(\"(?<d>[0-9]+)\").d", json!("no 42"), json!(["42"])),
        ("[scan(\"[a-z]\")]", json!("a1b"), json!([["a", "b"]])),
        ("gsub(\"[aeiou]\"; \"*\")", json!("hola"), json!(["h*l*"])),
        ("sub(\"(?<x>l)\"; \"<\\(.x)>\")", json!("hola"), json!(["ho<l>a"])),
        ("split(\", *\"; null)", json!("a,  b"), json!([["a", "b"]])),
        ("@uri", json!("a b/ñ"), json!(["a%20b%2F%C3%B1"])),
        ("@base64 | ., @base64d", json!("ñandú"), json!(["w7FhbmTDug==", "ñandú"])),
        ("fromdate", json!("2026-02-03T04:05:06+01:00"), json!([1_770_087_906])),
        ("todate", json!(1_770_087_906), json!(["2026-02-03T03:05:06Z"])),
        (
            "parse_date(\"%d/%m/%Y %H:%M\") | todate",
            json!("03/02/2026 04:05"),
            json!(["2026-02-03T04:05:00Z"]),
        ),
        ("strftime(\"%Y-%m-%d\")", json!(0), json!(["1970-01-01"])),
        ("[.[] | tonumber] | max", json!(["3", "10"]), json!([10])),
        ("[limit(3; repeat(1))]", json!(null), json!([[1, 1, 1]])),
        ("reduce range(5) as $i (0; . + $i)", json!(null), json!([10])),
        ("[recurse(.kids[]?) | .id]", json!({"id": 1, "kids": [{"id": 2}]}), json!([[1, 2]])),
        ("if . == null then empty else . end", json!(null), json!([])),
        ("try error(\"x\") catch .", json!(null), json!(["x"])),
        (
            "walk(if type == \"string\" then ascii_upcase else . end)",
            json!(["a", {"b": "c"}]),
            json!([["A", {"b": "C"}]]),
        ),
        ("[\"a\", null, 1] | join(\"-\")", json!(null), json!(["a--1"])),
        ("del(.a)", json!({"a": 1, "b": 2}), json!([{"b": 2}])),
        (". as {$a, b: [$c]} | [$a, $c]", json!({"a": 1, "b": [2]}), json!([[1, 2]])),
        ("contact", json!({"email": "e", "name": "n"}), json!([{"id": "e", "name": "n"}])),
        ("IN(\"a\", \"b\")", json!("b"), json!([true])),
        ("INDEX(.id) | keys", json!([{"id": 7}]), json!([["7"]])),
        ("group_by(.k) | map(length)", json!([{"k": 1}, {"k": 2}, {"k": 1}]), json!([[2, 1]])),
        ("ltrimstr(\"#\") | ascii_downcase", json!("#ABC"), json!(["abc"])),
    ];
    for (text, input, expected) in cases {
        assert_eq!(json!(all(text, &input)), expected, "{text}");
    }
}

#[test]
fn maps_go_both_ways_and_say_what_they_do_not_know() {
    assert_eq!(all("from_status", &json!(4)), [json!("closed")]);
    assert_eq!(all("from_open", &json!(99)), [json!("in_progress")]);
    assert_eq!(all("to_status", &json!("in_progress")), [json!("2")]);
    assert_eq!(all("all_status", &json!("in_progress")), [json!(["2", "3"])]);
    assert!(fails("from_status", &json!(7)).contains("does not know 7; it knows 1, 2, 3, 4"));
    assert!(fails("to_status", &json!("cancelled")).contains("no foreign value"));
}

#[test]
fn texts_are_escaped_for_foreign_query_languages() {
    assert_eq!(all("escape_lucene", &json!("a:b (c)")), [json!("a\\:b \\(c\\)")]);
    assert_eq!(all("escape_sql_like", &json!("50%_\\")), [json!("50\\%\\_\\\\")]);
    assert_eq!(all("escape_single", &json!("O'Hara")), [json!("O''Hara")]);
    assert_eq!(all("escape_double", &json!("say \"x\\\"")), [json!("say \\\"x\\\\\\\"")]);
    assert_eq!(all("escape_regex", &json!("a.b*")), [json!("a\\.b\\*")]);
}

#[test]
fn html_becomes_text_as_it_reads() {
    let cases = [
        ("<p>Hola &amp; <b>adi&oacute;s</b></p><p>dos</p>", "Hola & adiós\n\ndos"),
        ("uno<br>dos<br/><br>tres", "uno\ndos\n\ntres"),
        ("<style>p{}</style><div>a</div>\n  <div>b</div>", "a\nb"),
        ("1 < 2 &#8364; &lt;tag&gt; & so", "1 < 2 € <tag> & so"),
        ("<script>alert(1)", ""),
        ("<!-- no --><ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("&", "&"),
        ("<", "<"),
    ];
    for (html, expected) in cases {
        assert_eq!(all("html_text", &json!(html)), [json!(expected)], "{html}");
    }
}

#[test]
fn one_value_is_read_as_its_place_needs() {
    let vars = Vars::default();
    let input = val::from_json(&json!({"id": 7, "name": "n", "on": false, "tags": ["a"], "price": "2.5"}));
    assert_eq!(expr(".id").text(&input, &vars).unwrap().unwrap(), "7");
    assert_eq!(expr(".none").text(&input, &vars).unwrap(), None);
    assert_eq!(expr("empty").text(&input, &vars).unwrap(), None);
    assert!(
        expr(".tags")
            .text(&input, &vars)
            .unwrap_err()
            .said
            .contains("expected a text, found a list: [\"a\"]")
    );
    assert!(!expr(".on").truthy(&input, &vars).unwrap());
    assert_eq!(expr(".price").number(&input, &vars).unwrap(), Some(2.5));
    assert_eq!(expr(".tags").list(&input, &vars).unwrap().len(), 1);
    assert_eq!(expr(".tags[]").list(&input, &vars).unwrap().len(), 1);
    assert!(expr(".missing").list(&input, &vars).unwrap().is_empty());
}

#[test]
fn variables_have_the_values_of_their_place() {
    let vars =
        Vars::default().with(Var::Args, val::from_json(&json!({"id": 5}))).with(Var::Now, val::int(60));
    let value = expr("\"/tickets/\\($args.id)?at=\\(now)\"").text(&Val::Null, &vars).unwrap();
    assert_eq!(value.unwrap(), "/tickets/5?at=60");
    let value = expr("[1, 2] as $args | $args[1]").one(&Val::Null, &vars).unwrap();
    assert_eq!(value.map(|value| val::to_json(&value)), Some(json!(2)));
}

#[test]
fn what_is_wrong_is_said_with_its_place_and_a_hint() {
    let wrong = |text: &str| {
        compile(text, &[Var::Settings, Var::Args]).err().unwrap_or_else(|| panic!("{text} is good"))
    };
    let first = |text: &str| wrong(text).remove(0);

    assert_eq!(first(".a | ").at, 5);
    assert_eq!(first(".a | selct(.b)").at, 5);
    assert_eq!(first(".a | selct(.b)").hint.unwrap(), "did you mean `select`?");
    assert_eq!(first("$it.id").hint.unwrap(), "`$it` has no value at this place");
    assert_eq!(
        first("$secret.token").hint.unwrap(),
        "secrets can only be used in `auth` and `polling.stream`"
    );
    assert_eq!(first("$arg.id").hint.unwrap(), "did you mean `$args`?");
    assert!(first("from_statis").hint.unwrap().contains("did you mean `status`?"));
    assert!(first("select(.a; .b)").expected.contains("1 argument(s) for `select`, not 2"));
    assert!(first("name").hint.unwrap().contains("`.name`"));
    assert!(first("env").hint.unwrap().contains("reaches outside"));
    assert!(first("halt").hint.unwrap().contains("reaches outside"));
    assert_eq!(first("{a: (1").found, "the end of the expression");
    assert_eq!(wrong("selct(.a) | maap(.b)").len(), 2);
    assert!(first("include \"x\"; .").at < 12);
}

#[test]
fn what_never_ends_is_an_error() {
    for text in [
        "def f: f; f",
        "[repeat(1)] | length",
        "last(range(0; infinite))",
        "until(false; . + 1)?",
        "[recurse(. + 1)]",
        "def f: try g catch f; 0 | until(false; .)",
        "reduce range(0; 1e18) as $i (0; $i)",
        "while(true; .)",
        "path(recurse(.))",
        "limit(1; repeat(empty))",
    ] {
        let Ok(expr) = compile(text, &Var::ALL) else { continue };
        let error = expr.all(&Val::Null, &Vars::default()).unwrap_err();
        assert!(
            error.said.contains("did not end") || error.said.contains("yields more"),
            "{text}: {}",
            error.said
        );
    }
    assert!(fails("forever", &json!(null)).contains("too deep"));
    assert!(fails("range(1e9)", &json!(null)).contains("yields more than 100000 values"));
}

#[test]
fn what_is_too_long_or_too_deep_is_refused_before_it_ends_the_process() {
    for part in [
        "(",
        "[",
        "{a:",
        "-",
        "try ",
        ". | ",
        "1 + ",
        "\"\\(",
        ".[",
        "if . then ",
        "def f: ",
        ". as $x | ",
        "1, ",
        "reduce ",
    ] {
        let text = format!("{}.", part.repeat(50_000));
        let wrong = compile(&text, &Var::ALL).err().unwrap_or_else(|| panic!("{part} is taken"));
        assert!(wrong[0].at <= text.len(), "{part}");
    }
    let long = vec!["(.a // .b | tostring)"; 60].join(" + ");
    assert!(compile(&long, &Var::ALL).is_ok(), "what somebody may write is taken");
}

#[test]
fn long_loops_that_end_do_so() {
    assert_eq!(all("last(range(400000))", &json!(null)), [json!(399_999)]);
    assert_eq!(all("def f: if . >= 200000 then . else . + 1 | f end; 0 | f", &json!(null)), [json!(200_000)]);
    assert_eq!(all("[limit(90000; repeat(1))] | add", &json!(null)), [json!(90_000)]);
}

#[test]
fn json_comes_back_as_it_went_in() {
    let value = json!({"a": [null, true, 1, -5, 1.5, u64::MAX, i64::MIN, "ñ"], "b": {}});
    assert_eq!(val::to_json(&val::from_json(&value)), value);
    assert_eq!(val::to_json(&val::parse(value.to_string().as_bytes()).unwrap()), value);
    assert!(val::parse(b"{\"a\": 1} # no comment").is_err());
    assert!(val::parse("[".repeat(500).as_bytes()).is_err());
}

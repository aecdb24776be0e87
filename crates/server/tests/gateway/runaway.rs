//! An expression that does not come to its end.

use super::{Foreign, Gateway, Start, by_password, ids};

#[test]
fn an_expression_without_end_takes_its_own_session_with_it_and_nothing_else() {
    let foreign = Foreign::start();
    let gateway =
        Gateway::start(&foreign, &Start { auth: by_password(), secrets: &[], flags: &["--patience", "1"] });
    let (ana, beto) = (gateway.signed_in("ana"), gateway.signed_in("beto"));
    let stuck = std::thread::spawn({
        let ana = ana.clone();
        move || ana.get("/conversations/forever")
    });
    assert_eq!(ids(&beto.get("/conversations")), ["beto-1", "beto-2"]);
    let answer = stuck.join().unwrap();
    assert_eq!((answer.status, answer.code()), (503, "unavailable"));
    assert_eq!(ids(&beto.get("/conversations")), ["beto-1", "beto-2"]);
    assert_eq!(ana.get("/conversations").status, 401, "whoever was in there signs in again");
    assert_eq!(ids(&gateway.signed_in("ana").get("/conversations")), ["ana-1", "ana-2"]);
    assert!(gateway.log().contains("no sign of life"));
}

//! The numbers of a job, whatever goes wrong.

use crate::bulk::{close_all, ended, preview, start};
use crate::desk::{able, conversation, fault};
use crate::world::{World, request};
use bandeja_client::traits::Method;
use bandeja_connector::backend::{Abilities, FaultKind};
use bandeja_contract::paths;
use bandeja_model::{Author, Status};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Trouble {
    Not,
    Refuses(FaultKind, u32),
    Gone,
    Closed,
    Other,
    Writes,
}

fn trouble() -> impl Strategy<Value = Trouble> {
    let kinds = vec![
        FaultKind::Forbidden,
        FaultKind::Conflict,
        FaultKind::Invalid,
        FaultKind::RateLimited { retry_after_s: Some(3) },
        FaultKind::RateLimited { retry_after_s: None },
        FaultKind::Unavailable,
        FaultKind::BadAnswer,
        FaultKind::NotApplied,
        FaultKind::PartlyDone,
        FaultKind::Off,
    ];
    prop_oneof![
        3 => Just(Trouble::Not),
        3 => (prop::sample::select(kinds), 1_u32..12).prop_map(|(kind, times)| Trouble::Refuses(kind, times)),
        1 => Just(Trouble::Gone),
        1 => Just(Trouble::Closed),
        1 => Just(Trouble::Other),
        1 => Just(Trouble::Writes),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn whatever_fails_the_numbers_of_a_job_add_up_and_done_means_done(
        troubles in prop::collection::vec(trouble(), 1..25), native: bool, concurrency in 1_u32..6,
    ) {
        let bulk = if native { vec!["close"] } else { Vec::new() };
        let count = i64::try_from(troubles.len()).unwrap();
        let world =
            World::new(Abilities { bulk, concurrency, ..able() }, (1..=count).map(conversation).collect());
        let previewed = preview(&world, close_all());
        for (trouble, number) in troubles.iter().zip(1..) {
            let id: String = format!("{number}");
            match trouble {
                Trouble::Not => {}
                Trouble::Refuses(kind, times) => {
                    world.desk.refuses.borrow_mut().insert(id.as_str().into(), (fault(*kind, "no"), *times));
                }
                Trouble::Gone => world.desk.rows.borrow_mut().retain(|row| row.id.as_str() != id),
                Trouble::Closed => world.desk.change(&id, |row| row.status = Status::Closed),
                Trouble::Other => world.desk.change(&id, |row| row.owner = Some("other".into())),
                Trouble::Writes => drop(world.desk.write(&id.as_str().into(), "?", Author::Contact, false)),
            }
        }
        let id = start(&world, &previewed);
        let job = ended(&world, &id);
        let number = |name: &str| job[name].as_u64().unwrap();
        prop_assert_eq!(number("matched"), troubles.len() as u64);
        prop_assert_eq!(number("done") + number("skipped") + number("failed"), number("matched"));
        let told: u64 = job["reasons"].as_array().unwrap().iter().map(|it| it["count"].as_u64().unwrap()).sum();
        prop_assert_eq!(told, number("skipped") + number("failed"));
        let items = world.get(&format!("{}?result=done&limit=200", paths::bulk_items(&id))).ok();
        for item in items["items"].as_array().unwrap() {
            prop_assert_eq!(world.desk.row(item["conversation_id"].as_str().unwrap()).status, Status::Closed);
        }
        let lines = world.send(request(Method::Get, &paths::bulk_receipt(&id), None)).text.lines().count();
        prop_assert_eq!(lines, troubles.len() + 1);
    }
}

//! How the database goes about counting, and how many are looked at.

use super::*;
use crate::store::sweep::tests::{plan, stores};

#[tokio::test]
async fn what_is_counted_is_searched_by_an_index_and_no_row_is_read() {
    let folder = tempfile::tempdir().unwrap();
    for store in stores(folder.path()).await {
        for anchor in Anchor::ALL {
            let open = clocks::idle("count(*)", anchor, 1);
            let mut asleep = started_by("count(*)", anchor, 1, 0, 1);
            asleep.push(" AND c.snoozed_until IS NOT NULL");
            let each = started_by(clocks::IDLING, anchor, 1, 0, 3);
            for sql in [open, asleep, each] {
                let plan = plan(&store, &sql).await;
                let search =
                    format!("SEARCH c USING COVERING INDEX conversation_idle_{} (team_id=?", anchor.code());
                assert!(plan.starts_with(&search) && !plan.contains("SCAN"), "{plan}");
            }
        }
        for every in [1, 3] {
            let plan = plan(&store, &came_back(COMEBACK, 1, moment(0), every)).await;
            assert_eq!(plan, "SEARCH b USING COVERING INDEX comeback_of (team_id=? AND at>?)");
        }
    }
}

#[test]
fn no_more_than_a_hundred_thousand_are_looked_at() {
    for (rows, every) in [(0, 1), (1, 1), (MOST, 1), (MOST + 1, 2), (10 * MOST, 10), (10 * MOST + 1, 11)] {
        assert_eq!(stride(rows), every, "{rows}");
        assert!(rows / stride(rows) <= MOST);
    }
}

//! All points as a table in Markdown, for documents: nobody is asked anything.

use crate::point::Takes;
use crate::points;
use std::fmt::Write as _;

/// The table: what each point asks, what it rests on, and what the app does without it.
pub fn catalogue() -> String {
    let mut text =
        "| area | point | the contract asks | rests on | without it |\n|---|---|---|---|---|\n".to_owned();
    for point in points::all() {
        let mut rests_on = point.rests_on.to_vec();
        if point.takes == Takes::Writing {
            rests_on.push("`--write`");
        }
        let ability = point.ability.map(|ability| format!("capability `{ability}`"));
        rests_on.extend(ability.as_deref());
        let rests_on = rests_on.join(", ");
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "| {} | {} | {} | {rests_on} | {} |",
            point.area.name(),
            point.id,
            point.asks,
            point.app
        );
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_document_has_the_table_as_it_is() {
        let document = include_str!("../../../docs/conformance.md");
        assert!(document.contains(&super::catalogue()), "write into it what `--points` prints");
    }
}

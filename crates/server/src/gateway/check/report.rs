//! What was tried and how it went, as a table for people or as JSON.

use bandeja_connector::backend::Fault;
use bandeja_connector::plan::Place;
use serde::Serialize;
use std::fmt::Write as _;

/// Everything that was tried.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// In the order of trying.
    pub items: Vec<Item>,
    /// What was changed and not put back, in words.
    pub changed: Vec<String>,
}

/// One operation.
#[derive(Debug, Serialize)]
pub struct Item {
    /// Which.
    pub operation: String,
    /// How it went.
    pub outcome: Outcome,
    /// What was seen, or why not, in words.
    pub said: String,
    /// Where in the file it stands: line, column and pointer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// What it gave, line by line: the first rows, the first entries.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shown: Vec<String>,
}

/// How it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// As it should.
    Works,
    /// It works, but the answer looks wrong.
    Doubtful,
    /// It does not.
    Fails,
    /// It was not tried.
    NotTried,
}

impl Report {
    /// An operation that works.
    pub(super) fn works(&mut self, operation: impl Into<String>, said: impl Into<String>) -> &mut Item {
        self.add(operation.into(), Outcome::Works, said.into(), None)
    }

    /// One whose answer looks wrong.
    pub(super) fn doubtful(
        &mut self,
        operation: impl Into<String>,
        said: impl Into<String>,
        place: Option<&Place>,
    ) -> &mut Item {
        self.add(operation.into(), Outcome::Doubtful, said.into(), place)
    }

    /// One that does not work.
    pub(super) fn fails(&mut self, operation: impl Into<String>, fault: &Fault, place: Option<&Place>) {
        let status = fault.status.map(|status| format!(", status {status}")).unwrap_or_default();
        let mut said = format!("{} ({:?}{status})", fault.said, fault.kind);
        for field in &fault.fields {
            // Writing to a text cannot fail.
            let _ = write!(said, "; {}: {}", field.field, field.message);
        }
        self.add(operation.into(), Outcome::Fails, said, place);
    }

    /// One that cannot work, for a reason of our own.
    pub(super) fn broken(
        &mut self,
        operation: impl Into<String>,
        said: impl Into<String>,
        place: Option<&Place>,
    ) {
        self.add(operation.into(), Outcome::Fails, said.into(), place);
    }

    /// One that was not tried.
    pub(super) fn not_tried(&mut self, operation: impl Into<String>, why: impl Into<String>) {
        self.add(operation.into(), Outcome::NotTried, why.into(), None);
    }

    fn add(&mut self, operation: String, outcome: Outcome, said: String, place: Option<&Place>) -> &mut Item {
        let place = place
            .filter(|place| place.line > 0)
            .map(|at| format!("{}:{} {}", at.line, at.column, at.pointer));
        let at = self.items.len();
        self.items.push(Item { operation, outcome, said, place, shown: Vec::new() });
        // It was put there just now.
        #[allow(clippy::indexing_slicing, reason = "the item was pushed on the line above")]
        &mut self.items[at]
    }

    /// Whether everything that was tried works.
    pub fn is_well(&self) -> bool {
        !self.items.iter().any(|item| item.outcome == Outcome::Fails)
    }

    /// For people: one line an operation, with what it gave below it.
    pub fn table(&self) -> String {
        let widest = self.items.iter().map(|item| item.operation.chars().count()).max().unwrap_or_default();
        let mut text = String::new();
        for item in &self.items {
            let word = match item.outcome {
                Outcome::Works => "works",
                Outcome::Doubtful => "doubtful",
                Outcome::Fails => "FAILS",
                Outcome::NotTried => "not tried",
            };
            let _ = write!(text, "{:widest$}  {word:9}  {}", item.operation, item.said);
            if let Some(place) = &item.place {
                let _ = write!(text, "\n{:widest$}             at {place}", "");
            }
            text.push('\n');
            for line in &item.shown {
                let _ = writeln!(text, "{:widest$}             {line}", "");
            }
        }
        for line in &self.changed {
            let _ = writeln!(text, "changed: {line}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_connector::backend::FaultKind;

    #[test]
    fn a_failure_says_what_the_api_said_and_where_in_the_file_it_stands() {
        let mut report = Report::default();
        report.works("list", "3 rows");
        let fault =
            Fault { kind: FaultKind::Forbidden, said: "No".to_owned(), status: Some(403), fields: vec![] };
        let place = Place { line: 12, column: 5, pointer: "/acts/reply".to_owned() };
        report.fails("reply", &fault, Some(&place));
        let table = report.table();
        assert!(table.contains("list   works      3 rows"), "{table}");
        assert!(table.contains("reply  FAILS      No (Forbidden, status 403)"), "{table}");
        assert!(table.contains("at 12:5 /acts/reply"), "{table}");
        assert!(!report.is_well());
    }
}

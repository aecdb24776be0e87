//! The report: for people at a terminal, for documents, for programs.

use crate::point::{Told, Verdict};
use serde_json::json;
use std::fmt::Write as _;

/// What a run found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Who was asked.
    pub base_url: String,
    /// All points in their order.
    pub points: Vec<Told>,
    /// What was changed and could not be put back.
    pub left_behind: Vec<String>,
}

/// How many points have which verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    /// As the contract says.
    pub complete: usize,
    /// Not offered, and said so.
    pub off: usize,
    /// Incomplete or missing.
    pub wrong: usize,
    /// Could not be asked.
    pub not_tried: usize,
}

impl Report {
    /// The counts.
    pub fn summary(&self) -> Summary {
        let mut summary = Summary::default();
        for point in &self.points {
            match point.verdict {
                Verdict::Complete => summary.complete += 1,
                Verdict::Off => summary.off += 1,
                Verdict::Incomplete | Verdict::Missing => summary.wrong += 1,
                Verdict::NotTried => summary.not_tried += 1,
            }
        }
        summary
    }

    /// A point by its name.
    pub fn point(&self, id: &str) -> Option<&Told> {
        self.points.iter().find(|point| point.id == id)
    }

    /// One line.
    pub fn summary_line(&self) -> String {
        let Summary { complete, off, wrong, not_tried } = self.summary();
        format!("{complete} complete, {off} off, {wrong} wrong, {not_tried} not tried")
    }

    /// For people: by area, with what was seen and, where something is wrong, what should have been.
    pub fn table(&self) -> String {
        let width = self.points.iter().map(|point| point.id.len()).max().unwrap_or_default();
        let mut text = String::new();
        let mut area = "";
        for point in &self.points {
            if point.area != area {
                area = point.area;
                put(&mut text, format_args!("\n{area}\n"));
            }
            put(&mut text, format_args!("  {:<10}  {:<width$}  {}\n", point.verdict, point.id, point.asks));
            for (label, said) in lines(point) {
                put(&mut text, format_args!("  {:<10}  {label:<9} {said}\n", ""));
            }
        }
        for left in &self.left_behind {
            put(&mut text, format_args!("\nleft behind: {left}"));
        }
        put(&mut text, format_args!("\n{}: {}\n", self.base_url, self.summary_line()));
        text
    }

    /// For documents: a table in Markdown.
    pub fn markdown(&self) -> String {
        let mut text = format!(
            "{}: {}.\n\n| area | point | verdict | the contract asks | seen | expected | the app |\n|---|---|---|---|---|---|---|\n",
            cell(&self.base_url),
            self.summary_line()
        );
        for point in &self.points {
            let request =
                if point.request.is_empty() { String::new() } else { format!(" ({})", point.request) };
            let cells = [
                point.area,
                point.id,
                point.verdict.name(),
                point.asks,
                &format!("{}{request}", point.seen),
                &point.expected,
                point.app,
            ];
            put(&mut text, format_args!("| {} |\n", cells.map(cell).join(" | ")));
        }
        if !self.left_behind.is_empty() {
            text.push_str("\nLeft behind:\n\n");
            for left in &self.left_behind {
                put(&mut text, format_args!("- {}\n", cell(left)));
            }
        }
        text
    }

    /// For programs.
    pub fn json(&self) -> String {
        let value = json!({
            "base_url": self.base_url,
            "summary": self.summary(),
            "points": self.points,
            "left_behind": self.left_behind,
        });
        format!("{value:#}\n")
    }
}

fn lines(point: &Told) -> Vec<(&'static str, &str)> {
    let all = [
        ("expected", point.expected.as_str()),
        ("seen", point.seen.as_str()),
        ("request", point.request.as_str()),
        ("the app", point.app),
    ];
    all.into_iter().filter(|(_, said)| !said.is_empty()).collect()
}

/// Text that strangers may have written, inside a table of Markdown.
fn cell(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '#' => cell.extend(['\\', c]),
            '<' => cell.push_str("&lt;"),
            '&' => cell.push_str("&amp;"),
            '\n' | '\r' => cell.push(' '),
            other => cell.push(other),
        }
    }
    cell
}

fn put(text: &mut String, what: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = text.write_fmt(what);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(verdict: Verdict, seen: &str) -> Told {
        Told {
            id: "lists.reads",
            area: "lists",
            asks: "A page.",
            verdict,
            seen: seen.to_owned(),
            expected: String::new(),
            request: String::new(),
            app: "",
        }
    }

    fn report() -> Report {
        let points = vec![
            told(Verdict::Complete, "fine"),
            told(Verdict::Off, "not in the plan"),
            told(Verdict::Missing, "404 <b>a|b</b>"),
            told(Verdict::NotTried, "why"),
        ];
        Report { base_url: "http://a.test".to_owned(), points, left_behind: vec!["a note".to_owned()] }
    }

    #[test]
    fn the_summary_counts_every_verdict() {
        assert_eq!(report().summary_line(), "1 complete, 1 off, 1 wrong, 1 not tried");
        assert!(report().table().contains("left behind: a note"));
    }

    #[test]
    fn a_strangers_text_does_not_break_the_table() {
        let text = report().markdown();
        assert!(text.contains("404 &lt;b>a\\|b&lt;/b>"), "{text}");
        let rows = text.lines().filter(|line| line.starts_with("| lists"));
        assert!(
            rows.clone().count() == 4
                && rows.clone().all(|row| row.replace("\\|", "").matches('|').count() == 8)
        );
    }

    #[test]
    fn programs_get_the_same() {
        let value: serde_json::Value = serde_json::from_str(&report().json()).unwrap();
        assert_eq!(value["summary"]["wrong"], 1);
        assert_eq!(value["points"][2]["verdict"], "missing");
    }
}

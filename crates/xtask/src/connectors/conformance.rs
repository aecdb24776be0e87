//! What of the contract each back end answers behind the gateway, side by side.

use std::fmt::Write as _;

use anyhow::{Context, Result};
use serde_json::Value;

use super::upon::Upon;
use crate::{
    backends::{Backend, Told},
    conformance,
    exec::{Exec, step},
    project::Project,
};

/// What the check found of one back end.
#[derive(Debug)]
pub(super) struct Report {
    points: Vec<Point>,
}

#[derive(Debug)]
struct Point {
    id: String,
    area: String,
    verdict: String,
    seen: String,
    expected: String,
}

impl Report {
    fn read(text: &str) -> Option<Self> {
        let report: Value = serde_json::from_str(text).ok()?;
        let points = report.get("points")?.as_array()?;
        Some(Self { points: points.iter().map(Point::read).collect::<Option<_>>()? })
    }
}

impl Point {
    fn read(point: &Value) -> Option<Self> {
        let text = |key: &str| point.get(key)?.as_str().map(str::to_owned);
        Some(Self {
            id: text("id")?,
            area: text("area")?,
            verdict: text("verdict")?,
            // Left out where there is nothing to say.
            seen: text("seen").unwrap_or_default(),
            expected: text("expected").unwrap_or_default(),
        })
    }

    fn is_complete(&self) -> bool {
        self.verdict == "complete"
    }
}

/// Builds the check, so that asking does not begin with waiting.
pub(super) fn build(project: &Project) -> Result<()> {
    step("Build the check (about 1 min the first time)", || {
        Exec::cargo(project).args(["build", "--package", "bandeja-conformance"]).on_stderr().run()
    })
}

/// Asks one, changes included: its data is thrown away at the end.
pub(super) fn ask(
    project: &Project,
    name: &str,
    backend: &Backend,
    told: &Told,
    upon: &Upon,
) -> Result<Report> {
    let url = upon.gateway.as_deref().context("there is no gateway to ask")?;
    let person = told.people.first().with_context(|| format!("{name} names nobody who may sign in"))?;
    // Some foreign APIs say nowhere whose a token is: signing in does.
    let mut check = match &person.password {
        Some(password) => conformance::command(project, Some(password)).args(["--sign-in", &person.name]),
        None => conformance::command(project, Some(&person.token)),
    };
    check = check.args(["--json", "--write", "--base-url", url]);
    if let Some(conversation) = &backend.to_write {
        check = check.args(["--conversation", conversation]);
    }
    // What is wrong is in the report, and no failure of asking.
    let text = step(&format!("Ask {name} behind the gateway (about 1 min)"), || check.read_whatever())?;
    Report::read(&text).with_context(|| format!("the check of {name} answered no report"))
}

/// Areas by back ends, and below it what is not complete, each with what the check saw.
pub(super) fn table(reports: &[(&str, Report)]) -> String {
    let mut text = String::from("| area |");
    for (name, _) in reports {
        put(&mut text, format_args!(" {name} |"));
    }
    put(&mut text, format_args!("\n|---|{}\n", "---|".repeat(reports.len())));
    for area in areas(reports) {
        put(&mut text, format_args!("| {area} |"));
        for (_, report) in reports {
            put(&mut text, format_args!(" {} |", cell(report, area)));
        }
        text.push('\n');
    }
    for (name, report) in reports {
        put(&mut text, format_args!("\n{name}\n"));
        for point in report.points.iter().filter(|point| !point.is_complete()) {
            put(&mut text, format_args!("  {:<10} {:<28} {}\n", point.verdict, point.id, point.seen));
            if !point.expected.is_empty() {
                put(&mut text, format_args!("  {:<10} {:<28} expected: {}\n", "", "", point.expected));
            }
        }
    }
    text
}

/// In the order in which they are asked.
fn areas<'a>(reports: &'a [(&str, Report)]) -> Vec<&'a str> {
    let mut areas: Vec<&str> = Vec::new();
    for point in reports.iter().flat_map(|(_, report)| &report.points) {
        if !areas.contains(&point.area.as_str()) {
            areas.push(&point.area);
        }
    }
    areas
}

/// `5 of 7`, and what the others are.
fn cell(report: &Report, area: &str) -> String {
    let of_area: Vec<&Point> = report.points.iter().filter(|point| point.area == area).collect();
    let count =
        |wanted: &[&str]| of_area.iter().filter(|point| wanted.contains(&point.verdict.as_str())).count();
    let mut cell = format!("{} of {}", count(&["complete"]), of_area.len());
    for (what, verdicts) in
        [("off", ["off"].as_slice()), ("wrong", &["incomplete", "missing"]), ("not tried", &["not tried"])]
    {
        let n = count(verdicts);
        if n > 0 {
            put(&mut cell, format_args!(", {n} {what}"));
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

    fn report(points: &[(&str, &str)]) -> Report {
        let point = |(id, verdict): &(&str, &str)| Point {
            id: (*id).to_owned(),
            area: id.split('.').next().unwrap_or_default().to_owned(),
            verdict: (*verdict).to_owned(),
            seen: format!("seen of {id}"),
            expected: String::new(),
        };
        Report { points: points.iter().map(point).collect() }
    }

    #[test]
    fn areas_stand_one_below_the_other_and_back_ends_side_by_side() {
        let one = report(&[("session.reads", "complete"), ("bulk.start", "off"), ("bulk.list", "complete")]);
        let two = report(&[("session.reads", "missing"), ("bulk.start", "not tried")]);
        let text = table(&[("one", one), ("two", two)]);
        assert!(text.starts_with("| area | one | two |\n|---|---|---|\n"), "{text}");
        assert!(text.contains("| session | 1 of 1 | 0 of 1, 1 wrong |"), "{text}");
        assert!(text.contains("| bulk | 1 of 2, 1 off | 0 of 1, 1 not tried |"), "{text}");
    }

    #[test]
    fn what_is_not_complete_is_told_with_what_was_seen() {
        let text = table(&[("one", report(&[("session.reads", "complete"), ("bulk.start", "off")]))]);
        assert!(text.contains("bulk.start") && text.contains("seen of bulk.start"), "{text}");
        assert!(!text.contains("session.reads"), "{text}");
    }
}

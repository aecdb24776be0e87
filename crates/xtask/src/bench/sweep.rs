//! `bench sweep`: lets the sweep close every conversation of a made-up installation, all of them idle, while
//! another user goes on reading the list and writing. Before that, asks how many it will be.

use std::time::Instant;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::rig::{Others, Rig, number, text};
use crate::{exec::step, project::Project};

const DAY_S: u64 = 86_400;
/// So many closings may take so many seconds.
const BAR: (f64, f64) = (100_000.0, 60.0);
/// How long saying what settings would do may take, in milliseconds.
const SIMULATION_MS: f64 = 1_000.0;

/// What was measured.
struct Figures {
    closed: u64,
    sweep_s: f64,
    /// The longest answer of the simulator, by clocks alone and with a farewell message.
    simulation_ms: [f64; 2],
    others: Others,
    peak_kb: Option<u64>,
}

/// Measures and prints.
pub(crate) fn run(project: &Project, conversations: u32, as_json: bool) -> Result<()> {
    let figures = Rig::with(project, conversations, true, |rig| {
        let teams = teams(rig)?;
        for team in &teams {
            save(rig, team, &settings(None, None))?;
        }
        rig.open_all()?;
        // Who slept wakes meanwhile, which starts their clocks; so there are two steps.
        for _ in 0..2 {
            rig.starter.post("/demo/clock", &json!({ "advance_s": 60 * DAY_S }))?;
            rig.wait()?;
        }
        step("Let the sweep close all of them", || measure(rig, &teams))
    })?;
    println!("{}", if as_json { figures.json() } else { figures.table() });
    Ok(())
}

fn measure(rig: &Rig, teams: &[String]) -> Result<Figures> {
    let with_farewell = settings(Some(DAY_S), Some("Hasta pronto"));
    let plain = settings(Some(DAY_S), None);
    let mut simulation_ms = [0.0_f64; 2];
    let mut expected = 0;
    for team in teams {
        for (longest, settings) in simulation_ms.iter_mut().zip([&plain, &with_farewell]) {
            let start = Instant::now();
            simulate(rig, team, settings)?;
            *longest = longest.max(start.elapsed().as_secs_f64() * 1_000.0);
        }
        expected += due(rig, team, &plain)?;
    }
    let (sweep_s, others) = rig.meanwhile(|| {
        let start = Instant::now();
        for team in teams {
            save(rig, team, &plain)?;
        }
        for team in teams {
            while due(rig, team, &plain)? > 0 {
                rig.wait()?;
            }
        }
        Ok(start.elapsed().as_secs_f64())
    })?;
    let closed = closed(rig)?;
    if closed < expected {
        bail!("{closed} of {expected} were closed");
    }
    Ok(Figures { closed: expected, sweep_s, simulation_ms, others, peak_kb: rig.peak_kb() })
}

/// The ids of all teams.
fn teams(rig: &Rig) -> Result<Vec<String>> {
    let answer = rig.starter.get("/teams")?;
    let items = answer.get("items").and_then(Value::as_array).context("no teams were told")?;
    Ok(items.iter().map(|team| text(team, "id").to_owned()).collect())
}

fn settings(after_s: Option<u64>, farewell: Option<&str>) -> Value {
    let mut inactivity =
        json!({ "after_s": after_s, "count_time_passed": true, "form": { "description": "Bench" } });
    if let (Some(text), Some(inactivity)) = (farewell, inactivity.as_object_mut()) {
        inactivity.insert("farewell".to_owned(), json!({ "text": text, "notice_s": 3_600 }));
    }
    json!({ "inactivity": inactivity, "reassignment": { "window_s": DAY_S } })
}

fn save(rig: &Rig, team: &str, settings: &Value) -> Result<()> {
    let path = format!("/teams/{team}/timing");
    let mut settings = settings.clone();
    if let Some(sent) = settings.as_object_mut() {
        sent.insert("version".to_owned(), json!(number(&rig.starter.get(&path)?, "version")));
    }
    rig.starter.put(&path, &settings).map(|_| ())
}

fn simulate(rig: &Rig, team: &str, settings: &Value) -> Result<Value> {
    rig.starter.post(&format!("/teams/{team}/timing/simulate"), settings)
}

/// How many the settings would close now.
fn due(rig: &Rig, team: &str, settings: &Value) -> Result<u64> {
    let simulation = simulate(rig, team, settings)?;
    Ok(number(simulation.get("inactivity").unwrap_or(&Value::Null), "now"))
}

fn closed(rig: &Rig) -> Result<u64> {
    let page = rig.starter.get("/conversations?status=closed&limit=1")?;
    Ok(number(page.get("total").unwrap_or(&Value::Null), "value"))
}

impl Figures {
    #[expect(clippy::cast_precision_loss, reason = "counts of conversations stay far below 2^52")]
    fn per_bar(&self) -> f64 {
        self.sweep_s / (self.closed.max(1) as f64) * BAR.0
    }

    fn table(&self) -> String {
        let [reads, writes] = self.others.rows();
        let [plain, farewell] = self.simulation_ms;
        [
            format!("{:<28} {:.1} s for {} conversations", "closed by the sweep", self.sweep_s, self.closed),
            format!("{:<28} {:.1} s (at most {:.0})", "per 100,000", self.per_bar(), BAR.1),
            reads,
            writes,
            format!("{:<28} {plain:.0} ms (at most {SIMULATION_MS:.0})", "simulator"),
            format!("{:<28} {farewell:.0} ms (at most {SIMULATION_MS:.0})", "with a farewell message"),
            format!("{:<28} {} MB", "peak memory", self.peak_kb.map_or(0, |kb| kb / 1_024)),
        ]
        .join("\n")
    }

    fn json(&self) -> String {
        let [reads, writes] = self.others.json();
        json!({
            "closed": self.closed,
            "sweep_s": self.sweep_s,
            "per_100000_s": self.per_bar(),
            "reads": reads,
            "writes": writes,
            "simulation_ms": self.simulation_ms,
            "peak_kb": self.peak_kb,
        })
        .to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures() -> Figures {
        let others = Others::default();
        Figures { closed: 50_000, sweep_s: 15.0, simulation_ms: [20.0, 90.0], others, peak_kb: Some(2_048) }
    }

    #[test]
    fn the_pace_is_told_for_as_many_as_the_bar_is_for() {
        assert!(figures().table().contains("30.0 s (at most 60)"));
    }

    #[test]
    fn the_json_is_one_line() {
        let line = figures().json();
        assert!(!line.contains('\n'));
        let value: Value = serde_json::from_str(&line).unwrap();
        assert_eq!((&value["closed"], &value["peak_kb"]), (&json!(50_000), &json!(2_048)));
    }
}

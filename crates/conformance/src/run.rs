//! Asks all points in their order.

use crate::options::Options;
use crate::point::{Fault, Outcome, Point, Takes, Told, Verdict};
use crate::points;
use crate::probe::Probe;
use crate::report::Report;
use std::collections::BTreeMap;

/// Asks every point of a server and says what was found. Takes as long as the server does; `heard` is told of
/// each point as it is answered.
pub fn run(options: &Options, mut heard: impl FnMut(&Told)) -> Report {
    let mut probe = Probe::new(options);
    probe.enter();
    let mut verdicts = BTreeMap::new();
    let mut told = Vec::new();
    for point in points::all() {
        probe.request.clear();
        let outcome = ask(&mut probe, &point, &verdicts);
        let said = tell(&probe, &point, outcome);
        verdicts.insert(point.id, said.verdict);
        heard(&said);
        told.push(said);
    }
    points::put_back(&mut probe);
    let left = probe.left_behind.iter().map(|text| without_token(text, &options.token)).collect();
    Report { base_url: options.base_url.clone(), points: told, left_behind: left }
}

fn ask(probe: &mut Probe, point: &Point, verdicts: &BTreeMap<&str, Verdict>) -> Outcome {
    if let Some(reason) = point.ability.and_then(|ability| probe.off(ability)) {
        return Err(Fault::off(reason));
    }
    if point.takes == Takes::Writing && !probe.options.write {
        return Err(Fault::untried("it changes something, and --write was not given"));
    }
    let failed = point.rests_on.iter().find(|id| verdicts.get(*id) != Some(&Verdict::Complete));
    if let Some(failed) = failed {
        let verdict = verdicts.get(failed).map_or("not known", |verdict| verdict.name());
        return Err(Fault::untried(format!("it rests on {failed}, which is {verdict}")));
    }
    if probe.given_up() {
        return Err(Fault::untried("the server stopped answering"));
    }
    (point.check)(probe)
}

fn tell(probe: &Probe, point: &Point, outcome: Outcome) -> Told {
    let token = &probe.options.token;
    let (verdict, seen, expected) = match outcome {
        Ok(seen) => (Verdict::Complete, seen, String::new()),
        Err(fault) => (fault.verdict, fault.seen, fault.expected),
    };
    let wrong = verdict.is_wrong();
    Told {
        id: point.id,
        area: point.area.name(),
        asks: point.asks,
        verdict,
        seen: without_token(&seen, token),
        expected: without_token(&expected, token),
        request: if wrong { without_token(&probe.request, token) } else { String::new() },
        app: if wrong || verdict == Verdict::Off { point.app } else { "" },
    }
}

/// A server may echo what it was sent.
fn without_token(text: &str, token: &str) -> String {
    text.replace(token, "(token)")
}

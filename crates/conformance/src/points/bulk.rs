//! Many at a time: what a preview says, what a job then does, and the account of it. Jobs are of one
//! conversation, and add a label.

use super::hostile::NOBODYS_ID;
use super::target::{change, form, now, original};
use crate::csv;
use crate::http::{Answer, Sent};
use crate::point::{Area, Fault, Outcome, Point, point};
use crate::probe::Probe;
use crate::words::encode;
use bandeja_contract::problem::code;
use bandeja_contract::{All, BulkItem, BulkItemPage, BulkJob, BulkPreview, paths};
use bandeja_model::closing::FieldMode;
use bandeja_model::{BulkReason, ItemResult, JobState, TagId};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const ON: &[&str] = &["lists.reads", "lookups.tags"];
const DEGRADES: &str =
    "The app does it one by one itself, while it is open: bounded, without receipt and undo.";
const ACCOUNT: &str = "The end of a job is told without its conversations.";
/// How long a job of one conversation may take.
const JOB: Duration = Duration::from_secs(30);
/// Between two looks at a job.
const LOOK: Duration = Duration::from_millis(50);

pub(super) const POINTS: &[Point] = &[
    reading(
        "bulk.preview",
        "POST /bulk/preview of named ones: what changes and what is excluded, for whatever reason, are all.",
        DEGRADES,
        preview,
    ),
    reading(
        "bulk.preview_filter",
        "A preview of all that match a filter, but some, holds as many as the list under it, but those.",
        "“All that match” cannot be selected.",
        preview_filter,
    ),
    reading(
        "bulk.preview_items",
        "GET /bulk/{id}/items answers what the preview froze.",
        ACCOUNT,
        preview_items,
    )
    .on(&["bulk.preview"]),
    reading(
        "bulk.refuses",
        "ids beside filter, the action undo and a broken filter are 400 with the field's name.",
        "A mistake may select what was never meant.",
        refuses,
    ),
    reading(
        "bulk.list",
        "GET /bulk answers the user's jobs.",
        "Jobs are not shown after a reload.",
        |probe| {
            let jobs: All<BulkJob> = probe.read(paths::BULK)?;
            Ok(format!("{} jobs", jobs.items.len()))
        },
    ),
    changing(
        "bulk.form",
        "A closing whose form is incomplete is not started: 400 with the field's name.",
        "The dialog cannot say what is missing.",
        incomplete,
    ),
    changing(
        "bulk.start",
        "POST /bulk answers 202 with the job; it ends, and did what it says.",
        DEGRADES,
        start,
    ),
    after_job(
        "bulk.once",
        "A preview is started once: 410 with code preview_over.",
        "Two taps may start it twice.",
        once,
    ),
    after_job("bulk.items", "GET /bulk/{id}/items says of each what became of it.", ACCOUNT, items),
    after_job(
        "bulk.receipt",
        "GET …/receipt.csv has a row for each; no cell is a formula to a spreadsheet.",
        "No receipt is offered.",
        receipt,
    ),
    after_job(
        "bulk.over",
        "A job that is over is neither stopped nor retried: 409.",
        "Stop and Retry do nothing, silently.",
        over,
    ),
    after_job(
        "bulk.undo",
        "POST …/undo starts a job that gives back what was, once.",
        "A job cannot be taken back.",
        undo,
    ),
    changing(
        "bulk.turn",
        "At its turn each conversation is looked at again: what matches no more is skipped with that reason.",
        "A job changes what was meanwhile put right by hand.",
        turn,
    ),
];

const fn reading(
    id: &'static str,
    asks: &'static str,
    app: &'static str,
    check: fn(&mut Probe) -> Outcome,
) -> Point {
    point(Area::Bulk, id, asks, app, check).on(ON).of("bulk")
}

const fn changing(
    id: &'static str,
    asks: &'static str,
    app: &'static str,
    check: fn(&mut Probe) -> Outcome,
) -> Point {
    reading(id, asks, app, check).on(&["bulk.preview", "actions.tags"]).writing()
}

const fn after_job(
    id: &'static str,
    asks: &'static str,
    app: &'static str,
    check: fn(&mut Probe) -> Outcome,
) -> Point {
    reading(id, asks, app, check).on(&["bulk.start"]).writing()
}

fn label(probe: &Probe) -> Result<TagId, Fault> {
    probe.tags.first().map(|tag| tag.id.clone()).ok_or_else(|| Fault::untried("there is no label"))
}

/// A preview whose numbers add up.
fn previewed(probe: &mut Probe, body: &Value) -> Result<BulkPreview, Fault> {
    let preview: BulkPreview = probe.post(paths::BULK_PREVIEW, body)?.read(200)?;
    let excluded: u64 = preview.excluded.iter().map(|it| it.count).sum();
    if preview.changes + excluded != preview.matched {
        let seen = format!("{} and {excluded}", preview.changes);
        return Err(Fault::wrong(format!("changes and excluded together {}", preview.matched), seen));
    }
    if preview.expires_at <= probe.viewer()?.now {
        return Err(Fault::wrong("an end in the future", preview.expires_at.to_rfc3339()));
    }
    Ok(preview)
}

fn preview(probe: &mut Probe) -> Outcome {
    let (row, tag) = (probe.any()?, label(probe)?);
    let ids = json!([row.id, NOBODYS_ID]);
    let body = json!({ "action": "add_tags", "tags": [tag], "selection": { "ids": ids } });
    let preview = previewed(probe, &body)?;
    let not_found = preview.excluded.iter().find(|it| it.reason == BulkReason::NotFound);
    if preview.matched != 2 || not_found.map(|it| it.count) != Some(1) {
        let seen = format!("{} matched, {:?}", preview.matched, preview.excluded);
        return Err(Fault::wrong("2 matched, one of them not_found", seen));
    }
    Ok(format!("{} of {} would change", preview.changes, preview.matched))
}

fn preview_filter(probe: &mut Probe) -> Outcome {
    let (row, tag) = (probe.any()?, label(probe)?);
    let filter = match probe.off("filter.channel") {
        None => format!("channel={}", row.channel.code()),
        Some(_) => format!("status={}", row.status.code()),
    };
    let listed = probe.exact_total(&filter)?;
    let selection = json!({ "filter": filter, "except": [row.id] });
    let body = json!({ "action": "add_tags", "tags": [tag], "selection": selection });
    let preview = previewed(probe, &body)?;
    if preview.matched + 1 != listed {
        return Err(Fault::wrong(
            format!("{} of {listed}", listed.saturating_sub(1)),
            preview.matched.to_string(),
        ));
    }
    Ok(format!("{} of {listed}", preview.matched))
}

/// The items of a job or preview.
fn items_of(probe: &mut Probe, id: &str, query: &str) -> Result<BulkItemPage, Fault> {
    probe.read(&format!("{}?{query}", paths::bulk_items(id)))
}

fn preview_items(probe: &mut Probe) -> Outcome {
    let tag = label(probe)?;
    let ids: Vec<_> = probe.sample()?.items.iter().take(5).map(|row| row.id.clone()).collect();
    let body = json!({ "action": "add_tags", "tags": [tag], "selection": { "ids": ids } });
    let preview = previewed(probe, &body)?;
    let kept = items_of(probe, &preview.preview_id, "limit=200")?;
    let excluded = items_of(probe, &preview.preview_id, "result=excluded&limit=200")?;
    let (kept, out) = (kept.items.len() as u64, excluded.items.len() as u64);
    if kept != preview.changes || kept + out != ids.len() as u64 {
        let expected =
            format!("{} that change, {} excluded", preview.changes, ids.len() as u64 - preview.changes);
        return Err(Fault::wrong(expected, format!("{kept} and {out}")));
    }
    Ok(format!("{kept} that change, {out} excluded"))
}

fn refuses(probe: &mut Probe) -> Outcome {
    let (row, tag) = (probe.any()?, label(probe)?);
    let ask = |selection: Value| json!({ "action": "add_tags", "tags": [tag], "selection": selection });
    probe.post(paths::BULK_PREVIEW, &ask(json!({ "ids": [row.id], "filter": "" })))?.problem(400, &[])?;
    probe.post(paths::BULK_PREVIEW, &ask(json!({})))?.problem(400, &[])?;
    let broken = ask(json!({ "filter": "colour=red" }));
    probe.post(paths::BULK_PREVIEW, &broken)?.problem(400, &[code::INVALID_FILTER])?;
    let undo = json!({ "action": "undo", "selection": { "ids": [row.id] } });
    probe.post(paths::BULK_PREVIEW, &undo)?.refusal_of("action")?;
    Ok("400 for four of them".to_owned())
}

fn incomplete(probe: &mut Probe) -> Outcome {
    if form(probe, false)?.description != FieldMode::Required {
        return Err(Fault::untried("the closing form requires no description"));
    }
    let id = now(probe)?.id;
    let body = json!({ "action": "close", "selection": { "ids": [id] } });
    let preview = previewed(probe, &body)?;
    let started = probe.post(paths::BULK, &json!({ "preview_id": preview.preview_id }))?;
    if started.status == 202 {
        let job: BulkJob = started.read(202)?;
        finished(probe, &job.id)?;
    }
    started.refusal_of("form.description").or_else(|_| started.refusal_of("description"))?;
    Ok("400 that names description".to_owned())
}

/// The job as it ended.
fn finished(probe: &mut Probe, id: &str) -> Result<BulkJob, Fault> {
    let until = Instant::now() + JOB;
    loop {
        let job: BulkJob = probe.read(&paths::bulk(id))?;
        if job.state.is_over() {
            return Ok(job);
        }
        if Instant::now() > until {
            return Err(Fault::wrong(format!("an end within {} s", JOB.as_secs()), job.state.code()));
        }
        std::thread::sleep(LOOK);
    }
}

fn started(probe: &mut Probe, preview_id: &str) -> Result<Answer, Fault> {
    probe.call("POST", paths::BULK, &Sent::json(&json!({ "preview_id": preview_id })))
}

/// Takes our label off, so that adding it is a change.
fn without_label(probe: &mut Probe, tag: &TagId) -> Result<(), Fault> {
    let mut tags = now(probe)?.tags;
    if tags.contains(tag) {
        tags.retain(|other| other != tag);
        change(probe, "tags", Some(&json!({ "tags": tags })))?;
    }
    Ok(())
}

fn start(probe: &mut Probe) -> Outcome {
    let (id, tag) = (original(probe)?.id, label(probe)?);
    without_label(probe, &tag)?;
    let body = json!({ "action": "add_tags", "tags": [tag], "selection": { "ids": [id] } });
    let preview = previewed(probe, &body)?;
    let job: BulkJob = started(probe, &preview.preview_id)?.read(202)?;
    let job = finished(probe, &job.id)?;
    let counts = (job.matched, job.done, job.skipped, job.failed);
    if job.state != JobState::Finished || counts != (1, 1, 0, 0) {
        let seen = format!(
            "{}, {} done, {} skipped, {} failed",
            job.state.code(),
            job.done,
            job.skipped,
            job.failed
        );
        return Err(Fault::wrong("finished, 1 done of 1", seen));
    }
    if !now(probe)?.tags.contains(&tag) {
        return Err(Fault::wrong(
            format!("label {tag} on conversation {id}"),
            "done was said, and it is not there",
        ));
    }
    let seen = format!("job {}", job.id);
    probe.job = Some((preview.preview_id, job));
    Ok(seen)
}

fn job(probe: &Probe) -> Result<(String, BulkJob), Fault> {
    probe.job.clone().ok_or_else(|| Fault::untried("there is no job"))
}

fn once(probe: &mut Probe) -> Outcome {
    let (preview, _) = job(probe)?;
    started(probe, &preview)?.problem(410, &[code::PREVIEW_OVER])?;
    Ok("410 preview_over".to_owned())
}

fn items(probe: &mut Probe) -> Outcome {
    let (_, job) = job(probe)?;
    let id = original(probe)?.id;
    let done = items_of(probe, &job.id, "result=done")?;
    let failed = items_of(probe, &job.id, "result=failed")?;
    let is_ours = |item: &BulkItem| item.conversation_id == id && item.result == Some(ItemResult::Done);
    if done.items.len() != 1 || !done.items.iter().all(is_ours) || !failed.items.is_empty() {
        let seen = format!("{} done, {} failed", done.items.len(), failed.items.len());
        return Err(Fault::wrong(format!("conversation {id} done, nothing failed"), seen));
    }
    Ok("1 done, 0 failed".to_owned())
}

fn receipt(probe: &mut Probe) -> Outcome {
    let (_, job) = job(probe)?;
    let answer = probe.get(&paths::bulk_receipt(&job.id))?;
    answer.expect(200)?;
    if answer.kind() != "text/csv" {
        return Err(Fault::wrong("text/csv", answer.words()));
    }
    let rows = csv::rows(&answer.text).ok_or_else(|| Fault::wrong("CSV", answer.words()))?;
    let head = ["id", "contact", "before", "after", "owner", "reason", "result"];
    // An implementer may tell more of each behind these.
    if rows.first().is_none_or(|row| !row.iter().map(String::as_str).take(head.len()).eq(head))
        || rows.len() != 2
    {
        let expected = format!("{}, then one row", head.join(","));
        return Err(Fault::wrong(expected, format!("{} rows: {}", rows.len(), answer.words())));
    }
    if let Some(cell) = rows.iter().flatten().find(|cell| csv::is_formula(cell)) {
        return Err(Fault::wrong("no cell that begins like a formula", format!("“{cell}”")));
    }
    let id = original(probe)?.id;
    let is_ours = |row: &Vec<String>| {
        row.first().is_some_and(|it| it == id.as_str())
            && row.get(head.len() - 1).is_some_and(|it| it == "done")
    };
    if !rows.iter().any(is_ours) {
        return Err(Fault::wrong(format!("conversation {id} done"), answer.words()));
    }
    Ok("one row".to_owned())
}

fn over(probe: &mut Probe) -> Outcome {
    let (_, job) = job(probe)?;
    for order in ["stop", "retry"] {
        let answer = probe.call("POST", &paths::bulk_action(&job.id, order), &Sent::default())?;
        answer.problem(409, &[])?;
    }
    Ok("409 for both".to_owned())
}

fn undo(probe: &mut Probe) -> Outcome {
    let (_, job) = job(probe)?;
    let path = paths::bulk_action(&job.id, "undo");
    let tag = label(probe)?;
    // The app goes by the job's own word for whether it can be taken back.
    if job.undo_until.is_none() {
        return Err(Fault::off("the job says that it cannot be taken back"));
    }
    let undoing: BulkJob = probe.call("POST", &path, &Sent::default())?.read(200)?;
    let undoing = finished(probe, &undoing.id)?;
    if undoing.done != 1 || now(probe)?.tags.contains(&tag) {
        let seen = format!("{} done, {} skipped", undoing.done, undoing.skipped);
        return Err(Fault::wrong(format!("1 done, label {tag} gone"), seen));
    }
    probe.call("POST", &path, &Sent::default())?.problem(409, &[])?;
    Ok("taken back, once".to_owned())
}

fn turn(probe: &mut Probe) -> Outcome {
    if let Some(off) = probe.off("filter.tag").or_else(|| probe.off("filter.contact")) {
        return Err(Fault::untried(off));
    }
    let (was, tag) = (original(probe)?, label(probe)?);
    without_label(probe, &tag)?;
    let filter = format!("-tag={}&contact={}", encode(tag.as_str()), encode(was.contact.id.as_str()));
    let tags = json!({ "tags": [tag] });
    let others: Vec<_> = probe.list(&format!("{filter}&limit=200"))?.items;
    let except: Vec<_> = others.into_iter().map(|row| row.id).filter(|id| *id != was.id).collect();
    let selection = json!({ "filter": filter, "except": except });
    let preview = previewed(probe, &json!({ "action": "add_tags", "tags": [tag], "selection": selection }))?;
    if preview.changes != 1 {
        return Err(Fault::wrong(format!("1 under {filter}"), preview.changes.to_string()));
    }
    change(probe, "tags", Some(&tags))?;
    let job: BulkJob = started(probe, &preview.preview_id)?.read(202)?;
    let job = finished(probe, &job.id)?;
    if (job.done, job.skipped) != (0, 1) {
        let seen = format!("{} done, {} skipped, {} failed", job.done, job.skipped, job.failed);
        return Err(Fault::wrong("0 done, 1 skipped", seen));
    }
    let reason = items_of(probe, &job.id, "")?.items.first().and_then(|item| item.reason);
    match reason {
        Some(reason @ (BulkReason::NoMatch | BulkReason::AlreadySo | BulkReason::Changed)) => {
            Ok(format!("skipped: {}", reason.code()))
        }
        other => Err(Fault::wrong("no_match, already_so or changed", format!("{other:?}"))),
    }
}

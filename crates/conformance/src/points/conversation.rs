//! One conversation and its thread.

use crate::point::{Area, Fault, Outcome, Point, point};
use crate::probe::Probe;
use crate::words::encode;
use bandeja_contract::{All, Episode, MessagePage, etag, paths};
use bandeja_model::Conversation;
use std::collections::BTreeSet;

const ON: &[&str] = &["lists.reads"];
/// Pages of a thread that are turned at most.
const PAGES: usize = 20;

pub(super) const POINTS: &[Point] = &[
    point(
        Area::Conversation,
        "conversation.reads",
        "GET /conversations/{id} answers the same as its row in the list.",
        "A link to a conversation opens nothing.",
        reads,
    )
    .on(ON),
    point(
        Area::Conversation,
        "conversation.etag",
        "Its ETag is its version in quotes.",
        "Nothing: the app takes the version from the body.",
        tagged,
    )
    .on(&["conversation.reads"]),
    point(
        Area::Conversation,
        "conversation.episodes",
        "GET …/episodes answers the ended episodes with their closing records.",
        "The contact's panel shows no previous conversations.",
        episodes,
    )
    .on(&["conversation.reads"])
    .of("episodes"),
    point(
        Area::Conversation,
        "thread.reads",
        "GET …/messages answers entries of that conversation, oldest first.",
        "The thread stays empty.",
        thread,
    )
    .on(&["conversation.reads"]),
    point(
        Area::Conversation,
        "thread.newest",
        "The first page is the newest: it ends with what the row shows as the last message.",
        "The thread opens at its beginning, and answers are written to what was long ago.",
        newest,
    )
    .on(&["thread.reads"]),
    point(
        Area::Conversation,
        "thread.older",
        "prev leads to older entries, none twice, down to the first.",
        "Scrolling up ends early or shows entries twice.",
        older,
    )
    .on(&["thread.reads"]),
];

fn reads(probe: &mut Probe) -> Outcome {
    let row = probe.any()?;
    let one: Conversation = probe.read(&paths::conversation(&row.id))?;
    if one.id != row.id || (one.version == row.version && one.status != row.status) {
        return Err(Fault::wrong(
            format!("conversation {}", row.id),
            format!("{} {}", one.id, one.status.code()),
        ));
    }
    Ok(format!("conversation {} at version {}", one.id, one.version))
}

fn tagged(probe: &mut Probe) -> Outcome {
    let row = probe.any()?;
    let answer = probe.get(&paths::conversation(&row.id))?;
    let expected = etag(answer.read::<Conversation>(200)?.version);
    match answer.header("etag") {
        tag if tag == expected => Ok(expected),
        "" => Err(Fault::missing(expected, "no ETag")),
        other => Err(Fault::wrong(expected, other)),
    }
}

fn episodes(probe: &mut Probe) -> Outcome {
    let ended = probe.sample()?.items.iter().find(|row| row.closing.is_some()).cloned();
    let Some(row) = ended else {
        let row = probe.any()?;
        let all: All<Episode> = probe.read(&paths::episodes(&row.id))?;
        return Ok(format!("{} of one that never ended", all.items.len()));
    };
    let all: All<Episode> = probe.read(&paths::episodes(&row.id))?;
    let shown = row.closing.as_ref().map(|closing| closing.at);
    if !all.items.iter().any(|episode| Some(episode.closing.at) == shown) {
        return Err(Fault::wrong(format!("the closing that row {} shows", row.id), "it is not among them"));
    }
    Ok(format!("{} of conversation {}", all.items.len(), row.id))
}

/// A page of a thread; its entries are in order and of that conversation.
fn page(probe: &mut Probe, of: &Conversation, query: &str) -> Result<MessagePage, Fault> {
    let page: MessagePage = probe.read(&format!("{}?{query}", paths::messages(&of.id)))?;
    if let Some(other) = page.items.iter().find(|entry| entry.conversation_id != of.id) {
        return Err(Fault::wrong(
            format!("entries of {}", of.id),
            format!("one of {}", other.conversation_id),
        ));
    }
    if let Some((a, b)) = page.items.iter().zip(page.items.iter().skip(1)).find(|(a, b)| a.at > b.at) {
        return Err(Fault::wrong("oldest first", format!("{} before {}", a.id, b.id)));
    }
    Ok(page)
}

fn thread(probe: &mut Probe) -> Outcome {
    let row = probe.any()?;
    let page = page(probe, &row, "limit=200")?;
    Ok(format!("{} entries of {}", page.items.len(), page.total.value))
}

fn newest(probe: &mut Probe) -> Outcome {
    let rows = &probe.sample()?.items;
    let row = rows.iter().find(|row| row.last_message.is_some()).cloned();
    let row = row.ok_or_else(|| Fault::untried("no conversation looked at has a message"))?;
    // As it is now: others may have written since the list was read.
    let row: Conversation = probe.read(&paths::conversation(&row.id))?;
    let page = page(probe, &row, "limit=50")?;
    let last = page.items.iter().rev().find(|entry| entry.direction.is_some());
    let (shown, last) = (row.last_message.as_ref().map(|it| it.at), last.map(|it| it.at));
    if shown > last {
        return Err(Fault::wrong("the row's last message on the first page", "it is not there"));
    }
    Ok(format!("as row {}", row.id))
}

fn older(probe: &mut Probe) -> Outcome {
    let rows = probe.sample()?.items.iter().take(5).cloned().collect::<Vec<_>>();
    let mut longest: Option<(Conversation, u64)> = None;
    for row in rows {
        let total = page(probe, &row, "limit=1")?.total.value;
        if longest.as_ref().is_none_or(|(_, most)| total > *most) {
            longest = Some((row, total));
        }
    }
    let (row, total) = longest.ok_or_else(|| Fault::untried("the list is empty"))?;
    let size = (total / 3).clamp(1, 50);
    let mut seen = BTreeSet::new();
    let mut part = page(probe, &row, &format!("limit={size}"))?;
    for _ in 0..PAGES {
        for entry in &part.items {
            if !seen.insert(entry.id.clone()) {
                return Err(Fault::wrong("no entry twice", format!("{} twice", entry.id)));
            }
        }
        let Some(prev) = part.prev.clone() else {
            let found = seen.len() as u64;
            if found < total {
                return Err(Fault::wrong(format!("{total} entries"), format!("{found} down to the first")));
            }
            return Ok(format!("{found} entries in pages of {size}"));
        };
        part = page(probe, &row, &format!("limit={size}&cursor={}", encode(&prev)))?;
        if part.items.is_empty() {
            return Err(Fault::wrong("entries behind prev", "an empty page"));
        }
    }
    Ok(format!("{} entries of {total}", seen.len()))
}

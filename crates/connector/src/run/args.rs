//! What an act was asked to do, as `$args` of expressions.

use crate::backend::{Act, Row};
use crate::plan::val::{self, Val};
use bandeja_contract::Close;
use bandeja_model::{CategoryId, ConversationId, TagId, TeamId, UserId};
use chrono::SecondsFormat;

/// `$args` for an act on one conversation. `row` is the last read of it, `names` is `$names`.
pub(super) fn of(id: Option<&ConversationId>, act: &Act, row: Option<&Row>, names: &Val) -> Val {
    let mut args = vec![("id", id.map_or(Val::Null, |id| val::text(id.as_str())))];
    match act {
        Act::Reply { text, client_id } => {
            args.extend([("text", val::text(text.as_str())), ("client_id", maybe(client_id.as_deref()))]);
        }
        Act::Note { text, mentions, client_id } => args.extend([
            ("text", val::text(text.as_str())),
            ("mentions", val::list(mentions.iter().map(|user| val::text(user.as_str())))),
            ("client_id", maybe(client_id.as_deref())),
        ]),
        Act::Close(form) | Act::Cancel(form) => close(&mut args, form, names),
        Act::Assign { user, team } => {
            let (user, team) = (user.as_ref().map(UserId::as_str), team.as_ref().map(TeamId::as_str));
            args.extend([
                ("user", maybe(user)),
                ("team", maybe(team)),
                ("user_name", name(names, "users", user)),
                ("team_name", name(names, "teams", team)),
            ]);
        }
        Act::Tags(tags) => self::tags(&mut args, tags, row, names),
        Act::Priority(priority) => args.push(("priority", val::text(priority.code()))),
        Act::Snooze(until) => {
            let text = until.map(|until| until.to_rfc3339_opts(SecondsFormat::Secs, true));
            args.push(("until", maybe(text.as_deref())));
        }
        Act::Bot { paused } => args.push(("paused", Val::Bool(*paused))),
        Act::Reopen | Act::Unassign | Act::Read | Act::Unread | Act::Archive | Act::Unarchive => {}
    }
    val::object(args)
}

fn maybe(text: Option<&str>) -> Val {
    text.map_or(Val::Null, val::text)
}

/// The foreign name of an id; the id itself where none is known.
fn name(names: &Val, kind: &str, id: Option<&str>) -> Val {
    let Some(id) = id else { return Val::Null };
    let known = match names {
        Val::Obj(by_kind) => match by_kind.get(&val::text(kind)) {
            Some(Val::Obj(by_id)) => by_id.get(&val::text(id)).cloned(),
            _ => None,
        },
        _ => None,
    };
    known.unwrap_or_else(|| val::text(id))
}

fn close(all: &mut Vec<(&'static str, Val)>, form: &Close, names: &Val) {
    let category = form.category_id.as_ref().map(CategoryId::as_str);
    let subcategory = form.subcategory_id.as_ref().map(CategoryId::as_str);
    all.extend([
        ("description", val::text(form.description.as_str())),
        ("category_id", maybe(category)),
        ("category_name", name(names, "categories", category)),
        ("subcategory_id", maybe(subcategory)),
        ("subcategory_name", name(names, "categories", subcategory)),
        ("summary", val::text(form.summary.as_str())),
        ("transfer_to", maybe(form.transfer_to.as_ref().map(UserId::as_str))),
        ("archive", Val::Bool(form.archive)),
    ]);
}

fn tags(all: &mut Vec<(&'static str, Val)>, wanted: &[TagId], row: Option<&Row>, names: &Val) {
    let had = row.map_or(&[][..], |row| row.conversation.tags.as_slice());
    let list = |tags: &mut dyn Iterator<Item = &TagId>| val::list(tags.map(|tag| val::text(tag.as_str())));
    let words = |tags: &mut dyn Iterator<Item = &TagId>| {
        val::list(tags.map(|tag| name(names, "tags", Some(tag.as_str()))))
    };
    let added = || wanted.iter().filter(|tag| !had.contains(tag));
    let removed = || had.iter().filter(|tag| !wanted.contains(tag));
    all.extend([
        ("tags", list(&mut wanted.iter())),
        ("tag_names", words(&mut wanted.iter())),
        ("added", list(&mut added())),
        ("added_names", words(&mut added())),
        ("removed", list(&mut removed())),
        ("removed_names", words(&mut removed())),
    ]);
}

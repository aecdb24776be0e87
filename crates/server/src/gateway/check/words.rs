//! Mapped things in words, so that a person sees whether the mapping is right.

use bandeja_connector::backend::Row;
use bandeja_contract::SessionUser;
use bandeja_model::Message;

/// Longest text shown.
const LONGEST: usize = 60;

pub(super) fn user(user: &SessionUser) -> String {
    let teams = user.teams.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let mail = if user.email.is_empty() { String::new() } else { format!(" <{}>", user.email) };
    format!("{}{mail}, id {}, {:?}, teams [{teams}]", user.name, user.id, user.role)
}

pub(super) fn row(row: &Row) -> String {
    let c = &row.conversation;
    let owner = c.owner.as_ref().map_or("nobody", |owner| owner.as_str());
    let label = row.label.as_ref().map(|label| format!(" “{label}”")).unwrap_or_default();
    let last = c.last_message.as_ref().map(|last| format!(", last: {}", cut(&last.text))).unwrap_or_default();
    format!(
        "#{} {} ({}){label}, from {}, owner {owner}, active {}{last}",
        c.id,
        c.status.code(),
        c.channel.code(),
        cut(&c.contact.name),
        c.last_activity_at.format("%Y-%m-%d %H:%M"),
    )
}

pub(super) fn entry(entry: &Message) -> String {
    let direction = entry.direction.map(|way| format!(" {way:?}")).unwrap_or_default();
    format!("{} {:?}{direction}: {}", entry.at.format("%Y-%m-%d %H:%M"), entry.kind, cut(&entry.body))
}

/// One line, not too long.
pub(super) fn cut(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut cut: String = line.chars().take(LONGEST).collect();
    if cut.len() < line.len() {
        cut.push('…');
    }
    cut
}

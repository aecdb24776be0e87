//! Every path of the contract, in one place.

use bandeja_model::{ConversationId, LineId, TeamId, UserId};

/// What every path begins with.
pub const BASE: &str = "/api/v1";
/// Answers 200 once the server can serve.
pub const HEALTH: &str = "/api/v1/health";
/// The OpenAPI document, without sign-in.
pub const OPENAPI: &str = "/api/v1/openapi.json";
/// Who is signed in; signing in and out.
pub const SESSION: &str = "/api/v1/session";
/// Tokens for embedding, for back ends with an API key.
pub const EMBED_TOKEN: &str = "/api/v1/session/embed-token";
/// The list.
pub const CONVERSATIONS: &str = "/api/v1/conversations";
/// The list, with the filter in the body.
pub const CONVERSATIONS_QUERY: &str = "/api/v1/conversations/query";
/// Counts per option under a filter.
pub const FACETS: &str = "/api/v1/conversations/facets";
/// Counts per view.
pub const COUNTS: &str = "/api/v1/conversations/counts";
/// Users the viewer may meet.
pub const USERS: &str = "/api/v1/users";
/// Teams of the viewer's campaigns.
pub const TEAMS: &str = "/api/v1/teams";
/// Lines of the viewer's campaigns.
pub const LINES: &str = "/api/v1/lines";
/// Campaigns of the viewer.
pub const CAMPAIGNS: &str = "/api/v1/campaigns";
/// Labels.
pub const TAGS: &str = "/api/v1/tags";
/// The two-level list of closing categories.
pub const CATEGORIES: &str = "/api/v1/categories";
/// The viewer's availability.
pub const MY_AVAILABILITY: &str = "/api/v1/me/availability";
/// The event stream.
pub const EVENTS: &str = "/api/v1/events";
/// Jobs over many conversations; starting one.
pub const BULK: &str = "/api/v1/bulk";
/// What a job would do.
pub const BULK_PREVIEW: &str = "/api/v1/bulk/preview";
/// Moves the clock of a demo server.
pub const DEMO_CLOCK: &str = "/api/v1/demo/clock";

/// One conversation.
pub fn conversation(id: &ConversationId) -> String {
    format!("{CONVERSATIONS}/{}", segment(id.as_str()))
}

/// An action on one conversation: `close`, `cancel`, `reopen`, `archive`, `unarchive`, `assign`,
/// `unassign`, `read`, `unread`, `snooze`, `bot`, `tags`, `priority`.
pub fn conversation_action(id: &ConversationId, action: &str) -> String {
    format!("{CONVERSATIONS}/{}/{action}", segment(id.as_str()))
}

/// The thread of one conversation.
pub fn messages(id: &ConversationId) -> String {
    format!("{CONVERSATIONS}/{}/messages", segment(id.as_str()))
}

/// The ended episodes of one conversation.
pub fn episodes(id: &ConversationId) -> String {
    format!("{CONVERSATIONS}/{}/episodes", segment(id.as_str()))
}

/// Takes an action back.
pub fn undo(token: &str) -> String {
    format!("{BASE}/undo/{}", segment(token))
}

/// Where a provider's gateway hands a contact's message in.
pub fn inbound(line: &LineId) -> String {
    format!("{LINES}/{}/inbound", segment(line.as_str()))
}

/// One line's settings.
pub fn line(line: &LineId) -> String {
    format!("{LINES}/{}", segment(line.as_str()))
}

/// A team's two settings.
pub fn timing(team: &TeamId) -> String {
    format!("{TEAMS}/{}/timing", segment(team.as_str()))
}

/// What settings of a team would do.
pub fn simulate(team: &TeamId) -> String {
    format!("{TEAMS}/{}/timing/simulate", segment(team.as_str()))
}

/// One user.
pub fn user(id: &UserId) -> String {
    format!("{USERS}/{}", segment(id.as_str()))
}

/// One job, or a preview.
pub fn bulk(id: &str) -> String {
    format!("{BULK}/{}", segment(id))
}

/// An action on a job: `stop`, `retry`, `undo`.
pub fn bulk_action(id: &str, action: &str) -> String {
    format!("{BULK}/{}/{action}", segment(id))
}

/// The conversations of a job or preview.
pub fn bulk_items(id: &str) -> String {
    bulk_action(id, "items")
}

/// The receipt of a job as CSV.
pub fn bulk_receipt(id: &str) -> String {
    bulk_action(id, "receipt.csv")
}

/// Ids are opaque, so they are encoded like any other text.
fn segment(id: &str) -> String {
    let mut text = String::with_capacity(id.len());
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            const HEX: [char; 16] =
                ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
            text.push('%');
            text.extend(HEX.get(usize::from(byte >> 4)));
            text.extend(HEX.get(usize::from(byte & 15)));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_cannot_leave_its_segment() {
        let path = conversation_action(&ConversationId::new("../a b"), "close");
        assert_eq!(path, "/api/v1/conversations/..%2Fa%20b/close");
    }
}

//! A filter, and what its viewer may see, as SQL conditions with bound values.
//!
//! Says the same as `Filter::matches` and `permission::can_see` in `bandeja-model`; a property test
//! holds the two equal. Knows the columns of `conversation`, which it calls `c`, and nothing else.

use super::{key, millis, search};
use bandeja_model::filter::{OwnerIs, Span, TeamIs, WindowIs, YesNo};
use bandeja_model::{
    Actor, CampaignId, ContactScope, Filter, Group, LineId, Role, Scopes, Sort, Status, TeamId, Timestamp,
    View, Viewer,
};
use sqlx::{QueryBuilder, Sqlite};

/// A statement under construction. Values are bound, never written into the text.
pub type Sql = QueryBuilder<Sqlite>;

/// Who looks, and when.
#[derive(Clone, Debug)]
pub struct Eyes {
    /// Decides what is in sight.
    pub actor: Actor,
    /// Decides what the filter's words mean.
    pub viewer: Viewer,
}

impl Eyes {
    /// The eyes of `actor` at `now`, where days begin `utc_offset_s` seconds before those of UTC.
    pub fn new(actor: &Actor, now: Timestamp, utc_offset_s: i32) -> Self {
        let viewer = Viewer { id: actor.id.clone(), teams: actor.teams.clone(), now, utc_offset_s };
        Self { actor: actor.clone(), viewer }
    }

    fn me(&self) -> i64 {
        key(self.viewer.id.as_str()).unwrap_or_default()
    }
}

/// The column a list is ordered by; every order is that column descending, then the id descending.
pub const fn sort_key(sort: Sort) -> &'static str {
    match sort {
        Sort::Activity => "c.last_activity_at",
        Sort::Waiting => "c.waiting_key",
        Sort::Created => "c.created_at",
        Sort::Priority => "c.priority_key",
    }
}

/// Adds ` WHERE …`: what `filter` matches among what `eyes` may see.
pub fn push_where(sql: &mut Sql, filter: &Filter, eyes: &Eyes) {
    sql.push(" WHERE 1 = 1");
    push_scopes(sql, &eyes.actor.scopes);
    push_sight(sql, filter, eyes);
    push_filter(sql, filter, eyes);
}

/// What the session is narrowed to. A contact has few conversations, so those may be looked up.
fn push_scopes(sql: &mut Sql, scopes: &Scopes) {
    if let Some(lines) = &scopes.lines {
        sql.push(" AND ");
        push_in(sql, "+c.line_id", lines.iter().map(LineId::as_str));
    }
    match &scopes.contact {
        None => {}
        Some(ContactScope::Id(id)) => {
            sql.push(" AND ");
            push_equal(sql, "c.contact_id", id.as_str());
        }
        Some(ContactScope::Address(address)) => {
            sql.push(" AND c.address = ").push_bind(address.clone());
        }
    }
}

/// Sight by role, and that lent by a mention in the running episode (P1–P4).
///
/// The plus signs keep the database from looking the alternatives up one by one, which for most of
/// the rows costs more than asking each row.
fn push_sight(sql: &mut Sql, filter: &Filter, eyes: &Eyes) {
    match eyes.actor.role {
        Role::SuperAdmin => return,
        // What these views show lies in sight anyway.
        Role::Agent if matches!(filter.view, Some(View::Mine | View::MyTeams)) => return,
        Role::Admin => {
            sql.push(" AND (");
            push_in(sql, "+c.campaign_id", eyes.actor.campaigns.iter().map(CampaignId::as_str));
        }
        Role::Agent => {
            sql.push(" AND (+c.owner_id = ").push_bind(eyes.me()).push(" OR ");
            push_in(sql, "+c.team_id", eyes.actor.teams.iter().map(TeamId::as_str));
        }
    }
    sql.push(" OR ");
    push_mentioned(sql, "+c.id", eyes);
    sql.push(")");
}

/// The viewer is mentioned in the running episode; `id` is the column to compare, with a plus sign
/// where it is one alternative among several.
fn push_mentioned(sql: &mut Sql, id: &str, eyes: &Eyes) {
    sql.push("(+c.is_open = 1 AND (").push(id);
    sql.push(", c.episode_id) IN (SELECT conversation_id, episode_id FROM mention WHERE user_id = ");
    sql.push_bind(eyes.me()).push("))");
}

/// `column IN (…)`; an id that is none of ours equals nothing.
fn push_in<'a>(sql: &mut Sql, column: &str, ids: impl Iterator<Item = &'a str>) {
    let keys: Vec<i64> = ids.filter_map(key).collect();
    if keys.is_empty() {
        sql.push("1 = 0");
        return;
    }
    sql.push(column).push(" IN (");
    let mut list = sql.separated(", ");
    for key in keys {
        list.push_bind(key);
    }
    sql.push(")");
}

fn push_equal(sql: &mut Sql, column: &str, id: &str) {
    match key(id) {
        Some(key) => sql.push(column).push(" = ").push_bind(key),
        None => sql.push("1 = 0"),
    };
}

/// One field: any of its values, and none of those negated. `IS NOT TRUE` also takes the unknown,
/// which a comparison with nothing yields, for not so.
fn push_field<T>(sql: &mut Sql, any: &[T], none: &[T], mut holds: impl FnMut(&mut Sql, &T)) {
    for (values, end) in [(any, ")"), (none, ") IS NOT TRUE")] {
        for (place, value) in values.iter().enumerate() {
            sql.push(if place == 0 { " AND (" } else { " OR " });
            holds(sql, value);
        }
        if !values.is_empty() {
            sql.push(end);
        }
    }
}

macro_rules! push_fields {
    ($sql:ident, $filter:ident; $($field:ident: $holds:expr),* $(,)?) => {
        $(push_field($sql, &$filter.$field.any, &$filter.$field.none, $holds);)*
    };
}

fn push_filter(sql: &mut Sql, filter: &Filter, eyes: &Eyes) {
    if let Some(view) = filter.view {
        sql.push(" AND ");
        push_view(sql, view, eyes);
    }
    push_fields!(sql, filter;
        channel: |sql, channel| { sql.push("c.channel = ").push_bind(channel.code()); },
        line: |sql, id| push_equal(sql, "c.line_id", id.as_str()),
        status: |sql, status| { sql.push("c.status = ").push_bind(status.code()); },
        group: |sql, group| push_group(sql, *group),
        owner: |sql, owner| push_owner(sql, owner, eyes),
        team: |sql, team| push_team(sql, team, eyes),
        tag: |sql, tag| {
            sql.push("c.id IN (SELECT conversation_id FROM conversation_tag WHERE ");
            push_equal(sql, "tag_id", tag.as_str());
            sql.push(")");
        },
        campaign: |sql, id| push_equal(sql, "c.campaign_id", id.as_str()),
        category: |sql, id| {
            push_equal(sql, "c.closed_category_id", id.as_str());
            sql.push(" OR ");
            push_equal(sql, "c.closed_subcategory_id", id.as_str());
        },
        contact: |sql, id| push_equal(sql, "c.contact_id", id.as_str()),
        priority: |sql, priority| { sql.push("c.priority = ").push_bind(*priority as i64); },
        unread: |sql, yes| push_yes(sql, *yes, "c.unread > 0"),
        window: |sql, window| {
            let end = if *window == WindowIs::Open { "c.window_ends_at > " } else { "c.window_ends_at <= " };
            sql.push(end).push_bind(millis(eyes.viewer.now));
        },
        archived: |sql, yes| push_yes(sql, *yes, "c.archived = 1"),
        snoozed: |sql, yes| push_yes(sql, *yes, "c.snoozed_until IS NOT NULL"),
        mentioned: |sql, yes| {
            push_mentioned(sql, "c.id", eyes);
            sql.push(if *yes == YesNo::Yes { " IS TRUE" } else { " IS NOT TRUE" });
        },
        activity: |sql, span| push_span(sql, "c.last_activity_at", *span, eyes),
        created: |sql, span| push_span(sql, "c.created_at", *span, eyes),
        closed: |sql, span| push_span(sql, "c.closed_at", *span, eyes),
    );
    if let Some(q) = &filter.q {
        search::push_text(sql, q);
    }
}

fn push_view(sql: &mut Sql, view: View, eyes: &Eyes) {
    const AWAKE: &str = "c.archived = 0 AND c.snoozed_until IS NULL";
    match view {
        View::Mine => {
            sql.push(AWAKE).push(" AND ");
            push_owner(sql, &OwnerIs::Me, eyes);
        }
        View::Unassigned => {
            sql.push(AWAKE).push(" AND ");
            push_owner(sql, &OwnerIs::None, eyes);
        }
        View::MyTeams => {
            sql.push(AWAKE).push(" AND ");
            push_team(sql, &TeamIs::Mine, eyes);
        }
        View::All => {
            sql.push(AWAKE);
        }
        View::Mentions => push_mentioned(sql, "c.id", eyes),
        View::Snoozed => {
            sql.push("c.snoozed_until IS NOT NULL");
        }
        View::Closed => {
            push_group(sql, Group::Ended);
            sql.push(" AND c.archived = 0");
        }
        View::Archived => {
            sql.push("c.archived = 1");
        }
    }
}

fn push_group(sql: &mut Sql, group: Group) {
    match group {
        Group::Open => {
            sql.push("c.is_open = 1");
        }
        Group::Ended => {
            sql.push("c.is_open = 0");
        }
        Group::New | Group::InProgress => {
            // The first condition says nothing new, but leads to the index of open ones.
            sql.push("(c.is_open = 1 AND c.status IN (");
            let mut list = sql.separated(", ");
            for status in Status::ALL.into_iter().filter(|status| group.contains(*status)) {
                list.push_bind(status.code());
            }
            sql.push("))");
        }
    }
}

fn push_owner(sql: &mut Sql, owner: &OwnerIs, eyes: &Eyes) {
    match owner {
        OwnerIs::Me => push_equal(sql, "c.owner_id", eyes.viewer.id.as_str()),
        OwnerIs::User(id) => push_equal(sql, "c.owner_id", id.as_str()),
        OwnerIs::None => {
            sql.push("c.owner_id IS NULL");
        }
        OwnerIs::Any => {
            sql.push("c.owner_id IS NOT NULL");
        }
    }
}

fn push_team(sql: &mut Sql, team: &TeamIs, eyes: &Eyes) {
    match team {
        TeamIs::Mine => push_in(sql, "c.team_id", eyes.viewer.teams.iter().map(TeamId::as_str)),
        TeamIs::Team(id) => push_equal(sql, "c.team_id", id.as_str()),
        TeamIs::None => {
            sql.push("c.team_id IS NULL");
        }
    }
}

fn push_yes(sql: &mut Sql, yes: YesNo, so: &str) {
    sql.push(if yes == YesNo::Yes { "(" } else { "NOT (" }).push(so).push(")");
}

/// Stored moments are whole milliseconds, so a bound between two of them acts like the later one.
fn push_span(sql: &mut Sql, column: &str, span: Span, eyes: &Eyes) {
    let bound = |at: Timestamp| {
        let floor = millis(at);
        if at.timestamp_subsec_nanos().is_multiple_of(1_000_000) { floor } else { floor + 1 }
    };
    let offset = eyes.viewer.utc_offset_s;
    sql.push("(").push(column).push(" IS NOT NULL");
    if let Some(from) = span.from {
        sql.push(" AND ").push(column).push(" >= ").push_bind(bound(from.at(offset)));
    }
    if let Some(to) = span.to {
        sql.push(" AND ").push(column).push(" < ").push_bind(bound(to.at(offset)));
    }
    sql.push(")");
}

//! How many conversations each option of the filter would leave.

use super::filter_sql::{Eyes, Sql, push_where};
use super::lists::total;
use super::{StoreError, millis};
use bandeja_contract::Facets;
use bandeja_model::filter::Field;
use bandeja_model::{Filter, Group, Priority, Status};
use sqlx::{Row, SqliteConnection};
use std::collections::BTreeMap;

/// Counts by value of a field.
type Counted = BTreeMap<String, u64>;

/// A field that every conversation has one value of, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Single {
    Campaign,
    Channel,
    Group,
    Line,
    Owner,
    Priority,
    Status,
    Team,
    Unread,
    Window,
}

impl Single {
    const ALL: [Self; 10] = [
        Self::Campaign,
        Self::Channel,
        Self::Group,
        Self::Line,
        Self::Owner,
        Self::Priority,
        Self::Status,
        Self::Team,
        Self::Unread,
        Self::Window,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Campaign => "campaign",
            Self::Channel => "channel",
            Self::Group => "group",
            Self::Line => "line",
            Self::Owner => "owner",
            Self::Priority => "priority",
            Self::Status => "status",
            Self::Team => "team",
            Self::Unread => "unread",
            Self::Window => "window",
        }
    }

    /// Adds the expression of its value.
    fn push(self, sql: &mut Sql, eyes: &Eyes) {
        match self {
            Self::Campaign => sql.push("c.campaign_id"),
            Self::Channel => sql.push("c.channel"),
            Self::Group | Self::Status => sql.push("c.status"),
            Self::Line => sql.push("c.line_id"),
            Self::Owner => sql.push("c.owner_id"),
            Self::Priority => sql.push("c.priority"),
            Self::Team => sql.push("c.team_id"),
            Self::Unread => sql.push("c.unread > 0"),
            Self::Window => sql.push("c.window_ends_at > ").push_bind(millis(eyes.viewer.now)),
        };
    }

    /// Takes the field's own conditions out of a filter; false if there are none.
    fn clear(self, filter: &mut Filter) -> bool {
        match self {
            Self::Campaign => clear(&mut filter.campaign),
            Self::Channel => clear(&mut filter.channel),
            Self::Group => clear(&mut filter.group),
            Self::Line => clear(&mut filter.line),
            Self::Owner => clear(&mut filter.owner),
            Self::Priority => clear(&mut filter.priority),
            Self::Status => clear(&mut filter.status),
            Self::Team => clear(&mut filter.team),
            Self::Unread => clear(&mut filter.unread),
            Self::Window => clear(&mut filter.window),
        }
    }

    /// The values of the filter that a stored value is counted under.
    fn options(self, stored: Option<&str>, eyes: &Eyes) -> Vec<String> {
        let own = |so: bool, word: &str| so.then(|| word.to_owned());
        match (self, stored) {
            (Self::Owner | Self::Team, None) => vec!["none".to_owned()],
            (_, None) => Vec::new(),
            (Self::Owner, Some(id)) => {
                own(id == eyes.viewer.id.as_str(), "me").into_iter().chain([id.to_owned()]).collect()
            }
            (Self::Team, Some(id)) => {
                let mine = eyes.viewer.teams.iter().any(|team| team.as_str() == id);
                own(mine, "mine").into_iter().chain([id.to_owned()]).collect()
            }
            (Self::Unread, Some(so)) => vec![if so == "1" { "yes" } else { "no" }.to_owned()],
            (Self::Window, Some(so)) => vec![if so == "1" { "open" } else { "closed" }.to_owned()],
            (Self::Priority, Some(number)) => Priority::ALL
                .into_iter()
                .filter(|priority| (*priority as i64).to_string() == number)
                .map(|priority| priority.code().to_owned())
                .collect(),
            (Self::Group, Some(code)) => Group::ALL
                .into_iter()
                .filter(|group| Status::from_code(code).is_some_and(|status| group.contains(status)))
                .map(|group| group.code().to_owned())
                .collect(),
            (_, Some(value)) => vec![value.to_owned()],
        }
    }
}

fn clear<T: Ord>(field: &mut Field<T>) -> bool {
    let had = !field.is_empty();
    *field = Field::default();
    had
}

/// The counts of every field under the rest of the filter, in the sight of `eyes`.
pub async fn facets(
    connection: &mut SqliteConnection,
    filter: &Filter,
    eyes: &Eyes,
) -> Result<Facets, StoreError> {
    let mut found = BTreeMap::new();
    // Fields without conditions of their own are counted under the same filter, so in one pass.
    let mut shared = Vec::new();
    for field in Single::ALL {
        let mut rest = filter.clone();
        if field.clear(&mut rest) {
            singles(&mut *connection, &rest, eyes, &[field], &mut found).await?;
        } else {
            shared.push(field);
        }
    }
    singles(&mut *connection, filter, eyes, &shared, &mut found).await?;
    let mut rest = filter.clone();
    clear(&mut rest.tag);
    found.insert("tag".to_owned(), tags(&mut *connection, &rest, eyes).await?);
    let mut rest = filter.clone();
    clear(&mut rest.category);
    found.insert("category".to_owned(), categories(&mut *connection, &rest, eyes).await?);
    Ok(Facets { total: total(connection, filter, eyes).await?, facets: found })
}

/// Counts some fields that are under the same filter.
async fn singles(
    connection: &mut SqliteConnection,
    filter: &Filter,
    eyes: &Eyes,
    fields: &[Single],
    found: &mut BTreeMap<String, Counted>,
) -> Result<(), StoreError> {
    let mut sql = Sql::new("SELECT count(*)");
    for place in 0..fields.len() {
        sql.push(format_args!(", CAST(v{place} AS TEXT)"));
    }
    sql.push(" FROM (SELECT 1 AS one");
    for (place, field) in fields.iter().enumerate() {
        sql.push(", ");
        field.push(&mut sql, eyes);
        sql.push(format_args!(" AS v{place}"));
    }
    sql.push(" FROM conversation c");
    push_where(&mut sql, filter, eyes);
    sql.push(") AS found GROUP BY one");
    for place in 0..fields.len() {
        sql.push(format_args!(", v{place}"));
    }
    for row in sql.build().fetch_all(connection).await? {
        let count = row.try_get::<i64, _>(0)?.unsigned_abs();
        for (place, field) in fields.iter().enumerate() {
            let value: Option<&str> = row.try_get(place + 1)?;
            let counted = found.entry(field.name().to_owned()).or_default();
            for option in field.options(value, eyes) {
                *counted.entry(option).or_default() += count;
            }
        }
    }
    Ok(())
}

async fn tags(
    connection: &mut SqliteConnection,
    filter: &Filter,
    eyes: &Eyes,
) -> Result<Counted, StoreError> {
    let mut sql = Sql::new(
        "SELECT t.tag_id, count(*) FROM conversation c JOIN conversation_tag t ON t.conversation_id = c.id",
    );
    push_where(&mut sql, filter, eyes);
    sql.push(" GROUP BY t.tag_id");
    let rows = sql.build().fetch_all(connection).await?;
    rows.iter()
        .map(|row| Ok((row.try_get::<i64, _>(0)?.to_string(), row.try_get::<i64, _>(1)?.unsigned_abs())))
        .collect()
}

/// A conversation counts for both levels of its last closing.
async fn categories(
    connection: &mut SqliteConnection,
    filter: &Filter,
    eyes: &Eyes,
) -> Result<Counted, StoreError> {
    let mut sql =
        Sql::new("SELECT c.closed_category_id, c.closed_subcategory_id, count(*) FROM conversation c");
    push_where(&mut sql, filter, eyes);
    sql.push(" AND c.closed_at IS NOT NULL GROUP BY c.closed_category_id, c.closed_subcategory_id");
    let mut counted = Counted::new();
    for row in sql.build().fetch_all(connection).await? {
        let count = row.try_get::<i64, _>(2)?.unsigned_abs();
        for level in 0..2 {
            if let Some(category) = row.try_get::<Option<i64>, _>(level)? {
                *counted.entry(category.to_string()).or_default() += count;
            }
        }
    }
    Ok(counted)
}

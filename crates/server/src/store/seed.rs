//! Fills an empty database with what the generator in `crate::seed` makes. Owns how generated data
//! becomes rows: ids follow the generator's order, so that the same options give the same database.

mod bulk;
mod rows;
mod story;
mod tables;
mod timing;

use super::{Store, StoreError, users};
use crate::secret::{SecretError, Token, hash_password};
use crate::seed::{Options, SeedLine, World, conversations, world};
use bandeja_model::TeamId;
use bandeja_model::bot::BotMenu;
use bulk::{Bulk, Value};
use rows::Rows;
use sqlx::SqliteConnection;
use std::fmt;

/// Conversations written between two reports of progress.
const STEP: usize = 500;

/// Why a database was not filled.
#[derive(Debug)]
pub enum SeedError {
    /// There is something in it already.
    NotEmpty,
    /// The database failed.
    Store(StoreError),
    /// A secret could not be made.
    Secret(SecretError),
}

impl fmt::Display for SeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotEmpty => f.write_str("the database is not empty"),
            Self::Store(error) => error.fmt(f),
            Self::Secret(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SeedError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotEmpty => None,
            Self::Store(error) => Some(error),
            Self::Secret(error) => Some(error),
        }
    }
}

impl From<StoreError> for SeedError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<SecretError> for SeedError {
    fn from(error: SecretError) -> Self {
        Self::Secret(error)
    }
}

/// Where the secrets of lines come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secrets {
    /// From the seed, so that demo scripts know them.
    Derived,
    /// From the system's randomness.
    Random,
}

/// Fills the empty database of `store`, all or nothing. Every user gets `password`. `progress` hears
/// how many conversations are written.
pub async fn fill(
    store: &Store,
    options: Options,
    secrets: Secrets,
    password: &str,
    mut progress: impl FnMut(usize),
) -> Result<(), SeedError> {
    let world = world();
    let mut tx = store.begin().await?;
    if !users::is_empty(&mut tx).await? {
        return Err(SeedError::NotEmpty);
    }
    people(&mut tx, &world, &hash_password(password)?).await?;
    places(&mut tx, &world, |line| match secrets {
        Secrets::Derived => Ok(Token::derived(options.seed, &format!("line {line}"))),
        Secrets::Random => Token::random(),
    })
    .await?;
    timing::save(&mut tx, &world, options.now_ms).await?;
    let mut rows = Rows::new(&world, options);
    for (count, made) in (1..).zip(conversations(&world, &options)) {
        rows.add(&made)?;
        if count % STEP == 0 {
            rows.flush(&mut tx).await?;
            progress(count);
        }
    }
    rows.flush(&mut tx).await?;
    rows.finish(&mut tx, options).await?;
    tx.commit().await.map_err(StoreError::from)?;
    if !options.count.is_multiple_of(STEP) {
        progress(options.count);
    }
    store.analyze().await?;
    Ok(())
}

/// The key of the thing at `position`: numbers start at 1.
fn key(position: usize) -> i64 {
    i64::try_from(position).unwrap_or(i64::MAX).saturating_add(1)
}

fn id(position: usize) -> Value {
    Value::Int(key(position))
}

/// What the automatic menu of the line says; nothing if it has none.
fn menu(line: &SeedLine) -> BotMenu {
    let team = |position| TeamId::from(key(position).to_string());
    line.menu.map(|menu| menu.of_a_line(team)).unwrap_or_default()
}

/// Campaigns, teams, users and who belongs where.
async fn people(connection: &mut SqliteConnection, world: &World, hash: &str) -> Result<(), StoreError> {
    let mut campaigns = Bulk::new("campaign", "id, name");
    for (position, name) in world.campaigns.iter().enumerate() {
        campaigns.push([id(position), Value::text(*name)]);
    }
    let mut accounts = Bulk::new("app_user", "id, email, name, role, password_hash, availability, active");
    let mut assigned = Bulk::new("user_campaign", "user_id, campaign_id");
    for (position, user) in world.users.iter().enumerate() {
        accounts.push([
            id(position),
            Value::Text(users::normal_email(user.email)),
            Value::text(user.name),
            Value::text(user.role.code()),
            Value::text(hash),
            Value::text(user.availability.code()),
            Value::Int(i64::from(user.active)),
        ]);
        for campaign in &user.campaigns {
            assigned.push([id(position), id(*campaign)]);
        }
    }
    let mut teams = Bulk::new("team", "id, campaign_id, name");
    let mut members = Bulk::new("user_team", "user_id, team_id");
    for (position, team) in world.teams.iter().enumerate() {
        teams.push([id(position), id(team.campaign), Value::text(team.name)]);
        for member in &team.members {
            members.push([id(*member), id(position)]);
        }
    }
    for bulk in [&mut campaigns, &mut teams, &mut accounts, &mut assigned, &mut members] {
        bulk.flush(&mut *connection).await?;
    }
    Ok(())
}

/// Lines, labels and categories; sub-categories follow all categories.
async fn places(
    connection: &mut SqliteConnection,
    world: &World,
    secret: impl Fn(i64) -> Result<Token, SecretError>,
) -> Result<(), SeedError> {
    let mut lines = Bulk::new("line", "id, campaign_id, channel, name, team_id, user_id, bot, menu, secret");
    for (position, line) in world.lines.iter().enumerate() {
        lines.push([
            id(position),
            id(line.campaign),
            Value::text(line.channel.code()),
            Value::text(line.name),
            id(line.team),
            line.user.map_or(Value::Null, id),
            Value::Int(i64::from(line.bot)),
            Value::Text(serde_json::to_string(&menu(line)).map_err(StoreError::from)?),
            Value::text(secret(key(position))?.reveal()),
        ]);
    }
    let mut tags = Bulk::new("tag", "id, name, color");
    for (position, tag) in world.tags.iter().enumerate() {
        tags.push([id(position), Value::text(tag.name), Value::text(tag.colour)]);
    }
    let mut categories = Bulk::new("category", "id, name, parent_id");
    for (position, category) in world.categories.iter().enumerate() {
        categories.push([id(position), Value::text(category.name), Value::Null]);
    }
    let mut next = world.categories.len();
    for (parent, category) in world.categories.iter().enumerate() {
        for name in category.subcategories {
            categories.push([id(next), Value::text(*name), id(parent)]);
            next += 1;
        }
    }
    for bulk in [&mut lines, &mut tags, &mut categories] {
        bulk.flush(&mut *connection).await?;
    }
    Ok(())
}

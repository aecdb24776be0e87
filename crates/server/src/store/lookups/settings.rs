//! Settings: JSON values by name.

use crate::store::StoreError;
use bandeja_contract::Capability;
use bandeja_model::CampaignId;
use bandeja_model::closing::{ClosingForm, ClosingForms};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

const CAPABILITIES: &str = "capabilities";
const CLOCK_OFFSET: &str = "demo_clock_offset";
const CLOSING_FORMS: &str = "closing_forms";

/// How far ahead of the system a demo server's clock is, in milliseconds.
pub async fn clock_offset_ms(connection: &mut SqliteConnection) -> Result<i64, StoreError> {
    Ok(read(connection, CLOCK_OFFSET).await?.unwrap_or(0))
}

/// Keeps how far ahead the clock is, in milliseconds.
pub async fn set_clock_offset_ms(connection: &mut SqliteConnection, ms: i64) -> Result<(), StoreError> {
    write(connection, CLOCK_OFFSET, &ms).await
}

/// The closing forms by campaign; key `""` is the installation's and always there (P13).
pub async fn closing_forms(
    connection: &mut SqliteConnection,
) -> Result<BTreeMap<String, ClosingForms>, StoreError> {
    let mut forms: BTreeMap<String, ClosingForms> =
        read(connection, CLOSING_FORMS).await?.unwrap_or_default();
    forms.entry(String::new()).or_default();
    Ok(forms)
}

/// The form that ending a conversation of `campaign` asks for, among [`closing_forms`].
pub fn form_of(forms: &BTreeMap<String, ClosingForms>, campaign: &CampaignId, cancel: bool) -> ClosingForm {
    let forms = forms.get(campaign.as_str()).or_else(|| forms.get("")).copied().unwrap_or_default();
    if cancel { forms.cancel } else { forms.close }
}

/// What the installation switched off, by name, each with its reason (P5); a name that is missing is on.
pub async fn capabilities(
    connection: &mut SqliteConnection,
) -> Result<BTreeMap<String, Capability>, StoreError> {
    Ok(read(connection, CAPABILITIES).await?.unwrap_or_default())
}

async fn read<T: DeserializeOwned>(
    connection: &mut SqliteConnection,
    name: &str,
) -> Result<Option<T>, StoreError> {
    let value: Option<String> = sqlx::query_scalar("SELECT value FROM setting WHERE key = $1")
        .bind(name)
        .fetch_optional(connection)
        .await?;
    value.map(|value| serde_json::from_str(&value).map_err(StoreError::from)).transpose()
}

async fn write<T: Serialize + Sync>(
    connection: &mut SqliteConnection,
    name: &str,
    value: &T,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO setting (key, value) VALUES ($1, $2)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    )
    .bind(name)
    .bind(serde_json::to_string(value)?)
    .execute(connection)
    .await?;
    Ok(())
}

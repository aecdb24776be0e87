//! How an episode ends: the closing form, its completeness, and the record that stays (P12–P14).

use crate::limits::{DESCRIPTION_CHARS, SUMMARY_CHARS};
use crate::timing::ClosingRule;
use crate::{CategoryId, UserId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// By whom or what an episode was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ClosingSource {
    /// A person, one or many at a time.
    User,
    /// The automatic menu.
    Bot,
    /// An automation.
    Rule,
    /// The team's inactivity setting.
    Inactivity,
}

impl ClosingSource {
    /// The word on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Bot => "bot",
            Self::Rule => "rule",
            Self::Inactivity => "inactivity",
        }
    }

    /// The source of that code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::User, Self::Bot, Self::Rule, Self::Inactivity].into_iter().find(|s| s.code() == code)
    }
}

/// The closing record: what was written when an episode ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Closing {
    /// The user, when a user ended it.
    #[serde(default)]
    pub by: Option<UserId>,
    /// By what kind of hand.
    pub source: ClosingSource,
    /// When.
    pub at: DateTime<Utc>,
    /// Why, in words; the dialog for cancelling calls it comments. Untrusted text.
    #[serde(default)]
    pub description: String,
    /// First level of the classification.
    #[serde(default)]
    pub category_id: Option<CategoryId>,
    /// Second level.
    #[serde(default)]
    pub subcategory_id: Option<CategoryId>,
    /// A longer account.
    #[serde(default)]
    pub summary: String,
    /// Who attends if the contact writes again.
    #[serde(default)]
    pub next_owner: Option<UserId>,
    /// Whether the next owner was chosen by a transfer.
    #[serde(default)]
    pub transferred: bool,
    /// The closing was taken back; reports leave it out.
    #[serde(default)]
    pub undone: bool,
    /// The rule that closed it and its value, where inactivity did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<ClosingRule>,
}

impl Closing {
    /// Whether any field says why: what later decides who meets a returning contact (P27).
    pub fn has_reason(&self) -> bool {
        !self.description.trim().is_empty()
            || !self.summary.trim().is_empty()
            || self.category_id.is_some()
            || self.subcategory_id.is_some()
    }
}

/// Whether a field of the closing form is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FieldMode {
    /// Not shown.
    Off,
    /// Shown, may stay empty.
    Optional,
    /// Shown, must be filled.
    Required,
}

/// Which fields ending an episode asks for; set apart for closing and for cancelling (P13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClosingForm {
    /// Free text.
    pub description: FieldMode,
    /// First level of the classification.
    pub category: FieldMode,
    /// Second level.
    pub subcategory: FieldMode,
    /// A longer account.
    pub summary: FieldMode,
}

impl ClosingForm {
    /// As shipped for closing.
    pub const CLOSE: Self = Self {
        description: FieldMode::Required,
        category: FieldMode::Optional,
        subcategory: FieldMode::Optional,
        summary: FieldMode::Off,
    };
    /// As shipped for cancelling.
    pub const CANCEL: Self = Self {
        description: FieldMode::Optional,
        category: FieldMode::Required,
        subcategory: FieldMode::Optional,
        summary: FieldMode::Off,
    };
}

/// The two forms of an installation or campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClosingForms {
    /// Asked for when closing.
    pub close: ClosingForm,
    /// Asked for when cancelling.
    pub cancel: ClosingForm,
}

impl Default for ClosingForms {
    fn default() -> Self {
        Self { close: ClosingForm::CLOSE, cancel: ClosingForm::CANCEL }
    }
}

/// An entry of the two-level list of categories.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Category {
    /// Its id.
    pub id: CategoryId,
    /// As admins wrote it.
    pub name: String,
    /// The category it belongs to; absent on the first level.
    #[serde(default)]
    pub parent: Option<CategoryId>,
}

/// The form as somebody fills it; half-valid on purpose, [`check`](Self::check) says what is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClosingDraft {
    /// Free text.
    #[serde(default)]
    pub description: String,
    /// First level.
    #[serde(default)]
    pub category_id: Option<CategoryId>,
    /// Second level.
    #[serde(default)]
    pub subcategory_id: Option<CategoryId>,
    /// A longer account.
    #[serde(default)]
    pub summary: String,
}

/// The fields of the form, named as on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClosingField {
    /// `description`
    Description,
    /// `category_id`
    Category,
    /// `subcategory_id`
    Subcategory,
    /// `summary`
    Summary,
}

impl ClosingField {
    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Description => "description",
            Self::Category => "category_id",
            Self::Subcategory => "subcategory_id",
            Self::Summary => "summary",
        }
    }
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClosingFault {
    /// Required and empty.
    Missing,
    /// Longer than this many characters.
    TooLong(usize),
    /// No such category, or on the other level.
    Unknown,
    /// A sub-category of another category (P14).
    OfAnotherCategory,
    /// The form does not ask for it, so it cannot be sent.
    Off,
}

impl ClosingFault {
    /// A stable code for problem errors.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "required",
            Self::TooLong(_) => "too_long",
            Self::Unknown => "unknown",
            Self::OfAnotherCategory => "of_another_category",
            Self::Off => "not_asked_for",
        }
    }
}

impl ClosingDraft {
    /// Everything that is wrong with the draft under `form`; nothing wrong means it may be sent.
    pub fn check(&self, form: &ClosingForm, categories: &[Category]) -> Vec<(ClosingField, ClosingFault)> {
        let mut faults = Vec::new();
        let mut text = |field, mode, value: &str, limit| {
            if let Some(fault) = check_text(mode, value, limit) {
                faults.push((field, fault));
            }
        };
        text(ClosingField::Description, form.description, &self.description, DESCRIPTION_CHARS);
        text(ClosingField::Summary, form.summary, &self.summary, SUMMARY_CHARS);
        let find = |id: &CategoryId| categories.iter().find(|category| category.id == *id);
        if let Some(fault) = match &self.category_id {
            None => (form.category == FieldMode::Required).then_some(ClosingFault::Missing),
            Some(_) if form.category == FieldMode::Off => Some(ClosingFault::Off),
            Some(id) => match find(id) {
                Some(category) if category.parent.is_none() => None,
                _ => Some(ClosingFault::Unknown),
            },
        } {
            faults.push((ClosingField::Category, fault));
        }
        if let Some(fault) = match &self.subcategory_id {
            None => self.missing_subcategory(form, categories),
            Some(_) if form.subcategory == FieldMode::Off => Some(ClosingFault::Off),
            Some(id) => match find(id).and_then(|category| category.parent.as_ref()) {
                None => Some(ClosingFault::Unknown),
                Some(parent) if self.category_id.as_ref() == Some(parent) => None,
                Some(_) => Some(ClosingFault::OfAnotherCategory),
            },
        } {
            faults.push((ClosingField::Subcategory, fault));
        }
        faults.sort_by_key(|(field, _)| *field);
        faults
    }

    /// A required sub-category can only be asked for where the chosen category has any.
    fn missing_subcategory(&self, form: &ClosingForm, categories: &[Category]) -> Option<ClosingFault> {
        let has_any = categories.iter().any(|c| c.parent.is_some() && c.parent == self.category_id);
        let nothing_chosen = self.category_id.is_none() && form.category != FieldMode::Off;
        (form.subcategory == FieldMode::Required && (has_any || nothing_chosen))
            .then_some(ClosingFault::Missing)
    }
}

fn check_text(mode: FieldMode, value: &str, limit: usize) -> Option<ClosingFault> {
    let empty = value.trim().is_empty();
    match mode {
        FieldMode::Required if empty => Some(ClosingFault::Missing),
        FieldMode::Off if !empty => Some(ClosingFault::Off),
        _ if value.chars().nth(limit).is_some() => Some(ClosingFault::TooLong(limit)),
        _ => None,
    }
}

/// The sub-categories offered for a chosen category (P14).
pub fn subcategories<'a>(
    categories: &'a [Category],
    of: Option<&'a CategoryId>,
) -> impl Iterator<Item = &'a Category> {
    categories.iter().filter(move |category| of.is_some() && category.parent.as_ref() == of)
}

/// Who answers for a conversation after it was closed: the transfer target, else the present owner,
/// else who closed it (P12).
pub fn next_owner(transfer_to: Option<&UserId>, owner: Option<&UserId>, closer: &UserId) -> UserId {
    transfer_to.or(owner).unwrap_or(closer).clone()
}

#[cfg(test)]
mod tests;

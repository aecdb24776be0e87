//! What a picker offers: plain values, whatever they stand for.

use crate::{fold::contains_folded, icon::IconName};

/// What stands before an item's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Leading {
    /// Nothing.
    #[default]
    None,
    /// Initials of a person; the item's id decides the tint.
    Avatar,
    /// A dot of a tag's colour: `grey`, `red`, `orange`, `yellow`, `green`, `teal`, `blue`, `purple`, `pink`.
    Dot(String),
    /// An icon.
    Icon(IconName),
}

/// One thing that can be picked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PickerItem {
    /// What the caller gets back.
    pub id: String,
    /// Its words.
    pub label: String,
    /// A second line; searched too.
    pub detail: String,
    /// What stands before it.
    pub leading: Leading,
    /// A number at the end, written for the locale.
    pub count: String,
    /// The heading it stands under; items of one group must follow each other.
    pub group: String,
    /// Why it cannot be picked now, if so; shown instead of the detail.
    pub disabled: Option<String>,
}

impl PickerItem {
    /// An item of an id and words.
    pub fn new(id: impl Into<String>, label: impl Into<String>) -> Self {
        Self { id: id.into(), label: label.into(), ..Self::default() }
    }

    /// The same with something before it.
    #[must_use]
    pub fn with_leading(mut self, leading: Leading) -> Self {
        self.leading = leading;
        self
    }

    /// The same with a second line.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    /// The same with a number at the end.
    #[must_use]
    pub fn with_count(mut self, count: impl Into<String>) -> Self {
        self.count = count.into();
        self
    }

    /// The same under a heading.
    #[must_use]
    pub fn in_group(mut self, group: impl Into<String>) -> Self {
        self.group = group.into();
        self
    }

    /// Whether what is typed finds it, by words or second line.
    pub fn matches(&self, typed: &str) -> bool {
        contains_folded(&format!("{} {}", self.label, self.detail), typed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_found_by_its_second_line_too() {
        let item = PickerItem::new("7", "Lucía Ferrer").with_detail("Ventas México");
        assert!(item.matches("mexico luc"));
        assert!(!item.matches("diego"));
    }
}

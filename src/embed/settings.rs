//! What the element's attributes say, as values. Pure.

use super::context::Narrowing;
use crate::shell::{Density, Layout, Theme};
use bandeja_model::View;

/// The settings of one element as they stand. A text that means nothing counts as absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The language's tag, as it is written.
    pub locale: Option<String>,
    /// Light, dark, or as the system says.
    pub theme: Option<Theme>,
    /// How much room rows take.
    pub density: Option<Density>,
    /// The view to begin with.
    pub view: Option<View>,
    /// What narrows it, as an address writes it.
    pub filter: Option<String>,
    /// The conversation to open.
    pub conversation: Option<String>,
    /// Which panes there are.
    pub layout: Layout,
    /// Whether nothing can be changed.
    pub readonly: bool,
    /// What can be done, by name, if not everything.
    pub features: Option<String>,
    /// What the page around is about.
    pub context: Narrowing,
}

impl Settings {
    /// Takes an attribute in, or that it is gone.
    pub fn set(&mut self, name: &str, value: Option<&str>) {
        let text = || value.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        match name {
            "locale" => self.locale = text(),
            "theme" => self.theme = value.and_then(Theme::from_code),
            "density" => self.density = value.and_then(Density::from_code),
            "view" => self.view = value.and_then(View::from_code),
            "filter" => self.filter = text(),
            "conversation-id" => self.conversation = text(),
            "layout" => self.layout = value.and_then(Layout::from_code).unwrap_or_default(),
            // As all boolean attributes: there, or not.
            "readonly" => self.readonly = value.is_some(),
            "features" => self.features = value.map(str::to_owned),
            "context" => self.context = value.map(Narrowing::read).unwrap_or_default(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, value: Option<&str>) -> Settings {
        let mut settings = Settings::default();
        settings.set(name, value);
        settings
    }

    #[test]
    fn an_attribute_that_is_taken_away_leaves_no_trace() {
        for (name, value) in [
            ("locale", "en"),
            ("theme", "dark"),
            ("density", "compact"),
            ("view", "closed"),
            ("filter", "channel=email"),
            ("conversation-id", "7"),
            ("layout", "thread"),
            ("readonly", ""),
            ("features", "reply"),
            ("context", r#"{"contact":{"id":"7"}}"#),
        ] {
            let mut settings = of(name, Some(value));
            assert_ne!(settings, Settings::default(), "{name}");
            settings.set(name, None);
            assert_eq!(settings, Settings::default(), "{name}");
        }
    }

    #[test]
    fn a_text_that_means_nothing_counts_as_absent() {
        for (name, value) in
            [("theme", "plaid"), ("density", "cosy"), ("view", "nowhere"), ("layout", "table")]
        {
            assert_eq!(of(name, Some(value)), Settings::default(), "{name}");
        }
    }

    #[test]
    fn an_empty_allow_list_allows_nothing() {
        assert_eq!(of("features", Some("")).features.as_deref(), Some(""));
    }
}

//! [`Dom`] as one of Leptos' views, as far as a browser asks for it.

use super::{Dom, DomState};
use leptos::prelude::{AddAnyAttr, Render, RenderHtml};
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::{Position, PositionState};

impl AddAnyAttr for Dom {
    type Output<NewAttr: Attribute> = Self;

    /// Attributes from outside have no place on a view of ours.
    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self {
        self
    }
}

impl RenderHtml for Dom {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> DomState {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}

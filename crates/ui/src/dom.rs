//! What `view!` makes: views written down as data, built and updated by one function each.
//!
//! Leptos' own views carry their whole shape in their type, and each shape is compiled anew. Here all views are
//! of the one type [`Dom`], so that an element costs a call and its strings. They are still views of Leptos:
//! every [`Dom`] can stand where `impl IntoView` is asked for, and every such view can stand in a [`Dom`].
//! Made for browsers only: nothing here renders to text or takes over what a server has rendered.

mod drawing;
mod el;
mod state;
mod value;
mod view;

pub use el::{Children, El};
pub use state::DomState;
pub use value::{IntoValue, Value};

use leptos::prelude::*;
use send_wrapper::SendWrapper;
use std::any::Any;
use std::borrow::Cow;

/// A view.
pub enum Dom {
    /// Nothing; it keeps its place.
    Nothing,
    /// Text.
    Text(Cow<'static, str>),
    /// An element.
    Element(El),
    /// Several views in a row.
    Many(Vec<Dom>),
    /// A view that is worked out anew whenever what it reads changes.
    Followed(SendWrapper<Box<dyn FnMut() -> Dom>>),
    /// A view of Leptos' own.
    Other(AnyView),
}

impl Dom {
    /// Any view as one of ours. Those that are ours already, or plain text, or lists of such, stay what they
    /// are; the compiler drops all other branches.
    pub fn of<T: IntoView + 'static>(view: T) -> Self {
        let mut view = Some(view);
        let any: &mut dyn Any = &mut view;
        if let Some(dom) = taken::<Self>(any) {
            return dom;
        }
        if let Some(view) = taken::<View<Self>>(any) {
            return view.into_inner();
        }
        if let Some(maybe) = taken::<Option<Self>>(any) {
            return maybe.unwrap_or(Self::Nothing);
        }
        if let Some(text) = taken::<String>(any) {
            return Self::Text(text.into());
        }
        if let Some(text) = taken::<&'static str>(any) {
            return Self::Text(text.into());
        }
        if let Some(maybe) = taken::<Option<String>>(any) {
            return maybe.map_or(Self::Nothing, |text| Self::Text(text.into()));
        }
        if let Some(maybe) = taken::<Option<&'static str>>(any) {
            return maybe.map_or(Self::Nothing, |text| Self::Text(text.into()));
        }
        if let Some(all) = taken::<Vec<Self>>(any) {
            return Self::Many(all);
        }
        if let Some(other) = taken::<AnyView>(any) {
            return Self::Other(other);
        }
        if let Some(other) = taken::<Option<AnyView>>(any) {
            return other.map_or(Self::Nothing, Self::Other);
        }
        if let Some(all) = taken::<Vec<AnyView>>(any) {
            return Self::Many(all.into_iter().map(Self::Other).collect());
        }
        view.map_or(Self::Nothing, |view| Self::Other(view.into_any()))
    }

    /// A view that follows what `make` reads.
    pub fn following(make: Box<dyn FnMut() -> Self>) -> Self {
        Self::Followed(SendWrapper::new(make))
    }
}

/// What is in there, if it is a `T`.
fn taken<T: 'static>(any: &mut dyn Any) -> Option<T> {
    any.downcast_mut::<Option<T>>().and_then(Option::take)
}

/// An expression between braces. Which of the two traits applies is the compiler's to find: closures are
/// followed, everything else is taken as it is.
pub struct Child<T>(Option<T>);

impl<T> Child<T> {
    /// Of that expression.
    pub fn of(expression: T) -> Self {
        Self(Some(expression))
    }
}

/// Closures.
pub trait Followed {
    /// The closure as a view.
    fn into_dom(self) -> Dom;
}

#[expect(clippy::mut_mut, reason = "the second reference is what lets the compiler try closures first")]
impl<F, T> Followed for &mut &mut Child<F>
where
    F: FnMut() -> T + 'static,
    T: IntoView + 'static,
{
    fn into_dom(self) -> Dom {
        match self.0.take() {
            Some(mut make) => Dom::following(Box::new(move || Dom::of(make()))),
            None => Dom::Nothing,
        }
    }
}

/// Anything else.
pub trait Plain {
    /// The value as a view.
    fn into_dom(self) -> Dom;
}

impl<T: IntoView + 'static> Plain for &mut Child<T> {
    fn into_dom(self) -> Dom {
        self.0.take().map_or(Dom::Nothing, Dom::of)
    }
}

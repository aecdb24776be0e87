//! An element while it is written down.

use super::Dom;
use super::value::{Give, Given, Value};
use leptos::ev::EventDescriptor;
use leptos::html::ElementType;
use leptos::tachys::html::node_ref::NodeRefContainer;
use send_wrapper::SendWrapper;
use std::borrow::Cow;
use wasm_bindgen::JsValue;
use wasm_bindgen::convert::FromWasmAbi;

/// An element: its tag, what is set on it, what stands in it.
pub struct El(Box<Written>);

pub(super) struct Written {
    pub(super) tag: &'static str,
    pub(super) svg: bool,
    pub(super) parts: Vec<Part>,
    pub(super) children: Vec<Dom>,
}

/// One thing that is set on an element.
pub(super) struct Part {
    pub(super) name: Cow<'static, str>,
    pub(super) kind: Kind,
    pub(super) what: What,
}

/// What kind of thing is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Attribute,
    Class,
    Style,
    Property,
    Event,
    Node,
}

/// Works a value out.
pub(super) type Work = Box<dyn Fn() -> Value>;
/// Hears an event.
pub(super) type Heard = Box<dyn FnMut(JsValue)>;
/// Is told which element it became.
pub(super) type Told = Box<dyn FnOnce(&web_sys::Element)>;

/// The thing.
pub(super) enum What {
    Once(Value),
    Followed(SendWrapper<Work>),
    Event(SendWrapper<Heard>),
    Node(SendWrapper<Told>),
}

impl El {
    /// An element of HTML.
    pub fn new(tag: &'static str) -> Self {
        Self::make(tag, false)
    }

    /// An element of SVG.
    pub fn svg(tag: &'static str) -> Self {
        Self::make(tag, true)
    }

    fn make(tag: &'static str, svg: bool) -> Self {
        Self(Box::new(Written { tag, svg, parts: Vec::new(), children: Vec::new() }))
    }

    /// Sets an attribute to a text that stays.
    pub fn set(&mut self, name: &'static str, text: &'static str) {
        self.add(name, Kind::Attribute, Given::Once(Value::Text(Cow::Borrowed(text))));
    }

    /// Sets an attribute. `true` is there without a value; `false` and `None` are not there.
    pub fn attr(&mut self, name: &'static str, value: impl Give) {
        self.add(name, Kind::Attribute, value.give());
    }

    /// Has a class, or has it not. Not beside a `class` that is followed.
    pub fn class(&mut self, name: &'static str, value: impl Give) {
        self.add(name, Kind::Class, value.give());
    }

    /// Sets a property of its style.
    pub fn style(&mut self, name: &'static str, value: impl Give) {
        self.add(name, Kind::Style, value.give());
    }

    /// Sets a property of the element's object, after its children stand in it.
    pub fn prop(&mut self, name: &'static str, value: impl Give) {
        self.add(name, Kind::Property, value.give());
    }

    fn add(&mut self, name: &'static str, kind: Kind, given: Given) {
        let what = match given {
            Given::Once(value) => What::Once(value),
            Given::Followed(work) => What::Followed(SendWrapper::new(work)),
        };
        self.0.parts.push(Part { name: Cow::Borrowed(name), kind, what });
    }

    /// Hears an event.
    pub fn on<E: EventDescriptor>(&mut self, event: E, mut handler: impl FnMut(E::EventType) + 'static)
    where
        E::EventType: FromWasmAbi + From<JsValue>,
    {
        let heard: Heard = Box::new(move |event| handler(event.into()));
        self.hear(event.name(), heard);
    }

    fn hear(&mut self, name: Cow<'static, str>, heard: Heard) {
        let what = What::Event(SendWrapper::new(heard));
        self.0.parts.push(Part { name, kind: Kind::Event, what });
    }

    /// Tells a reference where it is.
    pub fn node_ref<E: ElementType>(&mut self, node: impl NodeRefContainer<E> + 'static) {
        let told: Told = Box::new(move |element| node.load(element));
        let what = What::Node(SendWrapper::new(told));
        self.0.parts.push(Part { name: Cow::Borrowed(""), kind: Kind::Node, what });
    }

    /// Adds a child.
    pub fn child(&mut self, child: Dom) {
        self.0.children.push(child);
    }

    /// Adds text.
    pub fn text(&mut self, text: &'static str) {
        self.0.children.push(Dom::Text(Cow::Borrowed(text)));
    }

    /// The view that it is.
    pub fn into_dom(self) -> Dom {
        Dom::Element(self)
    }

    pub(super) fn written(self) -> Written {
        *self.0
    }
}

/// Views in a row, while they are written down.
#[derive(Default)]
pub struct Children(Vec<Dom>);

impl Children {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn child(&mut self, child: Dom) {
        self.0.push(child);
    }

    /// Adds text.
    pub fn text(&mut self, text: &'static str) {
        self.0.push(Dom::Text(Cow::Borrowed(text)));
    }

    /// The view that they are together.
    pub fn into_dom(mut self) -> Dom {
        if self.0.len() == 1 { self.0.pop().unwrap_or(Dom::Nothing) } else { Dom::Many(self.0) }
    }
}

//! What stands in the page: building views, and bringing what stands there up to date with another view.

use super::Dom;
use super::drawing::{SVG, draw};
use super::el::{Kind, Part, What, Written};
use super::value::Value;
use leptos::prelude::{IsDisposed, Mountable, Owner, Render, StoredValue};
use leptos::reactive::effect::RenderEffect;
use leptos::tachys::renderer::{RemoveEventHandler, Rndr};
use leptos::tachys::view::any_view::AnyViewState;
use std::borrow::Cow;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Comment, Element, HtmlElement, Node, Text};

/// The property that is a drawing and no property of the element's object.
const DRAWING: &str = "drawing";

/// A view that was built.
pub enum DomState {
    /// Nothing, and where it would be.
    Nothing(Comment),
    /// Text, and what it says.
    Text(Text, Cow<'static, str>),
    /// An element.
    Element(Box<Standing>),
    /// Several in a row, and what marks their end.
    Many(Vec<DomState>, Comment),
    /// One that is followed.
    Followed(RenderEffect<DomState>),
    /// One of Leptos' own.
    Other(AnyViewState),
}

/// An element in the page.
pub struct Standing {
    tag: &'static str,
    element: Element,
    parts: Vec<Set>,
    children: Vec<DomState>,
}

/// Whether the owner that a view was built under is still there. What it owned, every signal of its component
/// among it, goes at once; effects and listeners that read them may come to their turn a moment later.
#[derive(Clone, Copy)]
struct Alive(StoredValue<()>);

impl Alive {
    fn now() -> Self {
        Self(StoredValue::new(()))
    }

    fn still(self) -> bool {
        !self.0.is_disposed()
    }
}

/// Something that is set on it.
struct Set {
    name: Cow<'static, str>,
    kind: Kind,
    how: How,
}

enum How {
    Once(Value),
    /// Kept, since it ends when it is dropped.
    Followed(#[expect(dead_code, reason = "dropping it ends it")] RenderEffect<Value>),
    Heard(#[expect(dead_code, reason = "dropping it ends it")] RemoveEventHandler<Element>),
    Told,
}

impl Render for Dom {
    type State = DomState;

    fn build(self) -> DomState {
        match self {
            Self::Nothing => DomState::Nothing(Rndr::create_placeholder()),
            Self::Text(text) => DomState::Text(Rndr::create_text_node(&text), text),
            Self::Element(element) => DomState::Element(Box::new(Standing::build(element.written()))),
            Self::Many(all) => {
                DomState::Many(all.into_iter().map(Render::build).collect(), Rndr::create_placeholder())
            }
            Self::Followed(make) => DomState::Followed(follow(make.take())),
            Self::Other(view) => DomState::Other(view.build()),
        }
    }

    fn rebuild(self, state: &mut DomState) {
        match (self, &mut *state) {
            (Self::Nothing, DomState::Nothing(_)) => {}
            (Self::Text(text), DomState::Text(node, said)) => {
                if *said != text {
                    Rndr::set_text(node, &text);
                    *said = text;
                }
            }
            (Self::Element(element), DomState::Element(standing)) => {
                let written = element.written();
                if standing.fits(&written) {
                    standing.update(written);
                } else {
                    replace(state, DomState::Element(Box::new(Standing::build(written))));
                }
            }
            (Self::Many(all), DomState::Many(standing, end)) => update_many(all, standing, end),
            (Self::Other(view), DomState::Other(standing)) => view.rebuild(standing),
            (view, _) => replace(state, view.build()),
        }
    }
}

/// Works a view out whenever what it reads changes.
fn follow(mut make: Box<dyn FnMut() -> Dom>) -> RenderEffect<DomState> {
    let alive = Alive::now();
    RenderEffect::new(move |before: Option<DomState>| match before {
        Some(state) if !alive.still() => state,
        Some(mut state) => {
            make().rebuild(&mut state);
            state
        }
        None => make().build(),
    })
}

/// Puts another view in the place of one.
fn replace(state: &mut DomState, mut new: DomState) {
    state.insert_before_this(&mut new);
    state.unmount();
    *state = new;
}

fn update_many(all: Vec<Dom>, standing: &mut Vec<DomState>, end: &Comment) {
    let wanted = all.len();
    let mut known = standing.len();
    for (place, view) in all.into_iter().enumerate() {
        if let Some(state) = standing.get_mut(place) {
            view.rebuild(state);
        } else {
            let mut state = view.build();
            Rndr::try_mount_before(&mut state, end.as_ref());
            standing.push(state);
        }
    }
    while known > wanted {
        if let Some(mut left) = standing.pop() {
            left.unmount();
        }
        known -= 1;
    }
}

impl Standing {
    fn build(written: Written) -> Self {
        let Written { tag, svg, parts, children } = written;
        let element = Rndr::create_element(tag, svg.then_some(SVG));
        let (last, first): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| part.kind == Kind::Property);
        let alive = Alive::now();
        let mut set: Vec<Set> = first.into_iter().map(|part| put(&element, part, alive)).collect();
        let children = children
            .into_iter()
            .map(|child| {
                let mut state = child.build();
                state.mount(&element, None);
                state
            })
            .collect();
        // A select can only be set to one of its choices once they are there.
        set.extend(last.into_iter().map(|part| put(&element, part, alive)));
        Self { tag, element, parts: set, children }
    }

    /// Whether the same element can become what is written.
    fn fits(&self, written: &Written) -> bool {
        let same = |set: &Set, part: &&Part| set.kind == part.kind && set.name == part.name;
        let in_order = |part: &&Part| part.kind == Kind::Property;
        let (last, first): (Vec<_>, Vec<_>) = written.parts.iter().partition(in_order);
        self.tag == written.tag
            && self.children.len() == written.children.len()
            && self.parts.len() == written.parts.len()
            && self.parts.iter().zip(first.iter().chain(&last)).all(|(set, part)| same(set, part))
    }

    fn update(&mut self, written: Written) {
        let (last, first): (Vec<_>, Vec<_>) =
            written.parts.into_iter().partition(|part| part.kind == Kind::Property);
        let mut parts = first.into_iter().chain(last);
        let (now, later): (Vec<_>, Vec<_>) = (0..self.parts.len())
            .partition(|place| self.parts.get(*place).is_some_and(|set| set.kind != Kind::Property));
        let alive = Alive::now();
        for place in now {
            self.update_part(place, parts.next(), alive);
        }
        for (state, child) in self.children.iter_mut().zip(written.children) {
            child.rebuild(state);
        }
        for place in later {
            self.update_part(place, parts.next(), alive);
        }
    }

    fn update_part(&mut self, place: usize, part: Option<Part>, alive: Alive) {
        let (Some(set), Some(part)) = (self.parts.get_mut(place), part) else { return };
        match (&mut set.how, part.what) {
            (How::Once(before), What::Once(value)) => {
                if *before != value {
                    apply(&self.element, set.kind, &set.name, &value);
                    *before = value;
                }
            }
            // It ends before its successor begins, so that nothing is heard or set twice.
            (how, what) => {
                *how = How::Told;
                *set = put(&self.element, Part { name: set.name.clone(), kind: set.kind, what }, alive);
            }
        }
    }
}

/// Sets a part on an element.
fn put(element: &Element, part: Part, alive: Alive) -> Set {
    let Part { name, kind, what } = part;
    let how = match what {
        What::Once(value) => {
            if value != Value::Unset {
                apply(element, kind, &name, &value);
            }
            How::Once(value)
        }
        What::Followed(work) => {
            How::Followed(keep_set(element.clone(), kind, name.clone(), work.take(), alive))
        }
        What::Event(heard) => How::Heard(hear(element, &name, heard.take(), alive)),
        What::Node(told) => {
            told.take()(element);
            How::Told
        }
    };
    Set { name, kind, how }
}

fn keep_set(
    element: Element,
    kind: Kind,
    name: Cow<'static, str>,
    work: Box<dyn Fn() -> Value>,
    alive: Alive,
) -> RenderEffect<Value> {
    RenderEffect::new(move |before: Option<Value>| {
        if !alive.still() {
            return before.unwrap_or(Value::Unset);
        }
        let value = work();
        let is_news = match &before {
            Some(before) => *before != value,
            None => value != Value::Unset,
        };
        if is_news {
            apply(&element, kind, &name, &value);
        }
        value
    })
}

/// Handlers run as what they were made by: what they make lives as long.
fn hear(
    element: &Element,
    name: &str,
    mut heard: Box<dyn FnMut(JsValue)>,
    alive: Alive,
) -> RemoveEventHandler<Element> {
    let owner = Owner::current().unwrap_or_default();
    let hear = move |event| {
        if alive.still() {
            owner.with(|| heard(event));
        }
    };
    Rndr::add_event_listener(element, name, Box::new(hear))
}

fn apply(element: &Element, kind: Kind, name: &str, value: &Value) {
    match (kind, value) {
        (Kind::Attribute, Value::Text(text)) => Rndr::set_attribute(element, name, text),
        (Kind::Attribute, Value::Is(true)) => Rndr::set_attribute(element, name, ""),
        (Kind::Attribute, _) => Rndr::remove_attribute(element, name),
        (Kind::Class, value) => {
            let on = !matches!(value, Value::Is(false) | Value::Unset);
            // It fails only for a name with white space in it, which the code would have to hold.
            let _ = element.class_list().toggle_with_force(name, on);
        }
        (Kind::Style, value) => {
            let style = element.unchecked_ref::<HtmlElement>().style();
            let _ = match value {
                Value::Text(text) => style.set_property(name, text),
                _ => style.remove_property(name).map(drop),
            };
        }
        (Kind::Property, Value::Text(text)) if name == DRAWING => draw(element, text),
        (Kind::Property, value) => {
            let value = match value {
                Value::Text(text) => JsValue::from_str(text),
                Value::Is(on) => JsValue::from_bool(*on),
                Value::Unset => JsValue::UNDEFINED,
            };
            Rndr::set_property_or_value(element, name, &value);
        }
        (Kind::Event | Kind::Node, _) => {}
    }
}

impl Mountable for DomState {
    fn unmount(&mut self) {
        match self {
            Self::Nothing(place) => Rndr::remove(place.as_ref()),
            Self::Text(node, _) => Rndr::remove(node.as_ref()),
            Self::Element(standing) => Rndr::remove(standing.element.as_ref()),
            Self::Many(all, end) => {
                for state in all {
                    state.unmount();
                }
                Rndr::remove(end.as_ref());
            }
            Self::Followed(effect) => effect.unmount(),
            Self::Other(state) => state.unmount(),
        }
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        match self {
            Self::Nothing(place) => Rndr::insert_node(parent, place.as_ref(), marker),
            Self::Text(node, _) => Rndr::insert_node(parent, node.as_ref(), marker),
            Self::Element(standing) => Rndr::insert_node(parent, standing.element.as_ref(), marker),
            Self::Many(all, end) => {
                for state in all {
                    state.mount(parent, marker);
                }
                Rndr::insert_node(parent, end.as_ref(), marker);
            }
            Self::Followed(effect) => effect.mount(parent, marker),
            Self::Other(state) => state.mount(parent, marker),
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        match self {
            Self::Nothing(place) => before(place.as_ref(), child),
            Self::Text(node, _) => before(node.as_ref(), child),
            Self::Element(standing) => before(standing.element.as_ref(), child),
            Self::Many(all, end) => match all.first() {
                Some(first) => first.insert_before_this(child),
                None => before(end.as_ref(), child),
            },
            Self::Followed(effect) => effect.insert_before_this(child),
            Self::Other(state) => state.insert_before_this(child),
        }
    }

    fn elements(&self) -> Vec<Element> {
        match self {
            Self::Nothing(_) | Self::Text(..) => Vec::new(),
            Self::Element(standing) => vec![standing.element.clone()],
            Self::Many(all, _) => all.iter().flat_map(Mountable::elements).collect(),
            Self::Followed(effect) => effect.elements(),
            Self::Other(state) => state.elements(),
        }
    }
}

/// Puts `child` before a node that stands in the page.
fn before(node: &Node, child: &mut dyn Mountable) -> bool {
    let parent = Rndr::get_parent(node).and_then(|parent| parent.dyn_into::<Element>().ok());
    // A shadow root or a fragment is a parent too, though no element: it takes nodes the same way.
    let parent = parent.or_else(|| Rndr::get_parent(node).map(JsCast::unchecked_into));
    let Some(parent) = parent else { return false };
    child.mount(&parent, Some(node));
    true
}

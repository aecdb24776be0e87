//! Drawings written as text, put into the page element by element. Setting markup is refused by pages that ask for
//! Trusted Types, and inside somebody else's page that is theirs to ask.
//!
//! Reads just what the drawings of this crate are written in: elements without content, `<name attribute="value"/>`.

use leptos::tachys::renderer::Rndr;
use web_sys::Element;

/// The namespace of SVG.
pub(super) const SVG: &str = "http://www.w3.org/2000/svg";

/// Puts the drawing in the place of what stands in `element`.
pub(super) fn draw(element: &Element, drawing: &str) {
    element.set_text_content(None);
    for (name, attributes) in shapes(drawing) {
        let shape = Rndr::create_element(name, Some(SVG));
        for (name, value) in attributes_of(attributes) {
            Rndr::set_attribute(&shape, name, value);
        }
        Rndr::insert_node(element, &shape, None);
    }
}

/// The name of each element, and what stands behind it.
fn shapes(drawing: &str) -> impl Iterator<Item = (&str, &str)> {
    drawing.split('<').filter_map(|tag| tag.trim_end_matches("/>").split_once(' '))
}

fn attributes_of(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut pieces = text.split('"');
    std::iter::from_fn(move || {
        let name = pieces.next()?.trim().strip_suffix('=')?;
        Some((name, pieces.next()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_is_read_into_its_shapes() {
        let drawing = r#"<circle cx="10" cy="7" r="3.2"/><path d="M3 1 2-4" stroke-dasharray="2.4 2"/>"#;
        let read: Vec<(&str, Vec<(&str, &str)>)> =
            shapes(drawing).map(|(name, rest)| (name, attributes_of(rest).collect())).collect();
        assert_eq!(
            read,
            [
                ("circle", vec![("cx", "10"), ("cy", "7"), ("r", "3.2")]),
                ("path", vec![("d", "M3 1 2-4"), ("stroke-dasharray", "2.4 2")])
            ]
        );
    }
}

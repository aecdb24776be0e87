//! One element, component or other child of a view, as tokens.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use rstml::node::{KeyedAttribute, Node, NodeAttribute, NodeElement, NodeName};
use rstml::{Infallible, node::NodeBlock};
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, Ident, Lit};

/// Elements that live in the namespace of SVG.
const SVG: [&str; 8] = ["svg", "path", "circle", "rect", "line", "g", "polyline", "ellipse"];

/// An expression that makes the element a `Dom`.
pub(crate) fn element(node: &NodeElement<Infallible>) -> TokenStream {
    if is_component(node.name()) {
        return component(node);
    }
    let tag = node.name().to_string();
    let make = if SVG.contains(&tag.as_str()) { quote!(svg) } else { quote!(new) };
    let attributes = node.attributes().iter().map(attribute);
    let children = children(&node.children);
    quote! {{
        let mut dom = ::bandeja_ui::dom::El::#make(#tag);
        #(#attributes)*
        #children
        dom.into_dom()
    }}
}

/// Statements that add children to the `dom` in scope.
pub(crate) fn children(nodes: &[Node]) -> TokenStream {
    nodes.iter().map(child).collect()
}

fn child(node: &Node) -> TokenStream {
    match node {
        Node::Element(element) if is_component(element.name()) => {
            let component = component(element);
            quote! { dom.child(#component); }
        }
        Node::Element(inner) => {
            let inner = element(inner);
            quote! { dom.child(#inner); }
        }
        Node::Text(text) => {
            let text = text.value_string();
            quote! { dom.text(#text); }
        }
        Node::RawText(text) => {
            let text = text.to_string_best();
            quote! { dom.text(#text); }
        }
        Node::Block(NodeBlock::ValidBlock(block)) => match block.stmts.as_slice() {
            [syn::Stmt::Expr(expr, None)] => child_of(expr),
            _ => child_of(&syn::parse_quote!(#block)),
        },
        Node::Fragment(fragment) => children(&fragment.children),
        Node::Comment(_) | Node::Doctype(_) => TokenStream::new(),
        other => quote_spanned! {other.span()=> ::core::compile_error!("not a child of a view"); },
    }
}

fn child_of(expr: &Expr) -> TokenStream {
    quote_spanned! {expr.span()=>
        dom.child({
            #[allow(unused_imports, reason = "which of the two is used depends on the expression")]
            use ::bandeja_ui::dom::{Followed as _, Plain as _};
            (&mut &mut ::bandeja_ui::dom::Child::of(#expr)).into_dom()
        });
    }
}

/// Components are Leptos' own business; what stands inside them is ours again.
fn component(node: &NodeElement<Infallible>) -> TokenStream {
    let (name, generics, attributes) = (&node.open_tag.name, &node.open_tag.generics, node.attributes());
    let inside = &node.children;
    let written = if inside.is_empty() {
        quote! { ::leptos::prelude::view! { <#name #generics #(#attributes)*/> } }
    } else {
        quote! {
            ::leptos::prelude::view! {
                <#name #generics #(#attributes)*>{::bandeja_ui::view! { #(#inside)* }}</#name>
            }
        }
    };
    quote! { ::bandeja_ui::dom::Dom::of(#written) }
}

fn is_component(name: &NodeName) -> bool {
    let last = match name {
        NodeName::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => None,
    };
    last.is_some_and(|last| last.chars().next().is_some_and(char::is_uppercase))
}

fn attribute(attribute: &NodeAttribute) -> TokenStream {
    match attribute {
        NodeAttribute::Attribute(keyed) => keyed_attribute(keyed),
        NodeAttribute::Block(block) => {
            quote_spanned! {block.span()=> ::core::compile_error!("attributes cannot be spread"); }
        }
    }
}

fn keyed_attribute(keyed: &KeyedAttribute) -> TokenStream {
    let name = keyed.key.to_string();
    let value = keyed.value().map_or_else(|| quote!(true), |value| quote!(#value));
    let span = keyed.key.span();
    if let Some(event) = name.strip_prefix("on:") {
        // Leptos has no name for this one.
        if event == "cancel" {
            let custom = quote!(::leptos::ev::Custom::<::leptos::ev::Event>::new("cancel"));
            return quote_spanned! {span=> dom.on(#custom, #value); };
        }
        let event = Ident::new(event, span);
        return quote_spanned! {span=> dom.on(::leptos::ev::#event, #value); };
    }
    if let Some(class) = name.strip_prefix("class:") {
        return quote_spanned! {span=> dom.class(#class, #value); };
    }
    if let Some(property) = name.strip_prefix("style:") {
        return quote_spanned! {span=> dom.style(#property, #value); };
    }
    if let Some(property) = name.strip_prefix("prop:") {
        return quote_spanned! {span=> dom.prop(#property, #value); };
    }
    match (name.as_str(), keyed.value()) {
        ("inner_html", _) => {
            quote_spanned! {span=> ::core::compile_error!("markup is not set; drawings are, by prop:drawing"); }
        }
        ("node_ref", _) => quote_spanned! {span=> dom.node_ref(#value); },
        ("style", Some(Expr::Tuple(pair))) if pair.elems.len() == 2 => {
            let (property, value) = (pair.elems.first(), pair.elems.last());
            quote_spanned! {span=> dom.style(#property, #value); }
        }
        (_, Some(Expr::Lit(ExprLit { lit: Lit::Str(text), .. }))) => quote! { dom.set(#name, #text); },
        _ => quote_spanned! {span=> dom.attr(#name, #value); },
    }
}

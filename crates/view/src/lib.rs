//! `view!`: the syntax of Leptos' macro of that name, compiled to a few bytes an element.
//!
//! Leptos' own macro gives every element a type of its own and every attribute an erased box with a table of
//! a dozen functions; in a large app that is more than half of what a browser downloads. This one writes down
//! what is to be built as plain data (`bandeja_ui::dom`), which one function builds. Components are left to
//! Leptos' macro. Knows syntax only: what an attribute or a child may be, the traits of `dom` say.

mod element;

use proc_macro::TokenStream;
use quote::quote;
use rstml::node::Node;

/// A view, of type `bandeja_ui::dom::Dom`.
///
/// Elements take attributes (`role="grid"`, `title=move || …`), `class:name=…`, `style:left=…`, `prop:value=…`,
/// `on:click=…` and `node_ref=…`; children are elements, components, text in quotes and expressions in braces.
/// Values may be closures and are then followed. Spreading (`{..}`) and `inner_html` do not exist here.
#[proc_macro]
pub fn view(tokens: TokenStream) -> TokenStream {
    let nodes = match rstml::parse2(tokens.into()) {
        Ok(nodes) => nodes,
        Err(error) => return error.into_compile_error().into(),
    };
    match nodes.as_slice() {
        [Node::Element(one)] => element::element(one),
        all => {
            let fill = element::children(all);
            quote! {{
                let mut dom = ::bandeja_ui::dom::Children::new();
                #fill
                dom.into_dom()
            }}
        }
    }
    .into()
}

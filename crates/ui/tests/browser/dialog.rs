//! Where the focus goes when a dialog opens, closes, or is taken away.

use bandeja_ui::view;
use bandeja_ui::{Button, Dialog, TextField};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, focused_text, settle};

fn closing(open: RwSignal<bool>, keep: bool, wrong: bool) -> AnyView {
    let error = move || wrong.then(|| "Falta la descripción.".to_owned());
    view! {
        <button class="opener" on:click=move |_| open.set(true)>"Abrir"</button>
        <Dialog
            open
            on_close=move |()| open.set(false)
            title="Cerrar conversación"
            close_label="Volver"
            keep
            footer=move || view! { <Button submit=true>"Cerrar conversación"</Button> }
        >
            <TextField label="Categoría" value="" on_input=|_| {}/>
            <TextField label="Descripción" value="" on_input=|_| {} error/>
        </Dialog>
    }
    .into_any()
}

#[wasm_bindgen_test]
async fn a_dialog_takes_the_focus_into_its_first_field_and_gives_it_back() {
    let open = RwSignal::new(false);
    let page = Page::show(move || closing(open, false, false)).await;
    page.find(".opener").focus().unwrap();
    page.find(".opener").click();
    settle().await;
    assert!(page.find("dialog").has_attribute("open"));
    assert_eq!(document().active_element().unwrap(), page.find("dialog input").into());
    open.set(false);
    settle().await;
    assert!(!page.find("dialog").has_attribute("open"));
    assert_eq!(page.count("dialog form"), 0);
    assert_eq!(focused_text(), "Abrir");
}

#[wasm_bindgen_test]
async fn a_wrong_field_gets_the_focus_and_is_described_by_its_sentence() {
    let open = RwSignal::new(true);
    let page = Page::show(move || closing(open, false, true)).await;
    let field = page.find("[aria-invalid='true']");
    assert_eq!(document().active_element().unwrap(), field.clone().into());
    let line = page.find(&format!("#{}", field.get_attribute("aria-describedby").unwrap()));
    assert!(line.text_content().unwrap().contains("Falta la descripción."));
}

#[wasm_bindgen_test]
async fn a_dialog_that_its_owner_keeps_open_stays_when_the_browser_closes_it_without_asking() {
    let asked = RwSignal::new(0);
    let page = Page::show(move || {
        view! {
            <Dialog
                open=Signal::stored(true)
                on_close=move |()| asked.update(|asked| *asked += 1)
                title="Cierre"
                close_label="Cancelar"
            >
                <TextField label="Aviso" value="" on_input=|_| {}/>
            </Dialog>
        }
        .into_any()
    })
    .await;
    let dialog: web_sys::HtmlDialogElement = page.find("dialog").unchecked_into();
    dialog.close();
    settle().await;
    assert!(dialog.open());
    assert_eq!((asked.get_untracked(), page.count("dialog form")), (1, 1));
}

#[wasm_bindgen_test]
async fn removing_an_open_dialog_leaves_nothing_in_the_top_layer() {
    let open = RwSignal::new(true);
    let page = Page::show(move || closing(open, false, false)).await;
    assert!(document().query_selector(":modal").unwrap().is_some());
    drop(page);
    settle().await;
    assert!(document().query_selector(":modal").unwrap().is_none());
}

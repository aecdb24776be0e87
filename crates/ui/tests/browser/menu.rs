//! Menus and pickers by keyboard.

use bandeja_ui::view;
use bandeja_ui::{IconName, Menu, MenuItem, Picker, PickerItem};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, focused_text, settle};

fn actions(chosen: RwSignal<String>) -> AnyView {
    view! {
        <Menu label="Más acciones" icon=IconName::More>
            <MenuItem label="Posponer" on_choose=move |()| chosen.set("snooze".to_owned())/>
            <MenuItem
                label="Archivar"
                disabled=|| Some("No está en tu plan.".to_owned())
                on_choose=move |()| chosen.set("archive".to_owned())
            />
            <MenuItem label="Cancelar" destructive=true on_choose=move |()| chosen.set("cancel".to_owned())/>
        </Menu>
    }
    .into_any()
}

#[wasm_bindgen_test]
async fn arrows_and_letters_walk_a_menu_and_choosing_closes_it() {
    let chosen = RwSignal::new(String::new());
    let page = Page::show(move || actions(chosen)).await;
    assert_eq!(page.count("button svg > circle"), 3);
    page.find("button").click();
    settle().await;
    assert!(page.find("[role='menu']").matches(":popover-open").unwrap());
    assert_eq!(focused_text(), "Posponer");
    page.press("End").await;
    assert_eq!(focused_text(), "Cancelar");
    page.press("ArrowDown").await;
    assert_eq!(focused_text(), "Posponer");
    page.press("c").await;
    assert_eq!(focused_text(), "Cancelar");
    page.find(".item.danger").click();
    settle().await;
    assert_eq!(chosen.get_untracked(), "cancel");
    assert_eq!(page.count(".item"), 0);
    assert_eq!(document().active_element().unwrap(), page.find("button").into());
}

#[wasm_bindgen_test]
async fn a_disabled_item_says_why_and_does_nothing() {
    let chosen = RwSignal::new(String::new());
    let page = Page::show(move || actions(chosen)).await;
    page.find("button").click();
    settle().await;
    let item = page.find("[role='menuitem'][aria-disabled='true']");
    assert!(item.text_content().unwrap().contains("No está en tu plan."));
    item.click();
    settle().await;
    assert_eq!(chosen.get_untracked(), "");
}

#[wasm_bindgen_test]
async fn escape_closes_a_menu_and_gives_the_focus_to_its_button() {
    let page = Page::show(|| actions(RwSignal::new(String::new()))).await;
    page.find("button").click();
    settle().await;
    page.press("Escape").await;
    assert_eq!(page.count(".item"), 0);
    assert_eq!(document().active_element().unwrap(), page.find("button").into());
}

#[wasm_bindgen_test]
async fn a_picker_filters_without_accents_and_enter_picks() {
    let picked = RwSignal::new(String::new());
    let people = vec![PickerItem::new("1", "Diego Salas"), PickerItem::new("2", "Valeria Núñez")];
    let page = Page::show(move || {
        let items = people.clone();
        view! {
            <Picker
                label="Responsable"
                items=move || items.clone()
                none_text="Nadie coincide"
                on_choose=move |id| picked.set(id)
            />
        }
        .into_any()
    })
    .await;
    page.find("button").click();
    settle().await;
    let field: web_sys::HtmlInputElement = wasm_bindgen::JsCast::unchecked_into(page.find("input"));
    assert_eq!(document().active_element().unwrap(), field.clone().into());
    field.set_value("nunez");
    let event = web_sys::InputEvent::new("input").unwrap();
    field.dispatch_event(&event).unwrap();
    settle().await;
    assert_eq!(page.count("[role='option']"), 1);
    page.press("Enter").await;
    assert_eq!(picked.get_untracked(), "2");
}

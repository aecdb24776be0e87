//! A slider as people move it: what it says, where its thumb stands, what it answers.

use bandeja_ui::view;
use bandeja_ui::{Share, Shares, Slider, Step};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, settle};

fn steps() -> Vec<Step> {
    vec![
        Step::new("1 hora").named("1 h"),
        Step::new("6 horas"),
        Step::new("1 día").named("1 día"),
        Step::new("Apagada").named("Apagada").after_gap(3),
    ]
}

fn slider(value: RwSignal<usize>) -> AnyView {
    view! {
        <Slider label="Ventana" steps=Signal::stored(steps()) value on_input=move |place| value.set(place)/>
    }
    .into_any()
}

/// Moves the thumb as the browser does for a key: by units, and then it tells.
async fn step_by(page: &Page, units: i32) {
    let input: web_sys::HtmlInputElement = page.find("input[type='range']").unchecked_into();
    let raw: i32 = input.value().parse().unwrap();
    input.set_value(&(raw + units).to_string());
    input.dispatch_event(&web_sys::Event::new("input").unwrap()).unwrap();
    settle().await;
}

#[wasm_bindgen_test]
async fn each_key_moves_the_slider_by_a_step_and_it_says_its_value_in_words() {
    let value = RwSignal::new(0);
    let page = Page::show(move || slider(value)).await;
    let input = page.find("input[type='range']");
    assert_eq!(input.get_attribute("aria-valuetext").unwrap(), "1 hora");
    step_by(&page, 1).await;
    assert_eq!(
        (value.get_untracked(), input.get_attribute("aria-valuetext").unwrap()),
        (1, "6 horas".into())
    );
    step_by(&page, 1).await;
    step_by(&page, 1).await;
    assert_eq!(input.get_attribute("aria-valuetext").unwrap(), "Apagada");
    step_by(&page, -1).await;
    assert_eq!(value.get_untracked(), 2);
    step_by(&page, 99).await;
    assert_eq!(value.get_untracked(), 3);
}

#[wasm_bindgen_test]
async fn a_name_under_the_track_leads_to_its_step_and_the_fill_ends_at_the_thumb() {
    let value = RwSignal::new(0);
    let page = Page::show(move || slider(value)).await;
    assert_eq!(page.count(".scale button"), 3);
    page.find(".scale button:nth-child(2)").click();
    settle().await;
    assert_eq!(value.get_untracked(), 2);
    assert_eq!(document().active_element().unwrap(), page.find("input[type='range']").into());
    assert_eq!(page.find(".track .fill").style().get_property_value("width").unwrap(), "40%");
}

#[wasm_bindgen_test]
async fn a_value_set_from_outside_moves_the_thumb_also_when_the_steps_change_with_it() {
    let (value, list) = (RwSignal::new(0), RwSignal::new(steps()));
    let page =
        Page::show(move || view! { <Slider label="Ventana" steps=list value on_input=|_| {}/> }.into_any())
            .await;
    list.update(|steps| steps.insert(3, Step::new("5 días")));
    value.set(4);
    settle().await;
    let input: web_sys::HtmlInputElement = page.find("input[type='range']").unchecked_into();
    assert_eq!((input.value(), input.max()), ("6".to_owned(), "6".to_owned()));
    assert_eq!(input.get_attribute("aria-valuetext").unwrap(), "Apagada");
}

#[wasm_bindgen_test]
async fn shares_are_told_in_words_beside_their_bar() {
    let share =
        |count, label: &str| Share { count, number: count.to_string(), label: label.into(), class: "" };
    let page = Page::show(move || {
        let shares = Signal::stored(vec![share(3, "el mismo agente"), share(1, "el bot")]);
        view! { <Shares label="Con 24 horas" shares/> }.into_any()
    })
    .await;
    assert_eq!(page.find("ul").get_attribute("aria-label").unwrap(), "Con 24 horas");
    assert_eq!(page.find("li").text_content().unwrap(), "3 el mismo agente");
    assert_eq!(page.find(".meter i").style().get_property_value("width").unwrap(), "75%");
}

//! One of many: tabs and instances of one origin agree who leads, and the one that leads tells the others.
//!
//! Who leads is a lock of the browser, which passes on by itself when its holder goes, in whatever way. Knows nothing of
//! what is told.

use super::page::{Listener, listen};
use js_sys::{Array, Function, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{BroadcastChannel, MessageEvent};

#[wasm_bindgen]
extern "C" {
    /// `navigator.locks`, where the browser has them.
    type Locks;

    #[wasm_bindgen(method, catch)]
    fn request(this: &Locks, name: &str, granted: &JsValue) -> Result<Promise, JsValue>;
}

/// A place among those who share. Dropping it leaves them; if it led, the next one does.
pub(crate) struct Share {
    channel: BroadcastChannel,
    /// Settled once it leads.
    turn: Promise,
    release: Function,
    _hearing: Listener,
}

impl Share {
    /// Joins those who share `name`; `hear` gets what others say. `None` in a browser that lacks what it takes.
    pub(crate) fn join(name: &str, hear: impl Fn(&str) + 'static) -> Option<Self> {
        let locks = Reflect::get(&window().navigator(), &JsValue::from_str("locks")).ok();
        let locks: Locks = locks.filter(JsValue::is_object)?.unchecked_into();
        let channel = BroadcastChannel::new(name).ok()?;
        let hearing = listen(&channel, "message", move |event| {
            let said = event.unchecked_into::<MessageEvent>().data().as_string();
            hear(&said.unwrap_or_default());
        });
        let (leads, lead) = promise()?;
        let (held, release) = promise()?;
        let granted = Closure::once_into_js(move || {
            // A function that settles a promise does not fail.
            let _ = lead.call0(&JsValue::NULL);
            held
        });
        let over = locks.request(name, &granted).ok()?;
        // A refusal leaves everybody to lead for themselves.
        let turn = Promise::race(&Array::of2(&leads, &over));
        Some(Self { channel, turn, release, _hearing: hearing })
    }

    /// Waits until it leads.
    pub(crate) async fn turn(&self) {
        // Refused or granted comes to the same: nobody else will.
        let _ = JsFuture::from(self.turn.clone()).await;
    }

    /// Says something to all the others.
    pub(crate) fn say(&self, text: &str) {
        // Fails on a closed channel only, and this one is open as long as it is there.
        let _ = self.channel.post_message(&JsValue::from_str(text));
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let _ = self.release.call0(&JsValue::NULL);
        self.channel.close();
    }
}

/// A promise and what settles it.
fn promise() -> Option<(Promise, Function)> {
    let mut settle = None;
    let promise = Promise::new(&mut |resolve, _| settle = Some(resolve));
    Some((promise, settle?))
}

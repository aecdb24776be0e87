//! The engine of a connector in a Web Worker: requests and mapping beside the page's thread, in a program of its own.
//!
//! The page starts the worker, sends what to run and the calls of the app as messages, and ends it when it gives no
//! sign of life; `public/connect.js` is that side. Owns the browser's doors of an engine. Knows no page.

#[cfg(target_arch = "wasm32")]
mod browser;

fn main() {
    #[cfg(target_arch = "wasm32")]
    browser::start();
}

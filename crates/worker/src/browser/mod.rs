//! The worker's scope: messages of the page to the engine and back.

mod clock;
mod door;
mod scope;
mod zones;

use bandeja_connector::remote::{FromEngine, Say, Start, Station, ToEngine};
use clock::WorkerClock;
use door::FetchDoor;
use scope::{listen, post};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use zones::BrowserZones;

/// Listens to the page from now on. Each message, either way, is JSON text.
pub(crate) fn start() {
    let station: RefCell<Option<(Station, Rc<FetchDoor>)>> = RefCell::new(None);
    listen(move |text| {
        let Ok(message) = serde_json::from_str(&text) else { return };
        match message {
            ToEngine::Start(start) => *station.borrow_mut() = begin(start),
            message => {
                let station = station.borrow();
                let Some((station, door)) = station.as_ref() else { return };
                if let ToEngine::Call(call) = &message {
                    door.take_cookies(call.cookies.as_deref());
                }
                if let Some(work) = station.heard(message) {
                    spawn_local(work);
                }
            }
        }
    });
}

/// `None` where the file cannot be run, which the page was told.
fn begin(start: Start) -> Option<(Station, Rc<FetchDoor>)> {
    let say: Say = Rc::new(|message: FromEngine| {
        if let Ok(text) = serde_json::to_string(&message) {
            post(&text);
        }
    });
    let door = Rc::new(FetchDoor::default());
    let clock = Rc::new(WorkerClock);
    let zones = Rc::new(BrowserZones::default());
    let station = Station::start(start, Rc::<FetchDoor>::clone(&door), clock, zones, say).ok()?;
    spawn_local(station.run());
    Some((station, door))
}

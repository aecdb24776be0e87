//! Which caller has which engine: one for each signed-in browser, one for each bearer token, or one for all.

use super::room::Room;
use super::settings::Settings;
use super::shelves::{Shelves, Whose};
use crate::secret;
use bandeja_connector::remote::Start;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Engines at most: each is a process.
const MOST: usize = 256;

/// Whose engine it is. Tokens are kept as hashes.
#[derive(Clone, Debug, Hash, PartialEq, Eq)]
pub(super) enum Guest {
    /// A browser that signed in, by its cookie.
    Cookie(String),
    /// Whoever sends this bearer token.
    Bearer(String),
    /// Everybody.
    All,
}

impl Guest {
    /// The holder of this cookie.
    pub(super) fn of_cookie(value: &str) -> Self {
        Self::Cookie(secret::hash(value))
    }

    /// Whoever sends this token.
    pub(super) fn of_bearer(token: &str) -> Self {
        Self::Bearer(secret::hash(token))
    }
}

/// Why nobody can be let in.
#[derive(Debug)]
pub(super) enum NoRoom {
    /// There are as many engines as there may be.
    Full,
    /// The system refused a process.
    System(std::io::Error),
}

/// An engine with what its calls must prove.
#[derive(Clone)]
pub(super) struct Seat {
    pub(super) room: Arc<Room>,
    /// To be sent back by changing calls; absent for bearer tokens.
    pub(super) csrf: Option<String>,
}

/// All engines.
pub(super) struct Guests {
    settings: Settings,
    seats: Mutex<HashMap<Guest, Seat>>,
    shelves: Shelves,
    /// What changing calls prove where all share one engine; the same after it was started anew.
    csrf: String,
}

impl Guests {
    pub(super) fn new(settings: Settings, csrf: String) -> Self {
        Self { settings, seats: Mutex::default(), shelves: Shelves::default(), csrf }
    }

    fn seats(&self) -> MutexGuard<'_, HashMap<Guest, Seat>> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The engine of somebody who was here before, if it still runs.
    pub(super) fn seated(&self, guest: &Guest) -> Option<Seat> {
        self.seats().get(guest).filter(|seat| seat.room.runs()).cloned()
    }

    /// The engine that all share; started if it does not run.
    pub(super) fn shared(&self) -> Result<Seat, NoRoom> {
        self.found_or_started(Guest::All, None, Some(self.csrf.clone()))
    }

    /// The engine of a bearer token; started if it does not run.
    pub(super) fn bearer(&self, guest: Guest, token: &str) -> Result<Seat, NoRoom> {
        self.found_or_started(guest, Some(token), None)
    }

    fn found_or_started(
        &self,
        guest: Guest,
        token: Option<&str>,
        csrf: Option<String>,
    ) -> Result<Seat, NoRoom> {
        let mut seats = self.seats();
        if let Some(seat) = seats.get(&guest).filter(|seat| seat.room.runs()) {
            return Ok(seat.clone());
        }
        seats.remove(&guest);
        let seat = Seat { room: self.start(seats.len(), token, Some(guest.clone()))?, csrf };
        seats.insert(guest, seat.clone());
        Ok(seat)
    }

    /// An engine of nobody yet, for signing in.
    pub(super) fn newcomer(&self) -> Result<Arc<Room>, NoRoom> {
        let count = self.seats().len();
        self.start(count, None, None)
    }

    fn start(&self, count: usize, token: Option<&str>, guest: Option<Guest>) -> Result<Arc<Room>, NoRoom> {
        if count >= MOST {
            return Err(NoRoom::Full);
        }
        let connector = &self.settings.connector;
        let mut secrets: BTreeMap<_, _> = connector.secrets.clone();
        if let (Some(token), Some(name)) = (token, &self.settings.bearer_secret) {
            secrets.insert(name.clone(), token.to_owned());
        }
        // Who a newcomer is will be known once they signed in.
        let (board, storage) = guest.map(|guest| self.shelves.of(Whose::Guest(guest))).unwrap_or_default();
        let start = Start {
            name: connector.name.clone(),
            text: connector.text.clone(),
            settings: connector.settings.clone(),
            secrets,
            storage,
            renews: false,
        };
        Room::start(&self.settings, start, board).map_err(NoRoom::System)
    }

    /// Keeps the engine of somebody who signed in, and hands it what an earlier one of theirs left.
    pub(super) fn keep(&self, guest: Guest, seat: Seat, whose: Whose) {
        let (board, texts) = self.shelves.of(whose);
        seat.room.move_to(board, texts);
        self.seats().insert(guest, seat);
    }

    /// Ends an engine.
    pub(super) fn end(&self, guest: &Guest) {
        let seat = self.seats().remove(guest);
        if let Some(seat) = seat {
            seat.room.end();
        }
    }

    /// Gives an engine up: it ends once its answers are passed on.
    pub(super) fn give_up(&self, guest: &Guest) {
        let seat = self.seats().remove(guest);
        if let Some(seat) = seat {
            seat.room.end_streams();
        }
    }

    /// Ends those that nobody calls, and forgets those that ended by themselves.
    pub(super) fn tidy(&self) {
        let idle = self.settings.idle;
        self.seats().retain(|_, seat| seat.room.runs() && seat.room.idle() < idle);
        self.shelves.tidy();
    }

    /// Ends every event stream.
    pub(super) fn end_streams(&self) {
        for seat in self.seats().values() {
            seat.room.end_streams();
        }
    }

    /// Ends all.
    pub(super) fn end_all(&self) {
        for (_, seat) in self.seats().drain() {
            seat.room.end();
        }
    }
}

//! Names and choices: loaded after signing in, and again where somebody changes them.

use super::Desk;
use super::core::{Core, put};
use bandeja_client::ClientError;
use leptos::prelude::*;
use std::rc::Rc;
use std::sync::Arc;

/// Between two attempts to load them, in milliseconds.
const AGAIN_MS: u32 = 3_000;

impl Core {
    /// Loads them, however often it takes. A newer call takes over from this one.
    pub(super) fn load_lookups(self: &Rc<Self>) {
        let (core, era) = (self.clone(), self.era.get());
        let turn = self.lookups_turn.get().wrapping_add(1);
        self.lookups_turn.set(turn);
        self.spawn(Box::pin(async move {
            loop {
                let lookups = core.told(core.api.lookups().await);
                if core.era.get() != era || core.lookups_turn.get() != turn || !core.is_signed_in() {
                    return;
                }
                match lookups {
                    Ok(lookups) => {
                        put(&core.signals.lookups_failed, None);
                        return core.signals.lookups.set(Arc::new(lookups));
                    }
                    Err(error) => {
                        let is_offline = error == ClientError::Offline;
                        put(&core.signals.lookups_failed, Some(error));
                        // When the network is back, that starts it again.
                        if is_offline {
                            return;
                        }
                    }
                }
                core.doors.clock.sleep(AGAIN_MS).await;
            }
        }));
    }

    pub(super) fn forget_lookups(&self) {
        put(&self.signals.lookups_failed, None);
        self.signals.lookups.set(Arc::default());
    }
}

impl Desk {
    /// Asks for names and choices again: after a failure, or after somebody changed one here. What is there
    /// stays until the answer has come.
    pub fn reload_lookups(&self) {
        put(&self.core.signals.lookups_failed, None);
        self.core.load_lookups();
    }
}

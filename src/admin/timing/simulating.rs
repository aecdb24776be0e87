//! The simulator: what the values on screen would do, asked for while they change (P29).

use super::setting::Setting;
use bandeja_client::ClientError;
use bandeja_contract::Simulation;
use bandeja_model::timing::Timing;
use bandeja_ui::watch;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How long after the last move it is asked, in milliseconds: a slider passes many values on its way.
const CALM_MS: u32 = 150;

/// What is known of the values' effect. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Simulator {
    /// The newest numbers; they stay while newer ones are under way.
    pub(super) shown: RwSignal<Option<Simulation>>,
    /// The numbers shown are not those of the values on screen.
    pub(super) is_old: RwSignal<bool>,
    /// The newest question had no answer.
    pub(super) failed: RwSignal<Option<ClientError>>,
    /// What is on screen; nothing while it cannot be saved.
    asked: Memo<Option<Timing>>,
    again: RwSignal<u32>,
}

impl Simulator {
    /// Follows `asked` while the dialog is open.
    pub(super) fn follow(setting: Setting, asked: Memo<Option<Timing>>) -> Self {
        let simulator = Self {
            shown: RwSignal::new(None),
            is_old: RwSignal::new(false),
            failed: RwSignal::new(None),
            asked,
            again: RwSignal::new(0),
        };
        let turn = StoredValue::new(0_u64);
        watch(move || {
            simulator.again.track();
            turn.update_value(|turn| *turn += 1);
            if !setting.open.get() {
                simulator.shown.set(None);
                simulator.failed.set(None);
                return;
            }
            simulator.is_old.set(true);
            if let Some(tried) = asked.get() {
                simulator.ask(setting, tried, turn);
            }
        });
        simulator
    }

    fn ask(self, setting: Setting, tried: Timing, turn: StoredValue<u64>) {
        let (desk, team) = (setting.desk.get_value(), setting.team.with_value(|team| team.id.clone()));
        let mine = turn.get_value();
        let is_first = self.shown.with_untracked(Option::is_none);
        spawn_local(async move {
            let is_newest = || turn.try_get_value() == Some(mine);
            if !is_first {
                desk.pause(CALM_MS).await;
            }
            if !is_newest() {
                return;
            }
            let answer = desk.simulate(&team, &tried).await;
            if !is_newest() {
                return;
            }
            match answer {
                Ok(simulation) => {
                    self.failed.set(None);
                    self.shown.set(Some(simulation));
                    self.is_old.set(false);
                }
                Err(error) => self.failed.set(Some(error)),
            }
        });
    }

    /// Asks once more for the same.
    pub(super) fn retry(self) {
        self.failed.set(None);
        self.again.update(|again| *again += 1);
    }

    /// Whether the values on screen can be asked about at all.
    pub(super) fn can_ask(self) -> bool {
        self.asked.with(Option::is_some)
    }
}

//! The settings of teams and lines: asked for when somebody looks at them, kept nowhere.

use super::Desk;
use bandeja_client::ClientError;
use bandeja_contract::{LineSettings, SaveLine, Simulation};
use bandeja_model::timing::{SavedTiming, Timing};
use bandeja_model::{LineId, TeamId};

impl Desk {
    /// A team's two settings as they are now.
    pub async fn timing(&self, team: &TeamId) -> Result<SavedTiming, ClientError> {
        self.core.told(self.core.api.timing(team).await)
    }

    /// Saves both settings of a team, decided on what was read at `version`.
    pub async fn save_timing(
        &self,
        team: &TeamId,
        timing: &Timing,
        version: u64,
    ) -> Result<SavedTiming, ClientError> {
        self.core.told(self.core.api.save_timing(team, timing, version).await)
    }

    /// What settings of a team would do. It changes nothing.
    pub async fn simulate(&self, team: &TeamId, timing: &Timing) -> Result<Simulation, ClientError> {
        self.core.told(self.core.api.simulate(team, timing).await)
    }

    /// A line's settings as they are now.
    pub async fn line(&self, line: &LineId) -> Result<LineSettings, ClientError> {
        self.core.told(self.core.api.line(line).await)
    }

    /// Saves the settings of a line, decided on what was read at `version`.
    pub async fn save_line(
        &self,
        line: &LineId,
        save: &SaveLine,
        version: u64,
    ) -> Result<LineSettings, ClientError> {
        self.core.told(self.core.api.save_line(line, save, version).await)
    }
}

//! Somebody else who works meanwhile: makes a call ten times a second and notes how long each took.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use anyhow::Result;

/// How often a call is made.
const EVERY: Duration = Duration::from_millis(100);

/// How long calls took, in milliseconds.
#[derive(Debug, Default)]
pub(crate) struct Times(Vec<f64>);

impl Times {
    /// Makes the call until `over`.
    pub(crate) fn measure(over: &AtomicBool, mut call: impl FnMut() -> Result<()>) -> Result<Self> {
        let mut times = Vec::new();
        while !over.load(Ordering::Relaxed) {
            let start = Instant::now();
            call()?;
            let took = start.elapsed();
            times.push(took.as_secs_f64() * 1_000.0);
            std::thread::sleep(EVERY.saturating_sub(took));
        }
        times.sort_by(f64::total_cmp);
        Ok(Self(times))
    }

    /// How many calls there were.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// So many hundredths of the calls took that long at most.
    pub(crate) fn percentile(&self, hundredths: usize) -> f64 {
        let place = (self.0.len() * hundredths).div_ceil(100).saturating_sub(1);
        self.0.get(place).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_one_of_the_times() {
        let times = Times((1..=20).map(f64::from).collect());
        let shown = [50, 95, 100].map(|it| format!("{:.0}", times.percentile(it)));
        assert_eq!(shown, ["10", "19", "20"]);
        assert!(Times::default().percentile(95) < 1.0);
    }
}

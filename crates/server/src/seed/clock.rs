//! Time of day in the demo shop: office hours and nights, in one fixed zone (UTC−6, Mexico City).
//!
//! Every function moves a moment back or leaves it, never forward, so that a thread built backwards
//! from its end stays in order and out of the future.

use super::rng::Rng;

pub(super) const SECOND: i64 = 1_000;
pub(super) const MINUTE: i64 = 60 * SECOND;
pub(super) const HOUR: i64 = 60 * MINUTE;
pub(super) const DAY: i64 = 24 * HOUR;

const ZONE: i64 = -6 * HOUR;
const OPENS: i64 = 9 * HOUR;
const SHUTS: i64 = 19 * HOUR;
/// Before it hardly anybody writes.
const WAKES: i64 = 6 * HOUR + 30 * MINUTE;

/// The local moment as if it were UTC.
pub(super) const fn local(at: i64) -> i64 {
    at + ZONE
}

const fn day(at: i64) -> i64 {
    local(at).div_euclid(DAY)
}

const fn time(at: i64) -> i64 {
    local(at).rem_euclid(DAY)
}

/// From 0, Monday; the first of January 1970 was a Thursday.
const fn weekday_of(day: i64) -> i64 {
    (day + 3).rem_euclid(7)
}

/// From 0, Monday.
pub(super) fn weekday(at: i64) -> usize {
    usize::try_from(weekday_of(day(at))).unwrap_or(0)
}

/// 0 in the morning, 1 in the afternoon, 2 in the evening.
pub(super) const fn part_of_day(at: i64) -> usize {
    match time(at) / HOUR {
        0..12 => 0,
        12..19 => 1,
        _ => 2,
    }
}

/// Monday to Saturday, 9 to 19.
pub(super) const fn is_office(at: i64) -> bool {
    weekday_of(day(at)) < 6 && time(at) >= OPENS && time(at) < SHUTS
}

/// The moment itself, or one late in the office day before it.
pub(super) fn back_to_office(at: i64, rng: &mut Rng) -> i64 {
    if is_office(at) {
        return at;
    }
    let today = if time(at) >= SHUTS { day(at) } else { day(at) - 1 };
    let workday = if weekday_of(today) == 6 { today - 1 } else { today };
    workday * DAY - ZONE + rng.between(SHUTS - 3 * HOUR, SHUTS - MINUTE)
}

/// The moment itself, or one in the evening before it if the office is open.
pub(super) fn back_to_closed_hours(at: i64, rng: &mut Rng) -> i64 {
    if is_office(at) { evening_before(at, rng) } else { back_to_waking(at, rng) }
}

/// The moment itself, or one in the evening before it if people sleep.
pub(super) fn back_to_waking(at: i64, rng: &mut Rng) -> i64 {
    if time(at) < WAKES { evening_before(at, rng) } else { at }
}

fn evening_before(at: i64, rng: &mut Rng) -> i64 {
    (day(at) - 1) * DAY - ZONE + rng.between(SHUTS + 20 * MINUTE, DAY - MINUTE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_only_move_back_and_land_where_they_should() {
        let mut rng = Rng::stream(1, 0, 0);
        for step in 0..2_000 {
            let at = 1_760_000_000_000 + step * 37 * MINUTE;
            let office = back_to_office(at, &mut rng);
            assert!(office <= at && is_office(office) && at - office < 3 * DAY);
            let closed = back_to_closed_hours(at, &mut rng);
            assert!(closed <= at && !is_office(closed));
            assert!(time(back_to_waking(at, &mut rng)) >= WAKES);
        }
    }

    #[test]
    fn weekdays_are_those_of_the_calendar() {
        // 2025-10-09 was a Thursday; 08:53 UTC is still that day in Mexico City.
        assert_eq!(weekday(1_760_000_000_000), 3);
    }
}

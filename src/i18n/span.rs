//! A length of time that somebody sets, in whole units: «7 días», «12 horas», «1 día y 6 horas».
//!
//! Unlike the age of something, which is told in one unit and rounded, it is said exactly.

use super::Locale;
use super::format::plural;
use bandeja_model::timing::{DAY_S, HOUR_S};

/// `seconds` in days, hours and minutes, as far as there are any; seconds left over are not said.
pub fn span(seconds: u32, locale: Locale) -> String {
    let (days, rest) = (seconds / DAY_S, seconds % DAY_S);
    let (hours, minutes) = (rest / HOUR_S, rest % HOUR_S / 60);
    let is_nothing = days == 0 && hours == 0 && minutes == 0;
    let words = match locale {
        Locale::Es => [("día", "días"), ("hora", "horas"), ("minuto", "minutos")],
        Locale::En => [("day", "days"), ("hour", "hours"), ("minute", "minutes")],
    };
    let parts: Vec<_> = [days, hours, minutes]
        .into_iter()
        .zip(words)
        .enumerate()
        .filter(|(place, (count, _))| *count > 0 || (is_nothing && *place == 2))
        .map(|(_, (count, (one, other)))| format!("{count} {}", plural(u64::from(count), one, other)))
        .collect();
    let and = if locale == Locale::Es { " y " } else { " and " };
    match parts.as_slice() {
        [first, middle, last] => format!("{first}, {middle}{and}{last}"),
        parts => parts.join(and),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_said_in_the_units_it_is_made_of() {
        let es = |seconds| span(seconds, Locale::Es);
        assert_eq!(es(7 * DAY_S), "7 días");
        assert_eq!(es(DAY_S), "1 día");
        assert_eq!(es(12 * HOUR_S), "12 horas");
        assert_eq!(es(DAY_S + 6 * HOUR_S), "1 día y 6 horas");
        assert_eq!(es(HOUR_S + 60), "1 hora y 1 minuto");
        assert_eq!(es(2 * DAY_S + HOUR_S + 90), "2 días, 1 hora y 1 minuto");
        assert_eq!(es(30), "0 minutos");
        assert_eq!(span(DAY_S + 2 * HOUR_S, Locale::En), "1 day and 2 hours");
    }
}

//! Which filter to take away when nothing matches: the one whose absence shows the fewest, but some.

use super::chips::chips_of;
use super::conditions::ChipWords;
use crate::i18n::Lang;
use crate::route::Navigator;
use bandeja_browser::{Desk, desk};
use bandeja_model::Filter;
use bandeja_ui::watch;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Conditions tried at most, so that an empty list never costs many calls.
const MOST_TRIED: usize = 5;

/// A condition that is in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// Its words: «No etiqueta: VIP».
    pub words: String,
    /// How many match without it.
    pub count: u64,
    /// The filter without it.
    pub without: Filter,
}

/// Looks for the condition in the way, while `active`.
pub fn obstacle(active: Signal<bool>) -> RwSignal<Option<Obstacle>> {
    let (desk, lang, navigator) = (desk(), Lang::here(), Navigator::here());
    let found = RwSignal::new(None);
    let filter = Memo::new(move |_| navigator.route().with(|route| route.filter.clone()));
    watch(move || {
        found.set(None);
        let now = filter.get();
        if !active.get() {
            return;
        }
        let candidates = candidates(&now, &desk, lang);
        let view = navigator.route().with_untracked(|route| route.view);
        let desk = desk.clone();
        spawn_local(async move {
            let best = try_all(&desk, view, candidates).await;
            if filter.try_with_untracked(|still| *still == now) == Some(true) {
                found.try_set(best);
            }
        });
    });
    found
}

async fn try_all(
    desk: &Desk,
    view: bandeja_model::View,
    candidates: Vec<(String, Filter)>,
) -> Option<Obstacle> {
    let mut tried = Vec::new();
    for (words, without) in candidates {
        let asked = Filter { view: Some(view), ..without.clone() };
        // One that cannot be counted now is simply not offered.
        if let Ok(facets) = desk.facets(&asked).await {
            tried.push(Obstacle { words, count: facets.total.value, without });
        }
    }
    best_of(tried)
}

fn best_of(tried: Vec<Obstacle>) -> Option<Obstacle> {
    tried.into_iter().filter(|obstacle| obstacle.count > 0).min_by_key(|obstacle| obstacle.count)
}

/// Each condition of the filter, with the filter without it.
fn candidates(filter: &Filter, desk: &Desk, lang: Lang) -> Vec<(String, Filter)> {
    let chips = untrack(|| chips_of(filter, desk, lang));
    let mut all: Vec<_> = chips
        .iter()
        .map(|chip: &ChipWords| {
            let mut without = filter.clone();
            chip.remove_from(&mut without);
            (chip.sentence(), without)
        })
        .collect();
    if let Some(q) = &filter.q {
        all.push((q.clone(), Filter { q: None, ..filter.clone() }));
    }
    all.truncate(MOST_TRIED);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn obstacle(words: &str, count: u64) -> Obstacle {
        Obstacle { words: words.to_owned(), count, without: Filter::default() }
    }

    #[test]
    fn the_condition_that_widens_least_but_does_is_the_one_to_take_away() {
        let best = best_of(vec![obstacle("a", 0), obstacle("b", 40), obstacle("c", 6)]);
        assert_eq!(best.map(|best| best.words), Some("c".to_owned()));
    }

    #[test]
    fn where_none_helps_none_is_offered() {
        assert_eq!(best_of(vec![obstacle("a", 0)]), None);
    }
}

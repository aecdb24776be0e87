//! Where the cursor of the list goes. Pure.

/// Where a key takes the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// By so many rows.
    By(i64),
    /// By so many screens.
    Page(i64),
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

impl Move {
    /// The move of a key; letters are the shell's.
    pub fn of_key(key: &str) -> Option<Self> {
        Some(match key {
            "ArrowDown" => Self::By(1),
            "ArrowUp" => Self::By(-1),
            "PageDown" => Self::Page(1),
            "PageUp" => Self::Page(-1),
            "Home" => Self::First,
            "End" => Self::Last,
            _ => return None,
        })
    }

    /// The row it leads to from `here`, with `page` rows on a screen; none in an empty list. Without a cursor
    /// it begins at `start`, the first row in sight.
    pub fn from(self, here: Option<usize>, start: usize, page: usize, total: usize) -> Option<usize> {
        let last = i64::try_from(total.checked_sub(1)?).ok()?;
        let page = i64::try_from(page.saturating_sub(1).max(1)).ok()?;
        let start = i64::try_from(start).ok()?;
        let from = here.and_then(|here| i64::try_from(here).ok());
        let there = match (self, from) {
            (Self::First, _) => 0,
            (Self::Last, _) => last,
            (Self::By(_) | Self::Page(_), None) => start,
            (Self::By(by), Some(from)) => from + by,
            (Self::Page(by), Some(from)) => from + by * page,
        };
        usize::try_from(there.clamp(0, last)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_move_goes_to_the_first_row_in_sight() {
        assert_eq!(Move::By(1).from(None, 40, 10, 100), Some(40));
        assert_eq!(Move::By(1).from(None, 40, 10, 7), Some(6));
    }

    #[test]
    fn it_stops_at_both_ends() {
        assert_eq!(Move::By(-1).from(Some(0), 0, 10, 100), Some(0));
        assert_eq!(Move::By(1).from(Some(99), 0, 10, 100), Some(99));
        assert_eq!(Move::Page(1).from(Some(95), 0, 10, 100), Some(99));
        assert_eq!(Move::Last.from(None, 0, 10, 100_000), Some(99_999));
    }

    #[test]
    fn a_page_keeps_one_row_in_sight() {
        assert_eq!(Move::Page(1).from(Some(0), 0, 10, 100), Some(9));
        assert_eq!(Move::Page(-1).from(Some(50), 0, 1, 100), Some(49));
    }

    #[test]
    fn an_empty_list_has_no_row_to_go_to() {
        assert_eq!(Move::Last.from(None, 0, 10, 0), None);
    }
}

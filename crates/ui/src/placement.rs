//! Where a menu is put: beside its anchor, inside the viewport. Pure arithmetic in CSS pixels.

/// A rectangle in viewport coordinates, CSS px.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Distance from the viewport's left edge.
    pub left: f64,
    /// Distance from the viewport's top edge.
    pub top: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// A size in CSS px.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// A point in viewport coordinates, CSS px.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// Distance from the viewport's left edge.
    pub left: f64,
    /// Distance from the viewport's top edge.
    pub top: f64,
}

/// Which edges of anchor and panel line up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Left edges.
    #[default]
    Start,
    /// Right edges.
    End,
}

/// Room between anchor and panel.
const GAP: f64 = 4.0;
/// Room kept to the viewport's edges.
const EDGE: f64 = 8.0;

/// Below the anchor if it fits, above if only that fits or there is more room, never outside the viewport.
pub fn place(anchor: Rect, panel: Size, viewport: Size, align: Align) -> Point {
    let below = anchor.top + anchor.height + GAP;
    let above = anchor.top - GAP - panel.height;
    let fits_below = below + panel.height + EDGE <= viewport.height;
    let more_room_above = anchor.top > viewport.height - anchor.top - anchor.height;
    let top = if !fits_below && more_room_above { above } else { below };
    let left = match align {
        Align::Start => anchor.left,
        Align::End => anchor.left + anchor.width - panel.width,
    };
    Point { left: within(left, panel.width, viewport.width), top: within(top, panel.height, viewport.height) }
}

fn within(start: f64, length: f64, room: f64) -> f64 {
    start.min(room - length - EDGE).max(EDGE)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREEN: Size = Size { width: 800.0, height: 600.0 };
    const PANEL: Size = Size { width: 220.0, height: 200.0 };

    fn anchor(left: f64, top: f64) -> Rect {
        Rect { left, top, width: 32.0, height: 32.0 }
    }

    #[test]
    fn a_menu_opens_below_its_button() {
        assert_eq!(place(anchor(100.0, 50.0), PANEL, SCREEN, Align::Start), Point { left: 100.0, top: 86.0 });
    }

    #[test]
    fn near_the_bottom_it_opens_above() {
        assert_eq!(
            place(anchor(100.0, 560.0), PANEL, SCREEN, Align::Start),
            Point { left: 100.0, top: 356.0 }
        );
    }

    #[test]
    fn it_never_leaves_the_viewport() {
        assert_eq!(place(anchor(780.0, 50.0), PANEL, SCREEN, Align::Start), Point { left: 572.0, top: 86.0 });
        assert_eq!(place(anchor(0.0, 50.0), PANEL, SCREEN, Align::End), Point { left: 8.0, top: 86.0 });
    }

    #[test]
    fn a_panel_larger_than_the_screen_starts_at_its_edge() {
        let tall = Size { width: 220.0, height: 900.0 };
        assert_eq!(place(anchor(100.0, 50.0), tall, SCREEN, Align::Start), Point { left: 100.0, top: 8.0 });
    }
}

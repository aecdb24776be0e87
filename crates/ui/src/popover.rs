//! A panel that hangs on a button: opening, placing, closing, and where the focus goes.
//!
//! The native popover gives the top layer and closing by a click elsewhere; where it stands is measured,
//! because not every browser can anchor.

use crate::watch::watch;
use leptos::{html, prelude::*};

use crate::{
    placement::{Align, Point, place},
    platform,
};

/// The state of one panel and its button.
#[derive(Clone, Copy)]
pub(crate) struct Popover {
    /// The button.
    pub(crate) anchor: NodeRef<html::Button>,
    /// The panel, an element with `popover="auto"`.
    pub(crate) panel: NodeRef<html::Div>,
    /// Whether it is shown.
    pub(crate) open: RwSignal<bool>,
    at: RwSignal<Option<Point>>,
    align: Align,
    open_at_press: StoredValue<Option<bool>>,
}

impl Popover {
    /// A closed panel. `first_focus` picks what gets the focus when it has been placed.
    pub(crate) fn new(open: RwSignal<bool>, align: Align, first_focus: &'static str) -> Self {
        let popover = Self {
            anchor: NodeRef::new(),
            panel: NodeRef::new(),
            open,
            at: RwSignal::new(None),
            align,
            open_at_press: StoredValue::new(None),
        };
        popover.follow(first_focus);
        popover
    }

    /// The pointer went down on the button. A press closes an open panel before the click arrives, so the
    /// click must know what was.
    pub(crate) fn pressed(self) {
        self.open_at_press.set_value(Some(self.open.get_untracked()));
    }

    /// The button was clicked.
    pub(crate) fn clicked(self) {
        let was_open =
            self.open_at_press.try_update_value(Option::take).flatten().unwrap_or(self.open.get_untracked());
        self.open.set(!was_open);
    }

    /// Closes it and gives the focus to its button.
    pub(crate) fn close(self) {
        if let Some(panel) = self.panel.get_untracked() {
            let _ = panel.hide_popover();
        }
        if let Some(anchor) = self.anchor.get_untracked() {
            platform::focus(&anchor);
        }
        self.open.set(false);
    }

    /// The browser opened or closed it.
    pub(crate) fn toggled(self) {
        let Some(panel) = self.panel.get_untracked() else { return };
        if self.open.get_untracked() && !is_shown(&panel) {
            self.open.set(false);
        }
    }

    /// `left` for the panel's style.
    pub(crate) fn left(self) -> String {
        platform::px(self.at.get().unwrap_or_default().left)
    }

    /// `top` for the panel's style.
    pub(crate) fn top(self) -> String {
        platform::px(self.at.get().unwrap_or_default().top)
    }

    /// Whether its place is not known yet.
    pub(crate) fn is_placing(self) -> bool {
        self.at.get().is_none()
    }

    fn follow(self, first_focus: &'static str) {
        watch(move || {
            let open = self.open.get();
            let Some(panel) = self.panel.get() else { return };
            if !open {
                let _ = panel.hide_popover();
                self.at.set(None);
                return;
            }
            let _ = panel.show_popover();
            let shown = panel.clone();
            platform::next_frame(move || {
                self.put();
                if let Some(first) = platform::first_matching(&shown, first_focus) {
                    platform::focus(&first);
                }
            });
            let put = move |_| self.put();
            platform::keep((
                platform::Listener::on_window("resize", false, put),
                platform::Listener::on_window("scroll", true, put),
                // What scrolls inside a shadow root is not heard outside.
                platform::shadow_root_of(&panel)
                    .map(|root| platform::Listener::new(root, "scroll", true, put)),
            ));
        });
    }

    fn put(self) {
        let anchor = self.anchor.try_get_untracked().flatten();
        let panel = self.panel.try_get_untracked().flatten();
        if let (Some(anchor), Some(panel)) = (anchor, panel) {
            let size = platform::size_of(&panel);
            let at = place(platform::rect_of(&anchor), size, platform::window_size(), self.align);
            if self.at.try_get_untracked().flatten() != Some(at) {
                self.at.try_set(Some(at));
            }
        }
    }
}

fn is_shown(panel: &web_sys::Element) -> bool {
    panel.matches(":popover-open").unwrap_or(false)
}

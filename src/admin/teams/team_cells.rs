//! What stands in the cells of a team.

use super::dialogs::{Asking, Setting};
use super::rows::{Member, TeamRow};
use super::words::words;
use crate::acting::names::availability_word;
use crate::i18n::{Lang, Locale, fill, span};
use crate::shell::user_menu::presence_class;
use bandeja_contract::timing::TimingGlance;
use bandeja_ui::dom::Dom;
use bandeja_ui::view;
use bandeja_ui::{Align, Avatar, AvatarSize, Badge, Icon, IconName, IconSize, Menu, MenuItem, Tone, tint};
use leptos::prelude::*;

/// So many faces are shown; more are a number.
const FACES: usize = 3;

/// Its drawing and its name, and of which campaign it is.
pub fn name(row: &TeamRow) -> Dom {
    let tint = tint(row.team.id.as_str());
    view! {
        <span class="cluster">
            <span class=format!("sq t{tint}")><Icon name=IconName::Users size=IconSize::Small/></span>
            <span class="named">
                <b><bdi>{row.team.name.clone()}</bdi></b>
                {row.campaign.clone().map(|campaign| view! { <small>{campaign}</small> })}
            </span>
        </span>
    }
}

/// The faces of its members, each with whether they are there. Who listens hears all names.
pub fn members(row: &TeamRow) -> Dom {
    let lang = Lang::here();
    let w = words(lang.get());
    if row.members.is_empty() {
        return view! { <span class="faint">{w.no_members}</span> };
    }
    let count = u64::try_from(row.members.len()).unwrap_or(u64::MAX);
    let said = |member: &Member| {
        format!("{} ({})", member.name, availability_word(member.availability, lang.get()).to_lowercase())
    };
    let names = |members: &[Member]| members.iter().map(said).collect::<Vec<_>>().join(", ");
    let all = format!("{}: {}", lang.count(count, w.member_one, w.member_other), names(&row.members));
    let (shown, rest) = row.members.split_at_checked(FACES).unwrap_or((row.members.as_slice(), &[]));
    let more = (!rest.is_empty()).then(|| {
        view! { <span class="avatar s t6 more" title=names(rest)>{format!("+{}", rest.len())}</span> }
    });
    let face = |member: &Member| {
        view! {
            <span class="member" title=said(member)>
                <Avatar id=member.id.to_string() name=member.name.clone() size=AvatarSize::Small/>
                <span class=presence_class(Some(member.availability))></span>
            </span>
        }
    };
    view! {
        <span class="only-sr">{all}</span>
        <span class="faces live" aria-hidden="true">{shown.iter().map(face).collect_view()}{more}</span>
    }
}

/// The names of its lines.
pub fn lines(row: &TeamRow) -> Dom {
    let lang = Lang::here();
    if row.lines.is_empty() {
        return view! { <span class="faint">{words(lang.get()).no_lines}</span> };
    }
    view! { <span class="names"><bdi>{row.lines.join(", ")}</bdi></span> }
}

/// Whether its bot is on.
pub fn bot(row: &TeamRow) -> Dom {
    let w = words(Lang::here().get());
    match row.bot {
        None => view! { <span class="faint" aria-hidden="true">"—"</span> },
        Some(true) => view! { <Badge tone=Tone::Good>{w.bot_on}</Badge> },
        Some(false) => view! { <Badge>{w.bot_off}</Badge> },
    }
}

/// The value of a setting in words, and whether it is one that does nothing.
fn value_words(timing: TimingGlance, setting: Setting, locale: Locale) -> (String, bool) {
    let w = words(locale);
    let (seconds, nothing) = match setting {
        Setting::Closing => (timing.after_s, w.never),
        Setting::Assignment => (timing.window_s, w.off),
    };
    (seconds.map_or_else(|| nothing.to_owned(), |seconds| span(seconds, locale)), seconds.is_none())
}

/// The name of a setting.
fn setting_word(setting: Setting, locale: Locale) -> &'static str {
    let w = words(locale);
    match setting {
        Setting::Closing => w.closing,
        Setting::Assignment => w.assignment,
    }
}

/// A setting as a button that opens its dialog.
pub fn value(row: Memo<Option<TeamRow>>, setting: Setting) -> Dom {
    let lang = Lang::here();
    let asking = expect_context::<Asking>();
    let is_known = Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|row| row.timing().is_some())));
    let told = move || {
        let timing = row.with(|row| row.as_ref().and_then(TeamRow::timing)).unwrap_or_default();
        value_words(timing, setting, lang.get())
    };
    let label = move || {
        let locale = lang.get();
        let name = row.with(|row| row.as_ref().map(|row| row.team.name.clone()).unwrap_or_default());
        fill(words(locale).value_of, &[setting_word(setting, locale), &name, &told().0])
    };
    let button = move || {
        view! {
            <button
                type="button"
                class="setting"
                class:nothing=move || told().1
                aria-haspopup="dialog"
                aria-label=label
                on:click=move |_| ask(row, setting, asking)
            >
                {move || told().0}
            </button>
        }
    };
    let unknown = move || {
        view! { <span class="faint" title=words(lang.get()).unknown>"—"</span> }
    };
    view! { {move || if is_known.get() { button() } else { unknown() }} }
}

fn ask(row: Memo<Option<TeamRow>>, setting: Setting, asking: Asking) {
    if let Some(row) = row.get_untracked() {
        asking.ask(setting, row.team);
    }
}

/// What can be done to a team.
pub fn options(row: Memo<Option<TeamRow>>) -> Dom {
    let lang = Lang::here();
    let asking = expect_context::<Asking>();
    let label = move || {
        let name = row.with(|row| row.as_ref().map(|row| row.team.name.clone()).unwrap_or_default());
        fill(words(lang.get()).options_of, &[&name])
    };
    let item = move |setting: Setting, icon: IconName| {
        let value = move || {
            let timing = row.with(|row| row.as_ref().and_then(TeamRow::timing)).unwrap_or_default();
            value_words(timing, setting, lang.get()).0
        };
        view! {
            <MenuItem
                icon=icon
                label=move || setting_word(setting, lang.get()).to_owned()
                count=Signal::derive(value)
                on_choose=move |()| ask(row, setting, asking)
            />
        }
    };
    let is_known = Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|row| row.timing().is_some())));
    let menu = move || {
        view! {
            <Menu
                label=Signal::derive(label)
                icon=IconName::More
                class="button quiet small"
                align=Align::End
            >
                {item(Setting::Closing, IconName::CheckCircle)}
                {item(Setting::Assignment, IconName::Cycle)}
            </Menu>
        }
    };
    view! { {move || is_known.get().then(menu)} }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_model::timing::{DAY_S, HOUR_S};

    #[test]
    fn a_setting_is_told_in_words_and_never_and_off_do_nothing() {
        let timing = TimingGlance { after_s: Some(7 * DAY_S), window_s: Some(12 * HOUR_S) };
        assert_eq!(value_words(timing, Setting::Closing, Locale::Es), ("7 días".to_owned(), false));
        assert_eq!(value_words(timing, Setting::Assignment, Locale::En), ("12 hours".to_owned(), false));
        let nothing = TimingGlance::default();
        assert_eq!(value_words(nothing, Setting::Closing, Locale::Es), ("Nunca".to_owned(), true));
        assert_eq!(value_words(nothing, Setting::Assignment, Locale::Es), ("Apagada".to_owned(), true));
    }
}

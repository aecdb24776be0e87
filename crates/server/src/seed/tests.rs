//! What every generated conversation keeps to.

use super::*;
use bandeja_model::{Channel, ClosingSource, Status};
use std::collections::{HashMap, HashSet};

/// 2026-11-20 16:42 UTC, a Friday.
const NOW: i64 = 1_795_192_920_000;

fn options(count: usize) -> Options {
    Options { seed: 1, now_ms: NOW, count }
}

fn said(entry: &SeedMessage) -> bool {
    !matches!(entry.content, SeedContent::Event(_))
}

fn ends(entry: &SeedMessage) -> bool {
    matches!(entry.content, SeedContent::Event(SeedEvent::Closed { .. } | SeedEvent::Cancelled { .. }))
}

#[test]
fn the_same_seed_gives_the_same_data_whatever_the_count() {
    let world = world();
    let few: Vec<_> = conversations(&world, &options(50)).collect();
    assert!(few.iter().eq(conversations(&world, &options(200)).take(50).collect::<Vec<_>>().iter()));
    let other = Options { seed: 2, ..options(50) };
    assert!(!few.iter().eq(conversations(&world, &other).collect::<Vec<_>>().iter()));
}

#[test]
fn the_data_has_not_changed_by_accident() {
    // FNV-1a over moments and texts; whoever changes wording or draws on purpose updates it.
    let world = world();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut take = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for made in conversations(&world, &options(300)) {
        take(made.contact.name.as_bytes());
        for closing in made.episodes.iter().filter_map(|episode| episode.closing.as_ref()) {
            take(closing.description.as_bytes());
        }
        for entry in &made.messages {
            take(&entry.at.to_le_bytes());
            if let SeedContent::Text { body, .. } | SeedContent::Note { body, .. } = &entry.content {
                take(body.as_bytes());
            }
        }
    }
    assert_eq!(hash, 15_480_872_803_900_170_511);
}

#[test]
fn people_lines_and_categories_belong_together() {
    let world = world();
    for (position, team) in world.teams.iter().enumerate() {
        assert!(team.members.iter().all(|&user| user < world.users.len()), "{position}");
    }
    for line in &world.lines {
        assert_eq!(world.teams[line.team].campaign, line.campaign, "{}", line.name);
        assert!(line.user.is_none_or(|user| world.teams[line.team].members.contains(&user)));
    }
    for made in conversations(&world, &options(3_000)) {
        let campaign = world.lines[made.line].campaign;
        let fits = |user: usize| world.is_in(user, campaign);
        assert!(made.owner.is_none_or(fits), "{}", made.index);
        assert!(made.team.is_none_or(|team| world.teams[team].campaign == campaign), "{}", made.index);
        assert!(made.tags.is_sorted() && made.tags.iter().all(|&tag| tag < world.tags.len()));
        for closing in made.episodes.iter().filter_map(|episode| episode.closing.as_ref()) {
            assert!(closing.by.is_none_or(fits) && closing.transfer_to.is_none_or(fits));
            assert!(closing.subcategory.is_none() || closing.category.is_some());
            if let (Some(category), Some(sub)) = (closing.category, closing.subcategory) {
                assert!(sub < world.categories[category].subcategories.len());
            }
        }
        for entry in &made.messages {
            if let SeedAuthor::User(user) = entry.author {
                assert!(fits(user), "{}", made.index);
            }
        }
    }
}

#[test]
fn menus_are_complete_and_lead_to_teams_of_their_campaign() {
    let world = world();
    for line in &world.lines {
        let id = |team: usize| bandeja_model::TeamId::from(team.to_string());
        let menu = line.menu.map(|menu| menu.of_a_line(id)).unwrap_or_default();
        let teams = 0..world.teams.len();
        let own: Vec<_> = teams.filter(|&team| world.teams[team].campaign == line.campaign).map(id).collect();
        assert_eq!(menu.check(line.bot, |team| own.contains(team)), [], "{}", line.name);
        assert!(!line.bot || (2..=4).contains(&menu.options.len()), "{}", line.name);
    }
}

#[test]
fn what_the_menu_has_ends_with_it_and_was_not_chosen_from_it() {
    use bandeja_model::bot::Choice;
    let world = world();
    let mut again = 0;
    for made in conversations(&world, &options(3_000)).filter(|made| made.status == Status::Bot) {
        let menu = world.lines[made.line].menu.unwrap();
        let opened = made.episodes.last().unwrap().opened_at;
        let texts: Vec<_> = made.messages.iter().filter(|entry| entry.at >= opened && said(entry)).collect();
        let bodies = |author| {
            texts.iter().filter(move |entry| entry.author == author).filter_map(|entry| {
                match &entry.content {
                    SeedContent::Text { body, .. } => Some(body.as_str()),
                    _ => None,
                }
            })
        };
        assert_eq!(texts.last().unwrap().author, SeedAuthor::Bot, "{}", made.index);
        assert!(bodies(SeedAuthor::Bot).all(|body| body == menu.text()), "{}", made.index);
        let asked = menu.of_a_line(|team| bandeja_model::TeamId::from(team.to_string()));
        assert!(
            bodies(SeedAuthor::Contact).all(|body| asked.choice(body, 1) == Choice::Again),
            "{}",
            made.index
        );
        again += usize::from(bodies(SeedAuthor::Bot).count() == 2);
    }
    assert!(again > 10, "{again}");
}

#[test]
fn nobody_who_left_has_an_open_conversation() {
    let world = world();
    for made in conversations(&world, &options(5_000)).filter(|made| made.status.is_open()) {
        assert!(made.owner.is_none_or(|user| world.users[user].active), "{}", made.index);
    }
}

#[test]
fn unread_messages_are_the_last_ones() {
    let world = world();
    let mut some = 0;
    for made in conversations(&world, &options(3_000)) {
        assert!(made.unread as usize <= made.trailing_inbound(), "{}", made.index);
        some += usize::from(made.unread > 0);
    }
    assert!(some > 500, "{some}");
}

#[test]
fn five_hundred_hold_every_state_channel_priority_and_source() {
    let world = world();
    let made: Vec<_> = conversations(&world, &options(500)).collect();
    let statuses: HashSet<_> = made.iter().map(|made| made.status).collect();
    let channels: HashSet<_> = made.iter().map(|made| world.lines[made.line].channel).collect();
    let priorities: HashSet<_> = made.iter().map(|made| made.priority).collect();
    assert_eq!(
        (statuses.len(), channels.len(), priorities.len()),
        (Status::ALL.len(), Channel::ALL.len(), 4)
    );
    let closings =
        || made.iter().flat_map(|made| &made.episodes).filter_map(|episode| episode.closing.as_ref());
    for source in [ClosingSource::User, ClosingSource::Bot, ClosingSource::Rule, ClosingSource::Inactivity] {
        assert!(closings().any(|closing| closing.source == source), "{source:?}");
    }
    assert!(made.iter().any(|made| made.archived) && made.iter().any(|made| made.snoozed_until.is_some()));
    assert!(
        made.iter().any(|made| made.messages.len() > 400) && made.iter().any(|made| made.messages.len() < 6)
    );
}

#[test]
fn a_state_is_what_the_thread_tells() {
    let world = world();
    for made in conversations(&world, &options(5_000)) {
        let last = made.episodes.last().unwrap();
        let now_owner = made.owner.is_some();
        match made.status {
            Status::New | Status::Bot => assert!(!now_owner, "{}", made.index),
            Status::Assigned | Status::InProgress => assert!(now_owner, "{}", made.index),
            _ => {}
        }
        let unanswered =
            matches!(made.status, Status::New | Status::Bot | Status::OutOfHours | Status::AgentsOffline);
        assert!(!unanswered || last.first_response_at.is_none(), "{}", made.index);
        assert!(made.status != Status::InProgress || last.first_response_at.is_some(), "{}", made.index);
        assert!(made.status != Status::Bot || world.lines[made.line].bot);
        if made.status == Status::OutOfHours {
            assert!(!clock::is_office(made.last_activity_at), "{}", made.index);
        }
    }
}

#[test]
fn ended_episodes_have_a_record_and_only_the_last_may_be_open() {
    let world = world();
    for made in conversations(&world, &options(3_000)) {
        let (last, before) = made.episodes.split_last().unwrap();
        assert_eq!(made.status.is_ended(), last.ended_at.is_some(), "{}", made.index);
        assert!(before.iter().all(|episode| episode.ended_at.is_some()), "{}", made.index);
        assert_eq!(
            made.messages.iter().filter(|entry| ends(entry)).count(),
            before.len() + usize::from(made.status.is_ended())
        );
        assert!(!made.archived || made.status.is_ended());
        for episode in &made.episodes {
            assert_eq!(episode.ended_at.is_some(), episode.closing.is_some());
            assert!(episode.ended_at.is_none_or(|ended| ended > episode.opened_at));
            let Some(closing) = &episode.closing else { continue };
            assert!(!closing.description.is_empty());
            assert_eq!(closing.source == ClosingSource::User, closing.by.is_some(), "{}", made.index);
            assert!(!closing.cancelled || closing.category.is_some());
        }
        assert_eq!(
            made.status == Status::Cancelled,
            last.closing.as_ref().is_some_and(|closing| closing.cancelled)
        );
    }
}

#[test]
fn moments_are_in_order_and_never_in_the_future() {
    let world = world();
    for now_ms in [NOW, NOW - 13 * 3_600_000, NOW + 41 * 3_600_000] {
        for made in conversations(&world, &Options { now_ms, ..options(1_500) }) {
            assert!(made.messages.is_sorted_by(|a, b| a.at < b.at), "{}", made.index);
            assert!(made.messages.last().unwrap().at <= now_ms, "{}", made.index);
            assert_eq!(made.created_at, made.messages[0].at);
            assert!(made.snoozed_until.is_none_or(|until| until > now_ms));
            assert!(made.messages.iter().any(said), "{}", made.index);
        }
    }
}

#[test]
fn idle_rules_neither_closed_too_early_nor_have_anything_left_to_close() {
    let world = world();
    let mut closed = 0;
    for made in conversations(&world, &options(5_000)) {
        let team = made.team.unwrap_or(world.lines[made.line].team);
        let Some(limit) = world.teams[team].inactivity_s.map(|seconds| seconds * 1_000) else { continue };
        assert!(made.status.is_ended() || NOW - made.last_activity_at < limit, "{}", made.index);
        let last = made.episodes.last().unwrap();
        if last.closing.as_ref().is_some_and(|closing| closing.source == ClosingSource::Inactivity) {
            closed += 1;
            assert_eq!(last.ended_at.unwrap() - made.last_activity_at, limit, "{}", made.index);
        }
    }
    assert!(closed > 100, "{closed}");
}

#[test]
fn threads_have_eight_messages_on_average_and_most_activity_is_recent() {
    let world = world();
    let made: Vec<_> = conversations(&world, &options(6_000)).collect();
    let messages: usize =
        made.iter().map(|made| made.messages.iter().filter(|entry| said(entry)).count()).sum();
    assert!((7 * made.len()..=9 * made.len()).contains(&messages), "{messages} in {}", made.len());
    let today = made.iter().filter(|made| NOW - made.last_activity_at < 86_400_000).count();
    assert!(today > made.len() / 6, "{today}");
    let open = made.iter().filter(|made| made.status.is_open()).count();
    assert!((made.len() * 42 / 100..made.len() * 48 / 100).contains(&open), "{open}");
    let language =
        |wanted| made.iter().filter(|made| made.contact.language == wanted).count() * 100 / made.len();
    assert!((64..78).contains(&language(Language::Es)), "{}", language(Language::Es));
    assert!((11..20).contains(&language(Language::Pt)) && (11..20).contains(&language(Language::En)));
}

#[test]
fn neighbouring_rows_do_not_look_the_same() {
    let world = world();
    let mut made: Vec<_> = conversations(&world, &options(1_000)).collect();
    made.sort_by_key(|made| std::cmp::Reverse(made.last_activity_at));
    let text = |made: &SeedConversation| {
        made.messages.iter().rev().find_map(|entry| match &entry.content {
            SeedContent::Text { body, .. } | SeedContent::Note { body, .. } => Some(body.clone()),
            SeedContent::Event(_) => None,
        })
    };
    let same = made.windows(2).filter(|pair| text(&pair[0]) == text(&pair[1])).count();
    assert!(same < 25, "{same}");
    let mut counts: HashMap<_, usize> = HashMap::new();
    for made in &made {
        *counts.entry(text(made)).or_default() += 1;
    }
    assert!(counts.len() > 550, "{}", counts.len());
}

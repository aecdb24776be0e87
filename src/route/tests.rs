//! The address and the route are two forms of one value.

use super::*;
use bandeja_model::Channel;
use bandeja_model::filter::OwnerIs;

/// Reads an address the way the address bar hands it over.
fn read(address: &str) -> Route {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    Route::parse(path, query)
}

#[test]
fn a_bare_view_has_the_filter_it_starts_with() {
    let route = read("/inbox/my_teams");
    assert_eq!(route, Route::of(View::MyTeams));
    assert_eq!(route.list_filter(), View::MyTeams.filter());
    assert_eq!(route.to_path(), "/inbox/my_teams");
}

#[test]
fn taking_the_starting_filter_away_survives_a_reload() {
    let mut route = Route::of(View::All);
    route.filter = Filter::default();
    assert_eq!(route.to_path(), "/inbox/all?filter=none");
    assert_eq!(read(&route.to_path()), route);
}

#[test]
fn a_view_without_a_starting_filter_needs_no_mark() {
    assert_eq!(Route::of(View::Closed).to_path(), "/inbox/closed");
    assert!(Route::of(View::Closed).is_plain());
}

#[test]
fn filter_order_and_open_conversation_survive_a_reload() {
    let mut route = Route::of(View::Unassigned);
    route.filter.channel.add(Channel::Whatsapp, false);
    route.filter.owner.add(OwnerIs::Me, true);
    route.filter.set_q("lámpara rota & más");
    route.sort = Sort::Waiting;
    route.conversation = Some("a/b ñ".into());
    route.contact = true;
    let address = route.to_path();
    assert_eq!(read(&address), route, "{address}");
    assert!(address.starts_with("/inbox/unassigned/a%2Fb%20%C3%B1?"), "{address}");
}

#[test]
fn the_order_of_the_parts_does_not_matter() {
    let one = read("/inbox/all?sort=created&channel=email&-tag=t1&group=open");
    let other = read("/inbox/all?group=open&-tag=t1&channel=email&sort=created");
    assert_eq!(one, other);
    assert_eq!(one.to_path(), other.to_path());
}

#[test]
fn an_unreadable_part_is_named_and_costs_only_itself() {
    let route = read("/inbox/all?channel=email&chanel=sms&status=lost&sort=sideways");
    assert_eq!(route.filter.channel.any, [Channel::Email]);
    assert_eq!(route.unread_parts, ["chanel=sms", "status=lost", "sort=sideways"]);
}

#[test]
fn a_part_that_cannot_be_read_does_not_take_the_starting_filter_away() {
    let route = read("/inbox/mine?utm_source=mail");
    assert_eq!(route.filter, starting_filter(View::Mine));
}

#[test]
fn an_address_that_is_none_of_ours_leads_to_the_default() {
    for address in ["/", "", "/elsewhere", "/inbox", "/inbox/", "/inbox/nothing/7"] {
        assert_eq!(read(address), Route::default(), "{address}");
    }
}

#[test]
fn the_pane_follows_what_is_open() {
    assert_eq!(read("/inbox/mine").pane(), Pane::List);
    assert_eq!(read("/inbox/mine?pane=contact").pane(), Pane::List);
    assert_eq!(read("/inbox/mine/7").pane(), Pane::Thread);
    assert_eq!(read("/inbox/mine/7?pane=contact").pane(), Pane::Contact);
}

#[test]
fn a_view_in_the_query_does_not_contradict_the_path() {
    let route = read("/inbox/mine?view=all");
    assert_eq!(route.view, View::Mine);
    assert_eq!(route.filter.view, None);
}

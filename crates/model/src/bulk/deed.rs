//! What is due to one conversation of a selection: the question a preview asks of each, and the job
//! asks again at its turn (P21).

use super::{BulkAction, BulkReason};
use crate::closing::{ClosingDraft, ClosingForm, FieldMode};
use crate::limits::TAGS;
use crate::permission::allowed;
use crate::{Actor, Conversation, Status, TagId, TeamId, UserId};
use std::collections::BTreeSet;

/// An action with what decides whether a conversation is so already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Any action whose outcome does not depend on more than the state.
    Plain(BulkAction),
    /// Give it to a user, a team, or a user within a team.
    Assign {
        /// The new owner.
        user: Option<UserId>,
        /// The new team; `None`: it stays.
        team: Option<TeamId>,
    },
    /// Add these labels.
    AddTags(BTreeSet<TagId>),
    /// Take these labels away.
    RemoveTags(BTreeSet<TagId>),
}

impl Deed {
    /// The action.
    pub const fn action(&self) -> BulkAction {
        match self {
            Self::Plain(action) => *action,
            Self::Assign { .. } => BulkAction::Assign,
            Self::AddTags(_) => BulkAction::AddTags,
            Self::RemoveTags(_) => BulkAction::RemoveTags,
        }
    }

    /// Whether `actor` may and should do it to `conversation` as it stands, else why not.
    pub fn due(&self, actor: &Actor, conversation: &Conversation) -> Result<(), BulkReason> {
        allowed(actor, self.action().permission(), conversation)?;
        let so = match self {
            Self::Plain(BulkAction::Unassign) => is_unassigned(conversation),
            Self::Plain(BulkAction::Read) => {
                // Reading clears the mark for the owner, and for anybody while there is none (P8).
                if conversation.owner.as_ref().is_some_and(|owner| *owner != actor.id) {
                    return Err(BulkReason::NotPermitted);
                }
                conversation.unread == 0
            }
            Self::Plain(BulkAction::Unread) => conversation.unread > 0,
            Self::Plain(_) => false,
            Self::Assign { user, team } => is_assigned(conversation, user.as_ref(), team.as_ref()),
            Self::AddTags(tags) => {
                let after: BTreeSet<_> = conversation.tags.iter().chain(tags).collect();
                if after.len() > TAGS {
                    return Err(BulkReason::TooManyTags);
                }
                after.len() == conversation.tags.len()
            }
            Self::RemoveTags(tags) => !conversation.tags.iter().any(|tag| tags.contains(tag)),
        };
        if so { Err(BulkReason::AlreadySo) } else { Ok(()) }
    }
}

/// Whether unassigning changes nothing.
pub fn is_unassigned(conversation: &Conversation) -> bool {
    conversation.owner.is_none() && conversation.status == Status::New
}

/// Whether giving it to `user`, in `team` if named, changes nothing: who has it and answers already
/// is not given it again.
pub fn is_assigned(conversation: &Conversation, user: Option<&UserId>, team: Option<&TeamId>) -> bool {
    let stays = conversation.owner.as_ref() == user
        && team.is_none_or(|team| conversation.team.as_ref() == Some(team));
    let settled = match user {
        Some(_) => matches!(conversation.status, Status::InProgress | Status::Assigned),
        None => conversation.status == Status::New,
    };
    stays && settled
}

/// What closing does to who answers next (P25).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnerFate {
    /// The owner stays.
    Kept,
    /// It had none and becomes the closer's.
    BecomesYours,
    /// It goes to the member of the transfer.
    Transferred,
}

/// What closing, with a transfer or without, does to who answers next (P25).
pub fn owner_fate(conversation: &Conversation, transfers: bool) -> OwnerFate {
    if transfers {
        OwnerFate::Transferred
    } else if conversation.owner.is_some() {
        OwnerFate::Kept
    } else {
        OwnerFate::BecomesYours
    }
}

/// The form to ask for when conversations of campaigns with these forms are ended together: a field is
/// shown if any asks for it, and required if any requires it (P13).
pub fn asked_together<'a>(forms: impl IntoIterator<Item = &'a ClosingForm>) -> Option<ClosingForm> {
    let stricter = |a, b| match (a, b) {
        (FieldMode::Required, _) | (_, FieldMode::Required) => FieldMode::Required,
        (FieldMode::Optional, _) | (_, FieldMode::Optional) => FieldMode::Optional,
        _ => FieldMode::Off,
    };
    forms.into_iter().copied().reduce(|one, other| ClosingForm {
        description: stricter(one.description, other.description),
        category: stricter(one.category, other.category),
        subcategory: stricter(one.subcategory, other.subcategory),
        summary: stricter(one.summary, other.summary),
    })
}

impl ClosingDraft {
    /// The draft without what `form` does not ask for: filled in for another campaign's conversations
    /// of the same selection.
    #[must_use]
    pub fn only_asked(&self, form: &ClosingForm) -> Self {
        let text = |mode, text: &String| if mode == FieldMode::Off { String::new() } else { text.clone() };
        Self {
            description: text(form.description, &self.description),
            category_id: self.category_id.clone().filter(|_| form.category != FieldMode::Off),
            subcategory_id: self.subcategory_id.clone().filter(|_| form.subcategory != FieldMode::Off),
            summary: text(form.summary, &self.summary),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::tests::conversation;
    use crate::{Role, Scopes};

    fn admin() -> Actor {
        Actor {
            id: "me".into(),
            role: Role::Admin,
            campaigns: BTreeSet::from(["c1".into()]),
            teams: BTreeSet::new(),
            scopes: Scopes::default(),
        }
    }

    fn tags(ids: &[&str]) -> BTreeSet<TagId> {
        ids.iter().map(|id| (*id).into()).collect()
    }

    #[test]
    fn closing_skips_what_is_closed_and_what_is_cancelled_each_for_its_reason() {
        let close = Deed::Plain(BulkAction::Close);
        let with = |status| Conversation { status, ..conversation() };
        assert_eq!(close.due(&admin(), &with(Status::Assigned)), Ok(()));
        assert_eq!(close.due(&admin(), &with(Status::Closed)), Err(BulkReason::AlreadySo));
        assert_eq!(close.due(&admin(), &with(Status::Cancelled)), Err(BulkReason::State));
    }

    #[test]
    fn what_is_out_of_sight_is_not_found_and_an_agent_does_not_cancel() {
        let outsider = Actor { campaigns: BTreeSet::from(["c2".into()]), ..admin() };
        let close = Deed::Plain(BulkAction::Close);
        assert_eq!(close.due(&outsider, &conversation()), Err(BulkReason::NotFound));
        let agent = Actor { role: Role::Agent, teams: BTreeSet::from(["t1".into()]), ..admin() };
        let assigned = Conversation { status: Status::Assigned, ..conversation() };
        let cancel = Deed::Plain(BulkAction::Cancel);
        assert_eq!(cancel.due(&agent, &assigned), Err(BulkReason::NotPermitted));
    }

    #[test]
    fn tags_that_are_there_are_not_added_and_those_that_are_not_are_not_removed() {
        let conversation = Conversation { tags: vec!["a".into(), "b".into()], ..conversation() };
        let due = |deed: Deed| deed.due(&admin(), &conversation);
        assert_eq!(due(Deed::AddTags(tags(&["a"]))), Err(BulkReason::AlreadySo));
        assert_eq!(due(Deed::AddTags(tags(&["a", "c"]))), Ok(()));
        assert_eq!(due(Deed::RemoveTags(tags(&["c"]))), Err(BulkReason::AlreadySo));
        assert_eq!(due(Deed::RemoveTags(tags(&["b", "c"]))), Ok(()));
    }

    #[test]
    fn a_conversation_never_gets_more_tags_than_it_may_have() {
        let many: Vec<TagId> = (0..TAGS).map(|n| TagId::new(n.to_string())).collect();
        let conversation = Conversation { tags: many, ..conversation() };
        let add = Deed::AddTags(tags(&["new"]));
        assert_eq!(add.due(&admin(), &conversation), Err(BulkReason::TooManyTags));
    }

    #[test]
    fn only_the_owner_reads_or_anybody_while_there_is_none() {
        let read = Deed::Plain(BulkAction::Read);
        let with =
            |owner: Option<&str>| Conversation { unread: 2, owner: owner.map(Into::into), ..conversation() };
        assert_eq!(read.due(&admin(), &with(Some("me"))), Ok(()));
        assert_eq!(read.due(&admin(), &with(None)), Ok(()));
        assert_eq!(read.due(&admin(), &with(Some("other"))), Err(BulkReason::NotPermitted));
        let read_already = Conversation { unread: 0, ..with(None) };
        assert_eq!(read.due(&admin(), &read_already), Err(BulkReason::AlreadySo));
    }

    #[test]
    fn assigning_to_who_has_it_and_answers_already_changes_nothing() {
        let mine = Conversation { owner: Some("me".into()), status: Status::InProgress, ..conversation() };
        let to_me = Deed::Assign { user: Some("me".into()), team: None };
        assert_eq!(to_me.due(&admin(), &mine), Err(BulkReason::AlreadySo));
        let waiting = Conversation { status: Status::OutOfHours, ..mine };
        assert_eq!(to_me.due(&admin(), &waiting), Ok(()));
    }

    #[test]
    fn without_a_transfer_owners_stay_and_the_unowned_become_the_closers() {
        let owned = Conversation { owner: Some("x".into()), ..conversation() };
        let unowned = Conversation { owner: None, ..conversation() };
        assert_eq!(owner_fate(&owned, false), OwnerFate::Kept);
        assert_eq!(owner_fate(&unowned, false), OwnerFate::BecomesYours);
        assert_eq!(owner_fate(&owned, true), OwnerFate::Transferred);
    }

    #[test]
    fn campaigns_ended_together_are_asked_for_what_any_of_them_asks() {
        let strict = ClosingForm { category: FieldMode::Required, ..ClosingForm::CLOSE };
        let loose = ClosingForm { description: FieldMode::Off, ..ClosingForm::CLOSE };
        let together = asked_together([&strict, &loose]).unwrap();
        assert_eq!(together.category, FieldMode::Required);
        assert_eq!(together.description, FieldMode::Required);
        assert_eq!(asked_together([]), None);
        let draft = ClosingDraft { description: "x".into(), ..ClosingDraft::default() };
        assert_eq!(draft.only_asked(&loose).description, "");
        assert_eq!(draft.only_asked(&strict), draft);
    }
}

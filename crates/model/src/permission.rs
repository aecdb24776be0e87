//! Who may see and do what (P1–P4, P7, P10, P11).

use crate::{Actor, CampaignId, Conversation, Role, Status};
use serde::{Deserialize, Serialize};

/// Something a user can do to one conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Action {
    /// Read it.
    See,
    /// Answer the contact.
    Reply,
    /// Write a private note.
    Note,
    /// End the episode with the closing form.
    Close,
    /// End it as an admin; it starts over when the contact writes.
    Cancel,
    /// Open an ended one by hand.
    Reopen,
    /// Put an ended one away for the record.
    Archive,
    /// Take it out of the archive.
    Unarchive,
    /// Give it to a user or team, or to nobody.
    Assign,
    /// Add and remove labels, set the priority.
    Tag,
    /// Mark it read.
    Read,
    /// Mark it unread.
    Unread,
    /// Let it sleep until a moment, or wake it.
    Snooze,
    /// Pause the automatic menu or let it on.
    Bot,
}

impl Action {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::See,
        Self::Reply,
        Self::Note,
        Self::Close,
        Self::Cancel,
        Self::Reopen,
        Self::Archive,
        Self::Unarchive,
        Self::Assign,
        Self::Tag,
        Self::Read,
        Self::Unread,
        Self::Snooze,
        Self::Bot,
    ];

    /// The name of the permission, as a 403 carries it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::See => "see",
            Self::Reply => "reply",
            Self::Note => "note",
            Self::Close => "close",
            Self::Cancel => "cancel",
            Self::Reopen => "reopen",
            Self::Archive => "archive",
            Self::Unarchive => "unarchive",
            Self::Assign => "assign",
            Self::Tag => "tag",
            Self::Read => "read",
            Self::Unread => "unread",
            Self::Snooze => "snooze",
            Self::Bot => "bot",
        }
    }
}

/// Why something is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denial {
    /// The actor may not see it: the answer is "not found", nothing more (P4).
    NotFound,
    /// The actor sees it and lacks this permission.
    NotPermitted(Action),
    /// Nobody may, in the state it is in.
    State(Status),
    /// It is so already.
    AlreadySo,
}

/// Whether `actor` may see `conversation` (P1–P4). `conversation.mentioned` speaks of the actor. What the
/// session is narrowed to comes first: neither a role nor a mention leads around it.
pub fn can_see(actor: &Actor, conversation: &Conversation) -> bool {
    actor.scopes.admit(conversation) && (is_in_reach(actor, conversation) || conversation.mentioned)
}

/// Sight by role, without that lent by a mention.
fn is_in_reach(actor: &Actor, conversation: &Conversation) -> bool {
    match actor.role {
        Role::SuperAdmin => true,
        Role::Admin => actor.campaigns.contains(&conversation.campaign),
        Role::Agent => {
            conversation.owner.as_ref() == Some(&actor.id)
                || conversation.team.as_ref().is_some_and(|team| actor.teams.contains(team))
        }
    }
}

/// Whether `actor` may do `action` to `conversation` as it stands, else why not.
pub fn allowed(actor: &Actor, action: Action, conversation: &Conversation) -> Result<(), Denial> {
    if !can_see(actor, conversation) {
        return Err(Denial::NotFound);
    }
    if actor.scopes.readonly && action != Action::See {
        return Err(Denial::NotPermitted(action));
    }
    let lent = !is_in_reach(actor, conversation);
    if lent && !matches!(action, Action::See | Action::Note) {
        return Err(Denial::NotPermitted(action));
    }
    if action == Action::Cancel && actor.role == Role::Agent {
        return Err(Denial::NotPermitted(action));
    }
    state_allows(action, conversation)
}

/// Whether the state of the conversation admits the action, whoever asks.
pub fn state_allows(action: Action, conversation: &Conversation) -> Result<(), Denial> {
    let status = conversation.status;
    let fits = match action {
        Action::See | Action::Note | Action::Tag | Action::Read | Action::Unread => true,
        Action::Close if status == Status::Closed => return Err(Denial::AlreadySo),
        Action::Reply | Action::Close | Action::Assign | Action::Snooze | Action::Bot => status.is_open(),
        Action::Cancel if status == Status::Cancelled => return Err(Denial::AlreadySo),
        Action::Cancel => status.may_be_cancelled(),
        // A cancelled one comes back only by the contact writing (P11).
        Action::Reopen if status.is_open() => return Err(Denial::AlreadySo),
        Action::Reopen => status == Status::Closed,
        Action::Archive if conversation.archived => return Err(Denial::AlreadySo),
        Action::Unarchive if !conversation.archived => return Err(Denial::AlreadySo),
        Action::Archive | Action::Unarchive => status.is_ended(),
    };
    if fits { Ok(()) } else { Err(Denial::State(status)) }
}

/// The name of the permission that a read-only session lacks, as a 403 carries it.
pub const WRITE: &str = "write";

/// The name of the permission to read and change settings, as a 403 carries it.
pub const SETTINGS: &str = "settings";

/// Why somebody gets nowhere near a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoSettings {
    /// They may not know of what it is a setting of (P4).
    NotFound,
    /// They know of it, and it is for admins.
    NotPermitted,
}

/// Whether `actor` may read and change the settings of a team or line of `campaign` (P1). A session narrowed
/// to some conversations has no settings: they act on all, and what they would do is counted over all.
pub fn may_set(actor: &Actor, campaign: &CampaignId) -> Result<(), NoSettings> {
    if !actor.is_in(campaign) {
        return Err(NoSettings::NotFound);
    }
    let has = actor.role.has_settings() && !actor.scopes.narrow_sight();
    if has { Ok(()) } else { Err(NoSettings::NotPermitted) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scopes;
    use crate::conversation::tests::conversation;

    #[test]
    fn settings_are_for_admins_of_the_campaign_and_for_super_admins() {
        let asked = |role, campaigns: &[&str]| may_set(&actor(role, campaigns, &[]), &"one".into());
        assert_eq!(asked(Role::SuperAdmin, &[]), Ok(()));
        assert_eq!(asked(Role::Admin, &["one", "two"]), Ok(()));
        assert_eq!(asked(Role::Admin, &["two"]), Err(NoSettings::NotFound));
        assert_eq!(asked(Role::Agent, &["one"]), Err(NoSettings::NotPermitted));
        assert_eq!(asked(Role::Agent, &["two"]), Err(NoSettings::NotFound));
    }

    fn actor(role: Role, campaigns: &[&str], teams: &[&str]) -> Actor {
        Actor {
            id: "me".into(),
            role,
            campaigns: campaigns.iter().map(|id| (*id).into()).collect(),
            teams: teams.iter().map(|id| (*id).into()).collect(),
            scopes: Scopes::default(),
        }
    }

    /// Campaign `c1`, team `t1`, owner somebody else.
    fn theirs() -> Conversation {
        Conversation { owner: Some("other".into()), ..conversation() }
    }

    #[test]
    fn agents_see_their_own_their_teams_and_nothing_else() {
        let (mine, outsider) = (actor(Role::Agent, &["c1"], &["t1"]), actor(Role::Agent, &["c1"], &["t2"]));
        assert!(can_see(&mine, &theirs()));
        assert!(!can_see(&outsider, &theirs()));
        assert!(!can_see(&outsider, &Conversation { owner: None, ..theirs() }));
        assert!(can_see(&outsider, &Conversation { owner: Some("me".into()), ..theirs() }));
    }

    #[test]
    fn admins_see_their_campaigns_and_only_those() {
        assert!(can_see(&actor(Role::Admin, &["c1"], &[]), &theirs()));
        assert!(!can_see(&actor(Role::Admin, &["c2"], &["t1"]), &theirs()));
        assert!(!can_see(&actor(Role::Admin, &[], &[]), &theirs()));
        assert!(can_see(&actor(Role::SuperAdmin, &[], &[]), &theirs()));
    }

    #[test]
    fn what_cannot_be_seen_answers_not_found_whatever_is_asked() {
        let outsider = actor(Role::Agent, &["c1"], &["t2"]);
        for action in Action::ALL {
            assert_eq!(allowed(&outsider, action, &theirs()), Err(Denial::NotFound), "{action:?}");
        }
    }

    #[test]
    fn a_mention_lends_reading_and_notes_only() {
        let outsider = actor(Role::Agent, &["c1"], &["t2"]);
        let conversation = Conversation { mentioned: true, ..theirs() };
        for action in Action::ALL {
            let expected = match action {
                Action::See | Action::Note => Ok(()),
                other => Err(Denial::NotPermitted(other)),
            };
            assert_eq!(allowed(&outsider, action, &conversation), expected, "{action:?}");
        }
    }

    #[test]
    fn a_narrowed_session_sees_less_whatever_the_role_and_has_no_settings() {
        let within = theirs();
        let beyond = Conversation { line: "another".into(), mentioned: true, ..theirs() };
        let scopes = Scopes { lines: Some([within.line.clone()].into()), ..Scopes::default() };
        for role in [Role::Agent, Role::Admin, Role::SuperAdmin] {
            let whole = actor(role, &["c1"], &["t1"]);
            let narrowed = Actor { scopes: scopes.clone(), ..whole.clone() };
            assert!(can_see(&whole, &beyond) && can_see(&narrowed, &within) && !can_see(&narrowed, &beyond));
            assert_eq!(allowed(&narrowed, Action::Note, &beyond), Err(Denial::NotFound));
            assert_eq!(may_set(&narrowed, &"c1".into()), Err(NoSettings::NotPermitted));
        }
    }

    #[test]
    fn a_read_only_session_sees_and_does_nothing_else() {
        let scopes = Scopes { readonly: true, ..Scopes::default() };
        let boss = Actor { scopes, ..actor(Role::SuperAdmin, &[], &[]) };
        for action in Action::ALL {
            let expected = if action == Action::See { Ok(()) } else { Err(Denial::NotPermitted(action)) };
            assert_eq!(allowed(&boss, action, &theirs()), expected, "{action:?}");
        }
    }

    #[test]
    fn agents_never_cancel() {
        let agent = actor(Role::Agent, &["c1"], &["t1"]);
        let admin = actor(Role::Admin, &["c1"], &[]);
        let conversation = Conversation { status: Status::Assigned, ..theirs() };
        assert_eq!(allowed(&agent, Action::Cancel, &conversation), Err(Denial::NotPermitted(Action::Cancel)));
        assert_eq!(allowed(&admin, Action::Cancel, &conversation), Ok(()));
    }

    #[test]
    fn cancelling_is_refused_outside_the_five_states() {
        for status in Status::ALL {
            let conversation = Conversation { status, ..theirs() };
            let result = state_allows(Action::Cancel, &conversation);
            assert_eq!(result.is_ok(), status.may_be_cancelled(), "{status:?}");
        }
    }

    #[test]
    fn a_cancelled_one_is_not_reopened_by_hand() {
        let cancelled = Conversation { status: Status::Cancelled, ..theirs() };
        assert_eq!(state_allows(Action::Reopen, &cancelled), Err(Denial::State(Status::Cancelled)));
        let closed = Conversation { status: Status::Closed, ..theirs() };
        assert_eq!(state_allows(Action::Reopen, &closed), Ok(()));
    }

    #[test]
    fn only_ended_ones_are_archived() {
        for status in Status::ALL {
            let conversation = Conversation { status, ..theirs() };
            assert_eq!(state_allows(Action::Archive, &conversation).is_ok(), status.is_ended(), "{status:?}");
        }
    }

    #[test]
    fn every_open_state_can_be_assigned_and_closed() {
        for status in Status::ALL.into_iter().filter(|status| status.is_open()) {
            let conversation = Conversation { status, ..theirs() };
            assert_eq!(state_allows(Action::Assign, &conversation), Ok(()), "{status:?}");
            assert_eq!(state_allows(Action::Close, &conversation), Ok(()), "{status:?}");
        }
    }
}

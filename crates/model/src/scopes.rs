//! What a session is narrowed to, below the rights of its user: a token for embedding shows and does no
//! more than the page it was made for needs. Owns whether a conversation lies within; who may see it at
//! all is [`crate::permission`]'s, which asks here first.

use crate::{ContactId, Conversation, LineId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a session is narrowed to; nothing set is everything its user has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Scopes {
    /// Nothing can be changed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub readonly: bool,
    /// Only conversations of these lines exist; absent: of all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<BTreeSet<LineId>>,
    /// Only conversations with this contact exist; absent: with all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactScope>,
}

/// One contact, named by one of two things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ContactScope {
    /// The contact of that id.
    Id(ContactId),
    /// Whoever has that address on a line (a phone number, a mail address…), exactly as conversations
    /// carry it; also if nobody wrote from it yet.
    Address(String),
}

impl Scopes {
    /// Whether fewer conversations are in sight than the user's.
    pub const fn narrow_sight(&self) -> bool {
        self.lines.is_some() || self.contact.is_some()
    }

    /// Whether nothing is narrowed.
    pub const fn is_everything(&self) -> bool {
        !self.readonly && !self.narrow_sight()
    }

    /// A text that two of them share only if they are the same.
    pub fn key(&self) -> String {
        // No id or address holds this character; each part says of what kind it is.
        const END: &str = "\0";
        let mut key = String::from(if self.readonly { "r" } else { "w" });
        let (kind, only) = match &self.contact {
            None => ("", ""),
            Some(ContactScope::Id(id)) => ("i", id.as_str()),
            Some(ContactScope::Address(address)) => ("a", address.as_str()),
        };
        for piece in [kind, only, END, if self.lines.is_some() { "l" } else { "" }] {
            key.push_str(piece);
        }
        for line in self.lines.iter().flatten() {
            key.push_str(END);
            key.push_str(line.as_str());
        }
        key
    }

    /// Whether `conversation` lies within.
    pub fn admit(&self, conversation: &Conversation) -> bool {
        let contact = &conversation.contact;
        self.lines.as_ref().is_none_or(|lines| lines.contains(&conversation.line))
            && self.contact.as_ref().is_none_or(|only| match only {
                ContactScope::Id(id) => *id == contact.id,
                ContactScope::Address(address) => *address == contact.address,
            })
    }

    /// Whether work that was begun in `other` may be looked at from here: its counts speak of all that
    /// was in sight there.
    pub fn show_work_of(&self, other: &Self) -> bool {
        !self.narrow_sight() || (self.lines == other.lines && self.contact == other.contact)
    }

    /// These, with the bounds of an API key laid over them. The error is a line that the key does not reach.
    pub fn within(mut self, bounds: &Self) -> Result<Self, LineId> {
        self.readonly |= bounds.readonly;
        if let Some(reached) = &bounds.lines {
            let asked = self.lines.get_or_insert_with(|| reached.clone());
            if let Some(line) = asked.iter().find(|line| !reached.contains(line)) {
                return Err(line.clone());
            }
        }
        if self.contact.is_none() {
            self.contact.clone_from(&bounds.contact);
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::tests::conversation;

    fn lines(ids: &[&str]) -> Scopes {
        Scopes { lines: Some(ids.iter().map(|id| (*id).into()).collect()), ..Scopes::default() }
    }

    fn contact(only: ContactScope) -> Scopes {
        Scopes { contact: Some(only), ..Scopes::default() }
    }

    #[test]
    fn each_scope_that_is_set_must_admit_a_conversation() {
        let it = conversation();
        let (line, other) = (it.line.as_str(), "another line");
        let me = ContactScope::Id(it.contact.id.clone());
        assert!(Scopes::default().admit(&it) && Scopes { readonly: true, ..Scopes::default() }.admit(&it));
        assert!(lines(&[line, other]).admit(&it) && !lines(&[other]).admit(&it) && !lines(&[]).admit(&it));
        assert!(contact(me.clone()).admit(&it));
        assert!(!contact(ContactScope::Id("another".into())).admit(&it));
        assert!(contact(ContactScope::Address(it.contact.address.clone())).admit(&it));
        assert!(!contact(ContactScope::Address("another".to_owned())).admit(&it));
        assert!(Scopes { contact: Some(me.clone()), ..lines(&[line]) }.admit(&it));
        assert!(!Scopes { contact: Some(me), ..lines(&[other]) }.admit(&it));
    }

    #[test]
    fn each_has_a_key_of_its_own() {
        let id = ContactScope::Id("1".into());
        let all = [
            Scopes::default(),
            Scopes { readonly: true, ..Scopes::default() },
            lines(&[]),
            lines(&["1"]),
            lines(&["12"]),
            lines(&["1", "2"]),
            contact(id.clone()),
            contact(ContactScope::Address("1".to_owned())),
            Scopes { contact: Some(id), ..lines(&[""]) },
        ];
        let keys: std::collections::BTreeSet<_> = all.iter().map(Scopes::key).collect();
        assert_eq!(keys.len(), all.len());
        assert_eq!(lines(&["2", "1"]).key(), lines(&["1", "2"]).key());
    }

    #[test]
    fn work_is_looked_at_from_where_it_was_begun_and_from_an_unnarrowed_session() {
        let (one, two) = (lines(&["1"]), lines(&["2"]));
        assert!(Scopes::default().show_work_of(&one) && one.show_work_of(&one));
        assert!(!one.show_work_of(&two) && !one.show_work_of(&Scopes::default()));
        assert!(Scopes { readonly: true, ..one.clone() }.show_work_of(&one));
    }

    #[test]
    fn a_keys_bounds_can_be_narrowed_and_not_left() {
        let bounds = Scopes { readonly: true, ..lines(&["1", "2"]) };
        assert_eq!(Scopes::default().within(&bounds), Ok(bounds.clone()));
        assert_eq!(lines(&["2"]).within(&bounds), Ok(Scopes { readonly: true, ..lines(&["2"]) }));
        assert_eq!(lines(&["2", "3"]).within(&bounds), Err("3".into()));
        assert_eq!(lines(&["3"]).within(&Scopes::default()), Ok(lines(&["3"])));
    }

    #[test]
    fn scopes_are_short_to_write_and_strict_to_read() {
        let read = |text| serde_json::from_str::<Scopes>(text);
        assert_eq!(read("{}").ok(), Some(Scopes::default()));
        let all = r#"{"readonly":true,"lines":["1"],"contact":{"address":"+52 33"}}"#;
        assert_eq!(serde_json::to_string(&read(all).unwrap()).unwrap(), all);
        assert_eq!(serde_json::to_string(&Scopes::default()).unwrap(), "{}");
        for wrong in [
            r#"{"write":true}"#,
            r#"{"contact":{}}"#,
            r#"{"contact":{"id":"1","address":"2"}}"#,
            r#"{"contact":{"name":"Ana"}}"#,
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}

//! Opaque ids, one type per thing, so that a team's id cannot be passed where a user's is meant.
//!
//! They are strings on the wire and nothing may be read out of them. Cloning is a reference count.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes any string as an id; whether it exists is for the server to say.
            pub fn new(id: impl AsRef<str>) -> Self {
                Self(Arc::from(id.as_ref()))
            }

            /// The id as it stands on the wire.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self::new(id)
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(Arc::from(id))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                compare(&self.0, &other.0)
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }
    )*};
}

ids! {
    /// A conversation.
    ConversationId,
    /// A message, note or system event of a conversation.
    MessageId,
    /// A customer.
    ContactId,
    /// A connected account of a channel.
    LineId,
    /// The scope of an admin's authority.
    CampaignId,
    /// A group of users within one campaign.
    TeamId,
    /// An agent, admin or super admin.
    UserId,
    /// A free label.
    TagId,
    /// A closing classification, of the first or the second level.
    CategoryId,
}

/// Shorter first, then by bytes: numbers written in decimal sort as numbers, which is how the
/// server breaks ties between rows of equal time.
fn compare(a: &str, b: &str) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_written_as_numbers_sort_as_numbers() {
        let mut ids = [UserId::new("10"), UserId::new("9"), UserId::new("100")];
        ids.sort();
        assert_eq!(ids.map(|id| id.to_string()), ["9", "10", "100"]);
    }
}

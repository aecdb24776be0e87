//! The names that a file may use. `public/connectors/schema.json` has the same; a test holds the two together.

/// The keys of one kind of object. `$comment` is allowed besides, everywhere.
#[derive(Debug)]
pub struct Keys {
    /// Its name among the schema's `$defs`; empty for the file itself.
    pub kind: &'static str,
    /// The keys.
    pub keys: &'static [&'static str],
}

macro_rules! keys {
    ($($constant:ident $kind:literal: $($key:literal)+;)+) => {
        $(pub(super) const $constant: Keys = Keys { kind: $kind, keys: &[$($key),+] };)+
        /// All kinds of objects whose keys are fixed.
        pub const ALL: &[Keys] = &[$($constant),+];
    };
}

keys! {
    FILE "": "$schema" "connector" "name" "about" "needs" "settings" "zone" "maps" "define" "transport" "auth" "names"
        "list" "conversation" "thread" "acts" "bulk" "forms" "errors" "polling" "off";
    SETTING "setting": "about" "default";
    TRANSPORT "transport": "base" "headers" "query" "arrays" "timeout_s" "concurrency" "pace_ms" "max_mb";
    AUTH "auth": "header" "query" "basic" "cookies" "csrf" "sign_in" "sign_out" "expired" "me";
    CREDENTIAL "credential": "name" "value";
    BASIC "basic": "user" "password";
    CSRF "csrf": "cookie" "header";
    SIGN_IN "sign_in": "steps" "keep";
    SIGN "sign": "status" "when";
    ME "me": "call" "fields" "fixed";
    ME_FIELDS "me_fields": "id" "name" "email" "role" "teams";
    NAMES "names": "users" "teams" "tags" "categories" "lines" "campaigns";
    NAME_SOURCE "name_source": "call" "items" "paging" "end" "pages" "fields" "fixed";
    USER_FIELDS "user_fields": "id" "name" "role" "teams" "campaigns" "availability" "active";
    TEAM_FIELDS "team_fields": "id" "name" "campaign";
    TAG_FIELDS "tag_fields": "id" "name" "color";
    CATEGORY_FIELDS "category_fields": "id" "name" "parent";
    LINE_FIELDS "line_fields": "id" "name" "channel" "campaign" "team" "user" "bot";
    CAMPAIGN_FIELDS "campaign_fields": "id" "name";
    LIST "list": "when" "call" "items" "total" "paging" "size" "end" "filters" "sorts";
    PAGING "paging": "page" "first" "offset" "cursor" "next" "address" "last" "value";
    SIZE "size": "param" "max";
    FILTERS "filters": "view" "channel" "line" "status" "group" "owner" "team" "tag" "campaign" "category"
        "contact" "priority" "unread" "window" "archived" "snoozed" "mentioned" "activity" "created" "closed" "q";
    FILTER "filter": "query" "clause" "each" "only" "not" "here";
    SORTS "sorts": "activity" "waiting" "created" "priority";
    CONVERSATION "conversation": "call" "item" "fields" "token";
    CONVERSATION_FIELDS "conversation_fields": "id" "status" "label" "archived" "channel" "line" "campaign" "team"
        "owner" "contact" "contact.id" "contact.name" "contact.address" "contact.phone" "contact.email" "contact.company"
        "contact.city" "contact.language" "tags" "priority" "unread" "last_message" "last_message.text" "last_message.at"
        "last_message.direction" "created_at" "last_activity_at" "waiting_since" "window_ends_at" "snoozed_until"
        "bot_paused" "mentioned" "closing" "closing.by" "closing.source" "closing.at" "closing.description"
        "closing.category_id" "closing.subcategory_id" "closing.summary" "closing.next_owner" "closing.transferred";
    FIELD "field": "jq" "date" "offset" "html";
    THREAD "thread": "sources" "first" "newest_first";
    SOURCE "source": "call" "items" "paging" "end" "pages" "fields";
    ENTRY_FIELDS "entry_fields": "id" "kind" "direction" "author" "body" "at" "delivery" "delivery_error"
        "client_id" "mentions" "event";
    ACTS "acts": "reply" "note" "close" "cancel" "reopen" "assign" "unassign" "tags" "priority" "read" "unread"
        "snooze" "archive" "unarchive" "bot";
    ACT "act": "steps" "reads" "conversation" "message" "verify";
    BULK_ACT "bulk_act": "call" "results" "at_once";
    FORMS "forms": "close" "cancel";
    FORM "form": "description" "category" "subcategory" "summary";
    ERRORS "errors": "message" "fields" "names" "kinds";
    ERROR_KIND "error_kind": "status" "when" "kind";
    POLLING "polling": "every_s" "by";
    CHANGED "changed": "call" "items";
    CALL "call": "get" "post" "put" "patch" "delete" "query" "headers" "json" "form" "multipart" "when" "each"
        "success" "save";
}

/// What an act is asked: which `$args` it has besides `id`.
pub(super) fn args_of(act: &str) -> &'static [&'static str] {
    match act {
        "reply" => &["id", "text", "client_id"],
        "note" => &["id", "text", "client_id", "mentions"],
        "close" | "cancel" => &[
            "id",
            "description",
            "category_id",
            "category_name",
            "subcategory_id",
            "subcategory_name",
            "summary",
            "transfer_to",
            "archive",
        ],
        "assign" => &["id", "user", "team", "user_name", "team_name"],
        "tags" => &["id", "tags", "added", "removed", "tag_names", "added_names", "removed_names"],
        "priority" => &["id", "priority"],
        "snooze" => &["id", "until"],
        "bot" => &["id", "paused"],
        _ => &["id"],
    }
}

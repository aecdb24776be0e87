-- The first schema. Times are epoch milliseconds, enums their codes of the wire, booleans 0 and 1,
-- ids whole numbers that the contract shows as decimal strings.

CREATE TABLE campaign (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL
);

CREATE TABLE team (
    id INTEGER PRIMARY KEY,
    campaign_id BIGINT NOT NULL REFERENCES campaign (id),
    name TEXT NOT NULL
);

CREATE TABLE app_user (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    availability TEXT NOT NULL DEFAULT 'offline',
    active INTEGER NOT NULL DEFAULT 1
);

-- Campaigns assigned to admins. An agent's campaigns are those of the teams.
CREATE TABLE user_campaign (
    user_id BIGINT NOT NULL REFERENCES app_user (id),
    campaign_id BIGINT NOT NULL REFERENCES campaign (id),
    PRIMARY KEY (user_id, campaign_id)
);

CREATE TABLE user_team (
    user_id BIGINT NOT NULL REFERENCES app_user (id),
    team_id BIGINT NOT NULL REFERENCES team (id),
    PRIMARY KEY (user_id, team_id)
);
CREATE INDEX user_team_by_team ON user_team (team_id, user_id);

CREATE TABLE line (
    id INTEGER PRIMARY KEY,
    campaign_id BIGINT NOT NULL REFERENCES campaign (id),
    channel TEXT NOT NULL,
    name TEXT NOT NULL,
    team_id BIGINT REFERENCES team (id),
    user_id BIGINT REFERENCES app_user (id),
    bot INTEGER NOT NULL DEFAULT 0,
    secret TEXT NOT NULL
);

CREATE TABLE tag (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    color TEXT NOT NULL
);

CREATE TABLE category (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    parent_id BIGINT REFERENCES category (id)
);

-- JSON values by name: `closing_forms` holds the closing forms by campaign id, '' for the installation.
CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- `search` is the folded text that a search looks into; store/search.rs makes it.
CREATE TABLE contact (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL DEFAULT '',
    phone TEXT,
    email TEXT,
    company TEXT,
    city TEXT,
    language TEXT,
    search TEXT NOT NULL DEFAULT ''
);

-- team_id is the team in effect: the assigned one (team_assigned = 1), else the line's.
-- touched_at rises with anything at all. episode_id is the running episode, else the last.
-- closing_id, closed_at and the two categories repeat the last closing that was not undone, so that
-- filters need no join; all four are NULL where there is none.
CREATE TABLE conversation (
    id INTEGER PRIMARY KEY,
    version BIGINT NOT NULL DEFAULT 1,
    status TEXT NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0,
    channel TEXT NOT NULL,
    line_id BIGINT NOT NULL REFERENCES line (id),
    campaign_id BIGINT NOT NULL REFERENCES campaign (id),
    team_id BIGINT REFERENCES team (id),
    team_assigned INTEGER NOT NULL DEFAULT 0,
    owner_id BIGINT REFERENCES app_user (id),
    contact_id BIGINT NOT NULL REFERENCES contact (id),
    address TEXT NOT NULL,
    priority INTEGER NOT NULL DEFAULT 0,
    unread INTEGER NOT NULL DEFAULT 0,
    last_text TEXT,
    last_at BIGINT,
    last_direction TEXT,
    created_at BIGINT NOT NULL,
    last_activity_at BIGINT NOT NULL,
    touched_at BIGINT NOT NULL,
    waiting_since BIGINT,
    last_inbound_at BIGINT,
    window_ends_at BIGINT,
    snoozed_until BIGINT,
    bot_paused INTEGER NOT NULL DEFAULT 0,
    episode_id BIGINT NOT NULL DEFAULT 0,
    closing_id BIGINT,
    closed_at BIGINT,
    closed_category_id BIGINT,
    closed_subcategory_id BIGINT,
    -- Derived by the triggers below, written by nobody else: what lists are narrowed and ordered by.
    -- Every order is "key descending, then id descending", so each has one key.
    is_open INTEGER NOT NULL DEFAULT 1,
    waiting_key BIGINT NOT NULL DEFAULT 0,
    priority_key BIGINT NOT NULL DEFAULT 0,
    UNIQUE (line_id, address)
);
-- No generated columns: an index that holds one is never taken for holding all that a query asks for.
CREATE TRIGGER conversation_made AFTER INSERT ON conversation BEGIN
    UPDATE conversation SET
        is_open = CASE WHEN NEW.status IN ('closed', 'cancelled') THEN 0 ELSE 1 END,
        waiting_key = -COALESCE(NEW.waiting_since, 4000000000000000 - NEW.last_activity_at),
        priority_key = NEW.priority * 1000000000000000 + NEW.last_activity_at
    WHERE id = NEW.id;
END;
CREATE TRIGGER conversation_changed AFTER UPDATE OF status, waiting_since, priority, last_activity_at ON conversation
WHEN NEW.status <> OLD.status OR NEW.waiting_since IS NOT OLD.waiting_since OR NEW.priority <> OLD.priority
    OR NEW.last_activity_at <> OLD.last_activity_at
BEGIN
    UPDATE conversation SET
        is_open = CASE WHEN NEW.status IN ('closed', 'cancelled') THEN 0 ELSE 1 END,
        waiting_key = -COALESCE(NEW.waiting_since, 4000000000000000 - NEW.last_activity_at),
        priority_key = NEW.priority * 1000000000000000 + NEW.last_activity_at
    WHERE id = NEW.id;
END;
-- The first two hold all that filters ask about, so that counting and skipping touch no row.
CREATE INDEX conversation_activity ON conversation (
    last_activity_at, id, is_open, archived, snoozed_until, owner_id, team_id, campaign_id, status, line_id, channel,
    priority, unread, window_ends_at, contact_id, created_at, episode_id, closed_at, closed_category_id, closed_subcategory_id
);
CREATE INDEX conversation_open ON conversation (
    is_open, last_activity_at, id, archived, snoozed_until, owner_id, team_id, campaign_id, status, line_id, channel,
    priority, unread, window_ends_at, contact_id, created_at, episode_id, closed_at, closed_category_id, closed_subcategory_id
);
CREATE INDEX conversation_owner ON conversation (
    owner_id, is_open, last_activity_at, id, archived, snoozed_until, team_id, campaign_id, status, episode_id
);
CREATE INDEX conversation_team ON conversation (
    team_id, is_open, last_activity_at, id, archived, snoozed_until, owner_id, campaign_id, status, episode_id
);
CREATE INDEX conversation_waiting ON conversation (
    waiting_key, id, is_open, archived, snoozed_until, owner_id, team_id, campaign_id, status, episode_id
);
CREATE INDEX conversation_created ON conversation (
    created_at, id, is_open, archived, snoozed_until, owner_id, team_id, campaign_id, status, episode_id
);
CREATE INDEX conversation_priority ON conversation (
    priority_key, id, is_open, archived, snoozed_until, owner_id, team_id, campaign_id, status, episode_id
);
CREATE INDEX conversation_contact ON conversation (contact_id);
CREATE INDEX conversation_address ON conversation (address, channel);
CREATE INDEX conversation_snoozed ON conversation (snoozed_until) WHERE snoozed_until IS NOT NULL;

CREATE TABLE conversation_tag (
    conversation_id BIGINT NOT NULL REFERENCES conversation (id),
    tag_id BIGINT NOT NULL REFERENCES tag (id),
    PRIMARY KEY (conversation_id, tag_id)
);
CREATE INDEX conversation_tag_by_tag ON conversation_tag (tag_id, conversation_id);

-- Lends sight while its episode runs.
CREATE TABLE mention (
    conversation_id BIGINT NOT NULL REFERENCES conversation (id),
    user_id BIGINT NOT NULL REFERENCES app_user (id),
    episode_id BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, user_id, episode_id)
);
CREATE INDEX mention_in_episode ON mention (episode_id);
CREATE INDEX mention_by_user ON mention (user_id, conversation_id, episode_id);

-- A span from opening to ending; ended_at is NULL while it runs.
CREATE TABLE episode (
    id INTEGER PRIMARY KEY,
    conversation_id BIGINT NOT NULL REFERENCES conversation (id),
    opened_at BIGINT NOT NULL,
    first_response_at BIGINT,
    ended_at BIGINT
);
CREATE INDEX episode_of ON episode (conversation_id, id);

-- Closing records. An episode has one that stands at most, and any number that were undone.
-- message_id is the thread's entry about it.
CREATE TABLE closing (
    id INTEGER PRIMARY KEY,
    conversation_id BIGINT NOT NULL REFERENCES conversation (id),
    episode_id BIGINT NOT NULL REFERENCES episode (id),
    at BIGINT NOT NULL,
    source TEXT NOT NULL,
    by_user BIGINT REFERENCES app_user (id),
    description TEXT NOT NULL DEFAULT '',
    category_id BIGINT REFERENCES category (id),
    subcategory_id BIGINT REFERENCES category (id),
    summary TEXT NOT NULL DEFAULT '',
    next_owner BIGINT REFERENCES app_user (id),
    transferred INTEGER NOT NULL DEFAULT 0,
    cancelled INTEGER NOT NULL DEFAULT 0,
    undone INTEGER NOT NULL DEFAULT 0,
    message_id BIGINT
);
CREATE INDEX closing_of ON closing (conversation_id, id);

-- mentions: JSON array of user ids (text), NULL for none. event: JSON of the model's SystemEvent.
CREATE TABLE message (
    id INTEGER PRIMARY KEY,
    conversation_id BIGINT NOT NULL REFERENCES conversation (id),
    episode_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    direction TEXT,
    author_kind TEXT NOT NULL,
    author_id BIGINT REFERENCES app_user (id),
    body TEXT NOT NULL DEFAULT '',
    at BIGINT NOT NULL,
    delivery TEXT,
    delivery_error TEXT,
    client_id TEXT,
    mentions TEXT,
    event TEXT
);
CREATE INDEX message_of ON message (conversation_id, id);
CREATE INDEX message_in_episode ON message (episode_id);
CREATE UNIQUE INDEX message_client ON message (conversation_id, author_id, client_id) WHERE client_id IS NOT NULL;

-- What gateways handed in already.
CREATE TABLE inbound_seen (
    line_id BIGINT NOT NULL REFERENCES line (id),
    provider_message_id TEXT NOT NULL,
    conversation_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    PRIMARY KEY (line_id, provider_message_id)
);

-- before: JSON of what the action changed.
CREATE TABLE undo (
    token_hash TEXT PRIMARY KEY,
    user_id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL REFERENCES conversation (id),
    acted_at BIGINT NOT NULL,
    before TEXT NOT NULL,
    version_after BIGINT NOT NULL,
    last_message_id BIGINT NOT NULL,
    used INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX undo_age ON undo (acted_at);

CREATE TABLE session (
    token_hash TEXT PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES app_user (id),
    kind TEXT NOT NULL,
    csrf TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    rotated_at BIGINT NOT NULL
);
CREATE INDEX session_user ON session (user_id);

-- status NULL: the first call still runs.
CREATE TABLE idempotency (
    user_id BIGINT NOT NULL,
    key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    status INTEGER,
    body TEXT,
    at BIGINT NOT NULL,
    PRIMARY KEY (user_id, key)
);
CREATE INDEX idempotency_age ON idempotency (at);

-- Ids must never be given twice, also after old events were dropped.
CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at BIGINT NOT NULL,
    conversation_id BIGINT,
    data TEXT NOT NULL
);
CREATE INDEX event_age ON event (at);

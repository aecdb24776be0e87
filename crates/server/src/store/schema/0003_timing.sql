-- The two settings of teams (P26-P30): when idle conversations close, and who gets contacts that come back.

-- A team without a row has the settings as shipped. settings: JSON of both. after_s and window_s repeat what
-- the sweep and lists of teams ask for. clock_since: when that of inactivity was saved.
CREATE TABLE team_timing (
    team_id BIGINT PRIMARY KEY REFERENCES team (id),
    version BIGINT NOT NULL,
    clock_since BIGINT NOT NULL,
    settings TEXT NOT NULL,
    after_s BIGINT,
    window_s BIGINT
);

-- The rule that closed it and its value, where inactivity did.
ALTER TABLE closing ADD COLUMN rule_after_s BIGINT;
ALTER TABLE closing ADD COLUMN rule_anchor TEXT;

-- When each clock started last; farewell_at: when the contact was told last that it is about to close.
ALTER TABLE conversation ADD COLUMN clock_any BIGINT NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN clock_contact BIGINT NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN clock_agent BIGINT;
ALTER TABLE conversation ADD COLUMN farewell_at BIGINT;
-- From what threads tell: opening and waking start the clocks, what the automatic menu says starts none.
UPDATE conversation SET
    clock_any = COALESCE((SELECT MAX(at) FROM message m WHERE m.conversation_id = conversation.id
        AND (m.kind = 'event' OR m.author_kind <> 'bot')), created_at),
    clock_contact = COALESCE((SELECT MAX(at) FROM message m WHERE m.conversation_id = conversation.id
        AND (m.direction = 'in' OR m.event ->> '$.type' IN ('opened', 'reopened', 'woke'))), created_at),
    clock_agent = (SELECT CASE WHEN SUM(m.kind = 'message') > 0 THEN MAX(at) END FROM message m
        WHERE m.conversation_id = conversation.id AND m.episode_id = conversation.episode_id
        AND ((m.kind = 'message' AND m.author_kind = 'user') OR m.event ->> '$.type' = 'woke'));

-- Each holds all that the rule asks about, so that neither the sweep nor the simulator reads a row that it
-- leaves alone; is_open stands in them because the planner does not take it from their WHERE.
CREATE INDEX conversation_idle_any ON conversation (
    team_id, clock_any, id, is_open, snoozed_until, clock_contact, clock_agent, farewell_at, channel, window_ends_at
) WHERE is_open = 1;
CREATE INDEX conversation_idle_contact ON conversation (
    team_id, clock_contact, id, is_open, snoozed_until, clock_any, clock_agent, farewell_at, channel, window_ends_at
) WHERE is_open = 1;
CREATE INDEX conversation_idle_agent ON conversation (
    team_id, clock_agent, id, is_open, snoozed_until, clock_any, clock_contact, farewell_at, channel, window_ends_at
) WHERE is_open = 1;

-- Each time that a contact wrote on an ended conversation: what decided who got it, apart from the settings.
-- team_id governed it; owner_id: only if they could still take it. source is NULL where it was ended without
-- a record. Kept as long as the simulator looks back.
CREATE TABLE comeback (
    id INTEGER PRIMARY KEY,
    conversation_id BIGINT NOT NULL REFERENCES conversation (id),
    team_id BIGINT REFERENCES team (id),
    line_id BIGINT NOT NULL REFERENCES line (id),
    owner_id BIGINT REFERENCES app_user (id),
    cancelled INTEGER NOT NULL,
    source TEXT,
    has_reason INTEGER NOT NULL DEFAULT 0,
    closed_at BIGINT,
    at BIGINT NOT NULL,
    bot_paused INTEGER NOT NULL
);
CREATE INDEX comeback_of ON comeback (
    team_id, at, id, line_id, owner_id, cancelled, source, has_reason, closed_at, bot_paused
);
CREATE INDEX comeback_age ON comeback (at);

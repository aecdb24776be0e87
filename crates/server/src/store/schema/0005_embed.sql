-- Embedding: API keys of back ends, and the tokens they ask for.

-- prefix: the beginning of the secret, to tell keys apart by; the rest is kept as a hash only. scopes: JSON of
-- the model's Scopes, the bounds of its tokens. native: calls without an Origin are taken too. Ids must never
-- be given twice: sessions name them.
CREATE TABLE api_key (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    prefix TEXT NOT NULL,
    secret_hash TEXT NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    native INTEGER NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    used_at BIGINT,
    revoked_at BIGINT
);

-- The pages that a key's tokens may be used on.
CREATE TABLE api_key_origin (
    origin TEXT NOT NULL,
    key_id BIGINT NOT NULL REFERENCES api_key (id),
    PRIMARY KEY (origin, key_id)
);

-- A token for embedding is a session that hangs on a key. scopes: JSON of the model's Scopes.
ALTER TABLE session ADD COLUMN api_key_id BIGINT REFERENCES api_key (id);
ALTER TABLE session ADD COLUMN scopes TEXT;
CREATE INDEX session_of_key ON session (api_key_id) WHERE api_key_id IS NOT NULL;

-- Many at a time (P19-P25): jobs, and previews, which are jobs that nobody has started yet.

-- state: `making` while a preview is being written, `preview`, `over` for a preview that is too old, then
-- those of the wire. plan: JSON of what is done and with what; filter: as in a query string, NULL for
-- named conversations; except_ids: JSON array of keys that a filter leaves out.
-- Counters repeat what the items say, so that progress costs nothing; reasons: JSON counts by reason.
-- queued_at decides which of two jobs comes first. paced_at and paced_turns: since when the present pace
-- is measured, by the system's clock, and how many had had their turn then.
-- undoes_id: the job that this one takes back; copied_to: its last item that was copied here, NULL once
-- all are. retrying = 1: items that failed wait for another turn. later = 0: one more pass at the end was
-- not asked for; 1: it is due; 2: it was done.
CREATE TABLE bulk_job (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id BIGINT NOT NULL REFERENCES app_user (id),
    action TEXT NOT NULL,
    state TEXT NOT NULL,
    plan TEXT NOT NULL,
    filter TEXT,
    except_ids TEXT NOT NULL DEFAULT '[]',
    created_at BIGINT NOT NULL,
    queued_at BIGINT,
    started_at BIGINT,
    finished_at BIGINT,
    paced_at BIGINT,
    paced_turns BIGINT NOT NULL DEFAULT 0,
    matched BIGINT NOT NULL DEFAULT 0,
    done BIGINT NOT NULL DEFAULT 0,
    skipped BIGINT NOT NULL DEFAULT 0,
    failed BIGINT NOT NULL DEFAULT 0,
    reasons TEXT NOT NULL DEFAULT '{}',
    later INTEGER NOT NULL DEFAULT 0,
    retrying INTEGER NOT NULL DEFAULT 0,
    undoes TEXT,
    undoes_id BIGINT,
    copied_to BIGINT,
    undone_by BIGINT
);
CREATE INDEX bulk_job_of ON bulk_job (user_id, id);
CREATE INDEX bulk_job_in ON bulk_job (state, queued_at, id);

-- One conversation of a job; they have their turns in the order of their ids. result NULL: not yet.
-- before: JSON of what taking it back restores; the last three: what the job left, to tell then whether
-- anything happened since.
CREATE TABLE bulk_item (
    id INTEGER PRIMARY KEY,
    job_id BIGINT NOT NULL REFERENCES bulk_job (id),
    conversation_id BIGINT NOT NULL,
    result TEXT,
    reason TEXT,
    status_before TEXT,
    status_after TEXT,
    before TEXT,
    version_after BIGINT,
    unread_after BIGINT,
    newest_after BIGINT
);
CREATE INDEX bulk_item_of ON bulk_item (job_id, id);
CREATE INDEX bulk_item_with ON bulk_item (job_id, result, id);
-- Which jobs still have a conversation before them.
CREATE INDEX bulk_item_waiting ON bulk_item (conversation_id, job_id) WHERE result IS NULL;

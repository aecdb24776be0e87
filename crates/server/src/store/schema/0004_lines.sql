-- Settings of lines (P45).

-- menu: JSON of the model's BotMenu. version rises with every saving.
-- When a line gets another team, its conversations follow in the order of their addresses: follow_after is
-- the last address that has, '' before the first and NULL once all have; follow_by is who changed the line.
ALTER TABLE line ADD COLUMN menu TEXT NOT NULL DEFAULT '{"greeting":"","options":[]}';
ALTER TABLE line ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE line ADD COLUMN follow_after TEXT;
ALTER TABLE line ADD COLUMN follow_by BIGINT REFERENCES app_user (id);

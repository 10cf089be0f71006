-- SPDX-License-Identifier: GPL-3.0-or-later
-- When a report was put in or last tried. One that was tried in the future is due: the clock was set back since, and what
-- it waits for may be far off.
ALTER TABLE outbox ADD COLUMN tried INTEGER NOT NULL DEFAULT 0; -- seconds since 1970
UPDATE outbox SET tried = created;
CREATE INDEX outbox_tried ON outbox (tried) WHERE state = 'queued';

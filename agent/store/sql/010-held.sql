-- SPDX-License-Identifier: GPL-3.0-or-later
-- 1: the person can still take the report back, and it is not sent before that time is over.
ALTER TABLE outbox ADD COLUMN held INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1));

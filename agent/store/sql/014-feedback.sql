-- SPDX-License-Identifier: GPL-3.0-or-later
-- Which mail a report is about, and whether the person found it suspicious or, in spite of a warning, harmless.
ALTER TABLE outbox ADD COLUMN kind TEXT NOT NULL DEFAULT 'report' CHECK (kind IN ('report', 'feedback'));
ALTER TABLE outbox ADD COLUMN mail TEXT; -- SHA-256 of its bytes, hex; NULL when not known
CREATE INDEX outbox_mail ON outbox (mail);

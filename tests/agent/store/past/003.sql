-- SPDX-License-Identifier: GPL-3.0-or-later
-- What format 3 added.
INSERT INTO outbox VALUES ('waits', 'queued', 1700000000, 2, 1700000060, 'no server', CAST ('From: a@x' AS BLOB));
INSERT INTO outbox VALUES ('was-sent', 'sent', 1700000000, 1, 1700000000, NULL, NULL);

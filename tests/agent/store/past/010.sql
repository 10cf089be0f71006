-- SPDX-License-Identifier: GPL-3.0-or-later
-- What format 10 added.
INSERT INTO outbox (id, state, created, attempts, next_attempt, message, held)
  VALUES ('held', 'queued', 1700000000, 0, 1700000000, CAST ('From: b@x' AS BLOB), 1);

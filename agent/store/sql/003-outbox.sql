-- SPDX-License-Identifier: GPL-3.0-or-later
-- Reports, from the click until a server has taken them. A sent one stays as a row without its bytes, so that the
-- same mail is never reported twice.

CREATE TABLE outbox (
  id           TEXT    PRIMARY KEY,
  state        TEXT    NOT NULL CHECK (state IN ('queued', 'sent')),
  created      INTEGER NOT NULL, -- seconds since 1970
  attempts     INTEGER NOT NULL DEFAULT 0,
  next_attempt INTEGER NOT NULL, -- seconds since 1970
  last_error   TEXT,
  message      BLOB,             -- RFC 5322; last, as it may be megabytes that the other columns must not wait for
  CHECK (state = 'sent' OR message IS NOT NULL)
) STRICT;

CREATE INDEX outbox_due ON outbox (next_attempt, created) WHERE state = 'queued';

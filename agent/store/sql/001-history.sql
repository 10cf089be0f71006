-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who wrote to whom, and about what. Meant for a million messages: integers and hashes, no text that repeats.

CREATE TABLE correspondent (
  id         INTEGER PRIMARY KEY,
  address    TEXT    NOT NULL UNIQUE,    -- normal form
  received   INTEGER NOT NULL DEFAULT 0, -- mails from this address
  written_to INTEGER NOT NULL DEFAULT 0, -- mails of ours to this address
  first_seen INTEGER NOT NULL,           -- seconds since 1970
  last_seen  INTEGER NOT NULL
) STRICT;

CREATE TABLE name (
  key           TEXT    NOT NULL, -- the name made fit for comparing
  correspondent INTEGER NOT NULL REFERENCES correspondent (id),
  seen          INTEGER NOT NULL,
  PRIMARY KEY (key, correspondent)
) STRICT, WITHOUT ROWID;

-- The hash of the Message-ID is the row's own number, so that looking one up needs no second index.
CREATE TABLE message (
  id      INTEGER PRIMARY KEY, -- hash of the Message-ID
  subject INTEGER,             -- hash of the subject in normal form; NULL when there is none
  date    INTEGER NOT NULL,    -- seconds since 1970; 0 when not known
  sent    INTEGER NOT NULL,    -- 1: by us
  peer    INTEGER REFERENCES correspondent (id) -- the author, or the first recipient of a mail of ours
) STRICT;

-- A subject that we wrote to somebody. Separate from message, as a mail of ours has many recipients.
CREATE TABLE topic (
  subject       INTEGER NOT NULL, -- hash of the subject in normal form
  correspondent INTEGER NOT NULL REFERENCES correspondent (id),
  PRIMARY KEY (subject, correspondent)
) STRICT, WITHOUT ROWID;

-- One row: counting a million rows for each mail would be felt.
CREATE TABLE total (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  messages INTEGER NOT NULL
) STRICT;
INSERT INTO total (id, messages) VALUES (1, 0);

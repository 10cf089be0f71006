-- SPDX-License-Identifier: GPL-3.0-or-later
-- Mails that were checked, by the marks that an advisory may name: what the administrator says today finds a mail of
-- last week. Lists are words with a line end behind each.
CREATE TABLE seen (
  id         INTEGER PRIMARY KEY AUTOINCREMENT, -- in the order in which they came, never given again
  mail       TEXT    NOT NULL UNIQUE,           -- SHA-256 of its bytes, hex
  message_id TEXT    NOT NULL,                  -- '' when it has none
  shown      TEXT    NOT NULL,                  -- its subject as a person reads it
  subject    TEXT    NOT NULL,                  -- in normal form
  senders    TEXT    NOT NULL,
  domains    TEXT    NOT NULL,
  digests    TEXT    NOT NULL,
  links      TEXT    NOT NULL,
  date       INTEGER NOT NULL,                  -- when the agent saw it first
  client     TEXT    NOT NULL,
  folder     TEXT    NOT NULL,                  -- where it lay when it was seen last
  level      INTEGER NOT NULL                   -- SekLevel
) STRICT;
CREATE INDEX seen_age ON seen (date);

-- Advisories whose sentence was shown and for which the mails above were looked through.
CREATE TABLE announced (
  advisory TEXT    PRIMARY KEY, -- digest of its name, level and marks
  date     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Which mail an advisory meant, so that each is told and moved once.
CREATE TABLE advised (
  mail     TEXT    NOT NULL,
  advisory TEXT    NOT NULL, -- as above
  date     INTEGER NOT NULL,
  to_move  INTEGER NOT NULL, -- 1: a mail client has yet to put it into Quarantine
  PRIMARY KEY (mail, advisory)
) STRICT, WITHOUT ROWID;
CREATE INDEX advised_move ON advised (mail) WHERE to_move = 1;

-- SPDX-License-Identifier: GPL-3.0-or-later
-- Which messages belong together and who took part; domains; name forms as a person reads them; locked attachments.
--
-- A row of correspondent whose received and written_to are both 0 is somebody who only took part in a thread: its
-- first_seen is the largest number there is, so that min() needs no special case.

-- Without references to correspondent: forgetting somebody must not read a million rows to find that none is left.
CREATE TABLE message_new (
  id      INTEGER PRIMARY KEY, -- hash of the Message-ID
  subject INTEGER,             -- hash of the subject in normal form; NULL when there is none
  date    INTEGER NOT NULL,    -- seconds since 1970; 0 when not known
  sent    INTEGER NOT NULL,    -- 1: by us
  peer    INTEGER,             -- correspondent: the author, or the first recipient of a mail of ours
  thread  INTEGER              -- NULL: learned before threads were kept
) STRICT;
INSERT INTO message_new SELECT id, subject, date, sent, peer, NULL FROM message;
DROP TABLE message;
ALTER TABLE message_new RENAME TO message;
CREATE INDEX message_age ON message (date);

-- Messages that others refer to and that we don't have. They hold a thread together all the same.
CREATE TABLE missing (
  id     INTEGER PRIMARY KEY, -- hash of the Message-ID
  thread INTEGER NOT NULL
) STRICT;

CREATE TABLE thread (
  id       INTEGER PRIMARY KEY,
  joined   INTEGER,         -- the thread that this one turned out to be a part of
  messages INTEGER NOT NULL -- how many we have; 0 when joined
) STRICT;
CREATE INDEX thread_joined ON thread (joined) WHERE joined IS NOT NULL;

-- From, To and Cc of all messages of a thread.
CREATE TABLE participant (
  thread        INTEGER NOT NULL,
  correspondent INTEGER NOT NULL,
  PRIMARY KEY (thread, correspondent)
) STRICT, WITHOUT ROWID;
CREATE INDEX participant_who ON participant (correspondent);

CREATE TABLE topic_new (
  subject       INTEGER NOT NULL, -- hash of the subject in normal form
  correspondent INTEGER NOT NULL,
  date          INTEGER NOT NULL, -- of the last mail of ours; 0 when not known
  PRIMARY KEY (subject, correspondent)
) STRICT, WITHOUT ROWID;
INSERT INTO topic_new SELECT subject, correspondent, 0 FROM topic;
DROP TABLE topic;
ALTER TABLE topic_new RENAME TO topic;

ALTER TABLE name ADD COLUMN shown TEXT NOT NULL DEFAULT ''; -- the form a person reads; '' when it was not kept
CREATE INDEX name_of ON name (correspondent, seen);

CREATE TABLE domain (
  name            TEXT    PRIMARY KEY, -- lower case
  received        INTEGER NOT NULL,    -- of this domain and all below it, as in correspondent
  written_to      INTEGER NOT NULL,
  first_seen      INTEGER NOT NULL,
  last_seen       INTEGER NOT NULL,
  received_itself INTEGER NOT NULL,    -- of addresses in just this domain
  written_itself  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX domain_use ON domain (written_itself DESC, received_itself DESC)
  WHERE written_itself > 0 OR received_itself >= 3;
WITH RECURSIVE part (name, itself, received, written_to, first_seen, last_seen) AS (
  SELECT substr(address, instr(address, '@') + 1), 1, received, written_to, first_seen, last_seen
    FROM correspondent WHERE instr(address, '@') > 0
  UNION ALL
  SELECT substr(name, instr(name, '.') + 1), 0, received, written_to, first_seen, last_seen
    FROM part WHERE instr(substr(name, instr(name, '.') + 1), '.') > 0
)
INSERT INTO domain
  SELECT name, sum(received), sum(written_to), min(first_seen), max(last_seen),
         sum(received * itself), sum(written_to * itself)
    FROM part WHERE name <> '' GROUP BY name;

ALTER TABLE total ADD COLUMN sent INTEGER NOT NULL DEFAULT 0;   -- of messages, ours
ALTER TABLE total ADD COLUMN since INTEGER NOT NULL DEFAULT 0;  -- date of the oldest; 0 when there is none
ALTER TABLE total ADD COLUMN threads INTEGER NOT NULL DEFAULT 0; -- the last number given to a thread, never given again
UPDATE total SET sent = (SELECT count(*) FROM message WHERE sent = 1),
                 since = coalesce((SELECT min(date) FROM message WHERE date > 0), 0);

-- Locked attachments of the last day, so that the mail that brings the password can be told to belong to one.
CREATE TABLE locked (
  sender  TEXT    NOT NULL, -- address in normal form
  digest  TEXT    NOT NULL, -- SHA-256 of the attachment, hex
  file    TEXT    NOT NULL, -- its name; '' when it has none
  subject TEXT    NOT NULL, -- of the mail it came with
  date    INTEGER NOT NULL, -- when the agent saw it
  opened  INTEGER NOT NULL, -- 1: a password has opened it
  PRIMARY KEY (sender, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX locked_age ON locked (date);

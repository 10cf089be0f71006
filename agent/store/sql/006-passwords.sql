-- SPDX-License-Identifier: GPL-3.0-or-later
-- Passwords that mails of the last day brought, so that one can open the file that comes second.
CREATE TABLE password (
  sender   TEXT    NOT NULL, -- address in normal form
  password TEXT    NOT NULL,
  date     INTEGER NOT NULL, -- when the agent saw it last
  opened   INTEGER NOT NULL, -- 1: it has opened a file of this sender's
  PRIMARY KEY (sender, password)
) STRICT, WITHOUT ROWID;
CREATE INDEX password_age ON password (date);

-- SPDX-License-Identifier: GPL-3.0-or-later
-- What was said of which mail, and what the person then did.

CREATE TABLE verdict (
  id       TEXT    PRIMARY KEY,
  created  INTEGER NOT NULL, -- seconds since 1970
  level    TEXT    NOT NULL,
  sha256   TEXT    NOT NULL, -- of the mail's bytes, hex
  client   TEXT,
  folder   TEXT,
  decision TEXT,             -- "shown", "closed", "reported"; NULL while there is none
  decided  INTEGER,          -- seconds since 1970
  content  BLOB    NOT NULL  -- the verdict as a{sv} in GVariant normal form
) STRICT;

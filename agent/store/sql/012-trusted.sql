-- SPDX-License-Identifier: GPL-3.0-or-later
-- Senders of whom the person said that they are to be trusted, until the person takes it back.
CREATE TABLE trusted (
  address TEXT    PRIMARY KEY, -- normal form
  name    TEXT    NOT NULL,    -- as the mail showed it; '' when it showed none
  since   INTEGER NOT NULL     -- seconds since 1970
) STRICT, WITHOUT ROWID;

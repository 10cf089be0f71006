-- SPDX-License-Identifier: GPL-3.0-or-later
-- How far a mail client has handed over what it has, so that it goes on there after a restart. Here and not with the
-- client: a history that is begun anew must be taught anew.

CREATE TABLE learning (
  folder TEXT    PRIMARY KEY, -- the client's own word for it
  up_to  INTEGER NOT NULL     -- the highest message number that was learned
) STRICT;

-- Mails that were judged caution or danger: they teach nothing, also when a client hands over the folder they lie in.
CREATE TABLE distrusted (
  id INTEGER PRIMARY KEY -- hash of the Message-ID, as in message
) STRICT;

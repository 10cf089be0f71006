-- SPDX-License-Identifier: GPL-3.0-or-later
-- Numbers that only this history knows. A report carries a proof that is made with one, so that an answer shows by
-- repeating it that its writer has had the report.
CREATE TABLE secret (
  name  TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- What was said of the mail that a report is about: its id is how the digest of the mail begins.
CREATE INDEX verdict_mail ON verdict (sha256, created);

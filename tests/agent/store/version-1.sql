-- SPDX-License-Identifier: GPL-3.0-or-later
-- A history as format 1 wrote it, kept as it was then. Hashes: the first eight bytes of SHA-256.
PRAGMA application_id = 1397445448;
PRAGMA user_version = 1;
CREATE TABLE correspondent (
  id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE, received INTEGER NOT NULL DEFAULT 0,
  written_to INTEGER NOT NULL DEFAULT 0, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL) STRICT;
CREATE TABLE name (
  key TEXT NOT NULL, correspondent INTEGER NOT NULL REFERENCES correspondent (id), seen INTEGER NOT NULL,
  PRIMARY KEY (key, correspondent)) STRICT, WITHOUT ROWID;
CREATE TABLE message (
  id INTEGER PRIMARY KEY, subject INTEGER, date INTEGER NOT NULL, sent INTEGER NOT NULL,
  peer INTEGER REFERENCES correspondent (id)) STRICT;
CREATE TABLE topic (
  subject INTEGER NOT NULL, correspondent INTEGER NOT NULL REFERENCES correspondent (id),
  PRIMARY KEY (subject, correspondent)) STRICT, WITHOUT ROWID;
CREATE TABLE total (id INTEGER PRIMARY KEY CHECK (id = 1), messages INTEGER NOT NULL) STRICT;
INSERT INTO total (id, messages) VALUES (1, 1);
INSERT INTO correspondent VALUES (1, 'ota@kaede.example', 1, 0, 1700000000, 1700000000);
INSERT INTO name VALUES ('太田道子', 1, 1);
INSERT INTO message VALUES (-444379408190009058, 8160911911359575244, 1700000000, 0, 1);
INSERT INTO topic VALUES (8160911911359575244, 1);

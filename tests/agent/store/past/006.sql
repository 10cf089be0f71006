-- SPDX-License-Identifier: GPL-3.0-or-later
-- What format 6 added.
INSERT INTO password VALUES ('ota@kaede.example', 'hirakegoma', unixepoch (), 1);

-- SPDX-License-Identifier: GPL-3.0-or-later
-- What format 4 added.
INSERT INTO locked VALUES ('ota@kaede.example', 'cd', '見積.zip', '見積', unixepoch (), 0);
UPDATE domain SET written_to = 7, written_itself = 7 WHERE name = 'kaede.example';

-- SPDX-License-Identifier: GPL-3.0-or-later
-- What format 12 added.
INSERT INTO trusted VALUES ('ito@momiji.example', '伊藤', 1700000000);

-- SPDX-License-Identifier: GPL-3.0-or-later
-- What format 5 added.
INSERT INTO learning VALUES ('#mh/inbox', 42);
INSERT INTO distrusted VALUES (4711);

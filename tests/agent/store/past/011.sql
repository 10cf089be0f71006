-- SPDX-License-Identifier: GPL-3.0-or-later
-- What format 11 added.
UPDATE outbox SET tried = 1700000030 WHERE id = 'waits';

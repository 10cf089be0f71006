-- SPDX-License-Identifier: GPL-3.0-or-later
-- What format 14 added.
UPDATE outbox SET kind = 'feedback', mail = 'ef' WHERE id = 'was-sent';

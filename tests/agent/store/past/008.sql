-- SPDX-License-Identifier: GPL-3.0-or-later
-- What format 8 added.
UPDATE outbox SET answer = 'thanks', subject = '見積' WHERE id = 'was-sent';

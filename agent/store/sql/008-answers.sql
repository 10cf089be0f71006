-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the administrator answered to a report, and which mail it was about, to tell the person by.
ALTER TABLE outbox ADD COLUMN answer TEXT CHECK (answer IN ('answered', 'thanks', 'harmless', 'dangerous'));
ALTER TABLE outbox ADD COLUMN subject TEXT; -- of the reported mail, as a person reads it

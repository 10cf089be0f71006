-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the window of the person asks for: mails that were warned of, and how many of them an advisory meant.
CREATE INDEX verdict_warned ON verdict (created) WHERE level IN ('caution', 'danger');
CREATE INDEX advised_advisory ON advised (advisory);

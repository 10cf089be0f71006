-- SPDX-License-Identifier: GPL-3.0-or-later
-- What format 7 added.
INSERT INTO seen (mail, message_id, shown, subject, senders, domains, digests, links, date, client, folder, level)
  VALUES ('abababababababababababababababababababababababababababababababab', '1@kaede.example', 'Re: 見積', '見積', 'ota@kaede.example' || char (10), '', '', '',
          1700000000, 'claws-mail', 'inbox', 3);
INSERT INTO announced VALUES ('advisory-1', 1700000000);
INSERT INTO advised VALUES ('abababababababababababababababababababababababababababababababab', 'advisory-1', 1700000000, 1);

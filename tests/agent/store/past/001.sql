-- SPDX-License-Identifier: GPL-3.0-or-later
-- What format 1 wrote. Hashes: the first eight bytes of SHA-256, here of "1@kaede.example" and "見積".
UPDATE total SET messages = 1;
INSERT INTO correspondent VALUES (1, 'ota@kaede.example', 1, 0, 1700000000, 1700000000);
INSERT INTO name VALUES ('太田道子', 1, 1);
INSERT INTO message VALUES (-444379408190009058, 8160911911359575244, 1700000000, 0, 1);
INSERT INTO topic VALUES (8160911911359575244, 1);

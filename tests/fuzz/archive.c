/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An archive that hangs on a mail as it is, without a transfer encoding, so that its bytes are the input's;
 * the password that seeds are locked with is at hand. */
#include "tests/fuzz/fuzz.h"

#include "agent/scanner/scanner.h"

#define HEADER                                                                                               \
  "From: Hanako Mori <mori@partner.example>\r\nTo: taro.sato@kaede.example\r\nSubject: 資料\r\n"           \
  "MIME-Version: 1.0\r\nContent-Type: application/octet-stream; name=\"20261102.zip\"\r\n"                   \
  "Content-Disposition: attachment\r\nContent-Transfer-Encoding: binary\r\n\r\n"

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  fuzz_warm_up ();
  return 0;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char *const passwords[] = { "kaede2026", "1102", NULL };
  g_autoptr (GByteArray) mail = g_byte_array_new ();
  g_byte_array_append (mail, (const guint8 *) HEADER, sizeof HEADER - 1);
  g_byte_array_append (mail, data, (guint) size);
  fuzz_facts (sek_scan_bytes ((const char *) mail->data, mail->len, mail->len, passwords, NULL, NULL));
  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/scanner.h"

#include <gmime/gmime.h>
#include <locale.h>
#include <string.h>

#include "agent/scanner/archive.h"
#include "agent/scanner/charset.h"
#include "agent/scanner/inspect/families.h"

/* A mail that takes every way through the parser once: types get registered, tables built, lazy symbols
 * bound. */
static const char sample[] =
    "From: =?ISO-2022-JP?B?GyRCNFg9aiEhQkBPOhsoQg==?= <taro@kaede.example>\n"
    "To: \"Ota, Michiko\" <ota@kaede.example>\n"
    "Subject: =?Shift_JIS?Q?=8A=D6=8F=8A?=\n"
    "Date: Tue, 24 Nov 2026 10:00:00 +0900\n"
    "MIME-Version: 1.0\n"
    "Content-Type: multipart/mixed; boundary=\"outer\"\n\n"
    "--outer\nContent-Type: multipart/alternative; boundary=inner\n\n"
    "--inner\nContent-Type: text/plain; charset=iso-2022-jp\n\n"
    "\033$B4X=j\033(B https://www.kaede.example/\n"
    "--inner\nContent-Type: text/html; charset=utf-8\n"
    "Content-Transfer-Encoding: quoted-printable\n\n"
    "<p>=E9=96=A2 <a href=3D\"https://kaede.example/\">x</a>\n"
    "--inner--\n"
    "--outer\nContent-Type: message/rfc822\n\n"
    "From: a@kaede.example\nSubject: inner\n\ntext\n"
    "--outer\nContent-Type: application/zip; name=\"a.zip\"\n"
    "Content-Transfer-Encoding: base64\n"
    "Content-Disposition: attachment; filename*=iso-2022-jp''%1B%24B4X%1B%28B.zip\n\n"
    "UEsDBAoAAAAAAAAAIQAAAAAAAAAAAAAAAAAFAAAAYS50eHRQSwECFAAKAAAAAAAAACEAAAAAAAAA\n"
    "AAAAAAAABQAAAAAAAAAAAAAAAAAAAAAAYS50eHRQSwUGAAAAAAEAAQAzAAAAIwAAAAAA\n"
    "--outer--\n";

/* Readers are chosen by the first bytes, so each format is asked once. */
static const char *const formats[] = { "zip",  "7z",    "rar", "cab",  "lha",  "tar", "iso",
                                       "gzip", "bzip2", "xz",  "zstd", "lzip", "lz4", "compress" };

void
sek_scan_once (void)
{
  sek_facts_free (sek_scan_bytes (sample, strlen (sample), (gint64) strlen (sample), NULL, NULL, NULL));
}

GPtrArray *
sek_scan_warm_up (void)
{
  /* The built-in locale of glibc: libarchive hands out names in the locale's character set. */
  setlocale (LC_CTYPE, "C.UTF-8");
  /* A zone that is no file: mktime, called for each file in a zip, looks for one each time the seal refuses
   * it. */
  g_setenv ("TZ", "UTC0", TRUE);
  g_mime_init ();
  GPtrArray *warm = sek_charset_warm_up (NULL);
  sek_scan_once ();
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      SekAttachment *attachment = sek_attachment_new ();
      SekArchiveBudget budget;
      g_free (attachment->format);
      attachment->format = g_strdup (formats[i]);
      sek_archive_budget_start (&budget, NULL);
      sek_archive_free (sek_archive_read (attachment, sample, strlen (sample), &budget));
      sek_attachment_free (attachment);
    }
  return warm;
}

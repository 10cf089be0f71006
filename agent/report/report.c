/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/report/report-private.h"

#include <string.h>

#define PROOF_DIGITS 32
#define PROOF_END ".sekisho.invalid"

/* What an error carries beside code and words. */
typedef struct
{
  gint64 wait; /* seconds */
} SekReportErrorPrivate;

static void
sek_report_error_private_init (SekReportErrorPrivate *priv)
{
}

static void
sek_report_error_private_copy (const SekReportErrorPrivate *from, SekReportErrorPrivate *to)
{
  *to = *from;
}

static void
sek_report_error_private_clear (SekReportErrorPrivate *priv)
{
}

G_DEFINE_EXTENDED_ERROR (SekReportError, sek_report_error)

void
sek_report_error_set_wait (GError *error, gint64 seconds)
{
  sek_report_error_get_private (error)->wait = CLAMP (seconds, 0, SEK_REPORT_ASKED_WAIT_MAX);
}

gint64
sek_report_error_wait (const GError *error)
{
  return error->domain == SEK_REPORT_ERROR ? sek_report_error_get_private (error)->wait : 0;
}

char *
sek_report_id (GBytes *original)
{
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, original);
  return g_strndup (digest, SEK_REPORT_ID_DIGITS);
}

char *
sek_report_feedback_id (GBytes *original)
{
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, original);
  /* The other half of it. */
  return g_strndup (digest + SEK_REPORT_ID_DIGITS, SEK_REPORT_ID_DIGITS);
}

char *
sek_report_proof (GBytes *key, const char *id)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (key, &length);
  g_autofree char *digest = g_compute_hmac_for_string (G_CHECKSUM_SHA256, data, length, id, -1);
  return g_strndup (digest, PROOF_DIGITS);
}

gboolean
sek_report_is_proven (GBytes *key, const char *message_id)
{
  if (strlen (message_id) != SEK_REPORT_ID_DIGITS + 1 + PROOF_DIGITS + strlen (PROOF_END))
    return FALSE;
  g_autofree char *lower = g_ascii_strdown (message_id, -1);
  g_autofree char *id = g_strndup (lower, SEK_REPORT_ID_DIGITS);
  g_autofree char *proof = sek_report_proof (key, id);
  g_autofree char *whole = g_strconcat (id, "@", proof, PROOF_END, NULL);
  /* Not compared in constant time: a mail is one guess. */
  return g_str_equal (lower, whole);
}

char *
sek_report_default_maildir (void)
{
  return g_build_filename (g_get_user_data_dir (), "sekisho", "reports", NULL);
}

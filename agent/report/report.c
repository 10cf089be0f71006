/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/report/report-private.h"

#define ID_DIGITS 32

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
  return g_strndup (digest, ID_DIGITS);
}

char *
sek_report_default_maildir (void)
{
  return g_build_filename (g_get_user_data_dir (), "sekisho", "reports", NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/report/report.h"

#define ID_DIGITS 32

GQuark
sek_report_error_quark (void)
{
  return g_quark_from_static_string ("sek-report-error-quark");
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

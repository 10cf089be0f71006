/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window/pages.h"

#include <glib/gi18n-lib.h>

const SekPage *
sek_pages (gsize *count)
{
  static const SekPage pages[] = {
    /* Translators: the next ones are the names of the pages of Sekisho's window; one or two words each. */
    { "today", N_ ("Today"), "go-home-symbolic", sek_page_today_new },
    /* Translators: the page that lists the mails that a warning was shown for. */
    { "mails", N_ ("Mails"), "mail-unread-symbolic", sek_page_mails_new },
    /* Translators: the page that lists the mails that were reported to the administrator. */
    { "reports", N_ ("Reports"), "mail-send-symbolic", sek_page_reports_new },
    /* Translators: the page that lists what the administrator warns of. */
    { "advisories", N_ ("Advisories"), "dialog-warning-symbolic", sek_page_advisories_new },
    /* Translators: the page that tells what is known of somebody who writes, and whom the person trusts. */
    { "correspondents", N_ ("Correspondents"), "system-users-symbolic", sek_page_correspondents_new },
    /* Translators: the page with what the person may choose, and the self-test. */
    { "settings", N_ ("Settings"), "preferences-system-symbolic", sek_page_settings_new },
  };
  *count = G_N_ELEMENTS (pages);
  return pages;
}

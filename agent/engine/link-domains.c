/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine/link-domains.h"

#include <string.h>

#define RECEIVED_ENOUGH 3 /* from here on an address is one that we deal with */

/* Domains of one house that do not show it by their names, one house a line. */
static const char *const houses[] = {
  /* Two lines of one house stand without a comma. NOLINTNEXTLINE(bugprone-suspicious-missing-comma) */
  " youtube.com youtu.be google.com goo.gl g.co googleusercontent.com forms.gle gmail.com withgoogle.com "
  "google.co.jp android.com chromium.org ",
  " microsoft.com office.com office365.com live.com outlook.com sharepoint.com onedrive.com 1drv.ms aka.ms "
  "microsoftonline.com windows.com azure.com msn.com visualstudio.com microsoft365.com cloud.microsoft ",
  " github.com github.io githubusercontent.com ghcr.io ",
  " gitlab.com gitlab.io ",
  " amazon.com amazon.co.jp amzn.to amzn.asia amazon.jp aws.amazon.com awscloud.com ",
  " facebook.com fb.com fb.me facebookmail.com instagram.com meta.com whatsapp.com wa.me messenger.com ",
  " twitter.com x.com t.co ",
  " linkedin.com lnkd.in ",
  " apple.com icloud.com apple.co itunes.com me.com ",
  " yahoo.co.jp yahoo.com lycorp.co.jp line.me ",
  " rakuten.co.jp r10.to rakuten.com rakuten-sec.co.jp ",
  " zoom.us zoom.com ",
  " sourceforge.net sf.net ",
  " spotify.com spoti.fi ",
  " dropbox.com db.tt dropboxusercontent.com ",
  " kernel.org lore.kernel.org ",
  " launchpad.net ubuntu.com canonical.com ",
};

static gboolean
is_in_house (const char *house, const char *registrable)
{
  g_autofree char *word = g_strconcat (" ", registrable, " ", NULL);
  return strstr (house, word) != NULL;
}

gboolean
sek_link_is_own (const SekCheckInput *input, const char *host)
{
  g_autofree char *address = g_strconcat ("x@", host, NULL);
  return *host != '\0' && sek_is_own_address (input, address);
}

gboolean
sek_link_is_senders (const SekCheckInput *input, const char *host)
{
  return *host != '\0' && *input->author_domain != '\0' &&
         !sek_is_public_mail_domain (input->author_domain) && sek_link_is_same (host, input->author_domain);
}

gboolean
sek_link_is_same (const char *host_a, const char *host_b)
{
  g_autofree char *a = g_strconcat ("x@", host_a, NULL);
  g_autofree char *b = g_strconcat ("x@", host_b, NULL);
  if (sek_same_organisation (a, b))
    return TRUE;
  g_autofree char *registrable_a = sek_registrable_domain (host_a);
  g_autofree char *registrable_b = sek_registrable_domain (host_b);
  for (gsize i = 0; i < G_N_ELEMENTS (houses); i++)
    if (is_in_house (houses[i], registrable_a) && is_in_house (houses[i], registrable_b))
      return TRUE;
  return FALSE;
}

gboolean
sek_link_is_dealt_with (const SekCheckInput *input, const char *registrable)
{
  SekCorrespondent correspondent;
  return input->history != NULL && *registrable != '\0' &&
         input->history->find_domain (input->history->self, registrable, &correspondent) &&
         (correspondent.written_to > 0 || correspondent.received >= RECEIVED_ENOUGH);
}

gboolean
sek_link_author_is_known (const SekCheckInput *input)
{
  SekCorrespondent correspondent;
  if (*input->author_address == '\0')
    return FALSE;
  return input->history != NULL &&
         input->history->find_correspondent (input->history->self, input->author_address, &correspondent) &&
         (correspondent.written_to > 0 || correspondent.received >= RECEIVED_ENOUGH);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sends reports by Claws Mail's own account: what its servers ask for, Claws Mail knows. It shows its window
 * of progress meanwhile, as for every mail, and runs the main loop in it. */
#include "plugin/claws/claws.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "account.h"
#include "plugin/client/handover.h"
#include "prefs_common.h"
#include "send_message.h"

/* While it sends something else. */
#define BUSY_MILLISECONDS 500
/* Well inside the agent's lease: after that another client may send it. */
#define PATIENCE_MICROSECONDS (3 * 60 * G_USEC_PER_SEC)

typedef struct
{
  SekPlugin *plugin;
  SekHandover *handover;
  gint64 until; /* monotonic */
} Sending;

static void
sending_free (gpointer data)
{
  Sending *sending = data;
  g_object_unref (sending->plugin);
  sek_handover_free (sending->handover);
  g_free (sending);
}

/* NULL when it was sent, else why not; newly allocated. */
static char *
send_file (const char *path, PrefsAccount *account, const char *address)
{
  GSList *recipients = g_slist_append (NULL, g_strdup (address));
  int result = send_message (path, account, recipients);
  g_slist_free_full (recipients, g_free);
  /* Translators: why a report was not sent; the mail program has told the reason itself. */
  return result == 0 ? NULL : g_strdup (_ ("its mail server did not take it"));
}

static char *
send_report (SekHandover *handover)
{
  /* Translators: why a report was not sent: the person has switched the mail program to offline. */
  if (prefs_common_get_prefs ()->work_offline)
    return g_strdup (_ ("it is offline"));
  PrefsAccount *account = account_get_default ();
  if (account == NULL)
    /* Translators: why a report was not sent: the mail program has no account. */
    return g_strdup (_ ("there is no account"));
  sek_handover_set_from (handover, account->address);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  int fd = g_file_open_tmp ("sekisho-report-XXXXXX", &path, &error);
  if (fd >= 0)
    close (fd);
  gboolean written = fd >= 0 && g_file_set_contents_full (path, g_bytes_get_data (handover->message, NULL),
                                                          (gssize) g_bytes_get_size (handover->message),
                                                          G_FILE_SET_CONTENTS_NONE, 0600, &error);
  char *failure = written ? send_file (path, account, handover->address) : g_strdup (error->message);
  if (path != NULL)
    g_unlink (path);
  return failure;
}

static gboolean
on_turn (gpointer user_data)
{
  Sending *sending = user_data;
  SekPlugin *plugin = sending->plugin;
  if (g_cancellable_is_cancelled (plugin->cancellable))
    return G_SOURCE_REMOVE;
  gboolean busy = send_is_active () || g_main_depth () > 1;
  gboolean late = g_get_monotonic_time () > sending->until;
  if (busy && !late)
    return G_SOURCE_CONTINUE;
  /* Translators: why a report was not sent. */
  g_autofree char *failure = late ? g_strdup (_ ("it was busy")) : send_report (sending->handover);
  /* The main loop has run: the plugin may have been unloaded in it. */
  if (!g_cancellable_is_cancelled (plugin->cancellable))
    sek_client_handed_over (plugin->client, sending->handover->id, failure);
  return G_SOURCE_REMOVE;
}

static void
on_handover (SekHandover *handover, gpointer user_data)
{
  Sending *sending = g_new0 (Sending, 1);
  sending->plugin = g_object_ref (user_data);
  sending->handover = handover;
  sending->until = g_get_monotonic_time () + PATIENCE_MICROSECONDS;
  g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, BUSY_MILLISECONDS, on_turn, sending, sending_free);
}

void
sek_handovers_watch (SekPlugin *plugin)
{
  sek_client_watch_handovers (plugin->client, on_handover, plugin);
}

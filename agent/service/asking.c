/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/service/asking.h"

#include <glib/gi18n-lib.h>

#include "agent/service/notifier.h"

typedef struct
{
  void (*kept) (gpointer user_data);
  gpointer user_data;
  gboolean token;
} Asking;

const char *
sek_ask_headline (gboolean token)
{
  /* Translators: the next two are headlines of desktop notifications; the reason follows. */
  return token ? _ ("A report waits: it needs an access token")
               : _ ("A report waits: it needs your password");
}

static void
on_window_closed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Asking *asking = data;
  g_autoptr (GError) error = NULL;
  if (g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error))
    asking->kept (asking->user_data);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    sek_notify (sek_ask_headline (asking->token),
                /* Translators: text of a desktop notification. */
                _ ("It is kept. The command “sekisho report retry ID” asks again."), "reports");
}

gboolean
sek_ask_secret (const SekSecretName *name,
                void (*kept) (gpointer user_data),
                gpointer user_data,
                GCancellable *cancellable)
{
  /* Beside the agent, also in a build folder. */
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : g_strdup (".");
  g_autofree char *program = g_build_filename (folder, "sekisho-password", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) window =
      g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, name->token ? "token" : "password",
                        name->server, name->login, NULL);
  if (window == NULL)
    {
      g_message ("The window that asks for a password could not be opened: %s", error->message);
      return FALSE;
    }
  Asking *asking = g_new0 (Asking, 1);
  asking->kept = kept;
  asking->token = name->token;
  asking->user_data = user_data;
  g_subprocess_wait_check_async (window, cancellable, on_window_closed, asking);
  return TRUE;
}

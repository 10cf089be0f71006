/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/client/undo.h"

#include "plugin/client/parts.h"

struct SekUndos
{
  SekClient *client;
  GPtrArray *waiting; /* Undo, owned */
};

typedef struct
{
  SekUndos *undos; /* NULL: nobody is left to tell */
  SekMail *mail;
  char *report_id;
  SekUndoFunc func;
  gpointer user_data;
  GDestroyNotify free_func;
  guint timer;     /* source id */
  gboolean asking; /* the agent is being asked to forget it */
} Undo;

static void
undo_free (Undo *undo)
{
  g_clear_handle_id (&undo->timer, g_source_remove);
  sek_mail_unref (undo->mail);
  g_free (undo->report_id);
  g_free (undo);
}

/* Its end: what it kept is the caller's. */
static void
finish (Undo *undo, SekUndoEvent event, const GError *error)
{
  SekUndoFunc func = undo->func;
  gpointer user_data = undo->user_data;
  g_ptr_array_remove (undo->undos->waiting, undo);
  undo_free (undo);
  func (event, error, user_data);
}

static gboolean
on_over (gpointer user_data)
{
  Undo *undo = user_data;
  undo->timer = 0;
  finish (undo, SEK_UNDO_OVER, NULL);
  return G_SOURCE_REMOVE;
}

static void
on_withdrawn (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Undo *undo = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  if (undo->undos == NULL)
    {
      undo_free (undo);
      return;
    }
  if (error != NULL)
    g_dbus_error_strip_remote_error (error);
  finish (undo, reply != NULL ? SEK_UNDO_DONE : SEK_UNDO_FAILED, error);
}

SekUndos *
sek_undos_new (SekClient *client)
{
  SekUndos *undos = g_new0 (SekUndos, 1);
  undos->client = client;
  undos->waiting = g_ptr_array_new ();
  return undos;
}

void
sek_undos_free (SekUndos *undos)
{
  if (undos == NULL)
    return;
  for (guint i = 0; i < undos->waiting->len; i++)
    {
      Undo *undo = undos->waiting->pdata[i];
      undo->undos = NULL;
      if (undo->free_func != NULL)
        undo->free_func (undo->user_data);
      if (!undo->asking)
        undo_free (undo);
    }
  g_ptr_array_unref (undos->waiting);
  g_free (undos);
}

gboolean
sek_undos_add (SekUndos *undos,
               SekMail *mail,
               const char *report_id,
               SekUndoFunc func,
               gpointer user_data,
               GDestroyNotify free_func)
{
  guint seconds = undos->client->undo_seconds;
  if (seconds == 0)
    return FALSE;
  Undo *undo = g_new0 (Undo, 1);
  undo->undos = undos;
  undo->mail = sek_mail_ref (mail);
  undo->report_id = g_strdup (report_id);
  undo->func = func;
  undo->user_data = user_data;
  undo->free_func = free_func;
  undo->timer = g_timeout_add (seconds * 1000, on_over, undo);
  g_ptr_array_add (undos->waiting, undo);
  return TRUE;
}

static void
take_back (Undo *undo)
{
  GDBusConnection *bus = undo->undos->client->bus;
  /* Without the bus there is nobody to ask, and the report goes. */
  if (undo->asking || bus == NULL)
    return;
  undo->asking = TRUE;
  g_clear_handle_id (&undo->timer, g_source_remove);
  g_dbus_connection_call (bus, SEK_AGENT_NAME, SEK_AGENT_PATH, SEK_AGENT_INTERFACE, "Withdraw",
                          g_variant_new ("(s)", undo->report_id), NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
                          NULL, on_withdrawn, undo);
}

void
sek_undos_take_back (SekUndos *undos, const SekMail *mail)
{
  for (guint i = 0; i < undos->waiting->len; i++)
    {
      Undo *undo = undos->waiting->pdata[i];
      if (mail == NULL || undo->mail == mail)
        take_back (undo);
    }
}

gpointer
sek_undos_find (SekUndos *undos, const SekMail *mail)
{
  for (guint i = 0; i < undos->waiting->len; i++)
    {
      const Undo *undo = undos->waiting->pdata[i];
      if (undo->mail == mail && !undo->asking)
        return undo->user_data;
    }
  return NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/client/learner.h"

#include <glib/gi18n-lib.h>

#define BEGIN_SECONDS 5  /* after the start, when the client has drawn its window */
#define RETRY_SECONDS 60 /* the agent did not answer */
#define BUS_SECONDS 2    /* there is no bus yet */
#define REST_MILLISECONDS 50
#define AGAIN_SECONDS 600 /* then what was sent meanwhile is learned */

struct SekLearner
{
  SekClient *client;
  const SekLearnerFuncs *funcs;
  gpointer user_data;
  GCancellable *cancellable;
  guint timer;
  gboolean paused;
  gboolean waiting;    /* for an answer of the agent or the client */
  GHashTable *learned; /* folder → highest number; NULL: not asked yet */
  GPtrArray *folders;  /* char *, those to do, the last one first */
  gboolean more;       /* of the last of folders */
  guint done, total;
};

static void schedule (SekLearner *self, guint milliseconds);

static gboolean
is_paused (const SekLearner *self)
{
  return self->paused || !sek_client_learns (self->client);
}

static void
show (SekLearner *self)
{
  g_autofree char *text = NULL;
  if (self->done < self->total)
    text = g_strdup_printf (is_paused (self)
                                /* Translators: in the status bar of the mail client; numbers of mails */
                                ? _ ("Sekisho: learning who writes to you is paused, %u of %u mails")
                                : _ ("Sekisho learns who writes to you: %u of %u mails"),
                            self->done, self->total);
  self->funcs->show (text, self->user_data);
}

/* Asked again, the agent says how far it got. */
static void
begin_again (SekLearner *self, guint seconds)
{
  g_clear_pointer (&self->learned, g_hash_table_unref);
  g_ptr_array_set_size (self->folders, 0);
  schedule (self, seconds * 1000);
}

static void
on_learned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean failed = sek_client_learn_finish (NULL, result, &error) < 0;
  /* The learner may be gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  SekLearner *self = user_data;
  self->waiting = FALSE;
  if (failed)
    {
      /* Switched off while this batch was on its way is no fault. */
      if (sek_client_learns (self->client))
        g_warning ("Could not teach the history: %s", error->message);
      begin_again (self, RETRY_SECONDS);
      return;
    }
  if (!self->more)
    g_ptr_array_set_size (self->folders, (int) self->folders->len - 1);
  show (self);
  schedule (self, REST_MILLISECONDS);
}

void
sek_learner_read (
    SekLearner *self, const GPtrArray *summaries, guint32 up_to, guint passed, gboolean more, gboolean sent)
{
  const char *folder = self->folders->pdata[self->folders->len - 1];
  self->more = more;
  self->done += passed;
  if (!more && !sent)
    up_to = SEK_LEARNER_FINISHED;
  g_hash_table_insert (self->learned, g_strdup (folder), GUINT_TO_POINTER (up_to));
  sek_client_learn (self->client, folder, up_to, summaries, self->cancellable, on_learned, self);
}

void
sek_learner_listed (SekLearner *self, GPtrArray *folders, guint total)
{
  g_ptr_array_unref (self->folders);
  self->folders = folders;
  self->done = 0;
  self->total = total;
  self->waiting = FALSE;
  schedule (self, REST_MILLISECONDS);
}

static void
on_known (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) learned = sek_client_learned_finish (NULL, result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  SekLearner *self = user_data;
  if (learned == NULL)
    {
      gboolean no_bus = g_error_matches (error, SEK_CLIENT_ERROR, SEK_CLIENT_ERROR_AGENT);
      self->waiting = FALSE;
      schedule (self, (no_bus ? BUS_SECONDS : RETRY_SECONDS) * 1000);
      return;
    }
  self->learned = g_steal_pointer (&learned);
  self->funcs->list (self, self->learned, self->user_data);
}

static gboolean
on_timer (gpointer user_data)
{
  SekLearner *self = user_data;
  self->timer = 0;
  if (is_paused (self) || self->waiting)
    return G_SOURCE_REMOVE;
  if (self->learned == NULL)
    {
      self->waiting = TRUE;
      sek_client_learned (self->client, self->cancellable, on_known, self);
    }
  else if (self->folders->len > 0)
    {
      const char *folder = self->folders->pdata[self->folders->len - 1];
      self->waiting = TRUE;
      self->funcs->read (self, folder, GPOINTER_TO_UINT (g_hash_table_lookup (self->learned, folder)),
                         self->user_data);
    }
  else
    {
      self->done = self->total;
      show (self);
      begin_again (self, AGAIN_SECONDS);
    }
  return G_SOURCE_REMOVE;
}

/* Below redrawing and everything the person does. */
static void
schedule (SekLearner *self, guint milliseconds)
{
  if (self->timer == 0)
    self->timer = g_timeout_add_full (G_PRIORITY_LOW, milliseconds, on_timer, self, NULL);
}

static void
pause_or_go_on (gpointer user_data)
{
  SekLearner *self = user_data;
  show (self);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (!is_paused (self))
    schedule (self, REST_MILLISECONDS);
}

void
sek_learner_set_paused (SekLearner *self, gboolean paused)
{
  self->paused = paused;
  pause_or_go_on (self);
}

GCancellable *
sek_learner_get_cancellable (SekLearner *self)
{
  return self->cancellable;
}

SekLearner *
sek_learner_new (SekClient *client, const SekLearnerFuncs *funcs, gpointer user_data)
{
  SekLearner *self = g_new0 (SekLearner, 1);
  self->client = client;
  self->funcs = funcs;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  self->folders = g_ptr_array_new_with_free_func (g_free);
  sek_client_watch_learning (client, pause_or_go_on, self);
  schedule (self, BEGIN_SECONDS * 1000);
  return self;
}

void
sek_learner_free (SekLearner *self)
{
  sek_client_watch_learning (self->client, NULL, NULL);
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->learned, g_hash_table_unref);
  g_ptr_array_unref (self->folders);
  g_free (self);
}

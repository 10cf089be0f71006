/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attachments that ask first. Every function of mimeview.c that opens or saves one returns at once while
 * mimeview->file is NULL, so the lock is to keep that string; procmime reads parts from MimeInfo and needs it
 * not. The rest here brings the question up when the person tries. */
#include "plugin/claws/claws.h"

#include "procmime.h"
#include "textview.h"

void
sek_attachment_lock (SekHold *hold)
{
  MimeView *mimeview = hold->view->mimeview;
  if (hold->locked_file != NULL || mimeview->mimeinfo == NULL)
    return;
  gboolean has = FALSE;
  for (MimeInfo *part = procmime_mimeinfo_next (mimeview->mimeinfo); part != NULL && !has;
       part = procmime_mimeinfo_next (part))
    has = procmime_mimeinfo_get_parameter (part, "filename") != NULL ||
          procmime_mimeinfo_get_parameter (part, "name") != NULL ||
          (part->type != MIMETYPE_TEXT && part->type != MIMETYPE_MULTIPART);
  if (has)
    hold->locked_file = g_steal_pointer (&mimeview->file);
}

void
sek_attachment_unlock (SekHold *hold)
{
  g_autofree char *file = g_steal_pointer (&hold->locked_file);
  MimeView *mimeview = hold->view->mimeview;
  if (file != NULL && mimeview->file == NULL && mimeview->mimeinfo != NULL)
    mimeview->file = g_steal_pointer (&file);
}

typedef struct
{
  SekPlugin *plugin;
  SekMail *mail;
  GtkAction *action; /* NULL or what the person tried */
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;
  g_object_unref (question->plugin);
  sek_mail_unref (question->mail);
  g_clear_object (&question->action);
  g_free (question);
}

static gboolean
activate (gpointer user_data)
{
  gtk_action_activate (user_data);
  return G_SOURCE_REMOVE;
}

static void
on_answer (GtkDialog *dialog, int response, gpointer user_data)
{
  Question *question = user_data;
  gtk_widget_hide (GTK_WIDGET (dialog));
  if (response == GTK_RESPONSE_ACCEPT && !g_cancellable_is_cancelled (question->plugin->cancellable))
    {
      question->mail->unlocked = TRUE;
      sek_holds_apply (question->plugin, question->mail);
      /* From an idle: it may open a window with a loop of its own. */
      if (question->action != NULL)
        g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, activate, g_object_ref (question->action), g_object_unref);
    }
  gtk_widget_destroy (GTK_WIDGET (dialog));
}

typedef struct
{
  SekHold *hold;
  GtkAction *action;
} Attempt;

static void
attempt_free (gpointer user_data)
{
  Attempt *attempt = user_data;
  g_object_unref (attempt->hold);
  g_clear_object (&attempt->action);
  g_free (attempt);
}

static gboolean
ask_now (gpointer user_data)
{
  Attempt *attempt = user_data;
  SekHold *hold = attempt->hold;
  if (!sek_hold_is_alive (hold) || hold->mail == NULL || hold->locked_file == NULL)
    return G_SOURCE_REMOVE;
  if (hold->question != NULL)
    {
      gtk_window_present (GTK_WINDOW (hold->question));
      return G_SOURCE_REMOVE;
    }
  Question *question = g_new0 (Question, 1);
  question->plugin = g_object_ref (hold->plugin);
  question->mail = sek_mail_ref (hold->mail);
  question->action = attempt->action != NULL ? g_object_ref (attempt->action) : NULL;
  const SekVerdict *verdict = hold->mail->state == SEK_MAIL_CHECKED ? hold->mail->verdict : NULL;
  hold->question = sek_attachment_question_new (sek_hold_window (hold), verdict);
  g_object_add_weak_pointer (G_OBJECT (hold->question), (gpointer *) &hold->question);
  g_signal_connect_data (hold->question, "response", G_CALLBACK (on_answer), question, question_free, 0);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (hold->question), TRUE);
  gtk_window_present (GTK_WINDOW (hold->question));
  return G_SOURCE_REMOVE;
}

void
sek_attachment_ask (SekHold *hold, GtkAction *action)
{
  Attempt *attempt = g_new0 (Attempt, 1);
  attempt->hold = g_object_ref (hold);
  attempt->action = action != NULL ? g_object_ref (action) : NULL;
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, ask_now, attempt, attempt_free);
}

/* The locked view that widget is an attachment's icon or row in. */
static SekHold *
hold_of_icon (SekPlugin *plugin, GtkWidget *widget)
{
  for (guint i = 0; i < plugin->holds->len; i++)
    {
      SekHold *hold = g_ptr_array_index (plugin->holds, i);
      if (hold->locked_file == NULL || !sek_hold_is_alive (hold))
        continue;
      MimeView *mimeview = hold->view->mimeview;
      if (widget == mimeview->ctree || gtk_widget_get_parent (widget) == mimeview->icon_grid)
        return hold;
    }
  return NULL;
}

static gboolean
on_icon (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer user_data)
{
  SekHold *hold = hold_of_icon (user_data, g_value_get_object (&values[0]));
  if (hold != NULL)
    {
      sek_swallow (g_value_get_object (&values[0]), hint->signal_id);
      sek_attachment_ask (hold, NULL);
    }
  return TRUE;
}

/* "[20221103.zip …]" in the text is a link to a command of Claws Mail, written sc://. */
static gboolean
is_attachment_link (TextView *textview, const GtkTextIter *where)
{
  guint offset = (guint) gtk_text_iter_get_offset (where);
  for (const GSList *l = textview->uri_list; l != NULL; l = l->next)
    {
      const ClickableText *link = l->data;
      if (offset >= link->start && offset <= link->end && link->filename != NULL &&
          g_str_has_prefix (link->filename, "sc://"))
        return TRUE;
    }
  return FALSE;
}

static gboolean
on_text_link (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer user_data)
{
  SekPlugin *plugin = user_data;
  gpointer text = g_value_get_object (&values[1]);
  const GdkEvent *event = g_value_get_boxed (&values[2]);
  const GtkTextIter *where = g_value_get_boxed (&values[3]);
  if (event->type != GDK_BUTTON_PRESS && event->type != GDK_BUTTON_RELEASE &&
      event->type != GDK_2BUTTON_PRESS)
    return TRUE;
  for (guint i = 0; i < plugin->holds->len; i++)
    {
      SekHold *hold = g_ptr_array_index (plugin->holds, i);
      if (hold->locked_file == NULL || !sek_hold_is_alive (hold) ||
          text != (gpointer) hold->view->mimeview->textview->text ||
          !is_attachment_link (hold->view->mimeview->textview, where))
        continue;
      sek_swallow (g_value_get_object (&values[0]), hint->signal_id);
      if (event->type == GDK_BUTTON_RELEASE)
        sek_attachment_ask (hold, NULL);
    }
  return TRUE;
}

void
sek_attachment_open (SekPlugin *plugin)
{
  sek_plugin_hook (plugin, GTK_TYPE_WIDGET, "button-release-event", on_icon);
  sek_plugin_hook (plugin, GTK_TYPE_WIDGET, "popup-menu", on_icon);
  sek_plugin_hook (plugin, GTK_TYPE_TEXT_TAG, "event", on_text_link);
}

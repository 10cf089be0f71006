/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The other ways to a covered mail: actions (menus, keys, toolbar), composers, the mouse that drags it out;
 * and what a mail that needs care asks before it lets go. */
#include "plugin/evolution/evolution.h"

#include <composer/e-msg-composer.h>
#include <mail/e-mail-display.h>
#include <string.h>

/* Words in the names of actions that show, print, save or pass on a mail. */
static const char *const ways[] = {
  "reply",       "forward",     "redirect",     "print",      "save-as",
  "edit",        "show-source", "load-images",  "add-sender", "remove-attachments",
  "all-headers", "create-",     "filter-rules", "search-web", "copy-message"
};

static gboolean
is_way (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    if (strstr (name, ways[i]) != NULL)
      return TRUE;
  return FALSE;
}

static void
on_update_actions (EMailReader *reader, guint32 state, SekReader *self)
{
  if (!sek_reader_is_covered (self))
    return;
  GtkActionGroup *group = e_mail_reader_get_action_group (reader, E_MAIL_READER_ACTION_GROUP_STANDARD);
  g_autoptr (GList) actions = group != NULL ? gtk_action_group_list_actions (group) : NULL;
  for (GList *l = actions; l != NULL; l = l->next)
    if (is_way (gtk_action_get_name (l->data)))
      gtk_action_set_sensitive (l->data, FALSE);
}

static gboolean
close_composer (gpointer user_data)
{
  gtk_widget_destroy (user_data);
  return G_SOURCE_REMOVE;
}

/* Templates, other modules and drags make composers without an action of ours to close. */
static void
on_composer_created (EMailReader *reader, EMsgComposer *composer, CamelMimeMessage *source, SekReader *self)
{
  if (!sek_reader_is_covered (self) || source == NULL || source != self->message)
    return;
  gtk_widget_hide (GTK_WIDGET (composer));
  g_idle_add_full (G_PRIORITY_HIGH, close_composer, g_object_ref (composer), g_object_unref);
}

void
sek_gate_watch (SekReader *self)
{
  /* Behind the handler of the class, which says what would be sensitive. */
  g_signal_connect_after (self->reader, "update-actions", G_CALLBACK (on_update_actions), self);
  g_signal_connect (self->reader, "composer-created", G_CALLBACK (on_composer_created), self);
}

void
sek_gate_update (SekReader *self)
{
  e_mail_reader_update_actions (self->reader, e_mail_reader_check_state (self->reader));
}

static void
on_answer (GtkDialog *question, int response, SekReader *self)
{
  gboolean yes = response == GTK_RESPONSE_ACCEPT;
  if (yes && self->mail != NULL)
    self->mail->unlocked = TRUE;
  self->unlocked = self->unlocked || yes;
  g_clear_weak_pointer (&self->question);
  gtk_widget_destroy (GTK_WIDGET (question));
  if (yes && self->mail != NULL)
    sek_readers_apply (sek_plugin_get (), self->mail);
  else if (yes)
    sek_reader_apply (self);
}

void
sek_gate_ask (SekReader *self)
{
  if (self->uid == NULL || self->question != NULL)
    return;
  gboolean checked = self->mail != NULL && self->mail->state == SEK_MAIL_CHECKED;
  const SekVerdict *verdict = checked ? self->mail->verdict : NULL;
  GtkWidget *question = sek_attachment_question_new (e_mail_reader_get_window (self->reader), verdict);
  g_set_weak_pointer (&self->question, question);
  g_signal_connect_object (question, "response", G_CALLBACK (on_answer), self, 0);
  gtk_window_present (GTK_WINDOW (question));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The other ways to a covered mail: actions (menus, keys, toolbar), composers, the mouse that drags it out;
 * and what a mail that needs care asks before it lets go. */
#include "plugin/evolution/evolution.h"

#include <composer/e-msg-composer.h>
#include <mail/e-mail-browser.h>
#include <mail/e-mail-display.h>
#include <mail/message-list.h>
#include <shell/e-shell-window.h>
#include <string.h>

#define COVERED_MAX 1000
#define COMPOSER_SECONDS 3

/* Words in the names of actions that show, print, save or pass on a mail. */
static const char *const ways[] = {
  "reply",        "forward",    "redirect",           "print",       "save-as", "edit",        "show-source",
  "load-images",  "add-sender", "remove-attachments", "all-headers", "create-", "filter-rule", "search-web",
  "copy-message", "convert"
};

static gboolean
is_way (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    if (strstr (name, ways[i]) != NULL)
      return TRUE;
  return FALSE;
}

static char *
key_of (CamelFolder *folder, const char *uid)
{
  return g_strdup_printf ("%p\n%s\n%s", (gpointer) camel_folder_get_parent_store (folder),
                          camel_folder_get_full_name (folder), uid);
}

void
sek_gate_remember (SekReader *self)
{
  GHashTable *covered = sek_plugin_get ()->covered;
  if (g_hash_table_size (covered) >= COVERED_MAX)
    g_hash_table_remove_all (covered);
  g_hash_table_insert (covered, key_of (self->folder, self->uid), sek_mail_ref (self->mail));
}

/* A covered mail among those selected in the list; borrowed. */
static SekMail *
covered_in_list (SekReader *self)
{
  SekPlugin *plugin = sek_plugin_get ();
  if (g_hash_table_size (plugin->covered) == 0)
    return NULL;
  gboolean holds = sek_client_unavailable_holds (plugin->client);
  g_autoptr (CamelFolder) folder = e_mail_reader_ref_folder (self->reader);
  g_autoptr (GPtrArray) uids = e_mail_reader_get_selected_uids (self->reader);
  for (guint i = 0; folder != NULL && uids != NULL && i < uids->len; i++)
    {
      g_autofree char *key = key_of (folder, uids->pdata[i]);
      SekMail *mail = g_hash_table_lookup (plugin->covered, key);
      if (mail != NULL && sek_mail_access (mail, holds) != SEK_ACCESS_SHOWN)
        return mail;
    }
  return NULL;
}

static void
on_update_actions (EMailReader *reader, guint32 state, SekReader *self)
{
  if (!sek_reader_is_covered (self) && covered_in_list (self) == NULL)
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

static void
hide_again (GtkWidget *composer)
{
  gtk_widget_hide (composer);
}

/* Templates, other modules and drags make composers without an action of ours to close. Evolution still shows
 * it after this, and what it loads into it ends in complaints when it is gone by then: so it goes unseen, and
 * later. */
static void
on_composer_created (EMailReader *reader, EMsgComposer *composer, CamelMimeMessage *source, SekReader *self)
{
  if (!sek_reader_is_covered (self) || source == NULL)
    return;
  gtk_widget_hide (GTK_WIDGET (composer));
  g_signal_connect_after (composer, "show", G_CALLBACK (hide_again), NULL);
  g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, COMPOSER_SECONDS, close_composer, g_object_ref (composer),
                              g_object_unref);
}

/* Dragged to another program, into a composer or to another folder: all of them ask for its data. */
static gboolean
on_drag_data (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer user_data)
{
  SekPlugin *plugin = user_data;
  gpointer list = g_value_get_object (&values[0]);
  for (guint i = 0; IS_MESSAGE_LIST (list) && i < plugin->readers->len; i++)
    {
      SekReader *self = plugin->readers->pdata[i];
      if ((gpointer) e_mail_reader_get_message_list (self->reader) != list)
        continue;
      SekMail *mail = sek_reader_is_covered (self) ? self->mail : covered_in_list (self);
      if (!sek_reader_is_covered (self) && mail == NULL)
        continue;
      sek_swallow (list, hint->signal_id);
      if (mail != NULL)
        sek_warning_present (plugin, mail);
      break;
    }
  return TRUE;
}

/* TRUE when the action belongs to the window of a covered mail, or of several selected with a covered one
 * among them; mail is that one, borrowed, NULL while its bytes are being read. */
static gboolean
covers (SekReader *self, GtkActionGroup *group, SekMail **mail)
{
  GtkWindow *window = e_mail_reader_get_window (self->reader);
  GtkUIManager *manager = E_IS_SHELL_WINDOW (window) ? e_shell_window_get_ui_manager (E_SHELL_WINDOW (window))
                          : E_IS_MAIL_BROWSER (window)
                              ? e_mail_browser_get_ui_manager (E_MAIL_BROWSER (window))
                              : NULL;
  if (manager == NULL || g_list_find (gtk_ui_manager_get_action_groups (manager), group) == NULL)
    return FALSE;
  gboolean covered = sek_reader_is_covered (self);
  *mail = covered ? self->mail : covered_in_list (self);
  return covered || *mail != NULL;
}

/* Actions of other modules, which make themselves sensitive when they like. */
static gboolean
on_action (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer user_data)
{
  SekPlugin *plugin = user_data;
  GtkAction *action = g_value_get_object (&values[0]);
  const char *name = gtk_action_get_name (action);
  if (!g_str_has_prefix (name, "mail-") || !is_way (name))
    return TRUE;
  g_autoptr (GObject) group = NULL;
  g_object_get (action, "action-group", &group, NULL);
  for (guint i = 0; i < plugin->readers->len; i++)
    {
      SekMail *mail = NULL;
      if (!covers (plugin->readers->pdata[i], (GtkActionGroup *) group, &mail))
        continue;
      sek_swallow (action, hint->signal_id);
      if (mail != NULL && mail->verdict != NULL)
        sek_warning_present (plugin, mail);
      break;
    }
  return TRUE;
}

static void
hook (SekPlugin *plugin, GType type, const char *signal, GSignalEmissionHook func)
{
  /* A signal exists once its class does. The class stays: so does the module. */
  g_type_class_ref (type);
  g_signal_add_emission_hook (g_signal_lookup (signal, type), 0, func, plugin, NULL);
}

void
sek_gate_open (SekPlugin *plugin)
{
  hook (plugin, E_TYPE_TREE, "tree-drag-data-get", on_drag_data);
  hook (plugin, GTK_TYPE_ACTION, "activate", on_action);
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

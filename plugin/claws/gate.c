/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways to a mail besides the message view: menus, keys, tool buttons, compose windows, dragging. Claws
 * Mail asks no one before it takes one of them, but each starts with a GObject signal, and an emission hook
 * runs before the handlers: there the handlers of a covered mail are blocked for that one emission.
 * Sensitivity would not do, Claws Mail sets it anew all the time. */
#include "plugin/claws/claws.h"

#include "compose.h"
#include "folder.h"
#include "procmsg.h"
#include "summaryview.h"
#include "toolbar.h"

/* Selected mails looked at when a menu entry works on all of them. */
#define SELECTED_MAX 100
#define CLOSE_MILLISECONDS 300

typedef enum
{
  WAY_CONTENT = 1, /* leads to the mail's content */
  WAY_ATTACHMENT,  /* leads to an attachment */
} Way;

/* Names of GtkActions of Claws Mail 4.1.1; one that ends in / stands for all below it. */
static const struct
{
  const char *name;
  Way way;
} ways[] = {
  { "View/MessageSource", WAY_CONTENT },
  { "Message/Reply", WAY_CONTENT },
  { "Message/ReplyTo/", WAY_CONTENT },
  { "Message/FollowupReply", WAY_CONTENT },
  { "Message/Forward", WAY_CONTENT },
  { "Message/ForwardAtt", WAY_CONTENT },
  { "Message/Redirect", WAY_CONTENT },
  { "Message/Reedit", WAY_CONTENT },
  { "SummaryViewPopup/Reply", WAY_CONTENT },
  { "SummaryViewPopup/ReplyTo/", WAY_CONTENT },
  { "SummaryViewPopup/Forward", WAY_CONTENT },
  { "SummaryViewPopup/ForwardAtt", WAY_CONTENT },
  { "SummaryViewPopup/Redirect", WAY_CONTENT },
  { "SummaryViewPopup/Reedit", WAY_CONTENT },
  { "File/Print", WAY_CONTENT },
  { "File/SaveAs", WAY_CONTENT },
  { "File/ExportSelMbox", WAY_CONTENT },
  { "Tools/ListUrls", WAY_CONTENT },
  { "Tools/Actions/", WAY_CONTENT },
  { "Message/MailingList/", WAY_CONTENT },
  { "File/SavePartAs", WAY_ATTACHMENT },
  { "View/Part/", WAY_ATTACHMENT },
  { "MimeView/Open", WAY_ATTACHMENT },
  { "MimeView/OpenWith", WAY_ATTACHMENT },
  { "MimeView/SendTo", WAY_ATTACHMENT },
  { "MimeView/DisplayAsText", WAY_ATTACHMENT },
  { "MimeView/SaveAs", WAY_ATTACHMENT },
  { "MimeView/SaveAll", WAY_ATTACHMENT },
};

static Way
way_of (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      gboolean all = g_str_has_suffix (ways[i].name, "/");
      if (all ? g_str_has_prefix (name, ways[i].name) : g_str_equal (name, ways[i].name))
        return ways[i].way;
    }
  return 0;
}

static gboolean
is_covered (SekPlugin *plugin, const SekMail *mail)
{
  /* Not SEK_MAIL_NEW: such a mail was never opened, so nothing was ever asked about it. */
  return mail != NULL && mail->state != SEK_MAIL_NEW &&
         sek_mail_access (mail, sek_client_unavailable_holds (plugin->client)) != SEK_ACCESS_SHOWN;
}

/* The covered mail that view shows; borrowed. */
static SekMail *
covered_in_view (SekPlugin *plugin, MessageView *view)
{
  for (guint i = 0; i < plugin->holds->len; i++)
    {
      SekHold *hold = g_ptr_array_index (plugin->holds, i);
      if (hold->view == view && is_covered (plugin, hold->mail))
        return hold->mail;
    }
  return NULL;
}

/* A covered mail among those selected in the list; a new reference. */
static SekMail *
covered_in_list (SekPlugin *plugin, SummaryView *summary)
{
  SekMail *found = NULL;
  g_autoptr (GSList) selected = summary_get_selected_msg_list (summary);
  int count = 0;
  for (GSList *l = selected; l != NULL && found == NULL && count < SELECTED_MAX; l = l->next, count++)
    {
      g_autoptr (SekMail) mail = sek_plugin_find_mail (plugin, l->data);
      if (is_covered (plugin, mail))
        found = g_steal_pointer (&mail);
    }
  return found;
}

typedef struct
{
  SekPlugin *plugin;
  SekMail *mail;
} Warning;

static gboolean
warn_now (gpointer user_data)
{
  Warning *warning = user_data;
  if (!g_cancellable_is_cancelled (warning->plugin->cancellable) &&
      sek_mail_access (warning->mail, FALSE) == SEK_ACCESS_DANGER)
    sek_warning_present (warning->plugin, warning->mail);
  return G_SOURCE_REMOVE;
}

static void
warning_free (gpointer user_data)
{
  Warning *warning = user_data;
  sek_mail_unref (warning->mail);
  g_object_unref (warning->plugin);
  g_free (warning);
}

/* Says why nothing happened, once the signal is over. */
static void
warn (SekPlugin *plugin, SekMail *mail)
{
  Warning *warning = g_new0 (Warning, 1);
  warning->plugin = g_object_ref (plugin);
  warning->mail = sek_mail_ref (mail);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, warn_now, warning, warning_free);
}

static gboolean
belongs_to (GtkAction *action, GtkUIManager *manager)
{
  GtkActionGroup *group = NULL;
  g_object_get (action, "action-group", &group, NULL);
  gboolean found = group != NULL && manager != NULL &&
                   g_list_find (gtk_ui_manager_get_action_groups (manager), group) != NULL;
  g_clear_object (&group);
  return found;
}

/* The view whose menu action is in; NULL when it is none of ours to judge (a compose window's). */
static MessageView *
view_of_action (GtkAction *action)
{
  MainWindow *main_window = mainwindow_get_mainwindow ();
  MessageView *view = main_window->messageview;
  if (belongs_to (action, main_window->ui_manager) ||
      (view != NULL && belongs_to (action, view->mimeview->ui_manager)))
    return view;
  for (const GList *l = messageview_get_msgview_list (); l != NULL; l = l->next)
    {
      view = l->data;
      if (belongs_to (action, view->ui_manager) || belongs_to (action, view->mimeview->ui_manager))
        return view;
    }
  return NULL;
}

static gboolean
on_action (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer user_data)
{
  SekPlugin *plugin = user_data;
  GtkAction *action = g_value_get_object (&values[0]);
  Way way = way_of (gtk_action_get_name (action));
  MessageView *view = way != 0 ? view_of_action (action) : NULL;
  if (view == NULL)
    return TRUE;
  SekMail *shown = covered_in_view (plugin, view);
  g_autoptr (SekMail) mail = shown != NULL ? sek_mail_ref (shown)
                             : view->new_window || way == WAY_ATTACHMENT
                                 ? NULL
                                 : covered_in_list (plugin, view->mainwin->summaryview);
  if (mail != NULL)
    {
      sek_swallow (action, hint->signal_id);
      warn (plugin, mail);
    }
  else if (way == WAY_ATTACHMENT)
    {
      SekHold *hold = sek_hold_for (plugin, view);
      if (hold->locked_file != NULL)
        {
          sek_swallow (action, hint->signal_id);
          sek_attachment_ask (hold, action);
        }
    }
  return TRUE;
}

static gboolean
is_way_button (const Toolbar *toolbar, gconstpointer button)
{
  if (toolbar == NULL)
    return FALSE;
  const gconstpointer buttons[] = { toolbar->reply_btn, toolbar->replysender_btn, toolbar->replyall_btn,
                                    toolbar->replylist_btn, toolbar->fwd_btn };
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    if (buttons[i] == button)
      return TRUE;
  for (const GSList *l = toolbar->action_list; l != NULL; l = l->next)
    if (((const ToolbarClawsActions *) l->data)->widget == button)
      return TRUE;
  return FALSE;
}

static gboolean
on_tool_button (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer user_data)
{
  SekPlugin *plugin = user_data;
  gpointer button = g_value_get_object (&values[0]);
  MainWindow *main_window = mainwindow_get_mainwindow ();
  g_autoptr (SekMail) mail = NULL;
  if (is_way_button (main_window->toolbar, button))
    {
      SekMail *shown = covered_in_view (plugin, main_window->messageview);
      mail = shown != NULL ? sek_mail_ref (shown) : covered_in_list (plugin, main_window->summaryview);
    }
  for (const GList *l = messageview_get_msgview_list (); l != NULL && mail == NULL; l = l->next)
    {
      MessageView *view = l->data;
      SekMail *shown = is_way_button (view->toolbar, button) ? covered_in_view (plugin, view) : NULL;
      mail = shown != NULL ? sek_mail_ref (shown) : NULL;
    }
  if (mail != NULL)
    {
      sek_swallow (button, hint->signal_id);
      warn (plugin, mail);
    }
  return TRUE;
}

/* Dragging mails between folders stays possible; dragging the file out to another program or into a mail does
 * not. */
static gboolean
on_drag_data (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer user_data)
{
  SekPlugin *plugin = user_data;
  SummaryView *summary = mainwindow_get_mainwindow ()->summaryview;
  if (summary == NULL || g_value_get_object (&values[0]) != (gpointer) summary->ctree ||
      g_value_get_uint (&values[3]) == TARGET_DUMMY)
    return TRUE;
  g_autoptr (SekMail) mail = covered_in_list (plugin, summary);
  if (mail != NULL)
    sek_swallow (summary->ctree, hint->signal_id);
  return TRUE;
}

void
sek_gate_open (SekPlugin *plugin)
{
  sek_plugin_hook (plugin, GTK_TYPE_ACTION, "activate", on_action);
  sek_plugin_hook (plugin, GTK_TYPE_TOOL_BUTTON, "clicked", on_tool_button);
  sek_plugin_hook (plugin, GTK_TYPE_WIDGET, "drag-data-get", on_drag_data);
}

static gboolean
close_compose (gpointer user_data)
{
  /* compose.c runs the main loop inside an idle source of its own and goes on with the window afterwards. */
  if (g_main_depth () > 1)
    return G_SOURCE_CONTINUE;
  if (g_list_find ((GList *) compose_get_compose_list (), user_data) != NULL)
    compose_close (user_data);
  return G_SOURCE_REMOVE;
}

gboolean
sek_gate_on_compose (gpointer source, gpointer user_data)
{
  SekPlugin *plugin = user_data;
  Compose *compose = source;
  MsgInfo *sources[] = { compose->replyinfo, compose->fwdinfo, compose->targetinfo };
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autoptr (SekMail) mail = sek_plugin_find_mail (plugin, sources[i]);
      if (!is_covered (plugin, mail))
        continue;
      /* Its maker still works on it when this hook returns, and so do idle sources it has left behind. */
      gtk_widget_hide (compose->window);
      g_timeout_add (CLOSE_MILLISECONDS, close_compose, compose);
      warn (plugin, mail);
      break;
    }
  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person does: opens folders and mails, presses buttons and menu entries, loads and unloads plugins.
 */
#include "tests/e2e/probe/probe.h"

#include <gdk/gdkx.h>
#include <stdlib.h>

#include "compose.h"
#include "folder.h"
#include "folderview.h"
#include "mainwindow.h"
#include "messageview.h"
#include "mimeview.h"
#include "plugin.h"
#include "summaryview.h"

static gboolean
activate_now (gpointer user_data)
{
  g_autoptr (GObject) action = user_data;
  gtk_action_activate (GTK_ACTION (action));
  return G_SOURCE_REMOVE;
}

static GtkAction *
find_action (GtkUIManager *manager, const char *name)
{
  for (GList *l = gtk_ui_manager_get_action_groups (manager); l != NULL; l = l->next)
    {
      GtkAction *action = gtk_action_group_get_action (l->data, name);
      if (action != NULL)
        return action;
    }
  return NULL;
}

static MessageView *
last_window (void)
{
  GList *last = g_list_last ((GList *) messageview_get_msgview_list ());
  return last != NULL && last->data != mainwindow_get_mainwindow ()->messageview ? last->data : NULL;
}

static void
activate_in (GtkUIManager *manager, const char *name, GString *json)
{
  GtkAction *action = manager != NULL ? find_action (manager, name) : NULL;
  if (action == NULL)
    probe_fail (json, "no such action", name);
  else if (!gtk_action_is_sensitive (action))
    probe_fail (json, "the action is not sensitive", name);
  else
    {
      g_idle_add (activate_now, g_object_ref (action));
      g_string_append (json, "true");
    }
}

static void
list_actions_of (GtkUIManager *manager, GString *json)
{
  g_string_append_c (json, '{');
  for (GList *l = gtk_ui_manager_get_action_groups (manager); l != NULL; l = l->next)
    {
      g_autoptr (GList) actions = gtk_action_group_list_actions (l->data);
      for (GList *a = actions; a != NULL; a = a->next)
        {
          if (json->str[json->len - 1] != '{')
            g_string_append_c (json, ',');
          probe_json_string (json, gtk_action_get_name (a->data));
          g_string_append (json, gtk_action_is_sensitive (a->data) ? ":true" : ":false");
        }
    }
  g_string_append_c (json, '}');
}

static gboolean
open_now (gpointer user_data)
{
  SummaryView *summary = mainwindow_get_mainwindow ()->summaryview;
  summary_select_by_msgnum (summary, GPOINTER_TO_UINT (user_data), TRUE);
  return G_SOURCE_REMOVE;
}

static gboolean
open_window_now (gpointer user_data)
{
  MainWindow *main_window = mainwindow_get_mainwindow ();
  MsgInfo *msginfo =
      folder_item_get_msginfo (main_window->summaryview->folder_item, GPOINTER_TO_INT (user_data));
  if (msginfo != NULL)
    {
      MessageView *view = messageview_create_with_new_window (main_window);
      messageview_show (view, msginfo, FALSE);
      procmsg_msginfo_free (&msginfo);
    }
  return G_SOURCE_REMOVE;
}

static void
open_folder (const char *identifier, GString *json)
{
  FolderItem *item = folder_find_item_from_identifier (identifier);
  if (item == NULL)
    {
      probe_fail (json, "no such folder", identifier);
      return;
    }
  if (summary_is_locked (mainwindow_get_mainwindow ()->summaryview))
    {
      g_string_append (json, "false"); /* a mail is being drawn: Claws Mail does not listen */
      return;
    }
  folder_item_scan (item);
  folderview_select (mainwindow_get_mainwindow ()->folderview, item);
  g_string_append (json, "true");
}

/* {"number": "tags"} of all mails in the folder. */
static void
list_tags (const char *identifier, GString *json)
{
  FolderItem *item = folder_find_item_from_identifier (identifier);
  g_string_append_c (json, '{');
  GSList *list = item != NULL ? folder_item_get_msg_list (item) : NULL;
  for (GSList *l = list; l != NULL; l = l->next)
    {
      MsgInfo *msginfo = l->data;
      g_autofree char *tags = procmsg_msginfo_get_tags_str (msginfo);
      g_string_append_printf (json, "%s\"%u\":", l == list ? "" : ",", msginfo->msgnum);
      probe_json_string (json, tags);
      procmsg_msginfo_free (&msginfo);
    }
  g_slist_free (list);
  g_string_append_c (json, '}');
}

/* As when mail comes in: the list grows, what is open stays. */
static void
scan (const char *unused, GString *json)
{
  folder_item_scan (mainwindow_get_mainwindow ()->summaryview->folder_item);
}

static void
go_online (const char *yes, GString *json)
{
  main_window_toggle_work_offline (mainwindow_get_mainwindow (), g_str_equal (yes, "no"), FALSE);
}

static void
list_unread (const char *identifier, GString *json)
{
  FolderItem *item = folder_find_item_from_identifier (identifier);
  GSList *list = item != NULL ? folder_item_get_msg_list (item) : NULL;
  g_string_append_c (json, '[');
  for (GSList *l = list; l != NULL; l = l->next)
    {
      MsgInfo *msginfo = l->data;
      if (MSG_IS_UNREAD (msginfo->flags))
        {
          probe_separate (json);
          g_string_append_printf (json, "%u", msginfo->msgnum);
        }
      procmsg_msginfo_free (&msginfo);
    }
  g_slist_free (list);
  g_string_append_c (json, ']');
}

static void
list_numbers (const char *identifier, GString *json)
{
  FolderItem *item = folder_find_item_from_identifier (identifier);
  g_string_append_c (json, '[');
  GSList *list = item != NULL ? folder_item_get_msg_list (item) : NULL;
  for (GSList *l = list; l != NULL; l = l->next)
    {
      MsgInfo *msginfo = l->data;
      g_string_append_printf (json, "%s%u", l == list ? "" : ",", msginfo->msgnum);
      procmsg_msginfo_free (&msginfo);
    }
  g_slist_free (list);
  g_string_append_c (json, ']');
}

static Plugin *
find_plugin (const char *name)
{
  for (GSList *l = plugin_get_list (); l != NULL; l = l->next)
    if (g_strcmp0 (plugin_get_name (l->data), name) == 0)
      return l->data;
  return NULL;
}

static void
say_where (GtkWidget *widget, GString *json)
{
  if (widget == NULL || !gtk_widget_get_mapped (widget))
    {
      probe_fail (json, "not on the screen", "widget");
      return;
    }
  int x = 0, y = 0, left = 0, top = 0;
  GtkWidget *toplevel = gtk_widget_get_toplevel (widget);
  gtk_widget_translate_coordinates (widget, toplevel, 0, 0, &x, &y);
  gdk_window_get_origin (gtk_widget_get_window (toplevel), &left, &top);
  g_string_append_printf (json, "[%d,%d]", left + x + gtk_widget_get_allocated_width (widget) / 2,
                          top + y + gtk_widget_get_allocated_height (widget) / 2);
}

static void
where_icon (const char *index, GString *json)
{
  MimeView *mimeview = mainwindow_get_mainwindow ()->messageview->mimeview;
  g_autoptr (GList) icons = gtk_container_get_children (GTK_CONTAINER (mimeview->icon_grid));
  /* A grid gives its children newest first. */
  g_autoptr (GList) ordered = g_list_reverse (g_steal_pointer (&icons));
  say_where (g_list_nth_data (ordered, atoi (index)), json);
}

static void
say_x_id (const char *type, GString *json)
{
  GtkWidget *window = probe_find_window (type);
  if (window == NULL)
    probe_fail (json, "no such window", type);
  else
    g_string_append_printf (json, "%lu", (gulong) gdk_x11_window_get_xid (gtk_widget_get_window (window)));
}

/* As another plugin would: no menu, no button. */
static void
reply_behind (const char *number, GString *json)
{
  MsgInfo *msginfo =
      folder_item_get_msginfo (mainwindow_get_mainwindow ()->summaryview->folder_item, atoi (number));
  if (msginfo == NULL)
    {
      probe_fail (json, "no such mail", "");
      return;
    }
  GSList *list = g_slist_prepend (NULL, msginfo);
  compose_reply_from_messageview (NULL, list, COMPOSE_REPLY_WITH_QUOTE);
  g_slist_free (list);
  procmsg_msginfo_free (&msginfo);
}

static void
where_row (const char *index, GString *json)
{
  GtkWidget *list = mainwindow_get_mainwindow ()->summaryview->ctree;
  GtkCMCList *clist = GTK_CMCLIST (list);
  int x = 0, y = 0;
  gdk_window_get_origin (clist->clist_window, &x, &y);
  g_string_append_printf (json, "[%d,%d]", x + 100,
                          y + clist->row_height / 2 + atoi (index) * (clist->row_height + 1));
}

/* The last compose window made. */
static Compose *
last_compose (void)
{
  GList *last = g_list_last ((GList *) compose_get_compose_list ());
  return last != NULL ? last->data : NULL;
}

static void
remove_folder (const char *identifier, GString *json)
{
  FolderItem *item = folder_find_item_from_identifier (identifier);
  /* In the order of Claws Mail's own menu entry (mh_gtk.c). */
  summary_clear_all (mainwindow_get_mainwindow ()->summaryview);
  mainwindow_get_mainwindow ()->folderview->opened = NULL;
  if (item == NULL || item->folder->klass->remove_folder (item->folder, item) != 0)
    probe_fail (json, "the folder was not removed", identifier);
}

static void
load (const char *path, GString *json)
{
  g_autofree char *error = NULL;
  if (plugin_load (path, &error) == NULL)
    probe_fail (json, path, error);
}

static void
unload (const char *name, GString *json)
{
  Plugin *plugin = find_plugin (name);
  if (plugin == NULL)
    probe_fail (json, "no such plugin", name);
  else
    plugin_unload (plugin);
}

static void
activate (const char *name, GString *json)
{
  activate_in (mainwindow_get_mainwindow ()->ui_manager, name, json);
}

static void
activate_in_window (const char *name, GString *json)
{
  activate_in (last_window () != NULL ? last_window ()->ui_manager : NULL, name, json);
}

static void
list_actions (const char *unused, GString *json)
{
  list_actions_of (mainwindow_get_mainwindow ()->ui_manager, json);
}

static void
open_mail (const char *number, GString *json)
{
  g_idle_add (open_now, GUINT_TO_POINTER ((guint) atoi (number)));
}

static void
open_window (const char *number, GString *json)
{
  g_idle_add (open_window_now, GUINT_TO_POINTER ((guint) atoi (number)));
}

/* messageview_show () runs the main loop once more after its own guard against this, and then uses the view.
 */
static gboolean
close_window_now (gpointer unused)
{
  if (g_main_depth () > 1)
    return G_SOURCE_CONTINUE;
  if (last_window () != NULL)
    messageview_destroy (last_window ());
  return G_SOURCE_REMOVE;
}

static void
close_window (const char *unused, GString *json)
{
  if (last_window () == NULL)
    probe_fail (json, "no message window", "");
  else
    g_timeout_add (5, close_window_now, NULL);
}

static void
focus_list (const char *unused, GString *json)
{
  gtk_widget_grab_focus (mainwindow_get_mainwindow ()->summaryview->ctree);
}

static void
count_composes (const char *unused, GString *json)
{
  g_string_append_printf (json, "%u", g_list_length ((GList *) compose_get_compose_list ()));
}

static void
say_compose_x_id (const char *unused, GString *json)
{
  if (last_compose () == NULL)
    probe_fail (json, "no compose window", "");
  else
    g_string_append_printf (json, "%lu",
                            (gulong) gdk_x11_window_get_xid (
                                gtk_widget_get_window (last_compose ()->window)));
}

static void
count_attached (const char *unused, GString *json)
{
  GtkTreeModel *model = last_compose () != NULL
                            ? gtk_tree_view_get_model (GTK_TREE_VIEW (last_compose ()->attach_clist))
                            : NULL;
  g_string_append_printf (json, "%d", model != NULL ? gtk_tree_model_iter_n_children (model, NULL) : -1);
}

static void
see (const char *unused, GString *json)
{
  probe_describe (json);
}

static void
watch (const char *word, GString *json)
{
  probe_draws_watch (word);
}

static void
count_draws (const char *unused, GString *json)
{
  g_string_append_printf (json, "%u", probe_draws_take ());
}

static void
take_beat (const char *unused, GString *json)
{
  guint beats, longest;
  probe_beat_take (&beats, &longest);
  g_string_append_printf (json, "[%u,%u]", beats, longest);
}

GtkWidget *
probe_main_window (void)
{
  return mainwindow_get_mainwindow ()->window;
}

static const struct
{
  const char *name;
  void (*run) (const char *argument, GString *json);
} commands[] = {
  { "see", see },
  { "watch", watch },
  { "draws", count_draws },
  { "beat", take_beat },
  { "folder", open_folder },
  { "tags", list_tags },
  { "remove-folder", remove_folder },
  { "numbers", list_numbers },
  { "unread", list_unread },
  { "open", open_mail },
  { "open-window", open_window },
  { "scan", scan },
  { "online", go_online },
  { "close-window", close_window },
  { "press", probe_press },
  { "toolbar", probe_press_toolbar },
  { "expand", probe_expand },
  { "respond", probe_respond },
  { "action", activate },
  { "window-action", activate_in_window },
  { "actions", list_actions },
  { "reply-behind", reply_behind },
  { "composes", count_composes },
  { "compose-x-id", say_compose_x_id },
  { "attached", count_attached },
  { "x-id", say_x_id },
  { "where-icon", where_icon },
  { "where-row", where_row },
  { "clipboard", probe_clipboard },
  { "where-text", probe_where_text },
  { "where-viewer", probe_where_viewer },
  { "focus-list", focus_list },
  { "load", load },
  { "unload", unload },
};

void
probe_run (const char *command, const char *argument, GString *json)
{
  gsize before = json->len;
  gboolean known = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (commands) && !known; i++)
    if ((known = g_str_equal (commands[i].name, command)))
      commands[i].run (argument, json);
  if (!known)
    probe_fail (json, "unknown command", command);
  if (json->len == before)
    g_string_append (json, "true");
}

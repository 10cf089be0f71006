/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same for Evolution, which takes modules from one folder of the system only: this is a module of GIO,
 * which any program loads from $GIO_EXTRA_MODULES. In Evolution, and nowhere else, it loads the module under
 * test as Evolution's own loader does. */
#include "tests/e2e/probe/evolution.h"

#include <gdk/gdkx.h>
#include <libedataserver/libedataserver.h>
#include <libemail-engine/libemail-engine.h>
#include <mail/e-mail-backend.h>
#include <mail/e-mail-browser.h>
#include <mail/e-mail-display.h>
#include <mail/e-mail-reader.h>
#include <mail/message-list.h>
#include <shell/e-shell-content.h>
#include <shell/e-shell-window.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#define POLL_MILLISECONDS 10

/* What the page of a view says now: asked for again and again, as WebKit answers late. */
static const char page_script[] =
    "(function () { function words (d) { var t = d.body ? d.body.innerText : '';"
    " for (var f of d.querySelectorAll ('iframe')) { try { if (f.contentDocument) t += '\\n' + words "
    "(f.contentDocument); } catch (e) {} }"
    " return t; } return words (document); }) ()";

static char *watched;
static guint draws;
static GPtrArray *readers; /* EMailReader, borrowed; main window's first */

/* --- views --- */

static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  WebKitJavascriptResult *answer =
      webkit_web_view_run_javascript_finish (WEBKIT_WEB_VIEW (source), result, &error);
  g_autofree char *text =
      answer != NULL ? jsc_value_to_string (webkit_javascript_result_get_js_value (answer)) : g_strdup ("");
  g_object_set_data_full (source, "probe-text", g_strdup (text), g_free);
  g_object_set_data (source, "probe-asked", NULL);
  if (watched != NULL && gtk_widget_get_mapped (GTK_WIDGET (source)) && strstr (text, watched) != NULL)
    draws++;
  g_clear_pointer (&answer, webkit_javascript_result_unref);
}

static gboolean
poll_pages (gpointer unused)
{
  for (guint i = 0; i < readers->len; i++)
    {
      EMailDisplay *display = e_mail_reader_get_mail_display (readers->pdata[i]);
      if (display == NULL || g_object_get_data (G_OBJECT (display), "probe-asked") != NULL)
        continue;
      g_object_set_data (G_OBJECT (display), "probe-asked", display);
      webkit_web_view_run_javascript (WEBKIT_WEB_VIEW (display), page_script, NULL, on_page, NULL);
    }
  return G_SOURCE_CONTINUE;
}

static void
on_reader_gone (gpointer unused, GObject *reader)
{
  g_ptr_array_remove (readers, reader);
}

static void
find_readers (GtkWidget *widget, gpointer unused)
{
  if (E_IS_MAIL_READER (widget) && !E_IS_SHELL_CONTENT (widget) && !g_ptr_array_find (readers, widget, NULL))
    {
      g_ptr_array_add (readers, widget);
      g_object_weak_ref (G_OBJECT (widget), on_reader_gone, NULL);
    }
  if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), find_readers, NULL);
}

static void
look_for_readers (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l != NULL; l = l->next)
    find_readers (l->data, NULL);
}

EMailReader *
probe_main_reader (void)
{
  look_for_readers ();
  for (guint i = 0; i < readers->len; i++)
    if (!E_IS_MAIL_BROWSER (readers->pdata[i]))
      return readers->pdata[i];
  return NULL;
}

EMailReader *
probe_window_reader (void)
{
  look_for_readers ();
  for (guint i = readers->len; i > 0; i--)
    if (E_IS_MAIL_BROWSER (readers->pdata[i - 1]))
      return readers->pdata[i - 1];
  return NULL;
}

GtkWidget *
probe_main_window (void)
{
  EMailReader *reader = probe_main_reader ();
  return reader != NULL ? GTK_WIDGET (e_mail_reader_get_window (reader)) : NULL;
}

static gboolean
is_sensitive (EMailReader *reader, const char *name)
{
  GtkAction *action = e_mail_reader_get_action (reader, name);
  return action != NULL && gtk_action_is_sensitive (action);
}

static void
describe_view (EMailReader *reader, GString *json)
{
  EMailDisplay *display = e_mail_reader_get_mail_display (reader);
  EPreviewPane *pane = e_mail_reader_get_preview_pane (reader);
  g_autoptr (GPtrArray) uids = e_mail_reader_get_selected_uids (reader);
  gboolean mapped = gtk_widget_get_mapped (GTK_WIDGET (display));
  const char *text = g_object_get_data (G_OBJECT (display), "probe-text");
  g_string_append_printf (json, "{\"window\":%s,\"uid\":", E_IS_MAIL_BROWSER (reader) ? "true" : "false");
  probe_json_string (json, uids != NULL && uids->len == 1 ? uids->pdata[0] : NULL);
  g_string_append_printf (json,
                          ",\"content_mapped\":%s,\"reply\":%s,\"forward\":%s,\"print\":%s,\"save\":%s,"
                          "\"source\":%s,\"attachments\":%u,\"text\":",
                          mapped ? "true" : "false",
                          is_sensitive (reader, "mail-reply-sender") ? "true" : "false",
                          is_sensitive (reader, "mail-forward") ? "true" : "false",
                          is_sensitive (reader, "mail-print") ? "true" : "false",
                          is_sensitive (reader, "mail-save-as") ? "true" : "false",
                          is_sensitive (reader, "mail-show-source") ? "true" : "false",
                          e_attachment_store_get_num_attachments (
                              e_mail_display_get_attachment_store (display)));
  probe_json_string (json, text);
  g_string_append_c (json, ',');
  probe_describe_below (GTK_WIDGET (pane), json);
  g_string_append_c (json, '}');
}

static void
see (const char *unused, GString *json)
{
  look_for_readers ();
  g_string_append (json, "{\"views\":[");
  EMailReader *first = probe_main_reader ();
  if (first != NULL)
    describe_view (first, json);
  for (guint i = 0; i < readers->len; i++)
    if (readers->pdata[i] != first)
      {
        probe_separate (json);
        describe_view (readers->pdata[i], json);
      }
  g_string_append (json, "],\"windows\":[");
  probe_describe_windows (json);
  g_string_append_printf (json, "],\"draws\":%u,\"folder\":", draws);
  g_autoptr (CamelFolder) folder = first != NULL ? e_mail_reader_ref_folder (first) : NULL;
  probe_json_string (json, folder != NULL ? camel_folder_get_full_name (folder) : NULL);
  g_string_append_c (json, '}');
}

/* --- doing --- */

static void
watch (const char *word, GString *json)
{
  g_free (watched);
  watched = g_strdup (word);
  draws = 0;
}

static void
count_draws (const char *unused, GString *json)
{
  g_string_append_printf (json, "%u", draws);
}

static void
take_beat (const char *unused, GString *json)
{
  guint beats, longest;
  probe_beat_take (&beats, &longest);
  g_string_append_printf (json, "[%u,%u]", beats, longest);
}

static void
show_folder (const char *name, GString *json)
{
  g_autoptr (CamelFolder) folder = probe_main_reader () != NULL ? probe_open_folder (name) : NULL;
  if (folder == NULL)
    probe_fail (json, "no such folder", name);
  else
    e_mail_reader_set_folder (probe_main_reader (), folder);
}

/* As when mail comes in, or another program has touched the folder. */
static void
scan (const char *unused, GString *json)
{
  g_autoptr (CamelFolder) folder = e_mail_reader_ref_folder (probe_main_reader ());
  if (folder != NULL)
    camel_folder_refresh_info_sync (folder, NULL, NULL);
}

/* "FOLDER PATH": as Evolution lays down what it has sent, or has fetched into the inbox. */
static void
append (const char *argument, GString *json)
{
  g_auto (GStrv) words = g_strsplit (argument, " ", 2);
  g_autoptr (CamelFolder) folder = probe_open_folder (words[0]);
  g_autoptr (CamelStream) stream =
      g_strv_length (words) == 2 ? camel_stream_fs_new_with_name (words[1], O_RDONLY, 0, NULL) : NULL;
  g_autoptr (CamelMimeMessage) message = camel_mime_message_new ();
  g_autoptr (CamelMessageInfo) info = camel_message_info_new (NULL);
  if (strcmp (words[0], "Sent") == 0)
    camel_message_info_set_flags (info, CAMEL_MESSAGE_SEEN, CAMEL_MESSAGE_SEEN);
  if (folder == NULL || stream == NULL ||
      !camel_data_wrapper_construct_from_stream_sync (CAMEL_DATA_WRAPPER (message), stream, NULL, NULL) ||
      !camel_folder_append_message_sync (folder, message, info, NULL, NULL, NULL))
    probe_fail (json, "the mail was not laid down", argument);
}

static void
list_uids (const char *name, GString *json)
{
  g_autoptr (CamelFolder) folder = probe_open_folder (name);
  g_string_append_c (json, '[');
  GPtrArray *uids = NULL;
  if (folder != NULL)
    {
      /* A server's answer comes through this very loop. */
      if (g_getenv ("SEK_PROBE_ACCOUNT") != NULL)
        camel_folder_refresh_info (folder, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
      else
        camel_folder_refresh_info_sync (folder, NULL, NULL);
      uids = camel_folder_get_uids (folder);
    }
  for (guint i = 0; uids != NULL && i < uids->len; i++)
    {
      g_autoptr (CamelMessageInfo) info = camel_folder_get_message_info (folder, uids->pdata[i]);
      if (info == NULL || (camel_message_info_get_flags (info) & CAMEL_MESSAGE_DELETED) != 0)
        continue;
      probe_separate (json);
      g_string_append (json, "{\"uid\":");
      probe_json_string (json, uids->pdata[i]);
      g_string_append (json, ",\"subject\":");
      probe_json_string (json, camel_message_info_get_subject (info));
      g_string_append (json, ",\"labels\":[");
      const CamelNamedFlags *flags = camel_message_info_get_user_flags (info);
      for (guint k = 0; flags != NULL && k < camel_named_flags_get_length (flags); k++)
        {
          probe_separate (json);
          probe_json_string (json, camel_named_flags_get (flags, k));
        }
      g_string_append_printf (json, "],\"seen\":%s}",
                              (camel_message_info_get_flags (info) & CAMEL_MESSAGE_SEEN) != 0 ? "true"
                                                                                              : "false");
    }
  if (uids != NULL)
    camel_folder_free_uids (folder, uids);
  g_string_append_c (json, ']');
}

static void
open_mail (const char *uid, GString *json)
{
  GtkWidget *list = e_mail_reader_get_message_list (probe_main_reader ());
  message_list_select_uid (MESSAGE_LIST (list), uid, FALSE);
}

static gboolean
open_window_now (gpointer unused)
{
  e_mail_reader_open_selected_mail (probe_main_reader ());
  return G_SOURCE_REMOVE;
}

static void
open_window (const char *unused, GString *json)
{
  g_idle_add (open_window_now, NULL);
}

static void
close_window (const char *unused, GString *json)
{
  EMailReader *reader = probe_window_reader ();
  if (reader != NULL)
    gtk_widget_destroy (GTK_WIDGET (reader));
  else
    probe_fail (json, "no message window", "");
}

static gboolean
activate_now (gpointer action)
{
  gtk_action_activate (action);
  g_object_unref (action);
  return G_SOURCE_REMOVE;
}

static GtkAction *
find_action (const char *name)
{
  GtkWidget *window = probe_main_window ();
  GtkUIManager *manager =
      E_IS_SHELL_WINDOW (window) ? e_shell_window_get_ui_manager (E_SHELL_WINDOW (window)) : NULL;
  for (GList *l = manager != NULL ? gtk_ui_manager_get_action_groups (manager) : NULL; l != NULL; l = l->next)
    {
      GtkAction *action = gtk_action_group_get_action (l->data, name);
      if (action != NULL)
        return action;
    }
  return NULL;
}

static void
activate (const char *name, GString *json)
{
  GtkAction *action = find_action (name);
  if (action == NULL)
    probe_fail (json, "no such action", name);
  else if (!gtk_action_is_sensitive (action))
    probe_fail (json, "the action is not sensitive", name);
  else
    g_idle_add (activate_now, g_object_ref (action));
}

/* "all": also those that nobody sees. */
static void
count_composes (const char *all, GString *json)
{
  guint count = 0;
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l != NULL; l = l->next)
    if (g_str_equal (G_OBJECT_TYPE_NAME (l->data), "EMsgComposer") &&
        (*all != '\0' || gtk_widget_get_mapped (l->data)))
      count++;
  g_string_append_printf (json, "%u", count);
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

/* As the mouse does: WebKit asks Evolution what becomes of it. */
static void
click_link (const char *unused, GString *json)
{
  static const char script[] =
      "(function click (d) { var a = d.querySelector ('a[href^=http]'); if (a) { a.click (); return; }"
      " for (var f of d.querySelectorAll ('iframe')) if (f.contentDocument) click (f.contentDocument); }) "
      "(document)";
  WebKitWebView *display = WEBKIT_WEB_VIEW (e_mail_reader_get_mail_display (probe_main_reader ()));
  webkit_web_view_run_javascript (display, script, NULL, NULL, NULL);
}

static void
focus_list (const char *unused, GString *json)
{
  gtk_widget_grab_focus (e_mail_reader_get_message_list (probe_main_reader ()));
}

static void
resize (const char *unused, GString *json)
{
  gtk_window_move (GTK_WINDOW (probe_main_window ()), 0, 0);
  gtk_window_resize (GTK_WINDOW (probe_main_window ()), 1180, 820);
}

static gboolean
quit_now (gpointer unused)
{
  e_shell_quit (e_shell_get_default (), E_SHELL_QUIT_REMOTE_REQUEST);
  return G_SOURCE_REMOVE;
}

static void
quit (const char *unused, GString *json)
{
  g_idle_add (quit_now, NULL);
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
  { "folder", show_folder },
  { "uids", list_uids },
  { "open", open_mail },
  { "select", probe_select },
  { "open-window", open_window },
  { "close-window", close_window },
  { "scan", scan },
  { "append", append },
  { "contact", probe_add_contact },
  { "press", probe_press },
  { "expand", probe_expand },
  { "respond", probe_respond },
  { "action", activate },
  { "composes", count_composes },
  { "x-id", say_x_id },
  { "click-link", click_link },
  { "focus-list", focus_list },
  { "resize", resize },
  { "where-row", probe_where_row },
  { "sensitive", probe_list_sensitive },
  { "open-target", probe_open_target },
  { "dropped", probe_count_dropped },
  { "password", probe_give_password },
  { "delete-folder", probe_delete_folder },
  { "reply-behind", probe_reply_behind },
  { "copy-list", probe_copy_list },
  { "clipboard", probe_count_clipboard },
  { "online", probe_set_online },
  { "quit", quit },
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

/* --- the module of GIO --- */

G_MODULE_EXPORT void g_io_probe_load (GIOModule *module);
G_MODULE_EXPORT void g_io_probe_unload (GIOModule *module);
G_MODULE_EXPORT char **g_io_probe_query (void);

static gboolean
serve (gpointer unused)
{
  g_autoptr (GError) error = NULL;
  if (e_shell_get_default () == NULL)
    return G_SOURCE_CONTINUE;
  readers = g_ptr_array_new ();
  if (!probe_serve (&error))
    g_printerr ("probe: %s\n", error->message);
  g_timeout_add (POLL_MILLISECONDS, poll_pages, NULL);
  return G_SOURCE_REMOVE;
}

void
g_io_probe_load (GIOModule *module)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  const char *path = g_getenv ("SEK_MODULE");
  if (program == NULL || !g_str_has_suffix (program, "/evolution"))
    return;
  g_type_module_use (G_TYPE_MODULE (module));
  if (path != NULL && e_module_load_file (path) == NULL)
    g_printerr ("probe: %s could not be loaded\n", path);
  g_timeout_add (50, serve, NULL);
}

void
g_io_probe_unload (GIOModule *module)
{
}

char **
g_io_probe_query (void)
{
  return g_strsplit (G_VFS_EXTENSION_POINT_NAME, ";", -1);
}

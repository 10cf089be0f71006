/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Report to admin" in the Message menu, on the toolbar and in the list's own menu, of the main window and of
 * windows with one mail. Claws Mail makes its toolbar anew when it is configured; the button then follows. */
#include "plugin/claws/claws.h"

#include <glib/gi18n-lib.h>

#include "toolbar.h"

#define ACTION "Message/SekishoReport"
#define GROUP "sekisho"
#define BUTTON "sekisho-report"

static SekHold *
hold_of_window (SekPlugin *plugin, GtkWidget *window)
{
  for (guint i = 0; i < plugin->holds->len; i++)
    {
      SekHold *hold = g_ptr_array_index (plugin->holds, i);
      if (sek_hold_is_alive (hold) && hold->view->new_window &&
          gtk_widget_get_toplevel (hold->view->vbox) == window)
        return hold;
    }
  return NULL;
}

/* Of the window, when it has one mail only; else of those selected in the list. */
static void
report_from (SekPlugin *plugin, GtkWidget *window)
{
  SekHold *hold = window != NULL ? hold_of_window (plugin, window) : NULL;
  if (hold == NULL)
    sek_report_selected (plugin);
  else if (hold->view->msginfo != NULL)
    sek_report_start (plugin, hold->view->msginfo, hold->mail);
}

static void
on_action (GtkAction *action, SekPlugin *plugin)
{
  report_from (plugin, g_object_get_data (G_OBJECT (action), "sek-window"));
}

static void
on_clicked (GtkWidget *button, SekPlugin *plugin)
{
  report_from (plugin, gtk_widget_get_toplevel (button));
}

/* --- toolbars --- */

static void add_main_button (SekPlugin *plugin);

static gboolean
add_again (gpointer user_data)
{
  SekPlugin *plugin = user_data;
  if (!g_cancellable_is_cancelled (plugin->cancellable) && mainwindow_get_mainwindow () != NULL)
    add_main_button (plugin);
  return G_SOURCE_REMOVE;
}

static void
on_button_gone (GtkWidget *button, SekPlugin *plugin)
{
  if (!g_cancellable_is_cancelled (plugin->cancellable))
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, add_again, g_object_ref (plugin), g_object_unref);
}

static void
find_button (GtkWidget *widget, gpointer user_data)
{
  GtkWidget **found = user_data;
  if (g_strcmp0 (gtk_widget_get_name (widget), BUTTON) == 0)
    *found = widget;
}

static GtkWidget *
button_on (const Toolbar *toolbar)
{
  GtkWidget *found = NULL;
  if (toolbar != NULL && GTK_IS_TOOLBAR (toolbar->toolbar))
    gtk_container_foreach (GTK_CONTAINER (toolbar->toolbar), find_button, &found);
  return found;
}

static GtkWidget *
add_button (SekPlugin *plugin, const Toolbar *toolbar)
{
  if (toolbar == NULL || !GTK_IS_TOOLBAR (toolbar->toolbar) || button_on (toolbar) != NULL)
    return NULL;
  /* Translators: menu entry and toolbar button, works on the mails selected in the list */
  GtkToolItem *item = gtk_tool_button_new (NULL, _ ("Report to ad_min"));
  gtk_tool_button_set_use_underline (GTK_TOOL_BUTTON (item), TRUE);
  gtk_tool_button_set_icon_name (GTK_TOOL_BUTTON (item), "security-high");
  /* Translators: explains the menu entry */
  gtk_tool_item_set_tooltip_text (item, _ ("Report the selected mails to the administrator"));
  gtk_widget_set_name (GTK_WIDGET (item), BUTTON);
  g_signal_connect_object (item, "clicked", G_CALLBACK (on_clicked), plugin, 0);
  /* At the end it would be the first that a narrow window hides. */
  GtkWidget *before = toolbar->fwd_btn;
  gboolean there = before != NULL && gtk_widget_get_parent (before) == toolbar->toolbar;
  int place =
      there ? 1 + gtk_toolbar_get_item_index (GTK_TOOLBAR (toolbar->toolbar), GTK_TOOL_ITEM (before)) : -1;
  gtk_toolbar_insert (GTK_TOOLBAR (toolbar->toolbar), item, place);
  gtk_widget_show_all (GTK_WIDGET (item));
  return GTK_WIDGET (item);
}

static void
add_main_button (SekPlugin *plugin)
{
  GtkWidget *button = add_button (plugin, mainwindow_get_mainwindow ()->toolbar);
  if (button != NULL)
    g_signal_connect_object (button, "destroy", G_CALLBACK (on_button_gone), plugin, 0);
}

static void
remove_button (const Toolbar *toolbar)
{
  GtkWidget *button = button_on (toolbar);
  if (button != NULL)
    gtk_widget_destroy (button);
}

/* --- menus --- */

static GtkActionGroup *
group_in (GtkUIManager *manager)
{
  for (GList *l = gtk_ui_manager_get_action_groups (manager); l != NULL; l = l->next)
    if (g_strcmp0 (gtk_action_group_get_name (l->data), GROUP) == 0)
      return l->data;
  return NULL;
}

static void
add_entries (SekPlugin *plugin, GtkUIManager *manager, GtkWidget *window, const char *const *paths)
{
  if (group_in (manager) != NULL)
    return;
  const GtkActionEntry entry = {
    /* Translators: menu entry and toolbar button, works on the mails selected in the list */
    ACTION, NULL, _ ("Report to ad_min"), NULL,
    /* Translators: explains the menu entry */
    _ ("Report the selected mails to the administrator"), NULL
  };
  GtkActionGroup *group = gtk_action_group_new (GROUP);
  gtk_action_group_add_actions (group, &entry, 1, NULL);
  GtkAction *action = gtk_action_group_get_action (group, ACTION);
  g_signal_connect_object (action, "activate", G_CALLBACK (on_action), plugin, 0);
  g_object_set_data (G_OBJECT (action), "sek-window", window);
  gtk_ui_manager_insert_action_group (manager, group, -1);
  guint merge = gtk_ui_manager_new_merge_id (manager);
  for (guint i = 0; paths[i] != NULL; i++)
    gtk_ui_manager_add_ui (manager, merge, paths[i], "SekishoReport", ACTION, GTK_UI_MANAGER_MENUITEM, FALSE);
  g_object_set_data (G_OBJECT (group), "sek-merge", GUINT_TO_POINTER (merge));
  g_object_unref (group);
}

static void
remove_entries (GtkUIManager *manager)
{
  GtkActionGroup *group = group_in (manager);
  if (group == NULL)
    return;
  gtk_ui_manager_remove_ui (manager, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (group), "sek-merge")));
  gtk_ui_manager_remove_action_group (manager, group);
}

void
sek_menu_add (SekPlugin *plugin, MainWindow *main_window)
{
  static const char *const paths[] = { "/Menu/Message", "/Menus/SummaryViewPopup", NULL };
  add_entries (plugin, main_window->ui_manager, NULL, paths);
  add_main_button (plugin);
}

void
sek_menu_add_window (SekHold *hold)
{
  static const char *const paths[] = { "/Menu/Message", NULL };
  MessageView *view = hold->view;
  if (!view->new_window || view->ui_manager == NULL)
    return;
  add_entries (hold->plugin, view->ui_manager, gtk_widget_get_toplevel (view->vbox), paths);
  add_button (hold->plugin, view->toolbar);
}

void
sek_menu_remove (SekPlugin *plugin, MainWindow *main_window)
{
  remove_entries (main_window->ui_manager);
  remove_button (main_window->toolbar);
  for (const GList *l = messageview_get_msgview_list (); l != NULL; l = l->next)
    {
      MessageView *view = l->data;
      if (!view->new_window || view->ui_manager == NULL)
        continue;
      remove_entries (view->ui_manager);
      remove_button (view->toolbar);
    }
}

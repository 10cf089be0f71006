/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The entry points of the Claws Mail plugin, and where it takes hold of the client. */
#include "plugin/claws/claws.h"

#include <glib/gi18n-lib.h>
#include <gmodule.h>

#include "compose.h"
#include "folder.h"
#include "hooks.h"
#include "plugin.h"
#include "procmsg.h"
#include "version.h"

G_DEFINE_FINAL_TYPE (SekPlugin, sek_plugin, G_TYPE_OBJECT)

/* Claws Mail hands no pointer to plugin_done (). */
static SekPlugin *loaded;

void
sek_plugin_hook (SekPlugin *self, GType type, const char *signal, GSignalEmissionHook func)
{
  /* A signal exists once its class does, and some classes are made late. */
  gpointer klass = g_type_class_ref (type);
  for (guint i = 0; i < G_N_ELEMENTS (self->emission); i++)
    {
      if (self->emission[i].id != 0)
        continue;
      self->emission[i].signal = g_signal_lookup (signal, type);
      self->emission[i].id = g_signal_add_emission_hook (self->emission[i].signal, 0, func, self, NULL);
      break;
    }
  g_type_class_unref (klass);
}

static void
on_row_inserted (GtkTreeModel *model, GtkTreePath *path, GtkTreeIter *iter, SekPlugin *self)
{
  SekHold *hold = sek_hold_for_box (self, g_object_get_data (G_OBJECT (model), "sek-box"));
  if (hold != NULL)
    sek_hold_arrive (hold);
}

static void
watch_tree (SekPlugin *self, GtkWidget *tree, GtkWidget *box)
{
  GtkTreeModel *model = gtk_tree_view_get_model (GTK_TREE_VIEW (tree));
  g_object_set_data (G_OBJECT (model), "sek-box", box);
  g_signal_connect_object (model, "row-inserted", G_CALLBACK (on_row_inserted), self, 0);
}

static void
find_tree (GtkWidget *widget, gpointer user_data)
{
  GtkWidget **found = user_data;
  if (*found == NULL && GTK_IS_TREE_VIEW (widget))
    *found = widget;
  else if (*found == NULL && GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), find_tree, user_data);
}

/* mimeview.c names its box and shows it when it makes one: this is how a new window's is caught before its
 * first mail. */
static gboolean
on_show (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer user_data)
{
  GtkWidget *widget = g_value_get_object (&values[0]);
  if (!GTK_IS_BOX (widget) || g_strcmp0 (gtk_widget_get_name (widget), "mimeview") != 0)
    return TRUE;
  GtkWidget *tree = NULL;
  find_tree (widget, &tree);
  if (tree != NULL &&
      g_object_get_data (G_OBJECT (gtk_tree_view_get_model (GTK_TREE_VIEW (tree))), "sek-box") == NULL)
    watch_tree (user_data, tree, widget);
  return TRUE;
}

static gboolean
on_show_done (gpointer source, gpointer user_data)
{
  sek_hold_shown (sek_hold_for (user_data, source));
  return FALSE;
}

/* A folder went: views may have lost their mail. */
static gboolean
on_folder_update (gpointer source, gpointer user_data)
{
  SekPlugin *self = user_data;
  for (guint i = 0; i < self->holds->len; i++)
    sek_hold_verify_soon (g_ptr_array_index (self->holds, i));
  return FALSE;
}

static void
watch_existing (SekPlugin *self, MainWindow *main_window)
{
  if (main_window->messageview != NULL)
    watch_tree (self, main_window->messageview->mimeview->ctree, main_window->messageview->mimeview->hbox);
  for (const GList *l = messageview_get_msgview_list (); l != NULL; l = l->next)
    {
      MessageView *view = l->data;
      if (view != main_window->messageview)
        watch_tree (self, view->mimeview->ctree, view->mimeview->hbox);
    }
}

/* Loaded while mails are on the screen: they are held now. */
static void
hold_existing (MainWindow *main_window)
{
  MessageView *view = main_window->messageview;
  if (view != NULL && view->msginfo != NULL && !view->mimeview->textview->loading)
    sek_view_render (view);
  for (const GList *l = messageview_get_msgview_list (); l != NULL; l = l->next)
    {
      view = l->data;
      if (view != main_window->messageview && view->msginfo != NULL && !view->mimeview->textview->loading)
        sek_view_render (view);
    }
}

static void
forget_hold (gpointer data)
{
  SekHold *hold = data;
  g_object_run_dispose (G_OBJECT (hold));
  g_object_unref (hold);
}

static void
sek_plugin_init (SekPlugin *self)
{
  self->cancellable = g_cancellable_new ();
  self->holds = g_ptr_array_new_with_free_func (forget_hold);
}

static void
sek_plugin_finalize (GObject *object)
{
  SekPlugin *self = SEK_PLUGIN (object);
  g_clear_pointer (&self->holds, g_ptr_array_unref);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (sek_plugin_parent_class)->finalize (object);
}

static void
sek_plugin_class_init (SekPluginClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sek_plugin_finalize;
}

G_MODULE_EXPORT gint
plugin_init (gchar **error)
{
  if (!check_plugin_version (MAKE_NUMERIC_VERSION (4, 1, 0, 0), VERSION_NUMERIC, "Sekisho", error))
    return -1;
  MainWindow *main_window = mainwindow_get_mainwindow ();
  if (main_window == NULL)
    {
      /* Translators: shown by Claws Mail when it can't load the plugin */
      *error = g_strdup (_ ("Sekisho needs Claws Mail's main window, and there is none"));
      return -1;
    }
  sek_wording_init ();
  sek_ui_init ();
  SekPlugin *self = g_object_new (SEK_TYPE_PLUGIN, NULL);
  self->client = sek_client_new ("Claws Mail " VERSION);
  self->mails = sek_mails_new (self->client, &sek_plugin_mails_funcs, self);
  self->undos = sek_undos_new (self->client);
  self->show_done_hook = hooks_register_hook (MESSAGE_VIEW_SHOW_DONE_HOOKLIST, on_show_done, self);
  self->compose_hook = hooks_register_hook (COMPOSE_CREATED_HOOKLIST, sek_gate_on_compose, self);
  self->folder_hook = hooks_register_hook (FOLDER_UPDATE_HOOKLIST, on_folder_update, self);
  self->update_hook = hooks_register_hook (MSGINFO_UPDATE_HOOKLIST, sek_unread_on_update, self);
  watch_existing (self, main_window);
  sek_plugin_hook (self, GTK_TYPE_WIDGET, "show", on_show);
  sek_gate_open (self);
  sek_attachment_open (self);
  sek_links_open (self);
  sek_menu_add (self, main_window);
  self->arrivals = sek_arrivals_new (self);
  self->advised = sek_advised_new (self);
  sek_handovers_watch (self);
  self->contacts = sek_contacts_new (self->client);
  self->folders = sek_folders_new (self->client, main_window);
  loaded = self;
  hold_existing (main_window);
  return 0;
}

G_MODULE_EXPORT gboolean
plugin_done (void)
{
  SekPlugin *self = g_steal_pointer (&loaded);
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->retry, g_source_remove);
  hooks_unregister_hook (MESSAGE_VIEW_SHOW_DONE_HOOKLIST, self->show_done_hook);
  hooks_unregister_hook (COMPOSE_CREATED_HOOKLIST, self->compose_hook);
  hooks_unregister_hook (FOLDER_UPDATE_HOOKLIST, self->folder_hook);
  hooks_unregister_hook (MSGINFO_UPDATE_HOOKLIST, self->update_hook);
  for (guint i = 0; i < G_N_ELEMENTS (self->emission) && self->emission[i].id != 0; i++)
    g_signal_remove_emission_hook (self->emission[i].signal, self->emission[i].id);
  MainWindow *main_window = mainwindow_get_mainwindow ();
  g_clear_pointer (&self->arrivals, sek_arrivals_free);
  g_clear_pointer (&self->advised, sek_advised_free);
  g_clear_pointer (&self->contacts, sek_contacts_free);
  sek_folders_free (g_steal_pointer (&self->folders), main_window);
  if (main_window != NULL)
    {
      sek_menu_remove (self, main_window);
      g_autoptr (GPtrArray) holds = sek_holds_list (self);
      g_object_run_dispose (G_OBJECT (self)); /* ends row-inserted, before the views are filled again */
      for (guint i = 0; i < holds->len; i++)
        sek_pane_restore (g_ptr_array_index (holds, i));
    }
  g_ptr_array_set_size (self->holds, 0);
  g_clear_pointer (&self->undos, sek_undos_free);
  g_clear_pointer (&self->mails, sek_mails_free);
  g_clear_pointer (&self->client, sek_client_free);
  g_object_unref (self);
  return TRUE;
}

G_MODULE_EXPORT const gchar *
plugin_name (void)
{
  return "Sekisho";
}

G_MODULE_EXPORT const gchar *
plugin_desc (void)
{
  /* Translators: shown in Claws Mail's list of plugins */
  return _ ("Checks a mail when it is opened, before anything of it is drawn, warns in plain words, and "
            "reports it to the "
            "administrator with one click.");
}

G_MODULE_EXPORT const gchar *
plugin_type (void)
{
  return "GTK3";
}

G_MODULE_EXPORT const gchar *
plugin_licence (void)
{
  return "GPL3+";
}

G_MODULE_EXPORT const gchar *
plugin_version (void)
{
  return SEK_VERSION;
}

G_MODULE_EXPORT struct PluginFeature *
plugin_provides (void)
{
  static struct PluginFeature features[] = { { PLUGIN_UTILITY, "Sekisho" }, { PLUGIN_NOTHING, NULL } };
  return features;
}

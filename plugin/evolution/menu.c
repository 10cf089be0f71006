/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Report to admin" in the Message menu, on the toolbar and in the list's own menu, of the main window and of
 * windows with one mail. GtkUIManager: Evolution has EUIManager instead from 3.56 on. */
#include "plugin/evolution/evolution.h"

#include <glib/gi18n-lib.h>
#include <mail/e-mail-browser.h>
#include <mail/e-mail-view.h>
#include <shell/e-shell-view.h>
#include <shell/e-shell-window.h>

#define ACTION "sekisho-report"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GtkActionGroup, g_object_unref)

static const char main_ui[] =
    "<ui>"
    "  <menubar name='main-menu'><placeholder name='custom-menus'>"
    "    <menu action='mail-message-menu'>"
    "      <placeholder name='sekisho'><separator/><menuitem action='" ACTION "'/></placeholder>"
    "    </menu>"
    "  </placeholder></menubar>"
    "  <toolbar name='main-toolbar'><placeholder name='mail-toolbar-common'>"
    "    <toolitem action='" ACTION "'/>"
    "  </placeholder></toolbar>"
    "  <popup name='mail-message-popup'><placeholder name='mail-message-popup-common-actions'>"
    "    <menuitem action='" ACTION "'/>"
    "  </placeholder></popup>"
    "</ui>";

static SekReader *
reader_of (EMailReader *mail_reader)
{
  SekPlugin *plugin = sek_plugin_get ();
  for (guint i = 0; i < plugin->readers->len; i++)
    {
      SekReader *reader = plugin->readers->pdata[i];
      if (reader->reader == mail_reader)
        return reader;
    }
  return NULL;
}

static void
on_report (GtkAction *action, EMailReader *mail_reader)
{
  SekReader *reader = reader_of (mail_reader);
  if (reader != NULL)
    sek_report_selected (reader);
}

static void
on_update (EMailReader *mail_reader, guint32 state, GtkAction *action)
{
  gtk_action_set_sensitive (action, (state & (E_MAIL_READER_SELECTION_SINGLE |
                                              E_MAIL_READER_SELECTION_MULTIPLE)) != 0);
}

static GtkActionGroup *
group_for (EMailReader *mail_reader)
{
  GtkActionGroup *group = gtk_action_group_new ("sekisho");
  const GtkActionEntry entry = {
    ACTION, "security-high",
    /* Translators: menu entry and toolbar button, works on the mails selected in the list */
    _ ("Report to ad_min"), NULL,
    /* Translators: explains the menu entry */
    _ ("Report the selected mails to the administrator"), G_CALLBACK (on_report)
  };
  gtk_action_group_add_actions (group, &entry, 1, mail_reader);
  GtkAction *action = gtk_action_group_get_action (group, ACTION);
  g_signal_connect_object (mail_reader, "update-actions", G_CALLBACK (on_update), action, G_CONNECT_AFTER);
  return group;
}

static void
merge (GtkUIManager *manager, EMailReader *mail_reader)
{
  g_autoptr (GtkActionGroup) group = group_for (mail_reader);
  g_autoptr (GError) error = NULL;
  gtk_ui_manager_insert_action_group (manager, group, 0);
  if (gtk_ui_manager_add_ui_from_string (manager, main_ui, -1, &error) == 0)
    g_warning ("There is no menu entry to report a mail: %s", error->message);
  gtk_ui_manager_ensure_update (manager);
}

/* --- the main window --- */

typedef struct
{
  EExtension parent;
} SekShellMenu;
typedef struct
{
  EExtensionClass parent_class;
} SekShellMenuClass;
GType sek_shell_menu_get_type (void);
G_DEFINE_DYNAMIC_TYPE (SekShellMenu, sek_shell_menu, E_TYPE_EXTENSION)

/* The mail view takes its menus out of the window when another view is chosen, and puts them back. */
static void
on_toggled (EShellView *view, SekShellMenu *self)
{
  if (!e_shell_view_is_active (view) || g_object_get_data (G_OBJECT (self), "merged") != NULL)
    return;
  EMailView *mail_view = NULL;
  g_object_get (e_shell_view_get_shell_content (view), "mail-view", &mail_view, NULL);
  if (mail_view == NULL)
    return;
  g_object_set_data (G_OBJECT (self), "merged", self);
  merge (e_shell_window_get_ui_manager (e_shell_view_get_shell_window (view)), E_MAIL_READER (mail_view));
  g_object_unref (mail_view);
}

static void
sek_shell_menu_constructed (GObject *object)
{
  G_OBJECT_CLASS (sek_shell_menu_parent_class)->constructed (object);
  EExtensible *view = e_extension_get_extensible (E_EXTENSION (object));
  if (g_str_equal (G_OBJECT_TYPE_NAME (view), "EMailShellView"))
    g_signal_connect_object (view, "toggled", G_CALLBACK (on_toggled), object, G_CONNECT_AFTER);
}

static void
sek_shell_menu_class_init (SekShellMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = sek_shell_menu_constructed;
  E_EXTENSION_CLASS (klass)->extensible_type = E_TYPE_SHELL_VIEW;
}

static void
sek_shell_menu_class_finalize (SekShellMenuClass *klass)
{
}

static void
sek_shell_menu_init (SekShellMenu *self)
{
}

/* --- a window with one mail --- */

typedef struct
{
  EExtension parent;
} SekBrowserMenu;
typedef struct
{
  EExtensionClass parent_class;
} SekBrowserMenuClass;
GType sek_browser_menu_get_type (void);
G_DEFINE_DYNAMIC_TYPE (SekBrowserMenu, sek_browser_menu, E_TYPE_EXTENSION)

static void
sek_browser_menu_constructed (GObject *object)
{
  G_OBJECT_CLASS (sek_browser_menu_parent_class)->constructed (object);
  EMailBrowser *browser = E_MAIL_BROWSER (e_extension_get_extensible (E_EXTENSION (object)));
  merge (e_mail_browser_get_ui_manager (browser), E_MAIL_READER (browser));
}

static void
sek_browser_menu_class_init (SekBrowserMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = sek_browser_menu_constructed;
  E_EXTENSION_CLASS (klass)->extensible_type = E_TYPE_MAIL_BROWSER;
}

static void
sek_browser_menu_class_finalize (SekBrowserMenuClass *klass)
{
}

static void
sek_browser_menu_init (SekBrowserMenu *self)
{
}

void
sek_menu_types_register (GTypeModule *module)
{
  sek_shell_menu_register_type (module);
  sek_browser_menu_register_type (module);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window/window.h"

#include <glib/gi18n-lib.h>

#include "ui/parts.h"
#include "ui/window/pages.h"
#include "ui/window/sidebar.h"

/* In lines of text, so that they follow the size of the font; below this width the list of pages hides. */
#define COLLAPSE_LINES 36
#define WIDTH_LINES 50
#define HEIGHT_LINES 36

struct _SekWindow
{
  GtkApplicationWindow parent_instance;
  GtkWidget *bar;
  GtkWidget *stack;
  GtkWidget *sidebar; /* with the line beside it */
  GtkWidget *menu;    /* the button that stands for it */
  GtkWidget *popover;
  guint folding; /* source id */
};

G_DEFINE_FINAL_TYPE (SekWindow, sek_window, GTK_TYPE_APPLICATION_WINDOW)

static void
set_folded (SekWindow *window, gboolean folded)
{
  gtk_widget_set_visible (window->sidebar, !folded);
  gtk_widget_set_visible (window->menu, folded);
}

static gboolean
fold (gpointer user_data)
{
  SekWindow *window = user_data;
  window->folding = 0;
  int width = gtk_widget_get_allocated_width (window->bar);
  set_folded (window, width < COLLAPSE_LINES * sek_ui_line_height (GTK_WIDGET (window)));
  return G_SOURCE_REMOVE;
}

/* What is visible can not change while it is being given its place. */
static void
on_allocated (GtkWidget *bar, GtkAllocation *allocation, gpointer user_data)
{
  SekWindow *window = user_data;
  if (window->folding == 0)
    window->folding = g_idle_add_full (GTK_PRIORITY_RESIZE, fold, window, NULL);
}

static void
sek_window_dispose (GObject *object)
{
  SekWindow *window = SEK_WINDOW (object);
  g_clear_handle_id (&window->folding, g_source_remove);
  G_OBJECT_CLASS (sek_window_parent_class)->dispose (object);
}

static void
sek_window_class_init (SekWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sek_window_dispose;
}

static void
on_page_shown (GObject *stack, GParamSpec *pspec, gpointer user_data)
{
  SekWindow *window = user_data;
  gtk_popover_popdown (GTK_POPOVER (window->popover));
}

static void
add_header (SekWindow *window)
{
  window->bar = gtk_header_bar_new ();
  gtk_header_bar_set_show_close_button (GTK_HEADER_BAR (window->bar), TRUE);
  /* Translators: the name of the program. */
  gtk_header_bar_set_title (GTK_HEADER_BAR (window->bar), _ ("Sekisho"));
  window->menu = gtk_menu_button_new ();
  gtk_container_add (GTK_CONTAINER (window->menu),
                     gtk_image_new_from_icon_name ("open-menu-symbolic", GTK_ICON_SIZE_BUTTON));
  sek_ui_set_accessible (window->menu, ATK_ROLE_INVALID, _ ("Pages"), NULL);
  gtk_widget_set_tooltip_text (window->menu, _ ("Pages"));
  window->popover = gtk_popover_new (window->menu);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (window->menu), window->popover);
  gtk_header_bar_pack_start (GTK_HEADER_BAR (window->bar), window->menu);
  gtk_window_set_titlebar (GTK_WINDOW (window), window->bar);
  gtk_widget_show_all (window->bar);
}

static void
sek_window_init (SekWindow *window)
{
  add_header (window);
  window->stack = gtk_stack_new ();
  gtk_widget_set_hexpand (window->stack, TRUE);
  /* Else the widest page would say how narrow the others can be. */
  gtk_stack_set_homogeneous (GTK_STACK (window->stack), FALSE);
  window->sidebar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_pack_start (GTK_BOX (box), window->sidebar, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), window->stack, TRUE, TRUE, 0);
  /* Never scrolls: it lets the window become narrower than list and page together, which is when the list
   * hides. */
  GtkWidget *frame = gtk_scrolled_window_new (NULL, NULL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (frame), GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  gtk_widget_set_can_focus (frame, FALSE);
  gtk_container_add (GTK_CONTAINER (frame), box);
  gtk_container_add (GTK_CONTAINER (window), frame);
  gtk_widget_show_all (frame);
  g_signal_connect (window->stack, "notify::visible-child", G_CALLBACK (on_page_shown), window);
  g_signal_connect (window->bar, "size-allocate", G_CALLBACK (on_allocated), window);
  int line = sek_ui_line_height (GTK_WIDGET (window));
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH_LINES * line, HEIGHT_LINES * line);
  gtk_window_set_icon_name (GTK_WINDOW (window), "sekisho");
}

static void
on_page_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  sek_window_show_page (user_data, g_variant_get_string (parameter, NULL));
}

void
sek_window_show_page (SekWindow *window, const char *id)
{
  if (gtk_stack_get_child_by_name (GTK_STACK (window->stack), id) != NULL)
    gtk_stack_set_visible_child_name (GTK_STACK (window->stack), id);
}

GtkWidget *
sek_window_new (GtkApplication *application, SekAgentLink *agent)
{
  static const GActionEntry actions[] = {
    { .name = "page", .activate = on_page_action, .parameter_type = "s" }
  };
  SekWindow *window = g_object_new (SEK_TYPE_WINDOW, "application", application, NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (window), actions, G_N_ELEMENTS (actions), window);
  gsize count = 0;
  const SekPage *pages = sek_pages (&count);
  for (gsize i = 0; i < count; i++)
    {
      GtkWidget *page = pages[i].create (agent);
      gtk_stack_add_named (GTK_STACK (window->stack), page, pages[i].id);
      gtk_container_child_set (GTK_CONTAINER (window->stack), page, "title", _ (pages[i].title), "icon-name",
                               pages[i].icon, NULL);
      gtk_widget_show (page);
    }
  gtk_stack_set_visible_child_name (GTK_STACK (window->stack), pages[0].id);
  gtk_container_add (GTK_CONTAINER (window->popover), sek_sidebar_new (GTK_STACK (window->stack)));
  gtk_box_pack_start (GTK_BOX (window->sidebar), sek_sidebar_new (GTK_STACK (window->stack)), TRUE, TRUE, 0);
  GtkWidget *line = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  gtk_box_pack_start (GTK_BOX (window->sidebar), line, FALSE, FALSE, 0);
  gtk_widget_show (line);
  return GTK_WIDGET (window);
}

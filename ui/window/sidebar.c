/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window/sidebar.h"

#include <glib/gi18n-lib.h>

#include "ui/parts.h"

/* On a row: the page it stands for. */
#define PAGE "sek-page"

static void
on_row_selected (GtkListBox *list, GtkListBoxRow *row, gpointer user_data)
{
  if (row != NULL)
    gtk_stack_set_visible_child (user_data, g_object_get_data (G_OBJECT (row), PAGE));
}

static void
select_row (GtkWidget *row, gpointer data)
{
  GtkWidget *page = data;
  if (g_object_get_data (G_OBJECT (row), PAGE) == page)
    gtk_list_box_select_row (GTK_LIST_BOX (gtk_widget_get_parent (row)), GTK_LIST_BOX_ROW (row));
}

static void
on_page_shown (GtkStack *stack, GParamSpec *pspec, GtkContainer *list)
{
  gtk_container_foreach (list, select_row, gtk_stack_get_visible_child (stack));
}

/* Tab leaves the list, as it leaves a row of tabs: GtkListBox would choose the next page instead, so that no
 * page but the last could be entered. */
static gboolean
on_focus (GtkWidget *list, GtkDirectionType direction, gpointer data)
{
  gboolean tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;
  if (tab && gtk_container_get_focus_child (GTK_CONTAINER (list)) != NULL)
    g_signal_stop_emission_by_name (list, "focus");
  return FALSE;
}

static void
add_row (GtkWidget *page, gpointer data)
{
  GtkWidget *list = data;
  g_autofree char *title = NULL, *icon_name = NULL;
  gtk_container_child_get (GTK_CONTAINER (gtk_widget_get_parent (page)), page, "title", &title, "icon-name",
                           &icon_name, NULL);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_style_context_add_class (gtk_widget_get_style_context (box), "sek-page-row");
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_name, GTK_ICON_SIZE_MENU);
  gtk_image_set_pixel_size (GTK_IMAGE (icon), sek_ui_icon_pixels (icon));
  GtkWidget *label = gtk_label_new (title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_pack_start (GTK_BOX (box), icon, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), label, TRUE, TRUE, 0);
  gtk_container_add (GTK_CONTAINER (row), box);
  sek_ui_set_accessible (row, ATK_ROLE_INVALID, title, NULL);
  g_object_set_data (G_OBJECT (row), PAGE, page);
  gtk_container_add (GTK_CONTAINER (list), row);
}

GtkWidget *
sek_sidebar_new (GtkStack *stack)
{
  GtkWidget *scroller = gtk_scrolled_window_new (NULL, NULL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  GtkWidget *list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_BROWSE);
  gtk_style_context_add_class (gtk_widget_get_style_context (list), "sek-pages");
  /* Translators: what a screen reader calls the list of the window's pages. */
  sek_ui_set_accessible (list, ATK_ROLE_INVALID, _ ("Pages"), NULL);
  gtk_container_foreach (GTK_CONTAINER (stack), add_row, list);
  gtk_container_add (GTK_CONTAINER (scroller), list);
  g_signal_connect (list, "focus", G_CALLBACK (on_focus), NULL);
  g_signal_connect (list, "row-selected", G_CALLBACK (on_row_selected), stack);
  g_signal_connect_object (stack, "notify::visible-child", G_CALLBACK (on_page_shown), list, 0);
  on_page_shown (stack, NULL, GTK_CONTAINER (list));
  gtk_widget_show_all (scroller);
  return scroller;
}

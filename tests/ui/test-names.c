/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever can be pressed, typed into or turned in any state has a name and a role for a screen reader, and
 * the keyboard gets there. */
#include <string.h>

#include "tests/ui/samples.h"
#include "tests/ui/scenes.h"

typedef struct
{
  const char *scene;
  guint controls;
} Walk;

static gboolean
is_control (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_EXPANDER (widget) || GTK_IS_ENTRY (widget) ||
         GTK_IS_TEXT_VIEW (widget) || GTK_IS_SWITCH (widget) || GTK_IS_SCALE (widget) ||
         (gtk_widget_get_can_focus (widget) && !GTK_IS_CONTAINER (widget) && !GTK_IS_LABEL (widget));
}

/* The mail under the bar is the mail client's, not ours. */
static gboolean
is_ours (GtkWidget *widget)
{
  return !GTK_IS_TEXT_VIEW (widget) || !g_str_equal (gtk_widget_get_name (widget), "GtkTextView");
}

static void
look_at (GtkWidget *widget, gpointer data)
{
  Walk *walk = data;
  if (!gtk_widget_get_mapped (widget))
    return;
  if (is_control (widget) && is_ours (widget))
    {
      AtkObject *accessible = gtk_widget_get_accessible (widget);
      const char *name = atk_object_get_name (accessible);
      walk->controls++;
      if (name == NULL || *name == '\0')
        g_error ("%s: a %s (%s) has no name", walk->scene, G_OBJECT_TYPE_NAME (widget),
                 gtk_widget_get_name (widget));
      if (strchr (name, '_') != NULL && GTK_IS_BUTTON (widget))
        g_error ("%s: the name “%s” still has its underline", walk->scene, name);
      AtkRole role = atk_object_get_role (accessible);
      if (role == ATK_ROLE_UNKNOWN || role == ATK_ROLE_INVALID || role == ATK_ROLE_PANEL ||
          role == ATK_ROLE_FILLER)
        g_error ("%s: “%s” has the role %s", walk->scene, name, atk_role_get_name (role));
      if (gtk_widget_is_sensitive (widget) && !gtk_widget_get_can_focus (widget))
        g_error ("%s: the keyboard can't get to “%s”", walk->scene, name);
    }
  if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), look_at, data);
}

static void
expand (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_EXPANDER (widget) && gtk_widget_get_mapped (widget))
    gtk_expander_set_expanded (GTK_EXPANDER (widget), TRUE);
  if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), expand, data);
}

static void
test_scene (gconstpointer data)
{
  const SekScene *scene = data;
  GtkWidget *window = sek_stage (scene);
  expand (window, NULL);
  sek_settle ();
  Walk walk = { scene->name, 0 };
  look_at (window, &walk);
  if (GTK_IS_DIALOG (window))
    {
      g_assert_cmpuint (walk.controls, >, 0);
      AtkObject *accessible = gtk_widget_get_accessible (window);
      g_assert_cmpint (atk_object_get_role (accessible), ==, ATK_ROLE_ALERT);
      g_assert_nonnull (atk_object_get_name (accessible));
      g_assert_cmpstr (atk_object_get_name (accessible), !=, "");
    }
  gtk_widget_destroy (window);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init (&argc, &argv);
  sek_ui_init ();
  gsize count;
  const SekScene *scenes = sek_scenes (&count);
  for (gsize i = 0; i < count; i++)
    {
      g_autofree char *path = g_strconcat ("/ui/names/", scenes[i].name, NULL);
      g_test_add_data_func (path, &scenes[i], test_scene);
    }
  return g_test_run ();
}

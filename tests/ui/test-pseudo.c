/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every sentence went through the catalogue: with one whose every sentence stands in ⟦brackets⟧ and is half
 * as long again, nothing without brackets is seen but what comes from the mail, and nothing is cut off. */
#include <locale.h>
#include <string.h>

#include "tests/ui/samples.h"
#include "tests/ui/scenes.h"

typedef struct
{
  const char *scene;
  GString *ours; /* all words seen that stand in brackets */
  guint sentences;
} Walk;

/* Words of the samples, of the mail under the bar, and what no language changes. */
static const char *const of_the_mail[] = {
  "太田",
  "Momiji",
  ".example",
  ".net",
  "cloud-delivery.example",
  "kaede.example",
  "partner-example.net",
  "invoice@",
  "03-5550-1234",
  "Never pay on the word of a mail alone.",
  "3f9a-51c2-77e0",
  "Hello,",
  "No space left on device",
  "DESKTOP-7",
  "dmarc",
  "From:",
  "Re:",
  "Emma",
  "northwind",
  "Partner",
  "20221103",
  "WWWW",
};

static gboolean
is_of_the_mail (const char *text)
{
  gboolean has_letter = FALSE;
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    has_letter = has_letter || g_unichar_isalpha (g_utf8_get_char (c));
  for (gsize i = 0; has_letter && i < G_N_ELEMENTS (of_the_mail); i++)
    if (strstr (text, of_the_mail[i]) != NULL)
      return TRUE;
  return !has_letter;
}

static void
look_at_text (Walk *walk, const char *kind, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  if (strstr (text, "⟦") != NULL)
    {
      walk->sentences++;
      return;
    }
  if (!is_of_the_mail (text))
    g_error ("%s: the %s “%s” is in no catalogue", walk->scene, kind, text);
}

static void
look_at (GtkWidget *widget, gpointer data)
{
  Walk *walk = data;
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget))
    {
      look_at_text (walk, "label", gtk_label_get_text (GTK_LABEL (widget)));
      if (gtk_label_get_ellipsize (GTK_LABEL (widget)) == PANGO_ELLIPSIZE_NONE &&
          pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))))
        g_error ("%s: “%s” is cut off", walk->scene, gtk_label_get_text (GTK_LABEL (widget)));
      int wide, high;
      pango_layout_get_pixel_size (gtk_label_get_layout (GTK_LABEL (widget)), &wide, &high);
      if (wide > gtk_widget_get_allocated_width (widget) + 1 ||
          high > gtk_widget_get_allocated_height (widget) + 1)
        g_error ("%s: “%s” is larger than its place", walk->scene, gtk_label_get_text (GTK_LABEL (widget)));
    }
  g_autofree char *tooltip = gtk_widget_get_tooltip_text (widget);
  look_at_text (walk, "tooltip", tooltip);
  if (GTK_IS_BUTTON (widget))
    look_at_text (walk, "name", atk_object_get_name (gtk_widget_get_accessible (widget)));
  if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), look_at, data);
}

static void
test_scene (gconstpointer data)
{
  const SekScene *scene = data;
  GtkWidget *window = sek_stage (scene);
  Walk walk = { .scene = scene->name };
  look_at (window, &walk);
  if (!g_str_equal (scene->name, "cover-checking"))
    g_assert_cmpuint (walk.sentences, >, 0);
  if (GTK_IS_DIALOG (window))
    look_at_text (&walk, "announced headline", atk_object_get_name (gtk_widget_get_accessible (window)));
  gtk_widget_destroy (window);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "");
  gtk_init (&argc, &argv);
  sek_ui_init ();
  gsize count;
  const SekScene *scenes = sek_scenes (&count);
  for (gsize i = 0; i < count; i++)
    {
      g_autofree char *path = g_strconcat ("/ui/pseudo/", scenes[i].name, NULL);
      g_test_add_data_func (path, &scenes[i], test_scene);
    }
  return g_test_run ();
}

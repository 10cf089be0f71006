/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The contrast of every run of text, measured from the pixels of the picture: WCAG 2.1, success
 * criterion 1.4.3, asks for 4.5:1, and this holds here for large text, too. Controls that can't be used are
 * exempt there. */
#include <math.h>
#include <string.h>

#include "tests/ui/samples.h"
#include "tests/ui/scenes.h"

#define CONTRAST_MIN 4.5

typedef struct
{
  const guint8 *pixels;
  int width, height, stride;
} Picture;

typedef struct
{
  Picture picture;
  GtkWidget *window;
  guint runs;     /* that were measured */
  double least;   /* contrast of all */
  char *least_of; /* text of that run */
} Measure;

static double
linear (guint8 channel)
{
  double value = channel / 255.0;
  return value <= 0.03928 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

/* Relative luminance, WCAG 2.1. */
static double
luminance (guint32 colour)
{
  return 0.2126 * linear ((colour >> 16) & 0xff) + 0.7152 * linear ((colour >> 8) & 0xff) +
         0.0722 * linear (colour & 0xff);
}

static double
contrast (double a, double b)
{
  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

static guint32
pixel_at (const Picture *picture, int x, int y)
{
  guint32 colour;
  memcpy (&colour, picture->pixels + (gsize) y * (gsize) picture->stride + (gsize) x * 4, sizeof colour);
  return colour & 0xffffff;
}

/* The colour of most pixels is the ground; the text's own colour is the one that is farthest from it, as
 * edges are mixed with the ground. 0 when nothing of area is in the picture. */
static double
measure_area (const Picture *picture, GdkRectangle area)
{
  const GdkRectangle whole = { 0, 0, picture->width, picture->height };
  if (!gdk_rectangle_intersect (&area, &whole, &area))
    return 0;
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  guint32 ground = 0;
  guint most = 0;
  for (int y = area.y; y < area.y + area.height; y++)
    for (int x = area.x; x < area.x + area.width; x++)
      {
        gpointer colour = GUINT_TO_POINTER (pixel_at (picture, x, y));
        guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, colour)) + 1;
        g_hash_table_insert (counts, colour, GUINT_TO_POINTER (count));
        if (count > most)
          {
            most = count;
            ground = GPOINTER_TO_UINT (colour);
          }
      }
  double best = 1;
  GHashTableIter iter;
  gpointer colour;
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &colour, NULL))
    best = MAX (best, contrast (luminance (GPOINTER_TO_UINT (colour)), luminance (ground)));
  return best;
}

/* A run is of one font and one colour. White space has neither. */
static gboolean
is_seen (const char *text, PangoLayoutRun *run)
{
  const char *start = text + run->item->offset, *end = start + run->item->length;
  for (const char *c = start; c < end; c = g_utf8_next_char (c))
    if (g_unichar_isgraph (g_utf8_get_char (c)) && !g_unichar_iszerowidth (g_utf8_get_char (c)))
      return TRUE;
  return FALSE;
}

/* Also when it is scrolled half away, its other half is not what is seen there. */
static gboolean
is_whole (Measure *measure, GtkWidget *widget, const GdkRectangle *area)
{
  for (GtkWidget *above = gtk_widget_get_parent (widget); above != NULL;
       above = gtk_widget_get_parent (above))
    {
      int x, y;
      GdkRectangle both;
      if (!GTK_IS_SCROLLED_WINDOW (above))
        continue;
      gtk_widget_translate_coordinates (above, measure->window, 0, 0, &x, &y);
      const GdkRectangle seen = { x, y, gtk_widget_get_allocated_width (above),
                                  gtk_widget_get_allocated_height (above) };
      if (!gdk_rectangle_intersect (area, &seen, &both) || !gdk_rectangle_equal (area, &both))
        return FALSE;
    }
  return TRUE;
}

static void
measure_run (Measure *measure, GtkLabel *label, PangoLayoutIter *iter)
{
  PangoLayout *layout = gtk_label_get_layout (label);
  PangoLayoutRun *run = pango_layout_iter_get_run_readonly (iter);
  const char *text = pango_layout_get_text (layout);
  PangoRectangle ink;
  int left, top, x, y;
  if (run == NULL || !is_seen (text, run))
    return;
  pango_layout_iter_get_run_extents (iter, &ink, NULL);
  gtk_label_get_layout_offsets (label, &left, &top);
  GtkAllocation allocation;
  gtk_widget_get_allocation (GTK_WIDGET (label), &allocation);
  gtk_widget_translate_coordinates (GTK_WIDGET (label), measure->window, 0, 0, &x, &y);
  pango_extents_to_pixels (&ink, NULL);
  const GdkRectangle area = { x + left - allocation.x + ink.x - 1, y + top - allocation.y + ink.y - 1,
                              ink.width + 2, ink.height + 2 };
  double found = is_whole (measure, GTK_WIDGET (label), &area) ? measure_area (&measure->picture, area) : 0;
  if (found == 0)
    return;
  measure->runs++;
  if (found >= measure->least)
    return;
  measure->least = found;
  g_free (measure->least_of);
  measure->least_of = g_strndup (text + run->item->offset, (gsize) run->item->length);
}

static void
measure_widget (GtkWidget *widget, gpointer data)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_is_sensitive (widget))
    return;
  if (GTK_IS_LABEL (widget))
    {
      PangoLayoutIter *iter = pango_layout_get_iter (gtk_label_get_layout (GTK_LABEL (widget)));
      do
        measure_run (data, GTK_LABEL (widget), iter);
      while (pango_layout_iter_next_run (iter));
      pango_layout_iter_free (iter);
    }
  else if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), measure_widget, data);
}

static Measure
measure_window (GtkWidget *window)
{
  cairo_surface_t *surface = sek_picture (window);
  Measure measure = {
    .picture = { cairo_image_surface_get_data (surface), cairo_image_surface_get_width (surface),
                 cairo_image_surface_get_height (surface), cairo_image_surface_get_stride (surface) },
    .window = window,
    .least = 21
  };
  measure_widget (window, &measure);
  cairo_surface_destroy (surface);
  return measure;
}

static void
test_theme (gconstpointer data)
{
  const SekTheme *theme = data;
  gsize count;
  const SekScene *scenes = sek_scenes (&count);
  sek_use_theme (theme);
  for (gsize i = 0; i < count; i++)
    {
      GtkWidget *window = sek_stage (&scenes[i]);
      Measure measure = measure_window (window);
      g_test_message ("%s: %u runs, least contrast %.2f (“%s”)", scenes[i].name, measure.runs, measure.least,
                      measure.least_of);
      if (measure.runs == 0 && !g_str_equal (scenes[i].name, "cover-checking"))
        g_error ("%s: no text was found", scenes[i].name);
      if (measure.least < CONTRAST_MIN)
        g_error ("%s in %s: “%s” has a contrast of %.2f", scenes[i].name, theme->name, measure.least_of,
                 measure.least);
      g_free (measure.least_of);
      gtk_widget_destroy (window);
    }
}

/* The measure itself: known colours give the known figures. */
static void
test_measure (void)
{
  static const struct
  {
    const char *foreground, *background;
    double contrast;
  } rows[] = { { "#000000", "#ffffff", 21.0 },
               { "#767676", "#ffffff", 4.54 },
               { "#777777", "#ffffff", 4.48 },
               { "#ffff00", "#ffffff", 1.07 } };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
      GtkWidget *label = gtk_label_new ("Words ■■■");
      g_autofree char *css = g_strdup_printf ("* { color: %s; background: %s; font-size: 20px; }",
                                              rows[i].foreground, rows[i].background);
      g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
      gtk_css_provider_load_from_data (provider, css, -1, NULL);
      gtk_style_context_add_provider_for_screen (gdk_screen_get_default (), GTK_STYLE_PROVIDER (provider),
                                                 GTK_STYLE_PROVIDER_PRIORITY_USER + 1);
      gtk_container_add (GTK_CONTAINER (window), label);
      gtk_widget_show_all (window);
      sek_settle ();
      Measure measure = measure_window (window);
      gtk_style_context_remove_provider_for_screen (gdk_screen_get_default (), GTK_STYLE_PROVIDER (provider));
      gtk_widget_destroy (window);
      g_assert_cmpuint (measure.runs, >, 0);
      g_assert_cmpfloat_with_epsilon (measure.least, rows[i].contrast, 0.02);
      g_free (measure.least_of);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init (&argc, &argv);
  sek_ui_init ();
  gsize count;
  const SekTheme *themes = sek_themes (&count);
  for (gsize i = 0; i < count; i++)
    {
      g_autofree char *path = g_strconcat ("/ui/contrast/", themes[i].name, NULL);
      g_test_add_data_func (path, &themes[i], test_theme);
    }
  g_test_add_func ("/ui/contrast/measure", test_measure);
  return g_test_run ();
}

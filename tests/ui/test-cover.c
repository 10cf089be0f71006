/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/ui/samples.h"

#include <string.h>

typedef struct
{
  GtkWidget *window;
  SekCover *cover;
  guint warnings, anyways;
} Fixture;

static void
count (guint *counter)
{
  (*counter)++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  fixture->cover = SEK_COVER (sek_cover_new ());
  gtk_container_add (GTK_CONTAINER (fixture->window), GTK_WIDGET (fixture->cover));
  g_signal_connect_swapped (fixture->cover, "show-warning", G_CALLBACK (count), &fixture->warnings);
  g_signal_connect_swapped (fixture->cover, "show-anyway", G_CALLBACK (count), &fixture->anyways);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 400, 300);
  gtk_widget_show_all (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_widget_destroy (fixture->window);
}

static GtkWidget *
find (Fixture *fixture, const char *name)
{
  GtkWidget *widget = sek_find (GTK_WIDGET (fixture->cover), name);
  g_assert_nonnull (widget);
  return widget;
}

static void
test_checking_is_blank_at_first (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = sek_text_of (GTK_WIDGET (fixture->cover));
  g_assert_cmpstr (first, ==, "");
  for (g_autofree char *text = g_strdup (""); strstr (text, "Checking this mail…") == NULL;)
    {
      g_main_context_iteration (NULL, TRUE);
      g_free (text);
      text = sek_text_of (GTK_WIDGET (fixture->cover));
    }
}

static void
test_danger (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SekVerdict) verdict = sek_sample_danger ();
  sek_cover_set_state (fixture->cover, SEK_COVER_DANGER, verdict);
  g_autofree char *text = sek_text_of (GTK_WIDGET (fixture->cover));
  g_assert_nonnull (strstr (text, "This mail is probably not from who it says it is"));
  /* Nothing of the mail itself stands on its cover. */
  g_assert_null (strstr (text, "kaede"));
  g_assert_false (gtk_widget_is_visible (find (fixture, "sek-show-anyway")));
  gtk_button_clicked (GTK_BUTTON (find (fixture, "sek-show-warning")));
  g_assert_cmpuint (fixture->warnings, ==, 1);
  g_assert_cmpuint (fixture->anyways, ==, 0);
}

static void
test_unchecked (Fixture *fixture, gconstpointer data)
{
  sek_cover_set_state (fixture->cover, SEK_COVER_UNCHECKED, NULL);
  g_autofree char *text = sek_text_of (GTK_WIDGET (fixture->cover));
  g_assert_nonnull (strstr (text, "This mail was not checked"));
  g_assert_false (gtk_widget_is_visible (find (fixture, "sek-show-warning")));
  gtk_button_clicked (GTK_BUTTON (find (fixture, "sek-show-anyway")));
  g_assert_cmpuint (fixture->anyways, ==, 1);
}

/* The blank time of an earlier state must not end in a later one, or after the end of the cover. */
static void
test_timer_ends_with_its_state (Fixture *fixture, gconstpointer data)
{
  sek_cover_set_state (fixture->cover, SEK_COVER_CHECKING, NULL);
  sek_cover_set_state (fixture->cover, SEK_COVER_DANGER, NULL);
  sek_wait (500);
  g_autofree char *text = sek_text_of (GTK_WIDGET (fixture->cover));
  g_assert_null (strstr (text, "Checking this mail…"));
  GtkWidget *gone = g_object_ref_sink (sek_cover_new ());
  g_object_add_weak_pointer (G_OBJECT (gone), (gpointer *) &gone);
  g_object_unref (gone);
  g_assert_null (gone);
  sek_wait (500);
}

/* Every pixel is the cover's: what lies behind must not shine through in any state. */
static void
test_is_opaque (Fixture *fixture, gconstpointer data)
{
  static const SekCoverState states[] = { SEK_COVER_CHECKING, SEK_COVER_DANGER, SEK_COVER_UNCHECKED };
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      sek_cover_set_state (fixture->cover, states[i], NULL);
      sek_settle ();
      int width = gtk_widget_get_allocated_width (GTK_WIDGET (fixture->cover));
      int height = gtk_widget_get_allocated_height (GTK_WIDGET (fixture->cover));
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
      cairo_t *cairo = cairo_create (surface);
      gtk_widget_draw (GTK_WIDGET (fixture->cover), cairo);
      cairo_destroy (cairo);
      cairo_surface_flush (surface);
      const guchar *pixels = cairo_image_surface_get_data (surface);
      int stride = cairo_image_surface_get_stride (surface);
      for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
          g_assert_cmpuint (*(const guint32 *) (const void *) (pixels + y * stride + 4 * x) >> 24, ==, 255);
      cairo_surface_destroy (surface);
    }
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init (&argc, &argv);
  ADD ("/ui/cover/checking-is-blank-at-first", test_checking_is_blank_at_first);
  ADD ("/ui/cover/danger", test_danger);
  ADD ("/ui/cover/unchecked", test_unchecked);
  ADD ("/ui/cover/timer-ends-with-its-state", test_timer_ends_with_its_state);
  ADD ("/ui/cover/is-opaque", test_is_opaque);
  return g_test_run ();
}

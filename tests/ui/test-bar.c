/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/ui/samples.h"

#include <string.h>

typedef struct
{
  GtkWidget *window;
  SekBar *bar;
  guint reports, unlocks;
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
  fixture->bar = SEK_BAR (sek_bar_new ());
  gtk_container_add (GTK_CONTAINER (fixture->window), GTK_WIDGET (fixture->bar));
  g_signal_connect_swapped (fixture->bar, "report", G_CALLBACK (count), &fixture->reports);
  g_signal_connect_swapped (fixture->bar, "unlock", G_CALLBACK (count), &fixture->unlocks);
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
  GtkWidget *widget = sek_find (GTK_WIDGET (fixture->bar), name);
  g_assert_nonnull (widget);
  return widget;
}

static gboolean
has_text (Fixture *fixture, const char *wanted)
{
  g_autofree char *text = sek_text_of (GTK_WIDGET (fixture->bar));
  return strstr (text, wanted) != NULL;
}

static void
test_clear_is_hidden (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SekVerdict) clear = sek_verdict_new ();
  g_autoptr (SekVerdict) caution = sek_sample_caution ();
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->bar)));
  sek_bar_set_verdict (fixture->bar, caution);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->bar)));
  sek_bar_set_verdict (fixture->bar, clear);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->bar)));
}

static void
test_notice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SekVerdict) verdict = sek_sample_notice ();
  sek_bar_set_verdict (fixture->bar, verdict);
  sek_bar_set_attachments_locked (fixture->bar, TRUE);
  g_assert_true (has_text (fixture, "does not say which earlier mail it answers"));
  g_assert_cmpint (gtk_label_get_lines (GTK_LABEL (find (fixture, "sek-line"))), ==, 2);
  g_assert_false (gtk_widget_is_visible (find (fixture, "sek-report")));
  g_assert_false (gtk_widget_is_visible (find (fixture, "sek-unlock")));
}

/* What only supports other findings is kept out of the quiet line. */
static void
test_notice_without_context (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SekVerdict) verdict = sek_sample_notice ();
  SekFinding *context = sek_finding_new ("first-contact", NULL, SEK_LEVEL_CLEAR);
  sek_finding_add (context, "address", "sales@partner.example");
  g_ptr_array_add (verdict->findings, context);
  sek_bar_set_verdict (fixture->bar, verdict);
  g_assert_true (has_text (fixture, "does not say which earlier mail it answers"));
  g_assert_false (has_text (fixture, "sales@partner.example"));
}

static void
test_caution (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SekVerdict) verdict = sek_sample_caution ();
  sek_bar_set_verdict (fixture->bar, verdict);
  g_assert_true (has_text (fixture, "accounts@partner.example"));
  g_assert_true (has_text (fixture, "invoice@partner-example.net"));
  g_assert_false (gtk_widget_is_visible (find (fixture, "sek-unlock")));
  sek_bar_set_attachments_locked (fixture->bar, TRUE);
  g_assert_true (gtk_widget_is_visible (find (fixture, "sek-unlock")));
  gtk_button_clicked (GTK_BUTTON (find (fixture, "sek-unlock")));
  gtk_button_clicked (GTK_BUTTON (find (fixture, "sek-report")));
  g_assert_cmpuint (fixture->unlocks, ==, 1);
  g_assert_cmpuint (fixture->reports, ==, 1);
  /* A second click while the first report is on its way is none. */
  g_assert_false (gtk_widget_is_sensitive (find (fixture, "sek-report")));
  sek_bar_set_attachments_locked (fixture->bar, FALSE);
  g_assert_false (gtk_widget_is_visible (find (fixture, "sek-unlock")));
}

static void
test_telephone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SekVerdict) verdict = sek_sample_caution ();
  sek_bar_set_verdict (fixture->bar, verdict);
  g_assert_false (gtk_widget_is_visible (find (fixture, "sek-ask")));
  g_free (verdict->telephone);
  verdict->telephone = g_strdup ("03-5550-0142 <b>");
  sek_bar_set_verdict (fixture->bar, verdict);
  g_assert_true (has_text (fixture, "Ask by phone: \u206803-5550-0142 <b>\u2069 is the number"));
  sek_bar_set_unchecked (fixture->bar, NULL);
  g_assert_false (has_text (fixture, "03-5550-0142"));
}

static void
test_danger_shows_three_reasons (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SekVerdict) verdict = sek_sample_danger ();
  sek_bar_set_verdict (fixture->bar, verdict);
  g_autoptr (GList) rows = gtk_container_get_children (GTK_CONTAINER (find (fixture, "sek-reasons")));
  g_assert_cmpuint (g_list_length (rows), ==, 3);
  g_assert_true (gtk_widget_is_visible (find (fixture, "sek-report")));
}

static void
test_unchecked (Fixture *fixture, gconstpointer data)
{
  sek_bar_set_attachments_locked (fixture->bar, TRUE);
  sek_bar_set_unchecked (fixture->bar, "The <i>agent</i> was killed");
  g_assert_true (has_text (fixture, "This mail was not checked"));
  g_assert_true (has_text (fixture, "The <i>agent</i> was killed"));
  g_assert_true (gtk_widget_is_visible (find (fixture, "sek-unlock")));
  g_assert_false (gtk_widget_is_visible (find (fixture, "sek-report")));
  sek_bar_set_unchecked (fixture->bar, NULL);
  g_assert_false (has_text (fixture, "killed"));
}

static void
test_reported (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SekVerdict) verdict = sek_sample_caution ();
  sek_bar_set_verdict (fixture->bar, verdict);
  g_autoptr (GError) error =
      g_error_new_literal (SEK_CORE_ERROR, SEK_CORE_ERROR_FORMAT, "The outbox is full");
  gtk_button_clicked (GTK_BUTTON (find (fixture, "sek-report")));
  sek_bar_set_reported (fixture->bar, NULL, FALSE, error);
  g_assert_true (has_text (fixture, "The outbox is full"));
  g_assert_true (gtk_widget_is_sensitive (find (fixture, "sek-report")));
  gtk_button_clicked (GTK_BUTTON (find (fixture, "sek-report")));
  g_assert_cmpuint (fixture->reports, ==, 2);
  sek_bar_set_reported (fixture->bar, "report-7", TRUE, NULL);
  g_assert_true (has_text (fixture, "Thank you."));
  g_assert_true (has_text (fixture, "Quarantine"));
  g_assert_false (has_text (fixture, "The outbox is full"));
  g_assert_false (gtk_widget_is_visible (find (fixture, "sek-report")));
}

static void
test_reported_without_a_bar (Fixture *fixture, gconstpointer data)
{
  sek_bar_set_reported (fixture->bar, "report-7", FALSE, NULL);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->bar)));
  g_assert_true (has_text (fixture, "Thank you."));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

/* Offered where the verdict allows it, said when it is done, and taken back with the same button. */
static void
test_trust (Fixture *fixture, gconstpointer data)
{
  guint trusts = 0, untrusts = 0;
  g_signal_connect_swapped (fixture->bar, "trust", G_CALLBACK (count), &trusts);
  g_signal_connect_swapped (fixture->bar, "untrust", G_CALLBACK (count), &untrusts);
  g_autoptr (SekVerdict) verdict = sek_sample_caution ();
  sek_bar_set_verdict (fixture->bar, verdict);
  g_assert_false (gtk_widget_is_visible (find (fixture, "sek-trust")));
  verdict->may_trust = TRUE;
  sek_bar_set_verdict (fixture->bar, verdict);
  GtkWidget *button = find (fixture, "sek-trust");
  g_assert_true (gtk_widget_is_visible (button));
  gtk_button_clicked (GTK_BUTTON (button));
  g_assert_false (gtk_widget_is_sensitive (button));
  g_assert_cmpuint (trusts, ==, 1);
  sek_bar_set_trusted (fixture->bar, "a<b>@kaede.example", TRUE, NULL);
  g_assert_true (has_text (fixture, "You trust \u2068a<b>@kaede.example\u2069 now"));
  g_assert_true (has_text (fixture, "after all"));
  gtk_button_clicked (GTK_BUTTON (button));
  g_assert_cmpuint (untrusts, ==, 1);
  g_assert_cmpuint (trusts, ==, 1);
  g_autoptr (GError) error = g_error_new_literal (SEK_CORE_ERROR, SEK_CORE_ERROR_FORMAT, "No <i>disk</i>");
  sek_bar_set_trusted (fixture->bar, "a@kaede.example", TRUE, error);
  g_assert_true (has_text (fixture, "No <i>disk</i>"));
  sek_bar_set_trusted (fixture->bar, "a@kaede.example", FALSE, NULL);
  g_assert_true (has_text (fixture, "any more"));
  g_autoptr (SekVerdict) notice = sek_sample_notice ();
  sek_bar_set_verdict (fixture->bar, notice);
  g_assert_false (gtk_widget_is_visible (button));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init (&argc, &argv);
  ADD ("/ui/bar/clear-is-hidden", test_clear_is_hidden);
  ADD ("/ui/bar/notice", test_notice);
  ADD ("/ui/bar/notice-without-context", test_notice_without_context);
  ADD ("/ui/bar/caution", test_caution);
  ADD ("/ui/bar/telephone", test_telephone);
  ADD ("/ui/bar/danger-shows-three-reasons", test_danger_shows_three_reasons);
  ADD ("/ui/bar/unchecked", test_unchecked);
  ADD ("/ui/bar/reported", test_reported);
  ADD ("/ui/bar/reported-without-a-bar", test_reported_without_a_bar);
  ADD ("/ui/bar/trust", test_trust);
  return g_test_run ();
}

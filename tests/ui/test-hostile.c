/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text of strangers stays text, and leaves the layout alone. */
#include "tests/ui/samples.h"

#include <string.h>

#define WIDTH_MAX 360  /* the narrowest screen that must do */
#define HEIGHT_MAX 600 /* of what a window insists on */

typedef struct
{
  const char *name;
  const char *text;  /* repeated up to chars characters */
  glong chars;       /* 0: as it is */
  const char *shown; /* how it must appear somewhere; NULL: nothing to look for */
} Case;

static const Case cases[] = {
  { "markup", "<span size='100000'>&lt;big&gt;</span> <a href='x'>", 0,
    "<span size='100000'>&lt;big&gt;</span>" },
  { "broken-markup", "</b> & <<< &#0; &nosuch;", 0, "</b> & <<< &#0; &nosuch;" },
  { "newlines", "one\r\ntwo\n\n\n\nthree\u2028four\u2029five\vsix", 0, "one two three" },
  { "bidi-override", "\u202Egnp.exe\u202C \u2067x\u2069", 0, "[U+202E]gnp.exe[U+202C]" },
  { "zero-width", "pay\u200Bpal\u00AD.example", 0, "pay[U+200B]pal" },
  { "right-to-left", "שלום@example.net", 0, "שלום@example.net" },
  { "long-word", "W", 10000, "WWWWWWWWWW" },
  { "long-cjk", "漢", 10000, "漢漢漢漢" },
  { "long-local-part", "a", 10000, "aaaa" },
  { "emoji", "👩‍👩‍👧‍👦🏴", 2000, NULL },
  { "combining-marks", "a\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030a", 10000,
    "a\u0301\u0302\u0303a\u0301" },
  { "mnemonics", "_Report __to_ _admin", 0, "_Report __to_ _admin" },
  { "percent", "%s %n %{file} %1$s", 0, "%s %n" },
  { "isolates", "\u2069\u2068\u2069\u2066", 0, "[U+2069]" },
  { "tabs-and-control", "a\tb\001c\033[31md\177", 0, "a b" },
  /* As the agent reads them: Latin-1 and half a character of UTF-8 in place of UTF-8. */
  { "invalid-utf8", "caf\xe9 \xe6\x97 ok", 0, "ok" },
  { "noncharacters", "a\uFFFE\uFFFFb\U000E0041", 0, NULL },
  { "vertical", "\U0001F3F4\u200D\u2620\uFE0F\u0489\u20DD x", 3000, NULL },
  { "empty", "", 0, NULL },
  { "spaces", " \u3000 ", 0, NULL },
};

static char *
text_of_case (const Case *row)
{
  GString *text = g_string_new (NULL);
  do
    g_string_append (text, row->text);
  while (g_utf8_strlen (text->str, -1) < row->chars);
  if (g_str_equal (row->name, "long-local-part"))
    g_string_append (text, "@tells.example.net");
  return g_string_free (text, FALSE);
}

static void
check_size (GtkWidget *widget)
{
  GtkRequisition minimum, natural;
  int width, height, natural_height;
  gtk_widget_get_preferred_size (widget, &minimum, &natural);
  g_assert_cmpint (minimum.width, <=, WIDTH_MAX);
  g_assert_cmpint (minimum.height, <=, HEIGHT_MAX);
  gtk_widget_get_preferred_width (widget, &width, NULL);
  gtk_widget_get_preferred_height_for_width (widget, MAX (width, WIDTH_MAX), &height, &natural_height);
  g_assert_cmpint (height, <=, HEIGHT_MAX);
  g_assert_cmpint (natural_height, <=, 1000);
}

static void
check_text (GtkWidget *widget, const char *shown)
{
  g_autofree char *text = sek_text_of (widget);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  if (shown != NULL && strstr (text, shown) == NULL)
    g_error ("“%s” does not appear in:\n%s", shown, text);
}

static void
test_dialog (gconstpointer data)
{
  const Case *row = data;
  g_autofree char *text = text_of_case (row);
  g_autoptr (SekVerdict) verdict = sek_sample_of_text (text);
  GtkWidget *dialog = sek_dialog_new (NULL, verdict);
  gtk_expander_set_expanded (GTK_EXPANDER (sek_find (dialog, "sek-more")), TRUE);
  gtk_expander_set_expanded (GTK_EXPANDER (sek_find (dialog, "sek-technical")), TRUE);
  gtk_widget_show (dialog);
  sek_settle ();
  check_size (dialog);
  check_text (dialog, row->shown);
  if (g_str_equal (row->name, "long-local-part"))
    check_text (dialog, "…@tells.example.net");
  g_autoptr (GError) error = g_error_new_literal (SEK_CORE_ERROR, SEK_CORE_ERROR_FORMAT, text);
  sek_dialog_set_reported (SEK_DIALOG (dialog), NULL, FALSE, error);
  sek_settle ();
  check_size (dialog);
  sek_dialog_set_reported (SEK_DIALOG (dialog), text, TRUE, NULL);
  sek_settle ();
  check_size (dialog);
  gtk_widget_destroy (dialog);
}

static void
test_bar (gconstpointer data)
{
  static const SekLevel levels[] = { SEK_LEVEL_NOTICE, SEK_LEVEL_CAUTION, SEK_LEVEL_DANGER };
  const Case *row = data;
  g_autofree char *text = text_of_case (row);
  g_autoptr (SekVerdict) verdict = sek_sample_of_text (text);
  GtkWidget *window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  GtkWidget *bar = sek_bar_new ();
  gtk_container_add (GTK_CONTAINER (window), bar);
  gtk_widget_show (window);
  sek_bar_set_attachments_locked (SEK_BAR (bar), TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      verdict->level = levels[i];
      sek_bar_set_verdict (SEK_BAR (bar), verdict);
      sek_settle ();
      check_size (bar);
      check_text (bar, row->shown);
    }
  g_autoptr (GError) error = g_error_new_literal (SEK_CORE_ERROR, SEK_CORE_ERROR_FORMAT, text);
  sek_bar_set_reported (SEK_BAR (bar), NULL, FALSE, error);
  sek_settle ();
  check_size (bar);
  sek_bar_set_unchecked (SEK_BAR (bar), text);
  sek_settle ();
  check_size (bar);
  gtk_widget_destroy (window);
}

static void
test_question (gconstpointer data)
{
  const Case *row = data;
  g_autofree char *text = text_of_case (row);
  g_autoptr (SekVerdict) verdict = sek_sample_of_text (text);
  GtkWidget *question = sek_attachment_question_new (NULL, verdict);
  gtk_widget_show (question);
  sek_settle ();
  check_size (question);
  check_text (question, row->shown);
  gtk_widget_destroy (question);
}

/* A verdict that says danger and nothing else still makes a whole dialog. */
static void
test_nothing_known (void)
{
  g_autoptr (SekVerdict) verdict = sek_verdict_new ();
  verdict->level = SEK_LEVEL_DANGER;
  GtkWidget *dialog = sek_dialog_new (NULL, verdict);
  gtk_widget_show (dialog);
  sek_settle ();
  check_text (dialog, "(no name)");
  check_text (dialog, "(no address)");
  g_assert_false (gtk_widget_is_visible (sek_find (dialog, "sek-more")));
  check_size (dialog);
  gtk_widget_destroy (dialog);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *dialog = g_strconcat ("/ui/hostile/dialog/", cases[i].name, NULL);
      g_autofree char *bar = g_strconcat ("/ui/hostile/bar/", cases[i].name, NULL);
      g_autofree char *question = g_strconcat ("/ui/hostile/question/", cases[i].name, NULL);
      g_test_add_data_func (dialog, &cases[i], test_dialog);
      g_test_add_data_func (bar, &cases[i], test_bar);
      g_test_add_data_func (question, &cases[i], test_question);
    }
  g_test_add_func ("/ui/hostile/nothing-known", test_nothing_known);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/ui/samples.h"

#include <string.h>

typedef struct
{
  GtkWidget *dialog;
  int response; /* the last one; 0 when none */
  guint responses;
} Fixture;

static void
on_response (GtkDialog *dialog, int response, gpointer data)
{
  Fixture *fixture = data;
  fixture->response = response;
  fixture->responses++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SekVerdict) verdict = sek_sample_danger ();
  fixture->dialog = sek_dialog_new (NULL, verdict);
  g_signal_connect (fixture->dialog, "response", G_CALLBACK (on_response), fixture);
  /* As a host may do it: nothing that is hidden may come to light by it. */
  gtk_widget_show_all (fixture->dialog);
  sek_settle ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_widget_destroy (fixture->dialog);
}

static gboolean
is_shown (Fixture *fixture, const char *name)
{
  GtkWidget *widget = sek_find (fixture->dialog, name);
  g_assert_nonnull (widget);
  return gtk_widget_is_visible (widget) && gtk_widget_get_child_visible (widget);
}

static void
press (Fixture *fixture, guint key)
{
  GdkWindow *window = gtk_widget_get_window (fixture->dialog);
  GdkKeymapKey *keys = NULL;
  int n_keys = 0;
  g_assert_true (gdk_keymap_get_entries_for_keyval (gdk_keymap_get_for_display (gdk_display_get_default ()),
                                                    key, &keys, &n_keys));
  g_autoptr (GdkEvent) event = gdk_event_new (GDK_KEY_PRESS);
  event->key.window = g_object_ref (window);
  event->key.keyval = key;
  event->key.hardware_keycode = (guint16) keys[0].keycode;
  event->key.time = GDK_CURRENT_TIME;
  gdk_event_set_device (event,
                        gdk_seat_get_keyboard (gdk_display_get_default_seat (gdk_display_get_default ())));
  g_free (keys);
  gtk_main_do_event (event);
  sek_wait (300); /* GTK shows a button pressed for 250 ms before it is clicked */
}

static void
test_words (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = sek_text_of (fixture->dialog);
  static const char *const wanted[] = {
    "This mail is probably not from who it says it is",
    "Claims to be from",
    "太田 道子",
    "Was sent by",
    "billing@kaede-example.cloud-delivery.example",
    "This name usually writes from",
    "michiko.ota@kaede.example",
    "20221103.zip",
    "見積書.xlsm",
    "call the person on \u206803-5550-0142\u2069, the number that your organisation"
  };
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (strstr (text, wanted[i]) == NULL)
      g_error ("“%s” is not among the words of the dialog:\n%s", wanted[i], text);
  /* The fourth and fifth reason are behind the expander. */
  if (strstr (text, "7391") != NULL)
    g_error ("The fourth reason is seen at once:\n%s", text);
  g_assert_true (is_shown (fixture, "sek-more"));
  gtk_expander_set_expanded (GTK_EXPANDER (sek_find (fixture->dialog, "sek-more")), TRUE);
  sek_settle ();
  g_autofree char *more = sek_text_of (fixture->dialog);
  g_assert_nonnull (strstr (more, "7391"));
}

/* Where no number is listed the warning says where to look for one. */
static void
test_no_telephone (gconstpointer data)
{
  g_autoptr (SekVerdict) verdict = sek_sample_lookalike ();
  GtkWidget *dialog = sek_dialog_new (NULL, verdict);
  gtk_widget_show (dialog);
  g_autofree char *text = sek_text_of (dialog);
  g_assert_nonnull (strstr (text, "call the person: on a number from your address book"));
  g_assert_null (strstr (text, "03-5550-0142"));
  gtk_widget_destroy (dialog);
}

static void
test_domain_is_emphasised (Fixture *fixture, gconstpointer data)
{
  GtkWidget *card = sek_find (fixture->dialog, "sek-card");
  g_autoptr (GList) rows = gtk_container_get_children (GTK_CONTAINER (card));
  g_autoptr (GList) labels = gtk_container_get_children (GTK_CONTAINER (g_list_nth_data (rows, 1)));
  GtkLabel *address = g_list_nth_data (labels, 1);
  const char *text = gtk_label_get_text (address);
  g_assert_true (g_str_has_prefix (text, "\u2066") && g_str_has_suffix (text, "\u2069"));
  PangoAttrIterator *iterator = pango_attr_list_get_iterator (gtk_label_get_attributes (address));
  gboolean found = FALSE;
  do
    {
      int start, end;
      pango_attr_iterator_range (iterator, &start, &end);
      if (pango_attr_iterator_get (iterator, PANGO_ATTR_WEIGHT) != NULL)
        {
          if (!found)
            g_assert_true (g_str_has_prefix (text + start, "kaede-example.cloud-delivery.example"));
          found = TRUE;
        }
    }
  while (pango_attr_iterator_next (iterator));
  pango_attr_iterator_destroy (iterator);
  g_assert_true (found);
}

static void
test_report_is_default (Fixture *fixture, gconstpointer data)
{
  GtkWidget *report = gtk_dialog_get_widget_for_response (GTK_DIALOG (fixture->dialog), SEK_RESPONSE_REPORT);
  g_assert_true (gtk_window_get_default_widget (GTK_WINDOW (fixture->dialog)) == report);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->dialog)) == report);
  g_assert_cmpstr (gtk_widget_get_name (report), ==, "sek-report");
  press (fixture, GDK_KEY_Return);
  g_assert_cmpint (fixture->response, ==, SEK_RESPONSE_REPORT);
  g_assert_cmpuint (fixture->responses, ==, 1);
}

static void
test_escape_and_window_close (Fixture *fixture, gconstpointer data)
{
  press (fixture, GDK_KEY_Escape);
  g_assert_cmpint (fixture->response, ==, SEK_RESPONSE_CLOSE);
  fixture->response = 0;
  gtk_window_close (GTK_WINDOW (fixture->dialog));
  sek_settle ();
  g_assert_cmpint (fixture->response, ==, SEK_RESPONSE_CLOSE);
  g_assert_cmpuint (fixture->responses, ==, 2);
  /* Whose it is to destroy: the host's. */
  g_assert_true (gtk_widget_get_visible (fixture->dialog));
}

static void
test_show_is_hidden_away (Fixture *fixture, gconstpointer data)
{
  GtkWidget *show = sek_find (fixture->dialog, "sek-show");
  g_assert_false (gtk_widget_get_can_default (show));
  g_assert_false (gtk_widget_get_mapped (show));
  gtk_expander_set_expanded (GTK_EXPANDER (sek_find (fixture->dialog, "sek-other")), TRUE);
  sek_settle ();
  g_assert_true (gtk_widget_get_mapped (show));
  gtk_button_clicked (GTK_BUTTON (show));
  g_assert_cmpint (fixture->response, ==, SEK_RESPONSE_SHOW);
}

static void
test_reporting (Fixture *fixture, gconstpointer data)
{
  g_assert_false (is_shown (fixture, "sek-reporting"));
  sek_dialog_set_reporting (SEK_DIALOG (fixture->dialog));
  sek_settle ();
  g_assert_true (is_shown (fixture, "sek-reporting"));
  g_assert_false (gtk_widget_is_sensitive (sek_find (fixture->dialog, "sek-report")));
  g_assert_false (gtk_widget_is_sensitive (sek_find (fixture->dialog, "sek-other")));
  /* No trap: closing works while the report hangs. */
  press (fixture, GDK_KEY_Escape);
  g_assert_cmpint (fixture->response, ==, SEK_RESPONSE_CLOSE);
}

static void
test_reported (Fixture *fixture, gconstpointer data)
{
  sek_dialog_set_reporting (SEK_DIALOG (fixture->dialog));
  sek_dialog_set_reported (SEK_DIALOG (fixture->dialog), "report-7", GPOINTER_TO_INT (data), NULL);
  sek_settle ();
  g_autofree char *text = sek_text_of (fixture->dialog);
  g_assert_nonnull (strstr (text, "Thank you. The report is on its way to your administrator."));
  g_assert_nonnull (strstr (text, "report-7"));
  g_assert_cmpint (strstr (text, "moved to the Quarantine folder") != NULL, ==, GPOINTER_TO_INT (data));
  g_assert_false (is_shown (fixture, "sek-report"));
  g_assert_false (gtk_widget_get_mapped (sek_find (fixture->dialog, "sek-show")));
  g_assert_false (gtk_widget_get_mapped (sek_find (fixture->dialog, "sek-other")));
  GtkWidget *close = sek_find (fixture->dialog, "sek-close");
  g_assert_true (gtk_window_get_default_widget (GTK_WINDOW (fixture->dialog)) == close);
  press (fixture, GDK_KEY_Return);
  g_assert_cmpint (fixture->response, ==, SEK_RESPONSE_CLOSE);
}

static void
test_failed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error =
      g_error_new_literal (SEK_CORE_ERROR, SEK_CORE_ERROR_FORMAT, "The <b>outbox</b> is full");
  sek_dialog_set_reporting (SEK_DIALOG (fixture->dialog));
  sek_dialog_set_reported (SEK_DIALOG (fixture->dialog), NULL, FALSE, error);
  sek_settle ();
  g_autofree char *text = sek_text_of (fixture->dialog);
  g_assert_nonnull (strstr (text, "The <b>outbox</b> is full"));
  g_assert_true (gtk_widget_is_sensitive (sek_find (fixture->dialog, "sek-report")));
  press (fixture, GDK_KEY_Return);
  g_assert_cmpint (fixture->response, ==, SEK_RESPONSE_REPORT);
  /* The second attempt takes the failure away. */
  sek_dialog_set_reporting (SEK_DIALOG (fixture->dialog));
  g_assert_false (is_shown (fixture, "sek-failure"));
}

static void
test_accessible (Fixture *fixture, gconstpointer data)
{
  AtkObject *accessible = gtk_widget_get_accessible (fixture->dialog);
  g_assert_cmpint (atk_object_get_role (accessible), ==, ATK_ROLE_ALERT);
  g_assert_cmpstr (atk_object_get_name (accessible), ==, "This mail is probably not from who it says it is");
  const char *description = atk_object_get_description (accessible);
  g_assert_nonnull (strstr (description, "billing@kaede-example.cloud-delivery.example"));
  static const char *const buttons[] = { "sek-report", "sek-close", "sek-show" };
  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      GtkWidget *button = sek_find (fixture->dialog, buttons[i]);
      g_assert_cmpstr (atk_object_get_name (gtk_widget_get_accessible (button)), !=, "");
      g_assert_nonnull (strchr (gtk_button_get_label (GTK_BUTTON (button)), '_'));
    }
}

static void
test_question (gconstpointer data)
{
  g_autoptr (SekVerdict) verdict = sek_sample_caution ();
  GtkWidget *question = sek_attachment_question_new (NULL, data != NULL ? verdict : NULL);
  g_object_add_weak_pointer (G_OBJECT (question), (gpointer *) &question);
  Fixture fixture = { question, 0, 0 };
  g_signal_connect (question, "response", G_CALLBACK (on_response), &fixture);
  gtk_widget_show_all (question);
  sek_settle ();
  g_autofree char *text = sek_text_of (question);
  g_assert_nonnull (strstr (text, "all the same?"));
  g_assert_cmpint (strstr (text, "invoice@partner-example.net") != NULL, ==, data != NULL);
  g_assert_cmpint (strstr (text, "was not checked") != NULL, ==, data == NULL);
  GtkWidget *cancel = gtk_dialog_get_widget_for_response (GTK_DIALOG (question), GTK_RESPONSE_CANCEL);
  g_assert_true (gtk_window_get_default_widget (GTK_WINDOW (question)) == cancel);
  press (&fixture, GDK_KEY_Return);
  g_assert_cmpint (fixture.response, ==, GTK_RESPONSE_CANCEL);
  gtk_button_clicked (
      GTK_BUTTON (gtk_dialog_get_widget_for_response (GTK_DIALOG (question), GTK_RESPONSE_ACCEPT)));
  g_assert_cmpint (fixture.response, ==, GTK_RESPONSE_ACCEPT);
  press (&fixture, GDK_KEY_Escape);
  g_assert_cmpint (fixture.response, !=, GTK_RESPONSE_ACCEPT);
  g_assert_null (question);
}

/* Closed at first; what it shows can be copied whole, with nothing that is only for the eye. */
static void
test_technical (Fixture *fixture, gconstpointer data)
{
  g_assert_false (gtk_widget_get_mapped (sek_find (fixture->dialog, "sek-headers")));
  gtk_expander_set_expanded (GTK_EXPANDER (sek_find (fixture->dialog, "sek-technical")), TRUE);
  sek_settle ();
  g_autofree char *text = sek_text_of (sek_find (fixture->dialog, "sek-details"));
  const char *first = strstr (text, "1. \u2068DESKTOP-7"),
             *second = strstr (text, "2. \u2068smtp.cloud-delivery");
  g_assert_true (first != NULL && second > first);
  g_assert_nonnull (strstr (text, "Written down elsewhere, so it may be invented."));
  g_assert_nonnull (strstr (text, "Written down by your own mail gateway."));
  g_assert_nonnull (strstr (text, "dmarc"));
  g_assert_nonnull (strstr (text, "» From: "));
  g_assert_null (strstr (text, "» To: "));
  GtkWidget *copy = sek_find (fixture->dialog, "sek-copy");
  gtk_button_clicked (GTK_BUTTON (copy));
  GtkClipboard *clipboard = gtk_widget_get_clipboard (copy, GDK_SELECTION_CLIPBOARD);
  g_autofree char *copied = gtk_clipboard_wait_for_text (clipboard);
  g_assert_nonnull (strstr (copied, "\nTo: taro.sato@kaede.example\nSubject: Re: =?UTF-8?B?"));
  g_assert_null (strstr (copied, "»"));
  g_assert_null (strstr (copied, "\u2068"));
  g_assert_cmpuint (fixture->responses, ==, 0);
}

/* Round and round with the Tab key: every control is reached, and the first one again. */
static void
test_no_focus_trap (Fixture *fixture, gconstpointer data)
{
  static const char *const expanders[] = { "sek-more", "sek-technical", "sek-other" };
  for (gsize i = 0; i < G_N_ELEMENTS (expanders); i++)
    gtk_expander_set_expanded (GTK_EXPANDER (sek_find (fixture->dialog, expanders[i])), TRUE);
  sek_settle ();
  GtkWindow *window = GTK_WINDOW (fixture->dialog);
  GtkWidget *first = gtk_window_get_focus (window);
  g_autoptr (GHashTable) reached = g_hash_table_new (NULL, NULL);
  guint steps = 0;
  do
    {
      gtk_widget_child_focus (fixture->dialog, GTK_DIR_TAB_FORWARD);
      /* At the end GTK leaves the focus where it is and says no; from there it begins anew. */
      g_hash_table_add (reached, gtk_window_get_focus (window));
    }
  while (gtk_window_get_focus (window) != first && ++steps < 40);
  g_assert_cmpuint (steps, <, 40);
  static const char *const controls[] = { "sek-report",  "sek-close", "sek-show",      "sek-copy",
                                          "sek-headers", "sek-more",  "sek-technical", "sek-other" };
  for (gsize i = 0; i < G_N_ELEMENTS (controls); i++)
    if (!g_hash_table_contains (reached, sek_find (fixture->dialog, controls[i])))
      g_error ("The Tab key does not reach %s", controls[i]);
}

#define ADD(path, data, function) g_test_add (path, Fixture, data, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init (&argc, &argv);
  ADD ("/ui/dialog/words", NULL, test_words);
  ADD ("/ui/dialog/domain-is-emphasised", NULL, test_domain_is_emphasised);
  ADD ("/ui/dialog/report-is-default", NULL, test_report_is_default);
  ADD ("/ui/dialog/escape-and-window-close", NULL, test_escape_and_window_close);
  ADD ("/ui/dialog/show-is-hidden-away", NULL, test_show_is_hidden_away);
  ADD ("/ui/dialog/reporting", NULL, test_reporting);
  ADD ("/ui/dialog/reported", GINT_TO_POINTER (FALSE), test_reported);
  ADD ("/ui/dialog/reported-and-moved", GINT_TO_POINTER (TRUE), test_reported);
  ADD ("/ui/dialog/failed", NULL, test_failed);
  ADD ("/ui/dialog/technical", NULL, test_technical);
  ADD ("/ui/dialog/no-focus-trap", NULL, test_no_focus_trap);
  ADD ("/ui/dialog/accessible", NULL, test_accessible);
  g_test_add_data_func ("/ui/dialog/no-telephone", NULL, test_no_telephone);
  g_test_add_data_func ("/ui/question/caution", "verdict", test_question);
  g_test_add_data_func ("/ui/question/unchecked", NULL, test_question);
  return g_test_run ();
}

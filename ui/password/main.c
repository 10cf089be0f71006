/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sekisho-password password|token SERVER LOGIN: asks for the password of LOGIN, or for an access token, and
 * puts it into the keyring. LOGIN may be "" for a token. Exit code 0 once it is there, 1 when the person did
 * not want to. */
#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>
#include <locale.h>
#include <stdlib.h>

#include "agent/core/core.h"
#include "agent/secrets/secrets.h"

/* Columns of text. The least width is the largest: else the window is as high as the text needs in the
 * narrowest one, and the rest of it stays empty. */
#define WIDTH_CHARS 48

typedef struct
{
  gboolean token; /* an access token, and not a password */
  const char *server;
  const char *login;
  GtkWidget *dialog;
  GtkWidget *entry;
  GtkWidget *fault;
} Window;

static GtkWidget *
new_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), WIDTH_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), WIDTH_CHARS);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

static void
on_typed (GtkEditable *editable, gpointer user_data)
{
  const Window *window = user_data;
  gtk_dialog_set_response_sensitive (GTK_DIALOG (window->dialog), GTK_RESPONSE_OK,
                                     gtk_entry_get_text_length (GTK_ENTRY (window->entry)) > 0);
}

static char *
question_of (const Window *window)
{
  g_autofree char *login = sek_text_show (window->login, SEK_EVIDENCE_CHARS_MAX);
  g_autofree char *server = sek_text_show (window->server, SEK_EVIDENCE_CHARS_MAX);
  if (window->token)
    /* Translators: %s is the URL of a server. */
    return g_strdup_printf (
        _ ("To send your report to the administrator, Sekisho needs the access token for %s. "
           "You get it from your administrator. It is kept in the keyring of this desktop "
           "and nowhere else."),
        server);
  /* Translators: the first %s is the name a person logs in with, the second a mail server or a URL. */
  return g_strdup_printf (
      _ ("To send your report to the administrator, Sekisho needs the password of %s at the "
         "server %s. It is kept in the keyring of this desktop and nowhere else."),
      login, server);
}

static GtkWidget *
new_row (Window *window)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  /* Translators: the label of a text field. */
  GtkWidget *caption = gtk_label_new_with_mnemonic (window->token ? _ ("Access _token") : _ ("_Password"));
  window->entry = gtk_entry_new ();
  gtk_entry_set_visibility (GTK_ENTRY (window->entry), FALSE);
  gtk_entry_set_input_purpose (GTK_ENTRY (window->entry), GTK_INPUT_PURPOSE_PASSWORD);
  gtk_entry_set_activates_default (GTK_ENTRY (window->entry), TRUE);
  gtk_label_set_mnemonic_widget (GTK_LABEL (caption), window->entry);
  gtk_box_pack_start (GTK_BOX (row), caption, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (row), window->entry, TRUE, TRUE, 0);
  g_signal_connect (window->entry, "changed", G_CALLBACK (on_typed), window);
  return row;
}

static void
fill (Window *window)
{
  GtkWidget *area = gtk_dialog_get_content_area (GTK_DIALOG (window->dialog));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autofree char *text = question_of (window);
  GtkWidget *rows[] = { new_label (text), new_row (window), window->fault = new_label ("") };
  /* It takes room once there is something to say. */
  gtk_widget_set_no_show_all (window->fault, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_box_pack_start (GTK_BOX (box), rows[i], FALSE, FALSE, 0);
  gtk_container_set_border_width (GTK_CONTAINER (area), 18);
  gtk_box_set_spacing (GTK_BOX (area), 18);
  gtk_box_pack_start (GTK_BOX (area), box, FALSE, FALSE, 0);
  gtk_window_set_resizable (GTK_WINDOW (window->dialog), FALSE);
  on_typed (GTK_EDITABLE (window->entry), window);
}

/* Tokens are pasted, and bring spaces and line ends along. */
static char *
typed (const Window *window)
{
  char *text = g_strdup (gtk_entry_get_text (GTK_ENTRY (window->entry)));
  return window->token ? g_strstrip (text) : text;
}

/* TRUE once the password is in the keyring. */
static gboolean
ask (Window *window)
{
  while (gtk_dialog_run (GTK_DIALOG (window->dialog)) == GTK_RESPONSE_OK)
    {
      g_autoptr (GError) error = NULL;
      char *secret = typed (window);
      gboolean kept = sek_secret_keep (window->server, window->login, secret, &error);
      sek_secret_free (secret);
      if (kept)
        return TRUE;
      /* Translators: %s is the reason. */
      g_autofree char *text = g_strdup_printf (_ ("The keyring could not keep it: %s"), error->message);
      gtk_label_set_text (GTK_LABEL (window->fault), text);
      gtk_widget_show (window->fault);
    }
  return FALSE;
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  sek_wording_init ();
  if (argc != 4 || !gtk_init_check (&argc, &argv))
    return EXIT_FAILURE;
  Window window = { .token = g_str_equal (argv[1], "token"), .server = argv[2], .login = argv[3] };
  /* Translators: the next two are titles of a window. */
  const char *title = window.token ? _ ("Access token for reports") : _ ("Password for reports");
  window.dialog = gtk_dialog_new_with_buttons (title, NULL, 0, _ ("_Not now"), GTK_RESPONSE_CANCEL,
                                               _ ("_Keep it"), GTK_RESPONSE_OK, NULL);
  gtk_dialog_set_default_response (GTK_DIALOG (window.dialog), GTK_RESPONSE_OK);
  fill (&window);
  gtk_widget_show_all (window.dialog);
  gboolean kept = ask (&window);
  gtk_widget_destroy (window.dialog);
  return kept ? EXIT_SUCCESS : EXIT_FAILURE;
}

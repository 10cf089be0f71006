/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sekisho-password SERVER LOGIN: asks for the password of LOGIN and puts it into the keyring. Exit code 0
 * once it is there, 1 when the person did not want to. */
#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>
#include <locale.h>
#include <stdlib.h>

#include "agent/core/core.h"
#include "agent/secrets/secrets.h"

typedef struct
{
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
  gtk_label_set_max_width_chars (GTK_LABEL (label), 50);
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

static void
fill (Window *window)
{
  GtkWidget *area = gtk_dialog_get_content_area (GTK_DIALOG (window->dialog));
  g_autofree char *login = sek_text_show (window->login, SEK_EVIDENCE_CHARS_MAX);
  g_autofree char *server = sek_text_show (window->server, SEK_EVIDENCE_CHARS_MAX);
  /* Translators: the first %s is the name a person logs in with, the second a mail server. */
  g_autofree char *text = g_strdup_printf (_ ("To send your report to the administrator, Sekisho needs the "
                                              "password of %s at the mail server %s. It "
                                              "is kept in the keyring of this desktop and nowhere else."),
                                           login, server);
  GtkWidget *label = new_label (text);
  GtkWidget *caption = gtk_label_new_with_mnemonic (_ ("_Password"));
  window->entry = gtk_entry_new ();
  window->fault = new_label ("");
  gtk_entry_set_visibility (GTK_ENTRY (window->entry), FALSE);
  gtk_entry_set_input_purpose (GTK_ENTRY (window->entry), GTK_INPUT_PURPOSE_PASSWORD);
  gtk_entry_set_activates_default (GTK_ENTRY (window->entry), TRUE);
  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (caption), window->entry);
  gtk_container_set_border_width (GTK_CONTAINER (area), 18);
  gtk_box_set_spacing (GTK_BOX (area), 12);
  GtkWidget *rows[] = { label, caption, window->entry, window->fault };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_container_add (GTK_CONTAINER (area), rows[i]);
  g_signal_connect (window->entry, "changed", G_CALLBACK (on_typed), window);
  on_typed (GTK_EDITABLE (window->entry), window);
}

/* TRUE once the password is in the keyring. */
static gboolean
ask (Window *window)
{
  while (gtk_dialog_run (GTK_DIALOG (window->dialog)) == GTK_RESPONSE_OK)
    {
      g_autoptr (GError) error = NULL;
      if (sek_secret_keep (window->server, window->login, gtk_entry_get_text (GTK_ENTRY (window->entry)),
                           &error))
        return TRUE;
      /* Translators: %s is the reason. */
      g_autofree char *text = g_strdup_printf (_ ("The keyring could not keep it: %s"), error->message);
      gtk_label_set_text (GTK_LABEL (window->fault), text);
    }
  return FALSE;
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  sek_wording_init ();
  if (argc != 3 || !gtk_init_check (&argc, &argv))
    return EXIT_FAILURE;
  Window window = { .server = argv[1], .login = argv[2] };
  window.dialog = gtk_dialog_new_with_buttons (_ ("Password for reports"), NULL, 0, _ ("_Not now"),
                                               GTK_RESPONSE_CANCEL, _ ("_Keep it"), GTK_RESPONSE_OK, NULL);
  gtk_dialog_set_default_response (GTK_DIALOG (window.dialog), GTK_RESPONSE_OK);
  fill (&window);
  gtk_widget_show_all (window.dialog);
  gboolean kept = ask (&window);
  gtk_widget_destroy (window.dialog);
  return kept ? EXIT_SUCCESS : EXIT_FAILURE;
}

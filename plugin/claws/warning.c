/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The warning dialog: one a mail, however many windows show it. */
#include "plugin/claws/claws.h"

static void
on_destroyed (GtkWidget *dialog, gpointer user_data)
{
  SekMail *mail = user_data;
  mail->dialog = NULL;
  sek_mail_unref (mail);
}

static void
on_response (GtkDialog *dialog, int response, gpointer user_data)
{
  SekMail *mail = user_data;
  SekPlugin *plugin = g_object_get_data (G_OBJECT (dialog), "sek-plugin");
  SekHold *hold = sek_holds_find (plugin, mail);
  switch (response)
    {
    case SEK_RESPONSE_REPORT:
      if (hold != NULL && hold->view->msginfo != NULL)
        sek_report_start (plugin, hold->view->msginfo, mail);
      break;
    case SEK_RESPONSE_HARMLESS:
      if (hold != NULL && hold->view->msginfo != NULL)
        sek_feedback_start (plugin, hold->view->msginfo, mail);
      break;
    case SEK_RESPONSE_UNDO:
      gtk_dialog_set_response_sensitive (dialog, SEK_RESPONSE_UNDO, FALSE);
      sek_undos_take_back (plugin->undos, mail);
      break;
    case SEK_RESPONSE_SHOW:
      sek_client_decide (plugin->client, mail->verdict->id, "shown");
      mail->shown_danger = TRUE;
      gtk_widget_destroy (GTK_WIDGET (dialog));
      sek_holds_apply (plugin, mail);
      break;
    default:
      if (!mail->reported && !mail->reporting)
        sek_client_decide (plugin->client, mail->verdict->id, "closed");
      gtk_widget_destroy (GTK_WIDGET (dialog));
      /* What the dialog offered goes on above the mail. */
      if (sek_undos_find (plugin->undos, mail) != NULL)
        sek_report_offer_undo (sek_undos_find (plugin->undos, mail));
      break;
    }
}

void
sek_warning_present (SekPlugin *plugin, SekMail *mail)
{
  if (mail->dialog == NULL)
    {
      SekHold *hold = sek_holds_find (plugin, mail);
      if (hold == NULL || mail->verdict == NULL)
        return;
      mail->dialog = sek_dialog_new (sek_hold_window (hold), mail->verdict);
      sek_dialog_set_help (SEK_DIALOG (mail->dialog), sek_client_phone (plugin->client),
                           sek_client_advice (plugin->client));
      sek_dialog_set_recipient (SEK_DIALOG (mail->dialog), sek_client_recipient (plugin->client));
      sek_dialog_set_may_say_harmless (SEK_DIALOG (mail->dialog), sek_client_takes_feedback (plugin->client));
      g_object_set_data (G_OBJECT (mail->dialog), "sek-plugin", plugin);
      gtk_window_set_destroy_with_parent (GTK_WINDOW (mail->dialog), TRUE);
      g_signal_connect (mail->dialog, "response", G_CALLBACK (on_response), mail);
      g_signal_connect (mail->dialog, "destroy", G_CALLBACK (on_destroyed), sek_mail_ref (mail));
    }
  gtk_window_present (GTK_WINDOW (mail->dialog));
}

void
sek_warning_left (SekMail *mail)
{
  if (mail->dialog != NULL && !mail->reporting && !mail->reported)
    gtk_widget_destroy (mail->dialog);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in a preview pane: the mail itself, or the cover in its place, and the bars above. */
#include "plugin/evolution/evolution.h"

#include <mail/e-mail-display.h>

#define RECEIPT_SECONDS 20

static void
on_show_warning (SekCover *cover, SekReader *self)
{
  if (self->mail != NULL && self->mail->verdict != NULL)
    sek_warning_present (sek_plugin_get (), self->mail);
}

static void
on_show_unchecked (SekCover *cover, SekReader *self)
{
  if (self->mail == NULL)
    return;
  self->mail->shown_unchecked = TRUE;
  sek_readers_apply (sek_plugin_get (), self->mail);
}

static void
on_bar_report (SekBar *bar, SekReader *self)
{
  if (self->uid != NULL)
    sek_report_start (self, self->folder, self->uid, self->mail);
}

static void
on_bar_unlock (SekBar *bar, SekReader *self)
{
  sek_gate_ask (self);
}

static void
on_bar_harmless (SekBar *bar, SekReader *self)
{
  if (self->uid != NULL)
    sek_feedback_start (self, self->folder, self->uid, self->mail);
}

static void
on_trust_answered (SekMail *mail, const GError *error, gpointer user_data)
{
  SekReader *self = user_data;
  if (self->bar != NULL && self->mail == mail && mail->verdict != NULL)
    sek_bar_set_trusted (SEK_BAR (self->bar), mail->verdict->sender_address, mail->trusted, error);
}

static void
trust (SekReader *self, gboolean trust)
{
  if (self->mail != NULL && self->mail->verdict != NULL)
    sek_client_trust (sek_plugin_get ()->client, self->mail, trust, on_trust_answered, g_object_ref (self),
                      g_object_unref);
}

static void
on_bar_trust (SekBar *bar, SekReader *self)
{
  trust (self, TRUE);
}

static void
on_bar_untrust (SekBar *bar, SekReader *self)
{
  trust (self, FALSE);
}

/* One button for all reports that were made a moment ago. */
static void
on_receipt_undo (SekBar *bar, SekReader *self)
{
  sek_undos_take_back (sek_plugin_get ()->undos, NULL);
}

static GtkWidget *
pack (GtkBox *box, GtkWidget *widget, gboolean fill, int position)
{
  gtk_box_pack_start (box, widget, fill, fill, 0);
  gtk_box_reorder_child (box, widget, position);
  gtk_widget_show_all (widget);
  gtk_widget_hide (widget);
  gtk_widget_set_no_show_all (widget, TRUE);
  return widget;
}

static void
on_pane_destroyed (GtkWidget *pane, SekReader *self)
{
  g_clear_handle_id (&self->receipt_source, g_source_remove);
  self->cover = self->bar = self->receipt = NULL;
}

gboolean
sek_pane_make (SekReader *self)
{
  /* What is under way holds us longer than the view lives. */
  if (e_extension_get_extensible (E_EXTENSION (self)) == NULL)
    return FALSE;
  EPreviewPane *pane = self->cover == NULL ? e_mail_reader_get_preview_pane (self->reader) : NULL;
  if (pane == NULL)
    return self->cover != NULL;
  GtkBox *box = GTK_BOX (pane);
  self->receipt = pack (box, sek_bar_new (), FALSE, 0);
  self->bar = pack (box, sek_bar_new (), FALSE, 1);
  self->cover = pack (box, sek_cover_new (), TRUE, 2);
  sek_links_watch_view (self);
  g_signal_connect_object (pane, "destroy", G_CALLBACK (on_pane_destroyed), self, 0);
  g_signal_connect_object (self->cover, "show-warning", G_CALLBACK (on_show_warning), self, 0);
  g_signal_connect_object (self->cover, "show-anyway", G_CALLBACK (on_show_unchecked), self, 0);
  g_signal_connect_object (self->bar, "report", G_CALLBACK (on_bar_report), self, 0);
  g_signal_connect_object (self->bar, "harmless", G_CALLBACK (on_bar_harmless), self, 0);
  g_signal_connect_object (self->receipt, "undo", G_CALLBACK (on_receipt_undo), self, 0);
  g_signal_connect_object (self->bar, "unlock", G_CALLBACK (on_bar_unlock), self, 0);
  g_signal_connect_object (self->bar, "trust", G_CALLBACK (on_bar_trust), self, 0);
  g_signal_connect_object (self->bar, "untrust", G_CALLBACK (on_bar_untrust), self, 0);
  return TRUE;
}

/* The web view and what goes with it; alerts of Evolution stay. */
static void
hide_others (SekReader *self)
{
  if (self->hidden->len > 0)
    return;
  g_autoptr (GList) children =
      gtk_container_get_children (GTK_CONTAINER (e_mail_reader_get_preview_pane (self->reader)));
  for (GList *l = children; l != NULL; l = l->next)
    {
      GtkWidget *child = l->data;
      if (child == self->cover || child == self->bar || child == self->receipt || E_IS_ALERT_BAR (child) ||
          !gtk_widget_get_visible (child))
        continue;
      gtk_widget_hide (child);
      g_ptr_array_add (self->hidden, g_object_ref (child));
    }
}

void
sek_pane_conceal (SekReader *self, SekCoverState state)
{
  if (!sek_pane_make (self))
    return;
  EMailDisplay *display = e_mail_reader_get_mail_display (self->reader);
  /* The page and the attachments of the mail before it. */
  e_web_view_clear (E_WEB_VIEW (display));
  e_attachment_store_remove_all (e_mail_display_get_attachment_store (display));
  gtk_widget_hide (self->bar);
  sek_cover_set_state (SEK_COVER (self->cover), state,
                       state == SEK_COVER_DANGER ? self->mail->verdict : NULL);
  gtk_widget_show (self->cover);
  hide_others (self);
  sek_gate_update (self);
}

static void
show_bar (SekReader *self)
{
  const SekMail *mail = self->mail;
  gboolean wanted =
      self->uid != NULL &&
      (self->read_error != NULL ||
       (mail != NULL && (mail->state != SEK_MAIL_CHECKED || mail->verdict->level > SEK_LEVEL_CLEAR)));
  sek_bar_set_recipient (SEK_BAR (self->bar), sek_client_recipient (sek_plugin_get ()->client));
  sek_bar_set_may_say_harmless (SEK_BAR (self->bar), sek_client_takes_feedback (sek_plugin_get ()->client));
  if (self->read_error != NULL)
    sek_bar_set_unchecked (SEK_BAR (self->bar), self->read_error);
  else if (wanted && mail->state == SEK_MAIL_CHECKED)
    sek_bar_set_verdict (SEK_BAR (self->bar), mail->verdict);
  else if (wanted)
    sek_bar_set_unchecked (SEK_BAR (self->bar), mail->reason);
  if (wanted && mail != NULL && mail->trusted && mail->verdict != NULL)
    sek_bar_set_trusted (SEK_BAR (self->bar), mail->verdict->sender_address, TRUE, NULL);
  gtk_widget_set_visible (self->bar, wanted);
  sek_bar_set_attachments_locked (SEK_BAR (self->bar), wanted && self->withheld);
}

void
sek_pane_reveal (SekReader *self)
{
  if (!sek_pane_make (self))
    return;
  gtk_widget_hide (self->cover);
  for (guint i = 0; i < self->hidden->len; i++)
    gtk_widget_show (self->hidden->pdata[i]);
  g_ptr_array_set_size (self->hidden, 0);
  show_bar (self);
  sek_gate_update (self);
}

static gboolean
on_receipt_over (gpointer user_data)
{
  SekReader *self = user_data;
  self->receipt_source = 0;
  gtk_widget_hide (self->receipt);
  return G_SOURCE_REMOVE;
}

void
sek_pane_receipt (SekReader *self,
                  gboolean feedback,
                  const SekMail *mail,
                  const char *report_id,
                  gboolean quarantined,
                  const GError *error)
{
  if (!sek_pane_make (self))
    return;
  sek_bar_set_feedback (SEK_BAR (self->receipt), feedback);
  g_clear_handle_id (&self->receipt_source, g_source_remove);
  sek_bar_set_training (SEK_BAR (self->receipt),
                        mail != NULL && mail->verdict != NULL && mail->verdict->training);
  sek_bar_set_reported (SEK_BAR (self->receipt), report_id, quarantined, error);
  gtk_widget_show (self->receipt);
  self->receipt_source = g_timeout_add_seconds (RECEIPT_SECONDS, on_receipt_over, self);
}

void
sek_pane_undo (SekReader *self)
{
  if (sek_pane_make (self))
    sek_bar_set_undo (SEK_BAR (self->receipt));
}

void
sek_pane_withdrawn (SekReader *self, const GError *error)
{
  if (!sek_pane_make (self))
    return;
  g_clear_handle_id (&self->receipt_source, g_source_remove);
  sek_bar_set_withdrawn (SEK_BAR (self->receipt), error);
  gtk_widget_show (self->receipt);
  self->receipt_source = g_timeout_add_seconds (RECEIPT_SECONDS, on_receipt_over, self);
}

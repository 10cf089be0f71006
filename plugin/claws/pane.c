/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in a message view: the mail itself, or the cover in its place, and the bars above. */
#include "plugin/claws/claws.h"

#include "headerview.h"
#include "noticeview.h"
#include "summaryview.h"

#define RECEIPT_SECONDS 20

static void
on_show_warning (SekCover *cover, SekHold *self)
{
  if (self->mail != NULL && self->mail->verdict != NULL)
    sek_warning_present (self->plugin, self->mail);
}

static void
on_show_unchecked (SekCover *cover, SekHold *self)
{
  if (self->mail == NULL)
    return;
  self->mail->shown_unchecked = TRUE;
  sek_holds_apply (self->plugin, self->mail);
}

static void
on_bar_report (SekBar *bar, SekHold *self)
{
  if (self->view->msginfo != NULL)
    sek_report_start (self->plugin, self->view->msginfo, self->mail);
}

static void
on_bar_unlock (SekBar *bar, SekHold *self)
{
  sek_attachment_ask (self, NULL);
}

static void
on_bar_harmless (SekBar *bar, SekHold *self)
{
  if (self->view->msginfo != NULL)
    sek_feedback_start (self->plugin, self->view->msginfo, self->mail);
}

static void
on_trust_answered (SekMail *mail, const GError *error, gpointer user_data)
{
  SekHold *self = user_data;
  if (sek_hold_is_alive (self) && self->mail == mail && mail->verdict != NULL)
    sek_bar_set_trusted (SEK_BAR (self->bar), mail->verdict->sender_address, mail->trusted, error);
}

static void
trust (SekHold *self, gboolean trust)
{
  if (self->mail != NULL && self->mail->verdict != NULL)
    sek_client_trust (self->plugin->client, self->mail, trust, on_trust_answered, g_object_ref (self),
                      g_object_unref);
}

static void
on_bar_trust (SekBar *bar, SekHold *self)
{
  trust (self, TRUE);
}

static void
on_bar_untrust (SekBar *bar, SekHold *self)
{
  trust (self, FALSE);
}

/* One button for all reports that were made a moment ago. */
static void
on_receipt_undo (SekBar *bar, SekHold *self)
{
  sek_undos_take_back (self->plugin->undos, NULL);
}

static GtkWidget *
pack (SekHold *self, GtkWidget *widget, gboolean fill)
{
  GtkBox *box = GTK_BOX (self->view->vbox);
  int position = 0;
  gtk_box_pack_start (box, widget, fill, fill, 0);
  gtk_container_child_get (GTK_CONTAINER (box), self->view->mimeview->hbox, "position", &position, NULL);
  gtk_box_reorder_child (box, widget, position);
  /* messageview.c calls gtk_widget_show_all () on new windows. */
  gtk_widget_show_all (widget);
  gtk_widget_hide (widget);
  gtk_widget_set_no_show_all (widget, TRUE);
  return widget;
}

void
sek_pane_make (SekHold *self)
{
  self->receipt = pack (self, sek_bar_new (), FALSE);
  self->bar = pack (self, sek_bar_new (), FALSE);
  self->cover = pack (self, sek_cover_new (), TRUE);
  g_signal_connect_object (self->cover, "show-warning", G_CALLBACK (on_show_warning), self, 0);
  g_signal_connect_object (self->cover, "show-anyway", G_CALLBACK (on_show_unchecked), self, 0);
  g_signal_connect_object (self->bar, "report", G_CALLBACK (on_bar_report), self, 0);
  g_signal_connect_object (self->bar, "harmless", G_CALLBACK (on_bar_harmless), self, 0);
  g_signal_connect_object (self->receipt, "undo", G_CALLBACK (on_receipt_undo), self, 0);
  g_signal_connect_object (self->bar, "unlock", G_CALLBACK (on_bar_unlock), self, 0);
  g_signal_connect_object (self->bar, "trust", G_CALLBACK (on_bar_trust), self, 0);
  g_signal_connect_object (self->bar, "untrust", G_CALLBACK (on_bar_untrust), self, 0);
}

void
sek_pane_blank (SekHold *self)
{
  self->notice = FALSE;
  gtk_widget_hide (self->view->mimeview->hbox);
  gtk_widget_hide (self->bar);
  sek_cover_set_state (SEK_COVER (self->cover), SEK_COVER_CHECKING, NULL);
  gtk_widget_show (self->cover);
}

/* It may ask to send a receipt, which tells the sender that the mail was read. */
static void
hide_notice (SekHold *self)
{
  self->notice = self->notice || noticeview_is_visible (self->view->noticeview);
  noticeview_hide (self->view->noticeview);
}

void
sek_pane_hide (SekHold *self)
{
  sek_attachment_unlock (self);
  hide_notice (self);
}

void
sek_pane_conceal (SekHold *self, SekCoverState state)
{
  MessageView *view = self->view;
  sek_attachment_unlock (self);
  if (!self->empty)
    mimeview_clear (view->mimeview);
  self->empty = TRUE;
  hide_notice (self);
  gtk_widget_hide (view->mimeview->hbox);
  gtk_widget_hide (self->bar);
  sek_cover_set_state (SEK_COVER (self->cover), state,
                       state == SEK_COVER_DANGER ? self->mail->verdict : NULL);
  gtk_widget_show (self->cover);
  gtk_widget_set_sensitive (GTK_WIDGET_PTR (view->headerview), FALSE);
  GtkAction *lists = gtk_action_group_get_action (view->mainwin->action_group, "Message/MailingList");
  if (!view->new_window && lists != NULL)
    gtk_action_set_sensitive (lists, FALSE); /* its entries open addresses out of the mail's List-* fields */
}

static void
uncover (SekHold *self)
{
  gtk_widget_hide (self->cover);
  gtk_widget_set_sensitive (GTK_WIDGET_PTR (self->view->headerview), TRUE);
  gtk_widget_show (self->view->mimeview->hbox);
}

void
sek_view_render (MessageView *view)
{
  SummaryView *summary = view->mainwin->summaryview;
  summary_lock (summary);
  messageview_show (view, view->msginfo, view->all_headers);
  summary_unlock (summary);
}

void
sek_pane_reveal (SekHold *self)
{
  MessageView *view = self->view;
  if (self->empty && view->msginfo != NULL)
    {
      self->empty = FALSE;
      self->releasing = TRUE;
      self->released_number = view->msginfo->msgnum;
      self->released_folder = view->msginfo->folder;
      sek_view_render (view);
      if (!sek_hold_is_alive (self) || !self->releasing)
        return; /* its window went, or another mail took the view, while it was rendered */
      self->releasing = FALSE;
    }
  else if (self->notice)
    noticeview_show (view->noticeview);
  self->notice = FALSE;
  uncover (self);
  const SekMail *mail = self->mail;
  gboolean ask = mail != NULL && sek_mail_attachments_ask (mail);
  if (mail == NULL)
    gtk_widget_hide (self->bar);
  else if (mail->state == SEK_MAIL_CHECKED)
    {
      sek_bar_set_recipient (SEK_BAR (self->bar), sek_client_recipient (self->plugin->client));
      sek_bar_set_may_say_harmless (SEK_BAR (self->bar), sek_client_takes_feedback (self->plugin->client));
      sek_bar_set_verdict (SEK_BAR (self->bar), mail->verdict);
    }
  else
    sek_bar_set_unchecked (SEK_BAR (self->bar), mail->reason);
  if (mail != NULL && (mail->state != SEK_MAIL_CHECKED || mail->verdict->level > SEK_LEVEL_CLEAR))
    gtk_widget_show (self->bar);
  else
    gtk_widget_hide (self->bar);
  if (ask)
    sek_attachment_lock (self);
  else
    sek_attachment_unlock (self);
  if (mail != NULL && mail->trusted && mail->verdict != NULL)
    sek_bar_set_trusted (SEK_BAR (self->bar), mail->verdict->sender_address, TRUE, NULL);
  sek_bar_set_attachments_locked (SEK_BAR (self->bar), self->locked_file != NULL);
}

static gboolean
on_receipt_over (gpointer user_data)
{
  SekHold *self = user_data;
  self->receipt_source = 0;
  gtk_widget_hide (self->receipt);
  return G_SOURCE_REMOVE;
}

void
sek_pane_receipt (
    SekHold *self, const SekMail *mail, const char *report_id, gboolean quarantined, const GError *error)
{
  if (!sek_hold_is_alive (self))
    return;
  g_clear_handle_id (&self->receipt_source, g_source_remove);
  sek_bar_set_training (SEK_BAR (self->receipt),
                        mail != NULL && mail->verdict != NULL && mail->verdict->training);
  sek_bar_set_reported (SEK_BAR (self->receipt), report_id, quarantined, error);
  gtk_widget_show (self->receipt);
  self->receipt_source = g_timeout_add_seconds (RECEIPT_SECONDS, on_receipt_over, self);
}

void
sek_pane_undo (SekHold *self)
{
  if (sek_hold_is_alive (self))
    sek_bar_set_undo (SEK_BAR (self->receipt));
}

void
sek_pane_withdrawn (SekHold *self, const GError *error)
{
  if (!sek_hold_is_alive (self))
    return;
  g_clear_handle_id (&self->receipt_source, g_source_remove);
  sek_bar_set_withdrawn (SEK_BAR (self->receipt), error);
  gtk_widget_show (self->receipt);
  self->receipt_source = g_timeout_add_seconds (RECEIPT_SECONDS, on_receipt_over, self);
}

void
sek_pane_restore (SekHold *self)
{
  if (!sek_hold_is_alive (self))
    return;
  sek_attachment_unlock (self);
  gboolean empty = self->empty;
  self->empty = FALSE;
  uncover (self);
  gtk_widget_hide (self->bar);
  gtk_widget_hide (self->receipt);
  if (empty && self->view->msginfo != NULL && !self->view->mimeview->textview->loading)
    sek_view_render (self->view);
}

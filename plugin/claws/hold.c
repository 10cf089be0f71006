/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message view. Claws Mail 4.1.1 paints while it renders (textview.c runs GTK_EVENTS_FLUSH), so the
 * content box is hidden as soon as the first row of the part tree comes in, before any part is rendered. The
 * agent is asked at that moment, too, and checks while Claws Mail renders. When the verdict allows the mail
 * soon after, the box is shown as it is; when it doesn't, or is late, the content is taken out again, and put
 * back by a second messageview_show () once it does. */
#include "plugin/claws/claws.h"

#include "folder.h"
#include "headerview.h"
#include "procmsg.h"

#define RETRY_MILLISECONDS 20
/* Nearly all mails are decided by then. A view emptied and filled again for each of them would flicker. */
#define HIDDEN_MILLISECONDS 100

G_DEFINE_FINAL_TYPE (SekHold, sek_hold, G_TYPE_OBJECT)

static void
drop_question (SekHold *self)
{
  GtkWidget *question = self->question;
  g_clear_weak_pointer (&self->question);
  if (question != NULL)
    gtk_widget_destroy (question);
}

static void
set_mail (SekHold *self, SekMail *mail)
{
  g_autoptr (SekMail) old = g_steal_pointer (&self->mail);
  if (old != mail)
    drop_question (self);
  if (mail != NULL)
    self->mail = sek_mail_ref (mail);
  if (old != NULL && old != mail && sek_holds_find (self->plugin, old) == NULL)
    sek_warning_left (old);
}

static void
sek_hold_dispose (GObject *object)
{
  SekHold *self = SEK_HOLD (object);
  g_clear_handle_id (&self->receipt_source, g_source_remove);
  g_clear_handle_id (&self->verify_source, g_source_remove);
  g_clear_handle_id (&self->hidden_source, g_source_remove);
  drop_question (self);
  g_clear_pointer (&self->link_press, gdk_event_free);
  g_clear_pointer (&self->cover, gtk_widget_destroy);
  g_clear_pointer (&self->bar, gtk_widget_destroy);
  g_clear_pointer (&self->receipt, gtk_widget_destroy);
  g_clear_pointer (&self->locked_file, g_free);
  g_clear_pointer (&self->mail, sek_mail_unref);
  G_OBJECT_CLASS (sek_hold_parent_class)->dispose (object);
}

static void
sek_hold_class_init (SekHoldClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sek_hold_dispose;
}

static void
sek_hold_init (SekHold *self)
{
}

gboolean
sek_hold_is_alive (const SekHold *self)
{
  return self->view != NULL && (mainwindow_get_mainwindow ()->messageview == self->view ||
                                g_list_find ((GList *) messageview_get_msgview_list (), self->view) != NULL);
}

GtkWindow *
sek_hold_window (SekHold *self)
{
  GtkWidget *window = gtk_widget_get_toplevel (self->view->vbox);
  return GTK_IS_WINDOW (window) && gtk_widget_get_visible (window) ? GTK_WINDOW (window) : NULL;
}

/* The window goes: Claws Mail has freed most of the view already, so nothing of it may be touched. */
static void
on_view_destroyed (GtkWidget *vbox, SekHold *self)
{
  self->view = NULL;
  set_mail (self, NULL);
  self->cover = self->bar = self->receipt = NULL; /* they go with the window */
  g_ptr_array_remove (self->plugin->holds, self);
}

/* Claws Mail empties a view without telling anyone (messageview_clear), and writes a line of its own into it,
 * with the mail before still noted as shown, when it can't get at a mail: the server is gone, or nobody is
 * online. */
static gboolean
has_line (const MessageView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view->mimeview->textview->text));
  return view->mimeview->mimeinfo == NULL && gtk_text_buffer_get_char_count (buffer) > 0;
}

static gboolean
is_lost (const SekHold *self)
{
  return self->view->msginfo == NULL || has_line (self->view) ||
         (self->view->mimeview->mimeinfo == NULL && !self->empty);
}

static gboolean
verify (gpointer user_data)
{
  SekHold *self = user_data;
  self->verify_source = 0;
  if (sek_hold_is_alive (self) && !self->arriving && !self->releasing && is_lost (self))
    {
      g_clear_pointer (&self->locked_file, g_free);
      self->empty = FALSE;
      set_mail (self, NULL);
      sek_hold_apply (self);
    }
  return G_SOURCE_REMOVE;
}

void
sek_hold_verify_soon (SekHold *self)
{
  if (self->verify_source == 0)
    self->verify_source = g_idle_add (verify, self);
}

static void
on_header_changed (GObject *label, GParamSpec *pspec, SekHold *self)
{
  sek_hold_verify_soon (self);
}

static void
on_text_changed (GtkTextBuffer *buffer, SekHold *self)
{
  if (!self->arriving && !self->releasing)
    sek_hold_verify_soon (self);
}

static void
on_part_gone (GtkTreeModel *model, GtkTreePath *path, SekHold *self)
{
  if (!self->arriving && !self->releasing)
    sek_hold_verify_soon (self);
}

static void
watch_view (SekHold *self)
{
  MessageView *view = self->view;
  GtkTextView *text = GTK_TEXT_VIEW (view->mimeview->textview->text);
  GtkTreeView *parts = GTK_TREE_VIEW (view->mimeview->ctree);
  g_signal_connect_object (view->vbox, "destroy", G_CALLBACK (on_view_destroyed), self, 0);
  g_signal_connect_object (view->headerview->subject_body_label, "notify::label",
                           G_CALLBACK (on_header_changed), self, 0);
  g_signal_connect_object (view->headerview->from_body_label, "notify::label", G_CALLBACK (on_header_changed),
                           self, 0);
  g_signal_connect_object (gtk_text_view_get_buffer (text), "changed", G_CALLBACK (on_text_changed), self, 0);
  g_signal_connect_object (gtk_tree_view_get_model (parts), "row-deleted", G_CALLBACK (on_part_gone), self,
                           0);
}

SekHold *
sek_hold_for (SekPlugin *plugin, MessageView *view)
{
  for (guint i = 0; i < plugin->holds->len; i++)
    {
      SekHold *hold = g_ptr_array_index (plugin->holds, i);
      if (hold->view == view)
        return hold;
    }
  SekHold *self = g_object_new (SEK_TYPE_HOLD, NULL);
  self->plugin = plugin;
  self->view = view;
  sek_pane_make (self);
  watch_view (self);
  sek_menu_add_window (self);
  g_ptr_array_add (plugin->holds, self);
  return self;
}

SekHold *
sek_hold_for_box (SekPlugin *plugin, GtkWidget *box)
{
  MessageView *view = mainwindow_get_mainwindow ()->messageview;
  if (view != NULL && view->mimeview->hbox == box)
    return sek_hold_for (plugin, view);
  for (const GList *l = messageview_get_msgview_list (); l != NULL; l = l->next)
    {
      view = l->data;
      if (view->mimeview->hbox == box)
        return sek_hold_for (plugin, view);
    }
  return NULL;
}

gboolean
sek_is_own_folder (MsgInfo *msginfo)
{
  return msginfo->folder != NULL && (folder_has_parent_of_type (msginfo->folder, F_DRAFT) ||
                                     folder_has_parent_of_type (msginfo->folder, F_QUEUE) ||
                                     folder_has_parent_of_type (msginfo->folder, F_OUTBOX));
}

static gboolean
on_retry (gpointer user_data)
{
  SekPlugin *plugin = user_data;
  plugin->retry = 0;
  sek_holds_apply (plugin, NULL);
  return G_SOURCE_REMOVE;
}

/* Some view is in the middle of rendering, and this is a callback out of its GTK_EVENTS_FLUSH:
 * messageview_show () would stop it, and mimeview_clear () would free what it works on. Claws Mail leaves its
 * own mark of it set when it could not get at a mail. */
static gboolean
is_busy (SekPlugin *plugin)
{
  for (guint i = 0; i < plugin->holds->len; i++)
    {
      const SekHold *hold = g_ptr_array_index (plugin->holds, i);
      if (!sek_hold_is_alive (hold))
        continue;
      if (hold->arriving || hold->releasing || (hold->view->updating && !has_line (hold->view)) ||
          hold->view->mimeview->textview->loading)
        return TRUE;
    }
  return FALSE;
}

static gboolean
on_hidden_too_long (gpointer user_data)
{
  SekHold *self = user_data;
  self->hidden_source = 0;
  self->hidden_long = TRUE;
  sek_hold_apply (self);
  return G_SOURCE_REMOVE;
}

/* Nobody knows yet. */
static void
keep_waiting (SekHold *self)
{
  /* Asked again about a mail that stands here already: it stays. */
  if (!self->empty && !gtk_widget_get_visible (self->cover))
    return;
  if (self->empty || self->hidden_long)
    sek_pane_conceal (self, SEK_COVER_CHECKING);
  else
    {
      sek_pane_hide (self);
      if (self->hidden_source == 0)
        self->hidden_source = g_timeout_add (HIDDEN_MILLISECONDS, on_hidden_too_long, self);
    }
}

void
sek_hold_apply (SekHold *self)
{
  if (!sek_hold_is_alive (self))
    return;
  if (is_busy (self->plugin))
    {
      if (self->plugin->retry == 0)
        self->plugin->retry = g_timeout_add (RETRY_MILLISECONDS, on_retry, self->plugin);
      return;
    }
  if (self->mail == NULL)
    {
      sek_pane_reveal (self);
      return;
    }
  /* Rendering runs the main loop: the window may go, or show another mail. */
  g_autoptr (SekHold) alive = g_object_ref (self);
  g_autoptr (SekMail) mail = sek_mail_ref (self->mail);
  gboolean was_danger = self->danger;
  SekAccess access = sek_mail_access (mail, sek_client_unavailable_holds (self->plugin->client));
  self->danger = access == SEK_ACCESS_DANGER;
  if (access != SEK_ACCESS_WAIT)
    g_clear_handle_id (&self->hidden_source, g_source_remove);
  switch (access)
    {
    case SEK_ACCESS_WAIT:
      keep_waiting (self);
      break;
    case SEK_ACCESS_DANGER:
      sek_pane_conceal (self, SEK_COVER_DANGER);
      if (!was_danger && !mail->reported && sek_hold_window (self) != NULL)
        sek_warning_present (self->plugin, mail);
      break;
    case SEK_ACCESS_UNCHECKED:
      sek_pane_conceal (self, SEK_COVER_UNCHECKED);
      break;
    case SEK_ACCESS_SHOWN:
    default:
      sek_pane_reveal (self);
      break;
    }
  if (self->mail != mail)
    return;
  sek_unread_apply (self, access);
  if (access != SEK_ACCESS_WAIT && self->held_since != 0)
    {
      sek_mail_tell_decided (mail, self->held_since, self->rendered);
      self->held_since = 0;
    }
}

/* Only the very mail that was cleared may pass: rendering runs the main loop, in which the person may open
 * another one. */
static gboolean
is_release (const SekHold *self)
{
  const MsgInfo *msginfo = self->view->msginfo;
  return self->releasing && msginfo != NULL && msginfo->msgnum == self->released_number &&
         msginfo->folder == self->released_folder;
}

static void
ask (SekHold *self)
{
  MsgInfo *msginfo = self->view->msginfo;
  g_autofree char *path =
      msginfo != NULL && !sek_is_own_folder (msginfo) ? procmsg_get_message_file (msginfo) : NULL;
  g_autoptr (SekMail) mail = path != NULL ? sek_plugin_mail_of_file (self->plugin, path) : NULL;
  if (mail == NULL)
    return;
  set_mail (self, mail);
  sek_plugin_check (self->plugin, mail, path, msginfo);
}

void
sek_hold_arrive (SekHold *self)
{
  if (is_release (self))
    return;
  self->releasing = FALSE;
  self->arriving = TRUE;
  self->held_since = g_get_monotonic_time ();
  self->empty = FALSE;
  self->danger = FALSE;
  self->hidden_long = FALSE;
  g_clear_handle_id (&self->hidden_source, g_source_remove);
  g_clear_pointer (&self->locked_file, g_free);
  set_mail (self, NULL);
  sek_unread_arrive (self);
  sek_pane_blank (self);
  ask (self);
}

void
sek_hold_shown (SekHold *self)
{
  if (is_release (self))
    return;
  /* A mail without any part never inserts a row. */
  if (!self->arriving)
    sek_hold_arrive (self);
  self->arriving = FALSE;
  self->rendered = g_get_monotonic_time ();
  if (is_busy (self->plugin) && self->mail != NULL)
    sek_pane_conceal (self, SEK_COVER_CHECKING);
  sek_hold_apply (self);
}

GPtrArray *
sek_holds_list (SekPlugin *plugin)
{
  GPtrArray *holds = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < plugin->holds->len; i++)
    g_ptr_array_add (holds, g_object_ref (g_ptr_array_index (plugin->holds, i)));
  return holds;
}

void
sek_holds_apply (SekPlugin *plugin, const SekMail *mail)
{
  g_autoptr (GPtrArray) holds = sek_holds_list (plugin);
  for (guint i = 0; i < holds->len; i++)
    {
      SekHold *hold = g_ptr_array_index (holds, i);
      if (mail == NULL || hold->mail == mail)
        sek_hold_apply (hold);
    }
}

SekHold *
sek_holds_find (SekPlugin *plugin, const SekMail *mail)
{
  for (guint i = 0; i < plugin->holds->len; i++)
    {
      SekHold *hold = g_ptr_array_index (plugin->holds, i);
      if (hold->mail == mail && sek_hold_is_alive (hold))
        return hold;
    }
  return NULL;
}

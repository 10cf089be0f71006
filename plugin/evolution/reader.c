/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One view of mails. Evolution emits "message-loaded" on it before it parses the mail for display; we are
 * connected to it before the class handler that shows it, so that stopping the emission keeps the mail away,
 * unread, and emitting it again lets it through. A serial is not needed: what reads the bytes of an earlier
 * mail is cancelled, and a verdict belongs to a mail, not to a view. */
#include "plugin/evolution/evolution.h"

#include <em-format/e-mail-part-utils.h>
#include <libemail-engine/libemail-engine.h>
#include <mail/e-mail-backend.h>
#include <mail/e-mail-display.h>
#include <mail/message-list.h>
#include <shell/e-shell-content.h>

/* Nearly all mails are decided by then. Until then the view stays as Evolution leaves it, which lets go of a
 * mail when the next one is ready: emptied and filled again for each mail it would flicker, and that would
 * take longer than the check. */
#define SWIFT_MILLISECONDS 100

G_DEFINE_DYNAMIC_TYPE (SekReader, sek_reader, E_TYPE_EXTENSION)

static void
drop_question (SekReader *self)
{
  GtkWidget *question = self->question;
  g_clear_weak_pointer (&self->question);
  if (question != NULL)
    gtk_widget_destroy (question);
}

/* Nothing is in the view any more. */
static void
drop_mail (SekReader *self)
{
  g_autoptr (SekMail) old = g_steal_pointer (&self->mail);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->folder);
  g_clear_object (&self->message);
  g_clear_pointer (&self->uid, g_free);
  g_clear_pointer (&self->read_error, g_free);
  g_clear_handle_id (&self->held_source, g_source_remove);
  self->held_long = self->held = self->asking = self->withheld = self->danger = FALSE;
  self->unlocked = self->links_open = FALSE;
  drop_question (self);
  if (old != NULL && sek_readers_find (sek_plugin_get (), old) == NULL)
    sek_warning_left (old);
}

gboolean
sek_reader_is_covered (const SekReader *self)
{
  return self->held && !self->releasing;
}

gboolean
sek_reader_attachments_ask (const SekReader *self)
{
  return self->mail != NULL ? sek_mail_attachments_ask (self->mail)
                            : self->read_error != NULL && !self->unlocked;
}

gboolean
sek_reader_links_ask (const SekReader *self)
{
  return self->mail != NULL ? sek_mail_links_ask (self->mail) : !self->links_open;
}

/* Evolution keeps the parts of a mail it has shown or quoted, by folder and uid. */
static void
forget_parts (SekReader *self)
{
  CamelObjectBag *parts = e_mail_part_list_get_registry ();
  g_autofree char *uri = e_mail_part_build_uri (self->folder, self->uid, NULL, NULL);
  g_autoptr (GObject) kept = camel_object_bag_peek (parts, uri);
  if (kept != NULL)
    camel_object_bag_remove (parts, kept);
}

/* Lets Evolution show what was held, or show more or less of it than it did. */
static void
release (SekReader *self)
{
  gboolean ask = sek_reader_attachments_ask (self);
  if (self->uid == NULL || (!self->held && ask == self->asking))
    return;
  g_autofree char *uid = g_strdup (self->uid);
  g_autoptr (CamelMimeMessage) rest = ask ? sek_withhold_attachments (self->message) : NULL;
  g_autoptr (CamelMimeMessage) message = g_object_ref (rest != NULL ? rest : self->message);
  gboolean changes = self->withheld != (rest != NULL);
  gboolean shown = !self->held;
  self->asking = ask;
  self->withheld = rest != NULL;
  if (shown && !changes)
    return;
  forget_parts (self);
  self->releasing = TRUE;
  self->held = FALSE;
  g_signal_emit_by_name (self->reader, "message-loaded", uid, message);
  self->releasing = FALSE;
}

void
sek_reader_apply (SekReader *self)
{
  SekPlugin *plugin = sek_plugin_get ();
  gboolean holds = sek_client_unavailable_holds (plugin->client);
  SekAccess access = SEK_ACCESS_SHOWN;
  if (self->mail != NULL)
    access = sek_mail_access (self->mail, holds);
  else if (self->uid != NULL)
    access = self->read_error != NULL && !holds ? SEK_ACCESS_SHOWN : SEK_ACCESS_WAIT;
  /* It was put with other knowledge, and a yes to it may not outlive that. */
  drop_question (self);
  gboolean was_danger = self->danger;
  self->danger = access == SEK_ACCESS_DANGER;
  if (access != SEK_ACCESS_WAIT)
    g_clear_handle_id (&self->held_source, g_source_remove);
  if (access != SEK_ACCESS_WAIT && self->held_since != 0 && self->mail != NULL)
    {
      sek_mail_tell_decided (self->mail, self->held_since, self->held_since);
      self->held_since = 0;
    }
  switch (access)
    {
    case SEK_ACCESS_WAIT:
      if (self->held && self->held_long)
        sek_pane_conceal (self, SEK_COVER_CHECKING);
      break;
    case SEK_ACCESS_DANGER:
      self->held = TRUE;
      sek_gate_remember (self);
      sek_pane_conceal (self, SEK_COVER_DANGER);
      if (!was_danger && !self->mail->reported)
        sek_warning_present (plugin, self->mail);
      break;
    case SEK_ACCESS_UNCHECKED:
      self->held = TRUE;
      sek_gate_remember (self);
      sek_pane_conceal (self, SEK_COVER_UNCHECKED);
      break;
    case SEK_ACCESS_SHOWN:
    default:
      release (self);
      sek_pane_reveal (self);
      break;
    }
}

void
sek_readers_apply (SekPlugin *plugin, const SekMail *mail)
{
  g_autoptr (GPtrArray) readers = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < plugin->readers->len; i++)
    g_ptr_array_add (readers, g_object_ref (plugin->readers->pdata[i]));
  for (guint i = 0; i < readers->len; i++)
    {
      SekReader *reader = readers->pdata[i];
      if ((mail == NULL || reader->mail == mail) && reader->uid != NULL)
        sek_reader_apply (reader);
    }
}

SekReader *
sek_readers_find (SekPlugin *plugin, const SekMail *mail)
{
  for (guint i = 0; i < plugin->readers->len; i++)
    {
      SekReader *reader = plugin->readers->pdata[i];
      if (reader->mail == mail)
        return reader;
    }
  return NULL;
}

/* The person's own mail: what they write, what waits to be sent, what they have sent. */
static gboolean
is_own_folder (SekReader *self, CamelFolder *folder)
{
  EMailBackend *backend = e_mail_reader_get_backend (self->reader);
  ESourceRegistry *registry = e_mail_session_get_registry (e_mail_backend_get_session (backend));
  return em_utils_folder_is_drafts (registry, folder) || em_utils_folder_is_templates (registry, folder) ||
         em_utils_folder_is_sent (registry, folder) || em_utils_folder_is_outbox (registry, folder);
}

/* Asks about the mail in the view. Takes content. */
static void
check (SekReader *self, SekContent *content)
{
  SekPlugin *plugin = sek_plugin_get ();
  self->mail = sek_mails_get (plugin->mails, content->key);
  g_auto (GStrv) own = sek_plugin_own_addresses ();
  g_autofree char *folder = e_mail_folder_uri_from_folder (self->folder);
  sek_mails_check (plugin->mails, self->mail, content->path, folder, (const char *const *) own, content,
                   (GDestroyNotify) sek_content_free);
}

/* Before anything else is done about the mail, so that the agent works meanwhile. FALSE when its bytes have
 * to be fetched, or it is known: this is inside of the signal that would show it. */
static gboolean
check_at_once (SekReader *self)
{
  g_autoptr (SekContent) content = sek_content_get_small (self->folder, self->uid);
  g_autoptr (SekMail) known =
      content != NULL ? sek_mails_find (sek_plugin_get ()->mails, content->key) : NULL;
  if (content == NULL || known != NULL)
    return FALSE;
  check (self, g_steal_pointer (&content));
  return TRUE;
}

static gboolean
on_held_long (gpointer user_data)
{
  SekReader *self = user_data;
  self->held_source = 0;
  self->held_long = TRUE;
  sek_reader_apply (self);
  return G_SOURCE_REMOVE;
}

static void
on_content (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SekReader) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SekContent) content = sek_content_finish (result, &error);
  GCancellable *cancellable = g_task_get_cancellable (G_TASK (result));
  /* The view has moved on. */
  if (cancellable != self->reading)
    return;
  g_clear_object (&self->reading);
  if (content == NULL)
    self->read_error = g_strdup (error->message);
  else
    check (self, g_steal_pointer (&content));
  sek_reader_apply (self);
}

static void
on_message_loaded (EMailReader *reader, const char *uid, CamelMimeMessage *message, SekReader *self)
{
  if (self->releasing)
    return;
  drop_mail (self);
  g_autoptr (CamelFolder) folder = e_mail_reader_ref_folder (reader);
  if (folder == NULL || uid == NULL || message == NULL || is_own_folder (self, folder))
    {
      sek_pane_reveal (self);
      return;
    }
  g_signal_stop_emission_by_name (reader, "message-loaded");
  self->held = TRUE;
  self->held_since = g_get_monotonic_time ();
  self->folder = g_object_ref (folder);
  self->uid = g_strdup (uid);
  self->message = g_object_ref (message);
  self->held_source = g_timeout_add (SWIFT_MILLISECONDS, on_held_long, self);
  if (check_at_once (self))
    return;
  self->reading = g_cancellable_new ();
  sek_content_get (folder, uid, message, self->reading, on_content, g_object_ref (self));
}

/* Another mail was selected, or none, or several: what was covered goes at once, and its warning with it. The
 * view, which is empty then, must stand: Evolution loads no mail for one that is not mapped. */
static void
on_message_selected (GObject *list, const char *uid, SekReader *self)
{
  if (self->uid == NULL || g_strcmp0 (uid, self->uid) == 0)
    return;
  drop_mail (self);
  sek_pane_reveal (self);
}

static void
watch_list (SekReader *self)
{
  GtkWidget *list = e_mail_reader_get_message_list (self->reader);
  if (list != NULL &&
      g_signal_handler_find (list, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, on_message_selected, NULL) == 0)
    g_signal_connect_object (list, "message-selected", G_CALLBACK (on_message_selected), self, 0);
}

static void
on_folder_loaded (EMailReader *reader, SekReader *self)
{
  watch_list (self);
}

static void
sek_reader_constructed (GObject *object)
{
  SekReader *self = SEK_READER (object);
  G_OBJECT_CLASS (sek_reader_parent_class)->constructed (object);
  self->reader = E_MAIL_READER (e_extension_get_extensible (E_EXTENSION (self)));
  /* The shell's content passes everything on to its paned view, which has an extension of its own. */
  if (E_IS_SHELL_CONTENT (self->reader))
    return;
  g_ptr_array_add (sek_plugin_get ()->readers, self);
  g_signal_connect (self->reader, "message-loaded", G_CALLBACK (on_message_loaded), self);
  g_signal_connect (self->reader, "folder-loaded", G_CALLBACK (on_folder_loaded), self);
  sek_gate_watch (self);
}

static void
sek_reader_dispose (GObject *object)
{
  SekReader *self = SEK_READER (object);
  g_ptr_array_remove (sek_plugin_get ()->readers, self);
  g_clear_handle_id (&self->receipt_source, g_source_remove);
  drop_mail (self);
  g_ptr_array_set_size (self->hidden, 0);
  G_OBJECT_CLASS (sek_reader_parent_class)->dispose (object);
}

static void
sek_reader_finalize (GObject *object)
{
  g_ptr_array_unref (SEK_READER (object)->hidden);
  G_OBJECT_CLASS (sek_reader_parent_class)->finalize (object);
}

static void
sek_reader_class_init (SekReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->constructed = sek_reader_constructed;
  object_class->dispose = sek_reader_dispose;
  object_class->finalize = sek_reader_finalize;
  E_EXTENSION_CLASS (klass)->extensible_type = E_TYPE_MAIL_READER;
}

static void
sek_reader_class_finalize (SekReaderClass *klass)
{
}

static void
sek_reader_init (SekReader *self)
{
  self->hidden = g_ptr_array_new_with_free_func (g_object_unref);
}

void
sek_reader_type_register (GTypeModule *module)
{
  sek_reader_register_type (module);
}

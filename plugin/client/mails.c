/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/client/mails.h"

#include <stdint.h>
#include <sys/stat.h>

/* Above this a mail is known by its file instead: reading 100 MB in the main loop would be felt. */
#define DIGEST_BYTES_MAX (4 * 1024 * 1024)
/* Mails remembered; the oldest one that no view shows is forgotten first. */
#define MAILS_MAX 2000

struct SekMails
{
  SekClient *client;
  const SekMailsFuncs *funcs;
  gpointer user_data;
  GCancellable *cancellable;
  GHashTable *by_key; /* key → SekMail */
  GQueue order;       /* SekMail, oldest first */
};

static void
drop_file (SekMail *mail)
{
  gpointer file = g_steal_pointer (&mail->file);
  if (file != NULL)
    mail->file_free (file);
}

SekMail *
sek_mail_ref (SekMail *mail)
{
  g_ref_count_inc (&mail->references);
  return mail;
}

void
sek_mail_unref (SekMail *mail)
{
  if (!g_ref_count_dec (&mail->references))
    return;
  drop_file (mail);
  g_free (mail->key);
  g_clear_pointer (&mail->verdict, sek_verdict_free);
  g_free (mail->reason);
  g_free (mail);
}

SekAccess
sek_mail_access (const SekMail *mail, gboolean unavailable_holds)
{
  switch (mail->state)
    {
    case SEK_MAIL_CHECKED:
      return mail->verdict->level >= SEK_LEVEL_DANGER && !mail->shown_danger ? SEK_ACCESS_DANGER
                                                                             : SEK_ACCESS_SHOWN;
    case SEK_MAIL_LATE:
    case SEK_MAIL_FAILED:
      return unavailable_holds && !mail->shown_unchecked ? SEK_ACCESS_UNCHECKED : SEK_ACCESS_SHOWN;
    case SEK_MAIL_NEW:
    case SEK_MAIL_WAITING:
    default:
      return SEK_ACCESS_WAIT;
    }
}

static gboolean
needs_care (const SekMail *mail)
{
  return mail->state != SEK_MAIL_CHECKED || mail->verdict->level >= SEK_LEVEL_CAUTION;
}

gboolean
sek_mail_attachments_ask (const SekMail *mail)
{
  return !mail->unlocked && needs_care (mail);
}

const char *
sek_mail_attachments_state (const SekMail *mail)
{
  if (mail->state == SEK_MAIL_NEW || mail->state == SEK_MAIL_WAITING)
    return NULL;
  if (!needs_care (mail))
    return "free";
  return mail->unlocked ? "released" : "held";
}

gboolean
sek_mail_links_ask (const SekMail *mail)
{
  return !mail->links_open && needs_care (mail);
}

char *
sek_mail_key_of_file (const char *path)
{
  struct stat info;
  if (stat (path, &info) != 0)
    return NULL;
  if (info.st_size > DIGEST_BYTES_MAX)
    return g_strdup_printf ("file %ju %ju %jd %jd.%09ld", (uintmax_t) info.st_dev, (uintmax_t) info.st_ino,
                            (intmax_t) info.st_size, (intmax_t) info.st_mtim.tv_sec, info.st_mtim.tv_nsec);
  g_autofree char *data = NULL;
  gsize length = 0;
  if (!g_file_get_contents (path, &data, &length, NULL))
    return NULL;
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) data, length);
}

void
sek_mail_tell_decided (const SekMail *mail, gint64 since, gint64 ready)
{
  gint64 now = g_get_monotonic_time ();
  g_debug ("decided in %" G_GINT64_FORMAT " µs, %" G_GINT64_FORMAT " µs after it was ready: %s", now - since,
           now - ready,
           mail->state == SEK_MAIL_CHECKED ? sek_level_to_string (mail->verdict->level) : "not checked");
}

/* --- the table --- */

static void
forget (SekMails *self, SekMail *mail)
{
  self->funcs->forgotten (mail, self->user_data);
  g_hash_table_remove (self->by_key, mail->key);
}

static void
forget_oldest (SekMails *self)
{
  for (GList *l = self->order.head; l != NULL && self->order.length > MAILS_MAX;)
    {
      GList *next = l->next;
      SekMail *mail = l->data;
      if (!self->funcs->in_use (mail, self->user_data) && mail->dialog == NULL &&
          mail->state != SEK_MAIL_WAITING && mail->state != SEK_MAIL_LATE)
        {
          g_queue_delete_link (&self->order, l);
          forget (self, mail);
        }
      l = next;
    }
}

SekMails *
sek_mails_new (SekClient *client, const SekMailsFuncs *funcs, gpointer user_data)
{
  SekMails *self = g_new0 (SekMails, 1);
  self->client = client;
  self->funcs = funcs;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) sek_mail_unref);
  g_queue_init (&self->order);
  return self;
}

void
sek_mails_free (SekMails *self)
{
  if (self == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  SekMail *mail;
  while ((mail = g_queue_pop_head (&self->order)) != NULL)
    forget (self, mail);
  g_hash_table_unref (self->by_key);
  g_object_unref (self->cancellable);
  g_free (self);
}

SekMail *
sek_mails_find (SekMails *self, const char *key)
{
  SekMail *mail = g_hash_table_lookup (self->by_key, key);
  return mail != NULL ? sek_mail_ref (mail) : NULL;
}

SekMail *
sek_mails_get (SekMails *self, const char *key)
{
  SekMail *mail = g_hash_table_lookup (self->by_key, key);
  if (mail == NULL)
    {
      forget_oldest (self);
      mail = g_new0 (SekMail, 1);
      g_ref_count_init (&mail->references);
      mail->mails = self;
      mail->key = g_strdup (key);
      g_hash_table_insert (self->by_key, mail->key, mail);
      g_queue_push_tail (&self->order, mail);
    }
  return sek_mail_ref (mail);
}

gboolean
sek_mails_is_empty (SekMails *self)
{
  return g_hash_table_size (self->by_key) == 0;
}

/* --- asking --- */

void
sek_mail_forget_verdict (SekMail *mail)
{
  if (mail->state == SEK_MAIL_WAITING || mail->state == SEK_MAIL_LATE)
    return;
  g_clear_pointer (&mail->verdict, sek_verdict_free);
  mail->state = SEK_MAIL_NEW;
  mail->shown_unchecked = mail->shown_danger = mail->unlocked = mail->links_open = mail->trusted = FALSE;
}

static void
on_check (SekClientEvent event, const SekVerdict *verdict, const GError *error, gpointer user_data)
{
  SekMail *mail = user_data;
  switch (event)
    {
    case SEK_CLIENT_VERDICT:
      g_clear_pointer (&mail->verdict, sek_verdict_free);
      mail->verdict = sek_verdict_copy (verdict);
      mail->state = SEK_MAIL_CHECKED;
      /* A yes to the attachments of a mail nobody knew anything about is no yes to what is known now. */
      mail->unlocked = FALSE;
      drop_file (mail);
      break;
    case SEK_CLIENT_LATE:
      mail->state = SEK_MAIL_LATE;
      break;
    case SEK_CLIENT_FAILED:
    default:
      mail->state = SEK_MAIL_FAILED;
      g_free (mail->reason);
      mail->reason = g_strdup (error != NULL ? error->message : NULL);
      drop_file (mail);
      break;
    }
  mail->mails->funcs->changed (mail, mail->mails->user_data);
}

void
sek_mails_check (SekMails *self,
                 SekMail *mail,
                 const char *path,
                 const char *folder,
                 const char *const *own_addresses,
                 gpointer file,
                 GDestroyNotify file_free)
{
  if (mail->state != SEK_MAIL_NEW && mail->state != SEK_MAIL_FAILED)
    {
      if (file != NULL)
        file_free (file);
      return;
    }
  mail->state = SEK_MAIL_WAITING;
  mail->file = file;
  mail->file_free = file_free;
  g_clear_pointer (&mail->reason, g_free);
  /* The table keeps mail as long as it is being asked about, and the cancellable ends all asking before the
   * table goes. */
  sek_client_check (self->client, path, folder, own_addresses, self->cancellable, on_check, mail);
}

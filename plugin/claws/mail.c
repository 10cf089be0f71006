/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this session knows of each mail. The key is the content: folder and number change with every move. */
#include "plugin/claws/claws.h"

#include <sys/stat.h>

#include "account.h"
#include "procmsg.h"

/* Above this a mail is known by its file instead: reading 100 MB in the main loop would be felt. */
#define DIGEST_BYTES_MAX (4 * 1024 * 1024)
/* Mails remembered; the oldest one that no view shows is forgotten first. */
#define MAILS_MAX 2000

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

gboolean
sek_mail_attachments_ask (const SekMail *mail)
{
  if (mail->unlocked)
    return FALSE;
  return mail->state != SEK_MAIL_CHECKED || mail->verdict->level >= SEK_LEVEL_CAUTION;
}

static char *
content_key (const char *path)
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

static void
forget_oldest (SekPlugin *self)
{
  for (GList *l = self->mail_order.head; l != NULL && self->mail_order.length > MAILS_MAX;)
    {
      GList *next = l->next;
      SekMail *mail = l->data;
      if (sek_holds_find (self, mail) == NULL && mail->dialog == NULL && mail->state != SEK_MAIL_WAITING &&
          mail->state != SEK_MAIL_LATE)
        {
          g_queue_delete_link (&self->mail_order, l);
          g_hash_table_remove (self->mails, mail->key);
        }
      l = next;
    }
}

SekMail *
sek_plugin_mail_of_file (SekPlugin *self, const char *path)
{
  g_autofree char *key = content_key (path);
  if (key == NULL)
    return NULL;
  SekMail *mail = g_hash_table_lookup (self->mails, key);
  if (mail == NULL)
    {
      forget_oldest (self);
      mail = g_new0 (SekMail, 1);
      g_ref_count_init (&mail->references);
      mail->plugin = self;
      mail->key = g_steal_pointer (&key);
      g_hash_table_insert (self->mails, mail->key, mail);
      g_queue_push_tail (&self->mail_order, mail);
    }
  return sek_mail_ref (mail);
}

SekMail *
sek_plugin_find_mail (SekPlugin *self, MsgInfo *msginfo)
{
  if (msginfo == NULL || msginfo->folder == NULL || g_hash_table_size (self->mails) == 0)
    return NULL;
  g_autofree char *path = procmsg_get_message_file (msginfo);
  g_autofree char *key = path != NULL ? content_key (path) : NULL;
  SekMail *mail = key != NULL ? g_hash_table_lookup (self->mails, key) : NULL;
  return mail != NULL ? sek_mail_ref (mail) : NULL;
}

char **
sek_plugin_own_addresses (void)
{
  g_autoptr (GStrvBuilder) addresses = g_strv_builder_new ();
  for (GList *l = account_get_list (); l != NULL; l = l->next)
    {
      const PrefsAccount *account = l->data;
      if (account->address != NULL && *account->address != '\0')
        g_strv_builder_add (addresses, account->address);
    }
  return g_strv_builder_end (addresses);
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
      break;
    case SEK_CLIENT_LATE:
      mail->state = SEK_MAIL_LATE;
      break;
    case SEK_CLIENT_FAILED:
    default:
      mail->state = SEK_MAIL_FAILED;
      g_free (mail->reason);
      mail->reason = g_strdup (error != NULL ? error->message : NULL);
      break;
    }
  sek_holds_apply (mail->plugin, mail);
}

void
sek_plugin_check (SekPlugin *self, SekMail *mail, const char *path, MsgInfo *msginfo)
{
  if (mail->state != SEK_MAIL_NEW && mail->state != SEK_MAIL_FAILED)
    return;
  mail->state = SEK_MAIL_WAITING;
  g_clear_pointer (&mail->reason, g_free);
  g_auto (GStrv) own = sek_plugin_own_addresses ();
  g_autofree char *folder = msginfo->folder != NULL ? folder_item_get_identifier (msginfo->folder) : NULL;
  /* The table keeps mail as long as it is being asked about, and the cancellable ends all asking before the
   * table goes. */
  sek_client_check (self->client, path, folder, (const char *const *) own, self->cancellable, on_check, mail);
}

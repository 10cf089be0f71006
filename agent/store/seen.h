/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mails that were checked, as advisories find them, and what was said of them since. */
#pragma once

#include "agent/store/store.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;         /* counts up */
  char *mail;        /* SHA-256 of its bytes, hex */
  char *subject;     /* as a person reads it */
  char *client;      /* that it was seen in; "" */
  char *folder;      /* that it was seen in last; "" */
  gint64 date;       /* when it was seen first, seconds since 1970 UTC */
  SekLevel level;    /* that it had when it was seen last */
  SekTraces *traces; /* its marks */
} SekSeenMail;

SekSeenMail *sek_seen_mail_new (void);
void sek_seen_mail_free (SekSeenMail *mail);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekSeenMail, sek_seen_mail_free)

/* Keeps it, in the place of what was kept of the same bytes; id and date of an earlier one stay. The oldest
 * beyond SEK_SEEN_MAX go. */
gboolean sek_store_put_seen (SekStore *store, const SekSeenMail *mail, GError **error);

/* At most count mails with an id above after, in order. SekSeenMail; NULL with error. */
GPtrArray *sek_store_seen_after (SekStore *store, gint64 after, guint count, GError **error);

/* Notes that an advisory was announced. *is_new: it was not before. */
gboolean
sek_store_announce (SekStore *store, const char *advisory, gint64 date, gboolean *is_new, GError **error);

/* *announced: whether that was noted before. */
gboolean sek_store_is_announced (SekStore *store, const char *advisory, gboolean *announced, GError **error);

/* Notes that an advisory means a mail. to_move: a mail client has to put it into Quarantine. *is_new: it was
 * not noted before. */
gboolean sek_store_advise (SekStore *store,
                           const char *mail,
                           const char *advisory,
                           gboolean to_move,
                           gboolean *is_new,
                           GError **error);

/* Mails that a mail client has yet to move. SekSeenMail, at most SEK_MOVES_MAX; NULL with error. */
GPtrArray *sek_store_moves (SekStore *store, GError **error);
/* It was moved, or can't be any more. */
gboolean sek_store_moved (SekStore *store, const char *mail, GError **error);

G_END_DECLS

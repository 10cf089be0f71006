/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the checks may ask of the past: a small read-only interface. agent/store implements it over SQLite. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 received;   /* mails from this address */
  gint64 written_to; /* mails of ours to this address */
  gint64 first_seen; /* seconds since 1970 */
  gint64 last_seen;
} SekCorrespondent;

typedef struct SekHistory SekHistory;
struct SekHistory
{
  gpointer self;
  /* Number of messages known. */
  gint64 (*count_messages) (gpointer self);
  /* message_id without <>. TRUE when we received or sent it. */
  gboolean (*has_message) (gpointer self, const char *message_id);
  /* addr_spec in any case. FALSE, *out zeroed, when never seen. */
  gboolean (*find_correspondent) (gpointer self, const char *addr_spec, SekCorrespondent *out);
  /* TRUE when we wrote a mail with this normal subject to addr_spec. */
  gboolean (*has_subject_with) (gpointer self, const char *normal_subject, const char *addr_spec);
  /* Addresses seen with this name key (sek_text_name_key), most used first; newly allocated, never NULL. */
  char **(*addresses_of_name) (gpointer self, const char *name_key);
};

G_END_DECLS

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

/* How far the history reaches. */
typedef struct
{
  gint64 messages; /* all that are known */
  gint64 sent;     /* of these, ours: 0 means that nothing can be said about what we never sent */
  gint64 since;    /* date of the oldest, seconds since 1970; 0 when there is none */
} SekHistoryExtent;

typedef struct
{
  gint64 date;   /* seconds since 1970; 0 when not known */
  gboolean sent; /* by us */
} SekKnownMessage;

/* A locked attachment of an earlier mail, or the password that such a mail brought. */
typedef struct
{
  char *file_name; /* "" when not known */
  char *subject;   /* of the mail it came with; "" when absent */
  gint64 date;     /* when the agent saw it, seconds since 1970 */
} SekLockedFile;
void sek_locked_file_clear (SekLockedFile *file);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SekLockedFile, sek_locked_file_clear)

typedef struct SekHistory SekHistory;
struct SekHistory
{
  gpointer self;
  /* Number of messages known. */
  gint64 (*count_messages) (gpointer self);
  void (*extent) (gpointer self, SekHistoryExtent *out);
  /* message_id without <>. TRUE when we received or sent it. */
  gboolean (*has_message) (gpointer self, const char *message_id);
  /* The same with what is known of it; *out is zeroed when FALSE. */
  gboolean (*find_message) (gpointer self, const char *message_id, SekKnownMessage *out);
  /* TRUE when the message is known with this normal subject. */
  gboolean (*message_has_subject) (gpointer self, const char *message_id, const char *normal_subject);
  /* Addresses (normal form) in From, To and Cc of the message and of every other one known of its thread;
   * bounded, newly allocated, never NULL. Empty when the message is not known. */
  char **(*thread_participants) (gpointer self, const char *message_id);
  /* addr_spec in any case. FALSE, *out zeroed, when never seen. */
  gboolean (*find_correspondent) (gpointer self, const char *addr_spec, SekCorrespondent *out);
  /* The same for all addresses of a domain and those below it together. */
  gboolean (*find_domain) (gpointer self, const char *domain, SekCorrespondent *out);
  /* Domains (as in the addresses, lower case) that we wrote to, or that wrote to us at least three times,
   * those most written to first, then those most heard of; bounded, newly allocated, never NULL. */
  char **(*correspondent_domains) (gpointer self);
  /* TRUE when we wrote a mail with this normal subject to addr_spec, or to anybody when addr_spec is NULL. */
  gboolean (*has_subject_with) (gpointer self, const char *normal_subject, const char *addr_spec);
  /* Addresses seen with this name key (sek_text_name_key), most used first; newly allocated, never NULL. */
  char **(*addresses_of_name) (gpointer self, const char *name_key);
  /* Names seen on addresses of the domain and below it, more than once or written to by us: SekPerson with
   * one address each, those most dealt with first; bounded, newly allocated, never NULL. Reads all
   * correspondents: not for every mail. */
  GPtrArray *(*people_of_domain) (gpointer self, const char *domain);
  /* The locked attachment that addr_spec, or anybody of "@domain" and below it, sent in the last 24 hours and
   * that no password has opened yet. FALSE when there is none; *out must be cleared. */
  gboolean (*find_locked_file) (gpointer self, const char *addr_spec, SekLockedFile *out);
  /* What the administrator answered when this person reported the mail of these bytes: "dangerous",
   * "harmless", or NULL when nothing of the two; static. sha256: hex. */
  const char *(*answer_about) (gpointer self, const char *sha256);
  /* TRUE when this person said that addr_spec is to be trusted. */
  gboolean (*is_trusted) (gpointer self, const char *addr_spec);
};

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The policy in force, as plain data. agent/policy reads it from a file; everyone else only looks. */
#pragma once

#include "agent/core/level.h"

G_BEGIN_DECLS

/* Somebody of the organisation (group [people]). */
typedef struct
{
  char *name;       /* as written in the policy */
  char *name_key;   /* sek_text_name_key (name) */
  char **addresses; /* addr-specs in normal form */
} SekPerson;

typedef enum
{
  SEK_REPORT_MAILDIR, /* a local folder: the embedded default */
  SEK_REPORT_SMTP,
  SEK_REPORT_HTTPS,
  SEK_REPORT_CLIENT, /* through the mail client's own account */
} SekReportTransport;

typedef struct
{
  gint64 serial;        /* 0 for the defaults */
  char *organisation;   /* "" when not named */
  char **domains;       /* own domains, lower case */
  char **gateways;      /* hosts whose Authentication-Results and X-Spam headers count, lower case */
  char **trusted_lists; /* List-Id values, lower case */
  GPtrArray *people;    /* SekPerson */
  char *report_address; /* addr-spec of the administrator; "" when not set */
  SekReportTransport report_transport;
  char *report_target; /* host:port, URL or path, as the transport wants it; "" for the default Maildir */
  gboolean quarantine; /* a reported mail is moved to the Quarantine folder */
  gboolean unavailable_holds; /* when the agent is missing the mail stays covered */
  gboolean may_trust;
  gint64 history_days;      /* a message older than this is forgotten */
  gint64 history_messages;  /* the oldest beyond this number are forgotten */
  GHashTable *check_levels; /* check name -> GINT_TO_POINTER (SekLevel + 1): the level the policy gives its
                               findings; SEK_LEVEL_CLEAR means off */
  GHashTable *rule_levels;  /* the same for rows of the level rule */
} SekPolicy;

/* The built-in defaults. */
SekPolicy *sek_policy_new (void);
void sek_policy_free (SekPolicy *policy);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekPolicy, sek_policy_free)

/* name and addresses are copied. */
SekPerson *sek_person_new (const char *name, const char *const *addresses);
void sek_person_free (SekPerson *person);

/* The level of a check's findings; FALSE when the policy says nothing of it. */
gboolean sek_policy_check_level (const SekPolicy *policy, const char *check, SekLevel *level);
/* The level that a row of the level rule gives; FALSE when the policy says nothing of it. */
gboolean sek_policy_rule_level (const SekPolicy *policy, const char *rule, SekLevel *level);

/* TRUE when domain is one of ours or below one of ours. domain may be NULL. */
gboolean sek_policy_is_own_domain (const SekPolicy *policy, const char *domain);

G_END_DECLS

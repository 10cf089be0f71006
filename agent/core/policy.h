/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The policy in force, as plain data. agent/policy reads it from a file; everyone else only looks. */
#pragma once

#include "agent/core/advisory.h"

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
  SEK_REPORT_HTTPS,  /* posted to a URL */
  SEK_REPORT_CLIENT, /* through the mail client's own account */
} SekReportTransport;

/* What a report looks like. */
typedef enum
{
  SEK_PROFILE_ARF,        /* RFC 5965: text, verdict for machines, original */
  SEK_PROFILE_ATTACHMENT, /* text and original, as people forward a mail */
  SEK_PROFILE_JSON,       /* all of it as one JSON object */
} SekReportProfile;

/* How a login at the mail server of the reports is made. */
typedef enum
{
  SEK_AUTH_ANY, /* the best the server offers */
  SEK_AUTH_PLAIN,
  SEK_AUTH_LOGIN,
  SEK_AUTH_XOAUTH2, /* the secret is an access token */
} SekAuth;

/* What a file is by its name (agent/engine/file-kinds.h). */
typedef enum
{
  SEK_FILE_UNKNOWN,
  SEK_FILE_PROGRAM,        /* machine code, installers, and what is run as such */
  SEK_FILE_SCRIPT,         /* text that an interpreter runs */
  SEK_FILE_SHORTCUT,       /* starts something else */
  SEK_FILE_DISK_IMAGE,     /* is mounted when it is opened */
  SEK_FILE_MACRO_DOCUMENT, /* a document of a format made to carry code */
  SEK_FILE_DOCUMENT,
  SEK_FILE_MEDIA, /* images, sound, film, fonts */
  SEK_FILE_PAGE,  /* opens in the browser */
  SEK_FILE_ARCHIVE,
  SEK_N_FILE_KINDS,
} SekFileKind;

typedef struct
{
  gint64 serial;    /* 0 for the defaults */
  gint64 issued;    /* seconds since 1970 UTC; 0: not said */
  gint64 not_after; /* the same; it goes on to hold, and that it is old is said */
  char *pull_url;   /* where the signed policy is; "": nowhere */
  char **pull_keys; /* minisign public keys, base64, that may sign it */
  char *pull_ca;    /* path of the authorities (PEM) that count for pull_url instead of the system's; "" */
  char *pull_proxy; /* host:port; "": what the environment says */
  char *pull_certificate;     /* path of the certificate (PEM) this computer shows there; "": none */
  char *pull_certificate_key; /* path of its private key; "": in the same file */
  char *pull_login;           /* name at the server of pull_url; "": none */
  gint64 pull_minutes;        /* between two looks at pull_url */
  gint64 rollout;             /* of 100 desktops so many take this policy */
  char **may_change;    /* "group.key" or "group.*": what a person may set though the policy says something */
  char *organisation;   /* "" when not named */
  char **domains;       /* own domains, lower case */
  char **gateways;      /* hosts whose Authentication-Results and X-Spam headers count, lower case */
  char **gateway_tags;  /* what gateways put in front of subjects, folded; beside what is built in */
  char **trusted_lists; /* List-Id values, lower case */
  char **trusted_senders;  /* addr-specs, lower case */
  char **training_secrets; /* under which the tokens of training mails hold, the one to sign with first */
  char *training_header;   /* the header field with the token */
  GPtrArray *people;       /* SekPerson */
  GHashTable *telephones;  /* addr-spec in normal form -> the number of who writes from it, as it is shown */
  char *report_address;    /* addr-spec of the administrator; "" when not set */
  SekReportTransport report_transport;
  char *report_target; /* host:port, URL or path, as the transport wants it; "" for the default Maildir */
  SekReportProfile report_profile;
  char *report_subject;         /* template with %{level}, %{subject} and %{id}; "": the profile's own */
  gint64 report_max_bytes;      /* of a larger mail only the header travels; 0: no limit */
  gboolean report_tls_required; /* no report in plain text, also where the server offers no TLS */
  gboolean report_tls_wrapped;  /* TLS from the first byte, as on port 465 */
  char *report_ca;              /* path of the authorities (PEM) that count instead of the system's; "" */
  char *report_login;           /* name at the server; "": no login */
  SekAuth report_auth;
  char *report_header_name;     /* the header field of HTTPS with the token */
  char *report_header_value;    /* "%s" in it is the token; "": none is asked for */
  char *report_certificate;     /* path of the certificate (PEM) this computer shows by HTTPS; "": none */
  char *report_certificate_key; /* path of its private key; "": in the same file */
  gboolean report_feedback;     /* people may say that a mail is harmless in spite of a warning */
  gint64 report_undo_seconds;   /* how long a report can be taken back */
  gboolean report_keep_copy;    /* each report that was sent also lies in the default Maildir */
  gboolean quarantine;          /* a reported mail is moved to the Quarantine folder */
  gboolean unavailable_holds;   /* when the agent is missing the mail stays covered */
  gboolean may_trust;
  gboolean learn_folders;         /* mail clients hand over their folders, for the history */
  char *phone;                    /* whom people ring up when in doubt, as it is shown; "" */
  GHashTable *advice;             /* language ("" without one) -> what the organisation adds to a warning */
  char **files[SEK_N_FILE_KINDS]; /* changes to the extensions of each kind, lower case: "+abc", "-def",
                                     "abc"; NULL when the policy says nothing of it */
  char **exchange_phrases;  /* changes to the phrases that claim an exchange, folded: "+abc", "-def", "abc" */
  gint64 strangers_after;   /* messages the history must know before anybody is called a stranger */
  gint64 history_days;      /* a message older than this is forgotten */
  gint64 history_messages;  /* the oldest beyond this number are forgotten */
  GHashTable *check_levels; /* check name -> GINT_TO_POINTER (SekLevel + 1): the level the policy gives its
                               findings; SEK_LEVEL_CLEAR means off */
  GHashTable *rule_levels;  /* the same for rows of the level rule */
  GPtrArray *advisories;    /* SekAdvisory, in the order of the file */
} SekPolicy;

/* The built-in defaults; agent/policy's table of keys says the same, and a test compares them. */
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

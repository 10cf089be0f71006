/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the value of a key may look like, and how it gets into SekPolicy. */
#pragma once

#include "agent/core/core.h"

G_BEGIN_DECLS

typedef struct SekPolicyKey SekPolicyKey;

/* The policy while it is being read. */
typedef struct
{
  SekPolicy *policy;
  gboolean has_transport; /* [report] has named a way already */
} SekPolicyReading;

/* A line of the file. value: UTF-8, trimmed. */
typedef struct
{
  const char *group;
  const char *key; /* with the language in brackets, if there is one */
  const char *value;
} SekPolicyText;

/* Takes text over into reading->policy. FALSE when the value is not what type->wanted says, or with *reason,
 * newly allocated, when there is more to say. */
typedef gboolean (*SekPolicySetter) (SekPolicyReading *reading,
                                     const SekPolicyKey *key,
                                     const SekPolicyText *text,
                                     char **reason);

typedef struct
{
  SekPolicySetter set;
  const char *wanted; /* ends the sentence "“key” must be …" */
} SekPolicyType;

extern const SekPolicyType sek_type_number, sek_type_days, sek_type_seconds, sek_type_minutes,
    sek_type_percent, sek_type_text, sek_type_date, sek_type_url, sek_type_https, sek_type_boolean,
    sek_type_domains, sek_type_hosts, sek_type_list_ids, sek_type_tags, sek_type_secrets, sek_type_field_name,
    sek_type_extensions, sek_type_address, sek_type_addresses, sek_type_person, sek_type_telephone,
    sek_type_path, sek_type_host_port, sek_type_smtp, sek_type_report_https, sek_type_maildir,
    sek_type_client, sek_type_profile, sek_type_tls, sek_type_auth, sek_type_token_field,
    sek_type_token_template, sek_type_unavailable, sek_type_check_level, sek_type_texts, sek_type_keys,
    sek_type_key_names;
/* Of an [advisory ID]. */
extern const SekPolicyType sek_type_advisory_date, sek_type_advisory_level, sek_type_advisory_text,
    sek_type_advisory_boolean, sek_type_advisory_addresses, sek_type_advisory_domains,
    sek_type_advisory_patterns, sek_type_advisory_ids, sek_type_advisory_digests;

/* TRUE when text is the base64 of a minisign public key (42 bytes that begin with "Ed"). */
gboolean sek_value_is_minisign_key (const char *text);

G_END_DECLS

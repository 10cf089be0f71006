/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a check is. A new one is one file in checks/, one declaration here and one row in check-table.c. */
#pragma once

#include "agent/engine/engine.h"
#include "agent/engine/file-kinds.h"
#include "agent/engine/files.h"

G_BEGIN_DECLS

/* What kind of support a finding gives to others: the level rule combines kinds, never single checks. */
typedef enum
{
  SEK_KIND_NAME,      /* somebody is not who the mail says */
  SEK_KIND_DOMAIN,    /* a domain is made to be taken for another one, or is forged */
  SEK_KIND_THREAD,    /* an exchange is claimed that is not there */
  SEK_KIND_STRANGER,  /* nobody here had to do with the writer so far */
  SEK_KIND_DIVERSION, /* answers go, or the mail went, elsewhere than it seems */
  SEK_KIND_LOCKED,    /* an attachment that hides its content */
  SEK_KIND_KEY,       /* the key to it came along */
  SEK_KIND_INSIDE,    /* an attachment that does something when it is opened */
  SEK_KIND_DATED,     /* the attachment is named the way waves are */
  SEK_KIND_PHRASE,    /* the text claims an exchange */
  SEK_KIND_LINK,      /* a link that leads elsewhere than it says, or to a program */
  SEK_KIND_HIDDEN,    /* characters that are not seen, in names */
  SEK_KIND_TAGGED,    /* our own gateway took it for spam or worse */
  SEK_KIND_JUDGED,    /* the administrator has spoken of this mail */
  SEK_KIND_BLIND,     /* something could not be inspected */
  SEK_N_KINDS,
} SekKind;

/* Everything a check may look at, with what several of them need worked out once. */
typedef struct
{
  const SekFacts *facts;
  const SekHistory *history; /* NULL: none yet */
  const SekPolicy *policy;
  const char *const *own_addresses; /* never NULL */

  const char *author_name;       /* display name of the author; "" when none */
  char *author_address;          /* normal form; "" when none */
  const char *author_domain;     /* of author_address; "" when none */
  char *author_organisation;     /* registrable domain of author_domain; "" when none */
  char **own_organisations;      /* sek_own_organisations */
  const SekDirectory *directory; /* never NULL */
  SekSubject *subject;
  GArray *files;         /* SekFile: every attachment and what is inside */
  gboolean from_service; /* a notification or no-reply address */
  gboolean from_list;    /* a mailing list passed it on */
  gboolean from_machine; /* a report, receipt or automatic answer (RFC 3834, RFC 3464) */
  gboolean threaded;     /* says which mail it answers, In-Reply-To or References */
  gboolean known_thread; /* and one of those is in the history, or subject and writer are */
} SekCheckInput;

typedef struct
{
  const char *name; /* e.g. "fake-reply": also the policy group and the test folder */
  SekKind kind;
  /* Appends its SekFinding to findings, usually none or one. */
  void (*run) (const SekCheckInput *input, GPtrArray *findings);
} SekCheck;

/* The table of all checks in order of weight, ended by a row whose name is NULL. */
extern const SekCheck sek_checks[];

/* The level that the findings give together (level-table.c), as the policy tunes it. */
SekLevel sek_level_of_findings (const GPtrArray *findings, const SekPolicy *policy);

void sek_check_advisory_match (const SekCheckInput *input, GPtrArray *findings);
void sek_check_administrator_answer (const SekCheckInput *input, GPtrArray *findings);
void sek_check_report_mail (const SekCheckInput *input, GPtrArray *findings);
void sek_check_known_name_new_address (const SekCheckInput *input, GPtrArray *findings);
void sek_check_display_name_address (const SekCheckInput *input, GPtrArray *findings);
void sek_check_internal_name_external_address (const SekCheckInput *input, GPtrArray *findings);
void sek_check_name_localpart_mismatch (const SekCheckInput *input, GPtrArray *findings);
void sek_check_hidden_characters (const SekCheckInput *input, GPtrArray *findings);
void sek_check_lookalike_domain (const SekCheckInput *input, GPtrArray *findings);
void sek_check_reply_to_elsewhere (const SekCheckInput *input, GPtrArray *findings);
void sek_check_first_contact (const SekCheckInput *input, GPtrArray *findings);
void sek_check_not_addressed_to_me (const SekCheckInput *input, GPtrArray *findings);
void sek_check_own_domain_forged (const SekCheckInput *input, GPtrArray *findings);
void sek_check_thread_outsider (const SekCheckInput *input, GPtrArray *findings);
void sek_check_unknown_thread (const SekCheckInput *input, GPtrArray *findings);
void sek_check_quote_not_mine (const SekCheckInput *input, GPtrArray *findings);
void sek_check_fake_reply (const SekCheckInput *input, GPtrArray *findings);
void sek_check_encrypted_archive (const SekCheckInput *input, GPtrArray *findings);
void sek_check_password_in_body (const SekCheckInput *input, GPtrArray *findings);
void sek_check_password_in_next_mail (const SekCheckInput *input, GPtrArray *findings);
void sek_check_date_named_archive (const SekCheckInput *input, GPtrArray *findings);
void sek_check_prior_exchange_phrase (const SekCheckInput *input, GPtrArray *findings);
void sek_check_macro_document (const SekCheckInput *input, GPtrArray *findings);
void sek_check_program_attached (const SekCheckInput *input, GPtrArray *findings);
void sek_check_double_extension (const SekCheckInput *input, GPtrArray *findings);
void sek_check_oversized_document (const SekCheckInput *input, GPtrArray *findings);
void sek_check_link_text_mismatch (const SekCheckInput *input, GPtrArray *findings);
void sek_check_link_to_program (const SekCheckInput *input, GPtrArray *findings);
void sek_check_gateway_tag (const SekCheckInput *input, GPtrArray *findings);
void sek_check_training_mail (const SekCheckInput *input, GPtrArray *findings);
void sek_check_uninspectable (const SekCheckInput *input, GPtrArray *findings);

/* --- trusted.c --- */

/* TRUE when the policy trusts the author's address and a gateway of the policy proves that it is the
 * author's. */
gboolean sek_author_is_trusted (const SekCheckInput *input);
/* TRUE for findings that say nothing of a trusted sender: who writes, and in which exchange. What is attached
 * or linked to is judged all the same. */
gboolean sek_kind_yields_to_trust (SekKind kind);
/* The same for the trust of a person, who can be fooled: names and diversions are judged all the same. */
gboolean sek_kind_yields_to_person (SekKind kind);
/* TRUE when the author could be trusted by the person so that it holds: one author from outside, who is
 * proven to be it where the policy names a gateway that could. */
gboolean sek_author_may_be_trusted (const SekCheckInput *input);

/* --- helpers for checks --- */

/* Creates a finding and appends it; borrowed back so that evidence can be added. code may be NULL. */
SekFinding *sek_findings_add (GPtrArray *findings, const char *check, const char *code, SekLevel level);

/* The registrable domain ("kaede.example" of "mail.kaede.example"), by the Public Suffix List; domain itself
 * when it has none, "" for NULL. Lower case, newly allocated. */
char *sek_registrable_domain (const char *domain);

/* TRUE when both addresses belong to one organisation: the same registrable domain, or the same name under
 * another public suffix (example.com, example.co.jp). */
gboolean sek_same_organisation (const char *address_a, const char *address_b);

/* TRUE when address is of the reader's organisation. */
gboolean sek_is_own_address (const SekCheckInput *input, const char *address);

/* TRUE when everybody can have an address under domain, so that it says nothing of an organisation. */
gboolean sek_is_public_mail_domain (const char *domain);
/* All of them, ended by NULL. */
const char *const *sek_public_mail_domains (void);

/* TRUE when the local part is one that programs write from (noreply, notifications, calendar …). */
gboolean sek_is_service_address (const char *address);

/* TRUE when the attachment hides its content behind a password. */
gboolean sek_attachment_is_locked (const SekAttachment *attachment);

/* The name of an attachment for evidence; its media type when it has none. Borrowed. */
const char *sek_attachment_label (const SekAttachment *attachment);

G_END_DECLS

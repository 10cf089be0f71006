/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a domain can be taken for another one. Knows nothing of mails, nor of whose the domains are. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How one domain resembles another, the closest first. */
typedef enum
{
  SEK_RESEMBLES_NOT,
  SEK_RESEMBLES_HOMOGLYPH,  /* letters of another script that look the same */
  SEK_RESEMBLES_CONFUSABLE, /* rn for m, 0 for o, 1 for l */
  SEK_RESEMBLES_LETTER,     /* one letter more, less, other or swapped, where readers pass over it */
  SEK_RESEMBLES_HYPHEN,     /* a hyphen, or a dot as a hyphen, more or less */
  SEK_RESEMBLES_ACCENT,     /* the same but for accents */
  SEK_RESEMBLES_WHOLE,      /* the whole domain inside of a foreign one */
  SEK_RESEMBLES_SUFFIX,     /* the same name under another public suffix */
  SEK_RESEMBLES_WORD,       /* the name with a word such as "support" */
  SEK_RESEMBLES_DISTANTLY,  /* a letter apart where readers notice, or two letters of a long name */
  SEK_N_RESEMBLANCES,
} SekResemblance;

/* A domain in the forms that are compared. */
typedef struct
{
  char *domain;       /* lower case, Unicode */
  char *registrable;  /* the part of it that somebody registered */
  char *label;        /* what he chose: "kaede" of "kaede.co.jp"; "" for an address literal */
  const char *suffix; /* the rest of registrable, with its dot; borrowed from registrable */
  char *skeleton;     /* of label: look-alikes have the same */
  char *bare;         /* skeleton without hyphens */
} SekDomainName;

/* domain as in an address, also in Punycode; what is longer than a domain can be (RFC 1035 §2.3.4) is cut in
 * front. NULL gives an empty name. */
SekDomainName *sek_domain_name_new (const char *domain);
void sek_domain_name_free (SekDomainName *name);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekDomainName, sek_domain_name_free)

/* How foreign resembles known; SEK_RESEMBLES_NOT also when both are the same. Names too short to tell a
 * likeness from chance resemble nothing. */
SekResemblance sek_domain_resembles (const SekDomainName *foreign, const SekDomainName *known);

/* A quick look that spares the comparison with most of a thousand domains: FALSE only when foreign resembles
 * known (as in an address) in no way. */
gboolean sek_domain_may_resemble (const SekDomainName *foreign, const char *known);

/* The skeleton of one label, in lower case, as in SekDomainName. Newly allocated. */
char *sek_label_skeleton (const char *label);

/* TRUE when a label mixes scripts that are never written together, such as Latin and Cyrillic (Unicode TS 39
 * §5.2, highly restrictive; Japanese with Latin letters is in order). */
gboolean sek_domain_mixes_scripts (const SekDomainName *name);

G_END_DECLS

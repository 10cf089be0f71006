/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A subject line taken apart: list tags, reply and forward prefixes of many languages, and what is left. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SEK_SUBJECT_NEW,     /* claims to start something */
  SEK_SUBJECT_REPLY,   /* Re:, AW:, 返信: … is the outermost prefix */
  SEK_SUBJECT_FORWARD, /* Fwd:, WG:, 転送: … is the outermost prefix */
} SekSubjectKind;

typedef struct
{
  SekSubjectKind kind;
  char *prefix; /* the outermost prefix as written, e.g. "Re[2]:"; NULL when there is none */
  char *bare;   /* the subject without tags and prefixes, as written */
  char *normal; /* bare, folded for comparing */
} SekSubject;

/* text is a decoded UTF-8 Subject, may be NULL. Never NULL. */
SekSubject *sek_subject_parse (const char *text);
void sek_subject_free (SekSubject *subject);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekSubject, sek_subject_free)

G_END_DECLS

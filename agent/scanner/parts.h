/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tree of a mail's parts, walked once: which are the text a person reads and which are attachments. */
#pragma once

#include "agent/core/facts.h"
#include "agent/scanner/gmime-auto.h"
#include "agent/scanner/header.h"
#include "agent/scanner/scanner.h"

G_BEGIN_DECLS

/* An HTML body in UTF-8. */
typedef struct
{
  char *html;
  char *where; /* the subject of the attached mail that it stands in; NULL: the mail itself */
} SekHtmlBody;

typedef struct
{
  SekFacts *facts;            /* borrowed */
  GPtrArray *html;            /* SekHtmlBody, bodies that wait to be read */
  GPtrArray *contents;        /* SekContent, attachments that wait to be looked into */
  gboolean has_binary;        /* a part says it is sent as binary (RFC 3030), where NULs are at home */
  GString *text;              /* plain text so far */
  GString *inner_text;        /* the texts of attached mails, which may give passwords away */
  GPtrArray *trees;           /* GMimeObject, of mails attached as files */
  GPtrArray *tree_bytes;      /* GByteArray around the contents that the trees read from */
  gsize html_bytes;           /* of all HTML bodies */
  guint parts;                /* seen so far */
  char *charset;              /* of the first text that names one: a hint for raw bytes later on */
  SekDecoding decoding;       /* its hint is charset */
  const char *const *offered; /* passwords of the agent's, borrowed; may be NULL */
  GPtrArray *passwords;       /* SekPassword, to be tried on what is locked; empty until archives are read */
  GByteArray *bytes;          /* the mail, borrowed from the caller under a name GMime can use */
  GMimeObject *root;          /* NULL when there is nothing below the header */
} SekParts;

/* Parses the tree. fields and body_offset are from sek_fields_split; everything is borrowed until the free.
 */
SekParts *
sek_parts_new (SekFacts *facts, const GArray *fields, const char *bytes, gsize length, gsize body_offset);
void sek_parts_free (SekParts *parts);

/* Fills text, links of the text and attachments of the facts; leaves HTML and archives waiting. */
void sek_parts_read (SekParts *parts);

/* Reads the HTML bodies that wait. */
void sek_parts_read_html (SekParts *parts);

/* Lists what is inside of the archives that wait and looks into the other files; then unpacks the archives,
 * with the passwords that the texts give away. publish (may be NULL) is called before each step that a
 * hostile file may break. */
void sek_parts_read_contents (SekParts *parts, SekScanPublish publish, gpointer user_data);

G_END_DECLS

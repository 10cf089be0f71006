/* SPDX-License-Identifier: GPL-3.0-or-later */
/* FACTS: everything the scanner learned from the bytes of one mail, with no opinion. All strings are valid
 * UTF-8, bounded by limits.h. Arrays are never NULL. */
#pragma once

#include "agent/core/mailbox.h"

G_BEGIN_DECLS

/* Something remarkable that a file holds, found in its content. Codes are fixed words, listed in
 * trait-codes.h with their meaning. */
typedef struct
{
  char *code;
  char *detail; /* a name or address that belongs to it; NULL when there is none */
} SekTrait;

/* One file inside an archive, a document or a disk image. */
typedef struct
{
  char *name;         /* path inside what holds it */
  gint64 size;        /* bytes when unpacked as the directory says, -1 when it does not say */
  gboolean encrypted; /* its content is locked */
  gint64 parent;      /* index in entries of the file that holds this one; -1: the attachment itself */
  gboolean opened;    /* its content was read, so format and traits mean something */
  char *format;       /* what the content is by its first bytes; "" when not recognised or not opened */
  GPtrArray *traits;  /* SekTrait */
  char *problem;      /* why it could not be inspected (a SekProblem code); NULL when it could */
} SekArchiveEntry;

typedef struct
{
  char *name;       /* decoded file name; NULL when the part has none */
  char *media_type; /* lower case "type/subtype" as declared */
  char *format;     /* what the content is by its first bytes ("zip", "7z", "rar", "pdf", "ole2", "exe" …);
                       "" when not recognised */
  gint64 size;      /* decoded bytes */
  char *sha256;     /* of the decoded bytes, lower-case hex */
  gboolean is_archive;   /* entries and the next three mean something */
  gboolean encrypted;    /* at least one entry is locked */
  gboolean names_hidden; /* the directory itself is locked */
  gint64 entry_count;    /* all entries, also those not kept in entries */
  GPtrArray *entries;    /* SekArchiveEntry, each after the one that holds it */
  GPtrArray *traits;     /* SekTrait, of the file itself */
  gboolean unlocked;     /* locked, and a password at hand opened it */
  char *password;        /* the one that did; NULL when none */
  char *password_source; /* where it stood: "body", "subject", "file-name", "earlier-mail", "usual"; NULL when
                            none */
  char *where;           /* the subject of the attached mail that it hangs on; NULL: the mail itself */
  char *problem;         /* why it could not be inspected (a SekProblem code); NULL when it could */
} SekAttachment;

typedef struct
{
  char *target; /* URL as written */
  char *text;   /* what a person sees of the link; NULL for a bare URL in plain text */
  char *kind;   /* "link", "form" (where a form is sent to), "text" (bare in plain text) */
  char *where;  /* the subject of the attached mail that it stands in; NULL: the mail itself */
} SekLink;

/* Something that could not be inspected. Codes are fixed words, listed in wording.c. */
typedef struct
{
  char *code;   /* "too-many-parts", "nested-too-deep", "not-a-mail", "empty", "nul-bytes", "malformed",
                   "too-large",   "text-cut", "archive-damaged", "archive-unsupported", "too-many-entries",
                   "timed-out",   "crashed", "too-many-attachments", "unknown-charset",
                   "document-damaged", "document-locked", "document-unsupported", "unpacks-too-large" */
  char *detail; /* a file name or a number that belongs to it; NULL when there is none */
} SekProblem;

typedef struct
{
  GPtrArray *from;          /* SekMailbox; every header field of a name is read, in order */
  GPtrArray *sender;        /* SekMailbox */
  GPtrArray *reply_to;      /* SekMailbox */
  GPtrArray *to;            /* SekMailbox */
  GPtrArray *cc;            /* SekMailbox */
  char *return_path;        /* addr-spec; NULL when absent, "" for <> */
  char *message_id;         /* without <>; NULL when absent */
  GPtrArray *in_reply_to;   /* char *, message-ids without <> */
  GPtrArray *references;    /* char *, message-ids without <> */
  gboolean has_in_reply_to; /* the header field is there, even if no id could be read from it */
  gboolean has_references;
  char *subject;                     /* decoded; NULL when absent */
  gint64 date;                       /* seconds since 1970 UTC; 0 when absent or unreadable */
  char *mail_program;                /* User-Agent, else X-Mailer; NULL when absent */
  GPtrArray *authentication_results; /* char *, unfolded, topmost first (RFC 8601) */
  GPtrArray *trace;                  /* char *, "Name: value", unfolded, topmost first: Received,
                                        Authentication-Results and every X- field in their order */
  GPtrArray *headers;     /* char *, "Name: value", all fields from the top, unfolded, no word decoded */
  char *list_id;          /* List-Id or, when absent, List-Post or List-Unsubscribe; NULL when none */
  char *auto_submitted;   /* Auto-Submitted (RFC 3834); NULL when absent */
  char *media_type;       /* of the whole mail, e.g. "multipart/report" */
  char *report_type;      /* report-type of a multipart/report; NULL when absent */
  char *text;             /* text/plain bodies joined by newlines, "" when none */
  char *html_text;        /* HTML bodies as a person reads them, "" when none */
  GPtrArray *links;       /* SekLink, of both bodies */
  GPtrArray *attachments; /* SekAttachment */
  GPtrArray *problems;    /* SekProblem */
  gint64 size;            /* bytes of the mail */
  char *sha256;           /* of the exact bytes of the mail, lower-case hex */
} SekFacts;

/* All arrays empty, text and html_text "". */
SekFacts *sek_facts_new (void);
void sek_facts_free (SekFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekFacts, sek_facts_free)

SekAttachment *sek_attachment_new (void);
void sek_attachment_free (SekAttachment *attachment);
/* At the top of the attachment, not opened; strings are copied. */
SekArchiveEntry *sek_archive_entry_new (const char *name, gint64 size, gboolean encrypted);
void sek_archive_entry_free (SekArchiveEntry *entry);
/* kind is "text" when text is NULL, else "link"; where is NULL. */
SekLink *sek_link_new (const char *target, const char *text);
void sek_link_free (SekLink *link);

/* Appends a trait to an array of them unless the same one is there already or SEK_TRAITS_MAX is reached.
 * Strings are copied; detail may be NULL. */
void sek_traits_add (GPtrArray *traits, const char *code, const char *detail);
/* The first trait with this code; NULL when there is none. Borrowed. */
const SekTrait *sek_traits_find (const GPtrArray *traits, const char *code);

/* Appends a problem unless the same one is there already or SEK_PROBLEMS_MAX is reached. detail may be NULL.
 */
void sek_facts_add_problem (SekFacts *facts, const char *code, const char *detail);

/* The first mailbox of From; NULL when there is none. Borrowed. */
const SekMailbox *sek_facts_author (const SekFacts *facts);

/* a{sv}, floating, in normal form and within SEK_FACTS_BYTES_MAX: the body texts, then entries, then links
 * are shortened (with the problem "text-cut") when the whole would be larger. */
GVariant *sek_facts_to_variant (const SekFacts *facts);

/* Reads what a scanner sent, which may be hostile: checks type, normal form, size and every bound of
 * limits.h. Unknown keys are ignored, missing ones have their empty value. NULL and SEK_CORE_ERROR_FORMAT
 * otherwise. */
SekFacts *sek_facts_from_variant (GVariant *variant, GError **error);

G_END_DECLS

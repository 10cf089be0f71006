/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/mailboxes.h"

#include <string.h>

#include "agent/core/limits.h"

#define COMMENT_DEPTH_MAX 20

/* The mailbox being read. Encoded words are decoded only when it is complete, so that what they hide can not
 * pass for structure. */
typedef struct
{
  GPtrArray *mailboxes;
  SekDecoding *decoding;
  const char *p;
  GString *phrase;
  GString *comment;
  char *address;        /* from <…>; NULL so far */
  const char *last_end; /* the last semicolon: a group can not end behind it; NULL when there is none */
  gboolean quotes;      /* FALSE from a quote on that is never closed: looking again would cost n² */
  gboolean complete;    /* everything fitted */
} Reader;

/* "quoted"; a quote that is never closed is an ordinary character. */
static void
read_quoted (Reader *reader)
{
  const char *q = reader->p + 1;
  while (*q != '\0' && *q != '"')
    q += *q == '\\' && q[1] != '\0' ? 2 : 1;
  if (*q == '\0')
    {
      reader->quotes = FALSE;
      reader->p++;
      return;
    }
  for (const char *c = reader->p + 1; c < q; c++)
    {
      if (*c == '\\')
        c++;
      g_string_append_c (reader->phrase, *c);
    }
  reader->p = q + 1;
}

/* A comment is the name when there is no other, and part of it when it stands within one. */
static void
read_comment (Reader *reader)
{
  int depth = 0;
  const char *start = reader->p;
  const char *c = start;
  for (; *c != '\0'; c++)
    {
      if (*c == '\\' && c[1] != '\0')
        c++;
      else if (*c == '(' && ++depth > COMMENT_DEPTH_MAX)
        break;
      else if (*c == ')' && --depth == 0)
        break;
    }
  if (*c == '\0')
    {
      /* Never closed, so it is no comment, and what follows counts. */
      g_string_append_c (reader->phrase, '(');
      reader->p++;
      return;
    }
  gsize inner = (gsize) (c - start - 1);
  gboolean has_at = strchr (reader->phrase->str, '@') != NULL;
  if (reader->phrase->len > 0 && !has_at && reader->address == NULL)
    g_string_append_len (reader->phrase, start, (gssize) inner + 2);
  else if (inner > 0)
    {
      if (reader->comment->len > 0)
        g_string_append_c (reader->comment, ' ');
      g_string_append_len (reader->comment, start + 1, (gssize) inner);
    }
  reader->p = c + 1;
}

static char *
decoded_name (Reader *reader, GString *raw)
{
  g_autofree char *name = g_strstrip (sek_header_decode_words (raw->str, reader->decoding));
  return *name != '\0' ? g_steal_pointer (&name) : NULL;
}

/* No <…>: the word with an @ is the address, the rest its name. */
static void
find_bare_address (Reader *reader)
{
  char *at = strchr (reader->phrase->str, '@');
  if (at == NULL)
    return;
  const char *begin = at, *end = at;
  while (begin > reader->phrase->str && !g_ascii_isspace (begin[-1]))
    begin--;
  while (*end != '\0' && !g_ascii_isspace (*end))
    end++;
  if (begin == at || end == at + 1)
    return;
  reader->address = g_strndup (begin, (gsize) (end - begin));
  g_string_erase (reader->phrase, begin - reader->phrase->str, end - begin);
}

static void
emit (Reader *reader)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (reader->phrase->str));
  g_string_assign (reader->phrase, trimmed);
  if (reader->address == NULL)
    find_bare_address (reader);
  g_autofree char *name = decoded_name (reader, reader->phrase);
  if (name == NULL)
    name = decoded_name (reader, reader->comment);
  g_autofree char *address = g_steal_pointer (&reader->address);
  g_string_truncate (reader->phrase, 0);
  g_string_truncate (reader->comment, 0);
  if (address != NULL && *address == '\0')
    g_clear_pointer (&address, g_free);
  if (name == NULL && address == NULL)
    return;
  if (reader->mailboxes->len >= SEK_MAILBOXES_MAX)
    reader->complete = FALSE;
  else
    g_ptr_array_add (reader->mailboxes, sek_mailbox_new (name, address));
}

/* <…>, whose end may be missing. A second one begins another mailbox, as some clients show it. */
static void
read_angle (Reader *reader)
{
  if (reader->address != NULL)
    emit (reader);
  const char *start = reader->p + 1;
  gsize length = strcspn (start, ">");
  if (start[length] == '\0')
    length = strcspn (start, " ,;");
  /* "Name <Name <a@b>>": the innermost holds the address. */
  const char *inner = g_strrstr_len (start, (gssize) length, "<");
  const char *from = inner != NULL ? inner + 1 : start;
  g_autofree char *raw = g_strndup (from, (gsize) (start + length - from));
  /* An obsolete route in front of the address (RFC 5322 §4.4) names no mailbox. */
  char *route_end = raw[0] == '@' ? strchr (raw, ':') : NULL;
  reader->address = g_strstrip (g_strdup (route_end != NULL ? route_end + 1 : raw));
  reader->p = start + length;
  while (*reader->p == '>')
    reader->p++;
}

/* "Ota, Michiko <a@b>" without quotes is one person: a name alone before the comma goes on behind it. */
static gboolean
name_goes_on (const Reader *reader)
{
  if (reader->address != NULL || strchr (reader->phrase->str, '@') != NULL || reader->phrase->len == 0)
    return FALSE;
  gsize next = strcspn (reader->p + 1, ",;<\"@");
  return reader->p[1 + next] == '<';
}

/* A colon ends the name of a group when a semicolon ends the group; else it is part of a name. */
static gboolean
begins_group (const Reader *reader)
{
  return reader->last_end != NULL && reader->address == NULL && reader->p < reader->last_end &&
         strchr (reader->phrase->str, '@') == NULL;
}

gboolean
sek_mailboxes_read (GPtrArray *mailboxes, const char *value, SekDecoding *decoding)
{
  Reader reader = { .mailboxes = mailboxes,
                    .decoding = decoding,
                    .p = value,
                    .phrase = g_string_new (NULL),
                    .comment = g_string_new (NULL),
                    .last_end = strrchr (value, ';'),
                    .quotes = TRUE,
                    .complete = TRUE };
  /* Every turn moves on in a value of at most SEK_HEADER_BYTES_MAX. */
  while (*reader.p != '\0' && reader.complete)
    {
      char c = *reader.p;
      if (c == '"' && reader.quotes)
        read_quoted (&reader);
      else if (c == '(')
        read_comment (&reader);
      else if (c == '<')
        read_angle (&reader);
      else if ((c == ',' && !name_goes_on (&reader)) || c == ';')
        {
          emit (&reader);
          reader.p++;
        }
      else if (c == ':' && begins_group (&reader))
        {
          g_string_truncate (reader.phrase, 0);
          reader.p++;
        }
      else
        {
          if (c != '"')
            g_string_append_c (reader.phrase, c);
          reader.p++;
        }
    }
  emit (&reader);
  g_string_free (reader.phrase, TRUE);
  g_string_free (reader.comment, TRUE);
  g_free (reader.address);
  return reader.complete;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parameters of structured fields (RFC 2045 §5.1, RFC 2231), read from what programs write. */
#include <string.h>

#include "agent/core/limits.h"
#include "agent/scanner/charset.h"
#include "agent/scanner/header.h"

#define PARAMETERS_MAX 200
#define SECTIONS_MAX 200

/* "filename*1*" taken apart: name, section and whether its value is percent-encoded. */
typedef struct
{
  char *value;
  guint section; /* SECTIONS_MAX for the plain form without one */
  gboolean extended;
} Section;

static void
section_clear (gpointer data)
{
  Section *section = data;
  g_free (section->value);
}

static const char *
skip_space (const char *p)
{
  while (g_ascii_isspace (*p))
    p++;
  return p;
}

/* A quoted string whose closing quote may be missing. *p is on the opening quote. */
static char *
read_quoted (const char **p)
{
  GString *value = g_string_new (NULL);
  const char *q = *p + 1;
  for (; *q != '\0' && *q != '"'; q++)
    {
      /* Windows paths come unescaped; only quotes and backslashes are worth escaping. */
      if (*q == '\\' && (q[1] == '"' || q[1] == '\\'))
        q++;
      g_string_append_c (value, *q);
    }
  *p = *q == '"' ? q + 1 : q;
  return g_string_free (value, FALSE);
}

/* Without quotes spaces belong to the value, because clients read "name=my file.pdf" so. */
static char *
read_bare (const char **p)
{
  const char *end = *p + strcspn (*p, ";");
  char *value = g_strchomp (g_strndup (*p, (gsize) (end - *p)));
  *p = end;
  return value;
}

/* TRUE when written names the parameter name, with the section and form it has. */
static gboolean
read_section_name (const char *written, gsize length, const char *name, Section *section)
{
  gsize plain = strlen (name);
  section->section = SECTIONS_MAX;
  section->extended = length > plain && written[length - 1] == '*';
  if (length < plain || g_ascii_strncasecmp (written, name, plain) != 0)
    return FALSE;
  gsize rest = length - plain - (section->extended ? 1 : 0);
  if (rest == 0)
    return TRUE;
  const char *digits = written + plain + 1;
  if (written[plain] != '*' || rest < 2 || rest > 4 || strspn (digits, "0123456789") < rest - 1)
    return FALSE;
  section->section = (guint) g_ascii_strtoull (digits, NULL, 10);
  return section->section < SECTIONS_MAX;
}

static GArray *
find_sections (const char *value, const char *name)
{
  GArray *sections = g_array_new (FALSE, TRUE, sizeof (Section));
  g_array_set_clear_func (sections, section_clear);
  const char *p = value + strcspn (value, ";");
  for (guint i = 0; i < PARAMETERS_MAX && *p == ';'; i++)
    {
      p = skip_space (p + 1);
      gsize length = strcspn (p, "=; \t");
      const char *written = p;
      p = skip_space (p + length);
      if (*p != '=')
        {
          p += strcspn (p, ";");
          continue;
        }
      p = skip_space (p + 1);
      Section section = { 0 };
      gboolean wanted = read_section_name (written, length, name, &section);
      section.value = *p == '"' ? read_quoted (&p) : read_bare (&p);
      if (wanted)
        g_array_append_val (sections, section);
      else
        g_free (section.value);
      /* Whatever stands between a closing quote and the next semicolon. */
      p += strcspn (p, ";");
    }
  return sections;
}

static const Section *
find_section (const GArray *sections, guint number, gboolean any_form, gboolean extended)
{
  for (guint i = 0; i < sections->len; i++)
    {
      const Section *section = &g_array_index (sections, Section, i);
      if (section->section == number && (any_form || section->extended == extended))
        return section;
    }
  return NULL;
}

static void
append_percent (GString *bytes, const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (*p == '%' && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2]))
      {
        g_string_append_c (bytes, (char) (g_ascii_xdigit_value (p[1]) * 16 + g_ascii_xdigit_value (p[2])));
        p += 2;
      }
    else
      g_string_append_c (bytes, *p);
}

/* Joins the sections from first on and decodes them by the charset that the first one names. */
static char *
join_extended (const GArray *sections, const Section *first, SekDecoding *decoding)
{
  g_autofree char *charset = NULL;
  const char *text = first->value;
  const char *quote = first->extended ? strchr (text, '\'') : NULL;
  const char *second = quote != NULL ? strchr (quote + 1, '\'') : NULL;
  if (second != NULL)
    {
      charset = g_strndup (text, (gsize) (quote - text));
      text = second + 1;
    }
  g_autoptr (GString) bytes = g_string_new (NULL);
  const Section *section = first;
  for (guint next = 1; section != NULL && bytes->len < SEK_HEADER_BYTES_MAX; next++)
    {
      if (section->extended)
        append_percent (bytes, section == first ? text : section->value);
      else
        g_string_append (bytes, section == first ? text : section->value);
      section = first->section == SECTIONS_MAX ? NULL : find_section (sections, next, TRUE, FALSE);
    }
  if (charset == NULL || *charset == '\0')
    {
      g_autofree char *guessed = sek_charset_guess (bytes->str, bytes->len, decoding->hint, "windows-1252");
      return sek_header_decode_words (guessed, decoding);
    }
  gboolean unknown = FALSE;
  char *decoded = sek_charset_decode (charset, decoding->hint, bytes->str, bytes->len, &unknown);
  if (unknown && decoding->unknown == NULL)
    decoding->unknown = g_steal_pointer (&charset);
  return decoded;
}

char *
sek_header_parameter (const char *value, const char *name, SekDecoding *decoding)
{
  g_autoptr (GArray) sections = find_sections (value, name);
  const Section *extended = find_section (sections, SECTIONS_MAX, FALSE, TRUE);
  if (extended == NULL)
    extended = find_section (sections, 0, TRUE, FALSE);
  if (extended != NULL)
    return join_extended (sections, extended, decoding);
  const Section *plain = find_section (sections, SECTIONS_MAX, TRUE, FALSE);
  return plain != NULL ? sek_header_decode_words (plain->value, decoding) : NULL;
}

char *
sek_header_token (const char *value)
{
  GString *token = g_string_new (NULL);
  for (const char *p = value; *p != '\0' && *p != ';' && *p != '(' && token->len < SEK_NAME_CHARS_MAX; p++)
    if (!g_ascii_isspace (*p))
      g_string_append_c (token, g_ascii_tolower (*p));
  return g_string_free (token, FALSE);
}

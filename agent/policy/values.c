/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/policy/values.h"

#include <string.h>

gboolean
sek_value_boolean (const char *text, gboolean *value)
{
  static const struct
  {
    const char *word;
    gboolean value;
  } words[] = { { "yes", TRUE }, { "true", TRUE }, { "no", FALSE }, { "false", FALSE } };
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (text, words[i].word))
      {
        *value = words[i].value;
        return TRUE;
      }
  return FALSE;
}

gboolean
sek_value_date (const char *text, gint64 *seconds)
{
  g_autofree char *midnight = g_strconcat (text, "T00:00:00Z", NULL);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) date =
      g_date_time_new_from_iso8601 (strchr (text, 'T') != NULL ? text : midnight, utc);
  if (date != NULL)
    *seconds = g_date_time_to_unix (date);
  return date != NULL;
}

gboolean
sek_value_is_domain (const char *text)
{
  gsize length = strlen (text);
  /* RFC 1035 §2.3.4 */
  if (length == 0 || length > 253)
    return FALSE;
  gboolean at_label = FALSE; /* a character of the label has been seen */
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (c == '.' && !at_label)
        return FALSE;
      at_label = c != '.';
      if (c != '.' && c != '-' && c != '_' && !g_unichar_isalnum (c) && !g_unichar_ismark (c))
        return FALSE;
    }
  return at_label;
}

gboolean
sek_value_is_address (const char *text)
{
  const char *at = strrchr (text, '@');
  if (at == NULL || at == text || !sek_value_is_domain (at + 1))
    return FALSE;
  for (const char *p = text; p < at; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      /* RFC 5322 §3.2.3: the specials, and what no administrator means to write. */
      if (g_unichar_isspace (c) || g_unichar_iscntrl (c) || (c < 0x80 && strchr ("()<>[]:;@\\,\"", (int) c)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_port (const char *text)
{
  guint64 port = 0;
  return g_ascii_string_to_unsigned (text, 10, 1, 65535, &port, NULL);
}

gboolean
sek_value_is_host_port (const char *text)
{
  const char *colon = strrchr (text, ':');
  if (colon == NULL || !is_port (colon + 1))
    return FALSE;
  g_autofree char *host = g_strndup (text, (gsize) (colon - text));
  gsize length = strlen (host);
  if (length > 2 && host[0] == '[' && host[length - 1] == ']')
    {
      host[length - 1] = '\0';
      return g_hostname_is_ip_address (host + 1);
    }
  return sek_value_is_domain (host);
}

gboolean
sek_value_is_https (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  return uri != NULL && g_str_equal (g_uri_get_scheme (uri), "https") && g_uri_get_host (uri) != NULL &&
         *g_uri_get_host (uri) != '\0';
}

gboolean
sek_value_is_sha256 (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdefABCDEF") == 64;
}

char **
sek_value_list (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (char **part = parts; *part != NULL; part++)
    if (*g_strstrip (*part) != '\0')
      g_strv_builder_add (builder, *part);
  return g_strv_builder_end (builder);
}

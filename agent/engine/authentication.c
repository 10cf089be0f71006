/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine/authentication.h"

#include <string.h>

#include "agent/core/limits.h"

/* The property that names whom a method is about (RFC 8601 §2.7), best first. */
static const struct
{
  const char *method;
  const char *properties[3];
} subjects[] = {
  { "spf", { "smtp.mailfrom", "smtp.mail", "smtp.helo" } },
  { "dkim", { "header.d", "header.i", "header.from" } },
  { "dmarc", { "header.from", NULL, NULL } },
};

static void
auth_result_free (gpointer data)
{
  SekAuthResult *result = data;
  g_free (result->method);
  g_free (result->result);
  g_free (result->domain);
  g_free (result);
}

/* Past white space and comments, which nest and may hold any delimiter (RFC 5322 §3.2.2). */
static const char *
skip_space (const char *p)
{
  guint depth = 0;
  for (; *p != '\0' && (depth > 0 || strchr (" \t\r\n(", *p) != NULL); p++)
    {
      if (*p == '\\' && depth > 0 && p[1] != '\0')
        p++;
      else if (*p == '(')
        depth++;
      else if (*p == ')' && depth > 0)
        depth--;
    }
  return p;
}

/* A token, a quoted string or one behind the other ("a b"@kaede.example), in lower case; NULL when there is
 * none. */
static char *
read_word (const char **at)
{
  const char *p = *at;
  g_autoptr (GString) word = g_string_new (NULL);
  gboolean quoted = FALSE;
  for (; *p != '\0' && (quoted || strchr (" \t\r\n();=", *p) == NULL); p++)
    {
      if (*p == '"')
        {
          quoted = !quoted;
          continue;
        }
      if (quoted && *p == '\\' && p[1] != '\0')
        p++;
      g_string_append_c (word, *p);
    }
  *at = p;
  return word->len > 0 ? g_utf8_strdown (word->str, -1) : NULL;
}

/* "word = word", with comments anywhere between; FALSE when it is something else. *at is moved as far as was
 * read. */
static gboolean
read_pair (const char **at, char **left, char **right)
{
  *at = skip_space (*at);
  g_autofree char *key = read_word (at);
  *at = skip_space (*at);
  if (key == NULL || **at != '=')
    return FALSE;
  *at = skip_space (*at + 1);
  *right = read_word (at);
  if (*right == NULL)
    return FALSE;
  *left = g_steal_pointer (&key);
  return TRUE;
}

static int
rank_of (const char *method, const char *property)
{
  for (gsize i = 0; i < G_N_ELEMENTS (subjects); i++)
    if (g_str_equal (subjects[i].method, method))
      for (gsize j = 0; j < G_N_ELEMENTS (subjects[i].properties); j++)
        if (g_strcmp0 (subjects[i].properties[j], property) == 0)
          return (int) (G_N_ELEMENTS (subjects[i].properties) - j);
  return 0;
}

/* "method=result", a reason and properties, up to the next semicolon or the end. */
static SekAuthResult *
read_result (const char **at)
{
  g_autofree char *method = NULL, *outcome = NULL;
  if (!read_pair (at, &method, &outcome))
    return NULL;
  SekAuthResult *result = g_new0 (SekAuthResult, 1);
  /* "dkim/1" is version 1 of the method. */
  method[strcspn (method, "/")] = '\0';
  result->method = g_steal_pointer (&method);
  result->result = g_steal_pointer (&outcome);
  result->domain = g_strdup ("");
  int best = 0;
  for (;;) /* each turn moves on in a field of SEK_SUBJECT_CHARS_MAX */
    {
      g_autofree char *property = NULL, *value = NULL;
      if (!read_pair (at, &property, &value))
        return result;
      int rank = rank_of (result->method, property);
      if (rank <= best)
        continue;
      best = rank;
      const char *domain = sek_addr_spec_domain (value);
      g_free (result->domain);
      result->domain = g_strdup (domain != NULL ? domain : value);
    }
}

/* To behind the next semicolon that is in no comment and no quoted string; to the end when there is none. */
static const char *
next_part (const char *p)
{
  while (*(p = skip_space (p)) != '\0' && *p != ';')
    {
      if (strchr ("=)", *p) != NULL)
        p++;
      else
        g_free (read_word (&p));
    }
  return *p == ';' ? p + 1 : p;
}

GPtrArray *
sek_authentication_parse (const char *field, char **authserv_id)
{
  GPtrArray *results = g_ptr_array_new_with_free_func (auth_result_free);
  const char *p = skip_space (field);
  *authserv_id = read_word (&p);
  if (*skip_space (p) == '=')
    {
      g_clear_pointer (authserv_id, g_free);
      p = field;
    }
  else
    p = next_part (p);
  for (; *p != '\0'; p = next_part (p)) /* a field is at most SEK_SUBJECT_CHARS_MAX long */
    {
      SekAuthResult *result = read_result (&p);
      if (result != NULL)
        g_ptr_array_add (results, result);
    }
  return results;
}

GPtrArray *
sek_authentication_of_gateway (const SekFacts *facts, const SekPolicy *policy)
{
  for (guint i = 0; i < facts->authentication_results->len; i++) /* at most SEK_AUTH_RESULTS_MAX */
    {
      g_autofree char *authserv_id = NULL;
      g_autoptr (GPtrArray) results =
          sek_authentication_parse (facts->authentication_results->pdata[i], &authserv_id);
      if (authserv_id != NULL && g_strv_contains ((const char *const *) policy->gateways, authserv_id))
        return g_steal_pointer (&results);
    }
  return NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/policy/sample.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define COLUMNS 100

/* Appends text as comments. Lines break at spaces and, as Japanese has none, behind any wide sign. */
static void
add_comment (GString *out, const char *text)
{
  g_autofree char *left = g_strdup (text);
  for (const char *start = left; *start != '\0';)
    {
      const char *end = start, *last = NULL;
      for (int columns = 0; *end != '\0' && columns < COLUMNS; end = g_utf8_next_char (end))
        {
          gboolean wide = g_unichar_iswide (g_utf8_get_char (end));
          columns += wide ? 2 : 1;
          if (*end == ' ')
            last = end;
          else if (wide)
            last = g_utf8_next_char (end);
        }
      if (*end != '\0' && last != NULL && last > start)
        end = last;
      g_string_append_printf (out, "# %.*s\n", (int) (end - start), start);
      start = end;
      while (*start == ' ')
        start++;
    }
}

char *
sek_policy_key_about (const SekPolicyKey *row)
{
  g_autofree char *preset =
      /* Translators: %s is what holds when the policy says nothing of a key. Ends with a full stop. */
      *row->preset != '\0' ? g_strdup_printf (_ ("Default: %s."), row->preset) : g_strdup ("");
  return g_strstrip (g_strconcat (_ (row->meaning), " ", preset, NULL));
}

static void
add_sample_key (GString *out, const SekPolicyGroup *group, const SekPolicyKey *row)
{
  g_autofree char *about = sek_policy_key_about (row);
  add_comment (out, about);
  if (row->key == NULL)
    g_string_append_printf (out, "#%s\n", row->example);
  else
    g_string_append_printf (out, "#%s=%s\n", row->key, row->example);
}

char *
sek_policy_sample (void)
{
  GString *out = g_string_new ("# SPDX-License-Identifier: GPL-3.0-or-later\n");
  add_comment (
      out, _ ("The policy of Sekisho: what the administrator tells every desktop. One key=value a line, in "
              "UTF-8, several values separated by semicolons. Take away the # in front of what you want "
              "to say; what is not said keeps its default. “sekisho policy lint FILE” finds the faults."));
  gsize n_groups = 0, n_keys = 0;
  const SekPolicyGroup *groups = sek_policy_groups (&n_groups);
  const SekPolicyKey *keys = sek_policy_keys (&n_keys);
  for (gsize i = 0; i < n_groups; i++)
    {
      gboolean has_name = strchr (groups[i].group, '*') != NULL;
      g_string_append_c (out, '\n');
      add_comment (out, _ (groups[i].meaning));
      g_string_append_printf (out, "%s[%s]\n", has_name ? "#" : "", groups[i].example);
      for (gsize j = 0; j < n_keys; j++)
        if (g_str_equal (keys[j].group, groups[i].group))
          add_sample_key (out, &groups[i], &keys[j]);
    }
  return g_string_free (out, FALSE);
}

/* A dot at the beginning of a line is a request, a hyphen may become a longer dash (man(7)). */
static void
add_roff (GString *out, const char *text)
{
  if (*text == '.' || *text == '\'')
    g_string_append (out, "\\&");
  for (const char *p = text; *p != '\0'; p++)
    if (*p == '\\')
      g_string_append (out, "\\e");
    else if (*p == '-')
      g_string_append (out, "\\-");
    else
      g_string_append_c (out, *p);
  g_string_append_c (out, '\n');
}

static void
add_manual_key (GString *out, const SekPolicyKey *row)
{
  g_string_append (out, ".TP\n.B ");
  add_roff (out, row->key != NULL ? row->key : "NAME");
  add_roff (out, row->meaning);
  if (*row->preset != '\0')
    g_string_append_printf (out, "Default:\n.BR %s .\n", row->preset);
  if (row->standing == SEK_STANDING_RECOMMENDED)
    g_string_append (out, "Recommended: a person's own setting counts.\n");
}

char *
sek_policy_manual (void)
{
  GString *out = g_string_new (NULL);
  gsize n_groups = 0, n_keys = 0;
  const SekPolicyGroup *groups = sek_policy_groups (&n_groups);
  const SekPolicyKey *keys = sek_policy_keys (&n_keys);
  for (gsize i = 0; i < n_groups; i++)
    {
      gboolean has_name = strchr (groups[i].group, '*') != NULL;
      g_string_append_printf (out, ".SS [%.*s%s]\n", (int) strcspn (groups[i].group, "*"), groups[i].group,
                              has_name ? "NAME" : "");
      add_roff (out, groups[i].meaning);
      for (gsize j = 0; j < n_keys; j++)
        if (g_str_equal (keys[j].group, groups[i].group))
          add_manual_key (out, &keys[j]);
    }
  return g_string_free (out, FALSE);
}

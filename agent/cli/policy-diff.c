/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "agent/cli/cli.h"
#include "agent/policy/document.h"

/* NULL after the faults were said: what is left of a faulty file is not what its author wants to compare. */
static SekPolicyDocument *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SekPolicyDocument) document = sek_policy_document_load (path, SEK_OWNER_ANY, &error);
  if (document == NULL)
    {
      sek_cli_complain (error->message);
      return NULL;
    }
  for (guint i = 0; i < document->faults->len; i++)
    {
      g_autofree char *text = sek_policy_fault_to_string (document, document->faults->pdata[i]);
      g_printerr ("%s\n", text);
    }
  return document->faults->len > 0 ? NULL : g_steal_pointer (&document);
}

static const SekPolicyEntry *
find (const SekPolicyDocument *document, const SekPolicyEntry *wanted)
{
  for (guint i = 0; i < document->entries->len; i++)
    {
      const SekPolicyEntry *entry = document->entries->pdata[i];
      if (g_str_equal (entry->group, wanted->group) && g_str_equal (entry->key, wanted->key))
        return entry;
    }
  return NULL;
}

static void
print_line (char sign, const SekPolicyEntry *entry)
{
  g_print ("%c [%s] %s=%s\n", sign, entry->group, entry->key, entry->value);
}

/* Prints what old has and the other has not, or not so. TRUE when there was something. */
static gboolean
print_gone (const SekPolicyDocument *old, const SekPolicyDocument *new)
{
  gboolean any = FALSE;
  for (guint i = 0; i < old->entries->len; i++)
    {
      const SekPolicyEntry *entry = old->entries->pdata[i], *other = find (new, entry);
      if (other != NULL && g_str_equal (other->value, entry->value))
        continue;
      print_line ('-', entry);
      if (other != NULL)
        print_line ('+', other);
      any = TRUE;
    }
  return any;
}

static gboolean
print_come (const SekPolicyDocument *old, const SekPolicyDocument *new)
{
  gboolean any = FALSE;
  for (guint i = 0; i < new->entries->len; i++)
    if (find (old, new->entries->pdata[i]) == NULL)
      {
        print_line ('+', new->entries->pdata[i]);
        any = TRUE;
      }
  return any;
}

int
sek_cli_policy_diff (int argc, char **argv)
{
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_auto (GStrv) paths = NULL;
  if (!sek_cli_parse_any ("policy diff", "OLD NEW", entries, argc, argv, &paths))
    return SEK_EXIT_UNREADABLE;
  if (paths == NULL || g_strv_length (paths) != 2)
    {
      sek_cli_complain (_ ("Name two policy files, the old one and the new one"));
      return SEK_EXIT_UNREADABLE;
    }
  g_autoptr (SekPolicyDocument) old = load (paths[0]);
  g_autoptr (SekPolicyDocument) new = load (paths[1]);
  if (old == NULL || new == NULL)
    return SEK_EXIT_UNREADABLE;
  gboolean gone = print_gone (old, new), come = print_come (old, new);
  return gone || come ? SEK_EXIT_WARNED : SEK_EXIT_CLEAR;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The administrator has spoken of this mail. A warning decides the level by itself: somebody has judged. That
 * one was found harmless is said and lowers nothing, as the marks of a mail can be copied by whoever has seen
 * it. */
#include "agent/engine/check.h"
#include "agent/engine/traces.h"

/* The text in every language, for who reads it: the engine knows no locale. */
static void
add_texts (SekFinding *finding, const SekAdvisory *advisory)
{
  g_autoptr (GList) languages = g_hash_table_get_keys (advisory->texts);
  languages = g_list_sort (languages, (GCompareFunc) g_strcmp0);
  for (const GList *item = languages; item != NULL; item = item->next)
    {
      const char *language = item->data;
      g_autofree char *key = *language != '\0' ? g_strdup_printf ("text[%s]", language) : g_strdup ("text");
      sek_finding_add (finding, key, g_hash_table_lookup (advisory->texts, language));
    }
}

void
sek_check_advisory_match (const SekCheckInput *input, GPtrArray *findings)
{
  const GPtrArray *advisories = input->policy->advisories;
  if (advisories->len == 0)
    return;
  g_autoptr (SekTraces) traces = sek_engine_traces (input->facts);
  for (guint i = 0; i < advisories->len; i++)
    {
      const SekAdvisory *advisory = advisories->pdata[i];
      if (!sek_advisory_means (advisory, traces))
        continue;
      gboolean harmless = advisory->level == SEK_LEVEL_CLEAR;
      SekFinding *finding = sek_findings_add (findings, "advisory-match", harmless ? "harmless" : NULL,
                                              harmless ? SEK_LEVEL_NOTICE : advisory->level);
      sek_finding_add (finding, "advisory", advisory->id);
      add_texts (finding, advisory);
    }
}

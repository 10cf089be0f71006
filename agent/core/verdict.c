/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/verdict.h"

#include "agent/core/error.h"
#include "agent/core/limits.h"
#include "agent/core/text.h"

static void
evidence_free (gpointer data)
{
  SekEvidence *evidence = data;
  g_free (evidence->key);
  g_free (evidence->value);
  g_free (evidence);
}

SekFinding *
sek_finding_new (const char *check, const char *code, SekLevel level)
{
  SekFinding *finding = g_new0 (SekFinding, 1);
  finding->check = g_strdup (check);
  finding->code = g_strdup (code != NULL ? code : "");
  finding->level = level;
  finding->evidence = g_ptr_array_new_with_free_func (evidence_free);
  return finding;
}

void
sek_finding_free (SekFinding *finding)
{
  if (finding == NULL)
    return;
  g_free (finding->check);
  g_free (finding->code);
  g_ptr_array_unref (finding->evidence);
  g_free (finding);
}

void
sek_finding_add (SekFinding *finding, const char *key, const char *value)
{
  if (value == NULL || finding->evidence->len >= SEK_EVIDENCE_MAX)
    return;
  SekEvidence *evidence = g_new0 (SekEvidence, 1);
  evidence->key = g_strdup (key);
  evidence->value = sek_text_show (value, SEK_EVIDENCE_CHARS_MAX);
  g_ptr_array_add (finding->evidence, evidence);
}

void
sek_finding_add_int (SekFinding *finding, const char *key, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);
  sek_finding_add (finding, key, text);
}

const char *
sek_finding_get (const SekFinding *finding, const char *key)
{
  for (guint i = 0; i < finding->evidence->len; i++)
    {
      const SekEvidence *evidence = finding->evidence->pdata[i];
      if (g_str_equal (evidence->key, key))
        return evidence->value;
    }
  return NULL;
}

/* The plain strings of a verdict, so that new, free, writing and reading can not drift apart. */
static const struct
{
  const char *key;
  gsize offset;
} string_fields[] = {
  { "id", G_STRUCT_OFFSET (SekVerdict, id) },
  { "subject", G_STRUCT_OFFSET (SekVerdict, subject) },
  { "claimed-name", G_STRUCT_OFFSET (SekVerdict, claimed_name) },
  { "sender-address", G_STRUCT_OFFSET (SekVerdict, sender_address) },
  { "known-address", G_STRUCT_OFFSET (SekVerdict, known_address) },
  { "telephone", G_STRUCT_OFFSET (SekVerdict, telephone) },
  { "message-id", G_STRUCT_OFFSET (SekVerdict, message_id) },
};

#define STRING(verdict, i) G_STRUCT_MEMBER (char *, verdict, string_fields[i].offset)

SekVerdict *
sek_verdict_new (void)
{
  SekVerdict *verdict = g_new0 (SekVerdict, 1);
  verdict->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_finding_free);
  for (gsize i = 0; i < G_N_ELEMENTS (string_fields); i++)
    STRING (verdict, i) = g_strdup ("");
  return verdict;
}

void
sek_verdict_free (SekVerdict *verdict)
{
  if (verdict == NULL)
    return;
  g_ptr_array_unref (verdict->findings);
  sek_details_free (verdict->details);
  for (gsize i = 0; i < G_N_ELEMENTS (string_fields); i++)
    g_free (STRING (verdict, i));
  g_free (verdict);
}

SekVerdict *
sek_verdict_copy (const SekVerdict *verdict)
{
  SekVerdict *copy = sek_verdict_new ();
  copy->level = verdict->level;
  copy->training = verdict->training;
  copy->may_trust = verdict->may_trust;
  copy->details = sek_details_copy (verdict->details);
  copy->microseconds = verdict->microseconds;
  for (gsize i = 0; i < G_N_ELEMENTS (string_fields); i++)
    {
      g_free (STRING (copy, i));
      STRING (copy, i) = g_strdup (STRING (verdict, i));
    }
  for (guint i = 0; i < verdict->findings->len; i++)
    {
      const SekFinding *from = verdict->findings->pdata[i];
      SekFinding *to = sek_finding_new (from->check, from->code, from->level);
      for (guint j = 0; j < from->evidence->len; j++)
        {
          const SekEvidence *evidence = from->evidence->pdata[j];
          sek_finding_add (to, evidence->key, evidence->value);
        }
      g_ptr_array_add (copy->findings, to);
    }
  return copy;
}

#define FINDINGS_TYPE "a(sssa(ss))"

GVariant *
sek_verdict_to_variant (const SekVerdict *verdict)
{
  GVariantDict dict;
  g_variant_dict_init (&dict, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (string_fields); i++)
    g_variant_dict_insert (&dict, string_fields[i].key, "s", STRING (verdict, i));
  g_variant_dict_insert (&dict, "level", "s", sek_level_to_string (verdict->level));
  g_variant_dict_insert (&dict, "training", "b", verdict->training);
  g_variant_dict_insert (&dict, "may-trust", "b", verdict->may_trust);
  g_variant_dict_insert (&dict, "microseconds", "x", verdict->microseconds);

  if (verdict->details != NULL)
    g_variant_dict_insert_value (&dict, "details", sek_details_to_variant (verdict->details));
  GVariantBuilder findings;
  g_variant_builder_init (&findings, G_VARIANT_TYPE (FINDINGS_TYPE));
  for (guint i = 0; i < verdict->findings->len; i++)
    {
      const SekFinding *finding = verdict->findings->pdata[i];
      g_variant_builder_open (&findings, G_VARIANT_TYPE ("(sssa(ss))"));
      g_variant_builder_add (&findings, "s", finding->check);
      g_variant_builder_add (&findings, "s", finding->code);
      g_variant_builder_add (&findings, "s", sek_level_to_string (finding->level));
      g_variant_builder_open (&findings, G_VARIANT_TYPE ("a(ss)"));
      for (guint j = 0; j < finding->evidence->len; j++)
        {
          const SekEvidence *evidence = finding->evidence->pdata[j];
          g_variant_builder_add (&findings, "(ss)", evidence->key, evidence->value);
        }
      g_variant_builder_close (&findings);
      g_variant_builder_close (&findings);
    }
  g_variant_dict_insert_value (&dict, "findings", g_variant_builder_end (&findings));
  return g_variant_dict_end (&dict);
}

static gboolean
refuse (GError **error, const char *what)
{
  g_set_error (error, SEK_CORE_ERROR, SEK_CORE_ERROR_FORMAT, "The answer is not a verdict: %s", what);
  return FALSE;
}

static gboolean
read_findings (GVariantIter *iter, SekVerdict *verdict, GError **error)
{
  if (g_variant_iter_n_children (iter) > SEK_FINDINGS_MAX)
    return refuse (error, "too many findings");
  const char *check, *code, *word;
  GVariantIter *pairs;
  while (g_variant_iter_next (iter, "(&s&s&sa(ss))", &check, &code, &word, &pairs))
    {
      g_autoptr (GVariantIter) evidence = pairs;
      SekLevel level;
      if (!sek_level_from_string (word, &level))
        return refuse (error, "unknown level of a finding");
      if (g_variant_iter_n_children (evidence) > SEK_EVIDENCE_MAX)
        return refuse (error, "too much evidence");
      SekFinding *finding = sek_finding_new (check, code, level);
      g_ptr_array_add (verdict->findings, finding);
      const char *key, *value;
      while (g_variant_iter_next (evidence, "(&s&s)", &key, &value))
        sek_finding_add (finding, key, value);
    }
  return TRUE;
}

SekVerdict *
sek_verdict_from_variant (GVariant *variant, GError **error)
{
  const char *text;
  g_autoptr (GVariantIter) findings = NULL;
  g_autoptr (SekVerdict) verdict = sek_verdict_new ();
  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE_VARDICT))
    refuse (error, "it must be a{sv}");
  else if (!g_variant_lookup (variant, "level", "&s", &text) ||
           !sek_level_from_string (text, &verdict->level))
    refuse (error, "it has no level");
  else if (!g_variant_lookup (variant, "findings", FINDINGS_TYPE, &findings))
    refuse (error, "it has no findings");
  else if (read_findings (findings, verdict, error))
    {
      for (gsize i = 0; i < G_N_ELEMENTS (string_fields); i++)
        if (g_variant_lookup (variant, string_fields[i].key, "&s", &text))
          {
            g_free (STRING (verdict, i));
            STRING (verdict, i) = sek_text_show (text, SEK_SUBJECT_CHARS_MAX);
          }
      g_variant_lookup (variant, "training", "b", &verdict->training);
      g_variant_lookup (variant, "may-trust", "b", &verdict->may_trust);
      g_autoptr (GVariant) details = g_variant_lookup_value (variant, "details", G_VARIANT_TYPE_VARDICT);
      verdict->details = details != NULL ? sek_details_from_variant (details) : NULL;
      g_variant_lookup (variant, "microseconds", "x", &verdict->microseconds);
      return g_steal_pointer (&verdict);
    }
  return NULL;
}

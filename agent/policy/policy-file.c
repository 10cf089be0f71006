/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/policy/policy-file.h"

#include "agent/policy/layers.h"

GQuark
sek_policy_error_quark (void)
{
  return g_quark_from_static_string ("sek-policy-error-quark");
}

/* document is taken; NULL passes on. */
static SekPolicy *
policy_from (SekPolicyDocument *document, GError **error)
{
  if (document == NULL)
    return NULL;
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_policy_source_unref);
  g_ptr_array_add (sources, sek_policy_source_new (SEK_AUTHORITY_SYSTEM, document));
  if (document->faults->len > 0)
    {
      g_autofree char *message = sek_policy_fault_to_string (document, document->faults->pdata[0]);
      g_set_error_literal (error, SEK_POLICY_ERROR, SEK_POLICY_ERROR_PARSE, message);
      return NULL;
    }
  g_autoptr (GPtrArray) decisions = sek_policy_decide (sources);
  return sek_policy_from_decisions (decisions);
}

SekPolicy *
sek_policy_parse (const char *data, gsize length, const char *name, GError **error)
{
  return policy_from (sek_policy_document_parse (data, length, name), error);
}

SekPolicy *
sek_policy_load (const char *path, GError **error)
{
  return policy_from (sek_policy_document_load (path, SEK_OWNER_ANY, error), error);
}

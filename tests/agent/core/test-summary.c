/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/summary.h"

#include "agent/core/error.h"
#include "agent/core/limits.h"

static SekFacts *
make_facts (void)
{
  SekFacts *facts = sek_facts_new ();
  g_ptr_array_add (facts->from, sek_mailbox_new ("佐藤", "Taro@kaede.example"));
  g_ptr_array_add (facts->to, sek_mailbox_new ("太田", "ota@kaede.example"));
  g_ptr_array_add (facts->cc, sek_mailbox_new (NULL, "x@other.example"));
  g_ptr_array_add (facts->references, g_strdup ("1@kaede.example"));
  g_ptr_array_add (facts->in_reply_to, g_strdup ("2@kaede.example"));
  facts->message_id = g_strdup ("3@kaede.example");
  facts->date = 42;
  return facts;
}

static void
test_from_facts (void)
{
  static const char *const me[] = { "taro@KAEDE.example", NULL };
  g_autoptr (SekFacts) facts = make_facts ();
  g_autoptr (SekMessageSummary) sent = sek_message_summary_from_facts (facts, me);
  g_assert_true (sent->sent_by_us);
  g_assert_cmpuint (sent->references->len, ==, 2);
  g_assert_cmpuint (sent->recipients->len, ==, 2);
  g_autoptr (SekMessageSummary) received = sek_message_summary_from_facts (facts, NULL);
  g_assert_false (received->sent_by_us);
}

static void
test_both_ways (void)
{
  g_autoptr (SekFacts) facts = make_facts ();
  g_autoptr (SekMessageSummary) summary = sek_message_summary_from_facts (facts, NULL);
  g_autoptr (GVariant) variant = g_variant_ref_sink (sek_message_summary_to_variant (summary));
  g_autoptr (GError) error = NULL;
  g_autoptr (SekMessageSummary) back = sek_message_summary_from_variant (variant, &error);
  g_assert_no_error (error);
  g_autoptr (GVariant) again = g_variant_ref_sink (sek_message_summary_to_variant (back));
  g_assert_true (g_variant_equal (variant, again));
}

static void
test_hostile (void)
{
  g_autoptr (GVariant) wrong = g_variant_ref_sink (g_variant_new_int32 (1));
  g_autoptr (GError) error = NULL;
  g_autoptr (SekMessageSummary) none = sek_message_summary_from_variant (wrong, &error);
  g_assert_null (none);
  g_assert_error (error, SEK_CORE_ERROR, SEK_CORE_ERROR_FORMAT);

  g_autoptr (SekFacts) facts = make_facts ();
  for (guint i = 0; i < 20000; i++)
    g_ptr_array_add (facts->references, g_strdup ("r"));
  g_autoptr (SekMessageSummary) summary = sek_message_summary_from_facts (facts, NULL);
  g_assert_cmpuint (summary->references->len, ==, SEK_REFERENCES_MAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/summary/from-facts", test_from_facts);
  g_test_add_func ("/core/summary/both-ways", test_both_ways);
  g_test_add_func ("/core/summary/hostile", test_hostile);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/facts.h"

#include "agent/core/error.h"
#include "agent/core/limits.h"

static SekFacts *
make_facts (void)
{
  SekFacts *facts = sek_facts_new ();
  g_ptr_array_add (facts->from, sek_mailbox_new ("太田 道子", "x@other.example"));
  g_ptr_array_add (facts->to, sek_mailbox_new (NULL, "taro@kaede.example"));
  g_ptr_array_add (facts->cc, sek_mailbox_new ("", NULL));
  g_ptr_array_add (facts->references, g_strdup ("a@kaede.example"));
  g_ptr_array_add (facts->trace, g_strdup ("Received: by mx.kaede.example"));
  g_ptr_array_add (facts->trace, g_strdup ("X-Spam-Flag: YES"));
  facts->message_id = g_strdup ("1@other.example");
  facts->subject = g_strdup ("Re: 件");
  facts->has_references = TRUE;
  facts->date = 1667433600;
  facts->size = 4711;
  SekAttachment *attachment = sek_attachment_new ();
  attachment->name = g_strdup ("20221103.zip");
  attachment->is_archive = attachment->encrypted = TRUE;
  attachment->entry_count = 1;
  SekArchiveEntry *entry = sek_archive_entry_new ("請求書.xls", 1234, TRUE);
  g_ptr_array_add (attachment->entries, entry);
  sek_traits_add (entry->traits, "macros", "Module1");
  entry->opened = TRUE;
  entry = sek_archive_entry_new ("Module1.bas", 12, FALSE);
  g_ptr_array_add (attachment->entries, entry);
  entry->parent = 0;
  entry->problem = g_strdup ("too-large");
  attachment->unlocked = TRUE;
  attachment->password = g_strdup ("1103");
  attachment->password_source = g_strdup ("body");
  attachment->where = g_strdup ("Fwd: 件");
  sek_traits_add (attachment->traits, "padded", "5000000");
  g_ptr_array_add (facts->attachments, attachment);
  g_ptr_array_add (facts->links, sek_link_new ("https://other.example/", NULL));
  sek_facts_add_problem (facts, "malformed", NULL);
  return facts;
}

static void
test_both_ways (void)
{
  g_autoptr (SekFacts) facts = make_facts ();
  g_autoptr (GVariant) variant = g_variant_ref_sink (sek_facts_to_variant (facts));
  g_autoptr (GError) error = NULL;
  g_autoptr (SekFacts) back = sek_facts_from_variant (variant, &error);
  g_assert_no_error (error);
  g_autoptr (GVariant) again = g_variant_ref_sink (sek_facts_to_variant (back));
  g_assert_true (g_variant_equal (variant, again));
  g_assert_cmpstr (sek_facts_author (back)->display_name, ==, "太田 道子");
  g_assert_cmpuint (back->trace->len, ==, 2);
  g_assert_cmpstr (back->trace->pdata[1], ==, "X-Spam-Flag: YES");
  const SekMailbox *nameless = back->to->pdata[0], *empty = back->cc->pdata[0];
  g_assert_null (nameless->display_name);
  g_assert_cmpstr (empty->display_name, ==, "");
  const SekAttachment *attachment = back->attachments->pdata[0];
  g_assert_true (attachment->encrypted);
  g_assert_cmpstr (((SekArchiveEntry *) attachment->entries->pdata[0])->name, ==, "請求書.xls");
  const SekArchiveEntry *outer = attachment->entries->pdata[0], *inner = attachment->entries->pdata[1];
  g_assert_cmpstr (sek_traits_find (outer->traits, "macros")->detail, ==, "Module1");
  g_assert_cmpint (inner->parent, ==, 0);
  g_assert_cmpstr (inner->problem, ==, "too-large");
  g_assert_cmpstr (attachment->password, ==, "1103");
  g_assert_cmpstr (attachment->where, ==, "Fwd: 件");
  g_assert_nonnull (sek_traits_find (attachment->traits, "padded"));
  g_assert_cmpstr (((SekLink *) back->links->pdata[0])->kind, ==, "text");
  g_assert_null (back->list_id);
}

static void
test_fits (void)
{
  g_autoptr (SekFacts) facts = make_facts ();
  g_free (facts->text);
  facts->text = g_strnfill (SEK_TEXT_BYTES_MAX, 't');
  g_autofree char *name = g_strnfill (SEK_NAME_CHARS_MAX, 'n');
  for (guint i = 0; i < SEK_LINKS_MAX; i++)
    g_ptr_array_add (facts->links, sek_link_new (name, name));
  for (guint i = 0; i < SEK_MAILBOXES_MAX; i++)
    g_ptr_array_add (facts->to, sek_mailbox_new (name, name));
  for (guint i = 1; i < SEK_ATTACHMENTS_MAX; i++)
    {
      SekAttachment *attachment = sek_attachment_new ();
      attachment->name = g_strdup (name);
      for (guint j = 0; j < SEK_ARCHIVE_ENTRIES_MAX; j++)
        g_ptr_array_add (attachment->entries, sek_archive_entry_new (name, 1, FALSE));
      g_ptr_array_add (facts->attachments, attachment);
    }
  g_autoptr (GVariant) variant = g_variant_ref_sink (sek_facts_to_variant (facts));
  g_assert_cmpuint (g_variant_get_size (variant), <=, SEK_FACTS_BYTES_MAX);
  g_autoptr (GError) error = NULL;
  g_autoptr (SekFacts) back = sek_facts_from_variant (variant, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (back->attachments->len, ==, SEK_ATTACHMENTS_MAX);
  g_assert_cmpstr (((SekProblem *) back->problems->pdata[0])->code, ==, "text-cut");
}

static void
refused (GVariant *variant)
{
  g_autoptr (GVariant) sunk = g_variant_ref_sink (variant);
  g_autoptr (GError) error = NULL;
  g_autoptr (SekFacts) facts = sek_facts_from_variant (sunk, &error);
  g_assert_null (facts);
  g_assert_error (error, SEK_CORE_ERROR, SEK_CORE_ERROR_FORMAT);
}

static GVariant *
dict_with (const char *key, GVariant *value)
{
  GVariantDict dict;
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert_value (&dict, key, value);
  return g_variant_dict_end (&dict);
}

static void
test_hostile (void)
{
  refused (g_variant_new_string ("no facts"));
  g_autofree char *long_text = g_strnfill (SEK_TEXT_BYTES_MAX + 1, 'x');
  refused (dict_with ("text", g_variant_new_string (long_text)));
  refused (dict_with ("subject", g_variant_new_string (long_text)));
  g_autofree char *huge = g_strnfill (SEK_FACTS_BYTES_MAX, 'x');
  /* Words of our own, and digests, are nothing else. */
  refused (dict_with ("sha256", g_variant_new_string ("../../etc/passwd")));
  refused (dict_with ("problems", g_variant_new_parsed ("[('Crashed\\n', @ms nothing)]")));
  refused (dict_with ("links", g_variant_new_parsed ("[('a', @ms nothing, '<b>', @ms nothing)]")));
  refused (dict_with ("nobody-reads-this", g_variant_new_string (huge)));

  GVariantBuilder many;
  g_variant_builder_init (&many, G_VARIANT_TYPE ("as"));
  for (guint i = 0; i <= SEK_REFERENCES_MAX; i++)
    g_variant_builder_add (&many, "s", "a");
  refused (dict_with ("references", g_variant_builder_end (&many)));
  g_variant_builder_init (&many, G_VARIANT_TYPE ("as"));
  for (guint i = 0; i <= SEK_TRACE_FIELDS_MAX; i++)
    g_variant_builder_add (&many, "s", "X-A: b");
  refused (dict_with ("trace", g_variant_builder_end (&many)));
  g_variant_builder_init (&many, G_VARIANT_TYPE ("as"));
  g_variant_builder_add (&many, "s", long_text);
  refused (dict_with ("trace", g_variant_builder_end (&many)));

  guint8 noise[64];
  for (guint round = 0; round < 2000; round++)
    {
      for (gsize i = 0; i < sizeof noise; i++)
        noise[i] = (guint8) g_test_rand_int_range (0, 256);
      g_autoptr (GBytes) bytes = g_bytes_new (noise, sizeof noise);
      g_autoptr (GVariant) variant =
          g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_VARDICT, bytes, FALSE));
      g_autoptr (SekFacts) facts = sek_facts_from_variant (variant, NULL);
      g_assert_true (facts == NULL || facts->from->len == 0);
    }
}

static void
test_wrong_types_are_ignored (void)
{
  g_autoptr (GVariant) variant = g_variant_ref_sink (dict_with ("subject", g_variant_new_int32 (1)));
  g_autoptr (GError) error = NULL;
  g_autoptr (SekFacts) facts = sek_facts_from_variant (variant, &error);
  g_assert_no_error (error);
  g_assert_null (facts->subject);
}

static void
test_problems (void)
{
  g_autoptr (SekFacts) facts = sek_facts_new ();
  sek_facts_add_problem (facts, "malformed", NULL);
  sek_facts_add_problem (facts, "malformed", NULL);
  sek_facts_add_problem (facts, "malformed", "x");
  g_assert_cmpuint (facts->problems->len, ==, 2);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *detail = g_strdup_printf ("%u", i);
      sek_facts_add_problem (facts, "malformed", detail);
    }
  g_assert_cmpuint (facts->problems->len, ==, SEK_PROBLEMS_MAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/facts/both-ways", test_both_ways);
  g_test_add_func ("/core/facts/fits", test_fits);
  g_test_add_func ("/core/facts/hostile", test_hostile);
  g_test_add_func ("/core/facts/wrong-types", test_wrong_types_are_ignored);
  g_test_add_func ("/core/facts/problems", test_problems);
  return g_test_run ();
}

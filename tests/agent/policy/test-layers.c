/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/policy/layers.h"

#include <string.h>

static SekPolicyDocument *
document (const char *name, const char *text)
{
  return sek_policy_document_parse (text, strlen (text), name);
}

static void
add (GPtrArray *sources, SekPolicyAuthority authority, const char *name, const char *text)
{
  g_ptr_array_add (sources, sek_policy_source_new (authority, document (name, text)));
}

static GPtrArray *
new_sources (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) sek_policy_source_unref);
}

static void
assert_fault (const SekPolicyDocument *read, guint index, const char *beginning, const char *reason)
{
  g_assert_cmpuint (read->faults->len, >, index);
  g_autofree char *text = sek_policy_fault_to_string (read, read->faults->pdata[index]);
  g_test_message ("%s", text);
  g_assert_true (g_str_has_prefix (text, beginning));
  g_assert_nonnull (strstr (text, reason));
}

/* Every fault is named with its place, and the rest can be gone by. */
static void
test_rest_stands (void)
{
  g_autoptr (SekPolicyDocument) read = document (
      "p", "[organisation]\nname=Kaede\n  domains =  a..example\ncolour=red\n[colours]\nred=1\n[client]\n"
           "unavailable=hold\n[history]\nkeep-days=0\n");
  g_assert_cmpuint (read->faults->len, ==, 4);
  assert_fault (read, 0, "p:3:14: ", "domain names");
  assert_fault (read, 1, "p:4:1: ", "no key “colour”");
  assert_fault (read, 2, "p:5:1: ", "no group [colours]");
  assert_fault (read, 3, "p:10:11: ", "from 1 to 36500");
  g_assert_true (read->usable);
  g_assert_cmpuint (read->entries->len, ==, 2);
}

/* Without its way or its address a report would go elsewhere than was meant. */
static void
test_not_usable (void)
{
  static const char *const texts[] = {
    "[organisation]\nname=x\n[report]\naddress=nobody\n",
    "[report]\naddress=a@b.example\nsmtp=nowhere\n",
    "[report]\naddress=a@b.example\ntls=perhaps\n",
    "[policy]\nserial=one\n",
    "[report]\nmaildir=/a\nclient=yes\n",
    "[organisation]\nname=a\nname=b\n",
    "[organisation\nname=a\n",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (SekPolicyDocument) read = document ("p", texts[i]);
      g_assert_false (read->usable);
      g_assert_cmpuint (read->faults->len, >, 0);
    }
}

/* An unknown key in what carries reports comes from a later version, and takes nothing away. */
static void
test_later_version (void)
{
  g_autoptr (SekPolicyDocument) read =
      document ("p", "[report]\naddress=a@b.example\nmaildir=/a\npaper=yes\n");
  g_assert_cmpuint (read->faults->len, ==, 1);
  g_assert_true (read->usable);
}

/* One mark less would mean other mails. */
static void
test_spoilt_advisory (void)
{
  g_autoptr (GPtrArray) sources = new_sources ();
  add (sources, SEK_AUTHORITY_SYSTEM, "p",
       "[advisory a]\ntext=A\nsender=a@b.example\ncolour=red\n[advisory b]\ntext=B\nsender=nobody\n"
       "domain=b.example\n[advisory c]\ntext=C\n");
  g_autoptr (GPtrArray) decisions = sek_policy_decide (sources);
  g_autoptr (SekPolicy) policy = sek_policy_from_decisions (decisions);
  g_assert_cmpuint (policy->advisories->len, ==, 1);
  const SekAdvisory *advisory = policy->advisories->pdata[0];
  g_assert_cmpstr (advisory->id, ==, "c");
}

static const SekPolicyVoice *
winner_of (const GPtrArray *decisions, const char *group, const char *key)
{
  const SekPolicyDecision *decision = sek_policy_decision_find (decisions, group, key);
  g_assert_nonnull (decision);
  return sek_policy_decision_winner (decision);
}

static void
test_order (void)
{
  g_autoptr (GPtrArray) sources = new_sources ();
  add (sources, SEK_AUTHORITY_SIGNED, "signed", "[organisation]\nname=Signed\n[report]\nmaildir=/signed\n");
  add (sources, SEK_AUTHORITY_SYSTEM, "first",
       "[organisation]\nname=First\ndomains=first.example\n[client]\nunavailable=hold\n[report]\n"
       "address=a@b.example\nsmtp=mail.example:25\n");
  add (sources, SEK_AUTHORITY_SYSTEM, "second", "[client]\nunavailable=show\n");
  add (sources, SEK_AUTHORITY_SYSTEM, "broken", "[client]\nunavailable=hold\n[report]\naddress=x\n");
  g_autoptr (GPtrArray) decisions = sek_policy_decide (sources);
  g_autoptr (SekPolicy) policy = sek_policy_from_decisions (decisions);
  g_assert_cmpstr (policy->organisation, ==, "Signed");
  g_assert_cmpstr (policy->domains[0], ==, "first.example");
  g_assert_false (policy->unavailable_holds);
  g_assert_cmpint (policy->report_transport, ==, SEK_REPORT_MAILDIR);
  g_assert_cmpstr (policy->report_target, ==, "/signed");

  const SekPolicyDecision *name = sek_policy_decision_find (decisions, "organisation", "name");
  g_assert_cmpuint (name->voices->len, ==, 2);
  const SekPolicyVoice *lost = name->voices->pdata[1];
  g_assert_cmpstr (lost->source->document->name, ==, "first");
  g_assert_nonnull (lost->lost);
  g_assert_cmpstr (winner_of (decisions, "client", "unavailable")->source->document->name, ==, "second");
  g_assert_cmpstr (winner_of (decisions, "report", "smtp")->entry->key, ==, "maildir");
}

/* What fetches policies must not be changed by what was fetched. */
static void
test_root_only (void)
{
  static const char text[] = "[policy]\nurl=https://x.example/p\nserial=3\n";
  g_autoptr (GPtrArray) sources = new_sources ();
  add (sources, SEK_AUTHORITY_SIGNED, "signed", text);
  add (sources, SEK_AUTHORITY_PERSON, "person", text);
  g_autoptr (GPtrArray) decisions = sek_policy_decide (sources);
  g_autoptr (SekPolicy) policy = sek_policy_from_decisions (decisions);
  g_assert_cmpstr (policy->pull_url, ==, "");
  g_assert_cmpint (policy->serial, ==, 3);
  g_assert_null (winner_of (decisions, "policy", "url"));
  add (sources, SEK_AUTHORITY_SYSTEM, "system", "[policy]\nurl=file:///srv/policy.conf\n");
  g_autoptr (GPtrArray) again = sek_policy_decide (sources);
  g_autoptr (SekPolicy) pulled = sek_policy_from_decisions (again);
  g_assert_cmpstr (pulled->pull_url, ==, "file:///srv/policy.conf");
}

static void
test_person (void)
{
  g_autoptr (GPtrArray) sources = new_sources ();
  add (sources, SEK_AUTHORITY_PERSON, "person",
       "[client]\nunavailable=show\nmay-trust=no\n[history]\nkeep-days=10\n[organisation]\nname=Mine\n"
       "[files]\nprograms=+abc\n[warning]\nphone=1\n");
  add (sources, SEK_AUTHORITY_SYSTEM, "system",
       "[client]\nunavailable=hold\nmay-trust=yes\nmay-change=client.may-trust;files.*\n"
       "[history]\nkeep-days=99\n[organisation]\nname=Kaede\n[files]\nprograms=+xyz\n");
  g_autoptr (GPtrArray) decisions = sek_policy_decide (sources);
  g_autoptr (SekPolicy) policy = sek_policy_from_decisions (decisions);
  g_assert_cmpstr (policy->organisation, ==, "Kaede"); /* decided */
  g_assert_true (policy->unavailable_holds);
  g_assert_false (policy->may_trust); /* left to the person by may-change */
  g_assert_cmpstr (policy->files[SEK_FILE_PROGRAM][0], ==, "+abc");
  g_assert_cmpint (policy->history_days, ==, 10); /* recommended only */
  g_assert_cmpstr (policy->phone, ==, "1");       /* nobody else says anything */
}

/* What the administrator has said and not left to the person. */
static void
test_locked (void)
{
  g_autoptr (GPtrArray) sources = new_sources ();
  add (sources, SEK_AUTHORITY_PERSON, "person", "[client]\nlearn=no\n[report]\nquarantine=yes\n");
  add (sources, SEK_AUTHORITY_SYSTEM, "system",
       "[client]\nunavailable=hold\nmay-trust=yes\nmay-change=client.may-trust\n[history]\nkeep-days=99\n");
  add (sources, SEK_AUTHORITY_SIGNED, "signed",
       "[report]\nquarantine=no\n[policy]\nurl=https://x.example/p\n");
  g_autoptr (GPtrArray) decisions = sek_policy_decide (sources);
  g_autoptr (SekPolicy) policy = sek_policy_from_decisions (decisions);
  static const struct
  {
    const char *group, *key;
    gboolean locked;
  } rows[] = {
    { "client", "learn", FALSE },      /* only the person says anything */
    { "report", "keep-copy", FALSE },  /* nobody does */
    { "client", "unavailable", TRUE }, /* a file of root */
    { "report", "quarantine", TRUE },  /* the signed policy, against the person */
    { "client", "may-trust", FALSE },  /* left to the person */
    { "history", "keep-days", FALSE }, /* recommended */
    { "policy", "url", FALSE },        /* said by somebody who is not heard */
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (sek_policy_is_locked (decisions, policy, rows[i].group, rows[i].key), ==,
                     rows[i].locked);
  g_assert_false (policy->learn_folders);
  g_assert_false (policy->quarantine);
}

/* One advisory in two files is the one of more weight, not a mixture. */
static void
test_advisories_whole (void)
{
  g_autoptr (GPtrArray) sources = new_sources ();
  add (sources, SEK_AUTHORITY_SYSTEM, "system",
       "[advisory a]\ntext=Old\nsender=a@b.example\n[advisory b]\ntext=B\n");
  add (sources, SEK_AUTHORITY_SIGNED, "signed", "[advisory a]\ntext=New\ndomain=c.example\n");
  add (sources, SEK_AUTHORITY_PERSON, "person", "[advisory a]\ntext=Mine\n");
  g_autoptr (GPtrArray) decisions = sek_policy_decide (sources);
  g_autoptr (SekPolicy) policy = sek_policy_from_decisions (decisions);
  g_assert_cmpuint (policy->advisories->len, ==, 2);
  for (guint i = 0; i < policy->advisories->len; i++)
    {
      const SekAdvisory *advisory = policy->advisories->pdata[i];
      if (g_str_equal (advisory->id, "b"))
        continue;
      g_assert_null (advisory->senders);
      g_assert_cmpstr (advisory->domains[0], ==, "c.example");
    }
}

/* Every row can be read, and its preset is what sek_policy_new () gives. */
static void
test_table (void)
{
  gsize count = 0;
  const SekPolicyKey *keys = sek_policy_keys (&count);
  g_assert_cmpuint (count, >, 40);
  for (gsize i = 0; i < count; i++)
    {
      const SekPolicyKey *row = &keys[i];
      gsize star = strlen (row->group) - 1;
      g_autofree char *group =
          row->group[star] == '*' ? g_strdup_printf ("%.*sx", (int) star, row->group) : g_strdup (row->group);
      g_assert_true (sek_policy_group_is_known (group));
      g_assert_true (row->meaning != NULL && *row->meaning != '\0' && *row->example != '\0');
      if (row->key == NULL)
        continue;
      g_assert_true (sek_policy_key_find (group, row->key) == row);
      g_autofree char *text = g_strdup_printf ("[%s]\n%s=%s\n", group, row->key, row->example);
      g_autoptr (SekPolicyDocument) read = document ("p", text);
      g_assert_cmpuint (read->faults->len, <=, 1); /* an advisory without text, smtp without address */
      if (*row->preset == '\0' || row->offset < 0 || star != strlen (group) - 1 || group[star] == 'x')
        continue;
      g_autoptr (SekPolicy) fresh = sek_policy_new ();
      g_autoptr (SekPolicy) told = sek_policy_new ();
      SekPolicyReading reading = { .policy = told };
      const SekPolicyText line = { group, row->key, row->preset };
      g_autofree char *reason = NULL;
      g_assert_true (sek_policy_key_read (&reading, row, &line, &reason));
      gboolean is_number = row->type == &sek_type_number || row->type == &sek_type_days ||
                           row->type == &sek_type_minutes || row->type == &sek_type_seconds ||
                           row->type == &sek_type_percent;
      if (row->type == &sek_type_field_name || row->type == &sek_type_token_field)
        g_assert_cmpstr (G_STRUCT_MEMBER (char *, told, row->offset), ==,
                         G_STRUCT_MEMBER (char *, fresh, row->offset));
      else if (is_number)
        g_assert_cmpint (G_STRUCT_MEMBER (gint64, told, row->offset), ==,
                         G_STRUCT_MEMBER (gint64, fresh, row->offset));
      else
        g_assert_cmpint (G_STRUCT_MEMBER (gboolean, told, row->offset), ==,
                         G_STRUCT_MEMBER (gboolean, fresh, row->offset));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/policy/layers/rest-stands", test_rest_stands);
  g_test_add_func ("/policy/layers/not-usable", test_not_usable);
  g_test_add_func ("/policy/layers/later-version", test_later_version);
  g_test_add_func ("/policy/layers/spoilt-advisory", test_spoilt_advisory);
  g_test_add_func ("/policy/layers/order", test_order);
  g_test_add_func ("/policy/layers/root-only", test_root_only);
  g_test_add_func ("/policy/layers/person", test_person);
  g_test_add_func ("/policy/layers/locked", test_locked);
  g_test_add_func ("/policy/layers/advisories-whole", test_advisories_whole);
  g_test_add_func ("/policy/layers/table", test_table);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/policy/policy-file.h"

#include <glib/gstdio.h>
#include <string.h>

static SekPolicy *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  SekPolicy *policy = sek_policy_parse (text, strlen (text), "p.conf", &error);
  g_assert_no_error (error);
  return policy;
}

static void
test_defaults (void)
{
  g_autoptr (SekPolicy) policy = parse ("");
  g_assert_cmpint (policy->serial, ==, 0);
  g_assert_cmpint (policy->report_transport, ==, SEK_REPORT_MAILDIR);
  g_assert_cmpstr (policy->report_target, ==, "");
  g_assert_false (policy->quarantine);
  g_assert_false (policy->unavailable_holds);
  g_assert_true (policy->may_trust);
}

static void
test_everything (void)
{
  g_autoptr (SekPolicy) policy = parse (
      "\xEF\xBB\xBF# "
      "comment\r\n[policy]\r\nserial=7\r\nissued=2026-11-23\r\nnot-after=2027-01-01T00:00:00Z\r\n"
      "url=https://kaede.example/policy\r\nkeys=RWQ1;RWQ2\r\n\r\n[organisation]\r\nname=楓商事\r\n"
      "domains=Kaede.example; momiji.example\r\ngateways=mx.kaede.example\r\ntrusted-lists=a.example\r\n"
      "[people]\r\n太田 道子=Michiko.Ota@kaede.example;ota@kaede.example\r\nO'Neill, "
      "Ann=ann@kaede.example\r\n"
      "[report]\r\naddress=admin@kaede.example\r\nsmtp=mail.kaede.example:25\r\nquarantine=yes\r\n"
      "[client]\r\nunavailable=hold\r\nmay-trust=no\r\n[check fake-reply]\r\nlevel=off\r\n"
      "[advisory 2026-11-23a]\r\npublished=2026-11-23\r\nlevel=danger\r\ntext=Look out\r\ntext[ja]=ご注意\r\n"
      "sender=x@other.example\r\n");
  g_assert_cmpint (policy->serial, ==, 7);
  g_assert_cmpstr (policy->organisation, ==, "楓商事");
  g_assert_cmpstr (policy->domains[0], ==, "kaede.example");
  g_assert_cmpstr (policy->domains[1], ==, "momiji.example");
  g_assert_cmpstr (policy->gateways[0], ==, "mx.kaede.example");
  g_assert_cmpuint (policy->people->len, ==, 2);
  const SekPerson *person = policy->people->pdata[0];
  g_assert_cmpstr (person->name, ==, "太田 道子");
  g_assert_cmpstr (person->addresses[0], ==, "michiko.ota@kaede.example");
  g_assert_cmpstr (person->addresses[1], ==, "ota@kaede.example");
  g_assert_cmpstr (policy->report_address, ==, "admin@kaede.example");
  g_assert_cmpint (policy->report_transport, ==, SEK_REPORT_SMTP);
  g_assert_cmpstr (policy->report_target, ==, "mail.kaede.example:25");
  g_assert_true (policy->quarantine);
  g_assert_true (policy->unavailable_holds);
  g_assert_false (policy->may_trust);
  SekLevel level = SEK_LEVEL_DANGER;
  g_assert_true (sek_policy_check_level (policy, "fake-reply", &level));
  g_assert_cmpint (level, ==, SEK_LEVEL_CLEAR);
}

static const struct
{
  const char *text, *message; /* how the message begins */
} faults[] = {
  { "[organisation]\nname=x\ncolour=red\n", "p.conf:3: colour: there is no such key in [organisation]" },
  { "[organisation]\nname=x\n\n[collar]\ncolour=red\n", "p.conf:4: there is no group [collar]" },
  { "[policy]\nserial=seven\n", "p.conf:2: serial: must be a whole number" },
  { "[policy]\nserial=-1\n", "p.conf:2: serial: " },
  { "[policy]\nissued=yesterday\n", "p.conf:2: issued: " },
  { "[organisation]\ndomains=ota@kaede.example\n", "p.conf:2: domains: " },
  { "[people]\n# x\n太田 道子=\n", "p.conf:3: 太田 道子: " },
  { "[people]\n太田 道子=somewhere\n", "p.conf:2: 太田 道子: " },
  { "[report]\naddress=a@b.example, c@d.example\n", "p.conf:2: address: " },
  { "[report]\nsmtp=mail.kaede.example\n", "p.conf:2: smtp: " },
  { "[report]\nsmtp=mail.kaede.example:99999\n", "p.conf:2: smtp: " },
  { "[report]\nhttps=http://kaede.example\n", "p.conf:2: https: " },
  { "[report]\nmaildir=reports\n", "p.conf:2: maildir: " },
  { "[report]\nsmtp=a.example:25\nmaildir=/var/reports\n", "p.conf:3: maildir: " },
  { "[report]\nquarantine=perhaps\n", "p.conf:2: quarantine: " },
  { "[client]\nunavailable=panic\n", "p.conf:2: unavailable: " },
  { "[check fake-reply]\nlevel=loud\n", "p.conf:2: level: " },
  { "[check ]\nlevel=off\n", "p.conf:1: " },
  { "\nserial=1\n", "p.conf:2: " },
  { "[policy]\nserial\n", "p.conf:2: " },
  { "[policy\nserial=1\n", "p.conf:1: " },
  { "[people]\n太田 [道子]=ota@kaede.example\n", "p.conf:2: " },
  { "[organisation]\nname=\xFF\n", "p.conf:2: the text is not UTF-8" },
};

static void
test_faults (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SekPolicy) policy =
          sek_policy_parse (faults[i].text, strlen (faults[i].text), "p.conf", &error);
      g_assert_null (policy);
      g_assert_error (error, SEK_POLICY_ERROR, SEK_POLICY_ERROR_PARSE);
      g_test_message ("%s", error->message);
      g_assert_true (g_str_has_prefix (error->message, faults[i].message));
    }
}

static void
test_sample (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SekPolicy) policy = sek_policy_load (SEK_SAMPLE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (policy->people->len, ==, 2);
}

static void
test_files (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SekPolicy) none = sek_policy_load ("/nonexistent/policy.conf", &error);
  g_assert_null (none);
  g_assert_error (error, SEK_POLICY_ERROR, SEK_POLICY_ERROR_READ);
  g_clear_error (&error);

  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("sekisho-policy-XXXXXX", &path, NULL);
  g_assert_cmpint (fd, >=, 0);
  g_autoptr (SekPolicy) empty = sek_policy_load (path, &error);
  g_assert_no_error (error);
  g_assert_nonnull (empty);
  g_autofree char *huge = g_strnfill (9 * 1024 * 1024, '#');
  g_assert_true (g_file_set_contents (path, huge, -1, NULL));
  g_autoptr (SekPolicy) refused = sek_policy_load (path, &error);
  g_assert_null (refused);
  g_assert_error (error, SEK_POLICY_ERROR, SEK_POLICY_ERROR_READ);
  g_assert_true (g_str_has_prefix (sek_policy_default_path (), "/"));
  g_unlink (path);
  g_close (fd, NULL);
}

static void
test_noise (void)
{
  for (guint round = 0; round < 3000; round++)
    {
      char noise[80] = { 0 };
      static const char letters[] = "[]=\n;#a \\polic yserial\xE5\xA4\xAA";
      for (gsize i = 0; i < sizeof noise; i++)
        noise[i] = letters[g_test_rand_int_range (0, sizeof letters)];
      g_autoptr (GError) error = NULL;
      g_autoptr (SekPolicy) policy = sek_policy_parse (noise, sizeof noise, "p.conf", &error);
      g_assert_true ((policy == NULL) == (error != NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/policy/file/defaults", test_defaults);
  g_test_add_func ("/policy/file/everything", test_everything);
  g_test_add_func ("/policy/file/faults", test_faults);
  g_test_add_func ("/policy/file/sample", test_sample);
  g_test_add_func ("/policy/file/files", test_files);
  g_test_add_func ("/policy/file/noise", test_noise);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/policy/policy-file.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "agent/policy/sample.h"

static SekPolicy *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  SekPolicy *policy = sek_policy_parse (text, strlen (text), "p", &error);
  g_assert_no_error (error);
  return policy;
}

static void
assert_strv (char **strv, const char *expected)
{
  g_autofree char *joined = g_strjoinv (" ", strv);
  g_assert_cmpstr (joined, ==, expected);
}

static const char everything[] = "[policy]\n"
                                 "serial=42\n"
                                 "issued=2026-11-23\n"
                                 "not-after=2027-11-23T00:00:00+09:00\n"
                                 "url=https://intranet.kaede.example/policy\n"
                                 "keys=RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3\n"
                                 "[organisation]\n"
                                 "name=楓商事\n"
                                 "domains=Kaede.example; 日本語.example ;\n"
                                 "gateways=MX1.kaede.example\n"
                                 "gateway-tags=[Hold];［要確認］\n"
                                 "trusted-lists=All.kaede.example\n"
                                 "[people]\n"
                                 "太田 道子=Michiko.Ota@kaede.example;ota@kaede.example\n"
                                 "O'Hara, Ken (Sales) =ken@kaede.example\n"
                                 "[telephones]\n"
                                 "Michiko.Ota@kaede.example=03-5550-0142（内線 42）\n"
                                 "[training]\n"
                                 "secret=a-secret-of-24-characters;another-secret-of-24-characters\n"
                                 "header=X-Drill\n"
                                 "[report]\n"
                                 "address=security@kaede.example\n"
                                 "smtp=[::1]:2525\n"
                                 "quarantine=true\n"
                                 "[client]\n"
                                 "unavailable=hold\n"
                                 "may-trust=no\n"
                                 "[history]\n"
                                 "keep-days=30\n"
                                 "strangers-after=7\n"
                                 "max-messages=5000\n"
                                 "[files]\n"
                                 "programs=+Tool;-com\n"
                                 "[check fake-reply]\n"
                                 "level=notice\n"
                                 "[check uninspectable]\n"
                                 "level=off\n"
                                 "[rule locked-key-dated]\n"
                                 "level=danger\n";

static void
test_everything (void)
{
  g_autoptr (SekPolicy) policy = parse (everything);
  g_assert_cmpint (policy->serial, ==, 42);
  g_assert_cmpint (policy->history_days, ==, 30);
  g_assert_cmpint (policy->strangers_after, ==, 7);
  g_assert_cmpint (policy->history_messages, ==, 5000);
  assert_strv (policy->files[SEK_FILE_PROGRAM], "+tool -com");
  g_assert_null (policy->files[SEK_FILE_SCRIPT]);
  g_assert_cmpstr (policy->organisation, ==, "楓商事");
  assert_strv (policy->domains, "kaede.example 日本語.example");
  assert_strv (policy->gateways, "mx1.kaede.example");
  assert_strv (policy->gateway_tags, "[hold] [要確認]");
  assert_strv (policy->trusted_lists, "all.kaede.example");
  assert_strv (policy->training_secrets, "a-secret-of-24-characters another-secret-of-24-characters");
  g_assert_cmpstr (policy->training_header, ==, "X-Drill");
  g_assert_cmpuint (policy->people->len, ==, 2);
  const SekPerson *ota = policy->people->pdata[0], *ohara = policy->people->pdata[1];
  g_assert_cmpstr (ota->name, ==, "太田 道子");
  g_assert_cmpstr (ota->name_key, ==, "太田道子");
  assert_strv (ota->addresses, "michiko.ota@kaede.example ota@kaede.example");
  g_assert_cmpstr (ohara->name, ==, "O'Hara, Ken (Sales)");
  g_assert_cmpstr (g_hash_table_lookup (policy->telephones, "michiko.ota@kaede.example"), ==,
                   "03-5550-0142（内線 42）");
  g_assert_cmpstr (policy->report_address, ==, "security@kaede.example");
  g_assert_cmpint (policy->report_transport, ==, SEK_REPORT_SMTP);
  g_assert_cmpstr (policy->report_target, ==, "[::1]:2525");
  g_assert_true (policy->quarantine);
  g_assert_true (policy->unavailable_holds);
  g_assert_false (policy->may_trust);
  SekLevel level;
  g_assert_true (sek_policy_rule_level (policy, "locked-key-dated", &level));
  g_assert_cmpint (level, ==, SEK_LEVEL_DANGER);
  g_assert_false (sek_policy_rule_level (policy, "fake-reply", &level));
  g_assert_true (sek_policy_check_level (policy, "fake-reply", &level));
  g_assert_cmpint (level, ==, SEK_LEVEL_NOTICE);
  g_assert_true (sek_policy_check_level (policy, "uninspectable", &level));
  g_assert_cmpint (level, ==, SEK_LEVEL_CLEAR);
  g_assert_false (sek_policy_check_level (policy, "macro-document", &level));
}

static void
test_defaults (void)
{
  static const char *const nothing[] = { "", "\n\n", "# only a comment\n", "\xEF\xBB\xBF",
                                         "[report]\nclient=no\n" };
  g_autoptr (SekPolicy) defaults = sek_policy_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (nothing); i++)
    {
      g_autoptr (SekPolicy) policy = parse (nothing[i]);
      g_assert_cmpint (policy->serial, ==, 0);
      g_assert_cmpint (policy->report_transport, ==, defaults->report_transport);
      g_assert_cmpstr (policy->report_target, ==, "");
      g_assert_cmpint (policy->may_trust, ==, defaults->may_trust);
      g_assert_cmpint (policy->quarantine, ==, defaults->quarantine);
    }
}

static void
test_transports (void)
{
  static const struct
  {
    const char *text;
    SekReportTransport transport;
    const char *target;
  } cases[] = {
    { "address=a@b.example\nsmtp=mail.example:25", SEK_REPORT_SMTP, "mail.example:25" },
    { "address=a@b.example\nsmtp=192.0.2.1:587", SEK_REPORT_SMTP, "192.0.2.1:587" },
    { "https=https://report.example/x?y=1", SEK_REPORT_HTTPS, "https://report.example/x?y=1" },
    { "maildir=/var/spool/見本 reports", SEK_REPORT_MAILDIR, "/var/spool/見本 reports" },
    { "client=yes", SEK_REPORT_CLIENT, "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("[report]\n%s\n", cases[i].text);
      g_autoptr (SekPolicy) policy = parse (text);
      g_assert_cmpint (policy->report_transport, ==, cases[i].transport);
      g_assert_cmpstr (policy->report_target, ==, cases[i].target);
    }
}

static void
test_line_ends (void)
{
  g_autoptr (SekPolicy) policy =
      parse ("\xEF\xBB\xBF# a comment\r\n[organisation]\r\n  domains = a.example \t\r\n"
             "[check x]\r\nlevel=caution\r");
  assert_strv (policy->domains, "a.example");
  SekLevel level;
  g_assert_true (sek_policy_check_level (policy, "x", &level));
  g_assert_cmpint (level, ==, SEK_LEVEL_CAUTION);
}

static void
test_advisory (void)
{
  g_autoptr (SekPolicy) policy = parse (
      "[advisory 2026-11-23a]\npublished=2026-11-23\nlevel=danger\ntext=Do not open\ntext[ja]=開かない\n"
      "sender=a@b.example;c@d.example\ndomain=b.example\nsubject=Re: 請求書 *\nmessage-id=<X@y>;Z@y\n"
      "sha256=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\nlink-domain=evil.example\n"
      "[advisory 2026-11-24]\ntext=Two\nlevel=clear\nquarantine=no\n");
  g_assert_cmpuint (policy->advisories->len, ==, 2);
  const SekAdvisory *first = policy->advisories->pdata[0], *second = policy->advisories->pdata[1];
  static const char *const japanese[] = { "ja", NULL };
  g_assert_cmpstr (first->id, ==, "2026-11-23a");
  g_assert_cmpint (first->published, ==, 1795392000);
  g_assert_cmpint (first->level, ==, SEK_LEVEL_DANGER);
  g_assert_true (first->quarantine);
  g_assert_cmpstr (sek_advisory_text (first, japanese), ==, "開かない");
  assert_strv (first->senders, "a@b.example c@d.example");
  assert_strv (first->subjects, "請求書 *");
  assert_strv (first->message_ids, "X@y Z@y");
  g_assert_cmpstr (sek_advisory_text (second, japanese), ==, "Two");
  g_assert_cmpint (second->level, ==, SEK_LEVEL_CLEAR);
  g_assert_false (second->quarantine);
  g_assert_false (sek_advisory_has_marks (second));
}

/* Each with the line and a word of the reason. */
static const struct
{
  const char *text;
  guint line;
  const char *reason;
} faults[] = {
  { "serial=1\n", 1, "before the first" },
  { "# c\n\nserial=1\n[policy]\n", 3, "before the first" },
  { "[policy]\nserial\n", 2, "key=value" },
  { "[policy]\r\nserial=1\r\nhello\r\n", 3, "key=value" },
  { "[policy\nserial=1\n", 1, "name of a group" },
  { "[]\n", 1, "name of a group" },
  { "[policy]\n=1\n", 2, "empty" },
  { "[people]\n山田 [営業]=y@k.example\n", 2, "[ or ]" },
  { "[polciy]\nserial=1\n", 1, "no group [polciy]" },
  { "[check]\nlevel=off\n", 1, "no group [check]" },
  { "[check Fake Reply]\nlevel=off\n", 1, "no group" },
  { "[advisory ]\n", 1, "no group" },
  { "[policy]\n\n# x\nserail=1\n", 4, "no key “serail” in [policy]" },
  { "[client]\nlevel=off\n", 2, "no key “level” in [client]" },
  { "[policy]\nkeys[ja]=x\n", 2, "no key" },
  { "[policy]\nserial=-1\n", 2, "whole number" },
  { "[policy]\nserial=1x\n", 2, "whole number" },
  { "[policy]\nserial=99999999999999999999\n", 2, "whole number" },
  { "[policy]\nissued=yesterday\n", 2, "date" },
  { "[policy]\nnot-after=2026-13-01\n", 2, "date" },
  { "[policy]\nurl=http://x.example/\n", 2, "https://" },
  { "[policy]\nserial=1\\q\n", 2, "after \\ only" },
  { "[policy]\nserial=1\nserial=2\n", 3, "line 2" },
  { "[policy]\n[client]\n[policy]\n", 3, "line 1" },
  { "[organisation]\ndomains=a.example;b..example\n", 2, "domain names" },
  { "[organisation]\ndomains=@a.example\n", 2, "domain names" },
  { "[organisation]\ngateways=two words\n", 2, "host names" },
  { "[training]\nsecret=short\n", 2, "24 characters" },
  { "[training]\nheader=Subject\n", 2, "begins with X-" },
  { "[organisation]\ngateway-tags=[SPAM];!\n", 2, "three characters" },
  { "[people]\nX Y=nobody\n", 2, "mail addresses" },
  { "[people]\nX Y=\n", 2, "mail addresses" },
  { "[people]\nX Y=a@b.example,c@d.example\n", 2, "mail addresses" },
  { "[people]\n様=a@b.example\n", 2, "not a person's name" },
  { "[telephones]\nOta=03-5550-0142\n", 2, "“Ota” is not a mail address" },
  { "[telephones]\na@b.example=ask me\n", 2, "a telephone number" },
  { "[telephones]\na@b.example=12345678901234567890123456789012345678901\n", 2, "40 characters" },
  { "[report]\naddress=A <a@b.example>\n", 2, "a mail address" },
  { "[report]\naddress=a@b.example\nsmtp=mail.example\n", 3, "host:port" },
  { "[report]\naddress=a@b.example\nsmtp=mail.example:0\n", 3, "host:port" },
  { "[report]\naddress=a@b.example\nsmtp=mail.example:65536\n", 3, "host:port" },
  { "[report]\naddress=a@b.example\nsmtp=:25\n", 3, "host:port" },
  { "[report]\naddress=a@b.example\nsmtp=a/b:25\n", 3, "host:port" },
  { "[report]\nsmtp=mail.example:25\n", 2, "no address" },
  { "[report]\nhttps=ftp://x.example\n", 2, "https://" },
  { "[report]\nmaildir=reports\n", 2, "path" },
  { "[report]\nmaildir=/a\n\nclient=yes\n", 4, "two ways" },
  { "[report]\naddress=a@b.example\nsmtp=m.example:25\nhttps=https://x.example/\n", 4, "two ways" },
  { "[report]\nquarantine=maybe\n", 2, "yes or no" },
  { "[report]\nquarantine=\n", 2, "yes or no" },
  { "[client]\nunavailable=crash\n", 2, "show or hold" },
  { "[history]\nkeep-days=0\n", 2, "from 1 to 36500" },
  { "[history]\nkeep-days=36501\n", 2, "from 1 to 36500" },
  { "[history]\nmax-messages=0\n", 2, "whole number" },
  { "[files]\nprograms=.exe\n", 2, "without their dot" },
  { "[files]\nprograms=+\n", 2, "without their dot" },
  { "[check fake-reply]\nlevel=clear\n", 2, "off, notice, caution or danger" },
  { "[check fake-reply]\nlevel=Danger\n", 2, "off, notice, caution or danger" },
  { "[rule name-locked]\nlevel=clear\n", 2, "off, notice, caution or danger" },
  { "[advisory a]\nlevel=off\n", 2, "clear, notice, caution or danger" },
  { "[advisory a]\nlevel=danger\n", 1, "needs a “text”" },
  { "[advisory a]\ntext=x\nsubject= * ?\n", 3, "a subject" },
  { "[advisory a]\ntext=x\nsender=;\n", 3, "mail addresses" },
  { "[advisory a]\ntext=x\nmessage-id=no\n", 3, "Message-ID" },
  { "[policy]\nkeys=RWQ1\n", 2, "minisign" },
  { "[policy]\nrollout=101\n", 2, "from 1 to 100" },
  { "[policy]\nurl=file://server/policy\n", 2, "https:// or file:///" },
  { "[client]\nmay-change=client.colour\n", 2, "names of keys" },
  { "[advisory a]\nsha256=abc\n", 2, "SHA-256" },
  { "[advisory a]\ntext=\n", 2, "a text" },
  { "[advisory a]\nsubject[ja]=x\n", 2, "no key" },
};

static void
test_faults (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (sek_policy_parse (faults[i].text, strlen (faults[i].text), "/etc/p.conf", &error));
      g_assert_error (error, SEK_POLICY_ERROR, SEK_POLICY_ERROR_PARSE);
      g_test_message ("%s", error->message);
      g_autofree char *place = g_strdup_printf ("/etc/p.conf:%u:", faults[i].line);
      if (!g_str_has_prefix (error->message, place) || strstr (error->message, faults[i].reason) == NULL)
        g_error ("case %" G_GSIZE_FORMAT ": “%s” should be “%s…%s…”", i, error->message, place,
                 faults[i].reason);
    }
}

static void
test_bytes (void)
{
  static const struct
  {
    const char *text;
    gsize length;
    const char *message;
  } cases[] = {
    { "[policy]\n# \xff\n", 13, "p:2:3: the line is not UTF-8" },
    { "[organisation]\nname=caf\xe9\n", 25, "p:2:9: the line is not UTF-8" },
    { "[policy]\n\nserial=1\0\n", 20, "p:3:9: the line holds a NUL byte" },
    { "[policy]\nserial=1\n\xe3\x81", 20, "p:3:1: the line is not UTF-8" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (sek_policy_parse (cases[i].text, cases[i].length, "p", &error));
      g_assert_error (error, SEK_POLICY_ERROR, SEK_POLICY_ERROR_PARSE);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

/* 8 MiB with the fault at the end, and one byte too many. */
static void
test_large (void)
{
  g_autoptr (GString) text = g_string_new ("[organisation]\nname=x\n");
  while (text->len < 4 * 1024 * 1024)
    g_string_append (text, "# a comment that goes on\n");
  guint line = 0;
  for (gsize i = 0; i < text->len; i++)
    line += text->str[i] == '\n';
  g_autoptr (SekPolicy) policy = parse (text->str);
  g_assert_cmpstr (policy->organisation, ==, "x");
  g_string_append (text, "broken\n# more\n");
  g_autoptr (GError) error = NULL;
  g_assert_null (sek_policy_parse (text->str, text->len, "p", &error));
  g_autofree char *place = g_strdup_printf ("p:%u:", line + 1);
  g_assert_true (g_str_has_prefix (error->message, place));

  g_clear_error (&error);
  gsize too_much = 8 * 1024 * 1024 + 1;
  g_autofree char *comment = g_strnfill (too_much, '#');
  g_assert_null (sek_policy_parse (comment, too_much, "p", &error));
  g_assert_nonnull (strstr (error->message, "8 MiB"));
  g_autoptr (SekPolicy) just = sek_policy_parse (comment, too_much - 1, "p", NULL);
  g_assert_nonnull (just);
}

static void
test_load (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sek-policy-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "policy.conf", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_null (sek_policy_load (path, &error));
  g_assert_error (error, SEK_POLICY_ERROR, SEK_POLICY_ERROR_READ);
  g_assert_nonnull (strstr (error->message, path));
  g_clear_error (&error);
  g_assert_null (sek_policy_load (folder, &error));
  g_assert_error (error, SEK_POLICY_ERROR, SEK_POLICY_ERROR_READ);
  g_clear_error (&error);

  /* A pipe must not hang it. */
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  g_assert_null (sek_policy_load (path, &error));
  g_assert_error (error, SEK_POLICY_ERROR, SEK_POLICY_ERROR_READ);
  g_clear_error (&error);
  g_remove (path);

  static const char good[] = "[policy]\nserial=7\n", bad[] = "[policy]\nserial=7\nseven\n";
  g_assert_true (g_file_set_contents (path, good, -1, NULL));
  g_autoptr (SekPolicy) policy = sek_policy_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (policy->serial, ==, 7);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_autoptr (SekPolicy) empty = sek_policy_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (empty->serial, ==, 0);

  g_assert_true (g_file_set_contents (path, bad, -1, NULL));
  g_assert_null (sek_policy_load (path, &error));
  g_autofree char *place = g_strconcat (path, ":3:", NULL);
  g_assert_true (g_str_has_prefix (error->message, place));
  g_autofree char *after = NULL;
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, bad);
  g_remove (path);
  g_rmdir (folder);
}

/* The keys of the sample that are not said, said. The other ways of a report stay comments. */
static char *
speaking_sample (void)
{
  g_autofree char *sample = sek_policy_sample ();
  g_auto (GStrv) lines = g_strsplit (sample, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    if ((*line)[0] == '#' && (*line)[1] != ' ' && !g_str_has_prefix (*line, "#https=") &&
        !g_str_has_prefix (*line, "#maildir=") && !g_str_has_prefix (*line, "#client="))
      (*line)[0] = ' ';
  return g_strjoinv ("\n", lines);
}

static void
test_sample (void)
{
  g_autofree char *silent_text = sek_policy_sample (), *text = speaking_sample ();
  g_autoptr (SekPolicy) silent = parse (silent_text);
  g_assert_cmpint (silent->serial, ==, 0);
  g_assert_cmpuint (silent->advisories->len, ==, 0);
  g_autoptr (SekPolicy) policy = parse (text);
  g_assert_cmpint (policy->report_transport, ==, SEK_REPORT_SMTP);
  g_assert_cmpuint (policy->people->len, ==, 1);
  g_assert_cmpuint (policy->advisories->len, ==, 1);
}

/* In the manual stands every key, and no line of it is taken for a request of roff that it is not. */
static void
test_manual (void)
{
  g_autofree char *manual = sek_policy_manual ();
  gsize count = 0;
  const SekPolicyKey *keys = sek_policy_keys (&count);
  for (gsize i = 0; i < count; i++)
    {
      g_autoptr (GString) wanted = g_string_new (keys[i].key != NULL ? keys[i].key : "NAME");
      g_string_replace (wanted, "-", "\\-", 0);
      g_string_prepend (wanted, ".TP\n.B ");
      g_string_append_c (wanted, '\n');
      g_assert_nonnull (strstr (manual, wanted->str));
    }
  g_assert_false (
      g_regex_match_simple ("^[.'](?!TP$|B [a-z0-9\\\\NAME-]+$|SS \\[|BR )", manual, G_REGEX_MULTILINE, 0));
}

/* Cut anywhere or with any byte changed, a policy is read or refused with a line: never more, never less. */
static void
test_mangled (void)
{
  g_autofree char *text = speaking_sample ();
  gsize length = strlen (text);
  static const char bytes[] = "\0\n[]=\\\xff;";
  for (gsize i = 0; i < length; i += 3)
    for (gsize j = 0; j <= sizeof bytes - 1; j++)
      {
        char kept = text[i];
        gsize take = j == sizeof bytes - 1 ? i : length;
        if (take == length)
          text[i] = bytes[j];
        g_autoptr (GError) error = NULL;
        g_autoptr (SekPolicy) policy = sek_policy_parse (text, take, "p", &error);
        g_assert_true ((policy != NULL) == (error == NULL));
        if (error != NULL)
          g_assert_true (g_regex_match_simple ("^p:[1-9][0-9]*:[1-9][0-9]*: .", error->message, 0, 0));
        text[i] = kept;
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/policy/file/everything", test_everything);
  g_test_add_func ("/policy/file/defaults", test_defaults);
  g_test_add_func ("/policy/file/transports", test_transports);
  g_test_add_func ("/policy/file/line-ends", test_line_ends);
  g_test_add_func ("/policy/file/advisory", test_advisory);
  g_test_add_func ("/policy/file/faults", test_faults);
  g_test_add_func ("/policy/file/bytes", test_bytes);
  g_test_add_func ("/policy/file/large", test_large);
  g_test_add_func ("/policy/file/load", test_load);
  g_test_add_func ("/policy/file/sample", test_sample);
  g_test_add_func ("/policy/file/manual", test_manual);
  g_test_add_func ("/policy/file/mangled", test_mangled);
  return g_test_run ();
}

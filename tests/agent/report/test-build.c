/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "agent/report/original.h"
#include "tests/agent/report/sample.h"

/* What Python's email package sees in the report. */
static char *
read_by_python (GBytes *report)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("sek-report-XXXXXX.eml", &path, NULL);
  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  gsize length = 0;
  const char *data = g_bytes_get_data (report, &length);
  g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) python =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, SEK_TEST_DATA "/read-report.py", path, NULL);
  g_assert_no_error (error);
  char *out = NULL;
  g_assert_true (g_subprocess_communicate_utf8 (python, NULL, NULL, &out, NULL, &error));
  g_assert_true (g_subprocess_get_successful (python));
  g_unlink (path);
  return out;
}

static GBytes *
small_mail (void)
{
  return g_bytes_new_static ("Subject: x\n\nHello\n", 18);
}

/* What Python's e-mail package reads; the words in capitals stand for what is computed. */
static const char whole[] =
    "From: ota@kaede.example\n"
    "To: security@kaede.example\n"
    "Subject: [Sekisho] danger: Re: 請求書の件\n"
    "Date: Mon, 23 Nov 2026 00:00:00 +0000\n"
    "Message-ID: <REPORT-ID@REPORTER.sekisho.invalid>\n"
    "MIME-Version: 1.0\n"
    "User-Agent: Sekisho/" SEK_VERSION "\n"
    "multipart/report feedback-report\n"
    "fields: From To Subject Date Message-ID MIME-Version User-Agent X-Sekisho-Original-Form Content-Type "
    "Content-Transfer-Encoding\n"
    "part 1: text/plain\n"
    "A mail was reported with Sekisho.\n"
    "HEADLINE\n\n"
    "Level: Danger\n"
    "From: 太田 道子 <x99@evil.example>\n"
    "Known address of this name: ota@kaede.example\n"
    "Subject: Re: 請求書の件\n"
    "Reported by: ota@kaede.example\n"
    "Mail program: Claws Mail 4.1.1\n"
    "Folder: 受信箱\n\n"
    "What Sekisho found:\n"
    "- [Caution] SENTENCE\n"
    "- [Notice] The subject begins with “Re:”, but the mail does not say which earlier mail it answers.\n\n"
    "The mail is attached byte for byte. Be careful when opening it.\n"
    "part 2: message/feedback-report\n"
    "  Feedback-Type: fraud\n"
    "  User-Agent: Sekisho/" SEK_VERSION "\n"
    "  Version: 1\n"
    "  X-Sekisho-Report-Id: REPORT-ID\n"
    "  Reported-Domain: evil.example\n"
    "  X-Sekisho-Sender-Address: x99@evil.example\n"
    "  X-Sekisho-Verdict-Level: danger\n"
    "  X-Sekisho-Findings: internal-name-external-address, fake-reply/no-headers-unknown\n"
    "  X-Sekisho-Original-Message-Id: 1@evil.example\n"
    "  X-Sekisho-Original-SHA256: DIGEST\n"
    "  X-Sekisho-Original-Size: 18\n"
    "  X-Sekisho-Original-Form: exact-lines-lf\n"
    "  X-Sekisho-Original-Final-Newline: yes\n"
    "  X-Sekisho-Client: Claws Mail 4.1.1\n"
    "  X-Sekisho-Folder: 受信箱\n"
    "  X-Sekisho-Original-Bytes: exact\n"
    "  X-Sekisho-Policy-Serial: 42\n"
    "  rest: ''\n"
    "part 3: message/rfc822\n";

static void
test_whole (void)
{
  g_autoptr (GBytes) original = small_mail ();
  g_autoptr (SekVerdict) verdict = sample_verdict ("Re: 請求書の件");
  g_autoptr (SekPolicy) policy = sample_policy (SEK_REPORT_SMTP, "mail.example:25");
  g_autoptr (GBytes) report = sample_report (original, verdict, policy);
  g_autofree char *seen = read_by_python (report);
  g_autofree char *sentence = sek_wording_finding (verdict->findings->pdata[0]);
  g_autoptr (GString) expected = g_string_new (whole);
  g_string_replace (expected, "HEADLINE", sek_wording_headline (verdict), 0);
  g_string_replace (expected, "SENTENCE", sentence, 0);
  /* The isolates around values are not sent. */
  g_string_replace (expected, "\u2068", "", 0);
  g_string_replace (expected, "\u2069", "", 0);
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, original);
  g_autofree char *id = sek_report_id (original);
  g_autofree char *who = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "ota@kaede.example", -1);
  g_assert_cmpuint (strlen (id), ==, 32);
  who[12] = '\0';
  g_string_replace (expected, "DIGEST", digest, 0);
  g_string_replace (expected, "REPORT-ID", id, 0);
  g_string_replace (expected, "REPORTER", who, 0);
  g_assert_cmpstr (seen, ==, expected->str);
}

static void
test_training (void)
{
  g_autoptr (GBytes) original = small_mail ();
  g_autoptr (SekVerdict) verdict = sample_verdict ("Re: 請求書の件");
  g_autoptr (SekPolicy) policy = sample_policy (SEK_REPORT_SMTP, "mail.example:25");
  for (int training = 0; training <= 1; training++)
    {
      verdict->training = training;
      g_autoptr (GBytes) report = sample_report (original, verdict, policy);
      g_autofree char *seen = read_by_python (report);
      g_assert_true ((strstr (seen, "[Sekisho] training: ") != NULL) == training);
      g_assert_true ((strstr (seen, "X-Sekisho-Training: recognised\n") != NULL) == training);
      g_assert_true ((strstr (seen, "Training mail: recognised by its token.") != NULL) == training);
    }
}

/* Whether it may be too late, and whether the evidence is what came. */
static void
test_circumstances (void)
{
  static const struct
  {
    const char *state;
    const char *words;
  } cases[] = { { "held", "Attachments: held back" },
                { "released", "Attachments: the person has released them" },
                { "free", "Attachments: nothing held them back" },
                { NULL, NULL } };
  g_autoptr (GBytes) original = small_mail ();
  g_autoptr (SekPolicy) policy = sample_policy (SEK_REPORT_SMTP, "mail.example:25");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SekReportInput input = {
        .original = original, .policy = policy, .attachments = cases[i].state, .rebuilt = i % 2 == 1
      };
      g_autoptr (GBytes) report = sek_report_build (&input);
      g_autofree char *seen = read_by_python (report);
      g_autofree char *field = g_strdup_printf ("X-Sekisho-Attachments: %s\n", cases[i].state);
      g_assert_true ((strstr (seen, field) != NULL) == (cases[i].state != NULL));
      g_assert_true ((strstr (seen, "\nAttachments: ") != NULL) == (cases[i].state != NULL));
      g_assert_true (cases[i].words == NULL || strstr (seen, cases[i].words) != NULL);
      g_assert_true ((strstr (seen, "X-Sekisho-Original-Bytes: rebuilt\n") != NULL) == input.rebuilt);
      g_assert_true ((strstr (seen, "attached byte for byte") != NULL) != input.rebuilt);
    }
}

static void
test_without_anything (void)
{
  g_autoptr (GBytes) original = g_bytes_new (NULL, 0);
  g_autoptr (SekPolicy) policy = sek_policy_new ();
  SekReportInput input = { .original = original, .policy = policy };
  g_autoptr (GBytes) report = sek_report_build (&input);
  g_autofree char *seen = read_by_python (report);
  g_assert_null (strstr (seen, "defect"));
  g_assert_nonnull (strstr (seen, "Subject: [Sekisho] not checked:\n"));
  g_assert_nonnull (strstr (seen, "From: sekisho@localhost.invalid\nTo: undisclosed-recipients:;\n"));
  g_assert_nonnull (strstr (seen, "Sekisho had not checked it."));
  g_assert_nonnull (strstr (seen, "X-Sekisho-Original-Size: 0\n"));
  g_assert_nonnull (strstr (seen, "X-Sekisho-Policy-Serial: 0\n"));
}

/* A mail can put anything into its subject, its name, its ids; a client into its own fields. */
static void
test_injection (void)
{
  static const char attack[] = "x\r\nBcc: victim@example.net\r\n\r\n--=_sekisho_\r\nEvil: 1\xff\xe2\x80\xae";
  g_autoptr (GBytes) original = small_mail ();
  g_autoptr (SekVerdict) verdict = sample_verdict (attack);
  char **const fields[] = { &verdict->claimed_name, &verdict->sender_address, &verdict->known_address,
                            &verdict->message_id };
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_free (*fields[i]);
      *fields[i] = g_strdup (attack);
    }
  g_ptr_array_add (verdict->findings, sek_finding_new (attack, attack, SEK_LEVEL_NOTICE));
  g_autoptr (SekPolicy) policy = sample_policy (SEK_REPORT_SMTP, "mail.example:25");
  SekReportInput input = { .original = original,
                           .verdict = verdict,
                           .policy = policy,
                           .reporter = attack,
                           .client = attack,
                           .folder = attack,
                           .attachments = attack };
  g_autoptr (GBytes) report = sek_report_build (&input);
  g_autofree char *text = g_strndup (g_bytes_get_data (report, NULL), g_bytes_get_size (report));
  g_assert_null (strstr (text, "\nBcc"));
  g_assert_null (strstr (text, "\nEvil"));
  g_autofree char *seen = read_by_python (report);
  g_assert_null (strstr (seen, "defect"));
  g_assert_nonnull (strstr (seen, "fields: From To Subject Date Message-ID MIME-Version User-Agent "
                                  "X-Sekisho-Original-Form Content-Type Content-Transfer-Encoding\npart 1"));
  g_assert_nonnull (strstr (seen, "[U+202E]"));
  g_assert_nonnull (strstr (seen, "part 3: message/rfc822\n"));
  g_assert_null (strstr (seen, "part 4"));
}

static void
test_shapes (void)
{
  g_autoptr (GPtrArray) shapes = sample_shapes ();
  g_autoptr (SekPolicy) policy = sample_policy (SEK_REPORT_SMTP, "mail.example:25");
  g_autoptr (SekVerdict) verdict = sample_verdict ("x");
  for (guint i = 0; i < shapes->len; i++)
    {
      const Shape *shape = shapes->pdata[i];
      g_autoptr (GBytes) report = sample_report (shape->bytes, verdict, policy);
      gsize length = 0;
      const char *data = g_bytes_get_data (report, &length);
      /* Fit for SMTP: CRLF only, no NUL, no line above 998 (RFC 5321 §4.5.3.1.6). */
      gsize line = 0;
      for (gsize at = 0; at < length; at++)
        {
          g_assert_true (data[at] != '\0');
          g_assert_true ((data[at] == '\r') == (at + 1 < length && data[at + 1] == '\n'));
          line = data[at] == '\n' || data[at] == '\r' ? 0 : line + 1;
          g_assert_cmpuint (line, <=, 998);
        }
      g_autofree char *form = NULL;
      g_autoptr (GBytes) back = sample_extract (data, length, &form);
      g_assert_cmpstr (form, ==, shape->form);
      sample_assert_bytes (back, shape->bytes, shape->name);
    }
}

/* The boundary is taken from the mail's own digest, so no mail can hold it; one that holds the boundary of
 * another report is no trouble either. */
static void
test_report_of_a_report (void)
{
  g_autoptr (GBytes) original = small_mail ();
  g_autoptr (SekPolicy) policy = sample_policy (SEK_REPORT_SMTP, "mail.example:25");
  g_autoptr (GBytes) first = sample_report (original, NULL, policy);
  g_autoptr (GBytes) second = sample_report (first, NULL, policy);
  gsize length = 0;
  const char *data = g_bytes_get_data (second, &length);
  g_autoptr (GBytes) back = sample_extract (data, length, NULL);
  sample_assert_bytes (back, first, "report of a report");
}

static void
test_ids (void)
{
  g_autoptr (GBytes) one = g_bytes_new_static ("a", 1);
  g_autoptr (GBytes) same = g_bytes_new ("a", 1);
  g_autoptr (GBytes) other = g_bytes_new_static ("b", 1);
  g_autofree char *id_one = sek_report_id (one), *id_same = sek_report_id (same),
                  *id_other = sek_report_id (other);
  g_assert_cmpstr (id_one, ==, id_same);
  g_assert_cmpstr (id_one, !=, id_other);
  g_assert_true (g_regex_match_simple ("^[0-9a-f]{32}$", id_one, 0, 0));
  /* The same report twice is the same bytes, so that repeats fold. */
  g_autoptr (SekPolicy) policy = sample_policy (SEK_REPORT_SMTP, "mail.example:25");
  g_autoptr (GBytes) first = sample_report (one, NULL, policy);
  g_autoptr (GBytes) second = sample_report (same, NULL, policy);
  g_assert_true (g_bytes_equal (first, second));
}

/* For a receiver that wants one .eml and nothing else. */
static void
test_attachment (void)
{
  g_autoptr (SekPolicy) policy = sample_policy (SEK_REPORT_SMTP, "");
  policy->report_profile = SEK_PROFILE_ATTACHMENT;
  g_autoptr (SekVerdict) verdict = sample_verdict ("Your %{id} invoice");
  g_autoptr (GBytes) original = g_bytes_new_static ("Subject: x\n\nHello\n", 18);
  g_autoptr (GBytes) report = sample_report (original, verdict, policy);
  const char *text = g_bytes_get_data (report, NULL);
  gsize length = g_bytes_get_size (report);
  g_assert_nonnull (g_strstr_len (text, (gssize) length, "\r\nSubject: 3|Your %{id} invoice\r\n"));
  g_assert_nonnull (g_strstr_len (text, (gssize) length, "\r\nContent-Type: multipart/mixed;\r\n"));
  g_assert_null (g_strstr_len (text, (gssize) length, "feedback"));
  g_assert_nonnull (g_strstr_len (text, (gssize) length, "\r\n\r\nSubject: x\r\n\r\nHello\r\n\r\n--"));

  g_free (policy->report_subject);
  policy->report_subject = g_strdup ("%{level} %{subject} (%{id})");
  g_autofree char *id = sek_report_id (original);
  g_autofree char *wanted = g_strdup_printf ("\r\nSubject: danger Your %%{id} invoice\r\n (%s)\r\n", id);
  g_autofree char *flat = g_strdup_printf ("\r\nSubject: danger Your %%{id} invoice (%s)\r\n", id);
  g_autoptr (GBytes) other = sample_report (original, verdict, policy);
  text = g_bytes_get_data (other, NULL);
  length = g_bytes_get_size (other);
  g_assert_true (g_strstr_len (text, (gssize) length, wanted) != NULL ||
                 g_strstr_len (text, (gssize) length, flat) != NULL);
}

/* Above the limit only the header travels, and the report says so; at the limit all does. */
static void
test_too_large (void)
{
  const char *mail = "Subject: x\r\nTo: a@b.example\r\n\r\nHello, a body that stays at home\r\n";
  g_autoptr (SekPolicy) policy = sample_policy (SEK_REPORT_SMTP, "");
  g_autoptr (GBytes) original = g_bytes_new_static (mail, strlen (mail));
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, original);
  policy->report_max_bytes = (gint64) strlen (mail) - 1;
  g_autoptr (GBytes) report = sample_report (original, NULL, policy);
  g_autofree char *text = g_strndup (g_bytes_get_data (report, NULL), g_bytes_get_size (report));
  g_assert_nonnull (strstr (text, SEK_FORM_FIELD ": head-only\r\n"));
  g_assert_nonnull (strstr (text, sha256));
  g_assert_nonnull (strstr (text, "Content-Type: text/rfc822-headers\r\n"));
  g_autofree char *head = g_base64_encode ((const guchar *) mail, (gsize) (strstr (mail, "Hello") - mail));
  g_assert_nonnull (strstr (text, head));
  g_assert_null (strstr (text, "stays at home"));
  policy->report_max_bytes++;
  g_autoptr (GBytes) complete = sample_report (original, NULL, policy);
  g_autofree char *all = g_strndup (g_bytes_get_data (complete, NULL), g_bytes_get_size (complete));
  g_assert_nonnull (strstr (all, mail));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/build/circumstances", test_circumstances);
  g_test_add_func ("/report/build/training", test_training);
  g_test_add_func ("/report/build/whole", test_whole);
  g_test_add_func ("/report/build/without-anything", test_without_anything);
  g_test_add_func ("/report/build/injection", test_injection);
  g_test_add_func ("/report/build/shapes", test_shapes);
  g_test_add_func ("/report/build/report-of-a-report", test_report_of_a_report);
  g_test_add_func ("/report/build/ids", test_ids);
  g_test_add_func ("/report/build/attachment", test_attachment);
  g_test_add_func ("/report/build/too-large", test_too_large);
  return g_test_run ();
}

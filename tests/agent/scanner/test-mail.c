/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole mails to facts, without the seal. */
#include "agent/scanner/scanner.h"
#include "tests/agent/scanner/support.h"
#include "tests/agent/scanner/zip.h"

#include <string.h>

static SekFacts *
read_mail (const char *mail)
{
  return sek_scan_bytes (mail, strlen (mail), (gint64) strlen (mail), NULL, NULL, NULL);
}

static void
test_header (void)
{
  g_autoptr (SekFacts) facts =
      read_mail ("Return-Path: <bounce@kaede.example>\r\n"
                 "Authentication-Results: mx.kaede.example;\r\n\tspf=pass smtp.mailfrom=kaede.example\r\n"
                 "Authentication-Results: relay.example; dkim=none\r\n"
                 "From: =?UTF-8?B?5aSq55SwIOmBk+WtkA==?= <ota@kaede.example>\r\n"
                 "From: second@kaede.example\r\n"
                 "Sender: desk@kaede.example\r\n"
                 "Reply-To: \"Ota\" <x@elsewhere.example>\r\n"
                 "To: a@kaede.example, Staff: b@kaede.example;\r\n"
                 "Cc: c@kaede.example\r\n"
                 "Subject: =?ISO-2022-JP?B?GyRCJDQ/JjVhGyhC?= 2026\r\n"
                 "Date: Tue, 24 Nov 2026 10:00:00 +0900\r\n"
                 "Message-ID: <1@kaede.example>\r\n"
                 "In-Reply-To: <0@kaede.example> (comment)\r\n"
                 "References: <a@kaede.example>\r\n <b@kaede.example><0@kaede.example>\r\n"
                 "X-Mailer: Old 1.0\r\nUser-Agent: New 2.0\r\n"
                 "List-Unsubscribe: <mailto:off@kaede.example>\r\nList-Id: Staff <staff.kaede.example>\r\n"
                 "Auto-Submitted: auto-replied\r\n"
                 "Content-Type: text/plain; charset=us-ascii\r\n\r\nbody\r\n");
  g_assert_cmpstr (facts->return_path, ==, "bounce@kaede.example");
  g_assert_cmpuint (facts->authentication_results->len, ==, 2);
  g_assert_cmpstr (facts->authentication_results->pdata[0], ==,
                   "mx.kaede.example;\tspf=pass smtp.mailfrom=kaede.example");
  g_assert_cmpuint (facts->from->len, ==, 2);
  g_assert_cmpstr (sek_facts_author (facts)->display_name, ==, "太田 道子");
  g_assert_cmpstr (sek_facts_author (facts)->addr_spec, ==, "ota@kaede.example");
  g_assert_cmpuint (facts->sender->len, ==, 1);
  g_assert_cmpuint (facts->reply_to->len, ==, 1);
  g_assert_cmpuint (facts->to->len, ==, 2);
  g_assert_cmpuint (facts->cc->len, ==, 1);
  g_assert_cmpint (facts->date, ==, 1795482000);
  g_assert_cmpstr (facts->message_id, ==, "1@kaede.example");
  g_assert_true (facts->has_in_reply_to && facts->has_references);
  g_assert_cmpuint (facts->in_reply_to->len, ==, 1);
  g_assert_cmpuint (facts->references->len, ==, 3);
  g_assert_cmpstr (facts->references->pdata[2], ==, "0@kaede.example");
  g_assert_cmpstr (facts->mail_program, ==, "New 2.0");
  g_assert_cmpstr (facts->list_id, ==, "Staff <staff.kaede.example>");
  g_assert_cmpstr (facts->auto_submitted, ==, "auto-replied");
  g_assert_cmpstr (facts->media_type, ==, "text/plain");
  g_assert_cmpstr (facts->text, ==, "body\r\n");
  g_assert_cmpuint (facts->problems->len, ==, 0);
}

static void
test_header_odd (void)
{
  g_autoptr (SekFacts) facts =
      read_mail ("From: Michiko Ota\nReturn-Path: <>\nIn-Reply-To: Your message of Friday\n"
                 "References:\nMessage-ID: no-brackets@kaede.example\nDate: yesterday\n\n");
  g_assert_cmpstr (sek_facts_author (facts)->display_name, ==, "Michiko Ota");
  g_assert_null (sek_facts_author (facts)->addr_spec);
  g_assert_cmpstr (facts->return_path, ==, "");
  g_assert_true (facts->has_in_reply_to && facts->has_references);
  g_assert_cmpuint (facts->in_reply_to->len, ==, 0);
  g_assert_cmpuint (facts->references->len, ==, 0);
  g_assert_cmpstr (facts->message_id, ==, "no-brackets@kaede.example");
  g_assert_cmpint (facts->date, ==, 0);
  g_assert_null (facts->subject);
  g_assert_null (facts->mail_program);
  g_assert_cmpstr (facts->media_type, ==, "text/plain");
}

/* In their order, and no more than fit. */
static void
test_trace (void)
{
  g_autoptr (SekFacts) facts =
      read_mail ("X-Spam-Flag:\n YES\nReceived: from a\n\tby mx.kaede.example; now\nX-: nothing\n"
                 "authentication-results: mx.kaede.example; none\nSubject: x\nx-last: 1\n\n");
  g_assert_cmpuint (facts->trace->len, ==, 4);
  g_assert_cmpuint (facts->headers->len, ==, 6);
  g_assert_cmpstr (facts->trace->pdata[0], ==, "X-Spam-Flag: YES");
  g_assert_cmpstr (facts->trace->pdata[1], ==, "Received: from a\tby mx.kaede.example; now");
  g_assert_cmpstr (facts->trace->pdata[2], ==, "authentication-results: mx.kaede.example; none");
  g_assert_cmpstr (facts->trace->pdata[3], ==, "x-last: 1");

  g_autoptr (GString) many = g_string_new ("From: a@kaede.example\n");
  for (guint i = 0; i < 2 * SEK_TRACE_FIELDS_MAX; i++)
    g_string_append_printf (many, "X-%u: %0*d\n", i, 2 * SEK_TRACE_CHARS_MAX, 0);
  g_string_append (many, "\n");
  g_autoptr (SekFacts) hostile = read_mail (many->str);
  g_assert_cmpuint (hostile->trace->len, ==, SEK_TRACE_FIELDS_MAX);
  g_assert_cmpuint (strlen (hostile->trace->pdata[0]), <=, SEK_TRACE_CHARS_MAX);
  g_assert_true (g_str_has_prefix (hostile->trace->pdata[SEK_TRACE_FIELDS_MAX - 1], "X-199: "));
  g_assert_cmpuint (hostile->headers->len, ==, SEK_HEADER_FIELDS_MAX);
  g_assert_cmpuint (strlen (hostile->headers->pdata[0]), <=, SEK_HEADER_FIELD_CHARS_MAX);
}

/* The exact bytes have this digest, however they are repaired for reading. */
static void
test_digest (void)
{
  static const char mail[] = "From: a@kaede.example\rSubject: old\r\rtext\rmore\r";
  g_autoptr (SekFacts) facts = read_mail (mail);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, mail, -1);
  g_assert_cmpstr (facts->sha256, ==, digest);
  g_assert_cmpint (facts->size, ==, strlen (mail));
  g_assert_cmpstr (facts->subject, ==, "old");
  g_assert_cmpstr (facts->text, ==, "text\nmore\n");
}

static void
test_bodies (void)
{
  g_autoptr (SekFacts) facts = read_mail (
      "From: a@kaede.example\nContent-Type: multipart/mixed; boundary=m\n\n"
      "--m\nContent-Type: multipart/alternative; boundary=a\n\n"
      "--a\nContent-Type: text/plain\n\nplain https://kaede.example/\n"
      "--a\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
      "<p>HTML <a href=3D\"https://x.example/\">link</a>=E3=81=82</p>\n--a--\n"
      "--m\nContent-Type: text/plain\n\nfooter\n"
      "--m\nContent-Type: text/plain; name=\"note.txt\"\n\nnamed\n"
      "--m\nContent-Type: text/plain\nContent-Disposition: attachment\n\nnot a body\n"
      "--m\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\n"
      "--m\nContent-Type: image/gif\nContent-Disposition: inline; filename=a.gif\n\nGIF89a\n--m--\n");
  g_assert_cmpstr (facts->text, ==, "plain https://kaede.example/\nfooter\nnamed");
  g_assert_cmpstr (facts->html_text, ==, "HTML linkあ");
  g_assert_cmpuint (facts->links->len, ==, 2);
  /* A text with a name is both: clients show it, and offer to save it. */
  g_assert_cmpuint (facts->attachments->len, ==, 4);
  g_assert_cmpstr (test_attachment (facts, 0)->name, ==, "note.txt");
  g_assert_cmpint (test_attachment (facts, 0)->size, ==, 5);
  g_assert_null (test_attachment (facts, 1)->name);
  g_assert_cmpstr (test_attachment (facts, 2)->media_type, ==, "text/calendar");
  g_assert_cmpstr (test_attachment (facts, 2)->format, ==, "ics");
  g_assert_cmpstr (test_attachment (facts, 3)->name, ==, "a.gif");
  g_assert_cmpstr (test_attachment (facts, 3)->format, ==, "gif");
  g_assert_cmpuint (facts->problems->len, ==, 0);
}

static void
test_attached_mail (void)
{
  g_autoptr (SekFacts) facts = read_mail (
      "From: a@kaede.example\nContent-Type: multipart/mixed; boundary=m\n\n"
      "--m\n\nouter text\n"
      "--m\nContent-Type: message/rfc822\n\n"
      "From: b@kaede.example\nSubject: =?UTF-8?B?6KuL5rGC?=\nContent-Type: multipart/mixed; boundary=i\n\n"
      "--i\n\ninner text https://inner.example/\n"
      "--i\nContent-Type: application/pdf; name=bill.pdf\n\n%PDF-1.4\n--i--\n"
      "--m\nContent-Type: message/rfc822; name=\"given.eml\"\n\nFrom: c@kaede.example\n\nx\n"
      "--m--\n");
  g_assert_cmpstr (facts->text, ==, "outer text");
  g_assert_cmpuint (facts->links->len, ==, 1);
  g_assert_cmpstr (((const SekLink *) facts->links->pdata[0])->where, ==, "請求");
  g_assert_cmpuint (facts->attachments->len, ==, 3);
  g_assert_cmpstr (test_attachment (facts, 0)->name, ==, "請求.eml");
  g_assert_cmpstr (test_attachment (facts, 0)->media_type, ==, "message/rfc822");
  g_assert_cmpint (test_attachment (facts, 0)->size, >, 100);
  g_assert_cmpuint (strlen (test_attachment (facts, 0)->sha256), ==, 64);
  g_assert_cmpstr (test_attachment (facts, 1)->name, ==, "bill.pdf");
  g_assert_cmpstr (test_attachment (facts, 1)->where, ==, "請求");
  g_assert_cmpstr (test_attachment (facts, 1)->format, ==, "pdf");
  g_assert_cmpstr (test_attachment (facts, 2)->name, ==, "given.eml");
}

static void
test_attachment_names (void)
{
  static const struct
  {
    const char *fields, *name;
  } cases[] = {
    { "Content-Type: application/zip; name=\"a.zip\"\n", "a.zip" },
    { "Content-Disposition: attachment; filename=\"b.zip\"\nContent-Type: application/zip; name=\"a.zip\"\n",
      "b.zip" },
    { "Content-Disposition: attachment;\n filename*0*=utf-8''%E8%AB%8B;\n filename*1=.zip\n", "請.zip" },
    { "Content-Disposition: attachment; filename=\"=?ISO-2022-JP?B?GyRCQEE1YRsoQg==?=.zip\"\n", "請求.zip" },
    { "Content-Disposition: attachment; filename=\"\220\277\213\201\217\221.zip\"\n", "請求書.zip" },
    { "Content-Disposition: attachment; filename=\"\033$B@A5a=q\033(B.zip\"\n", "請求書.zip" },
    { "Content-Type: application/octet-stream\n", NULL },
    { "Content-Disposition: attachment; filename=\"\"\n", NULL },
    { "Content-Disposition: attachment; filename=\"a\u202egpj.exe\"\n", "a\u202egpj.exe" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *mail =
          g_strdup_printf ("From: a@kaede.example\nContent-Type: multipart/mixed; boundary=m\n\n"
                           "--m\n%s\nx\n--m--\n",
                           cases[i].fields);
      g_autoptr (SekFacts) facts = read_mail (mail);
      g_assert_cmpstr (test_attachment (facts, 0)->name, ==, cases[i].name);
    }
}

static void
test_attachment_content (void)
{
  const ZipEntry entries[] = { { "a.exe", ZIP_ENCRYPTED, ZIP_STORED, "MZ" }, { NULL, 0, 0, NULL } };
  g_autoptr (GByteArray) zip = zip_new (entries, NULL);
  /* By content, whatever it is called. */
  g_autoptr (GString) mail = test_mail_with_attachment ("\"photo.jpg\"", zip->data, zip->len);
  g_autoptr (SekFacts) facts = read_mail (mail->str);
  const SekAttachment *attachment = test_attachment (facts, 0);
  g_autofree char *digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, zip->data, zip->len);
  g_assert_cmpstr (attachment->name, ==, "photo.jpg");
  g_assert_cmpstr (attachment->format, ==, "zip");
  g_assert_cmpint (attachment->size, ==, zip->len);
  g_assert_cmpstr (attachment->sha256, ==, digest);
  g_assert_true (attachment->is_archive && attachment->encrypted);
  test_assert_entry (attachment, 0, "a.exe", 2, TRUE);
}

static void
test_foreign_archive (void)
{
  g_autoptr (GString) mail = test_mail_with_attachment ("\"a.ace\"", "1234567**ACE**", 14);
  g_autoptr (SekFacts) facts = read_mail (mail->str);
  g_assert_cmpstr (test_attachment (facts, 0)->problem, ==, "archive-unsupported");
  g_assert_true (test_attachment (facts, 0)->is_archive);
}

/* Every step of the scan is published before the next is begun. */
static void
count_publish (const SekFacts *facts, gpointer user_data)
{
  guint *count = user_data;
  g_assert_cmpstr (facts->subject, ==, "x");
  ++*count;
}

static void
test_publish (void)
{
  static const char mail[] = "From: a@kaede.example\nSubject: x\nContent-Type: text/html\n\n<p>x</p>";
  guint count = 0;
  g_autoptr (SekFacts) facts =
      sek_scan_bytes (mail, strlen (mail), (gint64) strlen (mail), NULL, count_publish, &count);
  g_assert_cmpstr (facts->html_text, ==, "x");
  g_assert_cmpuint (count, ==, 2);
}

static void
test_malformed (void)
{
  static const char *const mails[] = {
    "From: a@kaede.example\nContent-Type: multipart/mixed\n\nno boundary\n",
    "From: a@kaede.example\nContent-Type: multipart/mixed; boundary=x\n\nnever begins\n",
    "From: a@kaede.example\nContent-Type: text/plain\nContent-Type: text/html\n\nwhich\n",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (mails); i++)
    {
      g_autoptr (SekFacts) facts = read_mail (mails[i]);
      g_assert_true (test_has_problem (facts, "malformed"));
      g_assert_cmpuint (strlen (facts->text), >, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autoptr (GPtrArray) warm = sek_scan_warm_up ();
  g_test_add_func ("/scanner/mail/header", test_header);
  g_test_add_func ("/scanner/mail/header-odd", test_header_odd);
  g_test_add_func ("/scanner/mail/trace", test_trace);
  g_test_add_func ("/scanner/mail/digest", test_digest);
  g_test_add_func ("/scanner/mail/bodies", test_bodies);
  g_test_add_func ("/scanner/mail/attached-mail", test_attached_mail);
  g_test_add_func ("/scanner/mail/attachment-names", test_attachment_names);
  g_test_add_func ("/scanner/mail/attachment-content", test_attachment_content);
  g_test_add_func ("/scanner/mail/foreign-archive", test_foreign_archive);
  g_test_add_func ("/scanner/mail/publish", test_publish);
  g_test_add_func ("/scanner/mail/malformed", test_malformed);
  return g_test_run ();
}

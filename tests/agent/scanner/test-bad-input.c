/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mails made to break a reader, through the real scanner: each gives facts that say what is wrong, within the
 * time and the memory of a child. No "timed-out" or "crashed" is accepted where it is not named. */
#include "tests/agent/scanner/support.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "agent/core/limits.h"

#define HEADER "From: Taro <taro@kaede.example>\nSubject: bad input\nMIME-Version: 1.0\n"

static void
repeat (GString *mail, const char *text, guint times)
{
  for (guint i = 0; i < times; i++)
    g_string_append (mail, text);
}

static void
numbered (GString *mail, const char *before, const char *after, guint times)
{
  for (guint i = 0; i < times; i++)
    g_string_append_printf (mail, "%s%u%s", before, i, after);
}

static void
make_empty (GString *mail)
{
}

static void
make_blank (GString *mail)
{
  repeat (mail, " \r\n", 100);
}

static void
make_not_a_mail (GString *mail)
{
  g_string_append (mail, "just a text\nin two lines: yes\n");
}

static void
make_nul_bytes (GString *mail)
{
  g_string_append (mail, HEADER "\npass");
  g_string_append_len (mail, "\0word\0", 6);
}

static void
make_parts (GString *mail)
{
  g_string_append (mail, HEADER "Content-Type: multipart/mixed; boundary=b\n\n");
  numbered (mail, "--b\nContent-Type: text/plain\n\npart ", "\n", 10000);
  g_string_append (mail, "--b--\n");
}

static void
make_attachments (GString *mail)
{
  g_string_append (mail, HEADER "Content-Type: multipart/mixed; boundary=b\n\n");
  numbered (mail, "--b\nContent-Disposition: attachment; filename=f", "\n\nx\n", 1000);
  g_string_append (mail, "--b--\n");
}

static void
make_nested_multiparts (GString *mail)
{
  g_string_append (mail, HEADER "Content-Type: multipart/mixed; boundary=b0\n\n");
  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (mail, "--b%u\nContent-Type: multipart/mixed; boundary=b%u\n\n", i, i + 1);
  g_string_append (mail, "--b1000\n\ndeep\n");
  for (guint i = 0; i <= 1000; i++)
    g_string_append_printf (mail, "--b%u--\n", 1000 - i);
}

static void
make_nested_mails (GString *mail)
{
  g_string_append (mail, HEADER);
  repeat (mail, "Content-Type: message/rfc822\n\n", 1000);
  g_string_append (mail, "Subject: deep\n\ntext\n");
}

static void
make_long_line (GString *mail)
{
  g_string_append (mail, HEADER "\n");
  repeat (mail, "0123456789abcdef", 50 * 1024 * 1024 / 16);
}

static void
make_long_header_line (GString *mail)
{
  g_string_append (mail, "X-Long: ");
  repeat (mail, "0123456789abcdef", 50 * 1024 * 1024 / 16);
  g_string_append (mail, "\n" HEADER "\ntext\n");
}

static void
make_long_html_line (GString *mail)
{
  g_string_append (mail, HEADER "Content-Type: text/html\n\n");
  repeat (mail, "<i>01234567</i>\t", 50 * 1024 * 1024 / 16);
}

static void
make_big_attachment (GString *mail)
{
  g_string_append (mail, HEADER "Content-Type: application/octet-stream; name=big.bin\n"
                                "Content-Transfer-Encoding: base64\n\n");
  repeat (mail, "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU2Nzg5QUJDREVGR0hJSktMTU5PUFFS\n",
          100 * 1024 * 1024 / 73);
}

static void
make_big_archive (GString *mail)
{
  g_string_append (mail, HEADER "Content-Type: application/zip; name=big.zip\n"
                                "Content-Transfer-Encoding: base64\n\nUEsDBA==\n");
  repeat (mail, "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU2Nzg5QUJDREVGR0hJSktMTU5PUFFS\n",
          100 * 1024 * 1024 / 73);
}

static void
make_long_header_name (GString *mail)
{
  repeat (mail, "X", 65536);
  g_string_append (mail, ": x\n" HEADER "\ntext\n");
}

static void
make_many_headers (GString *mail)
{
  numbered (mail, "X-Header-", ": x\n", 100000);
  g_string_append (mail, HEADER "\ntext\n");
}

static void
make_many_address_headers (GString *mail)
{
  numbered (mail, "To: u", "@kaede.example\n", 100000);
  g_string_append (mail, HEADER "\ntext\n");
}

/* GMime reads every address field again for each it meets; in an attached mail that can not be kept from it.
 */
static void
make_attached_headers (GString *mail)
{
  g_string_append (mail, HEADER "Content-Type: message/rfc822\n\n");
  numbered (mail, "To: u", "@kaede.example\n", 100000);
  g_string_append (mail, "\ntext\n");
}

static void
make_many_recipients (GString *mail)
{
  g_string_append (mail, HEADER "To: x@kaede.example");
  numbered (mail, ",\n user ", " <u@kaede.example>", 100000);
  g_string_append (mail, "\n\ntext\n");
}

static void
make_many_references (GString *mail)
{
  g_string_append (mail, HEADER "References: ");
  numbered (mail, "<", "@kaede.example>\n ", 10000);
  g_string_append (mail, "\n\ntext\n");
}

static void
make_cut_base64 (GString *mail)
{
  g_string_append (mail, HEADER "Content-Type: application/zip; name=a.zip\n"
                                "Content-Transfer-Encoding: base64\n\nUEsDBBQAAQAI");
}

static void
make_no_end (GString *mail)
{
  g_string_append (mail, HEADER "Content-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n--b\n"
                                "Content-Type: application/pdf; name=a.pdf\n\n%PDF-1.4");
}

static void
make_open_quotes (GString *mail)
{
  g_string_append (mail, "From: \"Taro <taro@kaede.example>\nSubject: bad input\n"
                         "Content-Type: multipart/mixed; boundary=\"b\n\n--b\n"
                         "Content-Disposition: attachment; filename=\"a.zip\n\nx\n--b--\n");
}

/* What would cost a simple reader the square of its length. */
static void
make_squares (GString *mail)
{
  g_string_append (mail, HEADER "To: ");
  repeat (mail, "\"\\", 120000);
  g_string_append (mail, "\nCc: ");
  repeat (mail, ":", 250000);
  g_string_append (mail, ";\nReply-To: ");
  repeat (mail, "(", 250000);
  g_string_append (mail, "\nSender: ");
  repeat (mail, "=?utf-8?b?", 25000);
  g_string_append (mail, "\nContent-Type: text/html\nContent-Disposition: inline");
  numbered (mail, "; filename*", "*=%41", 20000);
  g_string_append (mail, "\n\n");
  repeat (mail, "<", 1000000);
}

static void
make_deep_html (GString *mail)
{
  g_string_append (mail, HEADER "Content-Type: text/html\n\nfirst ");
  repeat (mail, "<div>", 300000);
}

static void
make_wide_html (GString *mail)
{
  g_string_append (mail, HEADER "Content-Type: text/html\n\n");
  numbered (mail, "<b id=", ">", 900);
  repeat (mail, "<p>x", 300000);
}

static void
make_many_links (GString *mail)
{
  g_string_append (mail, HEADER "\n");
  numbered (mail, "https://kaede.example/", " \n", 100000);
}

#ifndef SEK_SANITIZED
/* More empty parts than there is memory for. A sanitizer's shadow memory leaves no room for a limit. */
static void
make_memory (GString *mail)
{
  g_string_append (mail, HEADER "Content-Type: multipart/mixed; boundary=b\n\n");
  repeat (mail, "--b\n\n", 2000000);
}
#endif

typedef struct
{
  const char *name;
  void (*make) (GString *mail);
  const char *problem; /* NULL: there is none */
  const char *detail;  /* NULL: any */
} BadInput;

static const BadInput inputs[] = {
  { "empty", make_empty, "empty", NULL },
  { "blank", make_blank, "empty", NULL },
  { "not-a-mail", make_not_a_mail, "not-a-mail", NULL },
  { "nul-bytes", make_nul_bytes, "nul-bytes", NULL },
  { "10000-parts", make_parts, "too-many-parts", NULL },
  { "1000-attachments", make_attachments, "too-many-attachments", NULL },
  { "1000-multiparts-deep", make_nested_multiparts, "nested-too-deep", NULL },
  { "1000-mails-deep", make_nested_mails, "nested-too-deep", NULL },
  { "50-mb-line", make_long_line, "text-cut", NULL },
  { "50-mb-header-line", make_long_header_line, NULL, NULL },
  { "50-mb-html-line", make_long_html_line, "text-cut", NULL },
  { "100-mb-attachment", make_big_attachment, NULL, NULL },
  { "100-mb-archive", make_big_archive, NULL, NULL },
  { "64-kb-header-name", make_long_header_name, NULL, NULL },
  { "100000-headers", make_many_headers, NULL, NULL },
  { "100000-address-headers", make_many_address_headers, "text-cut", "To" },
  { "100000-attached-headers", make_attached_headers, NULL, NULL },
  { "100000-recipients", make_many_recipients, "text-cut", "To" },
  { "10000-references", make_many_references, "text-cut", "References" },
  { "cut-base64", make_cut_base64, NULL, NULL },
  { "no-end", make_no_end, NULL, NULL },
  { "open-quotes", make_open_quotes, "malformed", NULL },
  { "squares", make_squares, "text-cut", NULL },
  { "deep-html", make_deep_html, "nested-too-deep", NULL },
  { "wide-html", make_wide_html, "text-cut", NULL },
  { "many-links", make_many_links, "text-cut", NULL },
#ifndef SEK_SANITIZED
  { "memory", make_memory, "too-large", NULL },
#endif
};

static SekScanner *
get_scanner (void)
{
  g_autoptr (GError) error = NULL;
  SekScanner *scanner = sek_scanner_new (&error);
  g_assert_no_error (error);
  return scanner;
}

static void
test_bad_input (gconstpointer data)
{
  const BadInput *input = data;
  g_autoptr (SekScanner) scanner = get_scanner ();
  g_autoptr (GString) mail = g_string_new (NULL);
  input->make (mail);
  g_autoptr (SekFacts) facts = test_scan (scanner, mail->str, mail->len);
  gboolean found = input->problem == NULL && facts->problems->len == 0;
  for (guint i = 0; i < facts->problems->len; i++)
    {
      const SekProblem *problem = facts->problems->pdata[i];
      g_test_message ("%s: %s (%s)", input->name, problem->code, problem->detail);
      found = found || (g_strcmp0 (problem->code, input->problem) == 0 &&
                        (input->detail == NULL || g_strcmp0 (problem->detail, input->detail) == 0));
    }
  g_assert_true (found);
  g_assert_false (test_has_problem (facts, "timed-out"));
  g_assert_false (test_has_problem (facts, "crashed"));
  /* Whatever else is wrong, who wrote it is known. */
  if (strstr (mail->str, "Subject: bad input") != NULL)
    {
      g_assert_cmpstr (facts->subject, ==, "bad input");
      g_assert_cmpuint (facts->from->len, ==, 1);
    }
}

/* The long ones are not only survived, but read. */
static void
test_read_nevertheless (void)
{
  g_autoptr (SekScanner) scanner = get_scanner ();
  g_autoptr (GString) mail = g_string_new (NULL);
  make_big_attachment (mail);
  g_autoptr (SekFacts) big = test_scan (scanner, mail->str, mail->len);
  g_autofree char *digest =
      g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) mail->str, mail->len);
  g_assert_cmpstr (big->sha256, ==, digest);
  g_assert_cmpstr (test_attachment (big, 0)->name, ==, "big.bin");
  g_assert_cmpint (test_attachment (big, 0)->size, ==, 100 * 1024 * 1024 / 73 * 54);

  g_string_truncate (mail, 0);
  make_no_end (mail);
  g_autoptr (SekFacts) open_end = test_scan (scanner, mail->str, mail->len);
  g_assert_cmpstr (open_end->text, ==, "text");
  g_assert_cmpstr (test_attachment (open_end, 0)->format, ==, "pdf");

  g_string_truncate (mail, 0);
  make_nul_bytes (mail);
  g_autoptr (SekFacts) nul = test_scan (scanner, mail->str, mail->len);
  g_assert_cmpstr (nul->text, ==, "password");

  g_string_truncate (mail, 0);
  make_cut_base64 (mail);
  g_autoptr (SekFacts) cut = test_scan (scanner, mail->str, mail->len);
  g_assert_cmpstr (test_attachment (cut, 0)->problem, ==, "archive-damaged");
}

/* Above SEK_MAIL_BYTES_MAX only the head is read. The file is sparse: its end takes no room. */
static void
test_too_large (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SekScanner) scanner = get_scanner ();
  static const char head[] = HEADER "\nthe text\n";
  int fd = test_memfd (head, strlen (head));
  g_assert_cmpint (ftruncate (fd, (off_t) SEK_MAIL_BYTES_MAX * 10), ==, 0);
  g_autoptr (SekFacts) facts = sek_scanner_scan (scanner, fd, NULL, &error);
  close (fd);
  g_assert_no_error (error);
  g_assert_cmpint (facts->size, ==, (gint64) SEK_MAIL_BYTES_MAX * 10);
  g_assert_true (test_has_problem (facts, "too-large"));
  g_assert_false (test_has_problem (facts, "crashed"));
  g_assert_cmpstr (facts->subject, ==, "bad input");
  g_assert_true (g_str_has_prefix (facts->text, "the text\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++)
    {
      g_autofree char *name = g_strconcat ("/scanner/bad-input/", inputs[i].name, NULL);
      g_test_add_data_func (name, &inputs[i], test_bad_input);
    }
  g_test_add_func ("/scanner/bad-input/read-nevertheless", test_read_nevertheless);
  g_test_add_func ("/scanner/bad-input/too-large", test_too_large);
  return g_test_run ();
}

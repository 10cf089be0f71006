/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every character set through the real, sealed sekisho-scanner: in the subject, in a name, in a file name and
 * in the body. Behind the seal glibc can load no table, so one that was not warmed comes out wrong without
 * any error. */
#include "tests/agent/scanner/support.h"

#include <string.h>

typedef struct
{
  const char *label; /* as mails write it */
  const char *iconv; /* what encodes the text here; NULL when bytes are given */
  const char *text;  /* UTF-8 */
  const char *bytes; /* text in this set; NULL when iconv makes them */
} CharsetCase;

static const CharsetCase cases[] = {
  { "UTF-8", "UTF-8", "関所 – тест – é", NULL },
  { "ISO-2022-JP", "ISO-2022-JP", "関所、日本語のメール", NULL },
  { "iso-2022-jp", NULL, "①㈱ｱｲｳ", "\033$B-!-j\033(I123\033(B" },
  { "ISO-2022-JP-1", NULL, "関所", "\033$B4X=j\033(B" },
  { "ISO-2022-JP-2", "ISO-2022-JP-2", "関所", NULL },
  { "ISO-2022-JP-3", "ISO-2022-JP-3", "関所①", NULL },
  { "ISO-2022-JP-MS", NULL, "①関所", "\033$B-!4X=j\033(B" },
  { "CP50221", NULL, "①関所", "\033$B-!4X=j\033(B" },
  { "Shift_JIS", "CP932", "関所①㈱ｱ", NULL },
  { "shift-jis", "CP932", "表示能力", NULL },
  { "Windows-31J", "CP932", "髙﨑①", NULL },
  { "CP932", "CP932", "髙﨑①", NULL },
  { "x-sjis", "CP932", "関所", NULL },
  { "EUC-JP", "EUC-JP", "関所です", NULL },
  { "euc-jp", "EUC-JP-MS", "①㈱", NULL },
  { "eucJP-ms", "EUC-JP-MS", "髙①", NULL },
  { "UTF-7", "UTF-7", "関所 x", NULL },
  { "UTF-16", "UTF-16", "関所", NULL },
  { "UTF-16BE", "UTF-16BE", "関所", NULL },
  { "UTF-16LE", "UTF-16LE", "関所", NULL },
  { "UTF-32", "UTF-32", "関所", NULL },
  { "GB2312", "GB2312", "关于合同", NULL },
  { "GBK", "GBK", "關於囧", NULL },
  { "GB18030", "GB18030", "关于㐀", NULL },
  { "HZ-GB-2312", NULL, "中文", "~{VPND~}" },
  { "Big5", "BIG5", "關於發票", NULL },
  { "Big5-HKSCS", "BIG5-HKSCS", "嘅喺", NULL },
  { "CP950", "CP950", "關於發票", NULL },
  { "EUC-TW", "EUC-TW", "關於", NULL },
  { "EUC-KR", "EUC-KR", "안녕하세요", NULL },
  { "ks_c_5601-1987", "CP949", "똠방각하", NULL },
  { "CP949", "CP949", "똠방각하", NULL },
  { "ISO-2022-KR", "ISO-2022-KR", "안녕", NULL },
  { "ISO-2022-CN", "ISO-2022-CN", "中文", NULL },
  { "Windows-1250", "CP1250", "Příliš žluťoučký", NULL },
  { "Windows-1251", "CP1251", "Привет", NULL },
  { "Windows-1252", "CP1252", "“Café” €", NULL },
  { "Windows-1253", "CP1253", "Γειά", NULL },
  { "Windows-1254", "CP1254", "İşğ", NULL },
  { "Windows-1255", "CP1255", "שלום", NULL },
  { "Windows-1256", "CP1256", "سلام", NULL },
  { "Windows-1257", "CP1257", "ąčęž", NULL },
  { "Windows-1258", "CP1258", "đơ", NULL },
  { "Windows-874", "CP874", "สวัสดี", NULL },
  { "TIS-620", "TIS-620", "สวัสดี", NULL },
  { "VISCII", "VISCII", "Tiếng Việt", NULL },
  { "KOI8-R", "KOI8-R", "Привет", NULL },
  { "KOI8-U", "KOI8-U", "Київ їжак", NULL },
  { "ISO-8859-1", "ISO-8859-1", "Café", NULL },
  { "ISO-8859-2", "ISO-8859-2", "Łódź", NULL },
  { "ISO-8859-3", "ISO-8859-3", "ĉĝĥ", NULL },
  { "ISO-8859-4", "ISO-8859-4", "ąēģ", NULL },
  { "ISO-8859-5", "ISO-8859-5", "Привет", NULL },
  { "ISO-8859-6", "ISO-8859-6", "سلام", NULL },
  { "ISO-8859-7", "ISO-8859-7", "Γειά", NULL },
  { "ISO-8859-8", "ISO-8859-8", "שלום", NULL },
  { "ISO-8859-8-I", "ISO-8859-8", "שלום", NULL },
  { "ISO-8859-9", "ISO-8859-9", "İşğ", NULL },
  { "ISO-8859-10", "ISO-8859-10", "ðŋ", NULL },
  { "ISO-8859-11", "CP874", "สวัสดี", NULL },
  { "ISO-8859-13", "ISO-8859-13", "ąčęž", NULL },
  { "ISO-8859-14", "ISO-8859-14", "ŵŷ", NULL },
  { "ISO-8859-15", "ISO-8859-15", "€ œ", NULL },
  { "ISO-8859-16", "ISO-8859-16", "șț", NULL },
  { "IBM437", "CP437", "éÄ═", NULL },
  { "CP850", "CP850", "éÄø", NULL },
  { "IBM852", "CP852", "łóď", NULL },
  { "CP866", "CP866", "Привет", NULL },
  { "macintosh", "MACINTOSH", "Café “x”", NULL },
  { "x-mac-cyrillic", "MAC-CYRILLIC", "Привет", NULL },
};

static SekScanner *
get_scanner (void)
{
  g_autoptr (GError) error = NULL;
  SekScanner *scanner = sek_scanner_new (&error);
  g_assert_no_error (error);
  return scanner;
}

static char *
encode (const CharsetCase *item, gsize *length)
{
  if (item->bytes != NULL)
    {
      *length = strlen (item->bytes);
      return g_strdup (item->bytes);
    }
  g_autoptr (GError) error = NULL;
  char *bytes = g_convert (item->text, -1, item->iconv, "UTF-8", NULL, length, &error);
  g_assert_no_error (error);
  return bytes;
}

static char *
percent_encode (const char *bytes, gsize length)
{
  GString *out = g_string_new (NULL);
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (out, "%%%02X", (guchar) bytes[i]);
  return g_string_free (out, FALSE);
}

static void
test_charset (gconstpointer data)
{
  const CharsetCase *item = data;
  gsize length;
  g_autofree char *bytes = encode (item, &length);
  g_autofree char *base64 = g_base64_encode ((const guchar *) bytes, length);
  g_autofree char *percent = percent_encode (bytes, length);
  g_autofree char *mail = g_strdup_printf ("From: =?%s?B?%s?= <a@kaede.example>\n"
                                           "Subject: x =?%s?B?%s?=\n"
                                           "Content-Type: multipart/mixed; boundary=part\n\n"
                                           "--part\nContent-Type: text/plain; charset=%s\n"
                                           "Content-Transfer-Encoding: base64\n\n%s\n"
                                           "--part\nContent-Type: text/html; charset=\"%s\"\n"
                                           "Content-Transfer-Encoding: base64\n\n%s\n"
                                           "--part\nContent-Disposition: attachment; filename*=%s''%s\n\nx\n"
                                           "--part--\n",
                                           item->label, base64, item->label, base64, item->label, base64,
                                           item->label, base64, item->label, percent);
  g_autoptr (SekScanner) scanner = get_scanner ();
  g_autoptr (SekFacts) facts = test_scan (scanner, mail, strlen (mail));
  g_autofree char *subject = g_strconcat ("x ", item->text, NULL);
  g_assert_cmpuint (facts->problems->len, ==, 0);
  g_assert_cmpstr (facts->subject, ==, subject);
  g_assert_cmpstr (sek_facts_author (facts)->display_name, ==, item->text);
  g_assert_cmpstr (facts->text, ==, item->text);
  g_assert_cmpstr (facts->html_text, ==, item->text);
  g_assert_cmpstr (test_attachment (facts, 0)->name, ==, item->text);
}

/* Bytes without a label, in the header and in the body. */
static void
test_unlabelled (void)
{
  static const char *const sets[] = { "UTF-8", "ISO-2022-JP", "CP932", "EUC-JP" };
  static const char text[] = "お世話になっております。添付をご確認ください";
  g_autoptr (SekScanner) scanner = get_scanner ();
  for (gsize i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_autofree char *raw = g_convert (text, -1, sets[i], "UTF-8", NULL, NULL, NULL);
      g_autofree char *mail =
          g_strdup_printf ("From: %s <a@kaede.example>\nSubject: %s\n\n%s\n", raw, raw, raw);
      g_autoptr (SekFacts) facts = test_scan (scanner, mail, strlen (mail));
      g_assert_cmpstr (facts->subject, ==, text);
      g_assert_cmpstr (sek_facts_author (facts)->display_name, ==, text);
      g_assert_cmpstr (sek_facts_author (facts)->addr_spec, ==, "a@kaede.example");
      g_assert_true (g_str_has_prefix (facts->text, text));
    }
}

static void
test_unknown (void)
{
  static const char mail[] = "From: a@kaede.example\nContent-Type: text/plain; charset=x-nobody-knows\n\n"
                             "\346\227\245\346\234\254\n";
  g_autoptr (SekScanner) scanner = get_scanner ();
  g_autoptr (SekFacts) facts = test_scan (scanner, mail, strlen (mail));
  g_assert_cmpuint (facts->problems->len, ==, 1);
  const SekProblem *problem = facts->problems->pdata[0];
  g_assert_cmpstr (problem->code, ==, "unknown-charset");
  g_assert_cmpstr (problem->detail, ==, "x-nobody-knows");
  g_assert_cmpstr (facts->text, ==, "日本\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("/scanner/sealed-charset/%s/%zu", cases[i].label, i);
      g_test_add_data_func (name, &cases[i], test_charset);
    }
  g_test_add_func ("/scanner/sealed-charset/unlabelled", test_unlabelled);
  g_test_add_func ("/scanner/sealed-charset/unknown", test_unknown);
  return g_test_run ();
}

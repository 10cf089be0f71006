/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/agent/report/sample.h"

#include <string.h>

#define BIG (25 * 1024 * 1024)

static void
shape_free (gpointer data)
{
  Shape *shape = data;
  g_bytes_unref (shape->bytes);
  g_free (shape);
}

static void
add (GPtrArray *shapes, const char *name, const char *form, GBytes *bytes)
{
  Shape *shape = g_new0 (Shape, 1);
  shape->name = name;
  shape->form = form;
  shape->bytes = bytes;
  g_ptr_array_add (shapes, shape);
}

#define HEAD "From: a@b.example\nSubject: x\n\n"
#define HEAD_CRLF "From: a@b.example\r\nSubject: x\r\n\r\n"
#define TEXT(name, form, text)                                                                               \
  {                                                                                                          \
    name, form, text, sizeof (text) - 1                                                                      \
  }

static const struct
{
  const char *name;
  const char *form;
  const char *text;
  gsize length;
} small[] = {
  TEXT ("lf", "exact-lines-lf", HEAD "Hello\n"),
  TEXT ("crlf", "exact-lines-crlf", HEAD_CRLF "Hello\r\n"),
  TEXT ("lf, no final newline", "exact-lines-lf", HEAD "Hello"),
  TEXT ("crlf, no final newline", "exact-lines-crlf", HEAD_CRLF "Hello"),
  TEXT ("many final newlines", "exact-lines-lf", HEAD "Hello\n\n\n\n"),
  TEXT ("spaces at line ends", "exact-lines-lf", HEAD "Hello \t\n \n\t\n"),
  TEXT ("dots", "exact-lines-lf", HEAD ".\n..\n.x\n...\n\n.\n"),
  TEXT ("dots, crlf", "exact-lines-crlf", HEAD_CRLF ".\r\n..\r\n.x\r\n\r\n.\r\n"),
  TEXT ("first byte is a dot", "exact-lines-lf", ".\n.\n"),
  TEXT ("last line is a dot alone", "exact-lines-lf", HEAD "."),
  TEXT ("From lines",
        "exact-lines-lf",
        "From x@y Mon Jan  1 00:00:00 2024\n" HEAD "From here\n>From there\n"),
  TEXT ("8-bit", "exact-lines-lf", HEAD "\xe3\x81\x82\xff\x80\xfe\n"),
  TEXT ("control characters", "exact-lines-lf", HEAD "\x01\x07\x0b\x0c\x1a\x1b$B$\"\x1b(B\x7f\n"),
  TEXT ("boundaries of another mail", "exact-lines-lf", HEAD "--=_sekisho_\n--=_sekisho_x--\n--\n"),
  TEXT ("empty", "exact-lines-lf", ""),
  TEXT ("one newline", "exact-lines-lf", "\n"),
  TEXT ("one crlf", "exact-lines-crlf", "\r\n"),
  TEXT ("NUL", "base64", HEAD "a\0b\n"),
  TEXT ("bare CR", "base64", HEAD "a\rb\n"),
  TEXT ("CR at the very end", "base64", HEAD "a\r"),
  TEXT ("CR CR LF", "base64", HEAD_CRLF "a\r\r\nb\r\n"),
  TEXT ("mixed line ends", "base64", HEAD "a\r\nb\n"),
};

static GBytes *
line_of (gsize length, const char *end)
{
  g_autofree char *line = g_strnfill (length, 'a');
  char *text = g_strconcat (HEAD, line, end, NULL);
  return g_bytes_new_take (text, strlen (text));
}

/* Lines of all lengths up to 998 with many dots at their starts, each byte but NUL, LF and CR. */
static GBytes *
big_lines (void)
{
  guint8 *data = g_malloc (BIG);
  guint32 random = 1;
  gsize left = 0;
  for (gsize i = 0; i < BIG; i++)
    {
      random = random * 1664525u + 1013904223u;
      guint8 byte = (guint8) (random >> 24);
      if (left == 0)
        {
          data[i] = i % 3 == 0 ? '.' : '\n';
          left = data[i] == '\n' ? 0 : random % 998;
          continue;
        }
      left--;
      data[i] = left == 0 ? '\n' : byte == 0 || byte == '\r' || byte == '\n' ? 'x' : byte;
    }
  return g_bytes_new_take (data, BIG);
}

static GBytes *
big_noise (void)
{
  guint8 *data = g_malloc (BIG);
  guint32 random = 7;
  for (gsize i = 0; i < BIG; i++)
    {
      random = random * 1664525u + 1013904223u;
      data[i] = (guint8) (random >> 24);
    }
  return g_bytes_new_take (data, BIG);
}

GPtrArray *
sample_shapes (void)
{
  GPtrArray *shapes = g_ptr_array_new_with_free_func (shape_free);
  for (gsize i = 0; i < G_N_ELEMENTS (small); i++)
    add (shapes, small[i].name, small[i].form, g_bytes_new_static (small[i].text, small[i].length));
  add (shapes, "line of 998", "exact-lines-lf", line_of (998, "\n"));
  add (shapes, "line of 998, crlf", "base64", line_of (998, "\r\n"));
  add (shapes, "line of 999", "base64", line_of (999, "\n"));
  add (shapes, "last line of 998", "exact-lines-lf", line_of (998, ""));
  add (shapes, "25 MB of lines", "exact-lines-lf", big_lines ());
  add (shapes, "25 MB of noise", "base64", big_noise ());
  return shapes;
}

static void
set (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

SekVerdict *
sample_verdict (const char *subject)
{
  SekVerdict *verdict = sek_verdict_new ();
  verdict->level = SEK_LEVEL_DANGER;
  set (&verdict->id, "v1");
  set (&verdict->subject, subject);
  set (&verdict->claimed_name, "太田 道子");
  set (&verdict->sender_address, "x99@evil.example");
  set (&verdict->known_address, "ota@kaede.example");
  set (&verdict->message_id, "1@evil.example");
  SekFinding *finding = sek_finding_new ("internal-name-external-address", "", SEK_LEVEL_CAUTION);
  sek_finding_add (finding, "name", "太田 道子");
  sek_finding_add (finding, "known", "ota@kaede.example");
  sek_finding_add (finding, "address", "x99@evil.example");
  g_ptr_array_add (verdict->findings, finding);
  finding = sek_finding_new ("fake-reply", "no-headers-unknown", SEK_LEVEL_NOTICE);
  sek_finding_add (finding, "prefix", "Re:");
  g_ptr_array_add (verdict->findings, finding);
  return verdict;
}

SekPolicy *
sample_policy (SekReportTransport transport, const char *target)
{
  SekPolicy *policy = sek_policy_new ();
  policy->serial = 42;
  policy->report_transport = transport;
  set (&policy->report_address, "security@kaede.example");
  set (&policy->report_target, target);
  return policy;
}

GBytes *
sample_report (GBytes *original, const SekVerdict *verdict, const SekPolicy *policy)
{
  SekReportInput input = { .original = original,
                           .verdict = verdict,
                           .policy = policy,
                           .reporter = "ota@kaede.example",
                           .client = "Claws Mail 4.1.1",
                           .folder = "受信箱",
                           .now = 1795392000 };
  return sek_report_build (&input);
}

static const char *
find (const char *data, const char *end, const char *text)
{
  const char *found = memmem (data, (gsize) (end - data), text, strlen (text));
  g_assert_nonnull (found);
  return found;
}

/* The value of a header field, up to the line's end. */
static char *
field (const char *data, const char *end, const char *name)
{
  const char *start = find (data, end, name) + strlen (name);
  return g_strndup (start, strcspn (start, "\r\n"));
}

static GBytes *
without_cr (const char *start, gsize length)
{
  GString *text = g_string_new (NULL);
  for (gsize i = 0; i < length; i++)
    if (start[i] != '\r' || i + 1 >= length || start[i + 1] != '\n')
      g_string_append_c (text, start[i]);
  return g_string_free_to_bytes (text);
}

GBytes *
sample_extract (const char *report, gsize length, char **form)
{
  const char *end = report + length;
  const char *newline = strchr (report, '\n');
  gboolean crlf = newline > report && newline[-1] == '\r';
  const char *eol = crlf ? "\r\n" : "\n";
  const char *boundary_start = find (report, end, "boundary=\"") + strlen ("boundary=\"");
  g_autofree char *boundary = g_strndup (boundary_start, strcspn (boundary_start, "\""));
  g_autofree char *open = g_strconcat (eol, "--", boundary, eol, NULL);
  g_autofree char *close = g_strconcat (eol, "--", boundary, "--", eol, NULL);
  g_autofree char *blank = g_strconcat (eol, eol, NULL);

  const char *part = report;
  for (int i = 0; i < 3; i++)
    part = find (part, end, open) + strlen (open);
  g_assert_null (memmem (part, (gsize) (end - part), open, strlen (open)));
  const char *body = find (part, end, blank) + strlen (blank);
  /* An empty body shares its line end with the boundary. */
  const char *stop = find (body - strlen (eol), end, close);
  g_assert_true (stop + strlen (close) == end);
  gsize size = stop > body ? (gsize) (stop - body) : 0;

  g_autofree char *says = field (report, end, "X-Sekisho-Original-Form: ");
  g_autofree char *head = g_strndup (part, (gsize) (body - part));
  if (form != NULL)
    *form = g_strdup (says);
  if (g_str_equal (says, "base64"))
    {
      g_assert_nonnull (strstr (head, "Content-Type: application/octet-stream; name=\"original.eml\""));
      g_autofree char *text = g_strndup (body, size);
      gsize decoded = 0;
      guchar *data = g_base64_decode (text, &decoded);
      return g_bytes_new_take (data, decoded);
    }
  g_assert_nonnull (strstr (head, "Content-Type: message/rfc822"));
  if (g_str_equal (says, "exact-lines-lf") && crlf)
    return without_cr (body, size);
  return g_bytes_new (body, size);
}

void
sample_assert_bytes (GBytes *got, GBytes *expected, const char *name)
{
  gsize got_size = 0, expected_size = 0;
  const guint8 *a = g_bytes_get_data (got, &got_size), *b = g_bytes_get_data (expected, &expected_size);
  if (got_size != expected_size)
    g_error ("%s: %" G_GSIZE_FORMAT " bytes instead of %" G_GSIZE_FORMAT, name, got_size, expected_size);
  for (gsize i = 0; i < got_size; i++)
    if (a[i] != b[i])
      g_error ("%s: byte %" G_GSIZE_FORMAT " is 0x%02x instead of 0x%02x", name, i, a[i], b[i]);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "agent/report/build.h"
#include "agent/report/header.h"

#define SUBJECT_CHARS_MAX 150
/* Each try hashes the one before; that even the first occurs in the mail it is the hash of can't be arranged.
 */
#define BOUNDARY_TRIES_MAX 8

static void
build_clear (SekBuild *build)
{
  g_free (build->id);
  g_free (build->sha256);
  g_free (build->boundary);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SekBuild, build_clear)

/* A boundary that occurs nowhere in the original; NULL when none was found. */
static char *
find_boundary (const SekBuild *build)
{
  g_autofree char *seed = g_strdup (build->sha256);
  for (int i = 0; i < BOUNDARY_TRIES_MAX; i++)
    {
      /* "=_" occurs in no base64 and no quoted-printable text (RFC 2045 §6.7). */
      g_autofree char *boundary = g_strdup_printf ("=_sekisho_%.40s", seed);
      if (build->length == 0 || memmem (build->data, build->length, boundary, strlen (boundary)) == NULL)
        return g_steal_pointer (&boundary);
      char *next = g_compute_checksum_for_string (G_CHECKSUM_SHA256, seed, -1);
      g_free (seed);
      seed = next;
    }
  return NULL;
}

static gboolean
has_profile (const SekBuild *build, SekReportProfile profile)
{
  return build->input->policy->report_profile == profile;
}

static void
build_init (SekBuild *build, const SekReportInput *input)
{
  build->input = input;
  build->data = g_bytes_get_data (input->original, &build->length);
  build->original = sek_original_examine (build->data, build->length);
  build->id = input->is_feedback ? sek_report_feedback_id (input->original) : sek_report_id (input->original);
  build->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, input->original);
  if (input->policy->report_max_bytes > 0 && build->length > (guint64) input->policy->report_max_bytes)
    build->original.form = SEK_FORM_HEAD;
  else if (has_profile (build, SEK_PROFILE_JSON) || input->policy->report_transport == SEK_REPORT_CLIENT)
    /* A mail program takes a mail apart, and puts other bytes together when it sends. */
    build->original.form = SEK_FORM_BASE64;
  build->boundary = find_boundary (build);
  if (build->boundary == NULL)
    {
      /* Base64 can't hold any boundary. */
      if (build->original.form != SEK_FORM_HEAD)
        build->original.form = SEK_FORM_BASE64;
      build->boundary = g_strdup_printf ("=_sekisho_%.40s", build->sha256);
    }
}

/* The right side tells one reporter from another, as two colleagues who got the same bytes make two reports;
 * ".invalid" belongs to nobody (RFC 2606 §2). */
char *
sek_build_message_id (const SekBuild *build)
{
  if (build->input->proof != NULL)
    return g_strdup_printf ("%s@%s.sekisho.invalid", build->id, build->input->proof);
  if (build->input->reporter == NULL)
    return g_strdup_printf ("%s@sekisho.invalid", build->id);
  g_autofree char *normal = sek_addr_spec_normal (build->input->reporter);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, normal, -1);
  return g_strdup_printf ("%s@%.12s.sekisho.invalid", build->id, digest);
}

static gboolean
travels_in_lines (const SekBuild *build)
{
  return build->original.form == SEK_FORM_LF || build->original.form == SEK_FORM_CRLF;
}

/* "3|" is what Microsoft Defender takes for phishing in mails to its mailbox of reports, "2|" for what is no
 * junk. A template of the policy speaks of reports. */
static const char *
subject_template (const SekBuild *build)
{
  const char *template = build->input->policy->report_subject;
  gboolean attachment = has_profile (build, SEK_PROFILE_ATTACHMENT);
  if (build->input->is_feedback)
    return attachment ? "2|%{subject}" : "[Sekisho] not dangerous: %{subject}";
  if (*template != '\0')
    return template;
  return attachment ? "3|%{subject}" : "[Sekisho] %{level}: %{subject}";
}

char *
sek_build_subject (const SekBuild *build, gsize *kind)
{
  const SekVerdict *verdict = build->input->verdict;
  const char *template = subject_template (build);
  gboolean own =
      g_str_has_prefix (template, "[Sekisho] ") && template != build->input->policy->report_subject;
  g_autofree char *subject = sek_text_show (verdict != NULL ? verdict->subject : "", SUBJECT_CHARS_MAX);
  g_autoptr (GString) text = g_string_new (template);
  const char *level = verdict != NULL ? sek_level_to_string (verdict->level) : "not checked";
  g_string_replace (text, "%{level}", verdict != NULL && verdict->training ? "training" : level, 0);
  g_string_replace (text, "%{id}", build->id, 0);
  /* Last: what a stranger wrote is no template. */
  g_string_replace (text, "%{subject}", subject, 0);
  char *shown = sek_text_show (text->str, 2 * SUBJECT_CHARS_MAX);
  const char *colon = own ? strstr (shown, ": ") : NULL;
  if (kind != NULL)
    *kind = colon != NULL ? (gsize) (colon + 1 - shown) : 0;
  return shown;
}

/* The kind is ours and plain ASCII: it stays readable beside what has to be encoded. */
static void
add_subject (GString *out, const SekBuild *build)
{
  gsize kind = 0;
  g_autofree char *subject = sek_build_subject (build, &kind);
  g_autofree char *literal = kind > 0 ? g_strndup (subject, kind) : NULL;
  sek_header_add (out, "Subject", literal, subject + kind + (kind > 0));
}

static void
add_content_type (GString *out, const SekBuild *build)
{
  if (has_profile (build, SEK_PROFILE_JSON))
    {
      /* One long line (RFC 2045 §2.9); where lines have an end it becomes base64 (stored.c). */
      g_string_append (out, "Content-Type: application/json\r\n"
                            "Content-Disposition: attachment; filename=\"report.json\"\r\n"
                            "Content-Transfer-Encoding: binary\r\n\r\n");
      return;
    }
  g_string_append_printf (out, "Content-Type: %s;\r\n boundary=\"%s\"\r\n",
                          has_profile (build, SEK_PROFILE_ATTACHMENT)
                              ? "multipart/mixed"
                              : "multipart/report; report-type=feedback-report",
                          build->boundary);
  g_string_append_printf (out, "Content-Transfer-Encoding: %s\r\n\r\n",
                          build->original.eight_bit && travels_in_lines (build) ? "8bit" : "7bit");
}

static void
add_header (GString *out, const SekBuild *build)
{
  const SekReportInput *input = build->input;
  const char *admin = input->policy->report_address;
  gboolean has_admin = sek_header_is_plain_address (admin);
  const char *from = sek_header_is_plain_address (input->reporter) ? input->reporter : admin;
  g_string_append_printf (out, "From: <%s>\r\n",
                          sek_header_is_plain_address (from) ? from : "sekisho@localhost.invalid");
  if (has_admin)
    g_string_append_printf (out, "To: <%s>\r\n", admin);
  else
    g_string_append (out, "To: undisclosed-recipients:;\r\n");
  add_subject (out, build);
  sek_header_add_date (out, input->now);
  g_autofree char *message_id = sek_build_message_id (build);
  g_string_append_printf (out, SEK_MESSAGE_ID_FIELD ": <%s>\r\n", message_id);
  g_string_append (out, "MIME-Version: 1.0\r\nUser-Agent: Sekisho/" SEK_VERSION "\r\n");
  g_string_append_printf (out, SEK_FORM_FIELD ": %s\r\n", sek_form_to_string (build->original.form));
  add_content_type (out, build);
}

static void
add_summary (GString *out, const SekBuild *build)
{
  g_autofree char *text = sek_report_summary (build->input, build->original.form);
  g_string_append_printf (out,
                          "--%s\r\nContent-Type: text/plain; charset=utf-8\r\n"
                          "Content-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\n",
                          build->boundary);
  sek_header_append_base64 (out, (const guint8 *) text, strlen (text));
}

static void
add_verdict_fields (GString *out, const SekVerdict *verdict)
{
  g_autoptr (GString) findings = g_string_new (NULL);
  for (guint i = 0; i < verdict->findings->len && i < SEK_FINDINGS_MAX; i++)
    {
      const SekFinding *finding = verdict->findings->pdata[i];
      g_string_append_printf (findings, "%s%s", i > 0 ? ", " : "", finding->check);
      if (*finding->code != '\0')
        g_string_append_printf (findings, "/%s", finding->code);
    }
  if (sek_header_is_plain_address (verdict->sender_address))
    {
      sek_header_add (out, "Reported-Domain", NULL, sek_addr_spec_domain (verdict->sender_address));
      sek_header_add (out, "X-Sekisho-Sender-Address", NULL, verdict->sender_address);
    }
  if (verdict->training)
    sek_header_add (out, "X-Sekisho-Training", NULL, "recognised");
  sek_header_add (out, "X-Sekisho-Verdict-Level", NULL, sek_level_to_string (verdict->level));
  if (findings->len > 0)
    sek_header_add (out, "X-Sekisho-Findings", NULL, findings->str);
  if (*verdict->message_id != '\0')
    sek_header_add (out, "X-Sekisho-Original-Message-Id", NULL, verdict->message_id);
}

/* RFC 5965 §3, RFC 6430 for what is not spam. Its Original-Mail-From is the envelope's sender, which a
 * desktop never learns. */
static void
add_feedback (GString *out, const SekBuild *build)
{
  const SekReportInput *input = build->input;
  g_string_append_printf (out,
                          "\r\n--%s\r\nContent-Type: message/feedback-report\r\n"
                          "Content-Transfer-Encoding: 7bit\r\n\r\n"
                          "Feedback-Type: %s\r\nUser-Agent: Sekisho/" SEK_VERSION "\r\nVersion: 1\r\n",
                          build->boundary, input->is_feedback ? "not-spam" : "fraud");
  sek_header_add (out, "X-Sekisho-Report-Id", NULL, build->id);
  if (input->verdict != NULL)
    add_verdict_fields (out, input->verdict);
  sek_header_add (out, "X-Sekisho-Original-SHA256", build->sha256, NULL);
  sek_header_add_int (out, "X-Sekisho-Original-Size", (gint64) build->length);
  sek_header_add (out, SEK_FORM_FIELD, NULL, sek_form_to_string (build->original.form));
  sek_header_add (out, "X-Sekisho-Original-Final-Newline", NULL,
                  build->original.final_newline ? "yes" : "no");
  if (input->client != NULL)
    sek_header_add (out, "X-Sekisho-Client", NULL, input->client);
  if (input->folder != NULL)
    sek_header_add (out, "X-Sekisho-Folder", NULL, input->folder);
  if (input->attachments != NULL)
    sek_header_add (out, "X-Sekisho-Attachments", NULL, input->attachments);
  sek_header_add (out, "X-Sekisho-Original-Bytes", NULL, input->rebuilt ? "rebuilt" : "exact");
  sek_header_add_int (out, "X-Sekisho-Policy-Serial", input->policy->serial);
}

gsize
sek_build_head_length (const SekBuild *build)
{
  static const char *const ends[] = { "\n\r\n", "\n\n" };
  gsize length = MIN (build->length, SEK_REPORT_HEAD_BYTES_MAX);
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      const guint8 *end = memmem (build->data, length, ends[i], strlen (ends[i]));
      if (end != NULL)
        length = (gsize) (end - build->data) + strlen (ends[i]);
    }
  return length;
}

/* The line break before a boundary belongs to the boundary (RFC 2046 §5.1.1), so also an original without a
 * final newline ends exactly. 8-bit lines are sent as they are: message/rfc822 allows no other encoding (RFC
 * 2046 §5.2.1). */
static void
add_original (GString *out, const SekBuild *build)
{
  const SekOriginal *original = &build->original;
  g_string_append_printf (out, "\r\n--%s\r\n", build->boundary);
  if (original->form == SEK_FORM_HEAD)
    {
      g_string_append (out, "Content-Type: text/rfc822-headers\r\n"
                            "Content-Disposition: attachment; filename=\"header.txt\"\r\n"
                            "Content-Transfer-Encoding: base64\r\n\r\n");
      sek_header_append_base64 (out, build->data, sek_build_head_length (build));
      return;
    }
  if (original->form == SEK_FORM_BASE64)
    {
      g_string_append (out, "Content-Type: application/octet-stream; name=\"original.eml\"\r\n"
                            "Content-Disposition: attachment; filename=\"original.eml\"\r\n"
                            "Content-Transfer-Encoding: base64\r\n\r\n");
      sek_header_append_base64 (out, build->data, build->length);
      return;
    }
  g_string_append_printf (out,
                          "Content-Type: message/rfc822\r\n"
                          "Content-Disposition: attachment; filename=\"original.eml\"\r\n"
                          "Content-Transfer-Encoding: %s\r\n\r\n",
                          original->eight_bit ? "8bit" : "7bit");
  sek_original_append_lines (out, build->data, build->length, original->form);
}

GBytes *
sek_report_build (const SekReportInput *input)
{
  g_auto (SekBuild) build = { 0 };
  build_init (&build, input);
  /* Room for base64, so that a mail of megabytes is not copied over and over as the string grows. */
  GString *out = g_string_sized_new (build.length + build.length / 2 + 64 * 1024);
  add_header (out, &build);
  if (has_profile (&build, SEK_PROFILE_JSON))
    {
      gsize length = 0;
      g_autofree char *json = sek_build_json (&build, &length);
      g_string_append_len (out, json, (gssize) length);
      return g_string_free_to_bytes (out);
    }
  add_summary (out, &build);
  if (has_profile (&build, SEK_PROFILE_ARF))
    add_feedback (out, &build);
  add_original (out, &build);
  g_string_append_printf (out, "\r\n--%s--\r\n", build.boundary);
  return g_string_free_to_bytes (out);
}

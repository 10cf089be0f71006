/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>

#include "agent/report/build.h"

static void
add_string (JsonBuilder *json, const char *name, const char *text)
{
  json_builder_set_member_name (json, name);
  /* Text of others may be any bytes; JSON is UTF-8 (RFC 8259 §8.1). */
  g_autofree char *valid = text != NULL && *text != '\0' ? g_utf8_make_valid (text, -1) : NULL;
  if (valid != NULL)
    json_builder_add_string_value (json, valid);
  else
    json_builder_add_null_value (json);
}

static void
add_int (JsonBuilder *json, const char *name, gint64 value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_int_value (json, value);
}

static void
add_boolean (JsonBuilder *json, const char *name, gboolean value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_boolean_value (json, value);
}

static void
add_finding (JsonBuilder *json, const SekFinding *finding)
{
  g_autofree char *sentence = sek_report_sentence (finding);
  json_builder_begin_object (json);
  add_string (json, "check", finding->check);
  add_string (json, "code", finding->code);
  add_string (json, "level", sek_level_to_string (finding->level));
  add_string (json, "text", sentence);
  json_builder_set_member_name (json, "evidence");
  json_builder_begin_array (json);
  for (guint i = 0; i < finding->evidence->len && i < SEK_EVIDENCE_MAX; i++)
    {
      const SekEvidence *evidence = finding->evidence->pdata[i];
      json_builder_begin_object (json);
      add_string (json, "key", evidence->key);
      add_string (json, "value", evidence->value);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  json_builder_end_object (json);
}

static void
add_verdict (JsonBuilder *json, const SekVerdict *verdict)
{
  json_builder_set_member_name (json, "verdict");
  if (verdict == NULL)
    {
      json_builder_add_null_value (json);
      return;
    }
  json_builder_begin_object (json);
  add_string (json, "level", sek_level_to_string (verdict->level));
  add_string (json, "subject", verdict->subject);
  add_string (json, "claimed_name", verdict->claimed_name);
  add_string (json, "sender_address", verdict->sender_address);
  add_string (json, "known_address", verdict->known_address);
  add_string (json, "message_id", verdict->message_id);
  add_boolean (json, "training", verdict->training);
  json_builder_set_member_name (json, "findings");
  json_builder_begin_array (json);
  for (guint i = 0; i < verdict->findings->len && i < SEK_FINDINGS_MAX; i++)
    add_finding (json, verdict->findings->pdata[i]);
  json_builder_end_array (json);
  json_builder_end_object (json);
}

static void
add_original (JsonBuilder *json, const SekBuild *build)
{
  gboolean whole = build->original.form != SEK_FORM_HEAD;
  gsize length = whole ? build->length : sek_build_head_length (build);
  g_autofree char *base64 = g_base64_encode (length > 0 ? build->data : (const guint8 *) "", length);
  json_builder_set_member_name (json, "original");
  json_builder_begin_object (json);
  add_string (json, "sha256", build->sha256);
  add_int (json, "size", (gint64) build->length);
  add_boolean (json, "complete", whole);
  add_boolean (json, "exact", !build->input->rebuilt);
  json_builder_set_member_name (json, whole ? "content" : "header");
  json_builder_add_string_value (json, base64);
  json_builder_end_object (json);
}

static void
add_all (JsonBuilder *json, const SekBuild *build)
{
  const SekReportInput *input = build->input;
  g_autofree char *subject = sek_build_subject (build, NULL);
  g_autofree char *message_id = sek_build_message_id (build);
  g_autofree char *text = sek_report_summary (input, build->original.form);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (input->now);
  g_autofree char *date = now != NULL ? g_date_time_format_iso8601 (now) : NULL;
  json_builder_begin_object (json);
  add_string (json, "format", "sekisho-report");
  add_int (json, "format_version", 1);
  add_string (json, "id", build->id);
  add_string (json, "kind", input->is_feedback ? "not-dangerous" : "suspicious");
  add_string (json, "message_id", message_id);
  add_string (json, "reported", date);
  add_string (json, "user_agent", "Sekisho/" SEK_VERSION);
  add_string (json, "reporter", input->reporter);
  add_string (json, "subject", subject);
  add_string (json, "text", text);
  add_string (json, "client", input->client);
  add_string (json, "folder", input->folder);
  add_string (json, "attachments", input->attachments);
  add_int (json, "policy_serial", input->policy->serial);
  add_verdict (json, input->verdict);
  add_original (json, build);
  json_builder_end_object (json);
}

char *
sek_build_json (const SekBuild *build, gsize *length)
{
  g_autoptr (JsonBuilder) json = json_builder_new_immutable ();
  add_all (json, build);
  g_autoptr (JsonNode) root = json_builder_get_root (json);
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  json_generator_set_root (generator, root);
  return json_generator_to_data (generator, length);
}

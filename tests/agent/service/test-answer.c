/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <unistd.h>

#include "tests/agent/service/world.h"

#define POLICY                                                                                               \
  "[organisation]\nname=Kaede\ndomains=kaede.example\n"                                                      \
  "gateways=mx.kaede.example\n[report]\nundo-seconds=0\naddress=soc@kaede.example\n"

#define REPORTED                                                                                             \
  "From: A <a@evil.example>\r\nTo: taro.sato@kaede.example\r\nSubject: odd\r\n\r\nopen this\r\n"

/* How a mail refers to the report. */
typedef enum
{
  BY_MESSAGE_ID, /* In-Reply-To, as every mail program writes it */
  BY_FIELD,      /* X-Sekisho-Report with the Message-ID */
  BY_ID,         /* X-Sekisho-Report with the id alone, which whoever has the mail can work out */
  BY_GUESS,      /* In-Reply-To with the right id and another end */
  NOT_AT_ALL,
} Reference;

typedef struct
{
  const char *what;
  const char *from;
  const char *fields; /* further ones */
  Reference reference;
  const char *text;
  const char *answer; /* what Reports says of a fresh report afterwards */
} Case;

#define GATEWAY(result) "Authentication-Results: mx.kaede.example; " result " header.from=kaede.example\r\n"
#define SOC "soc@kaede.example"

/* Each one is the first that is heard of a report of its own. */
static const Case cases[] = {
  { "an English sentence", "SOC <soc@kaede.example>", "", BY_MESSAGE_ID, "Dangerous.\r\n", "dangerous" },
  { "a Japanese sentence", "SOC <soc@kaede.example>", "", BY_MESSAGE_ID, "問題ありませんでした。\r\n",
    "harmless" },
  { "the word with a negation", SOC, "", BY_MESSAGE_ID, "危険ではありません。\r\n", "harmless" },
  { "another negation", SOC, "", BY_MESSAGE_ID, "Not safe!\r\n", "dangerous" },
  { "thanks", SOC, "", BY_MESSAGE_ID, "ご報告ありがとうございました。\r\n", "thanks" },
  { "a question", SOC, "", BY_MESSAGE_ID, "Safe?\r\n", "answered" },
  { "a sentence that goes on", SOC, "", BY_MESSAGE_ID, "Safe, unless you opened it.\r\n", "answered" },
  { "a quoted word", SOC, "", BY_MESSAGE_ID, "> harmless\r\n", "answered" },
  { "the field of the verdict", SOC, "X-Sekisho-Verdict: harmless\r\n", BY_MESSAGE_ID, "see above\r\n",
    "harmless" },
  { "the field of the report", SOC, "", BY_FIELD, "Safe.\r\n", "harmless" },
  { "the id alone", SOC, "", BY_ID, "Safe.\r\n", "" },
  { "the id with another end", SOC, "", BY_GUESS, "Safe.\r\n", "" },
  { "authentication passed", SOC, GATEWAY ("dmarc=pass"), BY_ID, "Safe.\r\n", "harmless" },
  { "authentication passed, another end", SOC, GATEWAY ("dmarc=pass"), BY_GUESS, "Safe.\r\n", "harmless" },
  { "only SPF passed", SOC, GATEWAY ("spf=pass"), BY_ID, "Safe.\r\n", "" },
  { "a foreign gateway's word", SOC, "Authentication-Results: mx.evil.example; dmarc=pass\r\n", BY_ID,
    "Safe.\r\n", "" },
  { "authentication failed", SOC, GATEWAY ("dmarc=fail"), BY_MESSAGE_ID, "Safe.\r\n", "" },
  { "somebody else", "soc@kaede.example.evil.example", "", BY_MESSAGE_ID, "Safe.\r\n", "" },
  { "the address as a name", "\"soc@kaede.example\" <a@evil.example>", "", BY_MESSAGE_ID, "Safe.\r\n", "" },
  { "two authors", "soc@kaede.example, a@evil.example", "", BY_MESSAGE_ID, "Safe.\r\n", "" },
  { "no reference", SOC, "", NOT_AT_ALL, "Safe.\r\n", "" },
  { "an id that no report has", SOC, "X-Sekisho-Report: 00112233445566778899aabbccddeeff\r\n", NOT_AT_ALL,
    "Safe.\r\n", "" },
};

static char *
report (const World *world, const char *mail)
{
  g_autoptr (GError) error = NULL;
  int fd = sealed_mail (mail, strlen (mail));
  g_autoptr (GVariant) reply = world_call (world, "Report", fd, NULL, &error);
  close (fd);
  g_assert_no_error (error);
  char *id = NULL;
  g_variant_get (reply, "(s)", &id);
  return id;
}

/* The verdict. */
static GVariant *
check (const World *world, const char *mail)
{
  g_autoptr (GError) error = NULL;
  int fd = sealed_mail (mail, strlen (mail));
  g_autoptr (GVariant) reply = world_call (world, "Check", fd, NULL, &error);
  close (fd);
  g_assert_no_error (error);
  return g_variant_get_child_value (reply, 0);
}

static void
hear (const World *world, const char *mail)
{
  g_variant_unref (check (world, mail));
}

/* Without <>, of the report that lies in the Maildir. */
static char *
message_id_of (const World *world, const char *id)
{
  g_autofree char *folder = world_path (world, "data/sekisho/reports/new");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL), *text = NULL;
      g_autofree char *start = g_strdup_printf ("Message-ID: <%s@", id);
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      const char *found = strstr (text, start);
      if (found != NULL)
        return g_strndup (found + strlen ("Message-ID: <"), strcspn (found, ">") - strlen ("Message-ID: <"));
    }
  g_assert_not_reached ();
}

/* A field with its line end. */
static char *
refer (const World *world, Reference reference, const char *id)
{
  if (reference == NOT_AT_ALL)
    return g_strdup ("");
  g_autofree char *message_id = message_id_of (world, id);
  switch (reference)
    {
    case BY_MESSAGE_ID:
      return g_strdup_printf ("In-Reply-To: <%s>\r\n", message_id);
    case BY_FIELD:
      return g_strdup_printf ("X-Sekisho-Report: <%s>\r\n", message_id);
    case BY_ID:
      return g_strdup_printf ("X-Sekisho-Report: %s\r\n", id);
    default:
      return g_strdup_printf ("In-Reply-To: <%s@0123456789abcdef0123456789abcdef.sekisho.invalid>\r\n", id);
    }
}

/* What Reports says under key of the report with this id. */
static char *
ask (const World *world, const char *id, const char *key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_sync (world->connection, AGENT_NAME, AGENT_PATH, AGENT_NAME, "Reports", NULL,
                                   G_VARIANT_TYPE ("(aa{sv})"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (GVariant) reports = g_variant_get_child_value (reply, 0);
  for (gsize i = 0; i < g_variant_n_children (reports); i++)
    {
      g_autoptr (GVariant) one = g_variant_get_child_value (reports, i);
      const char *is = "";
      char *value = NULL;
      g_assert_true (g_variant_lookup (one, "id", "&s", &is));
      if (g_str_equal (is, id) && g_variant_lookup (one, key, "s", &value))
        return value;
    }
  g_assert_not_reached ();
}

static gboolean
nothing_waits (gpointer user_data)
{
  g_autoptr (GVariant) outbox = world_property (user_data, "Outbox", NULL);
  gint64 queued = -1;
  return outbox != NULL && g_variant_lookup (outbox, "queued", "x", &queued) && queued == 0;
}

static void
on_signal (GDBusConnection *connection,
           const char *sender,
           const char *path,
           const char *interface,
           const char *signal,
           GVariant *parameters,
           gpointer user_data)
{
  const char *answer = "";
  g_variant_get (parameters, "(&s&s)", NULL, &answer);
  g_string_append_printf (user_data, "%s ", answer);
}

static void
test_cases (void)
{
  g_autoptr (World) world = world_new (POLICY, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *one = &cases[i];
      g_autofree char *mail = g_strdup_printf ("X-Number: %" G_GSIZE_FORMAT "\r\n" REPORTED, i);
      g_autofree char *id = report (world, mail);
      world_wait (nothing_waits, world, "the report to be delivered");
      g_autofree char *reference = refer (world, one->reference, id);
      g_autofree char *answer =
          g_strdup_printf ("%sFrom: %s\r\nTo: taro.sato@kaede.example\r\nSubject: Re: report\r\n%s"
                           "Content-Type: text/plain; charset=UTF-8\r\n\r\n%s",
                           one->fields, one->from, reference, one->text);
      hear (world, answer);
      g_autofree char *got = ask (world, id, "answer");
      g_test_message ("%s: “%s”", one->what, got);
      g_assert_cmpstr (got, ==, one->answer);
    }
}

/* A judgement follows thanks, is told once, and no later mail turns it round. */
static void
test_order (void)
{
  g_autoptr (World) world = world_new (POLICY, TRUE);
  g_autoptr (GString) told = g_string_new (NULL);
  guint subscription =
      g_dbus_connection_signal_subscribe (world->connection, NULL, AGENT_NAME, "ReportAnswered", AGENT_PATH,
                                          NULL, 0, on_signal, told, NULL);
  g_autofree char *id = report (world, REPORTED);
  world_wait (nothing_waits, world, "the report to be delivered");
  g_autofree char *reference = refer (world, BY_MESSAGE_ID, id);
  static const char *const texts[] = { "Thanks.", "Dangerous.", "Dangerous.", "Harmless.", "Thanks." };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *answer =
          g_strdup_printf ("From: soc@kaede.example\r\n%s\r\n%s\r\n", reference, texts[i]);
      hear (world, answer);
    }
  g_autofree char *got = ask (world, id, "answer");
  g_assert_cmpstr (got, ==, "dangerous");
  world_settle (200);
  g_assert_cmpstr (told->str, ==, "thanks dangerous ");
  g_dbus_connection_signal_unsubscribe (world->connection, subscription);
}

/* Nobody can answer what nobody got. */
static void
test_unsent (void)
{
  g_autofree char *policy = g_strdup_printf (POLICY "smtp=127.0.0.1:%d\n", free_port ());
  g_autoptr (World) world = world_new (policy, TRUE);
  g_autofree char *id = report (world, REPORTED);
  g_autofree char *answer = g_strdup_printf (
      GATEWAY ("dmarc=pass") "From: soc@kaede.example\r\nX-Sekisho-Report: %s\r\n\r\nSafe.\r\n", id);
  hear (world, answer);
  g_autofree char *state = ask (world, id, "state");
  g_autofree char *got = ask (world, id, "answer");
  g_assert_cmpstr (state, ==, "queued");
  g_assert_cmpstr (got, ==, "");
}

#define PARTNER(number, address)                                                                             \
  "From: =?UTF-8?B?5qOu5pysIOiqoA==?= <" address ">\r\nTo: taro.sato@kaede.example\r\n"                      \
  "Message-ID: <" number "@partner>\r\nSubject: Plan " number "\r\n\r\nthe plan\r\n"

static void
learn_partner (const World *world)
{
  g_autoptr (GError) error = NULL;
  g_auto (GVariantBuilder) summaries = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  g_autoptr (GVariant) mail = g_variant_ref_sink (g_variant_new_parsed (
      "{'message-id': <'known@partner'>, 'subject': <'Plan'>, 'from': <('', 'taro.sato@kaede.example')>, "
      "'recipients': <[('森本 誠', 'morimoto@partner.example')]>, 'date': <int64 1790000000>, "
      "'references': <@as []>, 'sent': <true>}"));
  g_variant_builder_add_value (&summaries, mail);
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_sync (world->connection, AGENT_NAME, AGENT_PATH, AGENT_NAME, "Learn",
                                   g_variant_new ("(@aa{sv})", g_variant_builder_end (&summaries)), NULL,
                                   G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_level (const World *world, const char *mail, const char *wanted)
{
  g_autoptr (GVariant) verdict = check (world, mail);
  const char *level = "";
  g_assert_true (g_variant_lookup (verdict, "level", "&s", &level));
  g_assert_cmpstr (level, ==, wanted);
}

static void
judge (const World *world, const char *mail, const char *text)
{
  g_autofree char *id = report (world, mail);
  world_wait (nothing_waits, (gpointer) world, "the report to be delivered");
  g_autofree char *reference = refer (world, BY_MESSAGE_ID, id);
  g_autofree char *answer = g_strdup_printf ("From: " SOC "\r\n%s\r\n%s\r\n", reference, text);
  hear (world, answer);
}

/* A partner's new address: once it was found harmless, the next mail from there needs no care. */
static void
test_harmless_teaches (void)
{
  g_autoptr (World) world = world_new (POLICY, TRUE);
  learn_partner (world);
  assert_level (world, PARTNER ("1", "morimoto@new.example"), "caution");
  assert_level (world, PARTNER ("2", "morimoto@new.example"), "caution");
  judge (world, PARTNER ("1", "morimoto@new.example"), "Harmless.");
  assert_level (world, PARTNER ("1", "morimoto@new.example"), "notice");
  assert_level (world, PARTNER ("3", "morimoto@new.example"), "clear");
  assert_level (world, PARTNER ("4", "morimoto@other.example"), "caution");
}

static void
test_dangerous_stays (void)
{
  g_autoptr (World) world = world_new (POLICY, TRUE);
  assert_level (world, REPORTED, "clear");
  judge (world, REPORTED, "Dangerous.");
  assert_level (world, REPORTED, "danger");
  assert_level (world, "X-Other: 1\r\n" REPORTED, "clear");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/answer/cases", test_cases);
  g_test_add_func ("/service/answer/order", test_order);
  g_test_add_func ("/service/answer/unsent", test_unsent);
  g_test_add_func ("/service/answer/harmless-teaches", test_harmless_teaches);
  g_test_add_func ("/service/answer/dangerous-stays", test_dangerous_stays);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <unistd.h>

#include "tests/agent/service/world.h"

#define POLICY                                                                                               \
  "[organisation]\nname=Kaede\ndomains=kaede.example\n"                                                      \
  "gateways=mx.kaede.example\n[report]\naddress=soc@kaede.example\n"

#define REPORTED                                                                                             \
  "From: A <a@evil.example>\r\nTo: taro.sato@kaede.example\r\nSubject: odd\r\n\r\nopen this\r\n"

typedef struct
{
  const char *what;
  const char *from;
  const char *fields; /* further ones */
  gboolean refers;    /* In-Reply-To names the report */
  const char *text;
  const char *answer; /* what Reports says of a fresh report afterwards */
} Case;

#define GATEWAY(result)                                                                                      \
  "Authentication-Results: mx.kaede.example; dmarc=" result " header.from=kaede.example\r\n"

/* Each one is the first that is heard of a report of its own. */
static const Case cases[] = {
  { "an English sentence", "SOC <soc@kaede.example>", "", TRUE, "Dangerous.\r\n", "dangerous" },
  { "a Japanese sentence", "SOC <soc@kaede.example>", "", TRUE, "問題ありませんでした。\r\n", "harmless" },
  { "the word with a negation", "soc@kaede.example", "", TRUE, "危険ではありません。\r\n", "harmless" },
  { "another negation", "soc@kaede.example", "", TRUE, "Not safe!\r\n", "dangerous" },
  { "thanks", "soc@kaede.example", "", TRUE, "ご報告ありがとうございました。\r\n", "thanks" },
  { "a question", "soc@kaede.example", "", TRUE, "Safe?\r\n", "answered" },
  { "a sentence that goes on", "soc@kaede.example", "", TRUE, "Safe, unless you opened it.\r\n", "answered" },
  { "a quoted word", "soc@kaede.example", "", TRUE, "> harmless\r\n", "answered" },
  { "the field", "soc@kaede.example", "X-Sekisho-Verdict: harmless\r\n", TRUE, "see above\r\n", "harmless" },
  { "authentication passed", "soc@kaede.example", GATEWAY ("pass"), TRUE, "Safe.\r\n", "harmless" },
  { "authentication failed", "soc@kaede.example", GATEWAY ("fail"), TRUE, "Safe.\r\n", "" },
  { "somebody else", "soc@kaede.example.evil.example", "", TRUE, "Safe.\r\n", "" },
  { "the address as a name", "\"soc@kaede.example\" <a@evil.example>", "", TRUE, "Safe.\r\n", "" },
  { "two authors", "soc@kaede.example, a@evil.example", "", TRUE, "Safe.\r\n", "" },
  { "no reference", "soc@kaede.example", "", FALSE, "Safe.\r\n", "" },
  { "an id that no report has", "soc@kaede.example", "X-Sekisho-Report: 00112233445566778899aabbccddeeff\r\n",
    FALSE, "Safe.\r\n", "" },
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

static void
check (const World *world, const char *mail)
{
  g_autoptr (GError) error = NULL;
  int fd = sealed_mail (mail, strlen (mail));
  g_autoptr (GVariant) reply = world_call (world, "Check", fd, NULL, &error);
  close (fd);
  g_assert_no_error (error);
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
      g_autofree char *reference =
          g_strdup_printf ("In-Reply-To: <%s@%s>\r\n", id, "0123456789ab.sekisho.invalid");
      g_autofree char *answer =
          g_strdup_printf ("%sFrom: %s\r\nTo: taro.sato@kaede.example\r\nSubject: Re: report\r\n%s"
                           "Content-Type: text/plain; charset=UTF-8\r\n\r\n%s",
                           one->fields, one->from, one->refers ? reference : "", one->text);
      check (world, answer);
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
  static const char *const texts[] = { "Thanks.", "Dangerous.", "Dangerous.", "Harmless.", "Thanks." };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *answer =
          g_strdup_printf ("From: soc@kaede.example\r\nX-Sekisho-Report: %s\r\n\r\n%s\r\n", id, texts[i]);
      check (world, answer);
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
  g_autofree char *answer =
      g_strdup_printf ("From: soc@kaede.example\r\nX-Sekisho-Report: %s\r\n\r\nSafe.\r\n", id);
  check (world, answer);
  g_autofree char *state = ask (world, id, "state");
  g_autofree char *got = ask (world, id, "answer");
  g_assert_cmpstr (state, ==, "queued");
  g_assert_cmpstr (got, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/answer/cases", test_cases);
  g_test_add_func ("/service/answer/order", test_order);
  g_test_add_func ("/service/answer/unsent", test_unsent);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Trust this sender": where it is offered, what it does, that it never touches what does harm, and that it
 * can be taken back. */
#include <string.h>
#include <unistd.h>

#include "tests/agent/service/world.h"

#define ORGANISATION                                                                                         \
  "[organisation]\nname=Kaede\ndomains=kaede.example\n[people]\n太田 道子=michiko.ota@kaede.example\n"
#define GATEWAY "[organisation]\ndomains=kaede.example\ngateways=mx.kaede.example\n"

#define PARTNER "h.mori@momiji.example"
/* An answer to nothing, by a program that always says what it answers. */
#define ANSWER(fields)                                                                                       \
  fields                                                                                                     \
      "To: taro.sato@kaede.example\r\nSubject: Re: the plan for May\r\nMessage-ID: <1@momiji.example>\r\n"   \
      "Date: Mon, 23 Nov 2026 10:00:00 +0900\r\nX-Mailer: Microsoft Outlook 16.0\r\n"                        \
      "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHere it is.\r\n"
#define FROM "From: Hanako Mori <" PARTNER ">\r\n"
#define PROVEN "Authentication-Results: mx.kaede.example; dmarc=pass header.from=momiji.example\r\n"

typedef struct
{
  const char *what;
  const char *policy;
  const char *mail;
  const char *level;
  gboolean may_trust;
} Case;

static const Case cases[] = {
  { "a stranger's manners", ORGANISATION, ANSWER (FROM), "caution", TRUE },
  { "the policy says no", ORGANISATION "[client]\nmay-trust=no\n", ANSWER (FROM), "caution", FALSE },
  { "the policy's own word on the check", ORGANISATION "[check fake-reply]\nlevel=caution\n", ANSWER (FROM),
    "caution", FALSE },
  { "a gateway that has not proven him", GATEWAY, ANSWER (FROM), "caution", FALSE },
  { "a gateway that has proven him", GATEWAY, ANSWER (PROVEN FROM), "caution", TRUE },
  { "a colleague's name", ORGANISATION, ANSWER ("From: 太田 道子 <" PARTNER ">\r\n"), "danger", FALSE },
  { "an address in the name", ORGANISATION, ANSWER ("From: \"m.ota@kaede.example\" <" PARTNER ">\r\n"),
    "danger", FALSE },
  { "an address of ours", ORGANISATION, ANSWER ("From: Hanako Mori <h.mori@kaede.example>\r\n"), "caution",
    FALSE },
  { "two authors", ORGANISATION, ANSWER ("From: a@momiji.example, " PARTNER "\r\n"), "caution", FALSE },
};

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

static GVariant *
call (const World *world, const char *method, GVariant *parameters, GError **error)
{
  return g_dbus_connection_call_sync (world->connection, AGENT_NAME, AGENT_PATH, AGENT_NAME, method,
                                      parameters, NULL, 0, -1, NULL, error);
}

static GVariant *
trust (const World *world, GVariant *verdict, GError **error)
{
  const char *id = NULL;
  g_assert_true (g_variant_lookup (verdict, "id", "&s", &id));
  return call (world, "Trust", g_variant_new ("(s)", id), error);
}

static void
assert_level (GVariant *verdict, const char *level, gboolean may_trust)
{
  const char *found = NULL;
  gboolean offered = FALSE;
  g_assert_true (g_variant_lookup (verdict, "level", "&s", &found));
  g_assert_true (g_variant_lookup (verdict, "may-trust", "b", &offered));
  g_assert_cmpstr (found, ==, level);
  g_assert_cmpint (offered, ==, may_trust);
}

static gsize
count_trusted (const World *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = call (world, "Trusted", NULL, &error);
  g_assert_no_error (error);
  g_autoptr (GVariant) senders = g_variant_get_child_value (reply, 0);
  return g_variant_n_children (senders);
}

static void
test_offered (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (World) world = world_new (row->policy, TRUE);
  g_autoptr (GVariant) verdict = check (world, row->mail);
  assert_level (verdict, row->level, row->may_trust);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = trust (world, verdict, &error);
  if (row->may_trust)
    g_assert_no_error (error);
  else
    g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED);
  g_assert_cmpuint (count_trusted (world), ==, row->may_trust ? 1 : 0);
}

static void
test_holds_and_is_taken_back (void)
{
  g_autoptr (World) world = world_new (ORGANISATION, TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) first = check (world, ANSWER (FROM));
  g_autoptr (GVariant) reply = trust (world, first, &error);
  g_assert_no_error (error);
  const char *address;
  g_variant_get (reply, "(&s)", &address);
  g_assert_cmpstr (address, ==, PARTNER);
  g_autoptr (GVariant) second = check (world, ANSWER (FROM));
  assert_level (second, "notice", FALSE);
  /* What is in the list is what a page can show. */
  g_autoptr (GVariant) listed = call (world, "Trusted", NULL, &error);
  g_assert_no_error (error);
  g_autofree char *text = g_variant_print (listed, FALSE);
  g_assert_nonnull (strstr (text, PARTNER));
  g_assert_nonnull (strstr (text, "Hanako Mori"));

  g_autoptr (GVariant) done = call (world, "Untrust", g_variant_new ("(s)", "H.Mori@Momiji.example"), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_trusted (world), ==, 0);
  g_autoptr (GVariant) third = check (world, ANSWER (FROM));
  assert_level (third, "caution", TRUE);
  g_autoptr (GVariant) again = call (world, "Untrust", g_variant_new ("(s)", PARTNER), &error);
  g_assert_null (again);
  g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS);
}

/* Whom one has been talked into trusting does harm all the same. */
static void
test_harm_is_told (void)
{
  g_autoptr (World) world = world_new (ORGANISATION, TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) first = check (world, ANSWER (FROM));
  g_autoptr (GVariant) reply = trust (world, first, &error);
  g_assert_no_error (error);
  g_autoptr (GVariant) name = check (world, ANSWER ("From: 太田 道子 <" PARTNER ">\r\n"));
  assert_level (name, "danger", FALSE);
  g_autoptr (GVariant) link =
      check (world, FROM "To: taro.sato@kaede.example\r\nSubject: Re: the plan for May\r\n"
                         "Message-ID: <2@momiji.example>\r\nX-Mailer: Microsoft Outlook 16.0\r\n"
                         "MIME-Version: 1.0\r\nContent-Type: application/octet-stream\r\n"
                         "Content-Disposition: attachment; filename=\"plan.pdf.exe\"\r\n\r\nMZ nothing\r\n");
  const char *level = NULL;
  g_assert_true (g_variant_lookup (link, "level", "&s", &level));
  g_assert_cmpstr (level, ==, "danger");
}

static void
test_no_such_verdict (void)
{
  g_autoptr (World) world = world_new (ORGANISATION, TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = call (world, "Trust", g_variant_new ("(s)", "00"), &error);
  g_assert_null (reply);
  g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/service/trust/offered/%" G_GSIZE_FORMAT, i);
      g_test_add_data_func (path, &cases[i], test_offered);
    }
  g_test_add_func ("/service/trust/holds-and-is-taken-back", test_holds_and_is_taken_back);
  g_test_add_func ("/service/trust/harm-is-told", test_harm_is_told);
  g_test_add_func ("/service/trust/no-such-verdict", test_no_such_verdict);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the person's window asks of the agent beside its lists: somebody's past, and the self-test. */
#include <string.h>

#include "tests/agent/service/world.h"

#define POLICY "[organisation]\ndomains=kaede.example\n"
#define MORI "h.mori@momiji.example"

static GVariant *
call (const World *world, const char *method, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_sync (world->connection, AGENT_NAME, AGENT_PATH, AGENT_NAME, method, parameters,
                                   NULL, 0, -1, NULL, &error);
  g_assert_no_error (error);
  return g_variant_get_child_value (reply, 0);
}

static void
learn (const World *world)
{
  g_autoptr (GVariant) learned =
      call (world, "Learn",
            g_variant_new_parsed (
                "([{'message-id': <'1@x'>, 'subject': <'a'>, 'from': <('Hanako Mori', '" MORI
                "')>, 'date': <int64 1790000000>, 'sent': <false>}, {'message-id': <'2@x'>, 'subject': "
                "<'b'>, 'from': <('Hanako Mori', 'mori@home.example')>, 'date': <int64 1790002000>, "
                "'sent': <false>}],)"));
  g_assert_cmpuint (g_variant_get_uint32 (learned), ==, 2);
}

static gint64
number (GVariant *known, const char *key)
{
  gint64 value = -1;
  g_assert_true (g_variant_lookup (known, key, "x", &value));
  return value;
}

static void
test_correspondent (void)
{
  g_autoptr (World) world = world_new (POLICY, TRUE);
  learn (world);
  g_autoptr (GVariant) by_address =
      call (world, "Correspondent", g_variant_new ("(s)", " H.Mori@Momiji.example "));
  g_assert_cmpuint (g_variant_n_children (by_address), ==, 1);
  g_autoptr (GVariant) mori = g_variant_get_child_value (by_address, 0);
  g_assert_cmpint (number (mori, "received"), ==, 1);
  g_assert_cmpint (number (mori, "sent"), ==, 0);
  g_assert_cmpint (number (mori, "first-seen"), ==, 1790000000);
  g_autofree char *text = g_variant_print (mori, FALSE);
  g_assert_nonnull (strstr (text, "'Hanako Mori'"));
  g_autoptr (GVariant) by_name = call (world, "Correspondent", g_variant_new ("(s)", "hanako MORI"));
  g_assert_cmpuint (g_variant_n_children (by_name), ==, 2);
  g_autoptr (GVariant) nobody = call (world, "Correspondent", g_variant_new ("(s)", "ghost@x.example"));
  g_autoptr (GVariant) ghost = g_variant_get_child_value (nobody, 0);
  gboolean known = TRUE;
  g_assert_true (g_variant_lookup (ghost, "known", "b", &known));
  g_assert_false (known);
}

/* Whatever is typed into the box. */
static void
test_odd_words (void)
{
  g_autoptr (World) world = world_new (POLICY, TRUE);
  learn (world);
  g_autofree char *much = g_strnfill (100000, 'a');
  g_autofree char *address = g_strconcat (much, "@", much, NULL);
  const char *const words[] = { "", " ", "@", "%", "' OR 1=1 --", "\u202e@\u202e", much, address };
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (GVariant) known = call (world, "Correspondent", g_variant_new ("(s)", words[i]));
      g_assert_cmpuint (g_variant_n_children (known), <=, 1);
      g_assert_cmpuint (g_variant_get_size (known), <, 10000);
    }
}

/* Whether the step is well. */
static gboolean
step (GVariant *outcome, const char *wanted)
{
  g_autoptr (GVariantIter) steps = NULL;
  const char *id, *title, *reason;
  gboolean well;
  g_assert_true (g_variant_lookup (outcome, "steps", "a(ssbs)", &steps));
  while (g_variant_iter_next (steps, "(&s&sb&s)", &id, &title, &well, &reason))
    if (g_str_equal (id, wanted))
      {
        g_assert_cmpint (*reason == '\0', ==, well);
        return well;
      }
  g_assert_not_reached ();
}

static void
test_self_test (void)
{
  g_autoptr (World) world = world_new (POLICY, TRUE);
  static const char *const steps[] = { "scanner", "verdict", "history", "policy", "report", "delivery" };
  g_autoptr (GVariant) outcome = call (world, "SelfTest", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    g_assert_true (step (outcome, steps[i]));
  /* Nobody shows messages on this bus, and that is said. */
  g_assert_false (step (outcome, "notifications"));
  g_autoptr (GVariant) warned = call (world, "Warned", NULL);
  g_autoptr (GVariant) reports = call (world, "Reports", NULL);
  g_assert_cmpuint (g_variant_n_children (warned), ==, 0);
  g_assert_cmpuint (g_variant_n_children (reports), ==, 0);
  g_autoptr (GVariant) known =
      call (world, "Correspondent", g_variant_new ("(s)", "self-test@sekisho.invalid"));
  g_autofree char *text = g_variant_print (known, FALSE);
  g_assert_nonnull (strstr (text, "'known': <false>"));
}

static void
test_self_test_of_a_broken_policy (void)
{
  g_autoptr (World) world = world_new ("[check program-attached]\nlevel=off\n[check double-extension]\n"
                                       "level=off\n[client]\nmay-trust=perhaps\n",
                                       TRUE);
  g_autoptr (GVariant) outcome = call (world, "SelfTest", NULL);
  g_assert_true (step (outcome, "scanner"));
  g_assert_false (step (outcome, "verdict"));
  g_assert_false (step (outcome, "policy"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/knowing/correspondent", test_correspondent);
  g_test_add_func ("/service/knowing/odd-words", test_odd_words);
  g_test_add_func ("/service/knowing/self-test", test_self_test);
  g_test_add_func ("/service/knowing/self-test-of-a-broken-policy", test_self_test_of_a_broken_policy);
  return g_test_run ();
}

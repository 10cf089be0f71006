/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The walk through the folders stops and goes on when the person says so in the window, with the real agent.
 */
#include <string.h>

#include "plugin/client/learner.h"
#include "tests/agent/service/world.h"

#define MAILS 400

typedef struct
{
  World *world;
  guint32 reads; /* mails handed over so far */
  gboolean paused;
  char *shown;
} Walk;

static void
list (SekLearner *learner, GHashTable *learned, gpointer user_data)
{
  GPtrArray *folders = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (folders, g_strdup ("test:inbox"));
  sek_learner_listed (learner, folders, MAILS);
}

/* One mail at a time, so that there is something left when the person has had enough. */
static void
read_next (SekLearner *learner, const char *folder, guint32 up_to, gpointer user_data)
{
  Walk *walk = user_data;
  g_autoptr (GPtrArray) mails = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_message_summary_free);
  SekMessageSummary *mail = sek_message_summary_new ();
  mail->message_id = g_strdup_printf ("%u@kaede.example", up_to + 1);
  mail->from = sek_mailbox_new ("太田", "ota@kaede.example");
  g_ptr_array_add (mails, mail);
  walk->reads++;
  sek_learner_read (learner, mails, up_to + 1, 1, up_to + 1 < MAILS, FALSE);
}

static void
show (const char *text, gpointer user_data)
{
  Walk *walk = user_data;
  g_free (walk->shown);
  walk->shown = g_strdup (text);
}

static gboolean
has_begun (gpointer user_data)
{
  return ((Walk *) user_data)->reads > 2;
}

static gboolean
is_paused (gpointer user_data)
{
  const Walk *walk = user_data;
  return walk->shown != NULL && strstr (walk->shown, "paused") != NULL;
}

static gboolean
has_gone_on (gpointer user_data)
{
  return ((Walk *) user_data)->reads > 5;
}

static void
choose (const World *world, gboolean learn)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_sync (world->connection, AGENT_NAME, AGENT_PATH, AGENT_NAME, "SetSetting",
                                   g_variant_new ("(sb)", "client.learn", learn), NULL,
                                   G_DBUS_CALL_FLAGS_NONE, 30000, NULL, &error);
  g_assert_no_error (error);
}

static void
test_paused_by_choice (void)
{
  static const SekLearnerFuncs funcs = { list, read_next, show };
  g_autoptr (World) world = world_new (NULL, TRUE);
  g_autoptr (SekClient) client = sek_client_new ("Test 1");
  Walk walk = { .world = world };
  SekLearner *learner = sek_learner_new (client, &funcs, &walk);
  world_wait (has_begun, &walk, "the walk");
  choose (world, FALSE);
  world_wait (is_paused, &walk, "the pause");
  guint32 reads = walk.reads;
  world_settle (500);
  /* One may have been on its way. */
  g_assert_cmpuint (walk.reads, <=, reads + 1);
  walk.reads = 0;
  choose (world, TRUE);
  world_wait (has_gone_on, &walk, "the walk again");
  g_assert_false (is_paused (&walk));
  sek_learner_free (learner);
  g_free (walk.shown);
}

/* Wanted by nobody from the beginning: not one mail is read. */
static void
test_never_begun (void)
{
  static const SekLearnerFuncs funcs = { list, read_next, show };
  g_autoptr (World) world = world_new ("[client]\nlearn=no\n", TRUE);
  world_start_agent (world);
  g_autoptr (SekClient) client = sek_client_new ("Test 1");
  Walk walk = { .world = world };
  SekLearner *learner = sek_learner_new (client, &funcs, &walk);
  /* It begins after five seconds, and finds the bus two seconds later. */
  world_settle (9000);
  g_assert_cmpuint (walk.reads, ==, 0);
  g_assert_false (sek_client_learns (client));
  sek_learner_free (learner);
  g_free (walk.shown);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/learner/paused-by-choice", test_paused_by_choice);
  g_test_add_func ("/client/learner/never-begun", test_never_begun);
  return g_test_run ();
}

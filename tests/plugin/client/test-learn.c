/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A client's folders are learned by the real agent, and it says how far, also after a restart. */
#include <signal.h>

#include "plugin/client/learn.h"
#include "tests/agent/service/world.h"

typedef struct
{
  gboolean answered;
  gint64 learned;
  GHashTable *folders;
  GError *error;
} Answer;

static gboolean
is_answered (gpointer user_data)
{
  return ((Answer *) user_data)->answered;
}

static void
on_learned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;
  answer->learned = sek_client_learn_finish (NULL, result, &answer->error);
  answer->answered = TRUE;
}

static void
on_folders (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;
  answer->folders = sek_client_learned_finish (NULL, result, &answer->error);
  answer->answered = TRUE;
}

/* Until there is a bus, the answer is that there is none yet. */
static GHashTable *
folders (SekClient *client)
{
  for (int i = 0; i < 200; i++)
    {
      Answer answer = { 0 };
      sek_client_learned (client, NULL, on_folders, &answer);
      world_wait (is_answered, &answer, "the folders");
      if (answer.folders != NULL)
        return answer.folders;
      g_assert_error (answer.error, SEK_CLIENT_ERROR, SEK_CLIENT_ERROR_AGENT);
      g_clear_error (&answer.error);
      world_settle (20);
    }
  g_error ("There is no bus");
}

static gint64
learn (SekClient *client, const char *folder, guint32 from, guint32 to)
{
  g_autoptr (GPtrArray) mails = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_message_summary_free);
  for (guint32 i = from; i <= to; i++)
    {
      SekMessageSummary *mail = sek_message_summary_new ();
      mail->message_id = g_strdup_printf ("%u@kaede.example", i);
      mail->from = sek_mailbox_new ("太田", "ota@kaede.example");
      g_ptr_array_add (mails, mail);
    }
  Answer answer = { 0 };
  sek_client_learn (client, folder, to, mails, NULL, on_learned, &answer);
  world_wait (is_answered, &answer, "what was learned");
  g_assert_no_error (answer.error);
  return answer.learned;
}

static void
test_goes_on (void)
{
  g_autoptr (World) world = world_new (NULL, TRUE);
  g_autoptr (SekClient) client = sek_client_new ("Test 1");
  g_autoptr (GHashTable) none = folders (client);
  g_assert_cmpuint (g_hash_table_size (none), ==, 0);
  g_assert_cmpint (learn (client, "test:収信箱", 1, 200), ==, 200);
  g_assert_cmpint (learn (client, "test:収信箱", 201, 300), ==, 100);
  g_assert_cmpint (learn (client, "test:sent", 300, 301), ==, 1);
  world_end_agent (world, SIGTERM);
  g_autoptr (GHashTable) both = folders (client);
  g_assert_cmpuint (g_hash_table_size (both), ==, 2);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (both, "test:収信箱")), ==, 300);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (both, "test:sent")), ==, 301);
}

static void
test_cancelled (void)
{
  g_autoptr (World) world = world_new (NULL, TRUE);
  g_autoptr (SekClient) client = sek_client_new ("Test 1");
  g_autoptr (GHashTable) none = folders (client);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Answer answer = { 0 };
  sek_client_learned (client, cancellable, on_folders, &answer);
  g_cancellable_cancel (cancellable);
  world_wait (is_answered, &answer, "the end");
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&answer.error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/learn/goes-on", test_goes_on);
  g_test_add_func ("/client/learn/cancelled", test_cancelled);
  return g_test_run ();
}

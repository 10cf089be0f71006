/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/policy/fetched.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agent/policy/policy-file.h"
#include "agent/policy/trust/trust.h"
#include "tests/agent/policy/signing.h"

#define MACHINE "4c1f3d1e0f9d4c6c8a0f6f3f1d2c3b4a"

/* Keys, and what is kept, of one case. */
typedef struct
{
  char *folder;
  char *kept;
  char *old_key, *new_key, *strange_key;
} Desk;

static void
set_up (Desk *desk, gconstpointer data)
{
  desk->folder = g_dir_make_tmp ("sekisho-XXXXXX", NULL);
  desk->kept = g_build_filename (desk->folder, "state", "policy", NULL);
  desk->old_key = signing_make_key (desk->folder, "old");
  desk->new_key = signing_make_key (desk->folder, "new");
  desk->strange_key = signing_make_key (desk->folder, "strange");
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  const char *const remove[] = { "rm", "-rf", desk->folder, NULL };
  signing_run (remove);
  g_free (desk->folder);
  g_free (desk->kept);
  g_free (desk->old_key);
  g_free (desk->new_key);
  g_free (desk->strange_key);
}

static SekFetchedResult
take_for (const Desk *desk, const char *signer, const char *text, const char *machine, GError **error)
{
  const char *const keys[] = { desk->old_key, desk->new_key, NULL };
  g_autofree char *signature = signing_sign (desk->folder, signer, text, NULL);
  const SekSignedBytes came = { (const guint8 *) text, strlen (text), signature, strlen (signature) };
  return sek_fetched_take (desk->kept, &came, keys, machine, error);
}

static void
assert_result (const Desk *desk, const char *signer, const char *text, SekFetchedResult wanted)
{
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (take_for (desk, signer, text, MACHINE, &error), ==, wanted);
  g_assert_true ((error != NULL) == (wanted == SEK_FETCHED_REFUSED));
  if (error != NULL)
    g_test_message ("%s", error->message);
}

static void
assert_kept (const Desk *desk, const char *text)
{
  const char *const keys[] = { desk->old_key, desk->new_key, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = sek_fetched_load (desk->kept, keys, &error);
  g_assert_no_error (error);
  g_assert_true ((bytes == NULL) == (text == NULL));
  if (text != NULL)
    g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, strlen (text));
}

#define POLICY(serial) "[policy]\nserial=" #serial "\n[organisation]\nname=Kaede\n"

static void
test_taken (Desk *desk, gconstpointer data)
{
  assert_kept (desk, NULL);
  assert_result (desk, "old", POLICY (7), SEK_FETCHED_TAKEN);
  assert_result (desk, "old", POLICY (7), SEK_FETCHED_SAME);
  assert_result (desk, "old", POLICY (8), SEK_FETCHED_TAKEN);
  assert_kept (desk, POLICY (8));
}

static void
test_refused (Desk *desk, gconstpointer data)
{
  assert_result (desk, "old", POLICY (7), SEK_FETCHED_TAKEN);
  assert_result (desk, "strange", POLICY (8), SEK_FETCHED_REFUSED);
  assert_result (desk, "old", POLICY (6), SEK_FETCHED_REFUSED);
  assert_result (desk, "old", POLICY (7) "# other\n", SEK_FETCHED_REFUSED);
  assert_result (desk, "old", "[organisation]\nname=Kaede\n", SEK_FETCHED_REFUSED);
  assert_result (desk, "old", "[policy]\nserial=9\n[report]\naddress=nobody\n", SEK_FETCHED_REFUSED);
  assert_result (desk, "old", "no key file", SEK_FETCHED_REFUSED);
  assert_kept (desk, POLICY (7));
}

/* A signature of other bytes, and none at all. */
static void
test_wrong_signature (Desk *desk, gconstpointer data)
{
  const char *const keys[] = { desk->old_key, NULL };
  g_autofree char *signature = signing_sign (desk->folder, "old", POLICY (1), NULL);
  SekSignedBytes came = { (const guint8 *) POLICY (2), strlen (POLICY (2)), signature, strlen (signature) };
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (sek_fetched_take (desk->kept, &came, keys, MACHINE, &error), ==, SEK_FETCHED_REFUSED);
  g_assert_error (error, SEK_TRUST_ERROR, SEK_TRUST_ERROR_BROKEN);
  g_clear_error (&error);
  came.signature_length = 0;
  g_assert_cmpint (sek_fetched_take (desk->kept, &came, keys, MACHINE, &error), ==, SEK_FETCHED_REFUSED);
  g_assert_error (error, SEK_TRUST_ERROR, SEK_TRUST_ERROR_MALFORMED);
  assert_kept (desk, NULL);
}

/* A new key begins to count anew, and what the old one signed before can't come back. */
static void
test_rotation (Desk *desk, gconstpointer data)
{
  assert_result (desk, "old", POLICY (41), SEK_FETCHED_TAKEN);
  assert_result (desk, "new", POLICY (1), SEK_FETCHED_TAKEN);
  assert_result (desk, "old", POLICY (41), SEK_FETCHED_REFUSED);
  assert_result (desk, "old", POLICY (40), SEK_FETCHED_REFUSED);
  assert_kept (desk, POLICY (1));
  assert_result (desk, "old", POLICY (42), SEK_FETCHED_TAKEN);
  /* Whose key was taken away has no say any more. */
  const char *const keys[] = { desk->new_key, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = sek_fetched_load (desk->kept, keys, &error);
  g_assert_null (bytes);
  g_assert_error (error, SEK_TRUST_ERROR, SEK_TRUST_ERROR_STRANGER);
}

/* The number that was kept is known also when the machine stopped before it was noted. */
static void
test_stopped_between (Desk *desk, gconstpointer data)
{
  assert_result (desk, "old", POLICY (7), SEK_FETCHED_TAKEN);
  g_autofree char *notes = g_build_filename (desk->kept, "state.conf", NULL);
  g_assert_cmpint (g_unlink (notes), ==, 0);
  assert_result (desk, "old", POLICY (6), SEK_FETCHED_REFUSED);
  assert_result (desk, "old", POLICY (8), SEK_FETCHED_TAKEN);
}

/* Nor is it forgotten when the next policy comes of another key. */
static void
test_stopped_before_rotation (Desk *desk, gconstpointer data)
{
  assert_result (desk, "old", POLICY (7), SEK_FETCHED_TAKEN);
  g_autofree char *notes = g_build_filename (desk->kept, "state.conf", NULL);
  g_assert_cmpint (g_unlink (notes), ==, 0);
  assert_result (desk, "new", POLICY (1), SEK_FETCHED_TAKEN);
  assert_result (desk, "old", POLICY (7), SEK_FETCHED_REFUSED);
  assert_kept (desk, POLICY (1));
}

static void
test_etag (Desk *desk, gconstpointer data)
{
  static const char here[] = "https://a.example/p", there[] = "https://b.example/p";
  g_autofree char *none = sek_fetched_etag (desk->kept, here);
  g_assert_cmpstr (none, ==, "");
  assert_result (desk, "old", POLICY (7), SEK_FETCHED_TAKEN);
  g_assert_true (sek_fetched_set_etag (desk->kept, here, "\"5f\"", NULL));
  g_autofree char *known = sek_fetched_etag (desk->kept, here), *other = sek_fetched_etag (desk->kept, there);
  g_assert_cmpstr (known, ==, "\"5f\"");
  g_assert_cmpstr (other, ==, "");
  /* Beside it the numbers stand as before. */
  assert_result (desk, "old", POLICY (6), SEK_FETCHED_REFUSED);
}

static void
test_damaged (Desk *desk, gconstpointer data)
{
  const char *const keys[] = { desk->old_key, NULL };
  assert_result (desk, "old", POLICY (7), SEK_FETCHED_TAKEN);
  g_autofree char *path = g_build_filename (desk->kept, "policy.signed", NULL), *text = NULL;
  gsize length = 0;
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  for (gsize cut = 0; cut < length; cut++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_true (g_file_set_contents (path, text, (gssize) cut, NULL));
      g_autoptr (GBytes) bytes = sek_fetched_load (desk->kept, keys, &error);
      g_assert_null (bytes);
      g_assert_nonnull (error);
    }
  /* The next look heals it; what is older than it was is still refused. */
  assert_result (desk, "old", POLICY (6), SEK_FETCHED_REFUSED);
  assert_result (desk, "old", POLICY (7), SEK_FETCHED_TAKEN);
  assert_kept (desk, POLICY (7));
}

/* Whether this process may still write a file. */
static void
limit_file_size (rlim_t bytes)
{
  struct rlimit limit;
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = bytes;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
test_full_disk (Desk *desk, gconstpointer data)
{
  assert_result (desk, "old", POLICY (7), SEK_FETCHED_TAKEN);
  const char *const keys[] = { desk->old_key, NULL };
  g_autofree char *signature = signing_sign (desk->folder, "old", POLICY (8), NULL);
  const SekSignedBytes came = { (const guint8 *) POLICY (8), strlen (POLICY (8)), signature,
                                strlen (signature) };
  g_autoptr (GError) error = NULL;
  signal (SIGXFSZ, SIG_IGN);
  limit_file_size (20);
  SekFetchedResult result = sek_fetched_take (desk->kept, &came, keys, MACHINE, &error);
  limit_file_size (RLIM_INFINITY);
  g_assert_cmpint (result, ==, SEK_FETCHED_REFUSED);
  g_assert_nonnull (error);
  assert_kept (desk, POLICY (7));
  assert_result (desk, "old", POLICY (8), SEK_FETCHED_TAKEN);
}

/* Two agents of one person, for instance in two sessions, take turns; whatever wins is whole. */
static void
test_racing (Desk *desk, gconstpointer data)
{
  assert_result (desk, "old", POLICY (1), SEK_FETCHED_TAKEN);
  const char *const keys[] = { desk->old_key, NULL };
  enum
  {
    ROUNDS = 60
  };
  char *texts[ROUNDS], *signatures[ROUNDS];
  for (int i = 0; i < ROUNDS; i++)
    {
      texts[i] = g_strdup_printf ("[policy]\nserial=%d\n", i + 2);
      signatures[i] = signing_sign (desk->folder, "old", texts[i], NULL);
    }
  pid_t child = fork ();
  for (int i = child == 0 ? 1 : 0; i < ROUNDS; i += 2)
    {
      const SekSignedBytes came = { (const guint8 *) texts[i], strlen (texts[i]), signatures[i],
                                    strlen (signatures[i]) };
      sek_fetched_take (desk->kept, &came, keys, MACHINE, NULL);
      g_autoptr (GBytes) bytes = sek_fetched_load (desk->kept, keys, NULL);
      if (bytes == NULL && child == 0)
        _exit (1);
      g_assert_nonnull (bytes);
    }
  if (child == 0)
    _exit (0);
  int status = 0;
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  for (int i = 0; i < ROUNDS; i++)
    {
      g_free (texts[i]);
      g_free (signatures[i]);
    }
}

static void
test_rollout (Desk *desk, gconstpointer data)
{
  guint taken = 0, again = 0;
  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *machine = g_strdup_printf ("machine-%u", i);
      gboolean now = sek_rollout_includes (machine, 5, 10);
      taken += now;
      again += now && sek_rollout_includes (machine, 6, 10);
      g_assert_true (!now || sek_rollout_includes (machine, 5, 50));
      g_assert_true (sek_rollout_includes (machine, 5, 100));
    }
  /* A tenth of all, and with the next serial a tenth of those. */
  g_assert_cmpuint (taken, >, 900);
  g_assert_cmpuint (taken, <, 1100);
  g_assert_cmpuint (again, <, 200);

  const char *late = sek_rollout_includes ("a", 8, 50) ? "b" : "a";
  for (guint i = 0; sek_rollout_includes (late, 8, 50); i++)
    late = g_intern_string (g_strdup_printf ("m%u", i));
  g_autoptr (GError) error = NULL;
  static const char next[] = "[policy]\nserial=8\nrollout=50\n";
  /* Whoever has no policy at all takes it. */
  g_assert_cmpint (take_for (desk, "old", POLICY (7), late, &error), ==, SEK_FETCHED_TAKEN);
  g_assert_cmpint (take_for (desk, "old", next, late, &error), ==, SEK_FETCHED_LATER);
  g_assert_no_error (error);
  assert_kept (desk, POLICY (7));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  static const struct
  {
    const char *path;
    void (*run) (Desk *desk, gconstpointer data);
  } cases[] = {
    { "/policy/fetched/taken", test_taken },
    { "/policy/fetched/refused", test_refused },
    { "/policy/fetched/wrong-signature", test_wrong_signature },
    { "/policy/fetched/rotation", test_rotation },
    { "/policy/fetched/stopped-between", test_stopped_between },
    { "/policy/fetched/stopped-before-rotation", test_stopped_before_rotation },
    { "/policy/fetched/etag", test_etag },
    { "/policy/fetched/damaged", test_damaged },
    { "/policy/fetched/full-disk", test_full_disk },
    { "/policy/fetched/racing", test_racing },
    { "/policy/fetched/rollout", test_rollout },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, Desk, NULL, set_up, cases[i].run, tear_down);
  return g_test_run ();
}

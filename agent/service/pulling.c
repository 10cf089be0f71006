/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/service/pulling.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "agent/policy/fetch/fetch.h"
#include "agent/policy/fetched.h"
#include "agent/policy/trust/trust.h"
#include "agent/secrets/secrets.h"
#include "agent/service/waking.h"

/* After the start, so that a building full of computers does not ask in the same second. */
#define START_MILLISECONDS 4000
/* File and signature are put in place one after the other; whoever comes in between looks once more. */
#define RACE_MICROSECONDS (2 * G_USEC_PER_SEC)

struct SekPulling
{
  SekPolicyWatch *policy;
  void (*changed) (gpointer user_data);
  gpointer user_data;
  char *way;      /* where and how the timer looks; "": nowhere */
  guint timer;    /* source id */
  guint failures; /* looks that failed since one went well */
  gint64 pulled;
  char *error; /* "" when the last look went well */
  gboolean under_way;
  gboolean again; /* somebody wants another look when this one is over */
  GCancellable *cancellable;
  SekWaking *waking; /* NULL while nothing is pulled */
};

/* What a thread needs for one look. */
typedef struct
{
  SekHeldPolicy *policy;
  char *folder;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;
  sek_held_policy_release (look->policy);
  g_free (look->folder);
  g_free (look);
}

/* Never changes on this computer; "" when there is none, and then all such computers go together. */
static char *
read_machine_id (void)
{
  char *text = NULL;
  if (!g_file_get_contents ("/etc/machine-id", &text, NULL, NULL))
    return g_strdup ("");
  return g_strstrip (text);
}

/* The password of pull_login. NULL with error when it is wanted and not at hand. */
static char *
look_up_secret (const SekPolicy *policy, GCancellable *cancellable, GError **error)
{
  if (*policy->pull_login == '\0')
    return g_strdup ("");
  g_autoptr (GUri) uri = g_uri_parse (policy->pull_url, G_URI_FLAGS_NONE, error);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  return host != NULL ? sek_secret_look_up (host, policy->pull_login, cancellable, error) : NULL;
}

static SekFetchedResult
take (const Look *look, const SekFetchAnswer *answer, GError **error)
{
  const SekPolicy *policy = sek_held_policy_get (look->policy);
  g_autofree char *machine = read_machine_id ();
  SekSignedBytes came = { 0 };
  came.data = g_bytes_get_data (answer->data, &came.length);
  came.signature = g_bytes_get_data (answer->signature, &came.signature_length);
  return sek_fetched_take (look->folder, &came, (const char *const *) policy->pull_keys, machine, error);
}

/* One look. *taken: a newer policy is on disk. */
static gboolean
look_once (const Look *look,
           const char *secret,
           const char *etag,
           gboolean *taken,
           GCancellable *cancellable,
           GError **error)
{
  const SekPolicy *policy = sek_held_policy_get (look->policy);
  const SekFetchRequest request = {
    .url = policy->pull_url,
    .suffix = ".minisig",
    .ca = policy->pull_ca,
    .etag = etag,
    .proxy = policy->pull_proxy,
    .certificate = policy->pull_certificate,
    .certificate_key = policy->pull_certificate_key,
    .login = policy->pull_login,
    .secret = secret,
    .bytes_max = SEK_POLICY_BYTES_MAX,
    .signature_bytes_max = SEK_SIGNATURE_BYTES_MAX,
  };
  g_auto (SekFetchAnswer) answer = { 0 };
  if (!sek_fetch (&request, cancellable, &answer, error))
    return FALSE;
  if (answer.data == NULL)
    return TRUE;
  SekFetchedResult result = take (look, &answer, error);
  *taken = result == SEK_FETCHED_TAKEN;
  /* Also of one whose roll-out passes this computer by: that can only change with another file. */
  return result != SEK_FETCHED_REFUSED &&
         sek_fetched_set_etag (look->folder, policy->pull_url, answer.etag, error);
}

static void
look_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Look *look = data;
  const SekPolicy *policy = sek_held_policy_get (look->policy);
  g_autoptr (GError) error = NULL;
  char *secret = look_up_secret (policy, cancellable, &error);
  /* What is kept must still be good by the keys of today, else the server's “not changed” says nothing. */
  g_autoptr (GBytes) kept = sek_fetched_load (look->folder, (const char *const *) policy->pull_keys, NULL);
  g_autofree char *etag = kept != NULL ? sek_fetched_etag (look->folder, policy->pull_url) : g_strdup ("");
  gboolean taken = FALSE;
  gboolean ok = secret != NULL && look_once (look, secret, etag, &taken, cancellable, &error);
  if (g_error_matches (error, SEK_TRUST_ERROR, SEK_TRUST_ERROR_BROKEN))
    {
      g_clear_error (&error);
      g_usleep (RACE_MICROSECONDS);
      ok = look_once (look, secret, "", &taken, cancellable, &error);
    }
  sek_secret_free (secret);
  if (ok)
    g_task_return_boolean (task, taken);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void schedule (SekPulling *pulling, gint64 milliseconds);

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SekPulling *pulling = user_data;
  g_autoptr (GError) error = NULL;
  gboolean taken = g_task_propagate_boolean (G_TASK (result), &error);
  pulling->under_way = FALSE;
  if (g_cancellable_is_cancelled (pulling->cancellable))
    return;
  g_autofree char *text = g_utf8_make_valid (error != NULL ? error->message : "", -1);
  /* Said once, not each hour. */
  if (error != NULL && !g_str_equal (text, pulling->error))
    g_warning ("The policy was not renewed: %s", text);
  g_free (pulling->error);
  pulling->error = g_steal_pointer (&text);
  pulling->failures = error != NULL ? pulling->failures + 1 : 0;
  if (error == NULL)
    pulling->pulled = g_get_real_time () / G_USEC_PER_SEC;
  gint64 minutes = sek_policy_watch_get (pulling->policy)->pull_minutes;
  gint64 delay = sek_fetch_delay (minutes, pulling->failures, g_random_double ());
  schedule (pulling, pulling->again ? 0 : delay * 1000);
  pulling->again = FALSE;
  if (taken)
    sek_policy_watch_reload (pulling->policy);
  else
    pulling->changed (pulling->user_data);
}

static gboolean
on_time (gpointer user_data)
{
  SekPulling *pulling = user_data;
  pulling->timer = 0;
  pulling->under_way = TRUE;
  Look *look = g_new0 (Look, 1);
  look->policy = sek_policy_watch_hold (pulling->policy);
  look->folder = sek_fetched_folder ();
  g_autoptr (GTask) task = g_task_new (NULL, pulling->cancellable, on_looked, pulling);
  g_task_set_task_data (task, look, look_free);
  g_task_run_in_thread (task, look_in_thread);
  return G_SOURCE_REMOVE;
}

static void
schedule (SekPulling *pulling, gint64 milliseconds)
{
  g_clear_handle_id (&pulling->timer, g_source_remove);
  if (*pulling->way == '\0' || pulling->under_way)
    return;
  if (milliseconds < 60 * 1000)
    pulling->timer = g_timeout_add ((guint) milliseconds, on_time, pulling);
  else
    pulling->timer = g_timeout_add_seconds ((guint) (milliseconds / 1000), on_time, pulling);
}

void
sek_pulling_now (SekPulling *pulling)
{
  pulling->again = pulling->under_way;
  schedule (pulling, 0);
}

static void
on_woken (gpointer user_data)
{
  SekPulling *pulling = user_data;
  /* After a failure the network may have been the reason; else the next look is soon enough. */
  if (pulling->failures > 0)
    sek_pulling_now (pulling);
}

/* What makes another look worth while when it changes: a key or an authority that was missing is there now.
 */
static char *
way_of (const SekPolicy *policy)
{
  if (*policy->pull_url == '\0')
    return g_strdup ("");
  g_autofree char *keys = g_strjoinv (";", policy->pull_keys);
  return g_strdup_printf ("%s\n%s\n%s\n%s\n%s\n%s\n%s\n%" G_GINT64_FORMAT, policy->pull_url, keys,
                          policy->pull_ca, policy->pull_proxy, policy->pull_login, policy->pull_certificate,
                          policy->pull_certificate_key, policy->pull_minutes);
}

void
sek_pulling_policy_changed (SekPulling *pulling)
{
  char *way = way_of (sek_policy_watch_get (pulling->policy));
  if (g_str_equal (way, pulling->way))
    {
      g_free (way);
      return;
    }
  g_free (pulling->way);
  pulling->way = way;
  g_clear_pointer (&pulling->waking, sek_waking_free);
  if (*way != '\0')
    pulling->waking = sek_waking_new (on_woken, pulling);
  pulling->failures = 0;
  pulling->again = pulling->under_way;
  schedule (pulling, g_random_int_range (0, START_MILLISECONDS));
}

SekPulling *
sek_pulling_new (SekPolicyWatch *policy, void (*changed) (gpointer user_data), gpointer user_data)
{
  SekPulling *pulling = g_new0 (SekPulling, 1);
  pulling->policy = policy;
  pulling->changed = changed;
  pulling->user_data = user_data;
  pulling->way = g_strdup ("");
  pulling->error = g_strdup ("");
  pulling->cancellable = g_cancellable_new ();
  sek_pulling_policy_changed (pulling);
  return pulling;
}

void
sek_pulling_free (SekPulling *pulling)
{
  if (pulling == NULL)
    return;
  g_cancellable_cancel (pulling->cancellable);
  g_clear_handle_id (&pulling->timer, g_source_remove);
  g_clear_pointer (&pulling->waking, sek_waking_free);
  while (pulling->under_way)
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (pulling->cancellable);
  g_free (pulling->way);
  g_free (pulling->error);
  g_free (pulling);
}

void
sek_pulling_add_to (const SekPulling *pulling, GVariantDict *dict)
{
  g_variant_dict_insert (dict, "pull-url", "s", sek_policy_watch_get (pulling->policy)->pull_url);
  g_variant_dict_insert (dict, "pulled", "x", pulling->pulled);
  g_variant_dict_insert (dict, "pull-error", "s", pulling->error);
}

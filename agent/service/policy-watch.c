/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/service/policy-watch.h"

#include "agent/engine/engine.h"
#include "agent/policy/policy-file.h"

/* An editor or a package writes a file in several steps; it is read once they are over. */
#define SETTLE_MILLISECONDS 200

struct SekHeldPolicy
{
  SekPolicy *policy;
};

struct SekPolicyWatch
{
  char *path;
  gboolean may_be_missing;
  SekHeldPolicy *held;
  char *error; /* why the file was refused; "" when it was not */
  GFileMonitor *monitor;
  guint settle; /* source id */
  void (*changed) (gpointer user_data);
  gpointer user_data;
};

static SekHeldPolicy *
held_policy_new (SekPolicy *policy)
{
  SekHeldPolicy *held = g_atomic_rc_box_new0 (SekHeldPolicy);
  held->policy = policy;
  return held;
}

static void
held_policy_clear (gpointer data)
{
  SekHeldPolicy *held = data;
  sek_policy_free (held->policy);
}

const SekPolicy *
sek_held_policy_get (const SekHeldPolicy *held)
{
  return held->policy;
}

void
sek_held_policy_release (SekHeldPolicy *held)
{
  if (held != NULL)
    g_atomic_rc_box_release_full (held, held_policy_clear);
}

static void
load (SekPolicyWatch *watch)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SekPolicy) policy = sek_policy_load (watch->path, &error);
  /* No policy is how a machine without an administrator looks; the same holds after one was taken away. */
  if (policy == NULL && watch->may_be_missing && !g_file_test (watch->path, G_FILE_TEST_EXISTS))
    {
      g_clear_error (&error);
      policy = sek_policy_new ();
    }
  g_free (watch->error);
  /* A file name may be any bytes; a string on the bus may not. */
  watch->error = error != NULL ? g_utf8_make_valid (error->message, -1) : g_strdup ("");
  if (error != NULL)
    g_warning ("The policy is not used: %s", error->message);
  g_auto (GStrv) unknown = policy != NULL ? sek_engine_unknown_groups (policy) : g_new0 (char *, 1);
  for (char **group = unknown; *group != NULL; group++)
    g_warning ("The policy's [%s] names nothing that is known", *group);
  if (policy == NULL && watch->held == NULL)
    policy = sek_policy_new ();
  if (policy == NULL)
    return;
  sek_held_policy_release (watch->held);
  watch->held = held_policy_new (g_steal_pointer (&policy));
}

void
sek_policy_watch_reload (SekPolicyWatch *watch)
{
  g_clear_handle_id (&watch->settle, g_source_remove);
  load (watch);
  watch->changed (watch->user_data);
}

static gboolean
on_settled (gpointer user_data)
{
  SekPolicyWatch *watch = user_data;
  watch->settle = 0;
  sek_policy_watch_reload (watch);
  return G_SOURCE_REMOVE;
}

static void
on_file_event (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, gpointer user_data)
{
  SekPolicyWatch *watch = user_data;
  g_clear_handle_id (&watch->settle, g_source_remove);
  watch->settle = g_timeout_add (SETTLE_MILLISECONDS, on_settled, watch);
}

SekPolicyWatch *
sek_policy_watch_new (const char *path, void (*changed) (gpointer user_data), gpointer user_data)
{
  SekPolicyWatch *watch = g_new0 (SekPolicyWatch, 1);
  watch->path = g_strdup (path != NULL ? path : sek_policy_default_path ());
  watch->may_be_missing = path == NULL;
  watch->changed = changed;
  watch->user_data = user_data;

  g_autoptr (GFile) file = g_file_new_for_path (watch->path);
  g_autoptr (GError) error = NULL;
  watch->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, &error);
  if (watch->monitor != NULL)
    g_signal_connect (watch->monitor, "changed", G_CALLBACK (on_file_event), watch);
  else
    g_warning ("Changes of the policy file %s are not noticed: %s", watch->path, error->message);
  load (watch);
  return watch;
}

void
sek_policy_watch_free (SekPolicyWatch *watch)
{
  if (watch == NULL)
    return;
  g_clear_handle_id (&watch->settle, g_source_remove);
  if (watch->monitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (watch->monitor, watch);
      g_file_monitor_cancel (watch->monitor);
      g_object_unref (watch->monitor);
    }
  sek_held_policy_release (watch->held);
  g_free (watch->path);
  g_free (watch->error);
  g_free (watch);
}

const SekPolicy *
sek_policy_watch_get (const SekPolicyWatch *watch)
{
  return watch->held->policy;
}

SekHeldPolicy *
sek_policy_watch_hold (const SekPolicyWatch *watch)
{
  return g_atomic_rc_box_acquire (watch->held);
}

GVariant *
sek_policy_watch_to_variant (const SekPolicyWatch *watch)
{
  const SekPolicy *policy = sek_policy_watch_get (watch);
  GVariantDict dict;
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "serial", "x", policy->serial);
  g_variant_dict_insert (&dict, "organisation", "s", policy->organisation);
  g_variant_dict_insert (&dict, "report-address", "s", policy->report_address);
  g_variant_dict_insert (&dict, "quarantine", "b", policy->quarantine);
  g_variant_dict_insert (&dict, "unavailable", "s", policy->unavailable_holds ? "hold" : "show");
  g_variant_dict_insert (&dict, "error", "s", watch->error);
  return g_variant_dict_end (&dict);
}

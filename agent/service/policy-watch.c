/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/service/policy-watch.h"

#include <string.h>

#include "agent/engine/engine.h"

/* An editor or a package writes a file in several steps; it is read once they are over. */
#define SETTLE_MILLISECONDS 200
/* Faults that are told on the bus; the journal has all. */
#define PROBLEMS_TOLD 20

struct SekHeldPolicy
{
  SekPolicyState *state;
};

/* The key of what a monitor is there for: it may be told of a whole folder. */
#define WANTED "sekisho-wanted"

struct SekPolicyWatch
{
  char *named; /* NULL: the system's folder */
  SekHeldPolicy *held;
  GPtrArray *monitors; /* GFileMonitor */
  guint settle;        /* source id */
  void (*changed) (gpointer user_data);
  gpointer user_data;
};

static void
held_policy_clear (gpointer data)
{
  SekHeldPolicy *held = data;
  sek_policy_state_free (held->state);
}

const SekPolicy *
sek_held_policy_get (const SekHeldPolicy *held)
{
  return held->state->policy;
}

void
sek_held_policy_release (SekHeldPolicy *held)
{
  if (held != NULL)
    g_atomic_rc_box_release_full (held, held_policy_clear);
}

static gboolean
on_settled (gpointer user_data)
{
  SekPolicyWatch *watch = user_data;
  watch->settle = 0;
  sek_policy_watch_reload (watch);
  return G_SOURCE_REMOVE;
}

/* Above it, itself, or in it. */
static gboolean
is_on_the_way (GFile *file, const char *wanted)
{
  g_autoptr (GFile) end = g_file_new_for_path (wanted);
  return file != NULL &&
         (g_file_has_prefix (end, file) || g_file_equal (end, file) || g_file_has_prefix (file, end));
}

static void
on_file_event (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, gpointer user_data)
{
  SekPolicyWatch *watch = user_data;
  /* Where a folder is watched in place of one that is missing, other programs write all the time. */
  const char *wanted = g_object_get_data (G_OBJECT (monitor), WANTED);
  if (!is_on_the_way (file, wanted) && !is_on_the_way (other, wanted))
    return;
  g_clear_handle_id (&watch->settle, g_source_remove);
  watch->settle = g_timeout_add (SETTLE_MILLISECONDS, on_settled, watch);
}

static void
end_monitor (gpointer data)
{
  GFileMonitor *monitor = data;
  g_signal_handlers_disconnect_matched (monitor, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, on_file_event, NULL);
  g_file_monitor_cancel (monitor);
  g_object_unref (monitor);
}

/* GIO looks every four seconds for what stands in a folder that is not there; so the nearest folder that is
 * there is watched until then. Newly allocated. */
static char *
watchable (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  if (g_file_test (folder, G_FILE_TEST_IS_DIR) || g_str_equal (folder, path))
    return g_strdup (path);
  g_autofree char *above = g_path_get_dirname (folder);
  while (!g_file_test (above, G_FILE_TEST_IS_DIR) && strlen (above) > 1)
    {
      char *next = g_path_get_dirname (above);
      g_free (above);
      above = next;
    }
  return g_steal_pointer (&above);
}

/* Anew after each load, as what was missing may be there by now. */
static void
watch_files (SekPolicyWatch *watch)
{
  g_ptr_array_set_size (watch->monitors, 0);
  g_auto (GStrv) paths = sek_policy_watched_paths (watch->named);
  for (char **path = paths; *path != NULL; path++)
    {
      g_autofree char *there = watchable (*path);
      g_autoptr (GFile) file = g_file_new_for_path (there);
      g_autoptr (GError) error = NULL;
      GFileMonitor *monitor = g_file_monitor (file, G_FILE_MONITOR_WATCH_MOVES, NULL, &error);
      if (monitor == NULL)
        {
          g_warning ("Changes of the policy file %s are not noticed: %s", *path, error->message);
          continue;
        }
      g_object_set_data_full (G_OBJECT (monitor), WANTED, g_strdup (*path), g_free);
      g_signal_connect (monitor, "changed", G_CALLBACK (on_file_event), watch);
      g_ptr_array_add (watch->monitors, monitor);
    }
}

static void
load (SekPolicyWatch *watch)
{
  /* First, so that a change while the files are read is not missed. */
  watch_files (watch);
  SekHeldPolicy *held = g_atomic_rc_box_new0 (SekHeldPolicy);
  held->state = sek_policy_state_read (watch->named, watch->held != NULL ? watch->held->state : NULL);
  for (guint i = 0; i < held->state->problems->len; i++)
    g_warning ("The policy has a fault: %s", (const char *) held->state->problems->pdata[i]);
  g_auto (GStrv) unknown = sek_engine_unknown_groups (held->state->policy);
  for (char **group = unknown; *group != NULL; group++)
    g_warning ("The policy's [%s] names nothing that is known", *group);
  sek_held_policy_release (watch->held);
  watch->held = held;
}

void
sek_policy_watch_reload (SekPolicyWatch *watch)
{
  g_clear_handle_id (&watch->settle, g_source_remove);
  load (watch);
  watch->changed (watch->user_data);
}

SekPolicyWatch *
sek_policy_watch_new (const char *named, void (*changed) (gpointer user_data), gpointer user_data)
{
  SekPolicyWatch *watch = g_new0 (SekPolicyWatch, 1);
  watch->named = g_strdup (named);
  watch->changed = changed;
  watch->user_data = user_data;
  watch->monitors = g_ptr_array_new_with_free_func (end_monitor);
  load (watch);
  return watch;
}

void
sek_policy_watch_free (SekPolicyWatch *watch)
{
  if (watch == NULL)
    return;
  g_clear_handle_id (&watch->settle, g_source_remove);
  g_ptr_array_unref (watch->monitors);
  sek_held_policy_release (watch->held);
  g_free (watch->named);
  g_free (watch);
}

const SekPolicy *
sek_policy_watch_get (const SekPolicyWatch *watch)
{
  return watch->held->state->policy;
}

SekHeldPolicy *
sek_policy_watch_hold (const SekPolicyWatch *watch)
{
  return g_atomic_rc_box_acquire (watch->held);
}

const SekPolicyState *
sek_policy_watch_state (const SekPolicyWatch *watch)
{
  return watch->held->state;
}

/* The faults, a line each. */
static char *
problems_of (const SekPolicyState *state)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < MIN (state->problems->len, PROBLEMS_TOLD); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (const char *) state->problems->pdata[i]);
  return g_string_free (text, FALSE);
}

GVariant *
sek_policy_watch_to_variant (const SekPolicyWatch *watch)
{
  const SekPolicy *policy = sek_policy_watch_get (watch);
  g_autofree char *error = problems_of (watch->held->state);
  const char *advice = sek_text_in_languages (policy->advice, g_get_language_names ());
  GVariantDict dict;
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "serial", "x", policy->serial);
  g_variant_dict_insert (&dict, "organisation", "s", policy->organisation);
  g_variant_dict_insert (&dict, "report-address", "s", policy->report_address);
  g_variant_dict_insert (&dict, "quarantine", "b", policy->quarantine);
  g_variant_dict_insert (&dict, "feedback", "b", policy->report_feedback);
  g_variant_dict_insert (&dict, "undo-seconds", "x", policy->report_undo_seconds);
  g_variant_dict_insert (&dict, "unavailable", "s", policy->unavailable_holds ? "hold" : "show");
  g_variant_dict_insert (&dict, "learn", "b", policy->learn_folders);
  g_variant_dict_insert (&dict, "phone", "s", policy->phone);
  g_variant_dict_insert (&dict, "advice", "s", advice);
  g_variant_dict_insert (&dict, "error", "s", error);
  return g_variant_dict_end (&dict);
}

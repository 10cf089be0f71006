/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/service/pruning.h"

#define STEP 500 /* messages at a time: a few hundredths of a second, which no mail waits for */
#define HOUR (60 * 60)
#define DAY (24 * 60 * 60)

struct SekPruning
{
  SekStore *store;
  const SekPolicyWatch *policy;
  guint timer; /* once an hour */
  guint idle;  /* 0: nothing to do for now */
};

static gboolean
on_idle (gpointer user_data)
{
  SekPruning *pruning = user_data;
  const SekPolicy *policy = sek_policy_watch_get (pruning->policy);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GError) error = NULL;
  gint64 dropped = sek_store_prune (pruning->store, MAX (now - policy->history_days * DAY, 0),
                                    policy->history_messages, STEP, &error);
  if (dropped > 0)
    return G_SOURCE_CONTINUE;
  if (dropped < 0)
    g_warning ("The history could not forget what is too old: %s", error->message);
  pruning->idle = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
on_hour (gpointer user_data)
{
  sek_pruning_policy_changed (user_data);
  return G_SOURCE_CONTINUE;
}

void
sek_pruning_policy_changed (SekPruning *pruning)
{
  if (pruning->idle == 0)
    pruning->idle = g_idle_add_full (G_PRIORITY_LOW, on_idle, pruning, NULL);
}

SekPruning *
sek_pruning_new (SekStore *store, const SekPolicyWatch *policy)
{
  SekPruning *pruning = g_new0 (SekPruning, 1);
  pruning->store = store;
  pruning->policy = policy;
  pruning->timer = g_timeout_add_seconds (HOUR, on_hour, pruning);
  sek_pruning_policy_changed (pruning);
  return pruning;
}

void
sek_pruning_free (SekPruning *pruning)
{
  if (pruning == NULL)
    return;
  g_source_remove (pruning->timer);
  if (pruning->idle != 0)
    g_source_remove (pruning->idle);
  g_free (pruning);
}

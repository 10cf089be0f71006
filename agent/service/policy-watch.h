/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The policy in force: loaded at the start, read again when one of its files changes. */
#pragma once

#include <gio/gio.h>
#include "agent/core/core.h"
#include "agent/policy/sources.h"

G_BEGIN_DECLS

/* A policy that stays alive while somebody holds it, also in a thread, though a newer one is in force. */
typedef struct SekHeldPolicy SekHeldPolicy;
const SekPolicy *sek_held_policy_get (const SekHeldPolicy *held);
void sek_held_policy_release (SekHeldPolicy *held);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekHeldPolicy, sek_held_policy_release)

typedef struct SekPolicyWatch SekPolicyWatch;

/* named: a file or folder in the place of the system's folder, or NULL (agent/policy/sources.h). changed is
 * called in the main loop after every later load, successful or not. */
SekPolicyWatch *
sek_policy_watch_new (const char *named, void (*changed) (gpointer user_data), gpointer user_data);
void sek_policy_watch_free (SekPolicyWatch *watch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekPolicyWatch, sek_policy_watch_free)

/* Reads the files again. Faults are said in the journal; of a file that can't be gone by the last word
 * stands. */
void sek_policy_watch_reload (SekPolicyWatch *watch);

/* Borrowed, until the next load. */
const SekPolicy *sek_policy_watch_get (const SekPolicyWatch *watch);
/* What stands behind it, file by file. Borrowed, until the next load. */
const SekPolicyState *sek_policy_watch_state (const SekPolicyWatch *watch);
SekHeldPolicy *sek_policy_watch_hold (const SekPolicyWatch *watch);

/* a{sv}, floating: the Policy property. */
GVariant *sek_policy_watch_to_variant (const SekPolicyWatch *watch);

G_END_DECLS

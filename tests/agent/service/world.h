/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A throw-away session for one test: a home, a private bus, and the real agent behind D-Bus activation. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define AGENT_NAME "io.github.sekisho.Agent1"
#define AGENT_PATH "/io/github/sekisho/Agent1"

typedef struct
{
  char *root;        /* of all files of this world */
  char *policy_path; /* what the agent is started with */
  GTestDBus *bus;
  GDBusConnection *connection; /* the test's own */
} World;

/* policy: text of the policy file, NULL for none. with_agent FALSE: nobody can be activated. Also sets the
 * environment of this process (bus address, XDG folders). */
World *world_new (const char *policy, gboolean with_agent);
/* Ends the agent if one runs, the bus, and removes the files. */
void world_free (World *world);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

/* Newly allocated path below the root. */
char *world_path (const World *world, const char *name);
void world_write_policy (const World *world, const char *text);

/* The agent's process id, 0 while none runs. */
int world_agent_pid (const World *world);
int world_start_agent (const World *world);
/* Sends signal and waits until the name is free; the agent must be one that can end. */
void world_end_agent (const World *world, int signal);

/* Runs the default main context until is_so says TRUE; the test fails after 30 s. */
void world_wait (gboolean (*is_so) (gpointer user_data), gpointer user_data, const char *what);
/* Runs the loop on for a while, so that a callback that must not come could. */
void world_settle (guint milliseconds);

/* The bytes in a sealed memfd. */
int sealed_mail (const char *bytes, gsize length);
/* A file of tests/agent/engine/checks. */
GBytes *example_mail (const char *name);

/* One call of Check or Report with fd, which stays open. context: a floating a{sv} or NULL. */
GVariant *world_call (const World *world, const char *method, int fd, GVariant *context, GError **error);
/* The value of a property, NULL with error. */
GVariant *world_property (const World *world, const char *name, GError **error);

/* A port on loopback where nobody listens now. */
int free_port (void);
/* tests/support/smtp-sink, keeping mail in folder; listens when it returns. */
GSubprocess *start_sink (const char *folder, int port);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's one line to the agent: its properties, its signals and its methods, all without waiting.
 * Everything the window knows comes through here; it opens neither history nor policy itself. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Signals: "properties" () when a property changed or the agent came or went; "changed" (const char *what)
 * when a list of the agent ("warned", "reports", "advisories", …) answers something else now. */
#define SEK_TYPE_AGENT_LINK (sek_agent_link_get_type ())
G_DECLARE_FINAL_TYPE (SekAgentLink, sek_agent_link, SEK, AGENT_LINK, GObject)

typedef enum
{
  SEK_AGENT_CONNECTING, /* not answered yet */
  SEK_AGENT_THERE,
  SEK_AGENT_AWAY, /* can't be started, or went away */
} SekAgentState;

SekAgentLink *sek_agent_link_new (void);

SekAgentState sek_agent_link_state (SekAgentLink *link);
/* Tries to start it again. */
void sek_agent_link_retry (SekAgentLink *link);

/* A property of the agent, NULL when it is away or has none of this name and type. Owned by the caller. */
GVariant *sek_agent_link_get (SekAgentLink *link, const char *property, const GVariantType *type);
/* The string property, or the string key of a dictionary property; "" when there is none. Newly allocated. */
char *sek_agent_link_get_string (SekAgentLink *link, const char *property, const char *key);
/* The number key of a dictionary property; 0 when there is none. */
gint64 sek_agent_link_get_number (SekAgentLink *link, const char *property, const char *key);

/* Calls a method. parameters: may be NULL; floating ones are taken. done may be NULL. */
void sek_agent_link_call (SekAgentLink *link,
                          const char *method,
                          GVariant *parameters,
                          GCancellable *cancellable,
                          GAsyncReadyCallback done,
                          gpointer user_data);
/* What it answered, to be unreferenced; NULL with an error whose message is for people. */
GVariant *sek_agent_link_finish (GAsyncResult *result, GError **error);

G_END_DECLS

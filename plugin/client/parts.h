/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of plugin/client share; nobody else includes it. */
#pragma once

#include "plugin/client/advised.h"
#include "plugin/client/client.h"
#include "plugin/client/handover.h"

G_BEGIN_DECLS

#define SEK_AGENT_NAME "io.github.sekisho.Agent1"
#define SEK_AGENT_PATH "/io/github/sekisho/Agent1"
#define SEK_AGENT_INTERFACE "io.github.sekisho.Agent1"

/* Counted: whatever may still call back holds one, and looks at freed first. */
struct SekClient
{
  char *name;
  gboolean freed;
  GPtrArray *calls; /* SekCall, borrowed: those under way */

  GDBusConnection *bus;     /* NULL: not connected */
  GCancellable *connecting; /* NULL: no attempt under way */
  guint connect_timer;      /* source id */
  guint name_watch;
  guint subscription;
  guint advised_subscription;
  SekClientAdvisedFunc advised; /* NULL: nobody wants to know */
  gpointer advised_data;
  guint waits_subscription;
  SekHandoverFunc handover; /* NULL: nobody sends reports here */
  gpointer handover_data;
  gboolean taking;  /* the agent was asked for a report */
  gboolean sending; /* one was given to handover, and not answered */

  gboolean quarantines;
  gboolean unavailable_holds;
  gboolean feedback;
  gboolean learns;                       /* folders are to be learned; TRUE before the agent was heard */
  void (*learning) (gpointer user_data); /* learns has changed; NULL: nobody wants to know */
  gpointer learning_data;
  guint undo_seconds;   /* how long a report can be taken back; 0 before the agent was heard */
  char *recipient;      /* of reports; NULL before the agent was heard */
  char *phone, *advice; /* of the organisation; NULL before the agent was heard */
  char *cache_path;
  gboolean cache_writing;
  gboolean cache_stale; /* changed again while it was written */
};

SekClient *sek_client_ref (SekClient *client);
void sek_client_unref (SekClient *client);

/* --- bus.c --- */

/* TRUE when there is a connection now. Else makes one, and sek_calls_on_bus follows in the main loop. */
gboolean sek_client_connect (SekClient *client);
/* Leaves the bus and ends an attempt under way. */
void sek_client_disconnect (SekClient *client);
/* Reads what was last known of the policy. */
void sek_client_load_policy (SekClient *client);

/* --- advised.c --- */

/* Asks the agent, which is owner on the bus, for the mails that wait to be moved. */
void sek_client_ask_moves (SekClient *client, const char *owner);
/* Handler of the signal Advised; user_data is the client. */
void sek_client_on_advised (GDBusConnection *bus,
                            const char *sender,
                            const char *path,
                            const char *interface,
                            const char *signal,
                            GVariant *parameters,
                            gpointer user_data);

/* --- handover.c --- */

/* Asks the agent for a report that waits, when there is somebody to send it. */
void sek_client_take_report (SekClient *client);
/* Handler of the signal ReportWaits; user_data is the client. */
void sek_client_on_report_waits (GDBusConnection *bus,
                                 const char *sender,
                                 const char *path,
                                 const char *interface,
                                 const char *signal,
                                 GVariant *parameters,
                                 gpointer user_data);

/* --- call.c --- */

/* Goes on with the calls that waited: error is NULL when there is a connection now. */
void sek_calls_on_bus (SekClient *client, const GError *error);
/* Cancels all; none calls back any more once client->freed is set. */
void sek_calls_cancel (SekClient *client);

G_END_DECLS

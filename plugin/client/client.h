/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plugin/client: what every mail client's plugin needs of the agent: hand over the exact bytes of a mail in a
 * sealed memfd, get the verdict, report. Never parses, never blocks the main loop. Main thread only. */
#pragma once

#include <gio/gio.h>
#include "agent/core/core.h"

G_BEGIN_DECLS

/* A mail that is not larger is read in less time than a thread needs to begin. */
#define SEK_SMALL_MAIL_BYTES (256 * 1024)
/* How long a mail is held before it is shown unchecked (policy unavailable=show). */
#define SEK_CLIENT_HOLD_MILLISECONDS 1500

#define SEK_CLIENT_ERROR (sek_client_error_quark ())
GQuark sek_client_error_quark (void);
typedef enum
{
  SEK_CLIENT_ERROR_FILE,  /* the mail can't be read */
  SEK_CLIENT_ERROR_AGENT, /* the agent is missing, has died or answered nonsense */
} SekClientError;

typedef struct SekClient SekClient;

/* client_name: e.g. "Claws Mail 4.1.1". Connects to the session bus on first use. */
SekClient *sek_client_new (const char *client_name);
/* Cancels all that is under way; no callback of the caller comes after it. Does not wait, and does not run
 * the main loop: cancelled steps still end in it later, inside this library. A module that is unloaded must
 * therefore be linked with -Wl,-z,nodelete. client may be NULL. */
void sek_client_free (SekClient *client);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekClient, sek_client_free)

typedef enum
{
  SEK_CLIENT_VERDICT, /* verdict is set; the last event */
  SEK_CLIENT_LATE,    /* nothing after SEK_CLIENT_HOLD_MILLISECONDS; VERDICT or FAILED follows */
  SEK_CLIENT_FAILED,  /* error is set; the last event */
} SekClientEvent;

/* verdict and error are borrowed. */
typedef void (*SekClientCheckFunc) (SekClientEvent event,
                                    const SekVerdict *verdict,
                                    const GError *error,
                                    gpointer user_data);

/* Checks the mail in the file path (exact bytes). folder may be NULL; own_addresses NULL-terminated, may be
 * NULL. callback is never called from inside this function, and never again once cancellable is cancelled. */
void sek_client_check (SekClient *client,
                       const char *path,
                       const char *folder,
                       const char *const *own_addresses,
                       GCancellable *cancellable,
                       SekClientCheckFunc callback,
                       gpointer user_data);

/* What a report tells beside the mail. Any pointer may be NULL. */
typedef struct
{
  const char *folder;
  const char *const *own_addresses; /* NULL-terminated */
  const char *verdict_id;
  const char *attachments; /* of sek_mail_attachments_state */
  gboolean feedback;       /* no report: the person finds the mail harmless */
  gboolean rebuilt;        /* path holds what the client made of the mail, not the exact bytes */
} SekReportAbout;

/* Reports the mail in path. Finishes with the report's id once the report is on disk.
 * source_object of the callback is NULL. */
void sek_client_report (SekClient *client,
                        const char *path,
                        const SekReportAbout *about,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
char *sek_client_report_finish (SekClient *client, GAsyncResult *result, GError **error);

/* Tells the agent what the person did ("shown", "closed", "reported"); best effort, no answer. */
void sek_client_decide (SekClient *client, const char *verdict_id, const char *decision);

/* The policy as last known: kept in $XDG_CACHE_HOME/sekisho so that it holds while the agent is missing. */
gboolean sek_client_unavailable_holds (SekClient *client);
gboolean sek_client_quarantines (SekClient *client);
/* Whether the person may say that a mail is harmless, as last heard from the agent. */
gboolean sek_client_takes_feedback (const SekClient *client);

/* What the organisation adds to a warning, as last heard from the agent; "" when nothing. Borrowed until the
 * main loop runs again. */
const char *sek_client_phone (const SekClient *client);
/* Where reports go; the same. */
const char *sek_client_recipient (const SekClient *client);
const char *sek_client_advice (const SekClient *client);

G_END_DECLS

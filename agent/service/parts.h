/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the method files of the service share; nobody else includes it. */
#pragma once

#include "agent/directory/directory.h"
#include "agent/scanner/host/host.h"
#include "agent/service/advising.h"
#include "agent/service/context.h"
#include "agent/service/outbox.h"
#include "agent/service/policy-watch.h"
#include "agent/service/pruning.h"
#include "agent/service/pulling.h"
#include "agent/service/resting.h"
#include "agent/service/service.h"
#include "agent/service/sek-dbus-agent1.h"
#include "agent/store/store.h"

G_BEGIN_DECLS

/* Calls that are being worked on at once; more are refused with G_DBUS_ERROR_LIMITS_EXCEEDED. */
#define SEK_SERVICE_CALLS_MAX 64
/* Summaries taken by one Learn. */
#define SEK_SERVICE_SUMMARIES_MAX 10000

struct SekService
{
  SekDBusAgent1 *object;
  SekPolicyWatch *policy;
  SekPulling *pulling;
  SekDirectoryKeeper *directory;
  guint preparation;     /* source that fills directory ahead of the first mail; 0 when none */
  SekScanner *scanner;   /* NULL: could not be started, tried again with the next call */
  SekStore *store;       /* NULL: could not be opened, see state_error */
  SekHistory history;    /* of store */
  SekOutbox *outbox;     /* NULL without store */
  SekPruning *pruning;   /* NULL without store */
  SekAdvising *advising; /* NULL without store */
  guint learning;        /* source that ends the property Learning's "active"; 0 when none */
  SekResting *resting;
  guint notifications; /* subscription: the buttons of notifications */
  char *state_error;   /* "" when the store is fine */
  guint under_way;     /* calls that were taken and not answered */
  GCancellable *cancellable;
};

/* One call that was taken. */
typedef struct
{
  SekService *service;
  GDBusMethodInvocation *invocation; /* owned until answered */
  SekContext *context;
  int fd;
  gint64 started;     /* monotonic */
  GPtrArray *offered; /* SekPassword of earlier mails, for the second scan; NULL in the first */
} SekCall;

/* Takes a call: checks context and descriptor and counts it. NULL when it was answered with an error. */
SekCall *sek_call_take (SekService *service,
                        GDBusMethodInvocation *invocation,
                        GUnixFDList *list,
                        GVariant *handle,
                        GVariant *context,
                        gboolean for_report);
/* Answers with error, and frees. */
void sek_call_fail (SekCall *call, const GError *error);
/* For a call that was answered. */
void sek_call_free (SekCall *call);

/* FALSE with SEK_SERVICE_ERROR_STORE when there is no store. */
gboolean sek_service_need_store (SekService *service, GError **error);

/* error of the store, as SEK_SERVICE_ERROR_STORE. */
void sek_service_store_error (GError **error, const GError *reason);

/* Each answers the call, at once or later, and frees it. */
void sek_call_check (SekCall *call);
void sek_call_report (SekCall *call);

/* Tells and learns when this mail is an answer to a report of this person. */
void sek_service_note_answer (SekService *service, const SekFacts *facts, const SekPolicy *policy);
/* The same when an advisory means a mail, SHA-256 in hex, that was reported. */
void sek_service_note_advisory (SekService *service, const char *mail, const SekAdvisory *advisory);

/* Handlers of the methods without a mail; both return TRUE, as GDBus wants. */
gboolean sek_service_on_learn (SekDBusAgent1 *object,
                               GDBusMethodInvocation *invocation,
                               GVariant *summaries,
                               gpointer user_data);
gboolean sek_service_on_learn_folder (SekDBusAgent1 *object,
                                      GDBusMethodInvocation *invocation,
                                      const char *folder,
                                      guint up_to,
                                      GVariant *summaries,
                                      gpointer user_data);
gboolean sek_service_on_learn_contacts (SekDBusAgent1 *object,
                                        GDBusMethodInvocation *invocation,
                                        GVariant *contacts,
                                        gpointer user_data);
gboolean
sek_service_on_learned_folders (SekDBusAgent1 *object, GDBusMethodInvocation *invocation, gpointer user_data);
/* Tells the mail clients of a mail that an advisory means; user_data is the service. */
void
sek_service_advised (const SekSeenMail *mail, const SekAdvisory *advisory, gboolean move, gpointer user_data);
gboolean sek_service_on_moves (SekDBusAgent1 *object, GDBusMethodInvocation *invocation, gpointer user_data);
gboolean sek_service_on_moved (SekDBusAgent1 *object,
                               GDBusMethodInvocation *invocation,
                               const char *mail,
                               gpointer user_data);

gboolean sek_service_on_trust (SekDBusAgent1 *object,
                               GDBusMethodInvocation *invocation,
                               const char *verdict_id,
                               gpointer user_data);
gboolean sek_service_on_untrust (SekDBusAgent1 *object,
                                 GDBusMethodInvocation *invocation,
                                 const char *address,
                                 gpointer user_data);
gboolean
sek_service_on_trusted (SekDBusAgent1 *object, GDBusMethodInvocation *invocation, gpointer user_data);

gboolean
sek_service_on_settings (SekDBusAgent1 *object, GDBusMethodInvocation *invocation, gpointer user_data);
gboolean sek_service_on_set_setting (SekDBusAgent1 *object,
                                     GDBusMethodInvocation *invocation,
                                     const char *key,
                                     gboolean value,
                                     gpointer user_data);
/* FALSE with G_DBUS_ERROR_ACCESS_DENIED while folders and address books are not to be learned. */
gboolean sek_service_may_learn (const SekService *service, GError **error);

/* Sets the property Learning. */
void sek_service_tell_learning (SekService *service);
/* A mail client has handed over this many summaries at once. */
void sek_service_note_batch (SekService *service, gsize summaries);

gboolean sek_service_on_correspondent (SekDBusAgent1 *object,
                                       GDBusMethodInvocation *invocation,
                                       const char *who,
                                       gpointer user_data);
gboolean
sek_service_on_self_test (SekDBusAgent1 *object, GDBusMethodInvocation *invocation, gpointer user_data);

/* Tells windows that a method answers something else now: "warned", "reports", "advisories", "settings". */
void sek_service_changed (SekService *service, const char *what);
gboolean sek_service_on_warned (SekDBusAgent1 *object, GDBusMethodInvocation *invocation, gpointer user_data);
gboolean
sek_service_on_advisories (SekDBusAgent1 *object, GDBusMethodInvocation *invocation, gpointer user_data);

gboolean sek_service_on_decide (SekDBusAgent1 *object,
                                GDBusMethodInvocation *invocation,
                                const char *verdict_id,
                                const char *decision,
                                gpointer user_data);

gboolean
sek_service_on_reports (SekDBusAgent1 *object, GDBusMethodInvocation *invocation, gpointer user_data);
/* handover.c. user_data is the service. */
void sek_service_offer_report (gpointer user_data);
gboolean sek_service_on_take_report (SekDBusAgent1 *object,
                                     GDBusMethodInvocation *invocation,
                                     GUnixFDList *unused,
                                     gpointer user_data);
gboolean sek_service_on_report_taken (SekDBusAgent1 *object,
                                      GDBusMethodInvocation *invocation,
                                      const char *id,
                                      const char *failure,
                                      gpointer user_data);
gboolean sek_service_on_withdraw (SekDBusAgent1 *object,
                                  GDBusMethodInvocation *invocation,
                                  const char *id,
                                  gpointer user_data);
gboolean sek_service_on_send_again (SekDBusAgent1 *object,
                                    GDBusMethodInvocation *invocation,
                                    const char *id,
                                    gpointer user_data);

G_END_DECLS

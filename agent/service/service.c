/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/service/service.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "agent/engine/engine.h"
#include "agent/service/message.h"
#include "agent/service/notifier.h"
#include "agent/service/parts.h"

#define END_MICROSECONDS (10 * G_USEC_PER_SEC)

GQuark
sek_service_error_quark (void)
{
  static const GDBusErrorEntry names[] = {
    { SEK_SERVICE_ERROR_SCANNER, "io.github.sekisho.Error.Scanner" },
    { SEK_SERVICE_ERROR_STORE, "io.github.sekisho.Error.Store" },
    { SEK_SERVICE_ERROR_MAIL, "io.github.sekisho.Error.Mail" },
  };
  static gsize quark = 0;
  g_dbus_error_register_error_domain ("sek-service-error-quark", &quark, names, G_N_ELEMENTS (names));
  return (GQuark) quark;
}

gboolean
sek_service_need_store (SekService *service, GError **error)
{
  if (service->store == NULL)
    g_set_error_literal (error, SEK_SERVICE_ERROR, SEK_SERVICE_ERROR_STORE, service->state_error);
  return service->store != NULL;
}

void
sek_service_store_error (GError **error, const GError *reason)
{
  g_autofree char *message = g_utf8_make_valid (reason->message, -1);
  g_set_error_literal (error, SEK_SERVICE_ERROR, SEK_SERVICE_ERROR_STORE, message);
}

SekCall *
sek_call_take (SekService *service,
               GDBusMethodInvocation *invocation,
               GUnixFDList *list,
               GVariant *handle,
               GVariant *context,
               gboolean for_report)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SekContext) parsed = sek_context_parse (context, for_report, &error);
  int fd = -1;
  if (parsed != NULL && service->under_way >= SEK_SERVICE_CALLS_MAX)
    g_set_error (&error, G_DBUS_ERROR, G_DBUS_ERROR_LIMITS_EXCEEDED,
                 "%d mails are being worked on already, try again in a moment", SEK_SERVICE_CALLS_MAX);
  else if (parsed != NULL)
    fd = sek_message_take_fd (list, handle, &error);
  if (fd < 0)
    {
      g_dbus_method_invocation_return_gerror (invocation, error);
      return NULL;
    }
  SekCall *call = g_new0 (SekCall, 1);
  call->service = service;
  call->invocation = invocation;
  call->context = g_steal_pointer (&parsed);
  call->fd = fd;
  call->started = g_get_monotonic_time ();
  service->under_way++;
  return call;
}

void
sek_call_fail (SekCall *call, const GError *error)
{
  g_dbus_method_invocation_return_gerror (g_steal_pointer (&call->invocation), error);
  sek_call_free (call);
}

void
sek_call_free (SekCall *call)
{
  call->service->under_way--;
  sek_context_free (call->context);
  close (call->fd);
  g_clear_pointer (&call->offered, g_ptr_array_unref);
  g_free (call);
}

static gboolean
on_check (SekDBusAgent1 *object,
          GDBusMethodInvocation *invocation,
          GUnixFDList *list,
          GVariant *message,
          GVariant *context,
          gpointer user_data)
{
  SekCall *call = sek_call_take (user_data, invocation, list, message, context, FALSE);
  if (call != NULL)
    sek_call_check (call);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_report (SekDBusAgent1 *object,
           GDBusMethodInvocation *invocation,
           GUnixFDList *list,
           GVariant *message,
           GVariant *context,
           gpointer user_data)
{
  SekCall *call = sek_call_take (user_data, invocation, list, message, context, TRUE);
  if (call != NULL)
    sek_call_report (call);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_outbox_changed (gpointer user_data)
{
  SekService *service = user_data;
  /* The outbox may say so before it is handed over to the service. */
  if (service->outbox == NULL)
    return;
  sek_dbus_agent1_set_outbox (service->object, sek_outbox_to_variant (service->outbox));
  sek_service_changed (service, "reports");
}

/* A long list of people takes a while to read, for which no mail should wait. */
static gboolean
prepare_directory (gpointer user_data)
{
  SekService *service = user_data;
  service->preparation = 0;
  const SekPolicy *policy = sek_policy_watch_get (service->policy);
  g_auto (GStrv) organisations = sek_own_organisations (policy, NULL);
  sek_directory_keeper_get (service->directory, policy, service->store != NULL ? &service->history : NULL,
                            (const char *const *) organisations);
  return G_SOURCE_REMOVE;
}

static void
prepare_directory_soon (SekService *service)
{
  if (service->preparation == 0)
    service->preparation = g_idle_add_full (G_PRIORITY_LOW, prepare_directory, service, NULL);
}

/* service->pulling may be NULL while the service is being made. */
static void
tell_policy (SekService *service)
{
  GVariantDict dict;
  g_autoptr (GVariant) policy = g_variant_ref_sink (sek_policy_watch_to_variant (service->policy));
  g_variant_dict_init (&dict, policy);
  if (service->pulling != NULL)
    sek_pulling_add_to (service->pulling, &dict);
  sek_dbus_agent1_set_policy (service->object, g_variant_dict_end (&dict));
}

static void
on_pulled (gpointer user_data)
{
  tell_policy (user_data);
}

static void
on_policy_changed (gpointer user_data)
{
  SekService *service = user_data;
  tell_policy (service);
  sek_directory_keeper_forget (service->directory);
  prepare_directory_soon (service);
  if (service->outbox != NULL)
    sek_outbox_policy_changed (service->outbox);
  if (service->pruning != NULL)
    sek_pruning_policy_changed (service->pruning);
  if (service->pulling != NULL)
    sek_pulling_policy_changed (service->pulling);
  if (service->advising != NULL)
    sek_advising_policy_changed (service->advising);
  sek_service_changed (service, "advisories");
  sek_service_changed (service, "settings");
}

static void
open_store (SekService *service, const char *path)
{
  g_autofree char *default_path = sek_store_default_path ();
  g_autoptr (GError) error = NULL;
  g_autofree char *set_aside = NULL;
  service->store = sek_store_open_or_rebuild (path != NULL ? path : default_path, &set_aside, &error);
  if (set_aside != NULL)
    g_warning ("%s", set_aside);
  g_autofree char *notice = g_utf8_make_valid (set_aside != NULL ? set_aside : "", -1);
  sek_dbus_agent1_set_history_notice (service->object, notice);
  if (*notice != '\0')
    /* Translators: headline of a desktop notification; what happened to the old one follows. */
    sek_notify (_ ("Sekisho has begun a new history"), notice, "today");
  service->state_error = error != NULL ? g_utf8_make_valid (error->message, -1) : g_strdup ("");
  if (service->store == NULL)
    {
      g_warning ("Mails are checked without history, and none can be reported: %s", service->state_error);
      /* Translators: headline of a desktop notification; the reason follows. */
      sek_notify (_ ("Mails are checked without history, and none can be reported"), service->state_error,
                  "today");
      return;
    }
  service->history = sek_store_history (service->store);
  service->outbox = sek_outbox_new (service->store, service->policy, on_outbox_changed, service);
  sek_outbox_set_offer (service->outbox, sek_service_offer_report);
  service->pruning = sek_pruning_new (service->store, service->policy);
  service->advising = sek_advising_new (service->store, service->policy, sek_service_advised, service);
}

static void
start_scanner (SekService *service)
{
  g_autoptr (GError) error = NULL;
  service->scanner = sek_scanner_new (&error);
  if (service->scanner == NULL)
    g_warning ("No mail can be checked: %s", error->message);
}

static GVariant *
empty_outbox (void)
{
  GVariantDict dict;
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "queued", "x", (gint64) 0);
  g_variant_dict_insert (&dict, "sent", "x", (gint64) 0);
  g_variant_dict_insert (&dict, "last-error", "s", "");
  return g_variant_dict_end (&dict);
}

static gboolean
on_reload (SekDBusAgent1 *object, GDBusMethodInvocation *invocation, gpointer user_data)
{
  sek_service_reload (user_data);
  sek_dbus_agent1_complete_reload (object, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

SekService *
sek_service_new (GDBusConnection *bus, const char *policy_path, const char *store_path, GError **error)
{
  static const struct
  {
    const char *signal;
    GCallback handler;
  } methods[] = {
    { "handle-check", G_CALLBACK (on_check) },
    { "handle-report", G_CALLBACK (on_report) },
    { "handle-learn", G_CALLBACK (sek_service_on_learn) },
    { "handle-learn-folder", G_CALLBACK (sek_service_on_learn_folder) },
    { "handle-learn-contacts", G_CALLBACK (sek_service_on_learn_contacts) },
    { "handle-learned-folders", G_CALLBACK (sek_service_on_learned_folders) },
    { "handle-reports", G_CALLBACK (sek_service_on_reports) },
    { "handle-take-report", G_CALLBACK (sek_service_on_take_report) },
    { "handle-report-taken", G_CALLBACK (sek_service_on_report_taken) },
    { "handle-withdraw", G_CALLBACK (sek_service_on_withdraw) },
    { "handle-send-again", G_CALLBACK (sek_service_on_send_again) },
    { "handle-decide", G_CALLBACK (sek_service_on_decide) },
    { "handle-reload", G_CALLBACK (on_reload) },
    { "handle-warned", G_CALLBACK (sek_service_on_warned) },
    { "handle-advisories", G_CALLBACK (sek_service_on_advisories) },
    { "handle-moves", G_CALLBACK (sek_service_on_moves) },
    { "handle-moved", G_CALLBACK (sek_service_on_moved) },
    { "handle-correspondent", G_CALLBACK (sek_service_on_correspondent) },
    { "handle-self-test", G_CALLBACK (sek_service_on_self_test) },
    { "handle-trust", G_CALLBACK (sek_service_on_trust) },
    { "handle-untrust", G_CALLBACK (sek_service_on_untrust) },
    { "handle-settings", G_CALLBACK (sek_service_on_settings) },
    { "handle-set-setting", G_CALLBACK (sek_service_on_set_setting) },
    { "handle-trusted", G_CALLBACK (sek_service_on_trusted) },
  };
  g_autoptr (SekService) service = g_new0 (SekService, 1);
  service->cancellable = g_cancellable_new ();
  service->object = sek_dbus_agent1_skeleton_new ();
  service->directory = sek_directory_keeper_new ();
  service->policy = sek_policy_watch_new (policy_path, on_policy_changed, service);
  service->pulling = sek_pulling_new (service->policy, on_pulled, service);
  open_store (service, store_path);
  start_scanner (service);

  sek_dbus_agent1_set_version (service->object, SEK_VERSION);
  sek_dbus_agent1_set_state_error (service->object, service->state_error);
  sek_service_tell_learning (service);
  tell_policy (service);
  sek_dbus_agent1_set_outbox (service->object, service->outbox != NULL
                                                   ? sek_outbox_to_variant (service->outbox)
                                                   : empty_outbox ());
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    g_signal_connect (service->object, methods[i].signal, methods[i].handler, service);
  if (!g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (service->object), bus, SEK_SERVICE_PATH,
                                         error))
    return NULL;
  prepare_directory_soon (service);
  service->resting = sek_resting_new (bus, service->store);
  service->notifications = sek_notify_listen (bus);
  return g_steal_pointer (&service);
}

void
sek_service_reload (SekService *service)
{
  sek_policy_watch_reload (service->policy);
  sek_pulling_now (service->pulling);
}

static gboolean
keep_waking (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* FALSE when a thread is stuck, e.g. on a file system that does not answer. */
static gboolean
wait_for_calls (SekService *service)
{
  gint64 end = g_get_monotonic_time () + END_MICROSECONDS;
  guint wake = g_timeout_add (100, keep_waking, NULL);
  while (service->under_way > 0 && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
  return service->under_way == 0;
}

void
sek_service_free (SekService *service)
{
  if (service == NULL)
    return;
  GDBusInterfaceSkeleton *skeleton = G_DBUS_INTERFACE_SKELETON (service->object);
  GDBusConnection *bus = g_dbus_interface_skeleton_get_connection (skeleton);
  if (bus != NULL && service->notifications != 0)
    g_dbus_connection_signal_unsubscribe (bus, service->notifications);
  if (bus != NULL)
    g_dbus_interface_skeleton_unexport (skeleton);
  g_cancellable_cancel (service->cancellable);
  g_clear_pointer (&service->resting, sek_resting_free);
  g_clear_handle_id (&service->preparation, g_source_remove);
  g_clear_handle_id (&service->learning, g_source_remove);
  gboolean quiet = wait_for_calls (service);
  g_clear_pointer (&service->pulling, sek_pulling_free);
  g_clear_pointer (&service->outbox, sek_outbox_free);
  g_clear_pointer (&service->pruning, sek_pruning_free);
  g_clear_pointer (&service->advising, sek_advising_free);
  g_clear_pointer (&service->store, sek_store_free);
  /* The stuck thread still uses the rest, and the program ends now anyway. */
  if (!quiet)
    return;
  sek_scanner_free (service->scanner);
  sek_directory_keeper_free (service->directory);
  sek_policy_watch_free (service->policy);
  g_object_unref (service->object);
  g_object_unref (service->cancellable);
  g_free (service->state_error);
  g_free (service);
}

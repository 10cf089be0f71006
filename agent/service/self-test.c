/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A harmless sample goes the way of a mail: scanner, engine, report. It is neither kept nor learned nor sent.
 */
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "agent/engine/engine.h"
#include "agent/report/report.h"
#include "agent/service/parts.h"

#define NOTIFICATIONS "org.freedesktop.Notifications"
#define NOTIFICATIONS_MILLISECONDS 3000
/* A program by its name and first bytes; there is nothing in it that could run. */
#define SAMPLE                                                                                               \
  "From: Sekisho <self-test@sekisho.invalid>\r\n"                                                            \
  "To: self-test@sekisho.invalid\r\n"                                                                        \
  "Subject: Sekisho self-test %s\r\n"                                                                        \
  "Message-ID: <%s@sekisho.invalid>\r\n"                                                                     \
  "MIME-Version: 1.0\r\n"                                                                                    \
  "Content-Type: application/octet-stream\r\n"                                                               \
  "Content-Disposition: attachment; filename=\"self-test.pdf.exe\"\r\n"                                      \
  "\r\n"                                                                                                     \
  "MZ This is a sample of Sekisho's self-test and does nothing.\r\n"

typedef struct
{
  SekService *service;
  GDBusMethodInvocation *invocation;
  char *marker;
  GBytes *mail;
  gint64 known; /* messages in the history before */
  gboolean all_well;
  GVariantBuilder steps;
} SelfTest;

static void
self_test_free (SelfTest *test)
{
  test->service->under_way--;
  g_variant_builder_clear (&test->steps);
  g_bytes_unref (test->mail);
  g_free (test->marker);
  g_free (test);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SelfTest, self_test_free)

/* reason: why it is not well; NULL when it is. */
static void
add_step (SelfTest *test, const char *id, const char *title, const char *reason)
{
  g_autofree char *valid = g_utf8_make_valid (reason != NULL ? reason : "", -1);
  g_variant_builder_add (&test->steps, "(ssbs)", id, title, reason == NULL, valid);
  test->all_well = test->all_well && reason == NULL;
}

static void
answer (SelfTest *test)
{
  GVariantDict dict;
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "well", "b", test->all_well);
  g_variant_dict_insert_value (&dict, "steps", g_variant_builder_end (&test->steps));
  sek_dbus_agent1_complete_self_test (test->service->object, test->invocation, g_variant_dict_end (&dict));
}

static void
on_notifications (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SelfTest) test = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  add_step (test, "notifications", _ ("Messages on the desktop"),
            reply != NULL ? NULL : _ ("No program of the desktop shows messages"));
  answer (test);
}

static void
look_at_history (SelfTest *test)
{
  SekService *service = test->service;
  const char *reason = NULL;
  if (service->store == NULL)
    reason = service->state_error;
  else if (service->history.count_messages (service->history.self) < test->known)
    reason = _ ("The history has lost mails while the test ran");
  add_step (test, "history", _ ("What is known of earlier mail"), reason);
}

/* The same scan and the same checks as for any mail. */
static SekVerdict *
judge (SelfTest *test, const SekFacts *facts)
{
  SekService *service = test->service;
  const SekPolicy *policy = sek_policy_watch_get (service->policy);
  g_auto (GStrv) organisations = sek_own_organisations (policy, NULL);
  const SekHistory *history = service->store != NULL ? &service->history : NULL;
  SekEngineInput input = {
    .facts = facts,
    .history = history,
    .policy = policy,
    .directory =
        sek_directory_keeper_get (service->directory, policy, history, (const char *const *) organisations),
  };
  SekVerdict *verdict = sek_engine_judge (&input);
  sek_directory_keeper_rest (service->directory);
  return verdict;
}

static void
look_at_report (SelfTest *test, const SekVerdict *verdict)
{
  SekService *service = test->service;
  const SekPolicy *policy = sek_policy_watch_get (service->policy);
  SekReportInput input = {
    .original = test->mail,
    .verdict = verdict,
    .policy = policy,
    .now = g_get_real_time () / G_USEC_PER_SEC,
  };
  g_autoptr (GBytes) report = sek_report_build (&input);
  add_step (test, "report", _ ("A report is built, and not sent"),
            report != NULL && g_bytes_get_size (report) > 0 ? NULL : _ ("No report came out"));
  const char *last_error = "";
  gint64 queued = 0;
  g_autoptr (GVariant) outbox =
      service->outbox != NULL ? g_variant_ref_sink (sek_outbox_to_variant (service->outbox)) : NULL;
  if (outbox != NULL)
    {
      g_variant_lookup (outbox, "queued", "x", &queued);
      g_variant_lookup (outbox, "last-error", "&s", &last_error);
    }
  const char *reason = NULL;
  if (outbox == NULL)
    reason = service->state_error;
  else if (queued > 0 && *last_error != '\0')
    reason = last_error;
  add_step (test, "delivery", _ ("No report is held up by a fault"), reason);
}

static void
on_scanned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SelfTest) test = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SekFacts) facts = sek_scanner_scan_finish (test->service->scanner, result, &error);
  if (facts == NULL)
    add_step (test, "scanner", _ ("The sealed scanner reads a mail"), error->message);
  else
    add_step (test, "scanner", _ ("The sealed scanner reads a mail"),
              facts->subject != NULL && strstr (facts->subject, test->marker) != NULL &&
                      facts->problems->len == 0
                  ? NULL
                  : _ ("It did not read what was in the sample"));
  g_autoptr (SekVerdict) verdict = facts != NULL ? judge (test, facts) : NULL;
  add_step (test, "verdict", _ ("A dangerous attachment is recognised"),
            verdict != NULL && verdict->level >= SEK_LEVEL_CAUTION ? NULL
                                                                   : _ ("The sample was not warned of"));
  look_at_history (test);
  g_autoptr (GVariant) policy = g_variant_ref_sink (sek_policy_watch_to_variant (test->service->policy));
  const char *faults = "";
  g_variant_lookup (policy, "error", "&s", &faults);
  add_step (test, "policy", _ ("The administrator's policy"), *faults != '\0' ? faults : NULL);
  look_at_report (test, verdict);
  GDBusConnection *bus = g_dbus_method_invocation_get_connection (test->invocation);
  g_dbus_connection_call (bus, NOTIFICATIONS, "/org/freedesktop/Notifications", NOTIFICATIONS,
                          "GetServerInformation", NULL, NULL, G_DBUS_CALL_FLAGS_NONE,
                          NOTIFICATIONS_MILLISECONDS, NULL, on_notifications, g_steal_pointer (&test));
}

static int
sample_fd (GBytes *mail)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (mail, &length);
  int fd = memfd_create ("sekisho-self-test", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (fd < 0 || write (fd, bytes, length) != (gssize) length)
    g_warning ("The sample of the self-test could not be made: %s", g_strerror (errno));
  return fd;
}

gboolean
sek_service_on_self_test (SekDBusAgent1 *object, GDBusMethodInvocation *invocation, gpointer user_data)
{
  SekService *service = user_data;
  g_autoptr (GError) error = NULL;
  if (service->under_way >= SEK_SERVICE_CALLS_MAX)
    {
      g_dbus_method_invocation_return_error (invocation, G_DBUS_ERROR, G_DBUS_ERROR_LIMITS_EXCEEDED,
                                             "%d mails are being worked on already, try again in a moment",
                                             SEK_SERVICE_CALLS_MAX);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  if (service->scanner == NULL)
    service->scanner = sek_scanner_new (&error);
  if (service->scanner == NULL)
    {
      g_dbus_method_invocation_return_error_literal (invocation, SEK_SERVICE_ERROR, SEK_SERVICE_ERROR_SCANNER,
                                                     error->message);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  SelfTest *test = g_new0 (SelfTest, 1);
  service->under_way++;
  test->service = service;
  test->invocation = invocation;
  test->all_well = TRUE;
  test->marker = g_uuid_string_random ();
  g_autofree char *mail = g_strdup_printf (SAMPLE, test->marker, test->marker);
  test->mail = g_bytes_new (mail, strlen (mail));
  test->known = service->store != NULL ? service->history.count_messages (service->history.self) : 0;
  g_variant_builder_init (&test->steps, G_VARIANT_TYPE ("a(ssbs)"));
  int fd = sample_fd (test->mail);
  sek_scanner_scan_async (service->scanner, fd, NULL, NULL, on_scanned, test);
  if (fd >= 0)
    close (fd);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

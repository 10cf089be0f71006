/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/client/parts.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plugin/client/mail-file.h"

#define CHECK_MILLISECONDS 10000
/* A report is on a disk before it is answered, and the mail may be a hundred megabytes. */
#define REPORT_MILLISECONDS 60000

typedef struct SekCall SekCall;

/* One call of Check or Report, from the copy of the file to the answer. Always ended by a callback of the
 * step it is in, also when cancelled: nothing of it is left behind for a later loop. */
struct SekCall
{
  SekClient *client; /* counted */
  const char *method;
  const char *reply_type;
  int timeout;
  GVariant *context;         /* a{sv} */
  int fd;                    /* the sealed copy; -1 before */
  gboolean waiting;          /* for the bus */
  GCancellable *cancellable; /* ours: follows the caller's, and ends with the client */
  GCancellable *caller;      /* NULL when there is none */
  gulong caller_handler;
  /* Exactly one of reply and error is set. */
  void (*answer) (SekCall *call, GVariant *reply, const GError *error);
  SekClientCheckFunc check;
  gpointer check_data;
  guint hold;    /* source id */
  GTask *report; /* of sek_client_report */
};

static gboolean
may_call_back (const SekCall *call)
{
  return !call->client->freed && !g_cancellable_is_cancelled (call->caller);
}

static void
call_end (SekCall *call, GVariant *reply, const GError *error)
{
  g_ptr_array_remove_fast (call->client->calls, call);
  g_clear_handle_id (&call->hold, g_source_remove);
  if (call->caller != NULL)
    g_cancellable_disconnect (call->caller, call->caller_handler);
  call->answer (call, reply, error);
  if (call->fd >= 0)
    close (call->fd);
  g_clear_object (&call->caller);
  g_clear_object (&call->report);
  g_object_unref (call->cancellable);
  g_variant_unref (call->context);
  sek_client_unref (call->client);
  g_free (call);
}

static void
on_reply (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SekCall *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source), NULL, result, &error);
  if (error != NULL)
    g_dbus_error_strip_remote_error (error);
  call_end (call, reply, error);
}

static void
send_call (SekCall *call)
{
  g_autoptr (GUnixFDList) list = g_unix_fd_list_new_from_array (&call->fd, 1);
  call->fd = -1;
  g_dbus_connection_call_with_unix_fd_list (call->client->bus, SEK_AGENT_NAME, SEK_AGENT_PATH,
                                            SEK_AGENT_INTERFACE, call->method,
                                            g_variant_new ("(h@a{sv})", 0, call->context),
                                            G_VARIANT_TYPE (call->reply_type), G_DBUS_CALL_FLAGS_NONE,
                                            call->timeout, list, call->cancellable, on_reply, call);
}

void
sek_calls_on_bus (SekClient *client, const GError *error)
{
  /* Taken off first: a callback may start or end other calls. */
  g_autoptr (GPtrArray) waiting = g_ptr_array_new ();
  for (guint i = 0; i < client->calls->len; i++)
    {
      SekCall *call = client->calls->pdata[i];
      if (call->waiting)
        g_ptr_array_add (waiting, call);
    }
  for (guint i = 0; i < waiting->len; i++)
    {
      SekCall *call = waiting->pdata[i];
      call->waiting = FALSE;
      /* Without an error and a bus the client was freed by one of these callbacks, or before. */
      g_autoptr (GError) gone =
          g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The client was freed");
      if (error != NULL || client->bus == NULL)
        call_end (call, NULL, error != NULL ? error : gone);
      else
        send_call (call);
    }
}

static void
send_or_wait (SekCall *call)
{
  if (sek_client_connect (call->client))
    send_call (call);
  else
    call->waiting = TRUE;
}

static void
on_copied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SekCall *call = user_data;
  g_autoptr (GError) error = NULL;
  call->fd = (int) g_task_propagate_int (G_TASK (result), &error);
  if (error == NULL)
    g_cancellable_set_error_if_cancelled (call->cancellable, &error);
  if (error != NULL)
    call_end (call, NULL, error);
  else
    send_or_wait (call);
}

/* The copy, when it is made at once; -1 when it has to be made, or to fail, later. */
static int
copy_small (const char *path)
{
  struct stat status;
  if (stat (path, &status) != 0 || !S_ISREG (status.st_mode) || status.st_size > SEK_SMALL_MAIL_BYTES)
    return -1;
  return sek_mail_file_copy (path, NULL, NULL);
}

static void
copy_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  int fd = sek_mail_file_copy (task_data, cancellable, &error);
  if (fd >= 0)
    g_task_return_int (task, fd);
  else
    g_task_return_error (task, error);
}

static void
on_caller_cancelled (GCancellable *caller, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
call_start (SekCall *call, const char *path, GCancellable *caller)
{
  g_ptr_array_add (call->client->calls, call);
  call->fd = -1;
  call->cancellable = g_cancellable_new ();
  if (caller != NULL)
    {
      call->caller = g_object_ref (caller);
      call->caller_handler = g_cancellable_connect (caller, G_CALLBACK (on_caller_cancelled),
                                                    g_object_ref (call->cancellable), g_object_unref);
    }
  call->fd = g_cancellable_is_cancelled (call->cancellable) ? -1 : copy_small (path);
  if (call->fd >= 0)
    {
      send_or_wait (call);
      return;
    }
  g_autoptr (GTask) task = g_task_new (NULL, call->cancellable, on_copied, call);
  /* Else a descriptor that was made would be dropped unclosed when cancelled. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, copy_in_thread);
}

static void
insert_text (GVariantDict *dict, const char *key, const char *text)
{
  /* The names of folders and addresses may be any bytes; a string on the bus may not. */
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;
  if (valid != NULL)
    g_variant_dict_insert (dict, key, "s", valid);
}

static GVariant *
build_context (const char *client_name, const SekReportAbout *about)
{
  GVariantDict dict;
  GVariantBuilder addresses;
  g_variant_dict_init (&dict, NULL);
  insert_text (&dict, "client", client_name);
  insert_text (&dict, "folder", about->folder);
  insert_text (&dict, "verdict-id", about->verdict_id);
  insert_text (&dict, "attachments", about->attachments);
  if (about->feedback)
    g_variant_dict_insert (&dict, "feedback", "b", TRUE);
  if (about->rebuilt)
    g_variant_dict_insert (&dict, "rebuilt", "b", TRUE);
  g_variant_builder_init (&addresses, G_VARIANT_TYPE_STRING_ARRAY);
  const char *const *own = about->own_addresses;
  for (gsize i = 0; own != NULL && own[i] != NULL && i < SEK_MAILBOXES_MAX; i++)
    {
      g_autofree char *valid = g_utf8_make_valid (own[i], -1);
      g_variant_builder_add (&addresses, "s", valid);
    }
  g_variant_dict_insert_value (&dict, "own-addresses", g_variant_builder_end (&addresses));
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

/* What people meet, in words for them; all else is told as D-Bus tells it. */
static const char *
known_failure (const GError *reason)
{
  /* Translators: why a mail could not be checked or reported. */
  static const char missing[] = N_ ("Sekisho's agent is not there, or can't be started.");
  /* Translators: why a mail could not be checked or reported. */
  static const char ended[] = N_ ("Sekisho's agent ended before it had answered.");
  /* Translators: why a mail could not be checked or reported: an update may not be complete. */
  static const char other[] = N_ ("Sekisho's agent is of another version than its part in the mail program. "
                                  "Log out and in again; if this stays, tell your administrator.");
  const struct
  {
    GQuark domain;
    int code;
    const char *words;
  } known[] = {
    { G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN, missing },
    { G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER, missing },
    { G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_EXEC_FAILED, missing },
    { G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_CHILD_EXITED, missing },
    { G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_CHILD_SIGNALED, missing },
    { G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY, ended },
    { G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD, other },
    { G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_INTERFACE, other },
    { G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT, other },
    { G_DBUS_ERROR, G_DBUS_ERROR_INVALID_SIGNATURE, other },
    /* GDBus: an answer of another type than the one asked for. */
    { G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, other },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_error_matches (reason, known[i].domain, known[i].code))
      return _ (known[i].words);
  return NULL;
}

static GError *
agent_error (const GError *reason)
{
  if (reason->domain == SEK_CLIENT_ERROR)
    return g_error_copy (reason);
  const char *words = known_failure (reason);
  if (words != NULL)
    return g_error_new_literal (SEK_CLIENT_ERROR, SEK_CLIENT_ERROR_AGENT, words);
  /* Translators: the reason comes from the agent, or from D-Bus when there is no agent. */
  return g_error_new (SEK_CLIENT_ERROR, SEK_CLIENT_ERROR_AGENT, _ ("Sekisho's agent gives no answer: %s"),
                      reason->message);
}

/* --- Check --- */

static void
answer_check (SekCall *call, GVariant *reply, const GError *reason)
{
  if (!may_call_back (call))
    return;
  g_autoptr (GError) format = NULL;
  g_autoptr (SekVerdict) verdict = NULL;
  if (reply != NULL)
    {
      g_autoptr (GVariant) dict = g_variant_get_child_value (reply, 0);
      verdict = sek_verdict_from_variant (dict, &format);
    }
  g_autoptr (GError) error = verdict == NULL ? agent_error (format != NULL ? format : reason) : NULL;
  call->check (verdict != NULL ? SEK_CLIENT_VERDICT : SEK_CLIENT_FAILED, verdict, error, call->check_data);
}

static gboolean
on_hold_over (gpointer user_data)
{
  SekCall *call = user_data;
  call->hold = 0;
  if (may_call_back (call))
    call->check (SEK_CLIENT_LATE, NULL, NULL, call->check_data);
  return G_SOURCE_REMOVE;
}

void
sek_client_check (SekClient *client,
                  const char *path,
                  const char *folder,
                  const char *const *own_addresses,
                  GCancellable *cancellable,
                  SekClientCheckFunc callback,
                  gpointer user_data)
{
  const SekReportAbout about = { .folder = folder, .own_addresses = own_addresses };
  SekCall *call = g_new0 (SekCall, 1);
  call->client = sek_client_ref (client);
  call->method = "Check";
  call->reply_type = "(a{sv})";
  call->timeout = CHECK_MILLISECONDS;
  call->context = build_context (client->name, &about);
  call->answer = answer_check;
  call->check = callback;
  call->check_data = user_data;
  call->hold = g_timeout_add (SEK_CLIENT_HOLD_MILLISECONDS, on_hold_over, call);
  call_start (call, path, cancellable);
}

/* --- Report --- */

/* The caller's callback, which may no longer be called once the client is freed. */
typedef struct
{
  SekClient *client; /* counted */
  GAsyncReadyCallback callback;
  gpointer user_data;
} Answer;

static void
on_report_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Answer *answer = user_data;
  if (!answer->client->freed)
    answer->callback (NULL, result, answer->user_data);
  sek_client_unref (answer->client);
}

static void
answer_report (SekCall *call, GVariant *reply, const GError *reason)
{
  char *id = NULL;
  if (reply != NULL)
    g_variant_get (reply, "(s)", &id);
  if (id != NULL)
    g_task_return_pointer (call->report, id, g_free);
  else if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (call->report, g_error_copy (reason));
  else
    g_task_return_error (call->report, agent_error (reason));
}

void
sek_client_report (SekClient *client,
                   const char *path,
                   const SekReportAbout *about,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  Answer *answer = g_new0 (Answer, 1);
  answer->client = sek_client_ref (client);
  answer->callback = callback;
  answer->user_data = user_data;
  SekCall *call = g_new0 (SekCall, 1);
  call->client = sek_client_ref (client);
  call->method = "Report";
  call->reply_type = "(s)";
  call->timeout = REPORT_MILLISECONDS;
  call->context = build_context (client->name, about);
  call->answer = answer_report;
  call->report = g_task_new (NULL, cancellable, on_report_done, answer);
  g_task_set_source_tag (call->report, sek_client_report);
  call_start (call, path, cancellable);
}

char *
sek_client_report_finish (SekClient *client, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
sek_calls_cancel (SekClient *client)
{
  for (guint i = 0; i < client->calls->len; i++)
    {
      SekCall *call = client->calls->pdata[i];
      g_clear_handle_id (&call->hold, g_source_remove);
      g_cancellable_cancel (call->cancellable);
    }
}

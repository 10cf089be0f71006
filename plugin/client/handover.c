/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/client/handover.h"

#include <gio/gunixfdlist.h>
#include <string.h>
#include <unistd.h>

#include "plugin/client/parts.h"

/* The agent's reports are mails of people; more than this is none of them. */
#define REPORT_BYTES_MAX (256u * 1024 * 1024)

void
sek_handover_free (SekHandover *handover)
{
  if (handover == NULL)
    return;
  g_free (handover->id);
  g_free (handover->address);
  g_clear_pointer (&handover->message, g_bytes_unref);
  g_free (handover);
}

void
sek_handover_set_from (SekHandover *handover, const char *address)
{
  static const char field[] = "From: ";
  gsize length = 0;
  const char *data = g_bytes_get_data (handover->message, &length);
  const char *end = length > strlen (field) ? memmem (data, length, "\r\n", 2) : NULL;
  if (end == NULL || memcmp (data, field, strlen (field)) != 0 || address == NULL ||
      strchr (address, '@') == NULL)
    return;
  for (const char *p = address; *p != '\0'; p++)
    if (*p <= ' ' || *p > '~' || strchr ("<>,;:\"()", *p) != NULL)
      return;
  GString *out = g_string_sized_new (length + strlen (address));
  g_string_append_printf (out, "%s<%s>", field, address);
  g_string_append_len (out, end, (gssize) (length - (gsize) (end - data)));
  g_bytes_unref (handover->message);
  handover->message = g_string_free_to_bytes (out);
}

/* All of the file; NULL with error. */
static GBytes *
read_all (int fd, GError **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new_from_fd (fd, FALSE, error);
  if (file == NULL)
    return NULL;
  if (g_mapped_file_get_length (file) > REPORT_BYTES_MAX)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "The report is too large");
      return NULL;
    }
  /* A copy: the mapping would have to outlive the descriptor's seals, which nobody promises. */
  return g_bytes_new (g_mapped_file_get_contents (file), g_mapped_file_get_length (file));
}

static SekHandover *
read_reply (GVariant *reply, GUnixFDList *list, GError **error)
{
  const char *id, *address;
  gint32 handle;
  g_variant_get (reply, "(&s&sh)", &id, &address, &handle);
  int fd = list != NULL ? g_unix_fd_list_get (list, handle, error) : -1;
  if (fd < 0)
    return NULL;
  g_autoptr (GBytes) message = *id != '\0' ? read_all (fd, error) : NULL;
  close (fd);
  if (message == NULL)
    return NULL;
  SekHandover *handover = g_new0 (SekHandover, 1);
  handover->id = g_strdup (id);
  handover->address = g_strdup (address);
  handover->message = g_steal_pointer (&message);
  return handover;
}

static void
on_taken (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SekClient *client = user_data;
  g_autoptr (GUnixFDList) list = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source), &list, result, NULL);
  g_autoptr (SekHandover) handover = reply != NULL ? read_reply (reply, list, &error) : NULL;
  if (error != NULL)
    g_warning ("A report could not be taken from the agent: %s", error->message);
  client->taking = FALSE;
  if (handover != NULL && !client->freed && client->handover != NULL)
    {
      client->sending = TRUE;
      client->handover (g_steal_pointer (&handover), client->handover_data);
    }
  sek_client_unref (client);
}

void
sek_client_take_report (SekClient *client)
{
  if (client->handover == NULL || client->bus == NULL || client->taking || client->sending)
    return;
  client->taking = TRUE;
  g_dbus_connection_call_with_unix_fd_list (client->bus, SEK_AGENT_NAME, SEK_AGENT_PATH, SEK_AGENT_INTERFACE,
                                            "TakeReport", NULL, G_VARIANT_TYPE ("(ssh)"),
                                            G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, on_taken,
                                            sek_client_ref (client));
}

void
sek_client_on_report_waits (GDBusConnection *bus,
                            const char *sender,
                            const char *path,
                            const char *interface,
                            const char *signal,
                            GVariant *parameters,
                            gpointer user_data)
{
  SekClient *client = user_data;
  if (!client->freed)
    sek_client_take_report (client);
}

void
sek_client_watch_handovers (SekClient *client, SekHandoverFunc func, gpointer user_data)
{
  client->handover = func;
  client->handover_data = user_data;
  if (func != NULL && sek_client_connect (client))
    sek_client_take_report (client);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SekClient *client = user_data;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  if (!client->freed)
    sek_client_take_report (client);
  sek_client_unref (client);
}

void
sek_client_handed_over (SekClient *client, const char *id, const char *failure)
{
  client->sending = FALSE;
  if (client->bus == NULL)
    return;
  g_autofree char *valid = g_utf8_make_valid (failure != NULL ? failure : "", -1);
  g_dbus_connection_call (client->bus, SEK_AGENT_NAME, SEK_AGENT_PATH, SEK_AGENT_INTERFACE, "ReportTaken",
                          g_variant_new ("(ss)", id, valid), NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL,
                          on_answered, sek_client_ref (client));
}

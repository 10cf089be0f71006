/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports that a mail client sends by its own account, where only the client can log in. */
#include "agent/service/parts.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <gio/gunixfdlist.h>
#include <glib/gi18n-lib.h>

void
sek_service_offer_report (gpointer user_data)
{
  SekService *service = user_data;
  sek_dbus_agent1_emit_report_waits (service->object);
}

static gboolean
write_all (int fd, GBytes *bytes)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  for (gsize done = 0; done < length;)
    {
      gssize wrote = write (fd, data + done, length - done);
      if (wrote < 0 && errno == EINTR)
        continue;
      if (wrote <= 0)
        return FALSE;
      done += (gsize) wrote;
    }
  return TRUE;
}

/* -1 with error. bytes may be NULL for an empty one. */
static int
make_memfd (GBytes *bytes, GError **error)
{
  int fd = memfd_create ("report", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (fd >= 0 && (bytes == NULL || write_all (fd, bytes)) &&
      fcntl (fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) == 0)
    return fd;
  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), "%s", g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

gboolean
sek_service_on_take_report (SekDBusAgent1 *object,
                            GDBusMethodInvocation *invocation,
                            GUnixFDList *unused,
                            gpointer user_data)
{
  SekService *service = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  const char *borrower = g_dbus_method_invocation_get_sender (invocation);
  g_autoptr (GBytes) message =
      sek_service_need_store (service, &error) ? sek_outbox_take (service->outbox, borrower, &id) : NULL;
  g_autoptr (GUnixFDList) list = g_unix_fd_list_new ();
  int fd = error == NULL ? make_memfd (message, &error) : -1;
  int handle = fd >= 0 ? g_unix_fd_list_append (list, fd, &error) : -1;
  if (fd >= 0)
    close (fd);
  if (handle < 0)
    {
      if (id != NULL)
        sek_outbox_handed_over (service->outbox, borrower, id, error->message);
      g_dbus_method_invocation_return_gerror (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  sek_dbus_agent1_complete_take_report (object, invocation, list, id != NULL ? id : "",
                                        sek_policy_watch_get (service->policy)->report_address,
                                        g_variant_new_handle (handle));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

gboolean
sek_service_on_report_taken (SekDBusAgent1 *object,
                             GDBusMethodInvocation *invocation,
                             const char *id,
                             const char *failure,
                             gpointer user_data)
{
  SekService *service = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = sek_text_show (failure, SEK_SUBJECT_CHARS_MAX);
  if (sek_service_need_store (service, &error) &&
      !sek_outbox_handed_over (service->outbox, g_dbus_method_invocation_get_sender (invocation), id,
                               *shown != '\0' ? shown : NULL))
    g_set_error_literal (&error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                         "No report of this id is lent to this mail client");
  if (error != NULL)
    g_dbus_method_invocation_return_gerror (invocation, error);
  else
    sek_dbus_agent1_complete_report_taken (object, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/child.h"

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agent/scanner/host/protocol.h"
#include "agent/scanner/attached.h"
#include "agent/scanner/scanner.h"

/* GLib ends a process that runs out of memory with an error message; what is to be known is why. */
static GLogWriterOutput
end_without_memory (GLogLevelFlags level, const GLogField *fields, gsize count, gpointer user_data)
{
  if ((level & G_LOG_LEVEL_ERROR) != 0)
    _exit (SEK_CHILD_NO_MEMORY);
  return G_LOG_WRITER_HANDLED;
}

/* The slot that is not named is written, then named. */
static void
publish (const SekFacts *facts, gpointer user_data)
{
  char *memory = user_data;
  SekScanResult *result = user_data;
  g_autoptr (GVariant) variant = g_variant_ref_sink (sek_facts_to_variant (facts));
  gsize length = g_variant_get_size (variant);
  if (length > SEK_RESULT_SLOT_BYTES)
    return;
  guint32 slot = result->slot == 1 ? 2 : 1;
  g_variant_store (variant, memory + SEK_RESULT_SLOT (slot));
  result->length[slot - 1] = (guint32) length;
  __atomic_store_n (&result->slot, slot, __ATOMIC_RELEASE);
}

/* Private, so that what others write into the file meanwhile is not promised, but a shorter file ends only
 * this child. Files that can not be mapped are copied, which looks at no byte either. */
static const char *
map_mail (int fd, gsize length)
{
  void *mapped = mmap (NULL, length, PROT_READ, MAP_PRIVATE, fd, 0);
  if (mapped != MAP_FAILED)
    return mapped;
  char *copy = g_try_malloc (length);
  gsize at = 0;
  while (copy != NULL && at < length)
    {
      ssize_t got = pread (fd, copy + at, length - at, (off_t) at);
      if (got <= 0)
        _exit (SEK_CHILD_UNREADABLE);
      at += (gsize) got;
    }
  return copy;
}

/* Bytes that are not looked at yet. */
static gsize
copy_passwords (int fd, char buffer[SEK_PASSWORDS_BYTES])
{
  ssize_t got = fd >= 0 ? pread (fd, buffer, SEK_PASSWORDS_BYTES, 0) : 0;
  return got > 0 ? (gsize) got : 0;
}

/* What is not valid is left out. Newly allocated. */
static char **
split_passwords (const char *bytes, gsize length)
{
  g_autoptr (GPtrArray) passwords = g_ptr_array_new ();
  for (gsize at = 0; at < length && passwords->len < SEK_PASSWORDS_MAX;)
    {
      gsize end = at + strnlen (bytes + at, length - at);
      if (end > at && end < length && g_utf8_validate (bytes + at, -1, NULL))
        g_ptr_array_add (passwords, g_strdup (bytes + at));
      at = end + 1;
    }
  g_ptr_array_add (passwords, NULL);
  return (char **) g_ptr_array_steal (passwords, NULL);
}

void
sek_child_run (const SekSeal *seal, const SekChildTask *task)
{
  /* A child never outlives the server. */
  if (prctl (PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || getppid () != task->parent)
    _exit (SEK_CHILD_UNSEALED);
  struct stat status;
  if (fstat (task->mail_fd, &status) != 0 || status.st_size < 0)
    _exit (SEK_CHILD_UNREADABLE);
  gsize length = status.st_size > (off_t) SEK_MAIL_BYTES_MAX ? SEK_HEAD_BYTES : (gsize) status.st_size;
  const char *mail = length > 0 ? map_mail (task->mail_fd, length) : "";
  void *memory = mmap (NULL, SEK_RESULT_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, task->result_fd, 0);
  if (mail == NULL || memory == MAP_FAILED)
    _exit (SEK_CHILD_UNREADABLE);
  char buffer[SEK_PASSWORDS_BYTES];
  gsize buffered = copy_passwords (task->passwords_fd, buffer);
  g_log_set_writer_func (end_without_memory, NULL, NULL);
  if (!sek_seal_apply (seal))
    _exit (SEK_CHILD_UNSEALED);
  g_auto (GStrv) passwords = split_passwords (buffer, buffered);
  gint64 size = (gint64) status.st_size;
  g_autoptr (GBytes) attached = task->attached ? sek_attached_mail (mail, length) : NULL;
  if (attached != NULL)
    {
      mail = g_bytes_get_data (attached, &length);
      size = (gint64) length;
    }
  SekFacts *facts = sek_scan_bytes (mail != NULL ? mail : "", length, size, (const char *const *) passwords,
                                    publish, memory);
  publish (facts, memory);
  /* Nothing is freed or flushed: the process ends with its memory. */
  _exit (SEK_CHILD_DONE);
}

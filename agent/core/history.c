/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/history.h"

void
sek_locked_file_clear (SekLockedFile *file)
{
  g_clear_pointer (&file->file_name, g_free);
  g_clear_pointer (&file->subject, g_free);
}

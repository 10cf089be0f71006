/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/inspect/families.h"

/* Locks that nobody is asked for: Excel and PowerPoint try these themselves, so who uses them hides something
 * from scanners, not from people ([MS-OFFCRYPTO] §2.4.2.3). */
static const char *const usual[] = { "VelvetSweatshop", "/01Hannes Ruescher/01" };

static gboolean
has_time (const SekInspectResult *result)
{
  return result->budget->deadline == 0 || g_get_monotonic_time () < result->budget->deadline;
}

static const SekPassword *
find_password (const SekOfficeLock *lock, const SekInspectResult *result, SekOfficeKey *key)
{
  const GPtrArray *passwords = result->budget->passwords;
  for (guint i = 0; passwords != NULL && i < MIN (passwords->len, SEK_PASSWORDS_MAX) && has_time (result);
       i++)
    {
      const SekPassword *password = passwords->pdata[i];
      if (sek_office_lock_try (lock, password->password, key))
        return password;
    }
  return NULL;
}

SekUnlock
sek_inspect_unlock (const SekOfficeLock *lock, const SekInspectResult *result, SekOfficeKey *key)
{
  /* Made to take long, and many of them. */
  if (!has_time (result))
    sek_inspect_set_problem (result, "timed-out");
  for (gsize i = 0; lock != NULL && i < G_N_ELEMENTS (usual) && has_time (result); i++)
    if (sek_office_lock_try (lock, usual[i], key))
      {
        if (lock->scheme != SEK_OFFICE_XOR)
          return SEK_UNLOCK_SUCCEEDED;
        sek_inspect_set_problem (result, "document-unsupported");
        return SEK_UNLOCK_SELF;
      }
  sek_traits_add (result->traits, SEK_TRAIT_LOCKED_DOCUMENT, NULL);
  /* What the old lock hides can't be read here; its proof fits one of 32768 passwords. */
  gboolean readable = lock != NULL && lock->scheme != SEK_OFFICE_XOR;
  const SekPassword *password = readable ? find_password (lock, result, key) : NULL;
  if (password == NULL)
    {
      sek_inspect_set_problem (result, "document-locked");
      return SEK_UNLOCK_NONE;
    }
  result->budget->opened_by = password;
  return SEK_UNLOCK_SUCCEEDED;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/passwords.h"

#include "agent/core/limits.h"
#include "agent/core/password.h"

static void
password_free (gpointer data)
{
  SekPassword *password = data;
  g_free (password->password);
  g_free (password);
}

static void
add (GPtrArray *passwords, const char *password, const char *source)
{
  if (passwords->len >= SEK_PASSWORDS_MAX)
    return;
  for (guint i = 0; i < passwords->len; i++)
    if (g_str_equal (((const SekPassword *) passwords->pdata[i])->password, password))
      return;
  SekPassword *added = g_new0 (SekPassword, 1);
  added->password = g_strdup (password);
  added->source = source;
  g_ptr_array_add (passwords, added);
}

static void
add_all (GPtrArray *passwords, const char *const *candidates, const char *source)
{
  for (gsize i = 0; candidates != NULL && candidates[i] != NULL; i++)
    add (passwords, candidates[i], source);
}

GPtrArray *
sek_passwords_gather (const SekFacts *facts, const char *const *offered)
{
  GPtrArray *passwords = g_ptr_array_new_with_free_func (password_free);
  const struct
  {
    const char *text, *source;
  } texts[] = { { facts->text, "body" }, { facts->html_text, "body" }, { facts->subject, "subject" } };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto (GStrv) candidates = sek_password_candidates (texts[i].text);
      add_all (passwords, (const char *const *) candidates, texts[i].source);
    }
  for (guint i = 0; i < facts->attachments->len; i++)
    {
      const SekAttachment *attachment = facts->attachments->pdata[i];
      g_auto (GStrv) candidates = sek_password_candidates (attachment->name);
      add_all (passwords, (const char *const *) candidates, "file-name");
    }
  add_all (passwords, offered, "earlier-mail");
  return passwords;
}

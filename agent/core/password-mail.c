/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole mail as the grammar sees it, and the names of its files. */
#include <string.h>

#include "agent/core/limits.h"
#include "agent/core/password-private.h"
#include "agent/core/password.h"
#include "agent/core/trait-codes.h"

#define DIGITS_IN_NAME_MIN 4
#define NAMES_MAX 20

void
sek_password_free (SekPassword *password)
{
  if (password == NULL)
    return;
  g_free (password->password);
  g_free (password);
}

void
sek_passwords_add (GPtrArray *passwords, const char *password, const char *source)
{
  gsize length = strlen (password);
  if (passwords->len >= SEK_PASSWORDS_MAX || length == 0 || length > SEK_PASSWORD_BYTES_MAX)
    return;
  for (guint i = 0; i < passwords->len; i++)
    if (g_str_equal (((const SekPassword *) passwords->pdata[i])->password, password))
      return;
  SekPassword *added = g_new0 (SekPassword, 1);
  added->password = g_strdup (password);
  added->source = source;
  g_ptr_array_add (passwords, added);
}

gboolean
sek_password_comes_separately (const char *source)
{
  g_autoptr (SekPasswordText) text = sek_password_text_new (source);
  for (gsize i = 0; i < text->length; i++)
    {
      gsize from, to, next, end;
      if ((text->marks[i] & SEK_MARK_PASSWORD) == 0)
        continue;
      sek_password_text_sentence (text, i, i + 1, &from, &to);
      /* A line that ends without a stop goes on in the next one. */
      if (text->chars[to] == '\n')
        sek_password_text_sentence (text, to + 1, to + 1, &next, &end);
      else
        end = to;
      if (sek_password_text_has_mark (text, from, end, SEK_MARK_SEPARATELY))
        return TRUE;
      i = to;
    }
  return FALSE;
}

/* The part of a file name without its folder and last extension. Newly allocated. */
static char *
stem_of (const char *file_name)
{
  const char *slash = strrchr (file_name, '/');
  char *stem = g_strdup (slash != NULL ? slash + 1 : file_name);
  char *dot = strrchr (stem, '.');
  if (dot != NULL && dot > stem)
    *dot = '\0';
  return stem;
}

static gboolean
is_name_token_char (gunichar c)
{
  return c < 0x80 && (g_ascii_isalnum ((char) c) || (c != 0 && strchr ("!#$%&*+@~^", (int) c) != NULL));
}

char **
sek_password_candidates_in_name (const char *file_name)
{
  g_autofree char *stem = stem_of (file_name != NULL ? file_name : "");
  g_autoptr (SekPasswordText) text = sek_password_text_new (stem);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  for (gsize i = 0; i < text->length && found->len < SEK_PASSWORDS_MAX; i++)
    {
      if ((text->marks[i] & SEK_MARK_PASSWORD) == 0)
        continue;
      gsize start = i + sek_password_text_match (text, i, sek_password_words);
      while (start < text->length && !is_name_token_char (text->chars[start]) && text->chars[start] < 0x3400)
        start++;
      gsize end = start;
      while (is_name_token_char (text->chars[end]))
        end++;
      g_autofree char *token = sek_password_text_slice (text, start, end);
      if (strlen (token) >= 3 && !sek_password_is_impossible (token))
        g_ptr_array_add (found, g_steal_pointer (&token));
      i = end;
    }
  g_ptr_array_add (found, NULL);
  return (char **) g_ptr_array_steal (found, NULL);
}

/* "The password is the number in the file name." */
static void
add_name (GPtrArray *passwords, const char *file_name)
{
  g_autofree char *stem = stem_of (file_name);
  sek_passwords_add (passwords, stem, "file-name");
  for (const char *p = stem; *p != '\0';)
    {
      gsize length = strspn (p, "0123456789");
      g_autofree char *digits = g_strndup (p, length);
      if (length >= DIGITS_IN_NAME_MIN)
        sek_passwords_add (passwords, digits, "file-name");
      p += MAX (length, 1);
    }
}

static void
add_all (GPtrArray *passwords, char **candidates, const char *source)
{
  for (char **candidate = candidates; *candidate != NULL; candidate++)
    sek_passwords_add (passwords, *candidate, source);
}

GPtrArray *
sek_passwords_in_mail (const SekFacts *facts)
{
  GPtrArray *passwords = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_password_free);
  const struct
  {
    const char *text, *source;
  } texts[] = { { facts->text, "body" }, { facts->html_text, "body" }, { facts->subject, "subject" } };
  gboolean described[SEK_N_DESCRIBED] = { FALSE };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto (GStrv) candidates = sek_password_read (texts[i].text, facts->date, described);
      add_all (passwords, candidates, texts[i].source);
    }
  for (guint i = 0; i < facts->attachments->len && i < NAMES_MAX; i++)
    {
      const SekAttachment *attachment = facts->attachments->pdata[i];
      if (attachment->name == NULL)
        continue;
      g_auto (GStrv) candidates = sek_password_candidates_in_name (attachment->name);
      add_all (passwords, candidates, "file-name");
      if (described[SEK_DESCRIBED_NAME])
        add_name (passwords, attachment->name);
    }
  return passwords;
}

char **
sek_passwords_to_strv (const GPtrArray *passwords)
{
  char **list = g_new0 (char *, passwords->len + 1);
  for (guint i = 0; i < passwords->len; i++)
    list[i] = g_strdup (((const SekPassword *) passwords->pdata[i])->password);
  return list;
}

gboolean
sek_passwords_are_wanted (const SekFacts *facts)
{
  for (guint i = 0; i < facts->attachments->len; i++)
    {
      const SekAttachment *attachment = facts->attachments->pdata[i];
      gboolean locked = attachment->encrypted || attachment->names_hidden ||
                        sek_traits_find (attachment->traits, SEK_TRAIT_LOCKED_DOCUMENT) != NULL;
      if (locked && !attachment->unlocked)
        return TRUE;
    }
  return FALSE;
}

void
sek_passwords_name_sources (SekFacts *facts, const GPtrArray *offered)
{
  for (guint i = 0; i < facts->attachments->len; i++)
    {
      SekAttachment *attachment = facts->attachments->pdata[i];
      for (guint j = 0; j < offered->len && g_strcmp0 (attachment->password_source, "earlier-mail") == 0; j++)
        {
          const SekPassword *password = offered->pdata[j];
          if (g_strcmp0 (attachment->password, password->password) != 0)
            continue;
          g_free (attachment->password_source);
          attachment->password_source = g_strdup (password->source);
          break;
        }
    }
}

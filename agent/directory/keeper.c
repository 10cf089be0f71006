/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/directory/directory.h"

/* The history may grow by so many messages, or by this part of it, before its people are looked through
 * again. */
#define GROWTH_MIN 50
#define GROWTH_PART 20

struct SekDirectoryKeeper
{
  SekReader *reader;
  SekDirectory *directory; /* NULL: not made yet */
  const SekPolicy *policy; /* only compared */
  char *domains;           /* joined */
  gint64 messages;         /* in the history then; -1 when there was none */
};

SekDirectoryKeeper *
sek_directory_keeper_new (void)
{
  SekDirectoryKeeper *self = g_new0 (SekDirectoryKeeper, 1);
  self->reader = sek_reader_new ();
  return self;
}

void
sek_directory_keeper_forget (SekDirectoryKeeper *self)
{
  g_clear_pointer (&self->directory, sek_directory_free);
  g_clear_pointer (&self->domains, g_free);
  self->policy = NULL;
}

void
sek_directory_keeper_free (SekDirectoryKeeper *self)
{
  sek_directory_keeper_forget (self);
  sek_reader_free (self->reader);
  g_free (self);
}

void
sek_directory_keeper_rest (SekDirectoryKeeper *self)
{
  sek_reader_rest (self->reader);
}

static gboolean
has_grown (gint64 before, gint64 now)
{
  if (before < 0 || now < before)
    return before != now;
  return now - before >= MAX (GROWTH_MIN, before / GROWTH_PART);
}

const SekDirectory *
sek_directory_keeper_get (SekDirectoryKeeper *self,
                          const SekPolicy *policy,
                          const SekHistory *history,
                          const char *const *domains)
{
  g_autofree char *joined = domains != NULL ? g_strjoinv (" ", (char **) domains) : g_strdup ("");
  gint64 messages = history != NULL ? history->count_messages (history->self) : -1;
  if (self->directory != NULL && self->policy == policy && g_str_equal (self->domains, joined) &&
      !has_grown (self->messages, messages))
    return self->directory;
  sek_directory_keeper_forget (self);
  self->directory = sek_directory_new (policy, history, domains, self->reader);
  self->policy = policy;
  self->domains = g_steal_pointer (&joined);
  self->messages = messages;
  sek_reader_rest (self->reader);
  return self->directory;
}

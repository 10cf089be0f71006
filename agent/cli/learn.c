/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/cli/cli.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "agent/cli/mails.h"
#include "agent/scanner/host/host.h"
#include "agent/store/store.h"

#define BATCH 500 /* mails in one transaction */
#define BAR_WIDTH 40

static void
show_progress (guint done, guint total)
{
  if (!isatty (STDERR_FILENO) || total == 0)
    return;
  guint filled = (guint) ((guint64) done * BAR_WIDTH / total);
  g_autofree char *bar = g_strnfill (BAR_WIDTH, ' ');
  memset (bar, '#', filled);
  g_printerr ("\r[%s] %u/%u%s", bar, done, total, done == total ? "\n" : "");
}

static gboolean
flush (SekStore *store, GPtrArray *batch, gint64 *learned)
{
  g_autoptr (GError) error = NULL;
  gint64 new_ones = batch->len > 0 ? sek_store_learn (store, batch, &error) : 0;
  g_ptr_array_set_size (batch, 0);
  if (new_ones < 0)
    {
      sek_cli_complain (error->message);
      return FALSE;
    }
  *learned += new_ones;
  return TRUE;
}

static gboolean
read_summary (SekScanner *scanner, const SekMail *mail, char **own_addresses, GPtrArray *batch)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SekFacts) facts = NULL;
  int fd = sek_mail_open (mail, &error);
  if (fd >= 0)
    {
      facts = sek_scanner_scan (scanner, fd, NULL, &error);
      close (fd);
    }
  if (facts == NULL)
    {
      sek_cli_complain (error->message);
      return FALSE;
    }
  g_ptr_array_add (batch, sek_message_summary_from_facts (facts, (const char *const *) own_addresses));
  return TRUE;
}

static int
learn_all (SekStore *store, SekScanner *scanner, char **paths, char **own_addresses)
{
  gboolean unreadable = FALSE;
  gint64 learned = 0;
  g_autoptr (GPtrArray) mails = sek_cli_find_mails (paths, &unreadable);
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_message_summary_free);
  for (guint i = 0; i < mails->len; i++)
    {
      unreadable = !read_summary (scanner, mails->pdata[i], own_addresses, batch) || unreadable;
      if (batch->len >= BATCH && !flush (store, batch, &learned))
        return SEK_EXIT_UNREADABLE;
      show_progress (i + 1, mails->len);
    }
  if (!flush (store, batch, &learned))
    return SEK_EXIT_UNREADABLE;
  /* Translators: the result of “sekisho learn”: mails read, mails that were new. */
  g_print (_ ("Mails read: %u, new to the history: %u\n"), mails->len, (guint) learned);
  return unreadable ? SEK_EXIT_UNREADABLE : SEK_EXIT_CLEAR;
}

int
sek_cli_learn (int argc, char **argv)
{
  g_auto (GStrv) own_addresses = NULL, paths = NULL;
  g_autofree char *history_path = NULL;
  const GOptionEntry entries[] = {
    { "me", 'm', 0, G_OPTION_ARG_STRING_ARRAY, &own_addresses,
      N_ ("An address of the reader; may be repeated"), N_ ("ADDR") },
    { "history", 'H', 0, G_OPTION_ARG_FILENAME, &history_path, N_ ("History to learn into"), N_ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  if (!sek_cli_parse ("learn", "--history FILE PATH…", entries, argc, argv, &paths))
    return SEK_EXIT_UNREADABLE;
  if (history_path == NULL)
    {
      sek_cli_complain (_ ("learn needs --history FILE"));
      return SEK_EXIT_UNREADABLE;
    }
  g_autoptr (GError) error = NULL;
  g_autoptr (SekStore) store = sek_store_open (history_path, TRUE, &error);
  g_autoptr (SekScanner) scanner = store != NULL ? sek_scanner_new (&error) : NULL;
  if (scanner == NULL)
    {
      sek_cli_complain (error->message);
      return SEK_EXIT_UNREADABLE;
    }
  return learn_all (store, scanner, paths, own_addresses);
}

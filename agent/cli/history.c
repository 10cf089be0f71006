/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "agent/cli/cli.h"
#include "agent/store/store.h"

#define BATCH 5000 /* messages forgotten in one transaction, so that the agent need not wait */
#define NAME_CHARS 80

/* path NULL: the agent's own. The file must be there. NULL after the fault was said. */
static SekStore *
open_history (const char *path, gboolean write)
{
  g_autofree char *default_path = sek_store_default_path ();
  const char *name = path != NULL ? path : default_path;
  g_autoptr (GError) error = NULL;
  gboolean exists = g_file_test (name, G_FILE_TEST_EXISTS);
  SekStore *store = sek_store_open (name, write && exists, &error);
  if (store == NULL)
    sek_cli_complain (error->message);
  return store;
}

static void
print_day (const char *label, gint64 seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (seconds);
  g_autofree char *day = time != NULL ? g_date_time_format (time, "%Y-%m-%d") : NULL;
  g_print ("  %s %s\n", label, day != NULL ? day : "–");
}

static int
say_unknown (const char *address)
{
  g_autofree char *shown = sek_text_show (address, NAME_CHARS);
  /* Translators: %s is a mail address that the person typed. */
  g_autofree char *message = g_strdup_printf (_ ("The history knows nothing of %s"), shown);
  g_print ("%s\n", message);
  return SEK_EXIT_WARNED;
}

static int
show_one (SekStore *store, const char *address)
{
  SekHistory history = sek_store_history (store);
  SekCorrespondent known;
  g_autoptr (GError) error = NULL;
  if (!history.find_correspondent (history.self, address, &known))
    return say_unknown (address);
  g_auto (GStrv) names = sek_store_names_of (store, address, &error);
  if (names == NULL)
    {
      sek_cli_complain (error->message);
      return SEK_EXIT_UNREADABLE;
    }
  g_autofree char *shown = sek_text_show (address, NAME_CHARS);
  g_print ("%s\n", shown);
  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *form = sek_text_show (*name, NAME_CHARS);
      /* Translators: labels in the output of “sekisho history show”. */
      g_print ("  %s %s\n", _ ("Name:"), form);
    }
  print_day (_ ("First seen:"), known.first_seen);
  print_day (_ ("Last seen:"), known.last_seen);
  g_print ("  %s %" G_GINT64_FORMAT "\n", _ ("Mails from there:"), known.received);
  g_print ("  %s %" G_GINT64_FORMAT "\n", _ ("Mails to there:"), known.written_to);
  return SEK_EXIT_CLEAR;
}

static int
show (int argc, char **argv)
{
  g_auto (GStrv) addresses = NULL;
  g_autofree char *path = NULL;
  const GOptionEntry entries[] = {
    { "history", 'H', 0, G_OPTION_ARG_FILENAME, &path, N_ ("History to look into"), N_ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  if (!sek_cli_parse_any ("history show", "[--history FILE] ADDRESS…", entries, argc, argv, &addresses))
    return SEK_EXIT_UNREADABLE;
  if (addresses == NULL)
    {
      sek_cli_complain (_ ("No address is named; see sekisho --help"));
      return SEK_EXIT_UNREADABLE;
    }
  g_autoptr (SekStore) store = open_history (path, FALSE);
  int status = store != NULL ? SEK_EXIT_CLEAR : SEK_EXIT_UNREADABLE;
  for (char **address = addresses; store != NULL && *address != NULL; address++)
    {
      int one = show_one (store, *address);
      status = MAX (status, one);
    }
  return status;
}

static int
forget_address (SekStore *store, const char *address)
{
  g_autoptr (GError) error = NULL;
  gint64 messages = 0;
  int found = sek_store_forget_address (store, address, &messages, &error);
  if (found < 0)
    {
      sek_cli_complain (error->message);
      return SEK_EXIT_UNREADABLE;
    }
  if (found == 0)
    return say_unknown (address);
  g_autofree char *shown = sek_text_show (address, NAME_CHARS);
  /* Translators: %s is a mail address, %u the number of mails exchanged with it. */
  g_print (_ ("Forgotten: %s, mails: %u\n"), shown, (guint) messages);
  return SEK_EXIT_CLEAR;
}

/* "2026-11-23" as the beginning of that day here; 0 when it is no day. */
static gint64
parse_day (const char *text)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *midnight = g_strconcat (text, "T00:00:00", NULL);
  g_autoptr (GDateTime) time = strlen (text) == 10 ? g_date_time_new_from_iso8601 (midnight, zone) : NULL;
  return time != NULL ? g_date_time_to_unix (time) : 0;
}

static int
forget_before (SekStore *store, gint64 before)
{
  g_autoptr (GError) error = NULL;
  gint64 sum = 0, one;
  while ((one = sek_store_prune (store, before, 0, BATCH, &error)) > 0)
    sum += one;
  if (one < 0)
    {
      sek_cli_complain (error->message);
      return SEK_EXIT_UNREADABLE;
    }
  /* Translators: the result of “sekisho history forget --before”. */
  g_print (_ ("Mails forgotten: %u\n"), (guint) sum);
  return SEK_EXIT_CLEAR;
}

static int
forget (int argc, char **argv)
{
  g_auto (GStrv) addresses = NULL;
  g_autofree char *path = NULL, *day = NULL;
  const GOptionEntry entries[] = {
    { "history", 'H', 0, G_OPTION_ARG_FILENAME, &path, N_ ("History to forget in"), N_ ("FILE") },
    { "before", 'b', 0, G_OPTION_ARG_STRING, &day, N_ ("Forget the mails from before this day"),
      N_ ("YYYY-MM-DD") },
    G_OPTION_ENTRY_NULL,
  };
  if (!sek_cli_parse_any ("history forget", "[--history FILE] ADDRESS…|--before DATE", entries, argc, argv,
                          &addresses))
    return SEK_EXIT_UNREADABLE;
  gint64 before = day != NULL ? parse_day (day) : 0;
  if ((addresses == NULL) == (day == NULL) || (day != NULL && before <= 0))
    {
      sek_cli_complain (day != NULL && before <= 0 ? _ ("--before needs a day such as 2026-11-23")
                                                   : _ ("Name either addresses or --before DATE"));
      return SEK_EXIT_UNREADABLE;
    }
  g_autoptr (SekStore) store = open_history (path, TRUE);
  if (store == NULL)
    return SEK_EXIT_UNREADABLE;
  if (day != NULL)
    return forget_before (store, before);
  int status = SEK_EXIT_CLEAR;
  for (char **address = addresses; *address != NULL; address++)
    {
      int one = forget_address (store, *address);
      status = MAX (status, one);
    }
  return status;
}

int
sek_cli_history (int argc, char **argv)
{
  const char *what = argc > 0 ? argv[0] : "";
  if (g_str_equal (what, "show"))
    return show (argc - 1, argv + 1);
  if (g_str_equal (what, "forget"))
    return forget (argc - 1, argv + 1);
  sek_cli_complain (_ ("history needs “show” or “forget”; see sekisho --help"));
  return SEK_EXIT_UNREADABLE;
}

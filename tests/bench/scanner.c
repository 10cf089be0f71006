/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long the scanner takes for a mail, beside what GMime alone takes for the same mail, and what it weighs:
 *   scanner [--large FOLDER] MAILS…
 * MAILS: a folder tree whose mails are measured; files that are no mail are passed over. --large: a folder of
 * single mails, each measured by itself and in a sealed process whose memory is asked for. Tables go to
 * standard output. */
#include <errno.h>
#include <fcntl.h>
#include <gmime/gmime.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agent/scanner/host/host.h"
#include "agent/scanner/scanner.h"
#include "tests/bench/values.h"

#define ROUNDS 3     /* of each mail; the middle one counts */
#define RATIO_GOAL 3 /* times GMime, for a mail without archives */

/* Microseconds of one mail. */
typedef struct
{
  double gmime;  /* parsed, every part decoded, text in UTF-8, by GMime alone */
  double reader; /* the scanner's functions in this process */
  double sealed; /* through the host, in a sealed process of its own */
  double empty;  /* the same for an empty mail: the process by itself */
  gboolean has_archive;
} Times;

static double
middle (const double times[ROUNDS])
{
  double sorted[ROUNDS];
  memcpy (sorted, times, sizeof sorted);
  qsort (sorted, ROUNDS, sizeof *sorted, bench_compare);
  return sorted[ROUNDS / 2];
}

static double
now (void)
{
  return (double) g_get_monotonic_time ();
}

static void
decode_part (GMimeObject *parent, GMimeObject *part, gpointer user_data)
{
  GMimeStream *nowhere = user_data;
  if (GMIME_IS_TEXT_PART (part))
    g_free (g_mime_text_part_get_text (GMIME_TEXT_PART (part)));
  else if (GMIME_IS_PART (part) && g_mime_part_get_content (GMIME_PART (part)) != NULL)
    g_mime_data_wrapper_write_to_stream (g_mime_part_get_content (GMIME_PART (part)), nowhere);
}

/* What any reader of mail does at least. */
static double
time_gmime (const char *bytes, gsize length)
{
  double before = now ();
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer (bytes, length);
  GMimeParser *parser = g_mime_parser_new_with_stream (stream);
  GMimeMessage *message = g_mime_parser_construct_message (parser, NULL);
  if (message != NULL)
    {
      GMimeStream *nowhere = g_mime_stream_null_new ();
      g_mime_message_get_subject (message);
      g_mime_message_get_from (message);
      g_mime_message_get_all_recipients (message);
      g_mime_message_foreach (message, decode_part, nowhere);
      g_object_unref (nowhere);
      g_object_unref (message);
    }
  g_object_unref (parser);
  g_object_unref (stream);
  return now () - before;
}

static double
time_reader (const char *bytes, gsize length)
{
  double before = now ();
  g_autoptr (SekFacts) facts = sek_scan_bytes (bytes, length, (gint64) length, NULL, NULL, NULL);
  GVariant *variant = g_variant_ref_sink (sek_facts_to_variant (facts));
  g_variant_unref (variant);
  return now () - before;
}

static SekFacts *
scan_sealed (SekScanner *scanner, int fd, double *microseconds)
{
  g_autoptr (GError) error = NULL;
  double before = now ();
  SekFacts *facts = sek_scanner_scan (scanner, fd, NULL, &error);
  *microseconds = now () - before;
  if (facts == NULL)
    g_error ("%s", error->message);
  return facts;
}

static gboolean
has_problem (const SekFacts *facts, const char *code)
{
  for (guint i = 0; i < facts->problems->len; i++)
    if (g_str_equal (((const SekProblem *) facts->problems->pdata[i])->code, code))
      return TRUE;
  return FALSE;
}

static gboolean
has_archive (const SekFacts *facts)
{
  for (guint i = 0; i < facts->attachments->len; i++)
    if (((const SekAttachment *) facts->attachments->pdata[i])->is_archive)
      return TRUE;
  return FALSE;
}

typedef struct
{
  SekScanner *scanner;
  GArray *all;
} Measuring;

static void
measure_mail (const char *path, gpointer user_data)
{
  const Measuring *measuring = user_data;
  SekScanner *scanner = measuring->scanner;
  g_autofree char *bytes = NULL;
  gsize length = 0;
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0 || !g_file_get_contents (path, &bytes, &length, NULL))
    g_error ("%s can't be read", path);
  double gmime[ROUNDS], reader[ROUNDS], sealed[ROUNDS], empty[ROUNDS];
  int nothing = memfd_create ("empty", MFD_CLOEXEC);
  gboolean counts = TRUE;
  Times times = { 0 };
  /* In turns, so that a busy moment of the machine hits all of them. */
  for (guint i = 0; i < ROUNDS && counts; i++)
    {
      g_autoptr (SekFacts) facts = scan_sealed (scanner, fd, &sealed[i]);
      sek_facts_free (scan_sealed (scanner, nothing, &empty[i]));
      counts = !has_problem (facts, "not-a-mail") && !has_problem (facts, "empty");
      times.has_archive = has_archive (facts);
      gmime[i] = time_gmime (bytes, length);
      reader[i] = time_reader (bytes, length);
    }
  close (fd);
  close (nothing);
  if (!counts)
    return;
  times.gmime = middle (gmime);
  times.reader = middle (reader);
  times.sealed = middle (sealed);
  times.empty = middle (empty);
  g_array_append_val (measuring->all, times);
}

static void
print_pair (GArray *values, double unit)
{
  g_print (" %6.2f / %6.2f |", bench_values_at (values, 0.5) / unit, bench_values_at (values, 0.99) / unit);
}

static void
print_row (const char *what, const GArray *all, gboolean archives)
{
  g_autoptr (GArray) gmime = bench_values_new ();
  g_autoptr (GArray) reader = bench_values_new ();
  g_autoptr (GArray) sealed = bench_values_new ();
  g_autoptr (GArray) ratio = bench_values_new ();
  g_autoptr (GArray) empty = bench_values_new ();
  double gmime_sum = 0, reader_sum = 0;
  guint within = 0;
  for (guint i = 0; i < all->len; i++)
    {
      const Times *times = &g_array_index (all, Times, i);
      if (times->has_archive != archives)
        continue;
      double here = times->reader / MAX (times->gmime, 1);
      g_array_append_val (gmime, times->gmime);
      g_array_append_val (reader, times->reader);
      g_array_append_val (sealed, times->sealed);
      g_array_append_val (ratio, here);
      g_array_append_val (empty, times->empty);
      gmime_sum += times->gmime;
      reader_sum += times->reader;
      within += here <= RATIO_GOAL;
    }
  if (gmime->len == 0)
    return;
  g_print ("| %-24s | %5u |", what, gmime->len);
  print_pair (gmime, 1000);
  print_pair (reader, 1000);
  print_pair (sealed, 1000);
  print_pair (empty, 1000);
  print_pair (ratio, 1);
  g_print (" %7.2f | %5.1f %% |\n", reader_sum / gmime_sum, 100.0 * within / gmime->len);
}

static void
measure_folders (char **folders)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SekScanner) scanner = sek_scanner_new (&error);
  g_assert_no_error (error);
  g_print ("Milliseconds a mail, median / 99 %%. GMime alone: parses, decodes every part, text into UTF-8. "
           "Our code: the\n"
           "same and everything else, in the same process, both warm. Sealed: as the agent asks for it; "
           "empty: the same\n"
           "for an empty mail, which is what the process costs by itself. The last two columns: the ratio of "
           "the sums, and\n"
           "how many mails take our code at most %d times as long as GMime.\n\n"
           "| %-24s | mails | %-15s | %-15s | %-15s | %-15s | %-15s | of sums | within  |\n"
           "|--------------------------|-------|-----------------|-----------------|-----------------|"
           "-----------------|-----------------|---------|---------|\n",
           RATIO_GOAL, "", "GMime alone", "our code", "sealed", "empty, sealed", "our code/GMime");
  for (; *folders != NULL; folders++)
    {
      g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Times));
      Measuring measuring = { scanner, all };
      bench_walk (*folders, measure_mail, &measuring);
      g_autofree char *name = g_path_get_basename (*folders);
      g_autofree char *with = g_strdup_printf ("%s, with archives", name);
      print_row (name, all, FALSE);
      print_row (with, all, TRUE);
    }
}

/* Everything said of the files of a mail that a person would be told, to show that nothing was merely
 * skipped. */
static char *
say_found (const SekFacts *facts)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < facts->problems->len; i++)
    g_hash_table_add (seen, ((const SekProblem *) facts->problems->pdata[i])->code);
  for (guint i = 0; i < facts->attachments->len; i++)
    {
      const SekAttachment *attachment = facts->attachments->pdata[i];
      for (guint j = 0; j < attachment->traits->len; j++)
        g_hash_table_add (seen, ((const SekTrait *) attachment->traits->pdata[j])->code);
      for (guint j = 0; j < attachment->entries->len; j++)
        {
          const SekArchiveEntry *entry = attachment->entries->pdata[j];
          for (guint k = 0; k < entry->traits->len; k++)
            g_hash_table_add (seen, ((const SekTrait *) entry->traits->pdata[k])->code);
          if (entry->problem != NULL)
            g_hash_table_add (seen, entry->problem);
        }
      if (attachment->problem != NULL)
        g_hash_table_add (seen, attachment->problem);
      if (attachment->encrypted)
        g_hash_table_add (seen, (char *) (attachment->unlocked ? "opened" : "locked"));
    }
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (seen), (GCompareFunc) strcmp);
  for (const GList *key = keys; key != NULL; key = key->next)
    g_ptr_array_add (all, key->data);
  g_ptr_array_add (all, NULL);
  return g_strjoinv (", ", (char **) all->pdata);
}

/* In a process of its own, since what the kernel remembers of children is the largest one ever. */
static int
measure_large (const char *path)
{
  struct rusage usage;
  g_autofree char *found = NULL;
  double times[ROUNDS];
  g_autoptr (GError) error = NULL;
  SekScanner *scanner = sek_scanner_new (&error);
  g_assert_no_error (error);
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    g_error ("%s can't be read", path);
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (SekFacts) facts = scan_sealed (scanner, fd, &times[i]);
      g_free (found);
      found = say_found (facts);
    }
  close (fd);
  /* With the server ends the last that is waited for: it hands on the peak of the children it waited for. */
  sek_scanner_free (scanner);
  while (waitpid (-1, NULL, 0) > 0 || errno == EINTR)
    ;
  if (getrusage (RUSAGE_CHILDREN, &usage) != 0)
    g_error ("The memory of the child is not known");
  g_autofree char *bytes = NULL;
  gsize length = 0;
  if (!g_file_get_contents (path, &bytes, &length, &error))
    g_error ("%s", error->message);
  g_mime_init ();
  g_autofree char *name = g_path_get_basename (path);
  g_print ("| %-40s | %8.2f | %8.1f | %8.1f | %8.1f | %s |\n", name, (double) length / (1 << 20),
           time_gmime (bytes, length) / 1000, middle (times) / 1000, (double) usage.ru_maxrss / 1024, found);
  return 0;
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
measure_large_folder (const char *program, const char *folder)
{
  g_print ("\n| %-40s | %8s | %8s | %8s | %8s | said of it |\n"
           "|------------------------------------------|----------|----------|----------|----------|---------"
           "---|\n",
           "one mail in a sealed process", "mail MiB", "GMime ms", "ms", "peak MiB");
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (paths, compare_paths);
  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *row = NULL;
      char *arguments[] = { (char *) program, (char *) "--one", paths->pdata[i], NULL };
      int status = 0;
      if (!g_spawn_sync (NULL, arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &row, NULL, &status, &error) ||
          status != 0)
        g_error ("%s could not be measured", (const char *) paths->pdata[i]);
      g_print ("%s", row);
    }
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--one"))
    return measure_large (argv[2]);
  const char *large = argc > 2 && g_str_equal (argv[1], "--large") ? argv[2] : NULL;
  g_autoptr (GPtrArray) warm = sek_scan_warm_up ();
  g_assert_nonnull (warm);
  measure_folders (argv + (large != NULL ? 3 : 1));
  if (large != NULL)
    measure_large_folder (argv[0], large);
  return 0;
}

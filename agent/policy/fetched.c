/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/policy/fetched.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "agent/core/limits.h"
#include "agent/policy/document.h"
#include "agent/policy/layers.h"
#include "agent/policy/policy-file.h"
#include "agent/policy/trust/trust.h"

/* The signature stands in front in the same file: so the two can't be of different versions after a crash. */
#define KEPT "policy.signed"
#define HEAD "sekisho-policy 1 "
#define NOTES "state.conf"

char *
sek_fetched_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), "sekisho", "policy", NULL);
}

gboolean
sek_rollout_includes (const char *machine, gint64 serial, gint64 percent)
{
  g_autofree char *text = g_strdup_printf ("%s %" G_GINT64_FORMAT, machine, serial);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  digest[8] = '\0';
  return (gint64) (g_ascii_strtoull (digest, NULL, 16) % 100) < percent;
}

static gboolean
refuse (const char *reason, GError **error)
{
  g_set_error_literal (error, SEK_POLICY_ERROR, SEK_POLICY_ERROR_PARSE, reason);
  return FALSE;
}

/* All of it or nothing is on disk afterwards, also when the machine stops. */
static gboolean
write_file (const char *folder, const char *name, const char *data, gsize length, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_autofree char *reason = g_strdup_printf ("%s: %s", folder, g_strerror (errno));
      return refuse (reason, error);
    }
  return g_file_set_contents_full (path, data, (gssize) length,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

/* --- what is noted beside it --- */

static GKeyFile *
load_notes (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, NOTES, NULL);
  GKeyFile *notes = g_key_file_new ();
  /* Notes that are broken or gone only cost one fetch more: the serial also stands in what is kept. */
  g_key_file_load_from_file (notes, path, G_KEY_FILE_NONE, NULL);
  return notes;
}

static gboolean
save_notes (const char *folder, GKeyFile *notes, GError **error)
{
  gsize length = 0;
  g_autofree char *text = g_key_file_to_data (notes, &length, NULL);
  return write_file (folder, NOTES, text, length, error);
}

char *
sek_fetched_etag (const char *folder, const char *url)
{
  g_autoptr (GKeyFile) notes = load_notes (folder);
  g_autofree char *of = g_key_file_get_string (notes, "fetch", "url", NULL);
  g_autofree char *etag = g_key_file_get_string (notes, "fetch", "etag", NULL);
  /* Another server may give the same name to another file. */
  return g_strcmp0 (of, url) == 0 && etag != NULL ? g_steal_pointer (&etag) : g_strdup ("");
}

gboolean
sek_fetched_set_etag (const char *folder, const char *url, const char *etag, GError **error)
{
  g_autoptr (GKeyFile) notes = load_notes (folder);
  g_key_file_set_string (notes, "fetch", "url", url);
  g_key_file_set_string (notes, "fetch", "etag", etag);
  return save_notes (folder, notes, error);
}

static gboolean
note_serial (const char *folder, const char *key, gint64 serial, GError **error)
{
  g_autoptr (GKeyFile) notes = load_notes (folder);
  if (g_key_file_get_int64 (notes, "serials", key, NULL) >= serial)
    return TRUE;
  g_key_file_set_int64 (notes, "serials", key, serial);
  return save_notes (folder, notes, error);
}

/* --- what is kept --- */

typedef struct
{
  char *text; /* of the whole file */
  SekSignedBytes bytes;
} Kept;

static void
kept_clear (Kept *kept)
{
  g_free (kept->text);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Kept, kept_clear)

/* FALSE without error when nothing is kept. */
static gboolean
load_kept (Kept *kept, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, KEPT, NULL);
  gsize length = 0;
  g_autoptr (GError) fault = NULL;
  if (!g_file_get_contents (path, &kept->text, &length, &fault))
    {
      if (!g_error_matches (fault, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }
  char *end = NULL;
  guint64 signature_length = g_str_has_prefix (kept->text, HEAD)
                                 ? g_ascii_strtoull (kept->text + strlen (HEAD), &end, 10)
                                 : SEK_SIGNATURE_BYTES_MAX + 1;
  gsize head = end != NULL ? (gsize) (end - kept->text) + 1 : 0;
  if (end == NULL || signature_length > SEK_SIGNATURE_BYTES_MAX || *end != '\n' ||
      head + signature_length > length)
    return refuse (_ ("the policy that was kept is damaged"), error);
  kept->bytes = (SekSignedBytes){ (const guint8 *) kept->text + head + signature_length,
                                  length - head - signature_length, kept->text + head, signature_length };
  return TRUE;
}

static const char *
verify (const SekSignedBytes *bytes, const char *const *keys, GError **error)
{
  return sek_trust_verify (bytes->data, bytes->length, bytes->signature, bytes->signature_length, keys,
                           error);
}

GBytes *
sek_fetched_load (const char *folder, const char *const *keys, GError **error)
{
  g_auto (Kept) kept = { 0 };
  if (!load_kept (&kept, folder, error) || verify (&kept.bytes, keys, error) == NULL)
    return NULL;
  return g_bytes_new (kept.bytes.data, kept.bytes.length);
}

static gboolean
keep (const char *folder, const SekSignedBytes *came, const char *key, gint64 serial, GError **error)
{
  g_autoptr (GString) file = g_string_new (NULL);
  g_string_printf (file, HEAD "%" G_GSIZE_FORMAT "\n", came->signature_length);
  g_string_append_len (file, came->signature, (gssize) came->signature_length);
  g_string_append_len (file, (const char *) came->data, (gssize) came->length);
  return write_file (folder, KEPT, file->str, file->len, error) && note_serial (folder, key, serial, error);
}

/* --- what comes --- */

/* The policy alone, to see its number. NULL with error when it can't be gone by. */
static SekPolicy *
read_alone (const SekSignedBytes *came, GError **error)
{
  SekPolicyDocument *document =
      sek_policy_document_parse ((const char *) came->data, came->length, "policy.conf");
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_policy_source_unref);
  g_ptr_array_add (sources, sek_policy_source_new (SEK_AUTHORITY_SIGNED, document));
  if (!document->usable)
    {
      g_autofree char *fault = sek_policy_fault_to_string (document, document->faults->pdata[0]);
      refuse (fault, error);
      return NULL;
    }
  g_autoptr (GPtrArray) decisions = sek_policy_decide (sources);
  g_autoptr (SekPolicy) policy = sek_policy_from_decisions (decisions);
  if (policy->serial > 0)
    return g_steal_pointer (&policy);
  refuse (_ ("the policy has no serial"), error);
  return NULL;
}

static gint64
serial_of (const SekSignedBytes *bytes)
{
  g_autoptr (SekPolicy) policy = read_alone (bytes, NULL);
  return policy != NULL ? policy->serial : 0;
}

/* An old file may come again from a server that was taken over or a copy that was forgotten. */
static gboolean
check_serial (const char *folder,
              const Kept *kept,
              const char *kept_key,
              const char *key,
              gint64 serial,
              GError **error)
{
  g_autoptr (GKeyFile) notes = load_notes (folder);
  gint64 last = g_key_file_get_int64 (notes, "serials", key, NULL);
  gboolean is_of_kept_key = kept_key != NULL && g_str_equal (kept_key, key);
  if (is_of_kept_key)
    last = MAX (last, serial_of (&kept->bytes));
  /* The same number is good once more when what was kept is damaged. */
  if (serial > last || (serial == last && kept_key == NULL))
    return TRUE;
  g_autofree char *reason =
      serial == last
          /* Translators: %lld is a number. */
          ? g_strdup_printf (_ ("the serial %lld was used before, for another text"), (long long) serial)
          /* Translators: both are numbers. */
          : g_strdup_printf (_ ("its serial %lld is older than %lld, which was there before"),
                             (long long) serial, (long long) last);
  return refuse (reason, error);
}

SekFetchedResult
sek_fetched_take (const char *folder,
                  const SekSignedBytes *came,
                  const char *const *keys,
                  const char *machine,
                  GError **error)
{
  g_auto (Kept) kept = { 0 };
  gboolean has_kept = load_kept (&kept, folder, NULL);
  const char *kept_key = has_kept ? verify (&kept.bytes, keys, NULL) : NULL;
  const char *key = verify (came, keys, error);
  if (key == NULL)
    return SEK_FETCHED_REFUSED;
  if (kept_key != NULL && kept.bytes.length == came->length &&
      memcmp (kept.bytes.data, came->data, came->length) == 0)
    return SEK_FETCHED_SAME;
  g_autoptr (SekPolicy) policy = read_alone (came, error);
  if (policy == NULL || !check_serial (folder, &kept, kept_key, key, policy->serial, error))
    return SEK_FETCHED_REFUSED;
  /* A computer that has none yet is better off with the new one than with none. */
  if (kept_key != NULL && !sek_rollout_includes (machine, policy->serial, policy->rollout))
    return SEK_FETCHED_LATER;
  /* Where the machine stopped before the number of what is kept was noted, that number must not go with it:
   * what comes may be of another key. */
  if (kept_key != NULL && !note_serial (folder, kept_key, serial_of (&kept.bytes), error))
    return SEK_FETCHED_REFUSED;
  return keep (folder, came, key, policy->serial, error) ? SEK_FETCHED_TAKEN : SEK_FETCHED_REFUSED;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/policy/sources.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "agent/policy/fetched.h"

#define FOLDER SEK_SYSCONFDIR "/sekisho"
/* More are no policy any more, but a mistake. */
#define FILES_MAX 200

void
sek_policy_state_free (SekPolicyState *state)
{
  if (state == NULL)
    return;
  g_ptr_array_unref (state->decisions);
  g_ptr_array_unref (state->sources);
  g_ptr_array_unref (state->problems);
  sek_policy_free (state->policy);
  g_free (state);
}

const char *
sek_policy_system_folder (void)
{
  return FOLDER;
}

char *
sek_policy_personal_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "sekisho", "settings.conf", NULL);
}

static gboolean
is_folder (const char *named)
{
  return named == NULL || g_file_test (named, G_FILE_TEST_IS_DIR);
}

char **
sek_policy_watched_paths (const char *named)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *folder = named != NULL ? named : FOLDER;
  g_autofree char *main_file = g_build_filename (folder, "policy.conf", NULL);
  g_autofree char *drop_ins = g_build_filename (folder, "policy.d", NULL);
  g_autofree char *personal = sek_policy_personal_path ();
  g_strv_builder_add (builder, is_folder (named) ? main_file : named);
  if (is_folder (named))
    g_strv_builder_add (builder, drop_ins);
  g_strv_builder_add (builder, personal);
  return g_strv_builder_end (builder);
}

static void
add_name (GPtrArray *names, const char *folder, const char *name)
{
  if (g_str_has_suffix (name, ".conf") && *name != '.' && names->len < FILES_MAX)
    g_ptr_array_add (names, g_build_filename (folder, name, NULL));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* policy.conf first; what lies in policy.d is said later and counts more, by name. */
static GPtrArray *
system_files (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *drop_ins = g_build_filename (folder, "policy.d", NULL);
  g_autoptr (GDir) dir = g_dir_open (drop_ins, 0, NULL);
  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL;
       name = g_dir_read_name (dir))
    add_name (names, drop_ins, name);
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_insert (names, 0, g_build_filename (folder, "policy.conf", NULL));
  return names;
}

static void
add_problem (SekPolicyState *state, const char *text)
{
  /* A file name may be any bytes; what is shown and sent may not. */
  g_ptr_array_add (state->problems, g_utf8_make_valid (text, -1));
}

/* The usable document of this name that was in force; NULL when there is none. Its source goes on in state.
 */
static SekPolicySource *
find_before (const SekPolicyState *before, const char *path)
{
  for (guint i = 0; before != NULL && i < before->sources->len; i++)
    {
      SekPolicySource *source = before->sources->pdata[i];
      if (source->document->usable && g_str_equal (source->document->name, path))
        return source;
    }
  return NULL;
}

static void
add_file (SekPolicyState *state,
          const SekPolicyState *before,
          SekPolicyAuthority authority,
          SekPolicyOwner owner,
          const char *path)
{
  g_autoptr (GError) error = NULL;
  SekPolicyDocument *document = sek_policy_document_load (path, owner, &error);
  if (document == NULL)
    add_problem (state, error->message);
  for (guint i = 0; document != NULL && i < document->faults->len; i++)
    {
      g_autofree char *text = sek_policy_fault_to_string (document, document->faults->pdata[i]);
      add_problem (state, text);
    }
  SekPolicySource *kept = find_before (before, path);
  if (document != NULL && (document->usable || kept == NULL))
    g_ptr_array_add (state->sources, sek_policy_source_new (authority, document));
  else
    {
      sek_policy_document_free (document);
      if (kept != NULL)
        g_ptr_array_add (state->sources, sek_policy_source_ref (kept));
    }
}

static void
add_if_there (SekPolicyState *state,
              const SekPolicyState *before,
              SekPolicyAuthority authority,
              SekPolicyOwner owner,
              const char *path)
{
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    add_file (state, before, authority, owner, path);
}

/* What was fetched last counts only where files of root say from where and with which keys. */
static gboolean
add_signed (SekPolicyState *state)
{
  g_autofree char *folder = sek_fetched_folder ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      sek_fetched_load (folder, (const char *const *) state->policy->pull_keys, &error);
  if (error != NULL)
    {
      /* Translators: %s is why. */
      g_autofree char *text = g_strdup_printf (_ ("The fetched policy is not used: %s"), error->message);
      add_problem (state, text);
    }
  if (bytes == NULL)
    return FALSE;
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  SekPolicyDocument *document = sek_policy_document_parse (data, length, state->policy->pull_url);
  for (guint i = 0; i < document->faults->len; i++)
    {
      g_autofree char *text = sek_policy_fault_to_string (document, document->faults->pdata[i]);
      add_problem (state, text);
    }
  g_ptr_array_add (state->sources, sek_policy_source_new (SEK_AUTHORITY_SIGNED, document));
  return TRUE;
}

/* It goes on to hold: an old rule is better than none, as long as somebody is told. */
static void
check_age (SekPolicyState *state)
{
  gint64 end = state->policy->not_after;
  if (end == 0 || end > g_get_real_time () / G_USEC_PER_SEC)
    return;
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (end);
  g_autofree char *day = g_date_time_format (time, "%Y-%m-%d");
  /* Translators: %s is a day, such as 2026-11-23. */
  g_autofree char *text =
      g_strdup_printf (_ ("The policy has ended on %s. It goes on to hold until there is a newer one."), day);
  add_problem (state, text);
}

SekPolicyState *
sek_policy_state_read (const char *named, const SekPolicyState *before)
{
  SekPolicyState *state = g_new0 (SekPolicyState, 1);
  state->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_policy_source_unref);
  state->problems = g_ptr_array_new_with_free_func (g_free);
  SekPolicyOwner owner = named != NULL ? SEK_OWNER_ROOT_OR_ME : SEK_OWNER_ROOT;
  if (is_folder (named))
    {
      g_autoptr (GPtrArray) files = system_files (named != NULL ? named : FOLDER);
      for (guint i = 0; i < files->len; i++)
        add_if_there (state, before, SEK_AUTHORITY_SYSTEM, owner, files->pdata[i]);
    }
  else
    add_file (state, before, SEK_AUTHORITY_SYSTEM, owner, named);
  g_autofree char *personal = sek_policy_personal_path ();
  add_if_there (state, before, SEK_AUTHORITY_PERSON, SEK_OWNER_ROOT_OR_ME, personal);
  state->decisions = sek_policy_decide (state->sources);
  state->policy = sek_policy_from_decisions (state->decisions);
  if (*state->policy->pull_url != '\0' && add_signed (state))
    {
      g_ptr_array_unref (state->decisions);
      sek_policy_free (state->policy);
      state->decisions = sek_policy_decide (state->sources);
      state->policy = sek_policy_from_decisions (state->decisions);
    }
  check_age (state);
  return state;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sekisho setup --system: the administrator's files on one machine, or in the image of many. */
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

#include "agent/cli/cli.h"
#include "agent/policy/sample.h"
#include "agent/policy/sources.h"

#define PULL_FILE "policy.d/10-fetched.conf"
#define AUTOSTART "etc/xdg/autostart/io.github.sekisho.Setup.desktop"

/* Claws Mail loads what stands in the person's own list; this fills it when they log in, before it runs. */
static const char autostart[] = "[Desktop Entry]\n"
                                "Type=Application\n"
                                "Name=Sekisho\n"
                                "Name[ja]=Sekisho\n"
                                "Exec=sekisho setup --quiet\n"
                                "NoDisplay=true\n"
                                "X-GNOME-Autostart-enabled=true\n";

static gboolean
write_file (const char *path, const char *text)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  if (g_mkdir_with_parents (folder, 0755) != 0)
    g_set_error_literal (&error, G_FILE_ERROR, g_file_error_from_errno (errno), g_strerror (errno));
  else
    g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                              0644, &error);
  if (error == NULL)
    {
      /* Translators: %s is the path of a file. */
      g_print (_ ("%s: written"), path);
      g_print ("\n");
      return TRUE;
    }
  /* Translators: %s is the path of a file, then why. */
  g_autofree char *message = g_strdup_printf (_ ("%s can't be written: %s"), path, error->message);
  sek_cli_complain (message);
  return FALSE;
}

/* What the administrator has written stays. */
static gboolean
write_sample (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "policy.conf", NULL);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      /* Translators: %s is the path of a file. */
      g_print (_ ("%s: is there, and stays as it is"), path);
      g_print ("\n");
      return TRUE;
    }
  g_autofree char *sample = sek_policy_sample ();
  return write_file (path, sample);
}

static gboolean
write_pull (const char *folder, const SekSystemSetup *setup)
{
  g_autofree char *path = g_build_filename (folder, PULL_FILE, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_key_file_set_string (file, "policy", "url", setup->url);
  g_key_file_set_string_list (file, "policy", "keys", setup->keys, g_strv_length ((char **) setup->keys));
  g_autofree char *text = g_key_file_to_data (file, NULL, NULL);
  SekPolicyDocument *document = sek_policy_document_parse (text, strlen (text), path);
  gboolean good = document->usable && document->faults->len == 0;
  for (guint i = 0; i < document->faults->len; i++)
    {
      g_autofree char *fault = sek_policy_fault_to_string (document, document->faults->pdata[i]);
      g_printerr ("%s\n", fault);
    }
  sek_policy_document_free (document);
  return good && write_file (path, text);
}

/* Prints the faults of all files together. TRUE when there is none. */
static gboolean
look_over (const char *folder)
{
  SekPolicyState *state = sek_policy_state_read (folder, NULL);
  gboolean good = state->problems->len == 0;
  for (guint i = 0; i < state->problems->len; i++)
    g_printerr ("%s\n", (const char *) state->problems->pdata[i]);
  sek_policy_state_free (state);
  return good;
}

int
sek_cli_setup_system (const SekSystemSetup *setup)
{
  if ((setup->url != NULL) != (setup->keys != NULL))
    {
      sek_cli_complain (_ ("--url and --key go together: an unsigned policy is never fetched"));
      return SEK_EXIT_UNREADABLE;
    }
  /* Everybody must be able to read these files and folders. */
  umask (022);
  g_autofree char *folder = g_build_filename (setup->root, sek_policy_system_folder (), NULL);
  g_autofree char *entry = g_build_filename (setup->root, AUTOSTART, NULL);
  if (!write_sample (folder) || (setup->url != NULL && !write_pull (folder, setup)) ||
      (setup->everyone && !write_file (entry, autostart)))
    return SEK_EXIT_UNREADABLE;
  gboolean good = look_over (folder);
  if (setup->everyone)
    g_print ("%s\n", _ ("Claws Mail checks mail for each person who logs in from now on; Evolution does "
                        "wherever the package is installed."));
  else
    g_print ("%s\n", _ ("Each person who uses Claws Mail runs “sekisho setup” once; Evolution checks mail "
                        "wherever the package is installed. With --everyone nobody needs to."));
  if (setup->url == NULL)
    g_print ("%s\n", _ ("Without --url and --key the policy is what stands in these files; see "
                        "sekisho-policy(5)."));
  return good ? SEK_EXIT_CLEAR : SEK_EXIT_WARNED;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/inspect/families.h"

#include <qpdf/qpdf-c.h>
#include <string.h>

#define OBJECTS_MAX 20000                  /* looked at */
#define ACTIONS_MAX 20                     /* one after the other */
#define DOCUMENT_MICROSECONDS (400 * 1000) /* the person waits */

typedef struct
{
  qpdf_data pdf;
  const SekInspectResult *result;
} Reader;

static gboolean
is_name (Reader *reader, qpdf_oh object, const char *key, const char *name)
{
  qpdf_oh value = qpdf_oh_get_key (reader->pdf, object, key);
  gboolean same =
      qpdf_oh_is_name (reader->pdf, value) && g_strcmp0 (qpdf_oh_get_name (reader->pdf, value), name) == 0;
  qpdf_oh_release (reader->pdf, value);
  return same;
}

/* The text under a key, or under a key of the dictionary there. Newly allocated; NULL when none. */
static char *
text_of (Reader *reader, qpdf_oh object, const char *key)
{
  qpdf_oh value = qpdf_oh_get_key (reader->pdf, object, key);
  char *text = NULL;
  if (qpdf_oh_is_string (reader->pdf, value))
    text = g_strdup (qpdf_oh_get_utf8_value (reader->pdf, value));
  qpdf_oh_release (reader->pdf, value);
  return text;
}

/* The program of a launch action (ISO 32000-1 §12.6.4.5): /F, or /Win << /F /P >>. */
static void
read_launch (Reader *reader, qpdf_oh action)
{
  qpdf_oh win = qpdf_oh_get_key (reader->pdf, action, "/Win");
  qpdf_oh spec = qpdf_oh_get_key (reader->pdf, action, "/F");
  gboolean has_win = qpdf_oh_is_dictionary (reader->pdf, win);
  gboolean has_spec = qpdf_oh_is_dictionary (reader->pdf, spec);
  g_autofree char *program = text_of (reader, has_win ? win : has_spec ? spec : action, "/F");
  g_autofree char *arguments = has_win ? text_of (reader, win, "/P") : NULL;
  g_autofree char *command =
      g_strjoin (" ", program != NULL ? program : "", arguments != NULL ? arguments : "", NULL);
  sek_inspect_add_bytes (reader->result, SEK_TRAIT_LAUNCH, command, strlen (command));
  qpdf_oh_release (reader->pdf, win);
  qpdf_oh_release (reader->pdf, spec);
}

static void
read_dictionary (Reader *reader, qpdf_oh object)
{
  if (is_name (reader, object, "/S", "/Launch"))
    read_launch (reader, object);
  if (!qpdf_oh_has_key (reader->pdf, object, "/EF"))
    return;
  g_autofree char *name = text_of (reader, object, "/UF"), *plain = text_of (reader, object, "/F");
  const char *shown = name != NULL && *name != '\0' ? name : plain != NULL ? plain : "";
  sek_inspect_add_bytes (reader->result, SEK_TRAIT_EMBEDDED_FILE, shown, strlen (shown));
}

/* The dictionaries right inside one: actions stand in annotations, forms and pages. */
static void
read_object (Reader *reader, qpdf_oh object)
{
  static const char *const inner[] = { "/A", "/AA", "/OpenAction", "/FS", "/Next" };
  read_dictionary (reader, object);
  for (gsize i = 0; i < G_N_ELEMENTS (inner); i++)
    {
      qpdf_oh child = qpdf_oh_get_key (reader->pdf, object, inner[i]);
      if (!qpdf_oh_is_indirect (reader->pdf, child) && qpdf_oh_is_dictionary (reader->pdf, child))
        read_dictionary (reader, child);
      qpdf_oh_release (reader->pdf, child);
    }
}

/* Code that runs when the document is opened. Forms that compute their fields have theirs elsewhere. */
static void
read_root (Reader *reader)
{
  qpdf_oh root = qpdf_get_root (reader->pdf);
  qpdf_oh names = qpdf_oh_get_key (reader->pdf, root, "/Names");
  gboolean script =
      qpdf_oh_is_dictionary (reader->pdf, names) && qpdf_oh_has_key (reader->pdf, names, "/JavaScript");
  qpdf_oh action = qpdf_oh_get_key (reader->pdf, root, "/OpenAction");
  for (guint i = 0; i < ACTIONS_MAX && qpdf_oh_is_dictionary (reader->pdf, action); i++)
    {
      script = script || is_name (reader, action, "/S", "/JavaScript");
      qpdf_oh next = qpdf_oh_get_key (reader->pdf, action, "/Next");
      qpdf_oh_release (reader->pdf, action);
      action = next;
    }
  if (script)
    sek_traits_add (reader->result->traits, SEK_TRAIT_JAVASCRIPT, NULL);
  qpdf_oh_release_all (reader->pdf);
}

static void
read_objects (Reader *reader)
{
  gint64 end = g_get_monotonic_time () + DOCUMENT_MICROSECONDS;
  qpdf_oh trailer = qpdf_get_trailer (reader->pdf);
  qpdf_oh size = qpdf_oh_get_key (reader->pdf, trailer, "/Size");
  int objects = 0;
  qpdf_oh_get_value_as_int (reader->pdf, size, &objects);
  for (int id = 1; id < MIN (objects, OBJECTS_MAX); id++)
    {
      qpdf_oh object = qpdf_get_object_by_id (reader->pdf, id, 0);
      if (qpdf_oh_is_dictionary (reader->pdf, object))
        read_object (reader, object);
      qpdf_oh_release_all (reader->pdf);
      if (g_get_monotonic_time () > end)
        {
          sek_inspect_set_problem (reader->result, "timed-out");
          return;
        }
    }
}

/* What a file would do that nobody here can read and a reader of documents repairs or unlocks: the words
 * alone, which locks leave as they are. */
static void
search_words (const SekInspectInput *input, const SekInspectResult *result)
{
  static const struct
  {
    const char *word, *trait;
  } words[] = { { "/Launch", SEK_TRAIT_LAUNCH },
                { "/JavaScript", SEK_TRAIT_JAVASCRIPT },
                { "/EmbeddedFile", SEK_TRAIT_EMBEDDED_FILE } };
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (memmem (input->bytes, input->length, words[i].word, strlen (words[i].word)) != NULL)
      sek_traits_add (result->traits, words[i].trait, NULL);
}

typedef enum
{
  PDF_OPEN,
  PDF_LOCKED,
  PDF_DAMAGED,
} State;

/* password may be NULL. */
static State
open_file (Reader *reader, const SekInspectInput *input, const char *password)
{
  if (reader->pdf != NULL)
    qpdf_cleanup (&reader->pdf);
  reader->pdf = qpdf_init ();
  qpdf_set_suppress_warnings (reader->pdf, QPDF_TRUE);
  qpdf_silence_errors (reader->pdf);
  QPDF_ERROR_CODE code =
      qpdf_read_memory (reader->pdf, "", (const char *) input->bytes, input->length, password);
  qpdf_error error = qpdf_has_error (reader->pdf) ? qpdf_get_error (reader->pdf) : NULL;
  if (!(code & QPDF_ERRORS))
    return PDF_OPEN;
  return error != NULL && qpdf_get_error_code (reader->pdf, error) == qpdf_e_password ? PDF_LOCKED
                                                                                      : PDF_DAMAGED;
}

/* TRUE when a password at hand opens it. */
static gboolean
unlock (Reader *reader, const SekInspectInput *input)
{
  SekInspectBudget *budget = reader->result->budget;
  guint count = budget->passwords != NULL ? MIN (budget->passwords->len, SEK_PASSWORDS_MAX) : 0;
  for (guint i = 0; i < count && (budget->deadline == 0 || g_get_monotonic_time () < budget->deadline); i++)
    {
      const SekPassword *password = budget->passwords->pdata[i];
      if (open_file (reader, input, password->password) != PDF_OPEN)
        continue;
      budget->opened_by = password;
      return TRUE;
    }
  return FALSE;
}

void
sek_inspect_pdf (const SekInspectInput *input, const SekInspectResult *result)
{
  Reader reader = { NULL, result };
  State state = open_file (&reader, input, NULL);
  if (state == PDF_LOCKED)
    {
      sek_traits_add (result->traits, SEK_TRAIT_LOCKED_DOCUMENT, NULL);
      state = unlock (&reader, input) ? PDF_OPEN : PDF_LOCKED;
    }
  if (state == PDF_OPEN)
    {
      read_root (&reader);
      read_objects (&reader);
    }
  else
    {
      search_words (input, result);
      sek_inspect_set_problem (result, state == PDF_LOCKED ? "document-locked" : "document-damaged");
    }
  qpdf_cleanup (&reader.pdf);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/service/context.h"

#include <gio/gio.h>

static void
set_text (gpointer field, GVariant *value)
{
  char **text = field;
  g_free (*text);
  *text = sek_text_clip (g_variant_get_string (value, NULL), -1, SEK_NAME_CHARS_MAX);
}

static void
set_addresses (gpointer field, GVariant *value)
{
  char ***addresses = field;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gsize count = MIN (g_variant_n_children (value), SEK_MAILBOXES_MAX);
  for (gsize i = 0; i < count; i++)
    {
      const char *text;
      g_variant_get_child (value, i, "&s", &text);
      g_autofree char *address = sek_text_clip (text, -1, SEK_NAME_CHARS_MAX);
      g_strv_builder_add (builder, address);
    }
  g_strfreev (*addresses);
  *addresses = g_strv_builder_end (builder);
}

static void
set_flag (gpointer field, GVariant *value)
{
  *(gboolean *) field = g_variant_get_boolean (value);
}

/* Any other word stays unsaid: it would be read as a fact. */
static void
set_attachments (gpointer field, GVariant *value)
{
  static const char *const words[] = { "held", "released", "free", NULL };
  char **text = field;
  g_free (*text);
  *text =
      g_strv_contains (words, g_variant_get_string (value, NULL)) ? g_variant_dup_string (value, NULL) : NULL;
}

/* Every key a context may have. */
static const struct
{
  const char *key;
  const char *type;
  void (*set) (gpointer field, GVariant *value);
  gsize field;
  gboolean report_only;
} table[] = {
  { "client", "s", set_text, G_STRUCT_OFFSET (SekContext, client), FALSE },
  { "folder", "s", set_text, G_STRUCT_OFFSET (SekContext, folder), FALSE },
  { "own-addresses", "as", set_addresses, G_STRUCT_OFFSET (SekContext, own_addresses), FALSE },
  { "verdict-id", "s", set_text, G_STRUCT_OFFSET (SekContext, verdict_id), TRUE },
  { "attachments", "s", set_attachments, G_STRUCT_OFFSET (SekContext, attachments), TRUE },
  { "feedback", "b", set_flag, G_STRUCT_OFFSET (SekContext, feedback), TRUE },
  { "rebuilt", "b", set_flag, G_STRUCT_OFFSET (SekContext, rebuilt), TRUE },
};

static gboolean
set_key (SekContext *context, const char *key, GVariant *value, gboolean for_report, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      if (!g_str_equal (key, table[i].key) || (table[i].report_only && !for_report))
        continue;
      if (g_variant_is_of_type (value, G_VARIANT_TYPE (table[i].type)))
        {
          table[i].set (G_STRUCT_MEMBER_P (context, table[i].field), value);
          return TRUE;
        }
      g_set_error (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                   "The context key “%s” must have the type %s, not %s", key, table[i].type,
                   g_variant_get_type_string (value));
      return FALSE;
    }
  g_autofree char *shown = sek_text_show (key, SEK_EVIDENCE_CHARS_MAX);
  g_set_error (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS, "The context key “%s” is not known here",
               shown);
  return FALSE;
}

SekContext *
sek_context_parse (GVariant *variant, gboolean for_report, GError **error)
{
  if (g_variant_n_children (variant) > G_N_ELEMENTS (table))
    {
      g_set_error (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS, "The context has more than %zu keys",
                   G_N_ELEMENTS (table));
      return NULL;
    }
  g_autoptr (SekContext) context = g_new0 (SekContext, 1);
  context->own_addresses = g_new0 (char *, 1);
  GVariantIter iter;
  const char *key;
  GVariant *value;
  g_variant_iter_init (&iter, variant);
  while (g_variant_iter_next (&iter, "{&sv}", &key, &value))
    {
      g_autoptr (GVariant) held = value;
      if (!set_key (context, key, held, for_report, error))
        return NULL;
    }
  return g_steal_pointer (&context);
}

void
sek_context_free (SekContext *context)
{
  if (context == NULL)
    return;
  g_free (context->client);
  g_free (context->folder);
  g_strfreev (context->own_addresses);
  g_free (context->verdict_id);
  g_free (context->attachments);
  g_free (context);
}

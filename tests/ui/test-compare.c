/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which letters of two addresses are marked. */
#include <string.h>

#include "ui/parts.h"

typedef struct
{
  const char *address, *other;
  const char *marked; /* the address with what is underlined in brackets */
} Case;

static const Case cases[] = {
  { "ota@kaede.example", "ota@kaede.example", "ota@kaede.example" },
  { "OTA@Kaede.example", "ota@kaede.example", "OTA@Kaede.example" },
  { "ota@rnomiji.example", "ota@momiji.example", "ota@[rn]omiji.example" },
  { "ota@momiji.example", "ota@rnomiji.example", "ota@[m]omiji.example" },
  { "ota@paypa1.example", "ota@paypal.example", "ota@paypa[1].example" },
  { "ota@kaed.example", "ota@kaede.example", "ota@kaed.example" },
  { "ota@kaede.example", "ota@kaed.example", "ota@kaed[e].example" },
  { "ota@kaede-inc.example", "ota@kaede.example", "ota@[kaede-inc].example" },
  { "ota@k\u0430ede.example", "ota@kaede.example", "ota@k[\u0430]ede.example" },
  { "billing@evil.example.net", "michiko.ota@kaede.example", "[billing]@[evil.example.net]" },
  { "ota@gmail.example", "michiko.ota@kaede.example", "[ota]@[gmail].example" },
  { "ota@a.evil.co.jp", "ota@kaede.co.jp", "ota@[a.evil].co.jp" },
  { "ota@kaede.co", "ota@kaede.com", "ota@kaede.co" },
  { "ota@kaede.example", "ota", "ota@[kaede.example]" },
  { "no address", "ota@kaede.example", "[no address]" },
  { "太田@楓.example", "大田@楓.example", "[太田]@楓.example" },
  { "@", "ota@kaede.example", "@" },
  { "ota@kaede.example", "", "ota@kaede.example" },
};

static char *
marked_text (GtkLabel *label)
{
  const char *text = gtk_label_get_text (label);
  g_autofree gboolean *underlined = g_new0 (gboolean, strlen (text) + 1);
  PangoAttrIterator *iterator = pango_attr_list_get_iterator (gtk_label_get_attributes (label));
  do
    {
      int start, end;
      pango_attr_iterator_range (iterator, &start, &end);
      if (pango_attr_iterator_get (iterator, PANGO_ATTR_UNDERLINE) != NULL)
        for (int i = start; i < MIN (end, (int) strlen (text)); i++)
          underlined[i] = TRUE;
    }
  while (pango_attr_iterator_next (iterator));
  pango_attr_iterator_destroy (iterator);
  GString *out = g_string_new (NULL);
  for (gsize i = 0; i < strlen (text); i++)
    {
      if (underlined[i] && (i == 0 || !underlined[i - 1]))
        g_string_append_c (out, '[');
      g_string_append_c (out, text[i]);
      if (underlined[i] && !underlined[i + 1])
        g_string_append_c (out, ']');
    }
  g_string_replace (out, "\u2066", "", 0);
  g_string_replace (out, "\u2069", "", 0);
  return g_string_free (out, FALSE);
}

static void
test_marks (gconstpointer data)
{
  const Case *row = data;
  GtkWidget *label = g_object_ref_sink (gtk_label_new (NULL));
  gboolean differs = sek_ui_set_address (GTK_LABEL (label), row->address, row->other);
  g_autofree char *marked = marked_text (GTK_LABEL (label));
  g_assert_cmpstr (marked, ==, row->marked);
  /* What only the other one has is marked there. */
  if (strchr (row->marked, '[') != NULL)
    g_assert_true (differs);
  g_object_unref (label);
}

/* 10,000 letters cost no more than a hundred. */
static void
test_long (void)
{
  g_autofree char *word = g_strnfill (10000, 'a');
  g_autofree char *one = g_strconcat (word, "@", word, ".example", NULL);
  g_autofree char *two = g_strconcat ("b", word, "@c", word, ".example", NULL);
  GtkWidget *label = g_object_ref_sink (gtk_label_new (NULL));
  sek_ui_set_address (GTK_LABEL (label), one, two);
  g_autofree char *marked = marked_text (GTK_LABEL (label));
  g_assert_cmpint (g_utf8_strlen (marked, -1), <, 300);
  g_assert_true (g_str_has_suffix (marked, "a.example") || g_str_has_suffix (marked, "a.example]"));
  g_object_unref (label);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ui/compare/%" G_GSIZE_FORMAT, i);
      g_test_add_data_func (path, &cases[i], test_marks);
    }
  g_test_add_func ("/ui/compare/long", test_long);
  return g_test_run ();
}

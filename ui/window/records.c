/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window/records.h"

#include <glib/gi18n-lib.h>

#include "ui/parts.h"
#include "ui/window/page.h"

struct _SekRecords
{
  GtkBox parent_instance;
  const SekRecordsKind *kind;
  SekAgentLink *agent;
  GCancellable *cancellable;
  GHashTable *rows;   /* key → GtkListBoxRow, borrowed of list */
  GtkWidget *fault;   /* why the list can't be had, or is old */
  GtkWidget *refusal; /* why what the person did was not done; stays when the list is asked for again */
  GtkWidget *frame;
  GtkWidget *list;
  GtkWidget *empty;
  GtkWidget *more;   /* says that the list is longer */
  gboolean answered; /* once at least */
  int day;           /* of the year, when the rows were filled: each of them may say “Today” */
  gboolean asking;
  gboolean again; /* it changed while it was being asked for */
};

G_DEFINE_FINAL_TYPE (SekRecords, sek_records, GTK_TYPE_BOX)

#define RECORD "sek-record"

const char *
sek_record_string (GVariant *record, const char *key)
{
  const char *text = "";
  g_variant_lookup (record, key, "&s", &text);
  return text;
}

gint64
sek_record_number (GVariant *record, const char *key)
{
  gint64 number = 0;
  g_variant_lookup (record, key, "x", &number);
  return number;
}

static void
sek_records_dispose (GObject *object)
{
  SekRecords *records = SEK_RECORDS (object);
  g_cancellable_cancel (records->cancellable);
  g_clear_object (&records->cancellable);
  g_clear_object (&records->agent);
  g_clear_pointer (&records->rows, g_hash_table_unref);
  G_OBJECT_CLASS (sek_records_parent_class)->dispose (object);
}

static void
sek_records_class_init (SekRecordsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sek_records_dispose;
}

static void
sek_records_init (SekRecords *records)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (records), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (records), 12);
  records->cancellable = g_cancellable_new ();
  records->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
destroy_child (GtkWidget *child, gpointer data)
{
  gtk_widget_destroy (child);
}

static void
fill_row (SekRecords *records, GtkWidget *row, GVariant *record)
{
  GtkWidget *window = gtk_widget_get_toplevel (row);
  GtkWidget *focus = GTK_IS_WINDOW (window) ? gtk_window_get_focus (GTK_WINDOW (window)) : NULL;
  gboolean had_focus = focus != NULL && (focus == row || gtk_widget_is_ancestor (focus, row));
  GtkWidget *box = gtk_bin_get_child (GTK_BIN (row));
  gtk_container_foreach (GTK_CONTAINER (box), destroy_child, NULL);
  records->kind->fill (GTK_LIST_BOX_ROW (row), GTK_BOX (box), record, records->agent);
  g_object_set_data_full (G_OBJECT (row), RECORD, g_variant_ref (record), (GDestroyNotify) g_variant_unref);
  if (had_focus)
    gtk_widget_grab_focus (row);
}

static GtkWidget *
row_new (void)
{
  GtkWidget *row = gtk_list_box_row_new ();
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_style_context_add_class (gtk_widget_get_style_context (box), "sek-record");
  gtk_container_add (GTK_CONTAINER (row), box);
  gtk_widget_show_all (row);
  return row;
}

static void
put_row (SekRecords *records, const char *key, GVariant *record, int position, gboolean again)
{
  GtkWidget *row = g_hash_table_lookup (records->rows, key);
  if (row == NULL)
    {
      row = row_new ();
      gtk_list_box_insert (GTK_LIST_BOX (records->list), row, position);
      g_hash_table_insert (records->rows, g_strdup (key), row);
    }
  else if (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) != position)
    {
      g_object_ref (row);
      gtk_container_remove (GTK_CONTAINER (records->list), row);
      gtk_list_box_insert (GTK_LIST_BOX (records->list), row, position);
      g_object_unref (row);
    }
  GVariant *shown = g_object_get_data (G_OBJECT (row), RECORD);
  if (shown == NULL || again || !g_variant_equal (shown, record))
    fill_row (records, row, record);
}

/* Rows whose record is gone. */
static void
drop_rows (SekRecords *records, GHashTable *kept)
{
  GHashTableIter iterator;
  gpointer key, row;
  g_hash_table_iter_init (&iterator, records->rows);
  while (g_hash_table_iter_next (&iterator, &key, &row))
    if (!g_hash_table_contains (kept, key))
      {
        g_hash_table_iter_remove (&iterator);
        gtk_widget_destroy (row);
      }
}

static void
show_list (SekRecords *records, GVariant *list)
{
  gsize count = g_variant_n_children (list);
  gsize shown = MIN (count, SEK_ROWS_SHOWN_MAX);
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gboolean new_day = g_date_time_get_day_of_year (now) != records->day;
  records->day = g_date_time_get_day_of_year (now);
  int position = 0;
  for (gsize i = 0; i < shown; i++)
    {
      g_autoptr (GVariant) record = g_variant_get_child_value (list, i);
      if (g_hash_table_add (kept, g_strdup (sek_record_string (record, records->kind->key))))
        put_row (records, sek_record_string (record, records->kind->key), record, position++, new_day);
    }
  drop_rows (records, kept);
  gtk_widget_set_visible (records->frame, shown > 0);
  gtk_widget_set_visible (records->empty, shown == 0);
  gtk_widget_set_visible (records->more, count > shown);
}

static void
say (GtkWidget *label, const char *sentence)
{
  g_autofree char *text = sek_ui_text (sentence, SEK_EVIDENCE_CHARS_MAX * 2);
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, sentence != NULL);
}

void
sek_records_complain (SekRecords *records, const char *sentence)
{
  say (records->refusal, sentence);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SekRecords) records = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = sek_agent_link_finish (result, &error);
  records->asking = FALSE;
  if (records->cancellable == NULL)
    return;
  if (reply != NULL && g_variant_is_of_type (reply, G_VARIANT_TYPE ("(aa{sv})")))
    {
      g_autoptr (GVariant) list = g_variant_get_child_value (reply, 0);
      say (records->fault, NULL);
      records->answered = TRUE;
      show_list (records, list);
    }
  else if (sek_agent_link_state (records->agent) == SEK_AGENT_THERE)
    say (records->fault, error != NULL ? error->message : NULL);
  if (records->again)
    sek_records_refresh (records);
}

void
sek_records_refresh (SekRecords *records)
{
  records->again = records->asking;
  if (records->asking || sek_agent_link_state (records->agent) != SEK_AGENT_THERE)
    return;
  records->asking = TRUE;
  sek_agent_link_call (records->agent, records->kind->method, NULL, records->cancellable, on_answer,
                       g_object_ref (records));
}

static void
on_changed (SekAgentLink *agent, const char *what, SekRecords *records)
{
  if (g_str_equal (what, records->kind->what))
    sek_records_refresh (records);
}

/* The agent came or went, or a property changed: which one is not said, and asking costs little. */
static void
on_properties (SekAgentLink *agent, SekRecords *records)
{
  if (sek_agent_link_state (agent) == SEK_AGENT_AWAY)
    say (records->fault, records->answered ? _ ("Sekisho can't be reached just now. This is how it was last.")
                                           : _ ("Sekisho can't be reached just now."));
  sek_records_refresh (records);
}

static void
on_mapped (GtkWidget *widget, gpointer data)
{
  sek_records_complain (SEK_RECORDS (widget), NULL);
  sek_records_refresh (SEK_RECORDS (widget));
}

static void
fill (SekRecords *records, const char *title)
{
  records->fault = sek_page_text_new ("", "sek-failure");
  records->refusal = sek_page_text_new ("", "sek-failure");
  records->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (records->list), GTK_SELECTION_NONE);
  gtk_list_box_set_header_func (GTK_LIST_BOX (records->list), sek_page_add_line, NULL, NULL);
  sek_ui_set_accessible (records->list, ATK_ROLE_INVALID, title, NULL);
  records->frame = gtk_frame_new (NULL);
  gtk_container_add (GTK_CONTAINER (records->frame), records->list);
  gtk_widget_show (records->list);
  records->empty = sek_page_empty_new (records->kind->icon, _ (records->kind->empty));
  records->more = sek_page_text_new (_ ("Older ones are not shown."), "sek-dim");
  GtkWidget *parts[] = { records->fault, records->refusal, records->frame, records->empty, records->more };
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      gtk_widget_hide (parts[i]);
      gtk_widget_set_no_show_all (parts[i], TRUE);
      gtk_box_pack_start (GTK_BOX (records), parts[i], FALSE, FALSE, 0);
    }
}

GtkWidget *
sek_records_new (const SekRecordsKind *kind, const char *title, SekAgentLink *agent)
{
  SekRecords *records = g_object_new (SEK_TYPE_RECORDS, NULL);
  records->kind = kind;
  records->agent = g_object_ref (agent);
  fill (records, title);
  g_signal_connect_object (agent, "changed", G_CALLBACK (on_changed), records, 0);
  g_signal_connect_object (agent, "properties", G_CALLBACK (on_properties), records, 0);
  g_signal_connect (records, "map", G_CALLBACK (on_mapped), NULL);
  gtk_widget_show (GTK_WIDGET (records));
  sek_records_refresh (records);
  return GTK_WIDGET (records);
}

SekRecords *
sek_records_of (GtkWidget *widget)
{
  return SEK_RECORDS (gtk_widget_get_ancestor (widget, SEK_TYPE_RECORDS));
}

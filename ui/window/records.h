/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list that a method of the agent gives, as rows that stay as they are while the list changes around them:
 * what is open stays open, and the keyboard stays where it is. */
#pragma once

#include <gtk/gtk.h>

#include "ui/window/agent-link.h"

G_BEGIN_DECLS

typedef struct
{
  const char *method; /* () → aa{sv} */
  const char *key;    /* of a record: the string that names it for good */
  const char *what;   /* of SekAgentLink::changed */
  const char *icon;   /* when the list is empty */
  const char *empty;  /* the sentence then; untranslated, marked with N_ */
  /* Puts the record into row, a vertical box, and names list_row for screen readers. */
  void (*fill) (GtkListBoxRow *list_row, GtkBox *row, GVariant *record, SekAgentLink *agent);
} SekRecordsKind;

#define SEK_TYPE_RECORDS (sek_records_get_type ())
G_DECLARE_FINAL_TYPE (SekRecords, sek_records, SEK, RECORDS, GtkBox)

/* kind is static. title: what a screen reader calls the list. */
GtkWidget *sek_records_new (const SekRecordsKind *kind, const char *title, SekAgentLink *agent);
/* Asks the agent again. */
void sek_records_refresh (SekRecords *records);
/* The list that widget, something inside a row, is part of. Borrowed. */
SekRecords *sek_records_of (GtkWidget *widget);
/* Says under the list that something could not be done; NULL: takes it away. */
void sek_records_complain (SekRecords *records, const char *sentence);

/* The string of a record; "" when it has none. Borrowed. */
const char *sek_record_string (GVariant *record, const char *key);
gint64 sek_record_number (GVariant *record, const char *key);

G_END_DECLS

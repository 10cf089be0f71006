/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verdicts for tests and pictures of ui, and the means to look into its widgets. */
#pragma once

#include "ui/ui.h"

G_BEGIN_DECLS

/* The seminar's mail: a known name on a foreign address, Re: to nothing, a dated locked ZIP, its password. */
SekVerdict *sek_sample_danger (void);
/* The same with an address that is nearly the known one, over a long name. */
SekVerdict *sek_sample_lookalike (void);
SekVerdict *sek_sample_caution (void);
SekVerdict *sek_sample_notice (void);
/* A danger whose every string is text. */
SekVerdict *sek_sample_of_text (const char *text);

/* The widget with this widget name below root, hidden ones too; NULL when absent. */
GtkWidget *sek_find (GtkWidget *root, const char *name);
/* All text of the labels below root that can be seen, a line each. */
char *sek_text_of (GtkWidget *root);
/* Lets the main loop run until layout and drawing are done. */
void sek_settle (void);
/* Lets it run for so long. */
void sek_wait (guint milliseconds);

G_END_DECLS

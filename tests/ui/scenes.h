/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every state of cover, bar, dialog and question, and every theme they are looked at in. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  GtkWidget *(*create) (void); /* a toplevel, ready to be shown */
} SekScene;

typedef struct
{
  const char *name, *theme;
  gboolean dark;
  int dpi;
} SekTheme;

/* Both static. */
const SekScene *sek_scenes (gsize *count);
const SekTheme *sek_themes (gsize *count);

void sek_use_theme (const SekTheme *theme);
/* The scene on the display, at rest; to be destroyed. */
GtkWidget *sek_stage (const SekScene *scene);
/* What window looks like now, RGB24; to be destroyed. */
cairo_surface_t *sek_picture (GtkWidget *window);

G_END_DECLS

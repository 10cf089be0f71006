/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of the window, one row each: to add a page is to add a row. */
#pragma once

#include <gtk/gtk.h>

#include "ui/window/agent-link.h"

G_BEGIN_DECLS

typedef struct
{
  const char *id;    /* of the stack's child, and of the action win.page::ID */
  const char *title; /* untranslated, marked with N_ */
  const char *icon;  /* symbolic */
  /* The page; it scrolls by itself (sek_page_new) and follows agent for as long as it lives. */
  GtkWidget *(*create) (SekAgentLink *agent);
} SekPage;

/* In the order of the sidebar. Static. */
const SekPage *sek_pages (gsize *count);

GtkWidget *sek_page_today_new (SekAgentLink *agent);
GtkWidget *sek_page_mails_new (SekAgentLink *agent);
GtkWidget *sek_page_reports_new (SekAgentLink *agent);
GtkWidget *sek_page_advisories_new (SekAgentLink *agent);
GtkWidget *sek_page_correspondents_new (SekAgentLink *agent);
GtkWidget *sek_page_settings_new (SekAgentLink *agent);

G_END_DECLS

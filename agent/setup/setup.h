/* SPDX-License-Identifier: GPL-3.0-or-later */
/* agent/setup: finds the mail clients of this machine and puts Sekisho's plugin into the person's Claws Mail
 * or takes it out. Knows only the client's own list of plugins; never starts a client or a mail's bytes. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SEK_SETUP_ERROR (sek_setup_error_quark ())
GQuark sek_setup_error_quark (void);
typedef enum
{
  SEK_SETUP_ERROR_UNKNOWN,   /* no such client, or it or the plugin is not installed */
  SEK_SETUP_ERROR_RUNNING,   /* it is running, and would write its list over ours */
  SEK_SETUP_ERROR_NEW,       /* it was never started by this person */
  SEK_SETUP_ERROR_EVERYBODY, /* the plugin counts for everybody, and is not chosen by the person */
  SEK_SETUP_ERROR_FILE,      /* the list can't be read or written */
} SekSetupError;

/* Where to look. A member that is NULL has its default. */
typedef struct
{
  const char *home;             /* the person's */
  const char *path;             /* folders of programs, as PATH */
  const char *claws_module;     /* the plugin's file for Claws Mail */
  const char *evolution_module; /* the same for Evolution */
  const char *processes;        /* /proc */
} SekSetupPlaces;

typedef struct
{
  const char *id;       /* "claws-mail", "evolution"; static */
  const char *title;    /* what people call it; static */
  gboolean installed;   /* the mail client is */
  gboolean has_plugin;  /* Sekisho's plugin for it is */
  gboolean enabled;     /* it loads the plugin with its next start, or has */
  gboolean by_person;   /* sek_setup_enable can change that */
  gboolean running;     /* this person has it open */
  gboolean never_begun; /* this person never had it open; only known where by_person */
} SekSetupClient;

/* All clients that Sekisho has a plugin for, whether they are installed or not: SekSetupClient. places may be
 * NULL. What can't be read counts as not there. */
GPtrArray *sek_setup_clients (const SekSetupPlaces *places);

/* Puts the plugin into the list of the client id, or takes it out; nothing else in that file changes. TRUE
 * also when it was so already. Fails with SEK_SETUP_ERROR, in a sentence for people. */
gboolean sek_setup_enable (const SekSetupPlaces *places, const char *id, gboolean enable, GError **error);

G_END_DECLS

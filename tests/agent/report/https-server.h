/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A real HTTPS server with certificates of a test authority, and reports that are posted to it. */
#pragma once

#include "tests/agent/report/sample.h"

/* In no message of ours. */
#define HTTPS_SECRET "vJ8-rote-Tinte"
#define HTTPS_OPTIONS_MAX 12

/* Certificates that are new in each run. */
typedef struct
{
  char *folder;
} HttpsWorld;

typedef struct
{
  const char *certificate;                    /* of the server; NULL: the good one */
  const char *options[HTTPS_OPTIONS_MAX + 1]; /* of the server; %s is the world's folder */
  const char *host;                           /* NULL: 127.0.0.1 */
  gboolean foreign_ca;                        /* the policy does not name the authority */
  const char *desktop;                        /* certificate of this side; NULL: none */
  const char *header_name;
  const char *header_value;
  const char *login;
  const char *secret;
  SekReportProfile profile;
  guint posts; /* 0: one */
} HttpsCase;

/* A server and what came of reports to it. */
typedef struct
{
  GSubprocess *process;
  SekPolicy *policy;
  char *folder;
  GError *error; /* of the last report; NULL: it was delivered */
} HttpsSink;

void https_sink_clear (HttpsSink *sink);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HttpsSink, https_sink_clear)

/* name in the folder of the certificates, with suffix behind it. */
char *https_path (const HttpsWorld *world, const char *name, const char *suffix);

/* The mail that each case reports: large enough that no end of a line or pipe takes it all at once. */
GBytes *https_original (void);

/* Starts the server of the case and posts the report as often as it says. */
void https_run (HttpsSink *sink, const HttpsWorld *world, const HttpsCase *test);

/* What the server https_noted of a post, or its body; NULL when it took none of this number. */
GBytes *https_noted (const HttpsSink *sink, guint number, const char *suffix);

/* A folder and all that is in it. */
void https_remove_all (const char *folder);

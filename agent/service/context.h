/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The context a{sv} of a call, checked against a table and made a plain struct. */
#pragma once

#include "agent/core/core.h"

G_BEGIN_DECLS

typedef struct
{
  char *client;         /* name and version of the mail client; NULL when not said */
  char *folder;         /* NULL when not said */
  char **own_addresses; /* addresses of the reader, at most SEK_MAILBOXES_MAX; never NULL */
  char *verdict_id;     /* Report only; NULL when not said */
  char *attachments;    /* Report only: "held", "released" or "free"; NULL when not said */
  gboolean feedback;    /* Report only: the person finds the mail harmless */
  gboolean rebuilt;     /* Report only: the bytes are what the client made of the mail, not those that came */
} SekContext;

/* variant: a{sv}, in normal form or not. A key that is not in the table or a wrong
 * type is G_DBUS_ERROR_INVALID_ARGS, as is "verdict-id" when for_report is FALSE. */
SekContext *sek_context_parse (GVariant *variant, gboolean for_report, GError **error);
void sek_context_free (SekContext *context);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekContext, sek_context_free)

G_END_DECLS

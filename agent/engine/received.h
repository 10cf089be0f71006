/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One Received field taken apart (RFC 5321 §4.4). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *from; /* "from HELO (NAME [ADDRESS])" as written; "" when not said */
  char *by;   /* the host, lower case; "" when not said */
  char *time; /* behind the last semicolon; "" when not said */
} SekReceived;

/* value: without the field's name, unfolded. */
void sek_received_read (const char *value, SekReceived *received);
void sek_received_clear (SekReceived *received);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SekReceived, sek_received_clear)

G_END_DECLS

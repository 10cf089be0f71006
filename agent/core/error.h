/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The error domain of agent/core. Messages are whole sentences without a full stop, fit to be shown. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SEK_CORE_ERROR (sek_core_error_quark ())
GQuark sek_core_error_quark (void);

typedef enum
{
  SEK_CORE_ERROR_FORMAT, /* a serialised value is not what its reader expects */
} SekCoreError;

G_END_DECLS

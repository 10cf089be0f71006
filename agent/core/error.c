/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/error.h"

GQuark
sek_core_error_quark (void)
{
  return g_quark_from_static_string ("sek-core-error-quark");
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/error.h"

G_DEFINE_QUARK (sek - core - error - quark, sek_core_error)

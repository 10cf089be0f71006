/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of agent/scanner/host share. */
#pragma once

#include "agent/scanner/host/host.h"

G_BEGIN_DECLS

/* Scans under way outlive sek_scanner_free. */
SekScanner *sek_scanner_ref (SekScanner *scanner);
void sek_scanner_unref (SekScanner *scanner);

G_END_DECLS

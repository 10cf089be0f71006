/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The marks of a mail by which advisories find it. */
#pragma once

#include "agent/core/core.h"

G_BEGIN_DECLS

/* Addresses of From, Sender and Reply-To; digests of all attachments; the hosts of all links, both as written
 * and behind link checkers. Never NULL. */
SekTraces *sek_engine_traces (const SekFacts *facts);

G_END_DECLS

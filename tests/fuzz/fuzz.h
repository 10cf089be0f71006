/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the fuzz targets share. A target is one file with the two functions of libFuzzer; linked with replay.c
 * instead of libFuzzer it becomes a test that feeds it files. */
#pragma once

#include "agent/core/core.h"

G_BEGIN_DECLS

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Loads once what the sealed child has loaded before it reads. */
void fuzz_warm_up (void);

/* The bytes as an a{sv} that nobody has looked at. Newly allocated, not floating. */
GVariant *fuzz_variant (const guint8 *data, gsize size);

/* Takes facts the way they go: into a variant and back as the agent reads them, which must succeed for
 * everything the scanner makes; then judged and put into words. Frees them. */
void fuzz_facts (SekFacts *facts);

/* The end of that way, for facts that no scanner of ours has made. */
void fuzz_judge (const SekFacts *facts);

G_END_DECLS

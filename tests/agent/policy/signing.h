/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys and signatures made by the minisign tool of the system, in a folder of one test. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Runs a program, which must succeed. */
void signing_run (const char *const *argv);

/* NAME.pub and NAME.sec in folder, without a password. The public key as base64, newly allocated. */
char *signing_make_key (const char *folder, const char *name);

/* The signature of text by NAME.sec, newly allocated. option: "-l" for the older algorithm, or NULL. */
char *signing_sign (const char *folder, const char *name, const char *text, const char *option);

G_END_DECLS

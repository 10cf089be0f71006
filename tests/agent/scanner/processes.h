/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The processes of the real scanner, for tests that look at them or end them. */
#pragma once

#include "agent/scanner/host/host.h"

G_BEGIN_DECLS

/* The process ids of the children of pid, from /proc. */
GArray *test_children (GPid pid);
/* FALSE for a zombie, too. */
gboolean test_is_alive (GPid pid);
/* Those of this process that are not zombies. */
GArray *test_living_children (void);
/* Waits until this process has so many living children. */
GArray *test_wait_for_children (guint count);
/* Waits until pid is gone, which happens in somebody else's time. */
void test_wait_for_end (GPid pid);

/* A scanner, the only one of this process. */
SekScanner *test_scanner_new (void);
/* Its fork server. */
GPid test_find_server (void);
/* Its child that is ready for the next mail, once no other is there, dead or alive. */
GPid test_wait_for_spare (GPid server);

/* A mail whose subject is "mail NUMBER". Newly allocated. */
char *test_small_mail (guint number);
/* scanner reads a mail without any problem. */
void test_assert_scans (SekScanner *scanner);

G_END_DECLS

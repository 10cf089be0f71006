/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the host and sekisho-scanner say to each other. One build makes both, so there is one version of it.
 */
#pragma once

#include "agent/core/limits.h"

#include <glib.h>

G_BEGIN_DECLS

/* The scanner's end of a SOCK_SEQPACKET pair. It sends one byte when it is ready, then reads requests. */
#define SEK_SCANNER_SOCKET 3

/* One request is one packet with these bytes and its descriptors. */
typedef struct
{
  gint64 deadline; /* on CLOCK_MONOTONIC, microseconds: the scan is "timed-out" then */
  gint64 attached; /* 1: the first mail that hangs on it is read instead, where there is one */
} SekScanRequest;

enum
{
  SEK_SCAN_FD_MAIL,      /* regular file or memfd, readable */
  SEK_SCAN_FD_RESULT,    /* memfd of SEK_RESULT_BYTES that can not be resized, for the child */
  SEK_SCAN_FD_STATUS,    /* writing end of a pipe, for the server, which never reads a byte of mail */
  SEK_SCAN_FD_PASSWORDS, /* memfd of at most SEK_PASSWORDS_BYTES: passwords to try, each ended by a NUL, for
                            the child; may be left out */
  SEK_SCAN_FD_COUNT,
};

#define SEK_PASSWORDS_BYTES (SEK_PASSWORDS_MAX * (SEK_PASSWORD_BYTES_MAX + 1))

/* What the server writes into the pipe, one byte, when the child is gone. The end of the file without it: the
 * server is gone. */
#define SEK_SCAN_DONE 'd'
#define SEK_SCAN_CRASHED 'c'
#define SEK_SCAN_TIMED_OUT 't'
#define SEK_SCAN_TOO_LARGE 'm'

/* How the result memfd begins. The child fills the slots in turn and names the last one that is whole, so
 * that what was known before a crash survives it. */
typedef struct
{
  guint32 slot;      /* 1 or 2; 0 when there is nothing yet */
  guint32 length[2]; /* of the facts in each slot, a GVariant of type a{sv} */
} SekScanResult;

#define SEK_RESULT_SLOT_BYTES ((gsize) SEK_FACTS_BYTES_MAX)
#define SEK_RESULT_SLOT(n) (4096 + ((gsize) (n) -1) * SEK_RESULT_SLOT_BYTES)
#define SEK_RESULT_BYTES SEK_RESULT_SLOT (3)

G_END_DECLS

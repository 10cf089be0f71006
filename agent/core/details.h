/* SPDX-License-Identifier: GPL-3.0-or-later */
/* DETAILS: what a person who knows mail looks at before anything else: the way a mail came, what gateways
 * said of it, and its header fields. Plain data, made by the engine, shown by ui, never stored. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One Received field (RFC 5321 §4.4). Strings are safe in one line, "" when not said. */
typedef struct
{
  char *from;    /* who handed the mail over, as written: "HELO (name [address])" */
  char *by;      /* the host that took it */
  char *time;    /* as written */
  gboolean ours; /* a gateway of the policy wrote it; any other may be invented */
} SekHop;

/* One result of RFC 8601. */
typedef struct
{
  char *method; /* "dmarc" */
  char *result; /* "fail" */
  char *domain; /* whom it is about; "" when not said */
  char *host;   /* who says so; "" when not said */
  gboolean ours;
} SekAuthLine;

typedef struct
{
  char *name;
  char *value;      /* unfolded, as written, no word decoded */
  gboolean telling; /* a finding of the verdict is about it */
} SekHeaderLine;

typedef struct
{
  GPtrArray *path;           /* SekHop, from where the mail began */
  GPtrArray *authentication; /* SekAuthLine, topmost first */
  GPtrArray *headers;        /* SekHeaderLine, in their order */
} SekDetails;

/* Empty. */
SekDetails *sek_details_new (void);
SekDetails *sek_details_copy (const SekDetails *details);
void sek_details_free (SekDetails *details);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SekDetails, sek_details_free)

/* Each appends a row, its strings passed through sek_text_show, unless there are enough (limits.h). */
void
sek_details_add_hop (SekDetails *details, const char *from, const char *by, const char *time, gboolean ours);
void sek_details_add_authentication (SekDetails *details,
                                     const char *method,
                                     const char *result,
                                     const char *domain,
                                     const char *host,
                                     gboolean ours);
void sek_details_add_header (SekDetails *details, const char *name, const char *value, gboolean telling);

/* a{sv}, floating. */
GVariant *sek_details_to_variant (const SekDetails *details);
/* Rows of another type are left out, and so is what is beyond the bounds. Never NULL. */
SekDetails *sek_details_from_variant (GVariant *variant);

G_END_DECLS

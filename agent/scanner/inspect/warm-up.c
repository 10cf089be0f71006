/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/inspect/families.h"

#include <gsf/gsf-utils.h>
#include <libxml/parser.h>
#include <string.h>

static const char pdf[] =
    "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    "2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\ntrailer\n<</Root 1 0 R/Size 3>>\n%%EOF\n";

void
sek_inspect_warm_up (void)
{
  gsf_init ();
  xmlInitParser ();
  g_autofree char *format = g_strdup ("pdf"), *problem = NULL;
  SekAttachment *attachment = sek_attachment_new ();
  const SekInspectResult result = { &format, &problem, attachment->traits, NULL };
  const SekInspectInput input = { "", (const guint8 *) pdf, strlen (pdf), sizeof pdf - 1 };
  sek_inspect_pdf (&input, &result);
  sek_attachment_free (attachment);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What gateways write above a mail, and what others write as if they were gateways: a field in a line. */
#include "tests/fuzz/fuzz.h"

#include "agent/engine/authentication.h"
#include "agent/engine/received.h"

#define LINES_MAX 200

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  return 0;
}

static void
read_field (const char *field)
{
  g_autofree char *host = NULL;
  g_autoptr (GPtrArray) results = sek_authentication_parse (field, &host);
  for (guint i = 0; i < results->len; i++)
    {
      const SekAuthResult *result = results->pdata[i];
      g_assert_true (result->method != NULL && result->result != NULL && result->domain != NULL);
    }
  g_auto (SekReceived) received = { 0 };
  sek_received_read (field, &received);
  g_assert_true (received.from != NULL && received.by != NULL && received.time != NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  /* Facts hold valid UTF-8 alone. */
  g_autofree char *text = g_utf8_make_valid ((const char *) data, (gssize) size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", LINES_MAX);
  for (char **line = lines; *line != NULL; line++)
    read_field (*line);
  return 0;
}

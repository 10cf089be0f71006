/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The property Learning: how far the history reaches, and whether mail clients are handing over more of it.
 */
#include "agent/service/parts.h"

/* Fewer at once are what came in since the last start, which nobody needs to hear of. */
#define MANY 100
/* A client rests between two batches; after this long it is done, or was closed. */
#define PAUSE_SECONDS 15

static void
tell (SekService *service, gboolean active)
{
  SekHistoryExtent extent = { 0 };
  if (service->store != NULL)
    service->history.extent (service->history.self, &extent);
  GVariantDict dict;
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "active", "b", active);
  g_variant_dict_insert (&dict, "messages", "x", extent.messages);
  g_variant_dict_insert (&dict, "since", "x", extent.since);
  sek_dbus_agent1_set_learning (service->object, g_variant_dict_end (&dict));
}

static gboolean
on_pause (gpointer user_data)
{
  SekService *service = user_data;
  service->learning = 0;
  tell (service, FALSE);
  return G_SOURCE_REMOVE;
}

void
sek_service_tell_learning (SekService *service)
{
  tell (service, service->learning != 0);
}

void
sek_service_note_batch (SekService *service, gsize summaries)
{
  if (summaries < MANY)
    return;
  g_clear_handle_id (&service->learning, g_source_remove);
  service->learning = g_timeout_add_seconds (PAUSE_SECONDS, on_pause, service);
  tell (service, TRUE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/details.h"

#include "agent/core/limits.h"
#include "agent/core/text.h"

static void
hop_free (gpointer data)
{
  SekHop *hop = data;
  g_free (hop->from);
  g_free (hop->by);
  g_free (hop->time);
  g_free (hop);
}

static void
auth_line_free (gpointer data)
{
  SekAuthLine *line = data;
  g_free (line->method);
  g_free (line->result);
  g_free (line->domain);
  g_free (line->host);
  g_free (line);
}

static void
header_line_free (gpointer data)
{
  SekHeaderLine *line = data;
  g_free (line->name);
  g_free (line->value);
  g_free (line);
}

SekDetails *
sek_details_new (void)
{
  SekDetails *details = g_new0 (SekDetails, 1);
  details->path = g_ptr_array_new_with_free_func (hop_free);
  details->authentication = g_ptr_array_new_with_free_func (auth_line_free);
  details->headers = g_ptr_array_new_with_free_func (header_line_free);
  return details;
}

void
sek_details_free (SekDetails *details)
{
  if (details == NULL)
    return;
  g_ptr_array_unref (details->path);
  g_ptr_array_unref (details->authentication);
  g_ptr_array_unref (details->headers);
  g_free (details);
}

static char *
shown (const char *text)
{
  return sek_text_show (text != NULL ? text : "", SEK_DETAIL_CHARS_MAX);
}

void
sek_details_add_hop (SekDetails *details, const char *from, const char *by, const char *time, gboolean ours)
{
  if (details->path->len >= SEK_DETAIL_HOPS_MAX)
    return;
  SekHop *hop = g_new0 (SekHop, 1);
  *hop = (SekHop){ shown (from), shown (by), shown (time), ours };
  g_ptr_array_add (details->path, hop);
}

void
sek_details_add_authentication (SekDetails *details,
                                const char *method,
                                const char *result,
                                const char *domain,
                                const char *host,
                                gboolean ours)
{
  if (details->authentication->len >= SEK_DETAIL_RESULTS_MAX)
    return;
  SekAuthLine *line = g_new0 (SekAuthLine, 1);
  *line = (SekAuthLine){ shown (method), shown (result), shown (domain), shown (host), ours };
  g_ptr_array_add (details->authentication, line);
}

void
sek_details_add_header (SekDetails *details, const char *name, const char *value, gboolean telling)
{
  if (details->headers->len >= SEK_HEADER_FIELDS_MAX)
    return;
  SekHeaderLine *line = g_new0 (SekHeaderLine, 1);
  *line = (SekHeaderLine){ shown (name), shown (value), telling };
  g_ptr_array_add (details->headers, line);
}

#define PATH_TYPE "a(sssb)"
#define AUTHENTICATION_TYPE "a(ssssb)"
#define HEADERS_TYPE "a(ssb)"

GVariant *
sek_details_to_variant (const SekDetails *details)
{
  GVariantDict dict;
  GVariantBuilder path, authentication, headers;
  g_variant_builder_init (&path, G_VARIANT_TYPE (PATH_TYPE));
  g_variant_builder_init (&authentication, G_VARIANT_TYPE (AUTHENTICATION_TYPE));
  g_variant_builder_init (&headers, G_VARIANT_TYPE (HEADERS_TYPE));
  for (guint i = 0; i < details->path->len; i++) /* at most SEK_DETAIL_HOPS_MAX */
    {
      const SekHop *hop = details->path->pdata[i];
      g_variant_builder_add (&path, "(sssb)", hop->from, hop->by, hop->time, hop->ours);
    }
  for (guint i = 0; i < details->authentication->len; i++) /* at most SEK_DETAIL_RESULTS_MAX */
    {
      const SekAuthLine *line = details->authentication->pdata[i];
      g_variant_builder_add (&authentication, "(ssssb)", line->method, line->result, line->domain, line->host,
                             line->ours);
    }
  for (guint i = 0; i < details->headers->len; i++) /* at most SEK_HEADER_FIELDS_MAX */
    {
      const SekHeaderLine *line = details->headers->pdata[i];
      g_variant_builder_add (&headers, "(ssb)", line->name, line->value, line->telling);
    }
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert_value (&dict, "path", g_variant_builder_end (&path));
  g_variant_dict_insert_value (&dict, "authentication", g_variant_builder_end (&authentication));
  g_variant_dict_insert_value (&dict, "headers", g_variant_builder_end (&headers));
  return g_variant_dict_end (&dict);
}

SekDetails *
sek_details_from_variant (GVariant *variant)
{
  SekDetails *details = sek_details_new ();
  g_autoptr (GVariantIter) path = NULL, authentication = NULL, headers = NULL;
  const char *a, *b, *c, *d;
  gboolean flag;
  /* Each add stops at its bound; the message itself is bounded by the bus. */
  if (g_variant_lookup (variant, "path", PATH_TYPE, &path))
    while (g_variant_iter_next (path, "(&s&s&sb)", &a, &b, &c, &flag))
      sek_details_add_hop (details, a, b, c, flag);
  if (g_variant_lookup (variant, "authentication", AUTHENTICATION_TYPE, &authentication))
    while (g_variant_iter_next (authentication, "(&s&s&s&sb)", &a, &b, &c, &d, &flag))
      sek_details_add_authentication (details, a, b, c, d, flag);
  if (g_variant_lookup (variant, "headers", HEADERS_TYPE, &headers))
    while (g_variant_iter_next (headers, "(&s&sb)", &a, &b, &flag))
      sek_details_add_header (details, a, b, flag);
  return details;
}

SekDetails *
sek_details_copy (const SekDetails *details)
{
  if (details == NULL)
    return NULL;
  g_autoptr (GVariant) variant = g_variant_ref_sink (sek_details_to_variant (details));
  return sek_details_from_variant (variant);
}

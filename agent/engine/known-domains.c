/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine/known-domains.h"

#include <string.h>

struct SekKnownDomains
{
  char **domains; /* borrowed */
  /* Skeleton of a label -> GArray of guint: the domains that have it, as places in domains. Which of its
   * labels somebody chose, only the comparison knows, so each stands here. */
  GHashTable *by_skeleton;
  GArray *others; /* guint: those whose labels are not plain ASCII, which are compared with everything */
};

static void
add_label (SekKnownDomains *self, const char *label, gsize length, guint place)
{
  g_autofree char *text = g_ascii_strdown (label, (gssize) length);
  g_autofree char *skeleton = sek_label_skeleton (text);
  GArray *places = g_hash_table_lookup (self->by_skeleton, skeleton);
  if (places == NULL)
    {
      places = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (self->by_skeleton, g_steal_pointer (&skeleton), places);
    }
  g_array_append_val (places, place);
}

SekKnownDomains *
sek_known_domains_new (char **domains)
{
  SekKnownDomains *self = g_new0 (SekKnownDomains, 1);
  self->domains = domains;
  self->by_skeleton = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  self->others = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; domains[i] != NULL; i++) /* at most SEK_HISTORY_DOMAINS_MAX */
    {
      const char *p = domains[i];
      if (!g_str_is_ascii (p) || strstr (p, "--") != NULL)
        {
          g_array_append_val (self->others, i);
          continue;
        }
      while (*p != '\0')
        {
          gsize length = strcspn (p, ".");
          /* What stands at the end is nobody's choice. */
          if (p[length] == '.')
            add_label (self, p, length, i);
          p += length + (p[length] == '.' ? 1 : 0);
        }
    }
  return self;
}

void
sek_known_domains_free (SekKnownDomains *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_skeleton);
  g_array_unref (self->others);
  g_free (self);
}

static guint
first_double (const SekKnownDomains *self, const GArray *places, const SekDomainName *foreign)
{
  for (guint i = 0; places != NULL && i < places->len; i++) /* at most SEK_HISTORY_DOMAINS_MAX */
    {
      guint place = g_array_index (places, guint, i);
      g_autoptr (SekDomainName) known = sek_domain_name_new (self->domains[place]);
      SekResemblance how = sek_domain_resembles (foreign, known);
      if (how == SEK_RESEMBLES_HOMOGLYPH || how == SEK_RESEMBLES_CONFUSABLE)
        return place;
    }
  return G_MAXUINT;
}

const char *
sek_known_domains_find_double (const SekKnownDomains *self, const SekDomainName *foreign)
{
  guint alike = first_double (self, g_hash_table_lookup (self->by_skeleton, foreign->skeleton), foreign);
  guint place = MIN (alike, first_double (self, self->others, foreign));
  return place != G_MAXUINT ? self->domains[place] : NULL;
}

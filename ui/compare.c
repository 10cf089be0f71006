/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two addresses side by side: the letters in which they differ are marked, so that nobody has to spell. */
#include <string.h>

#include "ui/parts.h"

/* What is compared of each half of an address; a longer one is marked as a whole. */
#define COMPARED_CHARS_MAX 100
/* Halves that have less than this share of letters in common are two different words: single letters that
 * happen to be the same would only confuse. */
#define ALIKE_PERCENT 60
/* A tint that leaves the text its own colour, in light and in dark. The underline says it without colour. */
#define TINT_RED 0xe0e0
#define TINT_GREEN 0x1b1b
#define TINT_BLUE 0x2424
#define TINT_ALPHA 0x4800

/* Half of an address: bytes [start, end) of its text. */
typedef struct
{
  const char *start, *end;
} Half;

static Half
half_of (const char *text, gboolean domain)
{
  const char *end = text + strlen (text), *at = strrchr (text, '@');
  if (at == NULL)
    return domain ? (Half){ end, end } : (Half){ text, end };
  return domain ? (Half){ at + 1, end } : (Half){ text, at };
}

/* Without the labels at their ends that two domains share (".co.jp"): these say nothing. */
static void
drop_common_labels (Half *one, Half *other)
{
  const char *end = one->end;
  gsize most = MIN ((gsize) (one->end - one->start), (gsize) (other->end - other->start));
  gsize shared = 0;
  for (gsize i = 1; i < most; i++) /* the text was cut by sek_ui_address */
    {
      if (g_ascii_tolower (end[-(gssize) i]) != g_ascii_tolower (other->end[-(gssize) i]))
        break;
      if (end[-(gssize) i] == '.')
        shared = i;
    }
  one->end -= shared;
  other->end -= shared;
}

static gunichar *
letters_of (Half half, glong *count)
{
  gunichar *letters = g_utf8_to_ucs4_fast (half.start, half.end - half.start, count);
  for (glong i = 0; i < *count; i++) /* the text was cut by sek_ui_address */
    letters[i] = g_unichar_tolower (letters[i]);
  return letters;
}

typedef guint8 Lengths[COMPARED_CHARS_MAX + 1][COMPARED_CHARS_MAX + 1];

/* lengths[i][j]: of the longest common subsequence of a from i on and b from j on. */
static void
measure_common (Lengths lengths, const gunichar *a, glong m, const gunichar *b, glong n)
{
  memset (lengths, 0, sizeof (Lengths));
  for (glong i = m - 1; i >= 0; i--) /* both at most COMPARED_CHARS_MAX */
    for (glong j = n - 1; j >= 0; j--)
      lengths[i][j] =
          a[i] == b[j] ? (guint8) (lengths[i + 1][j + 1] + 1) : MAX (lengths[i + 1][j], lengths[i][j + 1]);
}

static void
underline (PangoAttrList *attributes, const char *text, const char *from, const char *to)
{
  PangoAttribute *line = pango_attr_underline_new (PANGO_UNDERLINE_SINGLE);
  line->start_index = (guint) (from - text);
  line->end_index = (guint) (to - text);
  pango_attr_list_insert (attributes, line);
}

/* Single letters are easily passed over, so these are tinted, too. */
static void
mark (PangoAttrList *attributes, const char *text, const char *from, const char *to)
{
  PangoAttribute *marks[] = { pango_attr_underline_new (PANGO_UNDERLINE_DOUBLE),
                              pango_attr_background_new (TINT_RED, TINT_GREEN, TINT_BLUE),
                              pango_attr_background_alpha_new (TINT_ALPHA),
                              pango_attr_weight_new (PANGO_WEIGHT_BOLD) };
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      marks[i]->start_index = (guint) (from - text);
      marks[i]->end_index = (guint) (to - text);
      pango_attr_list_insert (attributes, marks[i]);
    }
}

/* Marks what half has and other has not, in the same order. TRUE when they differ. */
static gboolean
mark_half (PangoAttrList *attributes, const char *text, Half half, Half other)
{
  glong m, n, j = 0;
  g_autofree gunichar *a = letters_of (half, &m), *b = letters_of (other, &n);
  if (m == n && memcmp (a, b, (gsize) m * sizeof *a) == 0)
    return FALSE;
  Lengths lengths;
  gboolean whole = MAX (m, n) > COMPARED_CHARS_MAX;
  if (!whole)
    measure_common (lengths, a, m, b, n);
  if (whole || lengths[0][0] * 100 < ALIKE_PERCENT * MAX (m, n))
    {
      if (half.end > half.start)
        underline (attributes, text, half.start, half.end);
      return TRUE;
    }
  const char *p = half.start;
  for (glong i = 0; i < m; i++, p = g_utf8_next_char (p)) /* at most COMPARED_CHARS_MAX */
    {
      while (j < n && a[i] != b[j] && lengths[i][j + 1] >= lengths[i + 1][j])
        j++;
      if (j < n && a[i] == b[j])
        j++;
      else
        mark (attributes, text, p, g_utf8_next_char (p));
    }
  return TRUE;
}

gboolean
sek_ui_mark_difference (PangoAttrList *attributes, const char *text, const char *address, const char *other)
{
  g_autofree char *shown = sek_ui_address (other);
  const char *here = strstr (text, address);
  if (here == NULL || *shown == '\0' || g_utf8_strlen (text, -1) > 4 * COMPARED_CHARS_MAX)
    return FALSE;
  g_autofree char *own = g_strdup (address);
  gboolean differs = FALSE;
  for (guint domain = 0; domain < 2; domain++)
    {
      Half half = half_of (own, domain == 1);
      Half moved = { here + (half.start - own), here + (half.end - own) };
      Half against = half_of (shown, domain == 1);
      if (domain == 1)
        drop_common_labels (&moved, &against);
      differs |= mark_half (attributes, text, moved, against);
    }
  return differs;
}

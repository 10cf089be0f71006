/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "The password is today's date": what it is then. */
#include "agent/core/password-private.h"

#define NUMBERS_MAX 4 /* telephone numbers of a signature that are tried */
#define NUMBER_CHARS_MAX 24

/* The ways a day is written as a password, the usual ones in front. */
static const char *const date_formats[] = { "%Y%m%d", "%y%m%d", "%m%d",   "%Y-%m-%d", "%Y/%m/%d",
                                            "%d%m%Y", "%d%m%y", "%m%d%Y", "%d.%m.%Y" };

/* The sender's day may be another one than UTC's. */
static const int hours_of_day[] = { 9, 0, -8 };

static void
add_dates (gint64 date, const char *const *formats, gsize count, GArray *candidates)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hours_of_day); i++)
    {
      g_autoptr (GDateTime) day = g_date_time_new_from_unix_utc (date + hours_of_day[i] * 3600);
      for (gsize j = 0; j < count && day != NULL; j++)
        sek_password_candidate_add (candidates, g_date_time_format (day, formats[j]), SEK_RANK_DESCRIBED);
    }
}

static gboolean
is_number_char (gunichar c)
{
  return (c >= '0' && c <= '9') || c == '-' || c == '(' || c == ')' || c == '.' || c == '+';
}

/* A telephone number with its last digits, which are what is usually asked for. */
static gboolean
add_number (
    const SekPasswordText *text, gsize from, gsize to, guint digits_min, guint digits_max, GArray *out)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  for (gsize i = from; i < to; i++)
    if (text->chars[i] >= '0' && text->chars[i] <= '9')
      g_string_append_c (digits, (char) text->chars[i]);
  if (digits->len < digits_min || digits->len > digits_max)
    return FALSE;
  sek_password_candidate_add (out, g_strdup (digits->str), SEK_RANK_DESCRIBED);
  sek_password_candidate_add (out, sek_password_text_slice (text, from, to), SEK_RANK_DESCRIBED);
  if (digits->len > 8)
    sek_password_candidate_add (out, g_strdup (digits->str + digits->len - 8), SEK_RANK_DESCRIBED);
  if (digits->len > 4)
    sek_password_candidate_add (out, g_strdup (digits->str + digits->len - 4), SEK_RANK_DESCRIBED);
  return TRUE;
}

static void
add_numbers (const SekPasswordText *text, guint digits_min, guint digits_max, GArray *candidates)
{
  guint found = 0;
  for (gsize i = 0; i < text->length && found < NUMBERS_MAX;)
    {
      gsize end = i;
      while (end - i < NUMBER_CHARS_MAX && is_number_char (text->chars[end]))
        end++;
      if (end > i && add_number (text, i, end, digits_min, digits_max, candidates))
        found++;
      i = end + 1;
    }
}

void
sek_password_add_described (const SekPasswordText *text,
                            const gboolean described[],
                            gint64 date,
                            GArray *candidates)
{
  static const char *const year_formats[] = { "%Y" };
  if (described[SEK_DESCRIBED_DATE] && date > 0)
    add_dates (date, date_formats, G_N_ELEMENTS (date_formats), candidates);
  if (described[SEK_DESCRIBED_YEAR] && date > 0)
    add_dates (date, year_formats, G_N_ELEMENTS (year_formats), candidates);
  if (described[SEK_DESCRIBED_PHONE])
    add_numbers (text, 9, 13, candidates);
  if (described[SEK_DESCRIBED_POSTAL])
    add_numbers (text, 5, 8, candidates);
}

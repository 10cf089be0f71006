/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/ui/samples.h"

#include <string.h>

static SekFinding *
add (SekVerdict *verdict, const char *check, const char *code, SekLevel level)
{
  SekFinding *finding = sek_finding_new (check, code, level);
  g_ptr_array_add (verdict->findings, finding);
  return finding;
}

static void
set (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static SekDetails *
make_details (void)
{
  SekDetails *details = sek_details_new ();
  sek_details_add_hop (details, "DESKTOP-7 (unknown [203.0.113.77])", "smtp.cloud-delivery.example",
                       "Thu, 3 Nov 2022 00:02:10 +0000", FALSE);
  sek_details_add_hop (details, "smtp.cloud-delivery.example (smtp.cloud-delivery.example [203.0.113.5])",
                       "mx.kaede.example", "Thu, 3 Nov 2022 09:02:11 +0900", TRUE);
  sek_details_add_authentication (details, "dmarc", "none", "cloud-delivery.example", "mx.kaede.example",
                                  TRUE);
  sek_details_add_header (details, "Received",
                          "from smtp.cloud-delivery.example (smtp.cloud-delivery.example [203.0.113.5]) by "
                          "mx.kaede.example (Postfix) with ESMTPS id 4N2xQj; Thu, 3 Nov 2022 09:02:11 +0900",
                          FALSE);
  sek_details_add_header (details, "From",
                          "=?UTF-8?B?5aSq55SwIOmBk+WtkA==?= <billing@kaede-example.cloud-delivery.example>",
                          TRUE);
  sek_details_add_header (details, "To", "taro.sato@kaede.example", FALSE);
  sek_details_add_header (details, "Subject",
                          "Re: =?UTF-8?B?MTHmnIjjga7opovnqY3mm7jjgavjgaTjgYTjgaY=?=", TRUE);
  sek_details_add_header (details, "X-Mailer", "Microsoft Outlook 16.0", TRUE);
  return details;
}

SekVerdict *
sek_sample_danger (void)
{
  SekVerdict *verdict = sek_verdict_new ();
  verdict->level = SEK_LEVEL_DANGER;
  set (&verdict->subject, "Re: 11月の見積書について");
  set (&verdict->claimed_name, "太田 道子");
  set (&verdict->sender_address, "billing@kaede-example.cloud-delivery.example");
  set (&verdict->known_address, "michiko.ota@kaede.example");
  set (&verdict->telephone, "03-5550-0142");
  verdict->details = make_details ();
  SekFinding *name = add (verdict, "internal-name-external-address", "", SEK_LEVEL_DANGER);
  sek_finding_add (name, "name", "太田 道子");
  sek_finding_add (name, "known", "michiko.ota@kaede.example");
  sek_finding_add (name, "address", "billing@kaede-example.cloud-delivery.example");
  SekFinding *archive = add (verdict, "encrypted-archive", "macro", SEK_LEVEL_DANGER);
  sek_finding_add (archive, "file", "20221103.zip");
  sek_finding_add (archive, "inside", "見積書.xlsm");
  SekFinding *reply = add (verdict, "fake-reply", "no-headers", SEK_LEVEL_CAUTION);
  sek_finding_add (reply, "prefix", "Re:");
  sek_finding_add (reply, "program", "Microsoft Outlook 16.0");
  SekFinding *password = add (verdict, "password-in-body", "", SEK_LEVEL_NOTICE);
  sek_finding_add (password, "file", "20221103.zip");
  sek_finding_add (password, "password", "7391");
  SekFinding *dated = add (verdict, "date-named-archive", "", SEK_LEVEL_NOTICE);
  sek_finding_add (dated, "file", "20221103.zip");
  return verdict;
}

SekVerdict *
sek_sample_lookalike (void)
{
  SekVerdict *verdict = sek_sample_danger ();
  set (&verdict->claimed_name, "Momiji Trading, Accounts Receivable and International Settlement Division");
  set (&verdict->sender_address, "accounts@rnomiji-tradlng.example");
  set (&verdict->known_address, "accounts@momiji-trading.example");
  set (&verdict->telephone, "");
  return verdict;
}

SekVerdict *
sek_sample_caution (void)
{
  SekVerdict *verdict = sek_verdict_new ();
  verdict->level = SEK_LEVEL_CAUTION;
  set (&verdict->subject, "Invoice");
  set (&verdict->claimed_name, "accounts@partner.example");
  set (&verdict->sender_address, "invoice@partner-example.net");
  SekFinding *name = add (verdict, "display-name-address", "", SEK_LEVEL_CAUTION);
  sek_finding_add (name, "shown", "accounts@partner.example");
  sek_finding_add (name, "address", "invoice@partner-example.net");
  SekFinding *phrase = add (verdict, "prior-exchange-phrase", "", SEK_LEVEL_NOTICE);
  sek_finding_add (phrase, "phrase", "as discussed");
  return verdict;
}

SekVerdict *
sek_sample_notice (void)
{
  SekVerdict *verdict = sek_verdict_new ();
  verdict->level = SEK_LEVEL_NOTICE;
  SekFinding *reply = add (verdict, "fake-reply", "no-headers-unknown", SEK_LEVEL_NOTICE);
  sek_finding_add (reply, "prefix", "Re:");
  return verdict;
}

SekVerdict *
sek_sample_of_text (const char *text)
{
  static const char *const checks[] = { "internal-name-external-address", "encrypted-archive", "fake-reply",
                                        "password-in-body", "no-such-check" };
  static const char *const keys[] = { "name",   "known",  "address", "file",
                                      "inside", "prefix", "program", "password" };
  SekVerdict *verdict = sek_verdict_new ();
  verdict->level = SEK_LEVEL_DANGER;
  set (&verdict->subject, text);
  set (&verdict->claimed_name, text);
  set (&verdict->sender_address, text);
  set (&verdict->known_address, text);
  verdict->details = sek_details_new ();
  for (guint i = 0; i < 4; i++)
    {
      sek_details_add_hop (verdict->details, text, text, text, i % 2 == 0);
      sek_details_add_authentication (verdict->details, text, text, text, text, i % 2 == 0);
      sek_details_add_header (verdict->details, text, text, i % 2 == 0);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      SekFinding *finding = add (verdict, checks[i], "", SEK_LEVEL_DANGER);
      for (gsize j = 0; j < G_N_ELEMENTS (keys); j++)
        sek_finding_add (finding, keys[j], text);
    }
  return verdict;
}

typedef struct
{
  const char *name;
  GtkWidget *found;
} Search;

static void
search (GtkWidget *widget, gpointer data)
{
  Search *state = data;
  if (state->found == NULL && g_str_equal (gtk_widget_get_name (widget), state->name))
    state->found = widget;
  /* forall and not foreach: an expander's label and a dialog's button area are internal children. */
  if (state->found == NULL && GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), search, state);
}

GtkWidget *
sek_find (GtkWidget *root, const char *name)
{
  Search state = { name, NULL };
  search (root, &state);
  return state.found;
}

static void
collect (GtkWidget *widget, gpointer data)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget))
    g_string_append_printf (data, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
  else if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), collect, data);
}

char *
sek_text_of (GtkWidget *root)
{
  GString *out = g_string_new (NULL);
  collect (root, out);
  return g_string_free (out, FALSE);
}

/* Longer than what waits for a few frames, or for a layout that stands; what moves on and on ends it as well.
 */
#define QUIET_MILLISECONDS 60
#define SETTLE_MAX_MILLISECONDS 250

static gboolean
on_time (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

void
sek_wait (guint milliseconds)
{
  gboolean over = FALSE;
  g_timeout_add (milliseconds, on_time, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

void
sek_settle (void)
{
  const gint64 end = g_get_monotonic_time () + SETTLE_MAX_MILLISECONDS * 1000;
  gint64 quiet_since = g_get_monotonic_time ();
  for (gint64 now = quiet_since; now < end && now - quiet_since < QUIET_MILLISECONDS * 1000;
       now = g_get_monotonic_time ())
    {
      /* What the server has still to say is then here. */
      gdk_display_sync (gdk_display_get_default ());
      if (g_main_context_iteration (NULL, FALSE))
        quiet_since = g_get_monotonic_time ();
      else
        g_usleep (2000);
    }
}

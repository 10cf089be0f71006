/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/parts.h"

#include "ui/resources.h"

#include <glib/gi18n-lib.h>

#define RESOURCE_PREFIX "/io/github/sekisho/"

static void
add_style (const char *name, guint priority)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  g_autofree char *path = g_strconcat (RESOURCE_PREFIX "ui/", name, NULL);
  gtk_css_provider_load_from_resource (provider, path);
  gtk_style_context_add_provider_for_screen (gdk_screen_get_default (), GTK_STYLE_PROVIDER (provider),
                                             priority);
}

void
sek_ui_init (void)
{
  static gsize done = 0;
  if (!g_once_init_enter (&done))
    return;
  sek_wording_init ();
  /* A static library: naming the resource is what links it in. */
  g_resources_register (sek_ui_get_resource ());
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_default (), RESOURCE_PREFIX "icons");
  add_style ("fallback.css", GTK_STYLE_PROVIDER_PRIORITY_FALLBACK);
  add_style ("sekisho.css", GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_type_ensure (SEK_TYPE_SCROLLER);
  g_once_init_leave (&done, 1);
}

GtkBuilder *
sek_ui_builder_new (const char *name)
{
  sek_ui_init ();
  /* The domain is named in the file: GTK 3 frees a domain set here while it still uses it. */
  GtkBuilder *builder = gtk_builder_new ();
  g_autofree char *path = g_strconcat (RESOURCE_PREFIX "ui/", name, NULL);
  g_autoptr (GError) error = NULL;
  if (gtk_builder_add_from_resource (builder, path, &error) == 0)
    g_error ("The built-in %s could not be read: %s", path, error->message);
  return builder;
}

gpointer
sek_ui_get (GtkBuilder *builder, const char *id)
{
  GObject *object = gtk_builder_get_object (builder, id);
  g_assert (object != NULL);
  return object;
}

void
sek_ui_set_accessible (GtkWidget *widget, AtkRole role, const char *name, const char *description)
{
  AtkObject *accessible = gtk_widget_get_accessible (widget);
  if (role != ATK_ROLE_INVALID)
    atk_object_set_role (accessible, role);
  if (name != NULL)
    atk_object_set_name (accessible, name);
  if (description != NULL)
    atk_object_set_description (accessible, description);
}

int
sek_ui_line_height (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int height = pango_font_metrics_get_ascent (metrics) + pango_font_metrics_get_descent (metrics);
  pango_font_metrics_unref (metrics);
  return MAX (1, PANGO_PIXELS_CEIL (height));
}

int
sek_ui_icon_pixels (GtkWidget *widget)
{
  return 16 * MAX (1, (sek_ui_line_height (widget) + 4) / 16);
}

void
sek_ui_fit_height (GtkWindow *window, int width)
{
  int minimum, natural;
  gtk_widget_get_preferred_width (GTK_WIDGET (window), &minimum, NULL);
  width = MAX (width, minimum);
  gtk_widget_get_preferred_height_for_width (GTK_WIDGET (window), width, NULL, &natural);
  if (gtk_widget_get_mapped (GTK_WIDGET (window)))
    gtk_window_resize (window, width, natural);
  else
    gtk_window_set_default_size (window, width, natural);
}

char *
sek_ui_what_next (gboolean quarantined, gboolean training, gboolean feedback)
{
  if (feedback)
    /* Translators: said to somebody who told the administrator that a mail is harmless although there is a
     * warning of it. */
    return g_strdup (_ ("You have said that this mail is harmless. The warning stays until your "
                        "administrator has answered."));
  if (training)
    /* Translators: said to somebody who reported a mail that the organisation had sent to train its people.
     */
    return g_strdup (
        _ ("Well done: this was a training mail of your organisation, and you recognised it. You "
           "need not do anything more."));
  /* Translators: what happens after a mail was reported. */
  const char *next =
      _ ("Your administrator will look at the mail and warn others if need be. You need not do "
         "anything more.");
  if (!quarantined)
    return g_strdup (next);
  /* Translators: "Quarantine" is the name of a mail folder. */
  return g_strconcat (_ ("The mail was moved to the Quarantine folder."), "\n", next, NULL);
}

char *
sek_ui_recipient (const char *address)
{
  if (address == NULL || *address == '\0')
    return NULL;
  g_autofree char *shown = sek_ui_address (address);
  g_autofree char *isolated = g_strconcat ("\u2066", shown, "\u2069", NULL);
  /* Translators: %s is the mail address of the administrator. */
  return g_strdup_printf (_ ("A report goes to %s."), isolated);
}

const char *
sek_ui_undo_text (void)
{
  /* Translators: said when a report was made that can still be taken back, above the button “Undo”. */
  return _ ("Thank you. The report goes to your administrator in a few seconds.");
}

char *
sek_ui_withdrawn (const GError *error)
{
  if (error == NULL)
    return g_strdup (_ ("The report was taken back. Nothing was sent."));
  g_autofree char *reason = sek_ui_text (error->message, SEK_EVIDENCE_CHARS_MAX);
  /* Translators: %s is the reason, a sentence without a full stop. */
  return g_strdup_printf (_ ("The report could not be taken back. %s."), reason);
}

char *
sek_ui_failure (const GError *error)
{
  g_autofree char *reason = sek_ui_text (error->message, SEK_EVIDENCE_CHARS_MAX);
  /* Translators: %s is the reason, a sentence without a full stop. */
  return g_strdup_printf (_ ("The mail could not be reported. %s. Please try again."), reason);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links of a mail that needs care ask first. Evolution 3.46 has no signal for a link that is followed, so the
 * class's handler is replaced for the whole process, and called for everything that is not ours to ask about.
 */
#include "plugin/evolution/evolution.h"

#include "plugin/client/link.h"

#include <mail/e-mail-display.h>

#define URL_KEY "sekisho-url"

static SekReader *
find_reader (SekPlugin *plugin, EWebView *view)
{
  for (guint i = 0; i < plugin->readers->len; i++)
    {
      SekReader *reader = plugin->readers->pdata[i];
      if (reader->uid != NULL && (EWebView *) e_mail_reader_get_mail_display (reader->reader) == view)
        return reader;
    }
  return NULL;
}

static void
on_answer (GtkDialog *question, int response, SekReader *self)
{
  SekPlugin *plugin = sek_plugin_get ();
  EMailDisplay *display = e_mail_reader_get_mail_display (self->reader);
  g_autofree char *url = g_strdup (g_object_get_data (G_OBJECT (question), URL_KEY));
  gboolean yes = response == GTK_RESPONSE_ACCEPT && self->uid != NULL;
  g_clear_weak_pointer (&self->question);
  gtk_widget_destroy (GTK_WIDGET (question));
  if (!yes)
    return;
  if (self->mail != NULL)
    self->mail->links_open = TRUE;
  self->links_open = TRUE;
  plugin->link_clicked (E_WEB_VIEW (display), url);
}

static void
ask (SekReader *self, const char *url)
{
  if (self->question != NULL)
    return;
  gboolean checked = self->mail != NULL && self->mail->state == SEK_MAIL_CHECKED;
  const SekVerdict *verdict = checked ? self->mail->verdict : NULL;
  GtkWidget *question = sek_link_question_new (e_mail_reader_get_window (self->reader), verdict, url);
  g_object_set_data_full (G_OBJECT (question), URL_KEY, g_strdup (url), g_free);
  g_set_weak_pointer (&self->question, question);
  g_signal_connect_object (question, "response", G_CALLBACK (on_answer), self, 0);
  gtk_window_present (GTK_WINDOW (question));
}

static void
on_link_clicked (EWebView *view, const char *url)
{
  SekPlugin *plugin = sek_plugin_get ();
  SekReader *reader = find_reader (plugin, view);
  if (reader != NULL && sek_reader_is_covered (reader))
    return;
  if (reader != NULL && url != NULL && sek_link_leads_away (url) && sek_reader_links_ask (reader))
    ask (reader, url);
  else
    plugin->link_clicked (view, url);
}

/* "Open link in browser" of the menu that the right button opens goes past the handler. */
static void
on_update_actions (EWebView *view, SekReader *self)
{
  GtkAction *open = e_web_view_get_action (view, "http-open");
  gboolean ask = self->uid != NULL && sek_reader_links_ask (self);
  if (open != NULL)
    gtk_action_set_sensitive (open, !ask);
}

void
sek_links_watch_view (SekReader *self)
{
  g_signal_connect_object (e_mail_reader_get_mail_display (self->reader), "update-actions",
                           G_CALLBACK (on_update_actions), self, G_CONNECT_AFTER);
}

void
sek_links_watch (SekPlugin *plugin)
{
  g_autoptr (GTypeClass) referenced = g_type_class_ref (E_TYPE_MAIL_DISPLAY);
  EWebViewClass *klass = (EWebViewClass *) referenced;
  plugin->link_clicked = klass->link_clicked;
  klass->link_clicked = on_link_clicked;
}

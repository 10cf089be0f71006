/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window/self-test-card.h"

#include <glib/gi18n-lib.h>

#include "ui/parts.h"
#include "ui/window/page.h"

#define STEPS_MAX 50
#define TEXT_CHARS_MAX 400

typedef struct
{
  SekAgentLink *agent;
  GCancellable *cancellable;
  GtkWidget *button, *spinner, *outcome;
  GtkBox *steps;
} SelfTest;

/* What to do when a step is not well; another step has no advice. */
static const struct
{
  const char *step;
  const char *advice;
} advices[] = {
  { "scanner", N_ ("Log out and in again. If this stays, tell your administrator, mails can't be checked.") },
  { "verdict", N_ ("Log out and in again. If this stays, tell your administrator, mails can't be checked.") },
  { "history", N_ ("Tell your administrator. Mails are checked without what is known of earlier mail.") },
  { "policy", N_ ("Tell your administrator. What was laid down before goes on to hold.") },
  { "report", N_ ("Tell your administrator. Mails are checked, but none can be reported.") },
  { "delivery", N_ ("The page Reports says more.") },
  { "notifications",
    N_ ("Mails are checked all the same. Messages will come once the desktop can show them.") },
};

static void
destroy_child (GtkWidget *child, gpointer data)
{
  gtk_widget_destroy (child);
}

static void
add_text (GtkBox *box, const char *text, const char *style_class)
{
  g_autofree char *shown = sek_ui_text (text, TEXT_CHARS_MAX);
  if (*shown == '\0')
    return;
  GtkWidget *label = sek_page_text_new (shown, style_class);
  gtk_widget_show (label);
  gtk_box_pack_start (box, label, FALSE, FALSE, 0);
}

static void
add_step (SelfTest *self, const char *id, const char *title, gboolean well, const char *reason)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon =
      gtk_image_new_from_icon_name (well ? "sekisho-clear" : "sekisho-caution", GTK_ICON_SIZE_MENU);
  gtk_image_set_pixel_size (GTK_IMAGE (icon), sek_ui_icon_pixels (icon));
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  sek_ui_set_accessible (icon, ATK_ROLE_ICON, well ? _ ("well") : _ ("not well"), NULL);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  add_text (GTK_BOX (words), title, NULL);
  add_text (GTK_BOX (words), reason, "sek-dim");
  for (gsize i = 0; !well && i < G_N_ELEMENTS (advices); i++)
    if (g_str_equal (id, advices[i].step))
      add_text (GTK_BOX (words), _ (advices[i].advice), "sek-dim");
  gtk_box_pack_start (GTK_BOX (line), icon, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (line), words, TRUE, TRUE, 0);
  gtk_widget_show_all (line);
  gtk_box_pack_start (self->steps, line, FALSE, FALSE, 0);
}

static void
say (SelfTest *self, const char *sentence)
{
  g_autofree char *shown = sek_ui_text (sentence, TEXT_CHARS_MAX);
  gtk_label_set_text (GTK_LABEL (self->outcome), shown);
  gtk_widget_show (self->outcome);
}

static void
show_outcome (SelfTest *self, GVariant *outcome)
{
  g_autoptr (GVariantIter) steps = NULL;
  const char *id, *title, *reason;
  gboolean well = FALSE, step_well;
  g_variant_lookup (outcome, "well", "b", &well);
  g_variant_lookup (outcome, "steps", "a(ssbs)", &steps);
  for (guint i = 0; i < STEPS_MAX && steps != NULL &&
                    g_variant_iter_next (steps, "(&s&sb&s)", &id, &title, &step_well, &reason);
       i++)
    add_step (self, id, title, step_well, reason);
  say (self, well ? _ ("Everything works.") : _ ("Not everything works. What to do stands below."));
}

static void
on_tested (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = sek_agent_link_finish (result, &error);
  /* There is no card any more. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  SelfTest *self = user_data;
  gtk_spinner_stop (GTK_SPINNER (self->spinner));
  gtk_widget_hide (self->spinner);
  gtk_widget_set_sensitive (self->button, TRUE);
  if (reply == NULL || !g_variant_is_of_type (reply, G_VARIANT_TYPE ("(a{sv})")))
    {
      say (self, error != NULL ? error->message : _ ("Sekisho can't be reached."));
      return;
    }
  g_autoptr (GVariant) outcome = g_variant_get_child_value (reply, 0);
  show_outcome (self, outcome);
}

static void
on_clicked (GtkButton *button, gpointer user_data)
{
  SelfTest *self = user_data;
  gtk_container_foreach (GTK_CONTAINER (self->steps), destroy_child, NULL);
  gtk_widget_hide (self->outcome);
  gtk_widget_set_sensitive (self->button, FALSE);
  gtk_widget_show (self->spinner);
  gtk_spinner_start (GTK_SPINNER (self->spinner));
  sek_agent_link_call (self->agent, "SelfTest", NULL, self->cancellable, on_tested, self);
}

static void
on_destroyed (GtkWidget *widget, gpointer data)
{
  SelfTest *self = data;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_object_unref (self->agent);
  g_free (self);
}

GtkWidget *
sek_self_test_card_new (SekAgentLink *agent)
{
  SelfTest *self = g_new0 (SelfTest, 1);
  self->agent = g_object_ref (agent);
  self->cancellable = g_cancellable_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *about = sek_page_text_new (
      _ ("Sends a harmless sample the way of a dangerous mail. Nothing of it is kept or reported."), NULL);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->button = gtk_button_new_with_mnemonic (_ ("_Run the self-test"));
  self->spinner = gtk_spinner_new ();
  self->outcome = sek_page_text_new ("", "sek-strong");
  self->steps = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_box_pack_start (GTK_BOX (line), self->button, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (line), self->spinner, FALSE, FALSE, 0);
  GtkWidget *parts[] = { about, line, self->outcome, GTK_WIDGET (self->steps) };
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    gtk_box_pack_start (GTK_BOX (box), parts[i], FALSE, FALSE, 0);
  gtk_widget_show_all (box);
  gtk_widget_hide (self->spinner);
  gtk_widget_hide (self->outcome);
  g_signal_connect (self->button, "clicked", G_CALLBACK (on_clicked), self);
  g_signal_connect (box, "destroy", G_CALLBACK (on_destroyed), self);
  return box;
}

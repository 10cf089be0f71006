/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window/clients-card.h"

#include <glib/gi18n-lib.h>

#include "agent/setup/setup.h"
#include "ui/parts.h"
#include "ui/window/page.h"

/* Beside a button, also at 360 pixels. */
#define TITLE_CHARS_MIN 10

typedef struct
{
  SekAgentLink *agent;
  GtkBox *rows;
  GtkWidget *complaint;
} Clients;

/* SEKISHO_CLAWS_MODULE is for a tree that is not installed, as SEKISHO_LOCALEDIR is. */
static SekSetupPlaces
places (void)
{
  return (SekSetupPlaces){ .claws_module = g_getenv ("SEKISHO_CLAWS_MODULE") };
}

gboolean
sek_clients_are_all_off (void)
{
  const SekSetupPlaces where = places ();
  g_autoptr (GPtrArray) clients = sek_setup_clients (&where);
  gboolean could = FALSE;
  for (guint i = 0; i < clients->len; i++)
    {
      const SekSetupClient *client = clients->pdata[i];
      if (client->installed && client->enabled)
        return FALSE;
      could = could || (client->installed && client->has_plugin && client->by_person);
    }
  return could;
}

/* How it stands with an installed client. */
static const char *
state_of (const SekSetupClient *client)
{
  if (!client->has_plugin)
    return _ ("Sekisho's part for it is not installed. Your administrator can install it.");
  if (client->enabled)
    return client->by_person
               ? _ ("Every mail is checked when you open it.")
               : _ ("Every mail is checked when you open it. This holds for everybody on this computer.");
  if (client->never_begun)
    return _ ("Start it once and set up your mail. Then Sekisho can be turned on here.");
  return _ ("Mails are not checked.");
}

static void show_all (Clients *self);

static void
on_clicked (GtkButton *button, gpointer user_data)
{
  Clients *self = user_data;
  const char *id = g_object_get_data (G_OBJECT (button), "sek-client");
  const SekSetupPlaces where = places ();
  g_autoptr (GError) error = NULL;
  sek_setup_enable (&where, id, TRUE, &error);
  g_autofree char *words = sek_ui_text (error != NULL ? error->message : "", 400);
  gtk_label_set_text (GTK_LABEL (self->complaint), words);
  gtk_widget_set_visible (self->complaint, error != NULL);
  if (error != NULL)
    return;
  show_all (self);
  g_signal_emit_by_name (self->agent, "properties");
}

static void
add_row (Clients *self, const SekSetupClient *client)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name (client->enabled ? "sekisho-clear" : "sekisho-unchecked",
                                                  GTK_ICON_SIZE_MENU);
  gtk_image_set_pixel_size (GTK_IMAGE (icon), sek_ui_icon_pixels (icon) * 3 / 2);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  sek_ui_set_accessible (icon, ATK_ROLE_ICON, "", NULL);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *title = sek_page_text_new (client->title, "sek-strong");
  GtkWidget *state = sek_page_text_new (state_of (client), "sek-dim");
  gtk_label_set_width_chars (GTK_LABEL (title), TITLE_CHARS_MIN);
  gtk_label_set_width_chars (GTK_LABEL (state), TITLE_CHARS_MIN);
  gtk_box_pack_start (GTK_BOX (words), title, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (words), state, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (line), icon, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (line), words, TRUE, TRUE, 0);
  if (client->has_plugin && client->by_person && !client->enabled && !client->never_begun)
    {
      /* Translators: a button: Sekisho is put into this mail program. */
      GtkWidget *button = gtk_button_new_with_label (_ ("Turn on"));
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      sek_ui_set_accessible (button, ATK_ROLE_INVALID, NULL, client->title);
      g_object_set_data (G_OBJECT (button), "sek-client", (gpointer) client->id);
      g_signal_connect (button, "clicked", G_CALLBACK (on_clicked), self);
      gtk_box_pack_end (GTK_BOX (line), button, FALSE, FALSE, 0);
    }
  gtk_widget_show_all (line);
  gtk_box_pack_start (self->rows, line, FALSE, FALSE, 3);
}

static void
destroy_child (GtkWidget *child, gpointer data)
{
  gtk_widget_destroy (child);
}

static void
show_all (Clients *self)
{
  const SekSetupPlaces where = places ();
  g_autoptr (GPtrArray) clients = sek_setup_clients (&where);
  guint installed = 0;
  gtk_container_foreach (GTK_CONTAINER (self->rows), destroy_child, NULL);
  for (guint i = 0; i < clients->len; i++)
    {
      const SekSetupClient *client = clients->pdata[i];
      installed += client->installed;
      if (client->installed)
        add_row (self, client);
    }
  if (installed == 0)
    {
      GtkWidget *none = sek_page_text_new (_ ("There is no mail program on this computer that Sekisho knows. "
                                              "It works in Claws Mail and Evolution."),
                                           NULL);
      gtk_widget_show (none);
      gtk_box_pack_start (self->rows, none, FALSE, FALSE, 0);
    }
}

static void
on_mapped (GtkWidget *box, gpointer user_data)
{
  show_all (user_data);
}

static void
clients_free (gpointer data)
{
  Clients *self = data;
  g_object_unref (self->agent);
  g_free (self);
}

GtkWidget *
sek_clients_card_new (SekAgentLink *agent)
{
  Clients *self = g_new0 (Clients, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->agent = g_object_ref (agent);
  self->rows = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  self->complaint = sek_page_text_new ("", NULL);
  gtk_box_pack_start (GTK_BOX (box), GTK_WIDGET (self->rows), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), self->complaint, FALSE, FALSE, 0);
  gtk_widget_hide (self->complaint);
  gtk_widget_show (GTK_WIDGET (self->rows));
  gtk_widget_show (box);
  g_object_set_data_full (G_OBJECT (box), "sek-clients", self, clients_free);
  g_signal_connect (box, "map", G_CALLBACK (on_mapped), self);
  return box;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window/clamp.h"

#include "ui/parts.h"

/* In lines of text, so that it grows with the font. */
#define WIDTH_LINES_MAX 38

struct _SekClamp
{
  GtkBin parent_instance;
};

G_DEFINE_FINAL_TYPE (SekClamp, sek_clamp, GTK_TYPE_BIN)

static int
width_of (GtkWidget *widget, int offered)
{
  return MIN (offered, WIDTH_LINES_MAX * sek_ui_line_height (widget));
}

static GtkSizeRequestMode
sek_clamp_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sek_clamp_get_preferred_height_for_width (GtkWidget *widget, int width, int *minimum, int *natural)
{
  GtkWidget *child = gtk_bin_get_child (GTK_BIN (widget));
  *minimum = *natural = 0;
  if (child != NULL)
    gtk_widget_get_preferred_height_for_width (child, width_of (widget, width), minimum, natural);
}

static void
sek_clamp_size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
  gtk_widget_set_allocation (widget, allocation);
  GtkWidget *child = gtk_bin_get_child (GTK_BIN (widget));
  if (child == NULL)
    return;
  GtkAllocation inner = *allocation;
  inner.width = width_of (widget, allocation->width);
  inner.x += (allocation->width - inner.width) / 2;
  gtk_widget_size_allocate (child, &inner);
}

static void
sek_clamp_class_init (SekClampClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  widget_class->get_request_mode = sek_clamp_get_request_mode;
  widget_class->get_preferred_height_for_width = sek_clamp_get_preferred_height_for_width;
  widget_class->size_allocate = sek_clamp_size_allocate;
}

static void
sek_clamp_init (SekClamp *clamp)
{
}

GtkWidget *
sek_clamp_new (void)
{
  return g_object_new (SEK_TYPE_CLAMP, NULL);
}

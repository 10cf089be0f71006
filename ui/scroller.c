/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/parts.h"

/* GtkScrolledWindow asks for the height of its content at the content's natural width, which is wrong for
 * text that wraps; without any scrolling, text that wraps asks for a minimum height at its narrowest, which
 * makes the window around it taller than the screen. This one asks at the width it really gets, within
 * bounds. */
struct _SekScroller
{
  GtkScrolledWindow parent;
  guint max_lines;
};

G_DEFINE_TYPE (SekScroller, sek_scroller, GTK_TYPE_SCROLLED_WINDOW)

static GtkWidget *
get_content (GtkWidget *widget)
{
  GtkWidget *child = gtk_bin_get_child (GTK_BIN (widget));
  return GTK_IS_VIEWPORT (child) ? gtk_bin_get_child (GTK_BIN (child)) : child;
}

static int
screen_height (GtkWidget *widget)
{
  GdkDisplay *display = gtk_widget_get_display (widget);
  GtkWidget *top = gtk_widget_get_toplevel (widget);
  GdkWindow *window = gtk_widget_get_window (top);
  GdkMonitor *monitor = window != NULL ? gdk_display_get_monitor_at_window (display, window)
                                       : gdk_display_get_monitor (display, 0);
  GdkRectangle area = { 0, 0, 1024, 768 };
  if (monitor != NULL)
    gdk_monitor_get_workarea (monitor, &area);
  return area.height;
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
get_preferred_width (GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  GtkWidget *content = get_content (widget);
  if (content != NULL)
    gtk_widget_get_preferred_width (content, minimum, natural);
}

static void
get_preferred_height_for_width (GtkWidget *widget, int width, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  GtkWidget *content = get_content (widget);
  if (content == NULL)
    return;
  int content_minimum, content_natural, line = sek_ui_line_height (widget);
  gtk_widget_get_preferred_height_for_width (content, width, &content_minimum, &content_natural);
  int most = MIN ((int) SEK_SCROLLER (widget)->max_lines * line, screen_height (widget) * 2 / 3);
  *natural = MIN (content_natural, most);
  *minimum = MIN (*natural, 6 * line);
}

static void
get_preferred_height (GtkWidget *widget, int *minimum, int *natural)
{
  int least, width;
  get_preferred_width (widget, &least, &width);
  get_preferred_height_for_width (widget, width, minimum, natural);
}

static void
sek_scroller_class_init (SekScrollerClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  widget_class->get_request_mode = get_request_mode;
  widget_class->get_preferred_width = get_preferred_width;
  widget_class->get_preferred_height = get_preferred_height;
  widget_class->get_preferred_height_for_width = get_preferred_height_for_width;
}

static void
sek_scroller_init (SekScroller *scroller)
{
  scroller->max_lines = 40;
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  /* That there is more must be seen without touching it. */
  gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (scroller), FALSE);
}

void
sek_scroller_set_max_lines (SekScroller *scroller, guint max_lines)
{
  scroller->max_lines = max_lines;
  gtk_widget_queue_resize (GTK_WIDGET (scroller));
}

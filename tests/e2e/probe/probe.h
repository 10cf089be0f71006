/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/e2e/probe: a plugin for tests only. It tells over a Unix socket what stands on the screen of Claws
 * Mail, and opens mails and presses buttons as a person would, so that no test needs pixel coordinates. Never
 * installed. */
#pragma once

#include <gtk/gtk.h>

/* --- looking --- */

/* Starts to count how often a text view was drawn while it held the words of a mail that was not released. */
void probe_draws_start (void);
void probe_draws_stop (void);
/* Draws of any text view whose buffer held word, since the last call with the same word. */
guint probe_draws_take (void);
void probe_draws_watch (const char *word);

/* Everything visible, as one JSON object in one line. */
void probe_describe (GString *json);
/* Appends text as a JSON string. */
void probe_json_string (GString *json, const char *text);

/* A comma, unless json has just begun an array or object. */
void probe_separate (GString *json);
/* All words of a text view; newly allocated. */
char *probe_text_of (GtkWidget *text_view);
/* "labels", "buttons" and "sek" (types of our own widgets) of all that is visible below widget. */
void probe_describe_below (GtkWidget *widget, GString *json);
/* All visible windows, as members of an array. */
void probe_describe_windows (GString *json);

/* label without the underscores that mark its key; newly allocated. */
char *probe_without_mnemonic (const char *label);

/* --- doing: each answers with a JSON value; errors as {"error": "…"} --- */
void probe_run (const char *command, const char *argument, GString *json);

void probe_fail (GString *json, const char *why, const char *what);
/* The client's. */
GtkWidget *probe_main_window (void);
/* The main window for "", else the first one of that type; NULL when there is none. */
GtkWidget *probe_find_window (const char *type);
void probe_press (const char *label, GString *json);
/* For g_idle_add: presses a button, tool button or expander, whose reference it drops. */
gboolean probe_press_now (gpointer widget);
void probe_expand (const char *window_type, GString *json);
void probe_respond (const char *response, GString *json);

/* Claws Mail only. */
void probe_where_text (const char *word, GString *json);
void probe_where_viewer (const char *offset, GString *json);
void probe_press_toolbar (const char *name, GString *json);
void probe_clipboard (const char *unused, GString *json);

/* Listens on $SEK_PROBE_SOCKET and begins the heartbeat. */
gboolean probe_serve (GError **error);
void probe_serve_end (void);

/* The heartbeat: longest pause of the main loop, in milliseconds, and the number of beats since the last
 * call. */
void probe_beat_start (void);
void probe_beat_stop (void);
void probe_beat_take (guint *beats, guint *longest);

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses and domains that a display name shows, also in writings that only a person reads as such. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Every address in display_name: as such, with a sign for @ or the dot in brackets ("(at)", "[dot]"), with %
 * for @, with full-width signs and unseen characters in it. In normal form, NULL-terminated, newly allocated;
 * empty when there is none. "Sakura＠Ota", a company and a person, is none. */
char **sek_addresses_in_name (const char *display_name);

/* The first word of display_name that has the form of a domain ("bank.example support"); NULL when there is
 * none. Newly allocated. */
char *sek_domain_in_name (const char *display_name);

/* TRUE when sender is an address that a service made to pass mail on for shown: it is of such a service, or
 * its local part carries the domain of shown (SRS, "info_at_bank.example_7f@relay.example"). */
gboolean sek_is_alias_for (const char *sender, const char *shown);

G_END_DECLS

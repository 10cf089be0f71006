/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/passwords.h"

#include "agent/core/limits.h"

/* A mail full of false passwords leaves this many places to those of earlier ones. */
#define OFFERED_MIN (SEK_PASSWORDS_MAX / 4)

GPtrArray *
sek_passwords_gather (const SekFacts *facts, const char *const *offered)
{
  GPtrArray *passwords = sek_passwords_in_mail (facts);
  if (offered != NULL && offered[0] != NULL && passwords->len > SEK_PASSWORDS_MAX - OFFERED_MIN)
    g_ptr_array_set_size (passwords, SEK_PASSWORDS_MAX - OFFERED_MIN);
  for (gsize i = 0; i < SEK_PASSWORDS_MAX && offered != NULL && offered[i] != NULL; i++)
    sek_passwords_add (passwords, offered[i], "earlier-mail");
  return passwords;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine/check.h"

const SekCheck sek_checks[] = {
  { "internal-name-external-address", SEK_KIND_NAME, sek_check_internal_name_external_address },
  { "known-name-new-address", SEK_KIND_NAME, sek_check_known_name_new_address },
  { "display-name-address", SEK_KIND_NAME, sek_check_display_name_address },
  { "lookalike-domain", SEK_KIND_DOMAIN, sek_check_lookalike_domain },
  { "own-domain-forged", SEK_KIND_DOMAIN, sek_check_own_domain_forged },
  { "reply-to-elsewhere", SEK_KIND_DIVERSION, sek_check_reply_to_elsewhere },
  { "thread-outsider", SEK_KIND_THREAD, sek_check_thread_outsider },
  { "fake-reply", SEK_KIND_THREAD, sek_check_fake_reply },
  { "program-attached", SEK_KIND_INSIDE, sek_check_program_attached },
  { "macro-document", SEK_KIND_INSIDE, sek_check_macro_document },
  { "double-extension", SEK_KIND_INSIDE, sek_check_double_extension },
  { "oversized-document", SEK_KIND_INSIDE, sek_check_oversized_document },
  { "link-text-mismatch", SEK_KIND_LINK, sek_check_link_text_mismatch },
  { "link-to-program", SEK_KIND_LINK, sek_check_link_to_program },
  { "encrypted-archive", SEK_KIND_LOCKED, sek_check_encrypted_archive },
  { "password-in-body", SEK_KIND_KEY, sek_check_password_in_body },
  { "password-in-next-mail", SEK_KIND_KEY, sek_check_password_in_next_mail },
  { "date-named-archive", SEK_KIND_DATED, sek_check_date_named_archive },
  { "prior-exchange-phrase", SEK_KIND_PHRASE, sek_check_prior_exchange_phrase },
  { "first-contact", SEK_KIND_STRANGER, sek_check_first_contact },
  { "not-addressed-to-me", SEK_KIND_DIVERSION, sek_check_not_addressed_to_me },
  { "uninspectable", SEK_KIND_BLIND, sek_check_uninspectable },
  { NULL, SEK_N_KINDS, NULL },
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mail answers a thread that the history has, but neither its writer nor anybody of his organisation ever
 * took part in it: this is how stolen mailboxes are made use of. New people are brought into threads every
 * day, and then the others stay in To or Cc; who took a thread away writes to his victim alone. */
#include "agent/engine/check.h"

#define IDS_MAX 40            /* message-ids looked up, the newest first */
#define KEYS_MAX 8            /* readings of the display name */
#define HEARD_OF_MIN 3        /* mails after which somebody is no stranger */
#define ADDRESSES_PER_NAME 20 /* = what the history answers with */

/* The newest message-id of the mail's thread that the history has; NULL when there is none. Borrowed. */
static const char *
find_known_id (const SekCheckInput *input)
{
  const GPtrArray *lists[] = { input->facts->in_reply_to, input->facts->references };
  for (guint list = 0; list < G_N_ELEMENTS (lists); list++)
    for (guint i = lists[list]->len, looked_at = 0; i > 0 && looked_at < IDS_MAX; i--, looked_at++)
      {
        const char *id = lists[list]->pdata[i - 1];
        /* A mail that names itself proves nothing. */
        if (g_strcmp0 (id, input->facts->message_id) != 0 &&
            input->history->has_message (input->history->self, id))
          return id;
      }
  return NULL;
}

static gboolean
takes_part (const char *const *participants, const char *address)
{
  for (guint i = 0; i < SEK_HISTORY_PARTICIPANTS_MAX && participants[i] != NULL; i++)
    if (sek_addr_spec_equal (participants[i], address))
      return TRUE;
  return FALSE;
}

static gboolean
organisation_takes_part (const char *const *participants, const SekCheckInput *input)
{
  if (sek_is_public_mail_domain (input->author_domain))
    return FALSE;
  for (guint i = 0; i < SEK_HISTORY_PARTICIPANTS_MAX && participants[i] != NULL; i++)
    if (sek_same_organisation (participants[i], input->author_address))
      return TRUE;
  return FALSE;
}

/* TRUE when the reader is among them; what only passed by him, as lists do, is not his thread. */
static gboolean
reader_takes_part (const char *const *participants, const SekCheckInput *input)
{
  for (gsize i = 0; input->own_addresses[i] != NULL; i++)
    if (takes_part (participants, input->own_addresses[i]))
      return TRUE;
  return FALSE;
}

/* TRUE when one of the others of the thread gets the mail too. */
static gboolean
others_get_it (const char *const *participants, const SekCheckInput *input)
{
  const GPtrArray *fields[] = { input->facts->to, input->facts->cc };
  for (guint field = 0; field < G_N_ELEMENTS (fields); field++)
    for (guint i = 0; i < MIN (fields[field]->len, SEK_MAILBOXES_MAX); i++)
      {
        const char *address = ((SekMailbox *) fields[field]->pdata[i])->addr_spec;
        if (address != NULL && !sek_addr_spec_equal (address, input->author_address) &&
            !g_strv_contains (input->own_addresses, address) && takes_part (participants, address))
          return TRUE;
      }
  return FALSE;
}

/* The address of the participant whose name the writer bears; NULL when there is none. Newly allocated. */
static char *
find_namesake (const char *const *participants, const SekCheckInput *input)
{
  g_auto (GStrv) keys = sek_text_name_keys (input->author_name);
  for (guint i = 0; i < KEYS_MAX && keys[i] != NULL; i++)
    {
      /* One or two letters are an abbreviation of anybody. */
      if (g_utf8_strlen (keys[i], -1) < (sek_text_has_cjk (keys[i]) ? 2 : 4))
        continue;
      g_auto (GStrv) addresses = input->history->addresses_of_name (input->history->self, keys[i]);
      for (guint j = 0; j < ADDRESSES_PER_NAME && addresses[j] != NULL; j++)
        if (takes_part (participants, addresses[j]))
          return g_strdup (addresses[j]);
    }
  return NULL;
}

/* TRUE when the reader had to do with this address, or much with its organisation, outside the thread. */
static gboolean
is_acquainted (const SekCheckInput *input)
{
  const SekHistory *history = input->history;
  SekCorrespondent known;
  if (history->find_correspondent (history->self, input->author_address, &known) &&
      (known.written_to > 0 || known.received >= HEARD_OF_MIN))
    return TRUE;
  return !sek_is_public_mail_domain (input->author_domain) &&
         history->find_domain (history->self, input->author_organisation, &known) && known.written_to > 0;
}

void
sek_check_thread_outsider (const SekCheckInput *input, GPtrArray *findings)
{
  if (input->history == NULL || *input->author_address == '\0' || input->from_list || input->from_machine ||
      input->from_service || sek_is_own_address (input, input->author_address))
    return;
  const char *id = find_known_id (input);
  if (id == NULL)
    return;
  g_auto (GStrv) list = input->history->thread_participants (input->history->self, id);
  const char *const *participants = (const char *const *) list;
  if (!reader_takes_part (participants, input) || takes_part (participants, input->author_address) ||
      organisation_takes_part (participants, input) || is_acquainted (input))
    return;

  g_autofree char *namesake = find_namesake (participants, input);
  /* Who passes a mail on, or keeps the others in, does what people do. */
  gboolean open = input->subject->kind == SEK_SUBJECT_FORWARD || others_get_it (participants, input);
  SekFinding *finding = sek_findings_add (findings, "thread-outsider", namesake != NULL ? "namesake" : NULL,
                                          open ? SEK_LEVEL_NOTICE : SEK_LEVEL_CAUTION);
  sek_finding_add (finding, "name", namesake != NULL ? input->author_name : NULL);
  sek_finding_add (finding, "known", namesake);
  sek_finding_add (finding, "address", input->author_address);
  sek_finding_add (finding, "subject", input->facts->subject);
}

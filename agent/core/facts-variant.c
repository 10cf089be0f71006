/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts as one GVariant, and back from a scanner that may have been taken over. */
#include "agent/core/facts.h"

#include <string.h>

#include "agent/core/error.h"
#include "agent/core/limits.h"
#include "agent/core/text.h"

/* The plain fields of SekFacts, so that writing and reading can not drift apart. */
static const struct
{
  const char *key;
  gsize offset;
  gsize chars_max;
} string_fields[] = {
  { "return-path", G_STRUCT_OFFSET (SekFacts, return_path), SEK_NAME_CHARS_MAX },
  { "message-id", G_STRUCT_OFFSET (SekFacts, message_id), SEK_NAME_CHARS_MAX },
  { "subject", G_STRUCT_OFFSET (SekFacts, subject), SEK_SUBJECT_CHARS_MAX },
  { "mail-program", G_STRUCT_OFFSET (SekFacts, mail_program), SEK_NAME_CHARS_MAX },
  { "list-id", G_STRUCT_OFFSET (SekFacts, list_id), SEK_NAME_CHARS_MAX },
  { "auto-submitted", G_STRUCT_OFFSET (SekFacts, auto_submitted), SEK_NAME_CHARS_MAX },
  { "media-type", G_STRUCT_OFFSET (SekFacts, media_type), SEK_NAME_CHARS_MAX },
  { "report-type", G_STRUCT_OFFSET (SekFacts, report_type), SEK_NAME_CHARS_MAX },
  { "text", G_STRUCT_OFFSET (SekFacts, text), SEK_TEXT_BYTES_MAX },
  { "html-text", G_STRUCT_OFFSET (SekFacts, html_text), SEK_TEXT_BYTES_MAX },
  { "sha256", G_STRUCT_OFFSET (SekFacts, sha256), 64 },
};

static const struct
{
  const char *key;
  gsize offset;
} mailbox_fields[] = {
  { "from", G_STRUCT_OFFSET (SekFacts, from) },
  { "sender", G_STRUCT_OFFSET (SekFacts, sender) },
  { "reply-to", G_STRUCT_OFFSET (SekFacts, reply_to) },
  { "to", G_STRUCT_OFFSET (SekFacts, to) },
  { "cc", G_STRUCT_OFFSET (SekFacts, cc) },
};

static const struct
{
  const char *key;
  gsize offset;
  guint length_max;
  gsize chars_max;
} strings_fields[] = {
  { "in-reply-to", G_STRUCT_OFFSET (SekFacts, in_reply_to), SEK_REFERENCES_MAX, SEK_NAME_CHARS_MAX },
  { "references", G_STRUCT_OFFSET (SekFacts, references), SEK_REFERENCES_MAX, SEK_NAME_CHARS_MAX },
  { "authentication-results", G_STRUCT_OFFSET (SekFacts, authentication_results), SEK_AUTH_RESULTS_MAX,
    SEK_SUBJECT_CHARS_MAX },
  { "trace", G_STRUCT_OFFSET (SekFacts, trace), SEK_TRACE_FIELDS_MAX, SEK_TRACE_CHARS_MAX },
  { "headers", G_STRUCT_OFFSET (SekFacts, headers), SEK_HEADER_FIELDS_MAX, SEK_HEADER_FIELD_CHARS_MAX },
};

#define FIELD(facts, type, offset) G_STRUCT_MEMBER (type, facts, offset)

/* ms, ms: a display name may be absent or empty, and the two are different facts. */
#define MAILBOXES_TYPE "a(msms)"
#define LINKS_TYPE "a(smssms)"
#define PROBLEMS_TYPE "a(sms)"
#define TRAITS_TYPE "a(sms)"
#define ENTRIES_TYPE "a(sxbxbs" TRAITS_TYPE "ms)"
#define ATTACHMENTS_TYPE "a(msssxsbbbx" ENTRIES_TYPE TRAITS_TYPE "bmsmsmsms)"

/* How much is kept of the parts that grow; halved until the whole fits. */
typedef struct
{
  gsize text_bytes;
  guint entries, links, mailboxes, name_bytes;
} Budget;

static char *
clipped (const char *text, gsize max_bytes)
{
  return text != NULL ? sek_text_clip (text, -1, max_bytes) : NULL;
}

static GVariant *
mailboxes_to_variant (const GPtrArray *mailboxes, const Budget *budget)
{
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE (MAILBOXES_TYPE));
  for (guint i = 0; i < MIN (mailboxes->len, budget->mailboxes); i++)
    {
      const SekMailbox *mailbox = mailboxes->pdata[i];
      g_autofree char *name = clipped (mailbox->display_name, budget->name_bytes);
      g_autofree char *address = clipped (mailbox->addr_spec, budget->name_bytes);
      g_variant_builder_add (&builder, "(msms)", name, address);
    }
  return g_variant_builder_end (&builder);
}

static GVariant *
strings_to_variant (const GPtrArray *strings, const Budget *budget, guint length_max)
{
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("as"));
  for (guint i = 0; i < MIN (strings->len, MIN (length_max, budget->mailboxes)); i++)
    {
      g_autofree char *text = clipped (strings->pdata[i], budget->name_bytes);
      g_variant_builder_add (&builder, "s", text);
    }
  return g_variant_builder_end (&builder);
}

/* A trait weighs as much as an entry, so both come off one budget. */
static GVariant *
traits_to_variant (const GPtrArray *traits, const Budget *budget, guint *entries_left)
{
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE (TRAITS_TYPE));
  for (guint i = 0; i<traits->len && * entries_left> 0; i++, --*entries_left)
    {
      const SekTrait *trait = traits->pdata[i];
      g_autofree char *detail = clipped (trait->detail, budget->name_bytes);
      g_variant_builder_add (&builder, "(sms)", trait->code, detail);
    }
  return g_variant_builder_end (&builder);
}

static GVariant *
entries_to_variant (const SekAttachment *attachment, const Budget *budget, guint *entries_left)
{
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE (ENTRIES_TYPE));
  for (guint i = 0; i<attachment->entries->len && * entries_left> 0; i++, --*entries_left)
    {
      const SekArchiveEntry *entry = attachment->entries->pdata[i];
      g_autofree char *name = clipped (entry->name, budget->name_bytes);
      g_variant_builder_add (&builder, "(sxbxbs@" TRAITS_TYPE "ms)", name, entry->size, entry->encrypted,
                             entry->parent, entry->opened, entry->format,
                             traits_to_variant (entry->traits, budget, entries_left), entry->problem);
      if (*entries_left == 0)
        break;
    }
  return g_variant_builder_end (&builder);
}

static GVariant *
attachments_to_variant (const GPtrArray *attachments, const Budget *budget)
{
  guint entries_left = budget->entries;
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE (ATTACHMENTS_TYPE));
  for (guint i = 0; i < MIN (attachments->len, SEK_ATTACHMENTS_MAX); i++)
    {
      const SekAttachment *a = attachments->pdata[i];
      g_autofree char *name = clipped (a->name, budget->name_bytes);
      g_autofree char *media_type = clipped (a->media_type, budget->name_bytes);
      g_autofree char *password = clipped (a->password, budget->name_bytes);
      g_autofree char *where = clipped (a->where, budget->name_bytes);
      GVariant *traits = traits_to_variant (a->traits, budget, &entries_left);
      GVariant *entries = entries_to_variant (a, budget, &entries_left);
      g_variant_builder_add (&builder, "(msssxsbbbx@" ENTRIES_TYPE "@" TRAITS_TYPE "bmsmsmsms)", name,
                             media_type, a->format, a->size, a->sha256, a->is_archive, a->encrypted,
                             a->names_hidden, a->entry_count, entries, traits, a->unlocked, password,
                             a->password_source, where, a->problem);
    }
  return g_variant_builder_end (&builder);
}

static GVariant *
links_to_variant (const GPtrArray *links, const Budget *budget)
{
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE (LINKS_TYPE));
  for (guint i = 0; i < MIN (links->len, budget->links); i++)
    {
      const SekLink *link = links->pdata[i];
      g_autofree char *target = clipped (link->target, budget->name_bytes);
      g_autofree char *text = clipped (link->text, budget->name_bytes);
      g_autofree char *where = clipped (link->where, budget->name_bytes);
      g_variant_builder_add (&builder, "(smssms)", target, text, link->kind, where);
    }
  return g_variant_builder_end (&builder);
}

static GVariant *
problems_to_variant (const SekFacts *facts, const Budget *budget, gboolean cut)
{
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE (PROBLEMS_TYPE));
  if (cut)
    g_variant_builder_add (&builder, "(sms)", "text-cut", NULL);
  for (guint i = 0; i < MIN (facts->problems->len, SEK_PROBLEMS_MAX - 1); i++)
    {
      const SekProblem *problem = facts->problems->pdata[i];
      g_autofree char *detail = clipped (problem->detail, budget->name_bytes);
      if (!cut || !g_str_equal (problem->code, "text-cut"))
        g_variant_builder_add (&builder, "(sms)", problem->code, detail);
    }
  return g_variant_builder_end (&builder);
}

static GVariant *
build (const SekFacts *facts, const Budget *budget, gboolean cut)
{
  GVariantDict dict;
  g_variant_dict_init (&dict, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (string_fields); i++)
    {
      gsize bytes =
          string_fields[i].chars_max == SEK_TEXT_BYTES_MAX ? budget->text_bytes : budget->name_bytes * 2;
      g_autofree char *text = clipped (FIELD (facts, char *, string_fields[i].offset), bytes);
      if (text != NULL)
        g_variant_dict_insert (&dict, string_fields[i].key, "s", text);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (mailbox_fields); i++)
    g_variant_dict_insert_value (&dict, mailbox_fields[i].key,
                                 mailboxes_to_variant (FIELD (facts, GPtrArray *, mailbox_fields[i].offset),
                                                       budget));
  for (gsize i = 0; i < G_N_ELEMENTS (strings_fields); i++)
    g_variant_dict_insert_value (&dict, strings_fields[i].key,
                                 strings_to_variant (FIELD (facts, GPtrArray *, strings_fields[i].offset),
                                                     budget, strings_fields[i].length_max));
  g_variant_dict_insert (&dict, "has-in-reply-to", "b", facts->has_in_reply_to);
  g_variant_dict_insert (&dict, "has-references", "b", facts->has_references);
  g_variant_dict_insert (&dict, "date", "x", facts->date);
  g_variant_dict_insert (&dict, "size", "x", facts->size);
  g_variant_dict_insert_value (&dict, "links", links_to_variant (facts->links, budget));
  g_variant_dict_insert_value (&dict, "attachments", attachments_to_variant (facts->attachments, budget));
  g_variant_dict_insert_value (&dict, "problems", problems_to_variant (facts, budget, cut));
  return g_variant_dict_end (&dict);
}

GVariant *
sek_facts_to_variant (const SekFacts *facts)
{
  Budget budget = { .text_bytes = SEK_TEXT_BYTES_MAX,
                    .entries = SEK_ARCHIVE_ENTRIES_MAX,
                    .links = SEK_LINKS_MAX,
                    .mailboxes = SEK_MAILBOXES_MAX,
                    .name_bytes = SEK_NAME_CHARS_MAX };
  g_autoptr (GVariant) variant = g_variant_ref_sink (build (facts, &budget, FALSE));
  /* After 8 rounds everything that grows is below a hundredth: 200 attachments of 4 bytes a name always fit.
   */
  for (guint round = 0; round < 8 && g_variant_get_size (variant) > SEK_FACTS_BYTES_MAX; round++)
    {
      budget.text_bytes /= 2;
      budget.entries /= 2;
      budget.links /= 2;
      budget.mailboxes = MAX (budget.mailboxes / 2, 4);
      budget.name_bytes = round < 2 ? budget.name_bytes : MAX (budget.name_bytes / 2, 64);
      g_variant_unref (variant);
      variant = g_variant_ref_sink (build (facts, &budget, TRUE));
    }
  /* Floating, as the caller of a *_to_variant expects. */
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (variant);
  return g_variant_new_from_bytes (G_VARIANT_TYPE_VARDICT, bytes, TRUE);
}

static gboolean
refuse (GError **error, const char *key)
{
  g_set_error (error, SEK_CORE_ERROR, SEK_CORE_ERROR_FORMAT,
               "The scanner's facts are refused: “%s” is out of bounds", key);
  return FALSE;
}

static gboolean
fits (const char *text, gsize chars_max)
{
  return text == NULL || strlen (text) <= chars_max * 6;
}

/* One of our own fixed words, which may be compared, stored and looked up; never what a mail says. */
static gboolean
is_code (const char *text)
{
  return text == NULL ||
         (strlen (text) <= 64 && text[strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0');
}

/* Lower-case hex, or "" where nothing was digested: mails are known again by it. */
static gboolean
is_digest (const char *text)
{
  gsize length = strlen (text);
  return length == 0 || (length == 64 && strspn (text, "0123456789abcdef") == length);
}

static gboolean
read_strings (GVariant *variant, SekFacts *facts, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (string_fields); i++)
    {
      const char *text;
      if (!g_variant_lookup (variant, string_fields[i].key, "&s", &text))
        continue;
      gsize max = string_fields[i].chars_max;
      gboolean digest = string_fields[i].offset == G_STRUCT_OFFSET (SekFacts, sha256);
      if ((max == SEK_TEXT_BYTES_MAX ? strlen (text) > max : !fits (text, max)) ||
          (digest && !is_digest (text)))
        return refuse (error, string_fields[i].key);
      g_free (FIELD (facts, char *, string_fields[i].offset));
      FIELD (facts, char *, string_fields[i].offset) = g_strdup (text);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (strings_fields); i++)
    {
      g_autoptr (GVariantIter) iter = NULL;
      const char *text;
      if (!g_variant_lookup (variant, strings_fields[i].key, "as", &iter))
        continue;
      if (g_variant_iter_n_children (iter) > strings_fields[i].length_max)
        return refuse (error, strings_fields[i].key);
      while (g_variant_iter_next (iter, "&s", &text))
        {
          if (!fits (text, strings_fields[i].chars_max))
            return refuse (error, strings_fields[i].key);
          g_ptr_array_add (FIELD (facts, GPtrArray *, strings_fields[i].offset), g_strdup (text));
        }
    }
  return TRUE;
}

static gboolean
read_mailboxes (GVariant *variant, SekFacts *facts, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mailbox_fields); i++)
    {
      g_autoptr (GVariantIter) iter = NULL;
      const char *name, *address;
      if (!g_variant_lookup (variant, mailbox_fields[i].key, MAILBOXES_TYPE, &iter))
        continue;
      if (g_variant_iter_n_children (iter) > SEK_MAILBOXES_MAX)
        return refuse (error, mailbox_fields[i].key);
      while (g_variant_iter_next (iter, "(m&sm&s)", &name, &address))
        {
          if (!fits (name, SEK_NAME_CHARS_MAX) || !fits (address, SEK_NAME_CHARS_MAX))
            return refuse (error, mailbox_fields[i].key);
          g_ptr_array_add (FIELD (facts, GPtrArray *, mailbox_fields[i].offset),
                           sek_mailbox_new (name, address));
        }
    }
  return TRUE;
}

static void
replace (char **to, const char *text)
{
  g_free (*to);
  *to = g_strdup (text);
}

static gboolean
read_links_and_problems (GVariant *variant, SekFacts *facts, GError **error)
{
  g_autoptr (GVariantIter) links = NULL, problems = NULL;
  const char *first, *second, *kind, *where;
  if (g_variant_lookup (variant, "links", LINKS_TYPE, &links))
    {
      if (g_variant_iter_n_children (links) > SEK_LINKS_MAX)
        return refuse (error, "links");
      while (g_variant_iter_next (links, "(&sm&s&sm&s)", &first, &second, &kind, &where))
        {
          if (!fits (first, SEK_NAME_CHARS_MAX) || !fits (second, SEK_NAME_CHARS_MAX) || !is_code (kind) ||
              !fits (where, SEK_NAME_CHARS_MAX))
            return refuse (error, "links");
          SekLink *link = sek_link_new (first, second);
          replace (&link->kind, kind);
          replace (&link->where, where);
          g_ptr_array_add (facts->links, link);
        }
    }
  if (g_variant_lookup (variant, "problems", PROBLEMS_TYPE, &problems))
    {
      if (g_variant_iter_n_children (problems) > SEK_PROBLEMS_MAX)
        return refuse (error, "problems");
      while (g_variant_iter_next (problems, "(&sm&s)", &first, &second))
        {
          if (!is_code (first) || !fits (second, SEK_NAME_CHARS_MAX))
            return refuse (error, "problems");
          sek_facts_add_problem (facts, first, second);
        }
    }
  return TRUE;
}

static gboolean
read_traits (GVariantIter *iter, GPtrArray *traits, GError **error)
{
  const char *code, *detail;
  if (g_variant_iter_n_children (iter) > SEK_TRAITS_MAX)
    return refuse (error, "traits");
  while (g_variant_iter_next (iter, "(&sm&s)", &code, &detail))
    {
      if (!is_code (code) || !fits (detail, SEK_NAME_CHARS_MAX))
        return refuse (error, "traits");
      sek_traits_add (traits, code, detail);
    }
  return TRUE;
}

static gboolean
read_entries (GVariantIter *iter, SekAttachment *attachment, GError **error)
{
  if (g_variant_iter_n_children (iter) > SEK_ARCHIVE_ENTRIES_MAX)
    return refuse (error, "attachments");
  g_autoptr (GVariant) item = NULL;
  while ((item = g_variant_iter_next_value (iter)) != NULL)
    {
      SekArchiveEntry *entry = sek_archive_entry_new (NULL, -1, FALSE);
      g_ptr_array_add (attachment->entries, entry);
      g_autoptr (GVariantIter) traits = NULL;
      const char *name, *format, *problem;
      g_variant_get (item, "(&sxbxb&s" TRAITS_TYPE "m&s)", &name, &entry->size, &entry->encrypted,
                     &entry->parent, &entry->opened, &format, &traits, &problem);
      /* A parent always comes first, so following parents ends. */
      if (!fits (name, SEK_NAME_CHARS_MAX) || !is_code (format) || !is_code (problem) || entry->parent < -1 ||
          entry->parent >= (gint64) attachment->entries->len - 1)
        return refuse (error, "attachments");
      replace (&entry->name, name);
      replace (&entry->format, format);
      replace (&entry->problem, problem);
      if (!read_traits (traits, entry->traits, error))
        return FALSE;
      g_clear_pointer (&item, g_variant_unref);
    }
  return TRUE;
}

static gboolean
read_attachments (GVariant *variant, SekFacts *facts, GError **error)
{
  g_autoptr (GVariant) list =
      g_variant_lookup_value (variant, "attachments", G_VARIANT_TYPE (ATTACHMENTS_TYPE));
  if (list == NULL)
    return TRUE;
  if (g_variant_n_children (list) > SEK_ATTACHMENTS_MAX)
    return refuse (error, "attachments");
  for (gsize i = 0; i < g_variant_n_children (list); i++)
    {
      SekAttachment *a = sek_attachment_new ();
      g_ptr_array_add (facts->attachments, a);
      g_autoptr (GVariant) item = g_variant_get_child_value (list, i);
      g_autoptr (GVariantIter) entries = NULL, traits = NULL;
      const char *name, *media_type, *format, *sha256, *problem, *password, *password_source, *where;
      g_variant_get (item, "(m&s&s&sx&sbbbx" ENTRIES_TYPE TRAITS_TYPE "bm&sm&sm&sm&s)", &name, &media_type,
                     &format, &a->size, &sha256, &a->is_archive, &a->encrypted, &a->names_hidden,
                     &a->entry_count, &entries, &traits, &a->unlocked, &password, &password_source, &where,
                     &problem);
      if (!fits (name, SEK_NAME_CHARS_MAX) || !fits (media_type, SEK_NAME_CHARS_MAX) || !is_code (format) ||
          !is_digest (sha256) || !is_code (problem) || !fits (password, SEK_NAME_CHARS_MAX) ||
          !is_code (password_source) || !fits (where, SEK_NAME_CHARS_MAX))
        return refuse (error, "attachments");
      replace (&a->name, name);
      replace (&a->media_type, media_type);
      replace (&a->format, format);
      replace (&a->sha256, sha256);
      replace (&a->problem, problem);
      replace (&a->password, password);
      replace (&a->password_source, password_source);
      replace (&a->where, where);
      if (!read_traits (traits, a->traits, error) || !read_entries (entries, a, error))
        return FALSE;
    }
  return TRUE;
}

SekFacts *
sek_facts_from_variant (GVariant *variant, GError **error)
{
  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE_VARDICT))
    {
      g_set_error (error, SEK_CORE_ERROR, SEK_CORE_ERROR_FORMAT, "The scanner's facts must be a{sv}, not %s",
                   g_variant_get_type_string (variant));
      return NULL;
    }
  if (g_variant_get_size (variant) > SEK_FACTS_BYTES_MAX || !g_variant_is_normal_form (variant))
    {
      g_set_error_literal (error, SEK_CORE_ERROR, SEK_CORE_ERROR_FORMAT,
                           "The scanner's facts are refused: they are too large or not in normal form");
      return NULL;
    }
  g_autoptr (SekFacts) facts = sek_facts_new ();
  if (!read_strings (variant, facts, error) || !read_mailboxes (variant, facts, error) ||
      !read_links_and_problems (variant, facts, error) || !read_attachments (variant, facts, error))
    return NULL;
  g_variant_lookup (variant, "has-in-reply-to", "b", &facts->has_in_reply_to);
  g_variant_lookup (variant, "has-references", "b", &facts->has_references);
  g_variant_lookup (variant, "date", "x", &facts->date);
  g_variant_lookup (variant, "size", "x", &facts->size);
  return g_steal_pointer (&facts);
}

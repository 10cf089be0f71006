/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sekisho advisory: from a reported mail to a warning for everyone, and the warnings in force. */
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "agent/cli/cli.h"
#include "agent/cli/judge.h"
#include "agent/engine/traces.h"
#include "agent/engine/url.h"
#include "agent/policy/sources.h"

typedef struct
{
  char *from;
  char *policy;
  char *id;
  char *level;
  char *text;
  char *text_ja;
  char **by;
} Wishes;

static void
wishes_clear (Wishes *wishes)
{
  g_free (wishes->from);
  g_free (wishes->policy);
  g_free (wishes->id);
  g_free (wishes->level);
  g_free (wishes->text);
  g_free (wishes->text_ja);
  g_strfreev (wishes->by);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wishes, wishes_clear)

/* One line of the group. value: "" when the mail has no such mark. */
typedef struct
{
  const char *key;
  char *value;
} Mark;

static void
mark_clear (gpointer data)
{
  Mark *mark = data;
  g_free (mark->value);
}

/* As key files want it: no line ends, and backslashes doubled. */
static char *
escape (const char *text)
{
  g_autofree char *line = sek_text_show (text, SEK_SUBJECT_CHARS_MAX);
  GString *escaped = g_string_new (line);
  g_string_replace (escaped, "\\", "\\\\", 0);
  return g_string_free (escaped, FALSE);
}

/* Numbers change from mail to mail of one wave. */
static char *
pattern_of (const char *subject)
{
  GString *pattern = g_string_new (NULL);
  for (const char *p = subject; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (!g_unichar_isdigit (c))
        g_string_append_unichar (pattern, c);
      else if (pattern->len == 0 || pattern->str[pattern->len - 1] != '*')
        g_string_append_c (pattern, '*');
    }
  g_autofree char *text = g_string_free (pattern, FALSE);
  /* One that is all stars would mean every mail. */
  return text[strspn (text, "*? ")] != '\0' ? escape (text) : g_strdup ("");
}

/* Hosts that say something of this mail: not our own, nor those that hide the goal of everybody's links. */
static char *
telling_hosts (char **hosts, const SekPolicy *policy)
{
  g_autoptr (GPtrArray) telling = g_ptr_array_new ();
  for (char **host = hosts; *host != NULL; host++)
    {
      g_autofree char *address = g_strconcat ("https://", *host, "/", NULL);
      g_autoptr (SekUrl) url = sek_url_new (address);
      if (!sek_policy_is_own_domain (policy, *host) && !sek_url_is_shortener (url) &&
          !sek_url_is_click_counter (url))
        /* No further up: below drive.example others keep their honest files. */
        g_ptr_array_add (telling, *host + (g_str_has_prefix (*host, "www.") ? strlen ("www.") : 0));
    }
  g_ptr_array_add (telling, NULL);
  return g_strjoinv (";", (char **) telling->pdata);
}

static GArray *
marks_of (const SekTraces *traces, const SekPolicy *policy)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  g_array_set_clear_func (marks, mark_clear);
  const char *sender = traces->senders[0] != NULL ? traces->senders[0] : "";
  const char *domain = traces->domains[0] != NULL ? traces->domains[0] : "";
  const Mark all[] = {
    { "sha256", g_strjoinv (";", traces->sha256s) },
    { "link-domain", telling_hosts (traces->link_domains, policy) },
    { "sender", g_strdup (sender) },
    { "subject", pattern_of (traces->subject) },
    { "domain", g_strdup (sek_policy_is_own_domain (policy, domain) ? "" : domain) },
    { "message-id", g_strdup (traces->message_id != NULL ? traces->message_id : "") },
  };
  g_array_append_vals (marks, all, G_N_ELEMENTS (all));
  return marks;
}

/* The marks that hold for the whole wave and for nobody's honest mail: the file; else where its links lead;
 * else who sends it, with its subject. */
static gboolean
is_chosen (const GArray *marks, const char *key, const Wishes *wishes)
{
  if (wishes->by != NULL)
    return g_strv_contains ((const char *const *) wishes->by, key);
  const char *sha256 = g_array_index (marks, Mark, 0).value, *hosts = g_array_index (marks, Mark, 1).value;
  if (*sha256 != '\0')
    return g_str_equal (key, "sha256");
  if (*hosts != '\0')
    return g_str_equal (key, "link-domain");
  return g_str_equal (key, "sender") || g_str_equal (key, "subject");
}

static void
print_group (const SekFacts *facts, const GArray *marks, const Wishes *wishes)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *published = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S%:z");
  g_autofree char *own_id = g_date_time_format (now, "%Y-%m-%d-%H%M");
  g_autofree char *subject = sek_text_show (facts->subject != NULL ? facts->subject : "", 60);
  g_autofree char *usual =
      /* Translators: what people are told of a dangerous mail; %s is its subject. */
      g_strdup_printf (_ ("A dangerous mail is going around, “%s”. Do not open it, and report it."), subject);
  g_autofree char *text = escape (wishes->text != NULL ? wishes->text : usual);
  g_print ("[advisory %s]\npublished=%s\nlevel=%s\ntext=%s\n", wishes->id != NULL ? wishes->id : own_id,
           published, wishes->level != NULL ? wishes->level : "danger", text);
  if (wishes->text_ja != NULL)
    {
      g_autofree char *japanese = escape (wishes->text_ja);
      g_print ("text[ja]=%s\n", japanese);
    }
  g_print (
      "# %s\n",
      _ ("A mail must have one of each of these marks. Look them through: those behind # do not count."));
  for (guint i = 0; i < marks->len; i++)
    {
      const Mark *mark = &g_array_index (marks, Mark, i);
      if (*mark->value != '\0')
        g_print ("%s%s=%s\n", is_chosen (marks, mark->key, wishes) ? "" : "#", mark->key, mark->value);
    }
}

/* What was printed must be a group that desktops take. */
static gboolean
check_wishes (const Wishes *wishes)
{
  static const char *const keys[] = { "sha256", "link-domain", "sender", "subject",
                                      "domain", "message-id",  NULL };
  SekLevel level;
  if (wishes->level != NULL && !sek_level_from_string (wishes->level, &level))
    {
      sek_cli_complain (_ ("--level is clear, notice, caution or danger"));
      return FALSE;
    }
  for (char **by = wishes->by; by != NULL && *by != NULL; by++)
    if (!g_strv_contains (keys, *by))
      {
        sek_cli_complain (_ ("--by is sha256, link-domain, sender, subject, domain or message-id"));
        return FALSE;
      }
  g_autofree char *group = g_strconcat ("advisory ", wishes->id != NULL ? wishes->id : "x", NULL);
  if (sek_policy_group_is_known (group))
    return TRUE;
  sek_cli_complain (_ ("--id is a name of a-z, 0-9 and -"));
  return FALSE;
}

static SekFacts *
read_reported (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SekScanner) scanner = sek_scanner_new_for_attached (&error);
  g_autoptr (GPtrArray) mails = g_ptr_array_new_with_free_func ((GDestroyNotify) sek_mail_free);
  gboolean found = scanner != NULL && sek_mails_find (path, mails, &error);
  int fd = found && mails->len == 1 ? sek_mail_open (mails->pdata[0], &error) : -1;
  SekFacts *facts = fd >= 0 ? sek_scanner_scan (scanner, fd, NULL, &error) : NULL;
  if (fd >= 0)
    close (fd);
  if (facts == NULL)
    sek_cli_complain (error != NULL ? error->message : _ ("--from names one mail"));
  return facts;
}

static int new (int argc, char **argv)
{
  g_auto (Wishes) wishes = { 0 };
  const GOptionEntry entries[] = {
    { "from", 'f', 0, G_OPTION_ARG_FILENAME, &wishes.from, N_ ("A report, or the mail itself"), N_ ("MAIL") },
    { "level", 'l', 0, G_OPTION_ARG_STRING, &wishes.level, N_ ("clear, notice, caution or danger"),
      N_ ("LEVEL") },
    { "text", 't', 0, G_OPTION_ARG_STRING, &wishes.text, N_ ("What people are told"), N_ ("TEXT") },
    { "text-ja", 0, 0, G_OPTION_ARG_STRING, &wishes.text_ja, N_ ("The same in Japanese"), N_ ("TEXT") },
    { "by", 'b', 0, G_OPTION_ARG_STRING_ARRAY, &wishes.by, N_ ("A mark that must be there; may be repeated"),
      N_ ("MARK") },
    { "id", 'i', 0, G_OPTION_ARG_STRING, &wishes.id, N_ ("The name of the advisory"), N_ ("ID") },
    { "policy", 'p', 0, G_OPTION_ARG_FILENAME, &wishes.policy,
      N_ ("File or folder in the place of the system's folder"), N_ ("PATH") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;
  if (!sek_cli_parse_any ("advisory new", "--from MAIL", entries, argc, argv, &rest) ||
      !check_wishes (&wishes))
    return SEK_EXIT_UNREADABLE;
  if (wishes.from == NULL)
    {
      sek_cli_complain (_ ("Name the reported mail with --from"));
      return SEK_EXIT_UNREADABLE;
    }
  g_autoptr (SekFacts) facts = read_reported (wishes.from);
  if (facts == NULL)
    return SEK_EXIT_UNREADABLE;
  g_autoptr (SekPolicyState) state = sek_policy_state_read (wishes.policy, NULL);
  g_autoptr (SekTraces) traces = sek_engine_traces (facts);
  g_autoptr (GArray) marks = marks_of (traces, state->policy);
  print_group (facts, marks, &wishes);
  return SEK_EXIT_CLEAR;
}

static int
list (int argc, char **argv)
{
  g_autofree char *named = NULL;
  const GOptionEntry entries[] = {
    { "policy", 'p', 0, G_OPTION_ARG_FILENAME, &named,
      N_ ("File or folder in the place of the system's folder"), N_ ("PATH") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;
  if (!sek_cli_parse_any ("advisory list", "", entries, argc, argv, &rest))
    return SEK_EXIT_UNREADABLE;
  g_autoptr (SekPolicyState) state = sek_policy_state_read (named, NULL);
  for (guint i = 0; i < state->policy->advisories->len; i++)
    {
      const SekAdvisory *advisory = state->policy->advisories->pdata[i];
      g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (advisory->published);
      g_autofree char *day = advisory->published > 0 ? g_date_time_format (time, "%Y-%m-%d %H:%M") : NULL;
      g_autofree char *text =
          sek_text_show (sek_advisory_text (advisory, g_get_language_names ()), SEK_EVIDENCE_CHARS_MAX);
      g_print ("%s  %s  %s\n  %s\n", advisory->id, day != NULL ? day : "–",
               sek_wording_level (advisory->level), text);
    }
  return SEK_EXIT_CLEAR;
}

int
sek_cli_advisory (int argc, char **argv)
{
  if (argc > 0 && g_str_equal (argv[0], "new"))
    return new (argc - 1, argv + 1);
  if (argc > 0 && g_str_equal (argv[0], "list"))
    return list (argc - 1, argv + 1);
  /* Translators: keep new, --from MAIL and list as they are, they are what to type. */
  sek_cli_complain (_ ("advisory wants one of: new --from MAIL, list"));
  return SEK_EXIT_UNREADABLE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/policy/keys.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define AT(field) ((gssize) G_STRUCT_OFFSET (SekPolicy, field))
#define IN(field) ((gssize) G_STRUCT_OFFSET (SekAdvisory, field))

#define MANDATORY SEK_STANDING_MANDATORY
#define RECOMMENDED SEK_STANDING_RECOMMENDED
#define ROOT SEK_KEY_ROOT_ONLY
#define WHOLE SEK_KEY_WHOLE_FILE
#define WAY (SEK_KEY_WAY | SEK_KEY_WHOLE_FILE)

static const SekPolicyGroup groups[] = {
  { "policy", "policy", N_ ("The file itself, and where a newer one is fetched.") },
  { "organisation", "organisation", N_ ("Whom Sekisho protects.") },
  { "people", "people",
    N_ ("Who works there: each key is a name as it stands in mails, each value a list of that person's "
        "addresses. One person may stand here under several spellings. Order and honorifics don't matter, "
        "nor "
        "whether signs are full-width. Their names on other addresses are what "
        "internal-name-external-address "
        "finds.") },
  { "telephones", "telephones",
    N_ ("Under which number somebody is reached: each key is a mail address, of a colleague or of a partner. "
        "Where a warning says from which address a name usually writes, it names this number to ask at.") },
  { "report", "report", N_ ("What happens to a mail that somebody reports.") },
  { "training", "training",
    N_ ("Training mails (drills). Everyone with a desktop can read the secret; what that means stands under "
        "TRAINING MAILS.") },
  { "warning", "warning", N_ ("What the organisation adds to a warning.") },
  { "client", "client", N_ ("What the mail client does, and what people may change.") },
  { "history", "history", N_ ("What is remembered of earlier mail, on each desktop for itself.") },
  { "files", "files",
    N_ ("What a file is by the end of its name: +abc or abc is added to what is built in, "
        "-abc is taken away.") },
  { "words", "words",
    N_ ("Words that checks look for: +abc or abc is added to what is built in, -abc is taken away.") },
  { "check *", "check prior-exchange-phrase", N_ ("One check; its name stands behind the word check.") },
  { "rule *", "rule locked-key-dated",
    N_ ("What findings give together; the rule's name stands behind the word rule.") },
  { "advisory *", "advisory 2026-11-23a",
    N_ ("A warning to everyone, under a name of its own. Of the marks that it names a mail must have one of "
        "each kind. An advisory with any fault is left out whole, as one mark less would mean other "
        "mails.") },
};

/* clang-format off */
static const SekPolicyKey keys[] = {
  { "policy", "serial", &sek_type_number, AT (serial), MANDATORY, WHOLE, "", "1",
    N_ ("Counts up with every change. A fetched policy with a lower number than the one before is refused.") },
  { "policy", "issued", &sek_type_date, AT (issued), MANDATORY, WHOLE, "", "2026-11-23",
    N_ ("When it was written.") },
  { "policy", "not-after", &sek_type_date, AT (not_after), MANDATORY, WHOLE, "", "2027-11-23T00:00:00+09:00",
    N_ ("Until when it counts. Afterwards it goes on to hold, and it is said that it is old.") },
  { "policy", "rollout", &sek_type_percent, AT (rollout), MANDATORY, WHOLE, "100", "100",
    N_ ("Of 100 desktops so many take this policy; the others stay with the one before. Which ones changes with "
        "the serial.") },
  { "policy", "url", &sek_type_url, AT (pull_url), MANDATORY, ROOT, "", "https://intranet.kaede.example/sekisho/policy.conf",
    N_ ("Where the signed policy is fetched; its signature is at the same place with .minisig behind it. Counts "
        "in files of root only.") },
  { "policy", "keys", &sek_type_keys, AT (pull_keys), MANDATORY, ROOT, "",
    "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3",
    N_ ("The public keys of minisign that may sign it; with two of them one can be replaced. Counts in files of "
        "root only.") },
  { "policy", "ca", &sek_type_path, AT (pull_ca), MANDATORY, ROOT, "", "/etc/ssl/kaede-ca.pem",
    N_ ("A file of certificate authorities (PEM) that count for url instead of the system's. Counts in files of "
        "root only.") },
  { "policy", "proxy", &sek_type_host_port, AT (pull_proxy), MANDATORY, ROOT, "", "proxy.kaede.example:3128",
    N_ ("The proxy on the way to url, as host:port. Without it the environment decides (https_proxy). Counts in "
        "files of root only.") },
  { "policy", "certificate", &sek_type_path, AT (pull_certificate), MANDATORY, ROOT, "", "/etc/ssl/sekisho-desktop.pem",
    N_ ("The certificate (PEM) with which this computer shows itself to url. Counts in files of root only.") },
  { "policy", "certificate-key", &sek_type_path, AT (pull_certificate_key), MANDATORY, ROOT, "", "/etc/ssl/private/sekisho-desktop.key",
    N_ ("The private key of certificate (PEM, without a passphrase), where it is not in the same file. The person "
        "must be able to read it. Counts in files of root only.") },
  { "policy", "login", &sek_type_text, AT (pull_login), MANDATORY, ROOT, "", "sekisho",
    N_ ("The name with which url is asked for; the password is looked up in the desktop's keyring. Counts in files "
        "of root only.") },
  { "policy", "refresh", &sek_type_minutes, AT (pull_minutes), MANDATORY, 0, "60", "60",
    N_ ("Minutes between two looks at url, give or take a tenth.") },
  { "organisation", "name", &sek_type_text, AT (organisation), MANDATORY, 0, "", "Kaede Trading",
    N_ ("How the organisation is called.") },
  { "organisation", "domains", &sek_type_domains, AT (domains), MANDATORY, 0, "", "kaede.example;kaede-trading.example",
    N_ ("Its own mail domains. What is below one of them belongs to it.") },
  { "organisation", "gateways", &sek_type_hosts, AT (gateways), MANDATORY, 0, "", "mx1.kaede.example;mx2.kaede.example",
    N_ ("The hosts whose Authentication-Results and X-Spam header fields count, by the name that stands first in "
        "Authentication-Results and behind the word by in Received. They must take away such fields of other mail "
        "that bear their name (RFC 8601, section 5).") },
  { "organisation", "gateway-tags", &sek_type_tags, AT (gateway_tags), MANDATORY, 0, "", "[SPAM?];【要確認】",
    N_ ("What the gateways put in front of the subject of suspicious mail, beside [SPAM], 【迷惑メール】 and the like, "
        "which are known. Counts only in mails that came in through one of the gateways.") },
  { "organisation", "trusted-lists", &sek_type_list_ids, AT (trusted_lists), MANDATORY, 0, "", "all.kaede.example",
    N_ ("Values of List-Id that are trusted.") },
  { "organisation", "trusted-senders", &sek_type_addresses, AT (trusted_senders), MANDATORY, 0, "",
    "news@partner.example",
    N_ ("Addresses whose names and threads are not judged, where a gateway says that DMARC or DKIM has passed. What "
        "is attached or linked to is judged all the same.") },
  { "people", NULL, &sek_type_person, -1, MANDATORY, 0, "", "太田 道子=michiko.ota@kaede.example;ota@kaede.example",
    N_ ("The addresses of this person.") },
  { "telephones", NULL, &sek_type_telephone, -1, MANDATORY, 0, "", "michiko.ota@kaede.example=03-5550-1234",
    N_ ("The number of who writes from this address.") },
  { "report", "address", &sek_type_address, AT (report_address), MANDATORY, WHOLE, "", "security@kaede.example",
    N_ ("The administrator's address, to which reports are written.") },
  { "report", "smtp", &sek_type_smtp, -1, MANDATORY, WAY, "", "mail.kaede.example:25",
    N_ ("Reports travel to this mail server. At most one of smtp, https, maildir and client; without any of them "
        "they are laid into the Maildir $XDG_DATA_HOME/sekisho/reports of the person who reports.") },
  { "report", "https", &sek_type_report_https, -1, MANDATORY, WAY, "", "https://report.kaede.example/mail",
    N_ ("Reports are posted to this URL: with the profile json as application/json, else as message/rfc822. No "
        "redirect is followed. A repeat of the same report has the same Idempotency-Key.") },
  { "report", "maildir", &sek_type_maildir, -1, MANDATORY, WAY, "", "/srv/reports",
    N_ ("Reports are laid into this folder in Maildir form.") },
  { "report", "client", &sek_type_client, -1, MANDATORY, WAY, "no", "yes",
    N_ ("Reports travel through the mail client's own account.") },
  { "report", "profile", &sek_type_profile, AT (report_profile), MANDATORY, WHOLE, "arf", "attachment",
    N_ ("arf is a report by RFC 5965; attachment is a mail with a text and the original as the one attachment, for "
        "receivers that want no more, such as the reported messages of Microsoft Defender; json is one JSON object "
        "with the original in base64, for programs behind https.") },
  { "report", "subject", &sek_type_text, AT (report_subject), MANDATORY, 0, "", "[Sekisho] %{level}: %{subject}",
    N_ ("The report's subject; %{subject}, %{level} and %{id} stand for the original's subject, the level of the "
        "verdict and the report's id. Without it, [Sekisho] %{level}: %{subject}, and with the profile attachment "
        "3|%{subject}, which Microsoft reads as phishing.") },
  { "report", "max-size", &sek_type_number, AT (report_max_bytes), MANDATORY, 0, "", "26214400",
    N_ ("Of a mail with more bytes than this only the header, its size and its SHA-256 travel, and the report says "
        "so.") },
  { "report", "tls", &sek_type_tls, -1, MANDATORY, WHOLE, "", "required",
    N_ ("How the connection to smtp is encrypted: offered uses TLS where the server offers it, required (what holds "
        "on port 587 and wherever there is a login) sends nothing without, wrapped (what holds on port 465) speaks "
        "it from the first byte. Certificates are always verified; there is no key to change that.") },
  { "report", "ca", &sek_type_path, AT (report_ca), MANDATORY, WHOLE, "", "/etc/ssl/kaede-ca.pem",
    N_ ("A file of certificate authorities (PEM) that count for reports instead of the system's.") },
  { "report", "login", &sek_type_text, AT (report_login), MANDATORY, WHOLE, "", "reports",
    N_ ("The name with which people log in at the server (by https with Basic, unless there is a header-value). The "
        "secret that belongs to it is asked for once, and kept in the desktop's keyring only.") },
  { "report", "auth", &sek_type_auth, AT (report_auth), MANDATORY, WHOLE, "any", "plain",
    N_ ("How: any, plain, login or xoauth2, for which the secret is an access token.") },
  { "report", "header-value", &sek_type_token_template, AT (report_header_value), MANDATORY, WHOLE, "", "Bearer %s",
    N_ ("https only: what the header field named by header-name says; %s stands for an access token, which is asked "
        "for once and kept in the desktop's keyring only. Without this key there is none.") },
  { "report", "header-name", &sek_type_token_field, AT (report_header_name), MANDATORY, WHOLE, "Authorization",
    "X-Api-Key", N_ ("https only: the header field that carries the access token.") },
  { "report", "client-cert", &sek_type_path, AT (report_certificate), MANDATORY, WHOLE, "", "/etc/ssl/sekisho-desktop.pem",
    N_ ("https only: the certificate (PEM) with which this computer shows itself to the server.") },
  { "report", "client-key", &sek_type_path, AT (report_certificate_key), MANDATORY, WHOLE, "",
    "/etc/ssl/private/sekisho-desktop.key",
    N_ ("The private key of client-cert (PEM, without a passphrase), where it is not in the same file. The person must "
        "be able to read it.") },
  { "report", "quarantine", &sek_type_boolean, AT (quarantine), MANDATORY, 0, "no", "yes",
    N_ ("yes moves a reported mail to the folder Quarantine of the mail client, once the report is safely on "
        "disk.") },
  { "report", "undo-seconds", &sek_type_seconds, AT (report_undo_seconds), MANDATORY, 0, "5", "5",
    N_ ("How long a report can be taken back after the click; it is on disk at once and sent after that. 0 sends it "
        "without delay.") },
  { "report", "feedback", &sek_type_boolean, AT (report_feedback), MANDATORY, 0, "yes", "yes",
    N_ ("yes lets people tell you that a mail is harmless although Sekisho warned of it. The warning stays until you answer.") },
  { "report", "keep-copy", &sek_type_boolean, AT (report_keep_copy), MANDATORY, 0, "no", "yes",
    N_ ("yes lays a copy of each report that was sent into the Maildir $XDG_DATA_HOME/sekisho/reports of the person "
        "who reports.") },
  { "training", "secret", &sek_type_secrets, AT (training_secrets), MANDATORY, 0, "", "6Jx2vQm8Tn4RkYw9Lc5Zf7Hb3DpSg1Ua",
    N_ ("With which the tokens of training mails are made and recognised; the first of several makes them.") },
  { "training", "header", &sek_type_field_name, AT (training_header), MANDATORY, 0, "X-Sekisho-Training", "X-Sekisho-Training",
    N_ ("The header field that holds the token.") },
  { "warning", "phone", &sek_type_text, AT (phone), MANDATORY, 0, "", "03-1234-5678",
    N_ ("The number that people are told to ring up when in doubt.") },
  { "warning", "advice", &sek_type_texts, AT (advice), MANDATORY, SEK_KEY_LANGUAGES, "",
    "When in doubt, ask the service desk.",
    N_ ("A sentence of the organisation's own below the reasons; advice[ja] is the one in Japanese.") },
  { "client", "unavailable", &sek_type_unavailable, AT (unavailable_holds), MANDATORY, 0, "show", "show",
    N_ ("What happens when the agent does not answer: show shows the mail under a bar “not checked”, hold keeps it "
        "covered.") },
  { "client", "may-trust", &sek_type_boolean, AT (may_trust), MANDATORY, 0, "yes", "yes",
    N_ ("Whether people may say that a sender is to be trusted.") },
  { "client", "learn", &sek_type_boolean, AT (learn_folders), MANDATORY, 0, "yes", "yes",
    N_ ("Whether mail clients go through their folders and address books, so that it is known who has written before. What is "
        "opened is learned in any case.") },
  { "client", "may-change", &sek_type_key_names, AT (may_change), MANDATORY, 0, "", "history.*;files.*",
    N_ ("What people may set for themselves although this file says something: names such as history.keep-days or "
        "history.*.") },
  { "history", "strangers-after", &sek_type_number, AT (strangers_after), MANDATORY, 0, "50", "50",
    N_ ("So many messages the history must know before anybody is called a stranger.") },
  { "history", "keep-days", &sek_type_days, AT (history_days), RECOMMENDED, 0, "1826", "1826",
    N_ ("What is known of mail older than so many days is forgotten.") },
  { "history", "max-messages", &sek_type_number, AT (history_messages), RECOMMENDED, 0, "1000000", "1000000",
    N_ ("The oldest of more messages than this are forgotten.") },
#define FILES(key, field, example, meaning)                                                                     \
  { "files", key, &sek_type_extensions, AT (files[field]), MANDATORY, 0, "", example, meaning }
  FILES ("programs", SEK_FILE_PROGRAM, "+krx;-com", N_ ("Programs.")),
  FILES ("scripts", SEK_FILE_SCRIPT, "+kix", N_ ("Scripts.")),
  FILES ("shortcuts", SEK_FILE_SHORTCUT, "+krl", N_ ("Files that start something else.")),
  FILES ("disk-images", SEK_FILE_DISK_IMAGE, "+kim", N_ ("Files that are mounted when they are opened.")),
  FILES ("macro-documents", SEK_FILE_MACRO_DOCUMENT, "+kdm", N_ ("Documents of formats made to carry code.")),
  FILES ("documents", SEK_FILE_DOCUMENT, "+kdx", N_ ("Documents.")),
  FILES ("media", SEK_FILE_MEDIA, "+kmv", N_ ("Images, sound, film.")),
  FILES ("pages", SEK_FILE_PAGE, "+kht", N_ ("What opens in the browser.")),
  FILES ("archives", SEK_FILE_ARCHIVE, "+kzp", N_ ("Archives.")),
#undef FILES
  { "words", "exchange-phrases", &sek_type_tags, AT (exchange_phrases), MANDATORY, 0, "", "+いつもの件;-as requested",
    N_ ("Phrases with which a text claims an earlier exchange.") },
  { "check *", "level", &sek_type_check_level, AT (check_levels), MANDATORY, 0, "", "notice",
    N_ ("The level that every finding of this check has: off, notice, caution or danger.") },
  { "rule *", "level", &sek_type_check_level, AT (rule_levels), MANDATORY, 0, "", "caution",
    N_ ("The level that a mail reaches by this rule: off, notice, caution or danger.") },
  { "advisory *", "published", &sek_type_advisory_date, IN (published), MANDATORY, 0, "", "2026-11-23T09:00:00+09:00",
    N_ ("When it was said.") },
  { "advisory *", "level", &sek_type_advisory_level, IN (level), MANDATORY, 0, "danger", "danger",
    N_ ("The level of a mail that it means: notice, caution, danger, or clear for one that was judged "
        "harmless.") },
  { "advisory *", "text", &sek_type_advisory_text, IN (texts), MANDATORY, SEK_KEY_LANGUAGES, "",
    "Invoices from this sender carry malware. Do not open them.",
    N_ ("What people are told; text[ja] is the one in Japanese.") },
  { "advisory *", "quarantine", &sek_type_advisory_boolean, IN (quarantine), MANDATORY, 0, "yes", "yes",
    N_ ("yes moves the mails that it means to the folder Quarantine, also those that were opened before.") },
  { "advisory *", "sender", &sek_type_advisory_addresses, IN (senders), MANDATORY, 0, "", "billing@invoice.example",
    N_ ("Addresses in From, Sender or Reply-To.") },
  { "advisory *", "domain", &sek_type_advisory_domains, IN (domains), MANDATORY, 0, "", "invoice.example",
    N_ ("Their domains, and what is below.") },
  { "advisory *", "subject", &sek_type_advisory_patterns, IN (subjects), MANDATORY, 0, "", "請求書の件*",
    N_ ("The subject without Re: and the like; * stands for anything, ? for one character.") },
  { "advisory *", "message-id", &sek_type_advisory_ids, IN (message_ids), MANDATORY, 0, "", "20261123.1@invoice.example",
    N_ ("Message-IDs.") },
  { "advisory *", "sha256", &sek_type_advisory_digests, IN (sha256s), MANDATORY, 0, "",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    N_ ("SHA-256 digests of attachments.") },
  { "advisory *", "link-domain", &sek_type_advisory_domains, IN (link_domains), MANDATORY, 0, "", "invoice-files.example",
    N_ ("Domains that links in the mail lead to, and what is below.") },
};
/* clang-format on */

const SekPolicyKey *
sek_policy_keys (gsize *count)
{
  *count = G_N_ELEMENTS (keys);
  return keys;
}

const SekPolicyGroup *
sek_policy_groups (gsize *count)
{
  *count = G_N_ELEMENTS (groups);
  return groups;
}

/* "check *" is any group of "check", a space and a name of a-z, 0-9 and "-". */
static gboolean
group_matches (const char *pattern, const char *group)
{
  gsize length = strlen (pattern);
  if (pattern[length - 1] != '*')
    return g_str_equal (pattern, group);
  if (strncmp (pattern, group, length - 1) != 0)
    return FALSE;
  const char *name = group + length - 1;
  return *name != '\0' && name[strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';
}

/* A text may be there in other languages too: text[ja], text[zh_TW]. */
static gboolean
key_matches (const SekPolicyKey *row, const char *key)
{
  if (row->key == NULL)
    return TRUE;
  const char *bracket = strchr (key, '[');
  if (bracket == NULL || (row->flags & SEK_KEY_LANGUAGES) == 0)
    return g_str_equal (row->key, key);
  gsize length = strlen (bracket);
  return strlen (row->key) == (gsize) (bracket - key) && g_str_has_prefix (key, row->key) && length > 2 &&
         bracket[length - 1] == ']';
}

gboolean
sek_policy_group_is_known (const char *group)
{
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    if (group_matches (groups[i].group, group))
      return TRUE;
  return FALSE;
}

const SekPolicyKey *
sek_policy_key_find (const char *group, const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (group_matches (keys[i].group, group) && key_matches (&keys[i], key))
      return &keys[i];
  return NULL;
}

gboolean
sek_policy_key_read (SekPolicyReading *reading,
                     const SekPolicyKey *key,
                     const SekPolicyText *text,
                     char **reason)
{
  *reason = NULL;
  if (key->type->set (reading, key, text, reason))
    return TRUE;
  g_autofree char *shown = sek_text_show (text->value, 60);
  if (*reason == NULL)
    /* Translators: “%s” is a key of the policy file, %s what it must be, “%s” what stands there. */
    *reason = g_strdup_printf (_ ("“%s” must be %s, not “%s”"), text->key, _ (key->type->wanted), shown);
  return FALSE;
}

const char *
sek_standing_to_string (SekStanding standing)
{
  /* Translators: a key of the policy on which the administrator has the last word. */
  static const char mandatory[] = N_ ("mandatory");
  /* Translators: a key of the policy that a person may change. */
  static const char recommended[] = N_ ("recommended");
  return standing == SEK_STANDING_MANDATORY ? _ (mandatory) : _ (recommended);
}

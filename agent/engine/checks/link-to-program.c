/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A link straight to something that runs, mounts or packs a file away, on a server that belongs neither to
 * the writer nor to anybody the reader deals with: the way around every look at attachments. */
#include <string.h>

#include "agent/engine/check.h"
#include "agent/engine/link-domains.h"

#define REPORTED_MAX 3

/* Extensions that are common in addresses for other reasons: domains, pages that a server makes, sources,
 * packages that a Linux system asks its administrator about. */
static const char *const everyday[] = { "com", "app", "dll", "adp", "sh",   "py",      "pl",       "bash",
                                        "csh", "ksh", "zsh", "pyc", "run",  "mjs",     "inf",      "ins",
                                        "sys", "drv", "deb", "rpm", "key",  "one",     "br",       "z",
                                        "img", "gz",  "xz",  "bz2", "zst",  "tar",     "tgz",      "txz",
                                        "tbz", "ws",  "so",  "wiz", "cpio", "command", "workflow", NULL };

/* Where programs and their sources are published. Anybody can put something there, so what runs is still
 * named. */
static const char *const publishers[] = {
  "github.com",
  "githubusercontent.com",
  "gitlab.com",
  "bitbucket.org",
  "sourceforge.net",
  "codeberg.org",
  "kernel.org",
  "gnu.org",
  "debian.org",
  "ubuntu.com",
  "launchpad.net",
  "fedoraproject.org",
  "redhat.com",
  "opensuse.org",
  "archlinux.org",
  "apache.org",
  "python.org",
  "pypi.org",
  "npmjs.com",
  "rubygems.org",
  "cpan.org",
  "metacpan.org",
  "nodejs.org",
  "mozilla.org",
  "mozilla.net",
  "microsoft.com",
  "windowsupdate.com",
  "windows.net",
  "apple.com",
  "google.com",
  "oracle.com",
  "adobe.com",
  "intel.com",
  "amd.com",
  "nvidia.com",
  "vector.co.jp",
  "osdn.net",
  "osdn.jp",
  "forest.watch.impress.co.jp",
  "vmware.com",
  "virtualbox.org",
  "docker.com",
  "zoom.us",
  "libreoffice.org",
  "documentfoundation.org",
  "videolan.org",
  "7-zip.org",
  "winehq.org",
  "postgresql.org",
  "freebsd.org",
  "openbsd.org",
  "netbsd.org",
  "gnome.org",
  "kde.org",
  "perl.org",
  "php.net",
  "ruby-lang.org",
  "golang.org",
  "go.dev",
  "rust-lang.org",
  "maven.org",
  "jenkins.io",
  "eclipse.org",
  "ietf.org",
  "w3.org",
  "ipa.go.jp",
  "nta.go.jp",
  "e-gov.go.jp",
  "e-tax.nta.go.jp",
};

/* Parameters that name the file which a script sends. */
static const char *const file_parameters[] = { "file=", "filename=", "fname=", "download=" };

typedef enum
{
  GOAL_NOTHING,
  GOAL_ARCHIVE,
  GOAL_ACTIVE, /* runs or mounts when it is opened, or is a document made to carry code */
} Goal;

static Goal
goal_of_name (const SekCheckInput *input, const char *name)
{
  g_autofree char *extension = sek_name_extension (name);
  if (*extension == '\0' || g_strv_contains (everyday, extension))
    return GOAL_NOTHING;
  SekFileKind kind = sek_file_kind (input->policy, name);
  if (sek_file_kind_is_active (kind) || kind == SEK_FILE_MACRO_DOCUMENT)
    return GOAL_ACTIVE;
  return kind == SEK_FILE_ARCHIVE ? GOAL_ARCHIVE : GOAL_NOTHING;
}

static char *
last_segment (const char *path)
{
  const char *slash = strrchr (path, '/');
  g_autofree char *segment = g_strdup (slash != NULL ? slash + 1 : path);
  /* "setup.exe;jsessionid=…" */
  segment[strcspn (segment, ";")] = '\0';
  return g_strdup (segment);
}

/* What is fetched, and its name; *name is newly allocated. */
static Goal
goal_of (const SekCheckInput *input, const SekUrl *target, char **name)
{
  *name = last_segment (target->path);
  /* There a program makes a page. */
  gboolean runs_there = strstr (target->path, "/cgi-bin/") != NULL;
  Goal goal = runs_there ? GOAL_NOTHING : goal_of_name (input, *name);
  for (gsize i = 0; i < G_N_ELEMENTS (file_parameters) && goal == GOAL_NOTHING; i++)
    {
      const char *found = strstr (target->query, file_parameters[i]);
      if (found == NULL || (found > target->query && found[-1] != '&'))
        continue;
      const char *value = found + strlen (file_parameters[i]);
      g_autofree char *written = g_strndup (value, strcspn (value, "&"));
      g_autofree char *decoded = g_uri_unescape_string (written, NULL);
      g_free (*name);
      *name = last_segment (decoded != NULL ? decoded : written);
      goal = goal_of_name (input, *name);
    }
  return goal;
}

static gboolean
is_publisher (const SekUrl *target)
{
  for (gsize i = 0; i < G_N_ELEMENTS (publishers); i++)
    if (sek_url_host_is_below (target->host, publishers[i]))
      return TRUE;
  return FALSE;
}

typedef struct
{
  const SekCheckInput *input;
  gboolean known; /* the writer, or the exchange, is */
  const char *password;
} Context;

static SekLevel
judge (const Context *context, const SekUrl *target, Goal goal, const char **code)
{
  const SekCheckInput *input = context->input;
  gboolean key = context->password != NULL;
  *code = goal == GOAL_ARCHIVE ? "archive" : "";
  if (sek_link_is_own (input, target->host) || target->is_private ||
      sek_link_is_dealt_with (input, target->registrable))
    return SEK_LEVEL_CLEAR;
  /* What a stranger offers on his own server is his product more often than a trap. */
  if (is_publisher (target) || sek_link_is_senders (input, target->host))
    {
      *code = "published";
      return goal == GOAL_ACTIVE && !context->known ? SEK_LEVEL_NOTICE : SEK_LEVEL_CLEAR;
    }
  if (goal == GOAL_ARCHIVE)
    return !key ? SEK_LEVEL_CLEAR : context->known ? SEK_LEVEL_NOTICE : SEK_LEVEL_CAUTION;
  return context->known && !key ? SEK_LEVEL_NOTICE : SEK_LEVEL_CAUTION;
}

static gboolean
is_reported (GPtrArray *findings, const char *file)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const SekFinding *finding = findings->pdata[i];
      if (g_str_equal (finding->check, "link-to-program") &&
          g_strcmp0 (sek_finding_get (finding, "file"), file) == 0)
        return TRUE;
    }
  return FALSE;
}

void
sek_check_link_to_program (const SekCheckInput *input, GPtrArray *findings)
{
  const GPtrArray *links = input->facts->links; /* bounded by the facts */
  /* Lists pass links to files on all day, and a machine has written nothing to anybody. */
  if (links->len == 0 || input->from_list || input->from_machine)
    return;
  g_autoptr (GPtrArray) passwords = sek_passwords_in_mail (input->facts);
  const SekPassword *surest = passwords->len > 0 ? passwords->pdata[0] : NULL;
  Context context = { .input = input,
                      .known = sek_link_author_is_known (input) || input->known_thread,
                      .password = surest != NULL ? surest->password : NULL };
  guint reported = 0;
  for (guint i = 0; i < links->len && reported < REPORTED_MAX; i++)
    {
      const SekLink *link = links->pdata[i];
      if (g_str_equal (link->kind, "form"))
        continue;
      g_autoptr (SekUrl) written = sek_url_new (link->target);
      g_autoptr (SekUrl) target = sek_url_unwrap (written);
      g_autofree char *name = NULL;
      Goal goal = target->kind == SEK_URL_WEB && *target->host != '\0' ? goal_of (input, target, &name)
                                                                       : GOAL_NOTHING;
      const char *code = "";
      SekLevel level = goal != GOAL_NOTHING ? judge (&context, target, goal, &code) : SEK_LEVEL_CLEAR;
      if (level == SEK_LEVEL_CLEAR || is_reported (findings, name))
        continue;
      SekFinding *finding = sek_findings_add (findings, "link-to-program", code, level);
      sek_finding_add (finding, "file", name);
      sek_finding_add (finding, "target", target->host);
      if (context.password != NULL && goal == GOAL_ARCHIVE)
        sek_finding_add (finding, "password", context.password);
      reported++;
    }
}

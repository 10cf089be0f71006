/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages that come as a file: they open in the browser, outside of everything that guards a mail. */
#include <string.h>

#include "agent/scanner/html-tree.h"
#include "agent/scanner/inspect/families.h"
#include "agent/scanner/inspect/html-script.h"

/* Encoded data in one piece is shortened to what tells its format: the parser need not carry it. */
#define DATA_KEPT (48u * 1024)
#define LITTLE_TEXT 300    /* "Please wait …" */
#define ATTRIBUTES_MAX 200 /* looked at of one element */

static const char *const endings[] = { ".html", ".htm", ".xhtml", ".xht", ".shtml", ".svg", ".hta" };
typedef struct
{
  SekScript *script;
  char *action;      /* of the first form that sends elsewhere; NULL: none */
  gboolean password; /* a field asks for one */
  char *onward;      /* where a frame or a refresh leads to; NULL: none */
  gsize visible;     /* characters that are read */
} Page;

static gboolean
is_page_name (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i]))
      return TRUE;
  return FALSE;
}

/* UTF-8 without NULs, long data shortened, at most SEK_PAGE_BYTES_MAX. */
static GString *
readable (const SekInspectInput *input)
{
  g_autofree char *converted = NULL;
  const char *bytes = (const char *) input->bytes;
  gsize length = input->length;
  gboolean little = length > 2 && memcmp (bytes, "\xff\xfe", 2) == 0;
  gboolean big = length > 2 && memcmp (bytes, "\xfe\xff", 2) == 0;
  if (little || big)
    {
      gsize written = 0;
      converted = g_convert (bytes + 2, (gssize) (MIN (length - 2, SEK_PAGE_BYTES_MAX) & ~(gsize) 1), "UTF-8",
                             little ? "UTF-16LE" : "UTF-16BE", NULL, &written, NULL);
      bytes = converted != NULL ? converted : bytes;
      length = converted != NULL ? written : length;
    }
  GString *out = g_string_sized_new (MIN (length, SEK_PAGE_BYTES_MAX) + 1);
  gsize run = 0;
  for (gsize i = 0; i < length && out->len < SEK_PAGE_BYTES_MAX; i++)
    {
      char c = bytes[i];
      run = g_ascii_isalnum (c) || c == '+' || c == '/' || c == '%' ? run + 1 : 0;
      if (run <= DATA_KEPT && c != '\0')
        g_string_append_c (out, c);
    }
  return out;
}

/* type="application/json" holds data; none, or a kind of JavaScript, runs. */
static gboolean
is_run (const GumboElement *element)
{
  const char *type = sek_html_attribute (element, "type");
  g_autofree char *lower = g_ascii_strdown (type != NULL ? type : "", -1);
  return *lower == '\0' || strstr (lower, "script") != NULL || strstr (lower, "module") != NULL;
}

static void
read_attributes (Page *page, const GumboElement *element)
{
  for (guint i = 0; i < MIN (element->attributes.length, ATTRIBUTES_MAX); i++)
    {
      const GumboAttribute *attribute = element->attributes.data[i];
      const char *value = attribute->value;
      if (g_ascii_strncasecmp (attribute->name, "on", 2) == 0)
        sek_script_add (page->script, value);
      else if (g_ascii_strncasecmp (value, "javascript:", 11) == 0)
        sek_script_add (page->script, value + 11);
      else if (g_str_equal (attribute->name, "download") && *value != '\0')
        {
          g_autofree char *said = g_strconcat (".download='", value, "'", NULL);
          sek_script_add (page->script, said);
        }
      else
        sek_script_add_data (page->script, value);
    }
}

/* "0; url=https://…" (WHATWG HTML, shared declarative refresh steps). Borrowed; NULL when it names none. */
static const char *
refresh_target (const GumboElement *meta)
{
  const char *event = sek_html_attribute (meta, "http-equiv");
  const char *content = sek_html_attribute (meta, "content");
  if (event == NULL || content == NULL || g_ascii_strcasecmp (event, "refresh") != 0)
    return NULL;
  const char *address = content + strcspn (content, ";,");
  address += strspn (address, ";, \t\r\n");
  if (g_ascii_strncasecmp (address, "url", 3) == 0)
    address += 3 + strspn (address + 3, " \t=");
  return address + strspn (address, " '\"");
}

static void
read_onward (Page *page, const GumboElement *element)
{
  const char *target = NULL;
  if (element->tag == GUMBO_TAG_META)
    target = refresh_target (element);
  else if (element->tag == GUMBO_TAG_IFRAME || element->tag == GUMBO_TAG_FRAME)
    target = sek_html_attribute (element, "src");
  if (target != NULL && page->onward == NULL && sek_inspect_is_remote (target))
    {
      gsize length = strcspn (target, "'\"");
      page->onward = g_utf8_make_valid (target, (gssize) length);
    }
}

static void
read_element (Page *page, const GumboElement *element)
{
  read_attributes (page, element);
  read_onward (page, element);
  if (element->tag == GUMBO_TAG_FORM)
    {
      const char *action = sek_html_attribute (element, "action");
      if (action != NULL && sek_inspect_is_remote (action) && page->action == NULL)
        page->action = g_utf8_make_valid (action, -1);
    }
  else if (element->tag == GUMBO_TAG_INPUT)
    page->password = page->password || sek_html_asks_for_password (element);
}

static void
read_node (Page *page, const GumboNode *node)
{
  if (node->type == GUMBO_NODE_ELEMENT)
    {
      read_element (page, &node->v.element);
      return;
    }
  if (node->type != GUMBO_NODE_TEXT && node->type != GUMBO_NODE_CDATA)
    return;
  const GumboNode *parent = node->parent;
  gboolean script = parent != NULL && parent->type == GUMBO_NODE_ELEMENT &&
                    parent->v.element.tag == GUMBO_TAG_SCRIPT && is_run (&parent->v.element);
  gboolean shown = parent != NULL && parent->type == GUMBO_NODE_ELEMENT &&
                   parent->v.element.tag != GUMBO_TAG_SCRIPT && parent->v.element.tag != GUMBO_TAG_STYLE &&
                   parent->v.element.tag != GUMBO_TAG_TITLE;
  page->visible += shown ? strlen (node->v.text.text) : 0;
  if (script)
    sek_script_add (page->script, node->v.text.text);
  else
    sek_script_add_data (page->script, node->v.text.text);
}

static void
tell (const Page *page, const SekInspectResult *result)
{
  g_autofree char *name = NULL;
  if (sek_script_smuggles (page->script, &name))
    sek_traits_add (result->traits, SEK_TRAIT_SMUGGLING, name);
  const char *address = page->action;
  if (address == NULL && sek_script_sends (page->script))
    address = page->script->address;
  if (page->password && address != NULL)
    sek_inspect_add_bytes (result, SEK_TRAIT_HTML_FORM, address, MIN (strlen (address), SEK_NAME_CHARS_MAX));
  const char *onward = page->onward;
  if (onward == NULL && sek_script_leads_on (page->script))
    onward = page->script->address;
  if (onward != NULL && page->visible <= LITTLE_TEXT)
    sek_inspect_add_bytes (result, SEK_TRAIT_REDIRECT, onward, MIN (strlen (onward), SEK_NAME_CHARS_MAX));
}

void
sek_inspect_html (const SekInspectInput *input, const SekInspectResult *result)
{
  const char *format = *result->format;
  gboolean sure = g_str_equal (format, "html") || g_str_equal (format, "svg") || g_str_equal (format, "hta");
  if (!sure && !is_page_name (input->name))
    return;
  GString *text = readable (input);
  g_autoptr (SekHtmlTree) tree = sek_html_tree_new (text->str, text->len);
  g_autoptr (SekScript) script = sek_script_new ();
  script->picture = g_str_equal (format, "svg");
  Page page = { .script = script };
  for (const GumboNode *node = tree->root; node != NULL; node = sek_html_tree_next (tree, node))
    read_node (&page, node);
  tell (&page, result);
  g_free (page.action);
  g_free (page.onward);
  g_string_free (text, TRUE);
}

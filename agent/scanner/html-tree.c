/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/html-tree.h"

#include <string.h>

#include "agent/core/limits.h"
#include "agent/core/text.h"

static const char *const password_words[] = { "passw",      "pswd",       "pwd",         "passcode",
                                              "パスワード", "暗証",       "密码",        "비밀번호",
                                              "kennwort",   "contraseña", "mot de passe" };

/* The parser's memory: it asks for many small pieces and is never given one back before the end. Gumbo would
 * free its tree by recursion, as deep as the mail likes. */
#define ARENA_CHUNK (256u * 1024)

static void *
arena_allocate (void *user_data, size_t bytes)
{
  SekHtmlTree *arena = user_data;
  bytes = (bytes + 15) & ~(size_t) 15;
  if (arena->chunks->len == 0 || bytes > arena->size - arena->used)
    {
      arena->size = MAX (bytes, ARENA_CHUNK);
      arena->used = 0;
      g_ptr_array_add (arena->chunks, g_malloc (arena->size));
    }
  char *chunk = arena->chunks->pdata[arena->chunks->len - 1];
  arena->used += bytes;
  return chunk + arena->used - bytes;
}

static void
arena_release (void *user_data, void *memory)
{
}

/* Elements that never hold others, or that the next one of their kind closes: they do not nest. */
static const char *const not_nesting[] = { "br",    "img",    "hr",    "input", "meta",   "link",  "base",
                                           "area",  "col",    "wbr",   "param", "p",      "li",    "td",
                                           "th",    "tr",     "dd",    "dt",    "option", "thead", "tbody",
                                           "tfoot", "source", "embed", "o",     NULL };

#define TAG_NAME_MAX 16

/* How much of html stays within SEK_HTML_DEPTH_MAX: the parser looks through all open elements for every tag,
 * so that a mail of nothing but <div> takes it n². */
static gsize
length_within_depth (const char *html, gsize length)
{
  guint depth = 0;
  for (const char *p = html; (p = memchr (p, '<', length - (gsize) (p - html))) != NULL; p++)
    {
      gboolean closes = p[1] == '/';
      const char *name = p + (closes ? 2 : 1);
      char tag[TAG_NAME_MAX] = "";
      for (gsize i = 0; i + 1 < TAG_NAME_MAX && g_ascii_isalnum (name[i]); i++)
        tag[i] = g_ascii_tolower (name[i]);
      if (!g_ascii_isalpha (*tag) || g_strv_contains (not_nesting, tag))
        continue;
      depth = closes ? depth - MIN (depth, 1) : depth + 1;
      if (depth > SEK_HTML_DEPTH_MAX)
        return (gsize) (p - html);
    }
  return length;
}

SekHtmlTree *
sek_html_tree_new (const char *html, gsize length)
{
  SekHtmlTree *tree = g_new0 (SekHtmlTree, 1);
  gsize fitting = length_within_depth (html, length);
  tree->cut = fitting < length;
  tree->chunks = g_ptr_array_new_with_free_func (g_free);
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = arena_allocate;
  options.deallocator = arena_release;
  options.userdata = tree;
  options.max_errors = 0;
  tree->root = gumbo_parse_with_options (&options, html, fitting)->root;
  return tree;
}

void
sek_html_tree_free (SekHtmlTree *tree)
{
  g_ptr_array_unref (tree->chunks);
  g_free (tree);
}

static const GumboVector *
children_of (const GumboNode *node)
{
  if (node->type == GUMBO_NODE_DOCUMENT)
    return &node->v.document.children;
  if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE)
    return &node->v.element.children;
  return NULL;
}

const GumboNode *
sek_html_tree_next (const SekHtmlTree *tree, const GumboNode *node)
{
  const GumboVector *children = children_of (node);
  if (children != NULL && children->length > 0)
    return children->data[0];
  for (; node != tree->root && node->parent != NULL; node = node->parent)
    {
      const GumboVector *siblings = children_of (node->parent);
      gsize index = node->index_within_parent + 1;
      if (siblings != NULL && index < siblings->length)
        return siblings->data[index];
    }
  return NULL;
}

const char *
sek_html_attribute (const GumboElement *element, const char *name)
{
  const GumboAttribute *found = gumbo_get_attribute (&element->attributes, name);
  return found != NULL ? found->value : NULL;
}

static gboolean
speaks_of_password (const char *text)
{
  g_autofree char *folded = sek_text_fold (text);
  for (gsize i = 0; i < G_N_ELEMENTS (password_words); i++)
    if (strstr (folded, password_words[i]) != NULL)
      return TRUE;
  return FALSE;
}

gboolean
sek_html_asks_for_password (const GumboElement *input)
{
  static const char *const attributes[] = { "name", "id", "placeholder", "aria-label" };
  static const char *const typed[] = { "text", "email", "tel", "number", NULL };
  const char *type = sek_html_attribute (input, "type");
  g_autofree char *lower = g_ascii_strdown (type != NULL ? type : "text", -1);
  if (g_str_equal (lower, "password"))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (attributes) && g_strv_contains (typed, lower); i++)
    {
      const char *value = sek_html_attribute (input, attributes[i]);
      if (value != NULL && speaks_of_password (value))
        return TRUE;
    }
  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Readers of document formats, a file each family: they tell what a document would do and know nothing of
 * mails or archives. */
#pragma once

#include "agent/core/core.h"
#include "agent/core/limits.h"
#include "agent/core/trait-codes.h"
#include "agent/scanner/inspect.h"
#include "agent/scanner/inspect/office-lock.h"

G_BEGIN_DECLS

/* Loads what the libraries load on their first use. Before the seal. */
void sek_inspect_warm_up (void);

/* Each appends what it finds and may replace the format and set the problem. */
void sek_inspect_ole2 (const SekInspectInput *input, const SekInspectResult *result);
/* One that lies in another document, whose budget it shares; its format is nobody's business. FALSE when it
 * could not be read. */
gboolean sek_inspect_inner_ole2 (const guint8 *bytes, gsize length, const SekInspectResult *result);
void sek_inspect_ooxml (const SekInspectInput *input, const SekInspectResult *result);
void sek_inspect_rtf (const SekInspectInput *input, const SekInspectResult *result);
void sek_inspect_pdf (const SekInspectInput *input, const SekInspectResult *result);
void sek_inspect_onenote (const SekInspectInput *input, const SekInspectResult *result);
void sek_inspect_lnk (const SekInspectInput *input, const SekInspectResult *result);
/* A document that is one XML file, as Word 2003 and flat Open Document write it. */
void sek_inspect_xml_document (const SekInspectInput *input, const SekInspectResult *result);
/* A page or picture that the browser opens: HTML, SVG. */
void sek_inspect_html (const SekInspectInput *input, const SekInspectResult *result);
void sek_inspect_text (const SekInspectInput *input, const SekInspectResult *result);
/* A table as text. */
void sek_inspect_sheet_text (const SekInspectInput *input, const SekInspectResult *result);

/* --- shared by the families --- */

/* Sets the problem unless there is one. */
void sek_inspect_set_problem (const SekInspectResult *result, const char *problem);

/* Adds a trait whose detail is raw text: CP932 or UTF-8, else Latin-1. */
void sek_inspect_add_bytes (const SekInspectResult *result, const char *code, const void *text, gsize length);
/* The same of UTF-16LE; length in bytes. */
void
sek_inspect_add_utf16 (const SekInspectResult *result, const char *code, const guint8 *text, gsize length);

/* A file packed into a document: its name, and what it is by its first bytes. */
void sek_inspect_add_file (
    const SekInspectResult *result, const void *name, gsize name_length, const guint8 *bytes, gsize length);

/* The native data of an OLE package (\1Ole10Native, [MS-OLEDS] §2.3.6): name and content. */
void sek_inspect_package (const guint8 *bytes, gsize length, const SekInspectResult *result);

/* The records of a workbook stream ([MS-XLS] §2.1.4). */
void sek_inspect_biff (const guint8 *bytes, gsize length, const SekInspectResult *result);

/* Fields in the text of a Word document that start a program; a 0x13 begins each ([MS-DOC] §2.8.25). */
void sek_inspect_word_fields (const guint8 *bytes, gsize length, const SekInspectResult *result);

typedef enum
{
  SEK_VBA_NO_SOURCE,
  SEK_VBA_EMPTY, /* declarations and frames, as Office makes them for each sheet */
  SEK_VBA_CODE,
} SekVbaModule;

/* A module of a VBA project ([MS-OVBA] §2.3.4.3), its stream as it lies. */
SekVbaModule sek_inspect_vba_module (const SekInspectInput *module, const SekInspectResult *result);

/* The template of a Word document, in its table stream. */
void sek_inspect_word_table (const guint8 *bytes, gsize length, const SekInspectResult *result);

/* A locked text, of 32 bytes at least, and its table, whose bytes are NULL when it is not there or of a lock
 * that nobody here reads. */
void sek_inspect_locked_word (const SekInspectInput *text,
                              const SekInspectInput *table,
                              const SekInspectResult *result);

/* How a locked document is to be taken. */
typedef enum
{
  SEK_UNLOCK_NONE,      /* no password at hand opens it; trait and problem are set */
  SEK_UNLOCK_SELF,      /* Office opens it without asking, nobody else can: the problem is set */
  SEK_UNLOCK_SUCCEEDED, /* key opens it; the trait is set when a password had to be given */
} SekUnlock;

/* Looks for the password of a lock; lock is NULL when nobody could read it. */
SekUnlock sek_inspect_unlock (const SekOfficeLock *lock, const SekInspectResult *result, SekOfficeKey *key);

/* Names of procedures that run by themselves, in VBA source. */
void sek_inspect_vba_source (const char *source, gsize length, const SekInspectResult *result);

/* TRUE for text that an interpreter of Windows understands, by its words. Pages that hold scripts count. */
gboolean sek_inspect_is_script (const guint8 *bytes, gsize length);

/* TRUE when a field code (ASCII, any case) starts a program. */
gboolean sek_inspect_is_dde (const char *code);

/* TRUE for addresses on another machine: http, https, ftp, \\server, file://server, mhtml:. */
gboolean sek_inspect_is_remote (const char *target);

/* Little-endian numbers; the caller has checked the bounds. */
guint16 sek_inspect_u16 (const guint8 *at);
guint32 sek_inspect_u32 (const guint8 *at);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words for what a file's content holds (SekTrait): found by the scanner, weighed by the engine. */
#pragma once

/* Documents. */
#define SEK_TRAIT_MACROS "macros"               /* VBA code; detail: the names of its modules */
#define SEK_TRAIT_AUTO_MACROS "auto-macros"     /* it runs by itself; detail: AutoOpen … */
#define SEK_TRAIT_EXCEL4_MACROS "excel4-macros" /* an Excel 4 macro sheet */
#define SEK_TRAIT_DDE "dde"                     /* a field that starts a program; detail: the command */
#define SEK_TRAIT_EXTERNAL_TEMPLATE "external-template" /* loaded from elsewhere; detail: the address */
#define SEK_TRAIT_EXTERNAL_OBJECT "external-object" /* an OLE object from elsewhere; detail: the address */
#define SEK_TRAIT_OLE_OBJECT "ole-object"           /* an embedded object; detail: its class */
#define SEK_TRAIT_ACTIVEX "activex"                 /* a control that runs code */
#define SEK_TRAIT_EMBEDDED_FILE "embedded-file"     /* a file packed into a document; detail: its name */
#define SEK_TRAIT_JAVASCRIPT "javascript"           /* code in a PDF that runs by itself */
#define SEK_TRAIT_LAUNCH "launch"                   /* a PDF that starts a program; detail: which */
#define SEK_TRAIT_LOCKED_DOCUMENT "locked-document" /* hides its content behind a password */

/* Files that do something when they are opened. detail: the kind, as in magic.c. */
#define SEK_TRAIT_PROGRAM "program"       /* machine code, installers */
#define SEK_TRAIT_SCRIPT "script"         /* text that an interpreter runs when it is opened */
#define SEK_TRAIT_SHORTCUT "shortcut"     /* starts something else; detail: what, where readable */
#define SEK_TRAIT_DISK_IMAGE "disk-image" /* is mounted when it is opened */
#define SEK_TRAIT_SMUGGLING "smuggling"   /* HTML or SVG that puts a file together */
#define SEK_TRAIT_HTML_FORM "html-form"   /* an HTML file that asks for input; detail: where it is sent */
#define SEK_TRAIT_REDIRECT "redirect"     /* a page that does nothing but lead on; detail: where to */

/* Disguise. */
#define SEK_TRAIT_PADDED "padded" /* blown up with nothing; detail: bytes of it */
#define SEK_TRAIT_WRONG_TYPE                                                                                 \
  "wrong-type" /* the content is something else than the name says; detail: what                             \
                */

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of the password grammar (password.h), after NFKC and in lower case. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether letters may stand right beside a word. */
typedef enum
{
  SEK_WORD_ANYWHERE, /* "zippassword1" holds it */
  SEK_WORD_WHOLE,    /* "pass" is not in "compass", nor "パス" in "パスポート" */
} SekWordEdge;

typedef struct
{
  const char *word; /* NULL ends a table */
  SekWordEdge edge;
} SekWord;

/* What a password is called. */
extern const SekWord sek_password_words[];
/* What stands between "abc123" in front and such a word behind: "abc123 がパスワードです". */
extern const SekWord sek_password_links_before[];
/* What says by itself that the token in front of it is typed in: "abc123 で解凍". */
extern const SekWord sek_password_uses[];
/* "パスワードは abc123", "the password is abc123". */
extern const SekWord sek_password_copulas[];
/* Between two passwords: "abc123 または def456". */
extern const SekWord sek_password_joints[];
/* The password comes another way or later. */
extern const SekWord sek_password_separately[];
/* What is counted rather than typed: "8 characters", "24時間". */
extern const SekWord sek_password_counters[];
/* Words that stand where a password could. */
extern const char *const sek_password_fillers[];

/* Passwords that are described instead of written. */
typedef enum
{
  SEK_DESCRIBED_DATE,   /* today's, in the usual ways to write it in digits */
  SEK_DESCRIBED_YEAR,   /* this one */
  SEK_DESCRIBED_PHONE,  /* a telephone number that stands in the mail */
  SEK_DESCRIBED_POSTAL, /* a postal code that does */
  SEK_DESCRIBED_NAME,   /* what a file of the mail is called */
  SEK_N_DESCRIBED,
} SekDescribed;

extern const SekWord *const sek_password_descriptions[SEK_N_DESCRIBED];

G_END_DECLS

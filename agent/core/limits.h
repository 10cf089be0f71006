/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every bound on hostile data, in one place. A loop over such data names one of these beside it. */
#pragma once

/* Scanner process: the time and memory one mail may take before it "could not be inspected". */
#define SEK_SCAN_MILLISECONDS 3000
#define SEK_SCAN_MEMORY_BYTES (512u * 1024 * 1024)
/* The largest mail handed to the scanner at all; above it the head is scanned and the rest is named. */
#define SEK_MAIL_BYTES_MAX (160u * 1024 * 1024)

/* Facts in GVariant form: what the agent accepts from a scanner that may have been taken over. */
#define SEK_FACTS_BYTES_MAX (1024u * 1024)

#define SEK_SCANS_AT_ONCE 4                   /* children of one scanner; more mails wait their turn */
#define SEK_HEAD_BYTES (16u * 1024 * 1024)    /* what is scanned of a mail above SEK_MAIL_BYTES_MAX */
#define SEK_HEADER_BYTES_MAX (256u * 1024)    /* one header field read */
#define SEK_HTML_BYTES_MAX (2u * 1024 * 1024) /* HTML given to the parser, for each body */
#define SEK_PAGE_BYTES_MAX                                                                                   \
  (4u * 1024 * 1024)            /* of an attached page given to the parser, long data left out */
#define SEK_HTML_DEPTH_MAX 1000 /* elements inside each other */
#define SEK_UNPACKED_BYTES_MAX                                                                               \
  (64u * 1024 * 1024) /* a compressed tar is unpacked so far to see its directory */

#define SEK_MIME_DEPTH_MAX 32   /* nesting of multiparts and attached mails */
#define SEK_MIME_PARTS_MAX 2000 /* parts looked at in one mail */
#define SEK_MAILBOXES_MAX 500   /* mailboxes kept of each header field */
#define SEK_REFERENCES_MAX 500  /* message-ids kept of each header field */
#define SEK_LINKS_MAX 500
#define SEK_ATTACHMENTS_MAX 200
#define SEK_ARCHIVE_ENTRIES_MAX 500 /* entries named in the facts; more are only counted */
#define SEK_ARCHIVE_WALK_MAX 200000 /* directory entries walked at all */
#define SEK_TRAITS_MAX 20           /* remarkable things named of one file */
#define SEK_ARCHIVE_DEPTH_MAX 4     /* archives inside each other that are opened */
#define SEK_INSIDE_BYTES_MAX                                                                                 \
  (128u * 1024 * 1024) /* unpacked from all archives of a mail together, to look inside */
#define SEK_ENTRY_BYTES_MAX (32u * 1024 * 1024) /* unpacked of one file inside an archive */
#define SEK_ENTRY_PEEK_BYTES                                                                                 \
  (4u * 1024 * 1024) /* unpacked of one whose format nobody knows or that shows what it is at its head */
#define SEK_SKIPPED_BYTES_MAX                                                                                \
  (256u * 1024 * 1024) /* unpacked only to come to the file behind, where formats pack files together */
#define SEK_INSIDE_MILLISECONDS 1000 /* for all archives of a mail together; the person waits */
#define SEK_DOCUMENT_DEPTH_MAX 4     /* compound files inside each other, however they are packed */
#define SEK_DOCUMENT_BYTES_MAX                                                                               \
  (64u * 1024 *                                                                                              \
   1024) /* read of all streams of a document and those in it: hostile ones share their sectors */
#define SEK_VBA_BYTES_MAX (128u * 1024) /* read of one module's compressed source */
#define SEK_LOCK_BYTES_MAX (64u * 1024) /* read of what describes a document's lock */
#define SEK_LOCK_SPINS_MAX 200000 /* rounds for each password that a lock may ask for; Office: 100,000 */
#define SEK_PADDING_BYTES_MIN                                                                                \
  (8u * 1024 * 1024) /* one byte repeated so often at the end is no content any more */
#define SEK_AUTH_RESULTS_MAX 20
#define SEK_TRACE_FIELDS_MAX 200  /* Received, Authentication-Results and X- fields kept, from the top */
#define SEK_TRACE_CHARS_MAX 500   /* of each */
#define SEK_HEADER_FIELDS_MAX 120 /* header fields kept as they are, to be shown */
#define SEK_HEADER_FIELD_CHARS_MAX 1000 /* of each, in bytes */
#define SEK_DETAIL_HOPS_MAX 50          /* technical details of a verdict: rows of each kind */
#define SEK_DETAIL_RESULTS_MAX 40
#define SEK_DETAIL_CHARS_MAX 1000
#define SEK_DOMAIN_BYTES_MAX 253 /* a domain name (RFC 1035 §2.3.4, without the length octets) */
#define SEK_PROBLEMS_MAX 50

#define SEK_NAME_CHARS_MAX 1000 /* a display name, file name, message-id, link: UTF-8 characters kept */
#define SEK_SUBJECT_CHARS_MAX 2000
#define SEK_TEXT_BYTES_MAX (192u * 1024) /* body text kept, for plain text and for HTML each */

#define SEK_ATTRIBUTIONS_MAX 20        /* "On … NAME wrote:" read in one text */
#define SEK_ATTRIBUTION_LINES_MAX 5000 /* lines of a text looked at for them */
#define SEK_ATTRIBUTION_BYTES_MAX 1000 /* a longer line is no attribution */

#define SEK_FINDINGS_MAX 100
#define SEK_EVIDENCE_MAX 20        /* pairs in one finding */
#define SEK_EVIDENCE_CHARS_MAX 200 /* a value in evidence, cut with an ellipsis */
#define SEK_TELEPHONE_CHARS_MAX 40 /* in the policy; a longer one is a fault there */

#define SEK_PASSWORDS_MAX 32       /* password candidates taken from one text, or tried on one mail */
#define SEK_PASSWORD_BYTES_MAX 160 /* one candidate, in UTF-8 */

/* The history: what one message may teach, and what one question may answer. */
#define SEK_HISTORY_LINKS_MAX 40          /* message-ids of References that join a message to a thread */
#define SEK_HISTORY_NAMES_MAX 20          /* name forms kept of a correspondent */
#define SEK_HISTORY_ADDRESSES_MAX 20      /* addresses of a name in an answer */
#define SEK_HISTORY_PEOPLE_MAX 2000       /* people of a domain in an answer */
#define SEK_HISTORY_PARTICIPANTS_MAX 2000 /* people of a thread in an answer */
#define SEK_HISTORY_DOMAINS_MAX 1000      /* correspondents' domains in an answer */
#define SEK_HISTORY_LABELS_MAX 10         /* domains above a domain that are counted with it */
#define SEK_HISTORY_JOINS_MAX 64          /* threads that became part of each other, followed one by one */
#define SEK_HISTORY_FOLDERS_MAX 20000     /* folders of mail clients whose progress is told */
#define SEK_HISTORY_DATE_MIN                                                                                 \
  G_GINT64_CONSTANT (631152000)           /* 1990: an earlier Date comes from a clock not set */
#define SEK_LOCKED_SECONDS (24 * 60 * 60) /* how long a locked attachment waits for its password */
#define SEK_REMEMBERED_PASSWORDS_MAX 2000 /* passwords remembered, the oldest go first */
#define SEK_LOCKED_MAX 1000               /* locked attachments remembered, the oldest go first */

/* Senders whom the person trusts. */
#define SEK_TRUSTED_MAX 1000

/* Mails kept for the advisories to come. */
#define SEK_SEEN_SECONDS (90 * 24 * 60 * 60)
#define SEK_SEEN_MAX 100000
#define SEK_MOVES_MAX 1000 /* mails that a client is asked to move at once */

/* A policy file, as it is read, published and fetched, and its signature, which is four short lines. */
#define SEK_POLICY_BYTES_MAX (8u * 1024 * 1024)
#define SEK_SIGNATURE_BYTES_MAX 16384

/* A report's id is half of the mail's SHA-256, in hex: the first, for feedback the second. */
#define SEK_REPORT_ID_DIGITS 32
/* What a report takes of a mail that is too large to travel. */
#define SEK_REPORT_HEAD_BYTES_MAX (64 * 1024)
/* Of a server's answer to a report. */
#define SEK_REPORT_ANSWER_BYTES_MAX (256 * 1024)
/* Seconds that a server may ask to be left alone. */
#define SEK_REPORT_ASKED_WAIT_MAX (24 * 60 * 60)
/* For which a report can be taken back after the click. */
#define SEK_UNDO_SECONDS_MAX 30
/* Reports that are listed for the person; older ones are in the outbox all the same. */
#define SEK_OUTBOX_LISTED_MAX 1000
/* Seconds by which clocks may differ. What is further in the future was written before the clock was set
 * back. */
#define SEK_CLOCK_SLACK 60
/* Mails with a warning that the agent tells of at once, and the verdicts that it reads for that. */
#define SEK_WARNED_LISTED_MAX 250
#define SEK_WARNED_READ_MAX 2000
/* The settings of a mail client that the list of plugins is part of. */
#define SEK_SETUP_FILE_BYTES_MAX (4 * 1024 * 1024)
#define SEK_ROWS_SHOWN_MAX 200 /* of one list in the window */

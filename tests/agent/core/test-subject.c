/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/subject.h"

typedef struct
{
  const char *text;
  SekSubjectKind kind;
  const char *prefix, *bare;
} Case;

static const Case cases[] = {
  { NULL, SEK_SUBJECT_NEW, NULL, "" },
  { "", SEK_SUBJECT_NEW, NULL, "" },
  { "見積書の件", SEK_SUBJECT_NEW, NULL, "見積書の件" },
  { "Re: 見積書の件", SEK_SUBJECT_REPLY, "Re:", "見積書の件" },
  { "RE:見積", SEK_SUBJECT_REPLY, "RE:", "見積" },
  { "Ｒｅ：見積", SEK_SUBJECT_REPLY, "Ｒｅ：", "見積" },
  { "Re[2]: a", SEK_SUBJECT_REPLY, "Re[2]:", "a" },
  { "Re^3: a", SEK_SUBJECT_REPLY, "Re^3:", "a" },
  { "Re (4) : a", SEK_SUBJECT_REPLY, "Re (4) :", "a" },
  { "Re: Re: Fwd: a", SEK_SUBJECT_REPLY, "Re:", "a" },
  { "Fwd: Re: a", SEK_SUBJECT_FORWARD, "Fwd:", "a" },
  { "FW: a", SEK_SUBJECT_FORWARD, "FW:", "a" },
  { "[list 12] Re: a", SEK_SUBJECT_REPLY, "Re:", "a" },
  { "Re: [list 12] a", SEK_SUBJECT_REPLY, "Re:", "a" },
  { "[SPAM] RE: a", SEK_SUBJECT_REPLY, "RE:", "a" },
  { "(ml 00012) Re: a", SEK_SUBJECT_REPLY, "Re:", "a" },
  { "(optional) lunch", SEK_SUBJECT_NEW, NULL, "(optional) lunch" },
  { "【重要】お知らせ", SEK_SUBJECT_NEW, NULL, "お知らせ" },
  { "【重要】", SEK_SUBJECT_NEW, NULL, "【重要】" },
  { "返信: 件", SEK_SUBJECT_REPLY, "返信:", "件" },
  { "転送：件", SEK_SUBJECT_FORWARD, "転送：", "件" },
  { "AW: a", SEK_SUBJECT_REPLY, "AW:", "a" },
  { "WG: a", SEK_SUBJECT_FORWARD, "WG:", "a" },
  { "Antw: a", SEK_SUBJECT_REPLY, "Antw:", "a" },
  { "SV: a", SEK_SUBJECT_REPLY, "SV:", "a" },
  { "Odp: a", SEK_SUBJECT_REPLY, "Odp:", "a" },
  { "RES: a", SEK_SUBJECT_REPLY, "RES:", "a" },
  { "RIF: a", SEK_SUBJECT_REPLY, "RIF:", "a" },
  { "RÉF : a", SEK_SUBJECT_REPLY, "RÉF :", "a" },
  { "TR : a", SEK_SUBJECT_FORWARD, "TR :", "a" },
  { "RV: a", SEK_SUBJECT_FORWARD, "RV:", "a" },
  { "回复: a", SEK_SUBJECT_REPLY, "回复:", "a" },
  { "回覆：a", SEK_SUBJECT_REPLY, "回覆：", "a" },
  { "转发: a", SEK_SUBJECT_FORWARD, "转发:", "a" },
  { "답장: a", SEK_SUBJECT_REPLY, "답장:", "a" },
  { "Regarding: a", SEK_SUBJECT_NEW, NULL, "Regarding: a" },
  { "Report: a", SEK_SUBJECT_NEW, NULL, "Report: a" },
  { "Research: a", SEK_SUBJECT_NEW, NULL, "Research: a" },
  { "Re the meeting", SEK_SUBJECT_NEW, NULL, "Re the meeting" },
  { "Re:", SEK_SUBJECT_REPLY, "Re:", "" },
  { "RE：件", SEK_SUBJECT_REPLY, "RE：", "件" },
  { "【返信】件", SEK_SUBJECT_REPLY, "【返信】", "件" },
  { "【転送】件", SEK_SUBJECT_FORWARD, "【転送】", "件" },
  { "[Fwd] a", SEK_SUBJECT_FORWARD, "[Fwd]", "a" },
  { "[R] a", SEK_SUBJECT_NEW, NULL, "a" },
  { "AW: WG: a", SEK_SUBJECT_REPLY, "AW:", "a" },
  { "R: a", SEK_SUBJECT_REPLY, "R:", "a" },
  { "I: a", SEK_SUBJECT_FORWARD, "I:", "a" },
  { "VS: a", SEK_SUBJECT_REPLY, "VS:", "a" },
  { "VL: a", SEK_SUBJECT_FORWARD, "VL:", "a" },
  { "PD: a", SEK_SUBJECT_FORWARD, "PD:", "a" },
  { "ENC: a", SEK_SUBJECT_FORWARD, "ENC:", "a" },
  { "Doorst: a", SEK_SUBJECT_FORWARD, "Doorst:", "a" },
  { "YNT: a", SEK_SUBJECT_REPLY, "YNT:", "a" },
  { "İLT: a", SEK_SUBJECT_FORWARD, "İLT:", "a" },
  { "Отв: a", SEK_SUBJECT_REPLY, "Отв:", "a" },
  { "轉發: a", SEK_SUBJECT_FORWARD, "轉發:", "a" },
  { "회신: a", SEK_SUBJECT_REPLY, "회신:", "a" },
  { "Re-entry: plans", SEK_SUBJECT_NEW, NULL, "Re-entry: plans" },
  { "Re Hamlet: a play", SEK_SUBJECT_NEW, NULL, "Re Hamlet: a play" },
  { "Ref: order 12", SEK_SUBJECT_NEW, NULL, "Ref: order 12" },
  { "回復: ファイルサーバー", SEK_SUBJECT_NEW, NULL, "回復: ファイルサーバー" },
  { "10:30 meeting", SEK_SUBJECT_NEW, NULL, "10:30 meeting" },
};

static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SekSubject) subject = sek_subject_parse (cases[i].text);
      g_test_message ("%s", cases[i].text != NULL ? cases[i].text : "(none)");
      g_assert_cmpint (subject->kind, ==, cases[i].kind);
      g_assert_cmpstr (subject->prefix, ==, cases[i].prefix);
      g_assert_cmpstr (subject->bare, ==, cases[i].bare);
    }
}

static void
test_normal (void)
{
  g_autoptr (SekSubject) a = sek_subject_parse ("Re: [ml 3] ＡＢＣ　の件");
  g_autoptr (SekSubject) b = sek_subject_parse ("abc の件");
  g_assert_cmpstr (a->normal, ==, b->normal);
}

static void
test_hostile (void)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < 50000; i++)
    g_string_append (text, "Re: [x]");
  g_autofree char *hostile = g_string_free (text, FALSE);
  g_autoptr (SekSubject) subject = sek_subject_parse (hostile);
  g_assert_cmpint (subject->kind, ==, SEK_SUBJECT_REPLY);
  g_autoptr (SekSubject) broken = sek_subject_parse ("\xFF\xFE: Re: \x80");
  g_assert_true (g_utf8_validate (broken->bare, -1, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/subject/parse", test_parse);
  g_test_add_func ("/core/subject/normal", test_normal);
  g_test_add_func ("/core/subject/hostile", test_hostile);
  return g_test_run ();
}

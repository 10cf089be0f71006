/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/core/password.h"

#include "agent/core/limits.h"

static const struct
{
  const char *text, *found; /* found: the candidates joined by a space */
} cases[] = {
  { NULL, "" },
  { "パスワード: abc123", "abc123" },
  { "パスワード：ＡＢＣ１２３", "ABC123" },
  { "ﾊﾟｽﾜｰﾄﾞ：abc123", "abc123" },
  { "解凍パスワード＝x7Yk2", "x7Yk2" },
  { "添付ファイルのパスワードは「Kd82!x」です。", "Kd82!x" },
  { "パスワードは abc123 です。", "abc123" },
  { "パスワード【0323】", "0323" },
  { "パスワード\nabc123\n", "abc123" },
  { "パスワードは以下の通りです。\n\n  q9Zt77\n\n以上", "q9Zt77" },
  { "PW：0323", "0323" },
  { "P/W: 0323", "0323" },
  { "Password: hello", "hello" },
  { "The archive password is Xy12zz.", "Xy12zz" },
  { "Zip pass: 9911", "9911" },
  { "Password for the attached file: 8812", "8812" },
  { "Kennwort: geheim7", "geheim7" },
  { "Das Passwort lautet: geheim7", "geheim7" },
  { "Mot de passe : secret9", "secret9" },
  { "Contraseña: clave99", "clave99" },
  { "Senha: abc99", "abc99" },
  { "密码：abc99", "abc99" },
  { "비밀번호: abc99", "abc99" },
  /* honest mails */
  { "パスワードは別途お送りします。", "" },
  { "パスワードは後ほど別メールにてご連絡いたします。\n\nkaede2022\n", "" },
  { "The password will be sent separately.", "" },
  { "Password: will follow in a separate mail", "" },
  { "Your password is required.", "" },
  { "パスワードを変更するには https://kaede.example/pw をご覧ください。", "" },
  { "Password: https://kaede.example/reset", "" },
  { "If you forgot your password, write to help@kaede.example", "" },
  { "パスワードは8文字以上にしてください。", "" },
  { "海外へのパスポート: 必要です", "" },
  { "ご確認ください。", "" },
};

static void
test_candidates (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) found = sek_password_candidates (cases[i].text);
      g_autofree char *joined = g_strjoinv (" ", found);
      g_test_message ("%s", cases[i].text != NULL ? cases[i].text : "(none)");
      g_assert_cmpstr (joined, ==, cases[i].found);
    }
}

static void
test_bounded (void)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, "パスワード: abc%u\n", i);
  g_auto (GStrv) found = sek_password_candidates (text->str);
  g_assert_cmpuint (g_strv_length (found), ==, SEK_PASSWORDS_MAX);
  g_string_free (text, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/password/candidates", test_candidates);
  g_test_add_func ("/core/password/bounded", test_bounded);
  return g_test_run ();
}

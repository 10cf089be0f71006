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
  /* every kind of bracket and sign */
  { "パスワード【 33Kd9 】", "33Kd9" },
  { "解凍PW：4410", "4410" },
  { "PASS→ 7788", "7788" },
  { "pass ／ 7788", "7788" },
  { "ＰＷ－ 7788", "7788" },
  { "パスワード…7788", "7788" },
  { "パスワード｢Kd92｣", "Kd92" },
  { "パスワード『Kd92』", "Kd92" },
  { "パスワード＜Kd92＞", "Kd92" },
  { "パスワード《Kd92》", "Kd92" },
  { "パスワードは“Kd92”です", "Kd92" },
  { "Password: *Kd92*", "Kd92" },
  { "Password is 'Kd92'.", "Kd92" },
  { "パスワード(解凍用)：Kd92", "Kd92" },
  { "パスワード\t4410", "4410" },
  { "パスワード4410", "4410" },
  { "pa\u200bss\u00adword: Kd92", "Kd92" },
  /* lines */
  { "パスワード：\nkaede\n", "kaede" },
  { "パスワード\n\n\n【Kd92】\n", "Kd92" },
  { "> パスワード：\n>\n> Kd92\n", "Kd92" },
  { "パスワードは下記です。\n\n■ Kd92 です。\n", "Kd92" },
  { "ファイル名\nパスワード\n見積.zip\nKd92\n", "Kd92" },
  { "Passwords:\nreport.zip\nKd92\nplan.zip\nXx77\n", "Kd92 Xx77" },
  { "解凍パスワード\n請求書.zip : Kd92\n見積.zip : Xx77\n", "Kd92 Xx77" },
  /* several, spaced, in front */
  { "PW: abc123 または def456", "abc123 def456" },
  { "PW: abc123, def456", "abc123 def456" },
  { "PW: 12 34 56", "123456" },
  { "PW: K d 9 2", "Kd92" },
  { "PW: 1234-5678", "1234-5678 12345678" },
  { "Kd92x がパスワードです。", "Kd92x" },
  { "「Kd92x」をパスワードとしてお使いください。", "Kd92x" },
  { "Kd92x で解凍してください。", "Kd92x" },
  { "Use Kd92x as the password.", "Kd92x" },
  { "Kd92x is the password.", "Kd92x" },
  /* other languages */
  { "Das Passwort für die Datei ist Kd92x.", "Kd92x" },
  { "Passwort zum Öffnen: Frühling", "Frühling" },
  { "Le mot de passe est Kd92x", "Kd92x" },
  { "MDP = Kd92x", "Kd92x" },
  { "La password è Kd92x", "Kd92x" },
  { "Parola chiave: estate", "estate" },
  { "La contraseña es Kd92x", "Kd92x" },
  { "Clave del archivo: Kd92x", "Kd92x" },
  { "A senha é Kd92x", "Kd92x" },
  { "解压密码是Kd92x", "Kd92x" },
  { "解壓密碼：Kd92x", "Kd92x" },
  { "비밀번호는 Kd92x 입니다", "Kd92x" },
  { "압축 암호 : Kd92x", "Kd92x" },
  /* odd, yet brought */
  { "資料は別途お送りします。パスワード：Kd92x", "Kd92x" },
  { "Password: Kd92x (the invoice follows separately)", "Kd92x" },
  /* honest mails */
  { "パスワードは別便にて\nお送りいたします。\n2022年11月3日\n", "" },
  { "パスワードは追ってご連絡します。\n\n03-1234-5678\n", "" },
  { "解凍パスワードにつきましては、別途メールにてお送りいたします。", "" },
  { "Das Passwort sende ich Ihnen in einer separaten Mail.\n\nMfG\n", "" },
  { "Das Passwort folgt getrennt.", "" },
  { "Le mot de passe vous sera envoyé par courrier séparé.", "" },
  { "La contraseña se enviará por separado.", "" },
  { "A senha será enviada em separado.", "" },
  { "La password seguirà a parte.", "" },
  { "密码将另行发送。", "" },
  { "비밀번호는 별도로 보내드립니다.", "" },
  { "The password must have 12 characters and 2 digits.", "" },
  { "パスワードの有効期限は2022年11月3日です。", "" },
  { "パスワードは24時間有効です。", "" },
  { "パスポート: AB123456", "" },
  { "コンパス: AB123456", "" },
  { "compass: AB123456", "" },
  { "バイパス工事のお知らせ：2022", "" },
  { "pinpoint: 1234", "" },
  { "Password:\n\nBest regards\n", "" },
  { "Your password has been changed. Visit our shop.", "" },
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
      g_auto (GStrv) found = sek_password_candidates (cases[i].text, 0);
      g_autofree char *joined = g_strjoinv (" ", found);
      if (!g_str_equal (joined, cases[i].found))
        {
          g_test_message ("%s: found “%s”, not “%s”", cases[i].text, joined, cases[i].found);
          g_test_fail ();
        }
    }
}

static void
test_names (void)
{
  static const struct
  {
    const char *name, *found;
  } names[] = {
    { "file_pw1234.zip", "1234" },
    { "請求書(パスワード1103).zip", "1103" },
    { "資料_PASS-Kd92.zip", "Kd92" },
    { "見積【PW：4410】.zip", "4410" },
    { "invoice password 8812.7z", "8812" },
    { "compass2022.zip", "" },
    { "パスポート1234.pdf", "" },
    { "20221103.zip", "" },
    { "password.zip", "" },
    { NULL, "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_auto (GStrv) found = sek_password_candidates_in_name (names[i].name);
      g_autofree char *joined = g_strjoinv (" ", found);
      g_assert_cmpstr (joined, ==, names[i].found);
    }
}

#define EVENING_IN_TOKYO 1667482200 /* 2022-11-03T22:30+09:00 */
#define MORNING_IN_TOKYO 1667431800 /* 2022-11-03T08:30+09:00, still the 2nd in UTC */

static void
test_described (void)
{
  static const struct
  {
    const char *text;
    gint64 date;
    const char *found; /* one that must be there; NULL: none at all */
  } texts[] = {
    { "パスワードは本日の日付8桁です。", EVENING_IN_TOKYO, "20221103" },
    { "パスワードは本日の日付8桁です。", MORNING_IN_TOKYO, "20221103" },
    { "パスワード：今日の日付（４桁）", EVENING_IN_TOKYO, "1103" },
    { "The password is today's date.", EVENING_IN_TOKYO, "03112022" },
    { "Das Passwort ist das heutige Datum", EVENING_IN_TOKYO, "03.11.2022" },
    { "パスワードは西暦4桁です", EVENING_IN_TOKYO, "2022" },
    { "パスワードは弊社電話番号です。\n\nTEL 03-1234-5678", 0, "0312345678" },
    { "パスワードは電話番号の下4桁です。\n\nTEL 03-1234-5678", 0, "5678" },
    { "パスワードは郵便番号です。 〒100-0001", 0, "1000001" },
    { "パスワードは本日の日付8桁です。", 0, NULL },
    { "本日の日付をご記入ください。", EVENING_IN_TOKYO, NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto (GStrv) found = sek_password_candidates (texts[i].text, texts[i].date);
      g_test_message ("%s", texts[i].text);
      if (texts[i].found != NULL)
        g_assert_true (g_strv_contains ((const char *const *) found, texts[i].found));
      else
        g_assert_cmpuint (g_strv_length (found), ==, 0);
    }
}

static void
test_separately (void)
{
  static const char *const yes[] = {
    "パスワードは別途お送りします。",
    "パスワードは\n後ほどご連絡いたします。",
    "The password will be sent in a separate mail.",
    "We will send the password\nin another email.",
    "Das Passwort folgt in einer separaten Mail.",
    "Le mot de passe suivra par SMS.",
    "La contraseña por separado.",
    "La password le sarà inviata separatamente.",
    "A senha será enviada em separado.",
    "密码另行发送",
    "비밀번호는 별도로 보내드립니다.",
  };
  static const char *const no[] = {
    NULL,
    "",
    "資料は別途お送りします。パスワードは不要です。",
    "パスワード：abc123\n\n資料は別途お送りします。",
    "The invoice follows separately. Password: abc123",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (yes); i++)
    {
      g_test_message ("%s", yes[i]);
      g_assert_true (sek_password_comes_separately (yes[i]));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (no); i++)
    g_assert_false (sek_password_comes_separately (no[i]));
}

static void
test_mail (void)
{
  g_autoptr (SekFacts) facts = sek_facts_new ();
  facts->subject = g_strdup ("資料（PW: Kd92）");
  g_free (facts->text);
  facts->text = g_strdup ("パスワード: body1。パスワードはファイル名の数字です。");
  SekAttachment *attachment = sek_attachment_new ();
  attachment->name = g_strdup ("20221103_pw77xx.zip");
  g_ptr_array_add (facts->attachments, attachment);
  g_autoptr (GPtrArray) passwords = sek_passwords_in_mail (facts);
  static const struct
  {
    const char *password, *source;
  } expected[] = { { "body1", "body" },
                   { "Kd92", "subject" },
                   { "Kd92)", "subject" },
                   { "77xx", "file-name" },
                   { "20221103_pw77xx", "file-name" },
                   { "20221103", "file-name" } };
  g_assert_cmpuint (passwords->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < passwords->len; i++)
    {
      const SekPassword *password = passwords->pdata[i];
      g_assert_cmpstr (password->password, ==, expected[i].password);
      g_assert_cmpstr (password->source, ==, expected[i].source);
    }
}

/* Texts made to take long; the figure is printed, so that somebody who changes the grammar can see it. */
static void
test_hostile (void)
{
  static const char *const pieces[] = { "パスワード", "password:",      "password ",   "パスワードは\n",
                                        "p",          "(((((",          "パスワード:", "1 ",
                                        "ﷺ",          "パスワード別途", "a.b ",        "を入力" };
  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      while (text->len < SEK_TEXT_BYTES_MAX)
        g_string_append (text, pieces[i]);
      gint64 before = g_get_monotonic_time ();
      g_auto (GStrv) found = sek_password_candidates (text->str, EVENING_IN_TOKYO);
      sek_password_comes_separately (text->str);
      g_test_message ("%u KiB of “%s”: %" G_GINT64_FORMAT " µs", SEK_TEXT_BYTES_MAX / 1024, pieces[i],
                      g_get_monotonic_time () - before);
      g_assert_cmpuint (g_strv_length (found), <=, SEK_PASSWORDS_MAX);
    }
}

static void
test_bounded (void)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, "パスワード: abc%u\n", i);
  g_auto (GStrv) found = sek_password_candidates (text->str, 0);
  g_assert_cmpuint (g_strv_length (found), ==, SEK_PASSWORDS_MAX);
  g_string_free (text, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/password/candidates", test_candidates);
  g_test_add_func ("/core/password/names", test_names);
  g_test_add_func ("/core/password/described", test_described);
  g_test_add_func ("/core/password/separately", test_separately);
  g_test_add_func ("/core/password/mail", test_mail);
  g_test_add_func ("/core/password/hostile", test_hostile);
  g_test_add_func ("/core/password/bounded", test_bounded);
  return g_test_run ();
}

# SPDX-License-Identifier: GPL-3.0-or-later
"""Attacks in the shapes they have really come in, with harmless content. labels.tsv says what each is."""
import dummies
from honest import ZIP, answer
from mailbuild import build
from people import KIMURA, KOBAYASHI, MILLER, OTA, OUTLOOK, SUZUKI, WATANABE

XLSM = "application/vnd.ms-excel.sheet.macroEnabled.12"
OCTETS = "application/octet-stream"
STOLEN = "info@hacienda-rosa.example"  # an account somewhere in the world that the wave sends from
STOLEN_2 = "ventas@tallerluna.example"
STOLEN_3 = "reception@oldmill-inn.example"


def locked(name, inside, data, password):
    """The one attachment of a wave mail."""
    return [(name, ZIP, dummies.zip_of({inside: data}, password))]


MAILS = [
    # Waves, Japanese.
    ("wave-ja-known-name", f"青葉印刷 木村真一 <{STOLEN}>", "Re: カタログ印刷のお見積り",
     "お世話になっております。\n確認してください。\n\nパスワード: 7741\n\n木村真一\nshinichi.kimura@aoba-print.example",
     {"files": locked("20261116_0912.zip", "見積書.xlsm", dummies.ooxml("xlsm", True), "7741"), "ua": OUTLOOK}),
    ("wave-ja-colleague", f"太田 道子 <{STOLEN_2}>", "RE: 営業会議の資料", "佐藤様\n\n添付をご確認ください。\n解凍PW：4410\n\n太田 道子",
     {"files": locked("2026-11-16_1004.zip", "資料.xls", dummies.xls(True), "4410"), "charset": "ISO-2022-JP"}),
    ("wave-ja-stranger", f"経理部 <{STOLEN_3}>", "請求書送付のお願い", "いつもお世話になっております。\n請求書を送付いたします。\nパスワード【 33Kd9 】",
     {"files": locked("20261109.zip", "請求書.xlsm", dummies.ooxml("xlsm", True), "33Kd9")}),
    ("wave-ja-no-password", f"岡田 <{STOLEN}>", "Re: 先日の件", "先日の件です。添付をご覧ください。",
     {"files": locked("20261113_1530.zip", "報告.doc", dummies.xls(True), "zz81Pq"), "ua": OUTLOOK}),
    ("wave-ja-xls-open", f"小林 直樹 <{STOLEN_2}>", "RE: 11月の配送スケジュール", "確認してください。",
     {"files": [("配送.xls", "application/vnd.ms-excel", dummies.xls(True))]}),
    ("macro-stranger", f"営業 太一 <{STOLEN_3}>", "見積依頼", "見積をお願いします。",
     {"files": [("見積依頼.xlsm", XLSM, dummies.ooxml("xlsm", True))]}),
    ("partner-taken-over-macro", KOBAYASHI, "ご請求書", "佐藤様\n\n請求書をお送りします。\nパスワード：minato1116\n\n小林",
     {"files": locked("請求書.zip", "請求書.xlsm", dummies.ooxml("xlsm", True), "minato1116"), "charset": "ISO-2022-JP"}),
    ("partner-taken-over-script", KIMURA, "Re: カタログ印刷のお見積り", "佐藤様\n\n最終版です。解凍パスワード：aoba77\n\n木村",
     {**answer("quote"), "files": locked("最終版.zip", "最終版.pdf.js", dummies.JS, "aoba77")}),
    # Waves, English and others.
    ("wave-en-known-name", f"James Miller <{STOLEN}>", "RE: Contract renewal 2027",
     "Hello,\n\nplease see attached.\n\nArchive pass: 8822\n\nJames Miller",
     {"files": locked("Contract_11162026.zip", "Contract.xlsm", dummies.ooxml("xlsm", True), "8822"), "ua": OUTLOOK}),
    ("wave-en-colleague-latin", f"Michiko Ota <{STOLEN_3}>", "Re: report", "Please find the report.\nPassword: 1516",
     {"files": locked("report 1116.zip", "report.xlsm", dummies.ooxml("xlsm", True), "1516"), "ua": OUTLOOK}),
    ("wave-de-known-name", f"Anna Bauer <{STOLEN_2}>", "AW: Order 4711: delivery dates",
     "Guten Tag,\n\nanbei die Unterlagen.\nPasswort: 5561", {"files": locked("Unterlagen.zip", "Rechnung.xlsm",
     dummies.ooxml("xlsm", True), "5561"), "cte": "quoted-printable"}),
    ("wave-padded-document", f"小川 美紀 <{STOLEN}>", "Re: 秋号パンフレットの校正", "ご確認ください。",
     {"files": [("INV_1116.zip", ZIP, dummies.zip_of({"INV_1116.doc": dummies.doc_padded(120 * 1024 * 1024)}))]}),
    ("wave-onenote", f"James Miller <{STOLEN_2}>", "RE: Invoice 2026-088", "Please see the document.",
     {"files": [("Invoice.one", "application/onenote", dummies.one(dummies.VBS))]}),
    ("wave-lnk", f"木村真一 <{STOLEN_3}>", "Re: ご確認", "資料です。\nパスワード\n9182",
     {"files": locked("資料.zip", "資料.lnk", dummies.lnk(), "9182")}),
    # Names.
    ("name-kana", f"オオタ ミチコ <{STOLEN}>", "お願い", "今すぐ返信してください。", {}),
    ("name-swapped", f"道子 太田 <{STOLEN_2}>", "お願い", "今すぐ返信してください。", {}),
    ("name-latin-swapped", f"SUZUKI Ichiro <{STOLEN_3}>", "Quick question", "Are you available?", {}),
    ("name-with-title", f"かえで商事株式会社 営業部長 鈴木一郎様 <{STOLEN}>", "至急", "至急ご連絡ください。", {}),
    ("name-is-address", f'"michiko.ota@kaede.example" <{STOLEN_2}>', "会議について", "添付をご覧ください。", {}),
    ("name-fullwidth-at", f"木村真一 shinichi.kimura＠aoba-print.example <{STOLEN_3}>", "ご確認ください", "ご確認をお願いします。", {}),
    ("name-brackets", f'"太田 道子 <michiko.ota@kaede.example>" <{STOLEN}>', "ご確認ください", "ご確認をお願いします。", {}),
    ("name-zero-width", f"太田\u200b 道\u200b子 <{STOLEN_2}>", "ご確認ください", "ご確認をお願いします。", {}),
    ("name-bidi", f"Support \u202eelpmaxe.edeak <{STOLEN_3}>", "Your account", "Please check your account.", {}),
    ("name-known-webmail", "James Miller <james.miller.office@webmail.example>", "Invoice 2026-088: new bank account",
     "Hi Taro,\n\nour bank account has changed. Please hold the payment and answer here.\n\nJames", {"ua": OUTLOOK}),
    # Domains.
    ("domain-rn", "小林 直樹 <naoki.kobayashi@rninato-logi.example>", "振込先変更のお知らせ", "佐藤様\n\n振込先が変わりました。", {}),
    ("domain-hyphen", "小川 美紀 <miki.ogawa@aobaprint.example>", "請求先の変更", "佐藤様\n\n請求先が変わりました。", {}),
    ("domain-tld", "James Miller <james.miller@harbour-trading.test>", "New bank details",
     "Hi Taro,\n\nplease use the new account.", {}),
    ("domain-punycode", "総務部 <soumu@" + "xn--" + "kаede".encode("punycode").decode() + ".example>", "年末調整のお願い",
     "各位\n\n年末調整の書類をお出しください。", {}),
    ("domain-own-letter", "情報システム <it@kaeede.example>", "メールボックスの容量", "各位\n\n容量がいっぱいです。", {}),
    ("own-domain-forged", OTA, "至急: 振込のお願い", "佐藤さん\n\n今日中に振り込んでください。太田",
     {"auth": "mx.kaede.example; spf=fail smtp.mailfrom=bounce@hacienda-rosa.example; dkim=none; dmarc=fail "
     "header.from=kaede.example", "return_path": "bounce@hacienda-rosa.example"}),
    ("own-domain-forged-pass-below", WATANABE, "口座の変更", "佐藤さん\n\n口座を変えてください。渡辺",
     {"auth": "mx.kaede.example; spf=softfail smtp.mailfrom=x@tallerluna.example; dmarc=fail header.from=kaede.example",
     "return_path": "x@tallerluna.example", "extra":
     ["Authentication-Results: mx.kaede.example; spf=pass; dkim=pass; dmarc=pass header.from=kaede.example"]}),
    # Money and presence.
    ("bec-reply-to", SUZUKI, "今、席にいますか", "佐藤さん\n\n今、席にいますか。急ぎの振込があります。鈴木",
     {"reply_to": "鈴木 一郎 <ceo.desk.office@webmail.example>", "auth": "none"}),
    ("bec-reply-to-lookalike", MILLER, "Payment of invoice 2026-088",
     "Hi Taro,\n\nplease confirm the date of payment.\n\nJames",
     {"reply_to": "James Miller <james.miller@harbour-tradlng.example>", "auth": "none"}),
    ("bec-at-your-desk", "Ichiro Suzuki <office.exec.mail@webmail.example>", "Are you at your desk?",
     "Taro, are you at your desk? I need a favour, no calls please.\n\nSent from my iPhone", {"ua": "iPhone Mail (20G75)"}),
    # Threads.
    ("thread-outsider", f"Section Four <{STOLEN}>", "RE: Contract renewal 2027", "Hello Taro,\n\nplease see the new version: "
     "https://files.oldmill-inn.example/v3\n\nOn 28 Oct James Miller wrote:\n> will do, I send the new version next week.",
     answer("harbour")),
    ("thread-outsider-zip", f"小川 美紀 <{STOLEN_2}>", "Re: 秋号パンフレットの校正", "佐藤様\n\n最終稿です。パスワード：2210\n\n> 差し替えました。再校をご覧ください。",
     {**answer("proof"), "files": locked("最終稿.zip", "最終稿.xlsm", dummies.ooxml("xlsm", True), "2210")}),
    ("quote-not-mine", f"Delta Freight <{STOLEN_3}>", "Re: Payment approval", "Hello,\n\nwe proceed as you approved.\n\nOn "
     "Mon, 9 Nov 2026 at 10:12, 佐藤 太郎 <taro.sato@kaede.example> wrote:\n> I approve the payment of 48,000 EUR.\n> Taro Sato",
     {"ua": OUTLOOK}),
    ("unknown-thread", f"Delta Freight <{STOLEN}>", "Re: Shipping order", "Hello,\n\nas you asked.",
     {"irt": "never-sent-8821@kaede.example"}),
    ("fake-reply-outlook", f"Delta Freight <{STOLEN_2}>", "RE: Your order", "Please see the new terms.", {"ua": OUTLOOK}),
    ("fake-reply-ja", f"配送センター <{STOLEN_3}>", "Ｒｅ[3]：お荷物の件", "先日の件、ご返信をお待ちしています。", {"ua": OUTLOOK, "charset": "ISO-2022-JP"}),
    # Archives.
    ("password-split-by-tags", f"経理 <{STOLEN}>", "請求書", None,
     {"html": "<p>請求書をご確認ください。</p><p>パス<b>ワード</b>：<span>4</span><span>7</span><i>1</i><span>9</span></p>", "files":
     locked("請求書.zip", "請求書.exe", dummies.exe(), "4719")}),
    ("password-full-width", f"総務 <{STOLEN_2}>", "書類", "書類です。\nパスワードは「ｋｄ８８」です。",
     {"files": locked("書類.zip", "書類.iso", dummies.iso(), "kd88"), "charset": "ISO-2022-JP"}),
    ("password-next-line", f"Billing <{STOLEN_3}>", "Statement",
     "Your statement is attached.\n\nPassword:\n\n  Stmt-5512\n\nBilling team",
     {"files": locked("Statement.zip", "Statement.vbs", dummies.VBS, "Stmt-5512")}),
    ("password-in-subject", f"Billing <{STOLEN}>", "Invoice (password: inv7788)", "See attached.",
     {"files": locked("Invoice.zip", "Invoice.hta", dummies.HTA, "inv7788")}),
    ("password-in-file-name", f"Billing <{STOLEN_2}>", "Documents", "The password is in the file name.",
     {"files": locked("Documents_pass_7Hq2.zip", "Documents.js", dummies.JS, "7Hq2")}),
    ("zip-in-zip", f"経理 <{STOLEN_3}>", "明細書", "明細書です。パスワード：nest55",
     {"files": [("明細.zip", ZIP, dummies.zip_of({"明細書.zip": dummies.zip_of({"明細書.xlsm": dummies.ooxml("xlsm", True)},
     "nest55")}))]}),
    ("lnk-open-zip", f"配送センター <{STOLEN}>", "お荷物の控え", "控えをご確認ください。",
     {"files": [("控え.zip", ZIP, dummies.zip_of({"控え.pdf.lnk": dummies.lnk()}))]}),
    ("locked-program-by-name", f"Scan <{STOLEN_2}>", "Scan", "The password was sent to your phone.",
     {"files": locked("scan.zip", "scan_001.js", dummies.JS, "qq77zzXX")}),
    # Files.
    ("double-extension", f"Billing <{STOLEN_3}>", "Invoice", "See the invoice.",
     {"files": [("Invoice.pdf.exe", OCTETS, dummies.exe())]}),
    ("rtl-override", f"人事部 <{STOLEN}>", "履歴書", "履歴書です。", {"files": [("履歴書\u202excod.exe", OCTETS, dummies.exe())]}),
    ("html-smuggling", f"Secure Share <{STOLEN_2}>", "Secure document", "Open the attachment to get your document.",
     {"files": [("Invoice.html", "text/html", dummies.SMUGGLING)]}),
    ("svg-smuggling", f"Voicemail <{STOLEN_3}>", "New voice message", "You have a new voice message.",
     {"files": [("voice.svg", "image/svg+xml", dummies.SVG_SMUGGLING)]}),
    ("html-form", f"Mail Center <{STOLEN}>", "Mailbox full", "Open the attachment to keep your mails.",
     {"files": [("login.html", "text/html", dummies.LOGIN_FORM)]}),
    ("wrong-type", f"写真館 <{STOLEN_2}>", "写真", "写真です。", {"files": [("photo.jpg.scr", "image/jpeg", dummies.exe())]}),
    ("in-attached-mail", f"太田 道子 <{STOLEN_3}>", "Fwd: 請求書", "転送します。",
     {"files": [("mail.eml", "message/rfc822", build("attack/inner", f"経理 <{STOLEN}>", "請求書", "請求書です。パスワード：inner12",
     files=locked("請求書.zip", "請求書.js", dummies.JS, "inner12")))]}),
    # Links.
    ("link-text", f"みどり銀行 <{STOLEN}>", "お取引の確認", None, {"html": '<p>下記よりご確認ください。</p><a href="https://midori-bank.hacienda-ros'
     'a.example/login">https://www.midori-bank.example/login</a>'}),
    ("link-ip", f"Mail Center <{STOLEN_2}>", "Verify", None, {"html": '<p>Please verify.</p><a href="http://203.0.113.77/veri'
     'fy">https://www.kaede.example/verify</a>'}),
    ("link-userinfo", f"Mail Center <{STOLEN_3}>", "Verify", None,
     {"html": '<p>Please verify.</p><a href="https://www.kaede.example@login.tallerluna.example/">https://www.kaede.example/<'
     '/a>'}),
    ("link-data", f"Mail Center <{STOLEN}>", "Verify", None, {"html":
     '<p>Please verify.</p><a href="data:text/html;base64,PGgxPmR1bW15PC9oMT4=">Sign in</a>'}),
    ("link-to-program", f"Update Team <{STOLEN_2}>", "Security update",
     "Please install the update:\nhttps://cdn.oldmill-inn.example/update/setup.exe", {}),
    ("link-to-image", f"高橋 健 <{STOLEN_3}>", "新しいプリンタードライバー", None,
     {"html": '<p>各位 インストールしてください。</p><a href="https://files.tallerluna.example/driver.iso">ダウンロード</a>'}),
    ("link-to-archive", f"小林 直樹 <{STOLEN}>", "Re: 請求書",
     "下記よりダウンロードしてください。\nhttps://oldmill-inn.example/wp/seikyu.zip\nパスワード：U8812", {}),
    ("link-punycode", f"Mail Center <{STOLEN_3}>", "Verify", None,
     {"html": '<p>Please verify.</p><a href="https://www.xn--kede-53d.example/">https://www.kaede.example/</a>'}),
    ("link-javascript", f"Mail Center <{STOLEN}>", "Verify", None,
     {"html": '<p>Please verify.</p><a href="javascript:void(location=0)">https://www.kaede.example/</a>'}),
    ("form-in-mail", f"かえで商事 情報システム <{STOLEN_2}>", "パスワードの確認", None,
     {"html": '<p>パスワードを入力してください。</p>' '<form action="https://collect.tallerluna.example/p" method="post"><input '
     'name="u"><input type="password" name="p"><input type="submit"></form>'}),
    ("internet-shortcut", f"Scan <{STOLEN_3}>", "Scan", "See the scan.",
     {"files": [("scan.url", OCTETS, b"[InternetShortcut]\r\nURL=file://198.51.100.7/share/scan.js\r\n")]}),
    ("rdp-file", f"IT Support <{STOLEN}>", "Remote session", "Open the attached file.",
     {"files": [("session.rdp", OCTETS, b"full address:s:198.51.100.9\r\nredirectdrives:i:1\r\n")]}),
    ("disk-image", f"配送センター <{STOLEN_2}>", "控え", "控えです。", {"files": [("控え.iso", OCTETS, dummies.iso())]}),
    ("script-as-text", f"Billing <{STOLEN_3}>", "Statement", "See attached.",
     {"files": [("statement.js", "text/plain", dummies.JS)]}),
    ("external-template", f"営業 太一 <{STOLEN}>", "契約書", "契約書です。",
     {"files": [("契約書.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
     dummies.docx_template("https://files.tallerluna.example/t.dotm"))]}),
    ("pdf-launch", f"営業 太一 <{STOLEN_2}>", "請求書", "請求書です。", {"files": [("請求書.pdf", "application/pdf", dummies.pdf_launch())]}),
    ("reply-to-webmail", "Purchasing <purchasing@city-works.example>", "Request for quotation", "Dear sirs,\n\nplease quote.",
     {"reply_to": "purchasing.cityworks@webmail.example", "auth": "none"}),
    ("wave-spam-mark", f"山本 久美 <{STOLEN_3}>", "RE: [SPAM] 9月分の試算表について", "確認してください。\nPASS: 2255",
     {"ua": OUTLOOK, "files": locked("20261116.zip", "試算表.xlsm", dummies.ooxml("xlsm", True), "2255")}),
    ("unknown-thread-zip", f"Delta Freight <{STOLEN}>", "RE: Your booking", "As you asked. Password: DF2026",
     {"irt": "booking-551@kaede.example", "ua": OUTLOOK, "files": locked("booking.zip", "booking.xlsm", dummies.ooxml("xlsm",
     True), "DF2026")}),
    ("fake-quarantine", f"高橋 健 (情報システム) <{STOLEN_2}>", "隔離されたメールが5通あります", None,
     {"html": '<p>隔離されたメールがあります。</p><a href="https://oldmill-inn.example/q">https://mx.kaede.example/quarantine</a>'}),
    ("own-domain-wave", WATANABE, "給与改定のお知らせ", "各位\n\n添付をご確認ください。\nパスワード：kyuyo11",
     {"return_path": "x@oldmill-inn.example", "auth": "mx.kaede.example; spf=fail smtp.mailfrom=x@oldmill-inn.example; "
     "dkim=none; dmarc=fail header.from=kaede.example", "files": locked("給与改定.zip", "給与改定.xlsm", dummies.ooxml("xlsm", True),
     "kyuyo11")}),
    ("lookalike-in-thread", "James Miller <james.miller@harbour-tradlng.example>", "RE: Contract renewal 2027",
     "Hi Taro,\n\nplease send the deposit to the new account.\n\nJames", answer("harbour")),
]


# Mails that belong together, in the order they come in.
SERIES = {
    "ppap-macro": [
        (f"小林 直樹 <{STOLEN}>", "請求書の送付", "請求書をお送りします。パスワードは別途お送りします。",
         {"files": locked("請求書.zip", "請求書.xlsm", dummies.ooxml("xlsm", True), "mk5520")}),
        (f"小林 直樹 <{STOLEN}>", "パスワードのお知らせ", "先ほどのファイルのパスワードは mk5520 です。", {}),
    ],
}


def all_mails():
    """(path, bytes) of every attack."""
    for folder, mails in SERIES.items():
        for number, (sender, subject, text, more) in enumerate(mails, 1):
            path = f"attack/{folder}/{number}.eml"
            yield path, build(path, sender, subject, text, **more)
    for name, sender, subject, text, more in MAILS:
        yield f"attack/{name}.eml", build(f"attack/{name}", sender, subject, text, **more)

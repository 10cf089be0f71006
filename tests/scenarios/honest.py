# SPDX-License-Identifier: GPL-3.0-or-later
"""Honest mail of every kind that looks like an attack to a rule of thumb. labels.tsv says why each is here."""
import dummies
from history import ids
from mailbuild import ME, build
from people import (BAUER, BECKY, CLAWS, DUBOIS, GARCIA, GROUPWARE, ITO, KIM, KIMURA, KOBAYASHI, MILLER, OGAWA, OTA, OUTLOOK, SAKURA,
                    SUZUKI, TAKAHASHI, TANAKA, THUNDERBIRD, WANG, WATANABE, YAMAMOTO)

PDF = "application/pdf"
ZIP = "application/zip"
LIST = ["List-Id: <dev-talk.lists.kiban.example>", "List-Post: <mailto:dev-talk@lists.kiban.example>", "Precedence: list"]


def answer(thread, number=None):
    """in-reply-to and references of a mail that answers the thread's mail of this number, else its last one."""
    known = ids(thread)[:number]
    return {"irt": known[-1], "refs": " ".join(known)}


MAILS = [
    ("reply-proven", KOBAYASHI, "Re: 11月の配送スケジュール", "佐藤様\n\n19日は午後便に変更できますか。小林",
     {**answer("delivery"), "charset": "ISO-2022-JP"}),
    ("reply-no-headers-known", SAKURA, "RE: 棚卸しのお願い", "佐藤様\n\n次回は12月でお願いします。", {"ua": "Cybermail Groupware 7"}),
    ("reply-typed-by-hand", KIMURA, "Re: 年賀状の部数", "佐藤様\n\nお世話になっております。青葉印刷の木村です。\n年賀状の部数を教えてください。",
     {"ua": BECKY, "charset": "ISO-2022-JP"}),
    ("reply-in-reply-to-only", MILLER, "RE: Contract renewal 2027", "Hi Taro,\n\nhere is the new version as promised.\n\nJames",
     {"extra": [f"In-Reply-To: <{ids('harbour')[1]}>"], "files": [("Contract_renewal_2027_v2.pdf", PDF, dummies.pdf())]}),
    ("reply-references-only", BAUER, "AW: Order 4711: delivery dates",
     "Dear Mr Sato,\n\nthe goods have left our house today.\n\nAnna Bauer",
     {"refs": ids("nordwind")[2], "ua": THUNDERBIRD, "zone": "+0100"}),
    ("reply-groupware", OGAWA, "返信: 秋号パンフレットの校正", "佐藤様\n\n再校の締め切りを一日延ばしました。小川", {"ua": GROUPWARE, "charset": "Shift_JIS"}),
    ("reply-counted-prefix", KIMURA, "Re[2]：カタログ印刷のお見積り", "佐藤様\n\n納品は金曜日の予定です。", {**answer("quote"), "ua": BECKY}),
    ("ticket-answer", "青空サポート <support@aozora-desk.example>", "Re: [#20418] お問い合わせを受け付けました",
     "佐藤様\n\nお問い合わせの件、設定を変更しました。ご確認ください。\n\n青空サポート 松本", {"extra": ["X-Ticket: 20418"]}),
    ("ticket-in-a-persons-name", '"松本 彩 (青空サポート)" <ticket+20533@aozora-desk.example>', "Re: [#20533] ログインできない件",
     "佐藤様\n\nアカウントを確認しました。\n\n松本", {"reply_to": "ticket+20533@aozora-desk.example", "extra":
     ["Auto-Submitted: auto-generated"]}),
    ("list-joined-late", "Nils Berg <nils@bergwerk.example>", "[dev-talk 990] Re: Kernel update on build hosts",
     "I had the same problem, a reboot helped.\n\nNils", {"to": "dev-talk@lists.kiban.example", "irt": "zz17@elsewhere.example",
     "refs": "zz01@elsewhere.example zz17@elsewhere.example", "extra": LIST, "ua": THUNDERBIRD}),
    ("list-re-no-headers", "Tom Field <tom@fieldworks.example>", "Re: [dev-talk 815] 次回の集まり", "I will be there.\nTom",
     {"to": "dev-talk@lists.kiban.example", "extra": LIST}),
    ("list-via", '"Yuki Mori via dev-talk" <dev-talk@lists.kiban.example>', "[dev-talk 991] リリース 3.2", "3.2 を出しました。森",
     {"to": "dev-talk@lists.kiban.example", "extra": LIST, "reply_to": "Yuki Mori <yuki@mori-soft.example>"}),
    ("list-via-colleague", '"鈴木 一郎 via dev-talk" <dev-talk@lists.kiban.example>', "[dev-talk 992] 勉強会", "勉強会を開きます。鈴木",
     {"to": "dev-talk@lists.kiban.example", "extra": LIST, "reply_to": SUZUKI}),
    ("list-address-in-name", '"tom@fieldworks.example via dev-talk" <dev-talk@lists.kiban.example>', "[dev-talk 993] Patch",
     "See the patch.\nTom", {"to": "dev-talk@lists.kiban.example", "extra": LIST}),
    ("calendar-notification", "太田 道子 (カレンダー) <calendar-notification@calendar.example>", "招待: 営業会議 @ 2026年11月18日",
     "太田 道子さんがあなたを招待しました。", {"extra": ["Sender: calendar-notification@calendar.example", "Auto-Submitted: auto-generated"],
     "reply_to": OTA, "files": [("invite.ics", "text/calendar", dummies.ICS)]}),
    ("sharing-in-colleagues-name", "鈴木 一郎（共有サービス経由） <noreply@share-box.example>", "「新商品の写真」があなたと共有されました",
     "鈴木 一郎 さんがフォルダを共有しました。\nhttps://www.share-box.example/s/8fk2", {"reply_to": SUZUKI}),
    ("chat-notification", '"高橋 健 (TeamTalk)" <notification@teamtalk.example>', "高橋 健 さんからの新しいメッセージ", "高橋 健: サーバーの件、見ておきました。",
     {"extra": ["Auto-Submitted: auto-generated"]}),
    ("service-address-in-name", '"naoki.kobayashi@minato-logi.example (Calendar)" <calendar-notification@calendar.example>',
     "承諾: 打ち合わせ", "小林さんが承諾しました。", {"extra": ["Auto-Submitted: auto-replied"], "files": [("invite.ics", "text/calendar",
     dummies.ICS)]}),
    ("calendar-accepted", OTA, "承諾: 営業会議", "太田 道子 さんが承諾しました。",
     {"files": [("reply.ics", "text/calendar", dummies.ICS)], "ua": CLAWS}),
    ("bounce", "Mail Delivery System <MAILER-DAEMON@mx.kaede.example>", "Undelivered Mail Returned to Sender",
     "The mail system could not deliver your message to <old@minato-logi.example>.",
     {"return_path": "", "extra": ["Auto-Submitted: auto-replied"], "report": "delivery-status"}),
    ("absence", BAUER, "Automatische Antwort: Re: Order 4711: delivery dates",
     "Ich bin bis 20. November nicht im Büro.\n\nAnna Bauer",
     {**answer("nordwind"), "extra": ["Auto-Submitted: auto-replied"]}),
    ("forward-from-colleague", SUZUKI, "Fwd: 展示会のご案内", "佐藤さん\n\n参考までに転送します。鈴木\n\n-------- 転送メッセージ --------\n"
     "件名: 展示会のご案内\n差出人: 展示会事務局 <office@tenji.example>\n\n展示会を開きます。", {"ua": CLAWS}),
    ("forward-from-partner", MILLER, "FW: Port strike update",
     "Taro, fyi.\n\nJames\n\n-----Original Message-----\nFrom: Port News\nThe strike is over.",
     {"ua": OUTLOOK, "files": [("update.pdf", PDF, dummies.pdf())]}),
    ("newsletter-counter", "楽市ショップ <news@rakuichi.example>", "今週のお買い得", "今週のお買い得です。",
     {"html": '<html><body><p>今週のお買い得</p><a href="https://click.rakuichi.example/c/81?x=1">https://www.rakuichi.example/</a>'
     '<a href="https://click.rakuichi.example/u/9">配信停止</a></body></html>', "extra":
     ["List-Unsubscribe: <https://click.rakuichi.example/u/9>", "Precedence: bulk"]}),
    ("newsletter-mailing-service", "Harbour News <news@harbour-trading.example>", "November news", "Read it on our site.",
     {"html": '<html><body><a href="https://u77.ct.mailsendr.example/ls/click?upn=a1">Read more</a> '
     '<a href="https://u77.ct.mailsendr.example/ls/click?upn=b2">www.harbour-trading.example</a></body></html>', "return_path":
     "bounce-77@mailsendr.example", "extra": ["List-Unsubscribe: <https://u77.ct.mailsendr.example/u>"]}),
    ("re-as-a-word", "写真同好会 <info@photo-circle.example>", "Re:写 秋の展覧会のお知らせ", "写真展「Re:写」を開きます。",
     {"extra": ["List-Unsubscribe: <mailto:stop@photo-circle.example>"]}),
    ("re-abbreviation", KOBAYASHI, "RE工場の見学について", "佐藤様\n\n見学の日程です。小林", {"charset": "ISO-2022-JP"}),
    ("new-address-in-thread", "小林 直樹 <n.kobayashi@minato-logistics.example>", "Re: 11月の配送スケジュール",
     "佐藤様\n\n社名変更に伴い、メールアドレスが変わりました。今後はこちらにお願いします。\n19日の件は承知しました。小林\n\n> ありがとうございます。よろしくお願いします。",
     {**answer("delivery"), "cc": KOBAYASHI}),
    ("same-organisation-other-address", "木村真一 <kimura@osaka.aoba-print.example>", "大阪支店に異動しました", "佐藤様\n\n大阪支店に異動しました。木村",
     {"charset": "ISO-2022-JP"}),
    ("colleague-private-unknown", "高橋 健 <takahashi-ken-1980@webmail.example>", "今日は休みます", "佐藤さん\n\n熱が出たので今日は休みます。高橋", {}),
    ("colleague-private-known", "田中 花子 <hana-tanaka77@webmail.example>", "明日の件", "佐藤さん\n\n明日は10時に駅でお願いします。田中", {}),
    ("family-name-only", "鈴木 <suzuki@bunbogu.example>", "お見積りの件", "佐藤様\n\n文具店の鈴木です。お見積りをお送りします。", {}),
    ("ppap-same-mail-pdf", YAMAMOTO, "10月分の試算表", "佐藤様\n\n10月分の試算表をお送りします。\n解凍パスワード：shisan2026\n\n山本",
     {"files": [("試算表10月.zip", ZIP, dummies.zip_of({"試算表10月.pdf": dummies.pdf()}, "shisan2026"))], "charset": "ISO-2022-JP"}),
    ("ppap-separately", KOBAYASHI, "配送伝票の送付", "佐藤様\n\n配送伝票をお送りします。\nパスワードは別途お送りいたします。\n\n小林",
     {"files": [("denpyo.zip", ZIP, dummies.zip_of({"denpyo.pdf": dummies.pdf()}, "x8Kq2mzz"))], "charset": "ISO-2022-JP"}),
    ("ppap-in-thread", OGAWA, "Re: 秋号パンフレットの校正", "佐藤様\n\n三校をお送りします。PW: sanko-0916\n小川",
     {**answer("proof"), "files": [("三校.zip", ZIP, dummies.zip_of({"三校.pdf": dummies.pdf()}, "sanko-0916"))]}),
    ("ppap-gateway-dated", KIMURA, "請求書の送付", "佐藤様\n\n請求書をお送りします。\nこのメールの添付ファイルは自動的に暗号化されています。パスワードは別メールで届きます。",
     {"files": [("20261116101500.zip", ZIP, dummies.zip_of({"請求書.pdf": dummies.pdf()}, "auto9931"))], "charset": "ISO-2022-JP"}),
    ("macro-from-partner", KOBAYASHI, "Re: 11月の配送スケジュール", "佐藤様\n\n配車表です。マクロを有効にして使ってください。小林",
     {**answer("delivery"), "files": [("配車表.xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12", dummies.ooxml("xlsm",
     True))]}),
    ("office-without-macros", KIMURA, "Re: カタログ印刷のお見積り", "佐藤様\n\n部数表と仕様書です。",
     {**answer("quote"), "files": [("部数表.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
     dummies.ooxml("xlsx")), ("仕様書.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
     dummies.ooxml("docx"))]}),
    ("old-xls", WATANABE, "Re: 出張費の精算", "佐藤さん\n\n精算書です。渡辺", {**answer("expense"), "files": [("精算書.xls",
     "application/vnd.ms-excel", dummies.xls())]}),
    ("open-zip", SUZUKI, "Re: 新商品の写真", "佐藤さん\n\n残りの写真です。鈴木", {**answer("suzuki"), "files": [("写真.zip", ZIP,
     dummies.zip_of({"写真1.png": dummies.png(), "写真2.png": dummies.png()}))]}),
    ("sales-first-mail", "株式会社ひなた商会 中村 <nakamura@hinata-shokai.example>", "オフィス用品のご提案", "ご担当者様\n\n突然のご連絡失礼いたします。資料をお送りします。",
     {"files": [("ご案内.pdf", PDF, dummies.pdf())]}),
    ("company-at-name", "ひまわり工業＠岡田 <okada@himawari-kogyo.example>", "納期のご連絡", "佐藤様\n\n納期のご連絡です。岡田", {}),
    ("company-form-of-known", "木村真一＠青葉印刷 <shinichi.kimura@aoba-print.example>", "刷り上がりました", "佐藤様\n\n刷り上がりました。木村",
     {"charset": "Shift_JIS"}),
    ("own-address-as-name", '"naoki.kobayashi@minato-logi.example" <naoki.kobayashi@minato-logi.example>', "伝票番号",
     "佐藤様\n\n伝票番号は 8841 です。", {}),
    ("payroll-notice", "給与明細システム <noreply@payroll.kaede.example>", "11月分給与明細のお知らせ",
     "11月分の明細が公開されました。\nhttps://payroll.kaede.example/", {}),
    ("noreply-links", "Rakuichi <noreply@rakuichi.example>", "ご注文の確認", "ご注文ありがとうございます。",
     {"html": '<p>ご注文ありがとうございます。' '<a href="https://www.rakuichi.example/order/5512">注文の詳細</a> <a '
     'href="https://www.rakuichi.example/help">www.rakuichi.example/help</a></p>'}),
    ("carrier-dots", '岡田 <"okada..1978."@keitai-mail.example>', "Re: 待ち合わせ", "10分遅れます。岡田", {}),
    ("german", BAUER, "AW: Order 4711: delivery dates", "Sehr geehrter Herr Sato,\n\ndie Rechnung folgt per Post.\n\nMit "
     "freundlichen Grüßen\nAnna Bauer", {**answer("nordwind"), "cte": "quoted-printable", "ua": THUNDERBIRD}),
    ("french", DUBOIS, "RE : Échantillons de tissu", "Monsieur,\n\nles échantillons sont-ils arrivés ?\n\nClaire Dubois",
     {**answer("lumiere"), "charset": "iso-8859-1", "cte": "quoted-printable"}),
    ("spanish", GARCIA, "RV: Lista de precios", "Estimado Sr. Sato:\n\nlos precios valen también en 2027.\n\nMaría García",
     {**answer("solnuevo"), "cte": "quoted-printable"}),
    ("korean", KIM, "회신: 견적 요청", "사토 님\n\n납기는 2주입니다.\n\n김민수", {"charset": "euc-kr"}),
    ("chinese", WANG, "回复：样品寄送", "佐藤先生：\n\n样品收到了吗？\n\n王伟", {**answer("huaxin"), "charset": "gb18030"}),
    ("thread-colleague-joins", "Emma Clark <emma.clark@harbour-trading.example>", "RE: Contract renewal 2027",
     "Hi Taro,\n\nJames asked me to send you the dates.\n\nEmma", {**answer("harbour"), "cc": MILLER, "ua": OUTLOOK}),
    ("thread-own-colleague-joins", ITO, "Re: Contract renewal 2027", "Sato-san, I have seen section 4, it is fine. Ito",
     {**answer("harbour"), "ua": CLAWS}),
    ("own-domain-auth-none", OTA, "来週の予定", "佐藤さん\n\n来週の予定です。太田", {"auth": "none", "ua": CLAWS}),
    ("own-domain-no-auth", WATANABE, "振込日のお知らせ", "佐藤さん\n\n振込日は25日です。渡辺", {"auth": "", "ua": CLAWS}),
    ("reply-to-team", MILLER, "Customer survey", "Hi Taro,\n\nplease answer to our team.\n\nJames",
     {"reply_to": "survey@harbour-trading.example"}),
    ("not-addressed", KOBAYASHI, "年末年始の営業日", "お客様各位\n\n年末年始の営業日をお知らせします。みなと物流",
     {"to": "undisclosed-recipients:;", "charset": "ISO-2022-JP"}),
    ("to-oneself", ME, "Re: メモ", "牛乳を買う", {"ua": CLAWS, "auth": ""}),
    ("links-same-domain", KIMURA, "カタログのページ", "カタログのページです。", {"html": '<p>佐藤様</p><p><a href="https://www.aoba-print.example/c'
     'atalog">aoba-print.example/catalog</a> ' '<a href="https://www.aoba-print.example/contact">お問い合わせ</a></p>'}),
    ("password-policy", TAKAHASHI, "パスワード変更のお願い", "各位\n\nパスワードは12月までに変更してください。8文字以上でお願いします。情報システム 高橋", {"ua": CLAWS}),
    ("dated-open-archive", KOBAYASHI, "写真データ", "佐藤様\n\n積み荷の写真です。小林",
     {"files": [("20261112.zip", ZIP, dummies.zip_of({"tsumini.png": dummies.png()}))]}),
    ("web-form", "お問い合わせフォーム <www@kaede.example>", "お問い合わせ: 在庫について", "お名前: 中川 恵\nメール: megumi@nakagawa.example\n在庫はありますか。",
     {"reply_to": "中川 恵 <megumi@nakagawa.example>"}),
    ("office-scanner", "scanner <scanner@kaede.example>", "スキャンデータ 20261116", "添付のスキャンをご確認ください。",
     {"files": [("20261116_101233.pdf", PDF, dummies.pdf())], "auth": ""}),
    ("network-invitation", "James Miller <invitations-noreply@linknet.example>", "James Miller invites you to LinkNet",
     "James Miller would like to add you.", {"extra": ["List-Unsubscribe: <https://linknet.example/u/2>"]}),
    ("signing-service", '"James Miller via SignBox" <no-reply@signbox.example>', "Please sign: Contract renewal 2027",
     "James Miller sent you a document.\nhttps://app.signbox.example/d/77", {"reply_to": MILLER}),
    ("namesake", "鈴木 一郎 <i.suzuki@yamato-shinkin.example>", "融資のご案内", "佐藤様\n\n大和信金の鈴木です。", {}),
    ("own-post-through-list", SUZUKI, "[dev-talk 994] 質問", "質問です。鈴木\n\n-- \ndev-talk mailing list",
     {"to": "dev-talk@lists.kiban.example", "extra": LIST, "return_path": "dev-talk-bounces@lists.kiban.example", "auth":
     "mx.kaede.example; spf=pass smtp.mailfrom=dev-talk-bounces@lists.kiban.example; dkim=fail header.d=kaede.example; "
     "dmarc=fail header.from=kaede.example"}),
    ("own-domain-softfail", "安否確認 <anpi@kaede.example>", "安否確認訓練のお知らせ", "訓練を行います。",
     {"return_path": "bounce@anpi-service.example", "auth": "mx.kaede.example; spf=softfail smtp.mailfrom=bounce@anpi-service"
     ".example; dkim=none; dmarc=none header.from=kaede.example"}),
    ("foreign-gateway-fail", OTA, "資料の場所", "佐藤さん\n\n共有フォルダの営業です。太田",
     {"auth": "", "ua": CLAWS, "extra":
     ["Authentication-Results: mx.somewhere.example; spf=fail smtp.mailfrom=kaede.example; dmarc=fail"]}),
    ("forwarded-spf-fail", OTA, "会場の地図", "佐藤さん\n\n地図です。太田", {"auth": "mx.kaede.example; spf=fail "
     "smtp.mailfrom=kaede.example; dkim=pass header.d=kaede.example; dmarc=pass header.from=kaede.example"}),
    ("own-installer-link", TAKAHASHI, "新しいVPNクライアント", "各位\n\n下記より導入してください。\nhttps://it.kaede.example/vpn/setup.exe\n\n高橋",
     {"ua": CLAWS}),
    ("partner-download-link", KIMURA, "入稿データ", "佐藤様\n\n下記よりダウンロードしてください。\nhttps://dl.aoba-print.example/2026/nyukou.zip\n木村",
     {"charset": "ISO-2022-JP"}),
    ("transfer-service-link", DUBOIS, "Photos",
     "Monsieur,\n\nles photos : https://transfer.fileboat.example/d/81ab\n\nClaire Dubois", {}),
    ("signed", BAUER, "AW: Order 4711: delivery dates", "Sehr geehrter Herr Sato,\n\nalles ist unterwegs.\n\nAnna Bauer",
     {**answer("nordwind"), "ua": THUNDERBIRD, "files": [("smime.p7s", "application/pkcs7-signature",
     b"0\x80\x06\x09*\x86H\x86\xf7\r\x01\x07\x02" + dummies.NOTHING)]}),
    ("vcard-and-logo", KOBAYASHI, "名刺データ", "佐藤様\n\n名刺データです。小林",
     {"files": [("kobayashi.vcf", "text/vcard", b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:N\r\nEND:VCARD\r\n"), ("logo.png",
     "image/png", dummies.png())]}),
    ("forward-as-attachment", TANAKA, "Fwd: 納期の件", "佐藤さん\n\n参考に。田中",
     {"ua": CLAWS, "files": [("納期の件.eml", "message/rfc822", build("honest/inner", KOBAYASHI, "納期の件", "納期は金曜です。小林",
     to=TANAKA))]}),
    ("macro-from-colleague", WATANABE, "Re: 出張費の精算", "佐藤さん\n\nこの精算書のマクロで計算してください。渡辺",
     {**answer("expense"), "ua": CLAWS, "files": [("精算書.xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12",
     dummies.ooxml("xlsm", True))]}),
    ("reply-behind-a-tag", KOBAYASHI, "[EXTERNAL] Re: 11月の配送スケジュール", "佐藤様\n\n了解しました。小林", {"irt": ids("delivery")[2]}),
    ("reply-subject-changed", KOBAYASHI, "12月の配送スケジュール (was: 11月の配送スケジュール)", "佐藤様\n\n12月分です。小林", answer("delivery")),
    ("reply-quotes-us", MILLER, "RE: Contract renewal 2027", "Hi Taro,\n\nagreed.\n\nJames\n\nOn Tue, 27 Oct 2026 at 10:30, "
     "佐藤 太郎 <taro.sato@kaede.example> wrote:\n" "> Hi James,\n> thanks. Section 4 needs the new delivery terms, the rest "
     "looks good.\n> Taro", {**answer("harbour"), "ua": OUTLOOK}),
    ("reply-to-mail-from-phone", MILLER, "RE: Lunch on Friday", "Hi Taro,\n\nnoon is fine.\n\nJames\n\nOn Mon, 16 Nov 2026, "
     "佐藤 太郎 <taro.sato@kaede.example> wrote:\n> Noon?", {"irt": "4B1C77E0-9D0A@kaede.example", "ua": OUTLOOK}),
    ("read-receipt", KIMURA, "開封済み: カタログ印刷のお見積り", "あなたのメールは開封されました。",
     {"irt": ids("quote")[1], "report": "disposition-notification"}),
    ("applicant", "石川 葵 <aoi.ishikawa@webmail.example>", "求人への応募", "採用ご担当者様\n\n履歴書をお送りします。石川",
     {"files": [("履歴書.pdf", PDF, dummies.pdf())]}),
    ("applicant-locked", "石川 葵 <aoi.ishikawa@webmail.example>", "履歴書の送付", "採用ご担当者様\n\n履歴書です。パスワードは ishikawa0401 です。石川",
     {"files": [("履歴書.zip", ZIP, dummies.zip_of({"履歴書.pdf": dummies.pdf()}, "ishikawa0401"))]}),
]


# Mails that belong together, in the order they come in.
SERIES = {
    "ppap-pair": [
        (KOBAYASHI, "配送伝票の送付", "佐藤様\n\n配送伝票をお送りします。\nパスワードは別途お送りいたします。\n\n小林",
         {"files": [("denpyo.zip", ZIP, dummies.zip_of({"denpyo.pdf": dummies.pdf()}, "x8Kq2mzz"))], "charset": "ISO-2022-JP"}),
        (KOBAYASHI, "配送伝票の送付（パスワード）", "佐藤様\n\n先ほどお送りしたファイルのパスワードは以下の通りです。\n\nx8Kq2mzz\n\n小林",
         {"charset": "ISO-2022-JP"}),
    ],
}


def all_mails():
    """(path, bytes) of every honest mail."""
    for folder, mails in SERIES.items():
        for number, (sender, subject, text, more) in enumerate(mails, 1):
            path = f"honest/{folder}/{number}.eml"
            yield path, build(path, sender, subject, text, **more)
    for name, sender, subject, text, more in MAILS:
        yield f"honest/{name}.eml", build(f"honest/{name}", sender, subject, text, **more)

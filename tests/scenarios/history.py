# SPDX-License-Identifier: GPL-3.0-or-later
"""What Taro Sato's desktop has seen before: short mails, received and sent, in threads whose ids fit."""
from mailbuild import ME, ME_ADDRESS, build
from people import (BAUER, BECKY, CLAWS, DUBOIS, GARCIA, ITO, KIM, KIMURA, KOBAYASHI, MILLER, OGAWA, OTA, OUTLOOK, SAKURA, SUZUKI,
                    TAKAHASHI, TANAKA, THUNDERBIRD, WANG, WATANABE, YAMAMOTO)

SENT = ME

# (thread, subject, [(writer or SENT, to, date, text)]): the first mail begins the thread, each other one answers the one before.
THREADS = [
    ("quote", "カタログ印刷のお見積り", [
        (KIMURA, ME, "2026-02-03 09:12", "佐藤様\n\nお世話になっております。青葉印刷の木村です。\nカタログ印刷のお見積りをお送りします。"),
        (SENT, KIMURA, "2026-02-03 14:40", "木村様\n\nお見積りありがとうございます。部数を2,000部に変えた場合もお願いします。"),
        (KIMURA, ME, "2026-02-04 10:05", "佐藤様\n\n2,000部のお見積りをお送りします。ご確認ください。"),
        (SENT, KIMURA, "2026-02-05 11:20", "木村様\n\nこの内容で進めてください。よろしくお願いします。")]),
    ("proof", "秋号パンフレットの校正", [
        (OGAWA, f"{ME}, {KIMURA}", "2026-09-14 16:02", "佐藤様\n\n秋号パンフレットの初校です。20日までにご返信ください。"),
        (SENT, f"{OGAWA}, {KIMURA}", "2026-09-15 09:30", "小川様\n\n3ページ目の写真を差し替えてください。ほかは問題ありません。"),
        (OGAWA, f"{ME}, {KIMURA}", "2026-09-16 13:11", "佐藤様\n\n差し替えました。再校をご覧ください。")]),
    ("delivery", "11月の配送スケジュール", [
        (SENT, KOBAYASHI, "2026-10-20 10:00", "小林様\n\n11月の配送日をご相談させてください。5日と19日を希望します。"),
        (KOBAYASHI, ME, "2026-10-20 15:45", "佐藤様\n\n承知しました。5日と19日の午前便で手配します。"),
        (SENT, KOBAYASHI, "2026-10-21 08:50", "小林様\n\nありがとうございます。よろしくお願いします。")]),
    ("tax", "9月分の試算表について", [
        (YAMAMOTO, ME, "2026-10-08 11:00", "佐藤様\n\n9月分の試算表をお送りします。パスワードはいつものものです。"),
        (SENT, YAMAMOTO, "2026-10-08 13:00", "山本様\n\n受け取りました。ありがとうございます。")]),
    ("tax8", "8月分の試算表について", [
        (YAMAMOTO, ME, "2026-09-08 11:00", "佐藤様\n\n8月分の試算表をお送りします。"),
        (SENT, YAMAMOTO, "2026-09-08 13:30", "山本様\n\n受け取りました。")]),
    ("nordwind", "Order 4711: delivery dates", [
        (SENT, BAUER, "2026-08-03 10:00", "Dear Ms Bauer,\n\nwhen can we expect order 4711?\n\nKind regards\nTaro Sato"),
        (BAUER, ME, "2026-08-03 17:20", "Dear Mr Sato,\n\nwe ship on 20 August.\n\nBest regards\nAnna Bauer"),
        (SENT, BAUER, "2026-08-04 09:10", "Dear Ms Bauer,\n\nthank you, that is fine.")]),
    ("harbour", "Contract renewal 2027", [
        (MILLER, ME, "2026-10-26 21:15", "Hi Taro,\n\nplease find our draft for the renewal. Comments by mid November?\n\nJames"),
        (SENT, MILLER, "2026-10-27 10:30", "Hi James,\n\nthanks. Section 4 needs the new delivery terms, the rest looks good.\n\nTaro"),
        (MILLER, ME, "2026-10-28 20:02", "Hi Taro,\n\nwill do, I send the new version next week.\n\nJames")]),
    ("invoice-harbour", "Invoice 2026-088", [
        (MILLER, ME, "2026-09-30 22:00", "Hi Taro,\n\ninvoice 2026-088 is attached.\n\nJames"),
        (SENT, MILLER, "2026-10-01 09:00", "Hi James,\n\nreceived, it goes out on the 15th.\n\nTaro")]),
    ("lumiere", "Échantillons de tissu", [
        (SENT, DUBOIS, "2026-07-06 10:00", "Madame Dubois,\n\nnous voudrions recevoir trois échantillons.\n\nTaro Sato"),
        (DUBOIS, ME, "2026-07-06 18:00", "Monsieur,\n\nils partent demain.\n\nClaire Dubois")]),
    ("hanbit", "견적 요청", [
        (SENT, KIM, "2026-06-08 10:00", "김민수 님\n\n견적을 부탁드립니다.\n\n사토 타로"),
        (KIM, ME, "2026-06-08 14:00", "사토 님\n\n견적서를 보내드립니다.\n\n김민수")]),
    ("huaxin", "样品寄送", [
        (SENT, WANG, "2026-05-11 10:00", "王先生：\n\n请寄两套样品。\n\n佐藤"),
        (WANG, ME, "2026-05-11 13:00", "佐藤先生：\n\n样品已寄出。\n\n王伟")]),
    ("solnuevo", "Lista de precios", [
        (SENT, GARCIA, "2026-04-13 10:00", "Estimada Sra. García:\n\n¿nos envía la lista de precios?\n\nTaro Sato"),
        (GARCIA, ME, "2026-04-13 19:00", "Estimado Sr. Sato:\n\nla envío adjunta.\n\nMaría García")]),
    ("shop", "棚卸しのお願い", [
        (SAKURA, ME, "2026-03-09 10:00", "佐藤様\n\n棚卸しの件、来週でお願いします。"),
        (SENT, SAKURA, "2026-03-09 11:00", "承知しました。来週水曜に伺います。")]),
    ("meeting", "営業会議の資料", [
        (OTA, f"{ME}, {SUZUKI}, {TANAKA}", "2026-10-12 09:00", "各位\n\n営業会議の資料を金曜までにお願いします。太田"),
        (SENT, OTA, "2026-10-13 17:00", "太田さん\n\n資料を共有フォルダに置きました。佐藤"),
        (OTA, ME, "2026-10-14 08:45", "佐藤さん\n\nありがとう。確認します。太田")]),
    ("expense", "出張費の精算", [
        (SENT, WATANABE, "2026-10-05 18:00", "渡辺さん\n\n大阪出張の精算をお願いします。佐藤"),
        (WATANABE, ME, "2026-10-06 09:10", "佐藤さん\n\n領収書がもう一枚必要です。渡辺")]),
    ("server", "サーバー停止のお知らせ", [
        (TAKAHASHI, ME, "2026-09-24 12:00", "各位\n\n土曜の夜にファイルサーバーを止めます。情報システム 高橋"),
        (SENT, TAKAHASHI, "2026-09-24 12:20", "高橋さん\n\n了解です。日曜の朝には使えますか。佐藤")]),
    ("suzuki", "新商品の写真", [
        (SUZUKI, ME, "2026-10-29 10:00", "佐藤さん\n\n新商品の写真ができました。鈴木"),
        (SENT, SUZUKI, "2026-10-29 10:30", "鈴木さん\n\n助かります。佐藤")]),
    ("ito", "Export papers", [
        (ITO, ME, "2026-10-15 10:00", "Sato-san, the export papers are ready. Ito"),
        (SENT, ITO, "2026-10-15 10:20", "Ito-san, thank you. Sato")]),
    ("tanaka-private", "忘年会の件", [
        ("田中 花子 <hana-tanaka77@webmail.example>", ME, "2025-12-02 21:00", "佐藤さん\n\n自宅からです。忘年会は12日で大丈夫ですか。田中"),
        (SENT, "田中 花子 <hana-tanaka77@webmail.example>", "2025-12-03 08:30", "田中さん\n\n大丈夫です。佐藤")]),
]

# Mails that nobody answered: (name, sender, date, subject, text, other arguments of build).
SINGLE = [
    ("list-1", "Yuki Mori <yuki@mori-soft.example>", "2026-09-01 09:00", "[dev-talk 812] リリース手順", "手順を書きました。森",
     {"to": "dev-talk@lists.kiban.example", "extra": ["List-Id: <dev-talk.lists.kiban.example>", "Precedence: list"]}),
    ("list-2", "Tom Field <tom@fieldworks.example>", "2026-09-02 19:00", "[dev-talk 813] Re: リリース手順", "Looks good to me.\nTom",
     {"to": "dev-talk@lists.kiban.example", "refs": "list-1@mori-soft.example", "irt": "list-1@mori-soft.example",
      "extra": ["List-Id: <dev-talk.lists.kiban.example>", "Precedence: list"]}),
    ("tanaka", "田中 花子 <hanako.tanaka@kaede.example>", "2026-10-22 15:00", "会議室の予約", "佐藤さん\n\n会議室Bを取りました。田中", {}),
    ("calendar", "太田 道子 <calendar-notification@calendar.example>", "2026-10-01 09:00", "招待: 営業会議", "招待されています。",
     {"extra": ["Sender: calendar-notification@calendar.example"]}),
    ("news", "楽市ショップ <news@rakuichi.example>", "2026-10-10 06:00", "今週のお買い得", "今週のお買い得情報です。",
     {"extra": ["List-Unsubscribe: <https://click.rakuichi.example/u/1>"]}),
    ("payroll", "給与明細システム <noreply@payroll.kaede.example>", "2026-10-25 07:00", "10月分給与明細のお知らせ", "明細が公開されました。", {}),
    ("desk", "青空サポート <support@aozora-desk.example>", "2026-09-09 10:00", "[#20418] お問い合わせを受け付けました", "受け付けました。", {}),
]

PROGRAMS = {"kaede.example": CLAWS, "aoba-print.example": BECKY, "harbour-trading.example": OUTLOOK, "nordwind.example": THUNDERBIRD}


def message_id(thread, number, writer):
    domain = (writer or ME).rpartition("@")[2].rstrip(">")
    return f"{thread}-{number}@{domain}"


def ids(thread):
    """The message-ids of a thread, in order."""
    for name, _, mails in THREADS:
        if name == thread:
            return [message_id(name, number, mail[0]) for number, mail in enumerate(mails, 1)]
    raise KeyError(thread)


def all_mails():
    """(path, bytes) of every mail of the history."""
    for name, subject, mails in THREADS:
        before = []
        for number, (writer, to, when, text) in enumerate(mails, 1):
            mid = message_id(name, number, writer)
            domain = mid.rpartition("@")[2]
            charset = "ISO-2022-JP" if domain in ("aoba-print.example", "minato-logi.example") else "UTF-8"
            sent = ME_ADDRESS in writer
            yield (f"history/{name}-{number}.eml",
                   build(f"history/{name}-{number}", writer, ("Re: " if before else "") + subject, text, to=to, when=when, mid=mid,
                         irt=before[-1] if before else "", refs=" ".join(before), charset=charset, ua=PROGRAMS.get(domain, ""),
                         auth="" if sent else "pass", return_path=ME_ADDRESS if sent else None))
            before.append(mid)
    for name, sender, when, subject, text, more in SINGLE:
        domain = sender.rpartition("@")[2].rstrip(">")
        yield f"history/{name}.eml", build(f"history/{name}", sender, subject, text, when=when, mid=f"{name}@{domain}", **more)

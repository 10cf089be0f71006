# SPDX-License-Identifier: GPL-3.0-or-later
"""A partner's everyday locked ZIP, and the same with something in it that runs: what is inside decides."""
import base64
import os
import sys

from cases_learn import known, mail
from scenario import case, covered, open_mail, policy, settle, shown, words
from world import HERE, World, wait

sys.path.insert(0, os.path.join(os.path.dirname(HERE), "scenarios"))
import dummies  # noqa: E402: the harmless files of the scenarios

PARTNER = "小林 直樹 <naoki.kobayashi@minato-logi.example>"


def locked(number, name, content):
    """The partner's usual mail: an estimate in a locked ZIP, with its password."""
    archive = base64.encodebytes(dummies.zip_of({name: content}, "minato1116")).decode()
    return f"""From: {PARTNER}
To: 佐藤 太郎 <taro.sato@kaede.example>
Subject: お見積書の送付 {number}
Date: Mon, 16 Nov 2026 10:0{number}:00 +0900
Message-ID: <estimate-{number}@minato-logi.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=sek

--sek
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

佐藤様

いつもお世話になっております。見積書をお送りします。SEKMARK{number}
パスワード: minato1116

--sek
Content-Type: application/zip
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename=mitsumori.zip

{archive}
--sek--
""".encode("utf-8")


def partner_world(run):
    """The partner is known: we have written to him, and it was learned."""
    world = World(run.screen, run.build, policy=policy())
    run.worlds.append(world)
    for number in range(1, 4):
        world.put(mail(number, "taro.sato@kaede.example", PARTNER, f"Estimate {number}"), "sent")
    world.put(locked(1, "見積書.pdf", dummies.pdf()))
    world.put(locked(2, "見積書.xlsm", dummies.ooxml("xlsx", macro=True)))
    world.start("sent")
    world.probe("watch", "SEKMARK2")
    wait("the partner to be known", lambda: "Mails to there: 3" in known(world, "naoki.kobayashi@minato-logi.example"), 40)
    world.open_folder("inbox")
    return world


@case
def pdf_in_a_locked_zip_is_one_quiet_line(run):
    """A partner's locked ZIP with a PDF inside: shown under one quiet line that says what was found inside."""
    world = partner_world(run)
    open_mail(world, 1)
    wait("the mail", lambda: shown(world))
    view = world.view()
    assert "SekBar" in view["sek"] and "見積書.pdf" in words(view), view["labels"]
    assert view["file"] and not world.dialogs(), "attachments open as ever"
    run.shot("pdf")


@case
def macros_in_a_locked_zip_are_found(run):
    """The same partner's ZIP with macros inside: covered, and the warning names the file inside."""
    world = partner_world(run)
    open_mail(world, 2)
    wait("the warning cover", lambda: covered(world))
    dialog = wait("the warning", world.dialogs)[0]
    settle(world)
    assert world.probe("draws") == 0, "the mail was drawn"
    assert "mitsumori.zip › 見積書.xlsm" in words(dialog), dialog["labels"]
    run.shot("macros")

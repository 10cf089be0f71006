# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports from Evolution: several at once, warned or not, over SMTP, where they fail; and what a partner's locked archive holds."""
import glob
import os

import mails
from cases_evolution import SUBJECTS, case, covered, has_button, open_danger, open_mail, shown, start, words
from cases_inside import PARTNER, locked
from cases_learn import known, mail
from cases_report import original_in
from evolution import EvolutionWorld
from scenario import policy, settle
from world import wait
import dummies  # cases_inside has put its folder on the path


def reports(world):
    """The bytes of the mails that were reported into the Maildir."""
    found = []
    for path in glob.glob(world.path(".local", "**", "new", "*"), recursive=True):
        if "sekisho" in path:
            with open(path, "rb") as report:
                found.append(original_in(report.read()))
    return found


@case
def several_are_reported_at_once(run):
    """Three selected mails, one of them covered, two without any warning: one click reports all, and all lie in Quarantine."""
    names = ("clear-en", "danger-ja", "clear-ja")
    world = start(run, *names, "notice", policy=policy(quarantine="yes"))
    open_danger(world)
    world.press("Close", "SekDialog")
    wait("the warning to go", lambda: not world.dialogs())
    world.select(*[SUBJECTS[name] for name in names])
    world.probe("action", "sekisho-report")
    wait("three mails in Quarantine", lambda: len(world.mails("Quarantine")) == 3)
    wait("three reports", lambda: len(reports(world)) == 3, 30)
    assert sorted(reports(world)) == sorted(mails.load(name) for name in names), "an attached mail differs"
    assert [m["subject"] for m in world.mails()] == [m["subject"] for m in world.mails() if "Drawings" in m["subject"]]
    wait("thanks", lambda: "Thank you" in words(world.view()))
    run.shot("reported")


@case
def report_from_the_bar(run):
    """The bar of a caution reports its mail, which then lies in Quarantine, and the next mail has no word of it in its bar."""
    world = start(run, "caution", "clear-en", policy=policy(quarantine="yes"))
    open_mail(world, "caution")
    wait("the bar", lambda: shown(world) and has_button(world.view(), "Report"))
    world.press("Report")
    wait("the mail in Quarantine", lambda: len(world.mails("Quarantine")) == 1)
    open_mail(world, "clear-en")
    wait("the clear mail alone", lambda: shown(world) and "Ota" not in world.view()["text"])
    text = words(world.view())
    assert "michiko.ota@kaede.example" not in text and "Thank you" in text, text


@case
def quarantined_mail_is_covered_there_too(run):
    """A reported mail opened in Quarantine is covered as it was, and can be shown anyway."""
    world = start(run, "danger-ja", policy=policy(quarantine="yes"))
    open_danger(world)
    world.press("Report", "SekDialog")
    wait("the mail in Quarantine", lambda: len(world.mails("Quarantine")) == 1)
    wait("thanks", lambda: world.dialogs() and not any("Report" in b["label"] for b in world.dialogs()[0]["buttons"]))
    world.press("Close", "SekDialog")
    world.probe("folder", "Quarantine")
    open_mail(world, "danger-ja", "Quarantine")
    wait("the cover", lambda: covered(world))
    settle(world)
    assert world.probe("draws") == 0
    world.press("Show warning")
    wait("the warning", world.dialogs)
    run.shot("there")


@case
def report_reaches_the_smtp_server(run):
    """A report over SMTP carries the mail byte for byte."""
    port, folder = run.smtp()
    world = start(run, "danger-ja", policy=policy(report=f"smtp=127.0.0.1:{port}"))
    open_danger(world)
    world.press("Report", "SekDialog")
    wait("the report at the server", lambda: glob.glob(os.path.join(folder, "*.json")), 30)
    with open(os.path.join(folder, "1.eml"), "rb") as got:
        assert original_in(got.read()) == mails.load("danger-ja"), "the attached mail differs"
    assert len(world.mails()) == 1, "nothing was to be moved"


@case
def failed_report_leaves_the_mail(run):
    """A report that can't be queued says so, and the mail stays where it is."""
    world = start(run, "danger-ja", policy=policy(quarantine="yes"))
    open_danger(world)
    world.stop_agent()
    world.press("Report", "SekDialog")
    wait("the reason, and Report again", lambda: world.dialogs() and "agent is not there" in words(world.dialogs()[0]) and any(
        "Report" in b["label"] and b["sensitive"] for b in world.dialogs()[0]["buttons"]))
    settle(world)
    assert len(world.mails()) == 1 and world.mails("Quarantine") == [] and covered(world)
    run.note("the dialog says: " + " | ".join(world.dialogs()[0]["labels"])[:400])
    run.shot("failed")


@case
def report_of_a_mail_whose_file_is_gone(run):
    """Among several mails one is gone from the disk: the others are reported, and the bar says that one was not."""
    world = start(run, "clear-en", "clear-ja", "notice", policy=policy(quarantine="yes"))
    open_mail(world, "notice")
    wait("the notice", lambda: shown(world))
    folder = world.path(".local/share/evolution/mail/local/cur")
    for name in os.listdir(folder):
        with open(os.path.join(folder, name), "rb") as data:
            gone = b"Drawings" in data.read()
        if gone:
            os.unlink(os.path.join(folder, name))
    world.select(*[SUBJECTS[name] for name in ("clear-en", "clear-ja", "notice")])
    world.probe("action", "sekisho-report")
    wait("two reports", lambda: len(reports(world)) == 2, 30)
    wait("the reason", lambda: "could not" in words(world.view()) or "Cannot" in words(world.view()))
    settle(world)
    assert "Thank you" not in words(world.view())
    run.note("the bar says: " + words(world.view())[:300].replace("\n", " | "))
    run.shot("one-failed")


@case
def mail_of_an_mbox_is_covered_and_reported(run):
    """Mail without a file of its own: covered as ever, and reported as Evolution writes it, without a header field of Evolution's."""
    world = start(run, "danger-ja", "clear-en", policy=policy(quarantine="yes"), mbox=True)
    world.probe("watch", "20221103")
    open_danger(world)
    settle(world)
    assert world.probe("draws") == 0
    world.press("Report", "SekDialog")
    wait("the mail in Quarantine", lambda: len(world.mails("Quarantine")) == 1)
    original = wait("the report", lambda: reports(world), 30)[0]
    head, _, body = original.partition(b"\n\n")
    assert body == mails.load("danger-ja").partition(b"\n\n")[2], "the body differs"
    assert b"X-Evolution" not in head
    run.note("the header is the same" if original == mails.load("danger-ja") else "the header was written anew")


def partner_world(run):
    """The partner is known: we have written to him, and it was learned."""
    world = EvolutionWorld(run.screen, run.build, policy=policy())
    run.worlds.append(world)
    world.start("Drafts")
    for number in range(1, 4):
        world.arrive(mail(number, "taro.sato@kaede.example", PARTNER, f"Estimate {number}"), "Sent")
    world.probe("watch", "SEKMARK2")
    wait("the partner to be known", lambda: "Mails to there: 3" in known(world, "naoki.kobayashi@minato-logi.example"), 40)
    world.arrive(locked(1, "見積書.pdf", dummies.pdf()))
    world.arrive(locked(2, "見積書.xlsm", dummies.ooxml("xlsx", macro=True)))
    world.probe("folder", "Inbox")
    return world


@case
def pdf_in_a_locked_zip_is_one_quiet_line(run):
    """A partner's locked ZIP with a PDF inside: shown under one quiet line that says what was found inside."""
    world = partner_world(run)
    open_mail(world, "お見積書の送付 1")
    wait("the mail", lambda: shown(world) and "見積書.pdf" in words(world.view()))
    assert world.view()["attachments"] == 1 and not has_button(world.view(), "Unlock"), "attachments open as ever"
    assert not world.dialogs()
    run.shot("pdf")


@case
def macros_in_a_locked_zip_are_found(run):
    """The same partner's ZIP with macros inside: covered, and the warning names the file inside."""
    world = partner_world(run)
    open_mail(world, "お見積書の送付 2")
    wait("the cover", lambda: covered(world))
    dialog = wait("the warning", world.dialogs)[0]
    settle(world)
    assert world.probe("draws") == 0, "the mail was drawn"
    assert "mitsumori.zip › 見積書.xlsm" in words(dialog), dialog["labels"]
    run.shot("macros")

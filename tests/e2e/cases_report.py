# SPDX-License-Identifier: GPL-3.0-or-later
"""A report with one click, and where the mail goes after it."""
import email
import email.policy
import glob
import os

import mails
from scenario import case, covered, open_danger, open_mail, policy, settle, shown, words
from world import wait

QUARANTINE = "#mh/Mailbox/Quarantine"
INBOX = "#mh/Mailbox/inbox"


def original_in(report):
    """The exact bytes of the mail attached to a report: cut out by its boundary, nothing parsed or refolded."""
    message = email.message_from_bytes(report, policy=email.policy.compat32)
    boundary = message.get_boundary().encode()
    for part in report.replace(b"\r\n", b"\n").split(b"--" + boundary):
        head, _, body = part.partition(b"\n\n")
        if b"message/rfc822" in head.lower():
            return body[:-1]
    raise AssertionError("the report has no message/rfc822 part")


def report_and_wait(world):
    open_danger(world)
    world.press("Report", "SekDialog")
    return wait("thanks", lambda: [d for d in world.dialogs() if not any("Report" in b["label"] for b in d["buttons"])])


@case
def report_reaches_the_smtp_server(run):
    """A report over SMTP carries the mail byte for byte."""
    port, folder = run.smtp()
    world = run.world("danger-ja", policy=policy(report=f"smtp=127.0.0.1:{port}"))
    report_and_wait(world)
    run.shot("thanks")
    wait("the report at the server", lambda: glob.glob(os.path.join(folder, "*.json")), 30)
    with open(os.path.join(folder, "1.eml"), "rb") as got:
        report = got.read()
    assert original_in(report) == mails.load("danger-ja"), "the attached mail differs"
    assert b"soc@kaede.example" in report
    assert world.probe("numbers", INBOX) == [1], "nothing was to be moved"


@case
def report_reaches_the_maildir(run):
    """A report into the default Maildir carries the mail byte for byte, the moved mail lies in Quarantine."""
    world = run.world("danger-ja", "clear-en", policy=policy(quarantine="yes"))
    dialog = report_and_wait(world)
    found = wait("the report in the Maildir",
                 lambda: [path for path in glob.glob(world.path(".local", "**", "new", "*"), recursive=True)], 30)
    with open(found[0], "rb") as got:
        assert original_in(got.read()) == mails.load("danger-ja"), "the attached mail differs"
    wait("the mail in Quarantine", lambda: len(world.probe("numbers", QUARANTINE)) == 1)
    assert world.probe("numbers", INBOX) == [2]
    assert os.path.exists(world.path("Mail", "Quarantine", "1"))
    with open(world.path("Mail", "Quarantine", "1"), "rb") as moved:
        assert moved.read() == mails.load("danger-ja")
    run.note("the dialog says: " + " | ".join(dialog[0]["labels"])[:300])
    run.shot("quarantined")


@case
def failed_report_leaves_the_mail(run):
    """A report that can't be queued says so, and the mail stays where it is."""
    world = run.world("danger-ja", policy=policy(quarantine="yes"))
    open_danger(world)
    world.break_agent()
    world.press("Report", "SekDialog")
    wait("the reason, and Report again", lambda: world.dialogs() and any(
        "Report" in b["label"] and b["sensitive"] for b in world.dialogs()[0]["buttons"]))
    settle(world, 0.6)
    run.shot("failed")
    assert world.probe("numbers", INBOX) == [1] and world.probe("numbers", QUARANTINE) == []
    assert covered(world)
    run.note("the dialog says: " + " | ".join(world.dialogs()[0]["labels"])[:400])


@case
def report_by_the_menu(run):
    """Message > Report to admin works on a mail without any warning."""
    world = run.world("clear-en", "clear-ja", policy=policy(quarantine="yes"))
    open_mail(world, 1)
    wait("the mail", lambda: shown(world))
    world.probe("action", "Message/SekishoReport")
    wait("the mail in Quarantine", lambda: len(world.probe("numbers", QUARANTINE)) == 1)
    wait("thanks", lambda: "SekBar" in world.view()["sek"])
    assert world.probe("numbers", INBOX) == [2]
    run.note("the bar says: " + words(world.view())[:200].replace("\n", " | "))
    run.shot("menu")


def reported(world):
    """The bytes of the mails that were reported into the Maildir."""
    found = []
    for path in glob.glob(world.path(".local", "**", "new", "*"), recursive=True):
        if "sekisho" in path:
            with open(path, "rb") as report:
                found.append(original_in(report.read()))
    return sorted(found)


@case
def several_are_reported_by_the_toolbar(run):
    """Three selected mails, one of them covered, two without any warning: the button on the toolbar reports all."""
    names = ("clear-en", "danger-ja", "clear-ja")
    world = run.world(*names, policy=policy(quarantine="yes"))
    open_danger(world, 2)
    world.press("Close", "SekDialog")
    wait("the warning to go", lambda: not world.dialogs())
    world.probe("focus-list")
    world.key("ctrl+a")
    settle(world)
    world.probe("toolbar", "report")
    wait("three reports", lambda: reported(world) == sorted(mails.load(name) for name in names), 30)
    wait("three mails in Quarantine", lambda: len(world.probe("numbers", QUARANTINE)) == 3)
    assert world.probe("numbers", INBOX) == []
    wait("thanks", lambda: "Thank you" in words(world.view()))
    run.shot("reported")


@case
def report_from_a_window(run):
    """The Message menu of a window with one mail reports that mail, whatever is selected in the list."""
    world = run.world("clear-en", "clear-ja", policy=policy(quarantine="yes"))
    open_mail(world, 1)
    wait("the mail", lambda: shown(world))
    world.probe("open-window", 2)
    wait("the window", lambda: len(world.see()["views"]) == 2 and shown(world, 1))
    world.probe("window-action", "Message/SekishoReport")
    wait("the mail in Quarantine", lambda: len(world.probe("numbers", QUARANTINE)) == 1)
    assert world.probe("numbers", INBOX) == [1] and reported(world) == [mails.load("clear-ja")]

# SPDX-License-Identifier: GPL-3.0-or-later
"""A report that is taken back in the seconds after the click, and the word that a mail is harmless."""
import glob

import mails
from cases_report import INBOX, QUARANTINE, reported
from scenario import case, covered, open_danger, open_mail, policy, settle, shown, words
from world import wait


def button(world, label):
    """Of the warning dialog."""
    return [b for d in world.dialogs() for b in d["buttons"] if label in b["label"] and b["sensitive"]]


@case
def undo_in_the_warning(run):
    """Undo in the dialog brings the warning back; reported once more, the mail goes once, and to Quarantine only then."""
    world = run.world("danger-ja", policy=policy(quarantine="yes", undo=5))
    open_danger(world)
    world.press("Report", "SekDialog")
    wait("Undo", lambda: button(world, "Undo"))
    run.shot("undo")
    world.press("Undo", "SekDialog")
    wait("Report again", lambda: button(world, "Report") and not button(world, "Undo"))
    settle(world)
    run.shot("taken-back")
    run.note("the dialog says: " + " | ".join(world.dialogs()[0]["labels"])[:300])
    assert world.probe("numbers", INBOX) == [1] and world.probe("numbers", QUARANTINE) == [] and covered(world)
    world.press("Report", "SekDialog")
    wait("the mail in Quarantine", lambda: len(world.probe("numbers", QUARANTINE)) == 1)
    wait("the report", lambda: reported(world) == [mails.load("danger-ja")], 30)


@case
def undo_after_the_warning_was_closed(run):
    """What the dialog offered stands above the mail once it is closed."""
    world = run.world("danger-ja", policy=policy(quarantine="yes", undo=30))
    open_danger(world)
    world.press("Report", "SekDialog")
    wait("Undo", lambda: button(world, "Undo"))
    world.press("Close", "SekDialog")
    wait("Undo in the bar", lambda: not world.dialogs() and "in a few seconds" in words(world.view()))
    run.shot("bar")
    world.press("Undo")
    wait("its outcome", lambda: "taken back" in words(world.view()))
    assert world.probe("numbers", INBOX) == [1] and covered(world)


@case
def undo_of_several(run):
    """One Undo for three reports; what is reported after it arrives alone."""
    world = run.world("clear-en", "danger-ja", "clear-ja", policy=policy(quarantine="yes", undo=5))
    open_danger(world, 2)
    world.press("Close", "SekDialog")
    wait("the warning to go", lambda: not world.dialogs())
    world.probe("focus-list")
    world.key("ctrl+a")
    settle(world)
    world.probe("toolbar", "report")
    wait("Undo", lambda: "in a few seconds" in words(world.view()))
    world.press("Undo")
    wait("its outcome", lambda: "taken back" in words(world.view()))
    open_mail(world, 1)
    wait("the mail", lambda: shown(world))
    world.probe("action", "Message/SekishoReport")
    wait("one report", lambda: reported(world) == [mails.load("clear-en")], 30)
    wait("one mail in Quarantine", lambda: len(world.probe("numbers", QUARANTINE)) == 1)
    assert world.probe("numbers", INBOX) == [2, 3]


def feedback(world):
    """What was said to the administrator: the mails in the Maildir that are no reports."""
    found = []
    for path in glob.glob(world.path(".local", "**", "new", "*"), recursive=True):
        if "sekisho" in path:
            with open(path, "rb") as mail:
                text = mail.read()
            assert b"Feedback-Type: not-spam" in text, path
            found.append(text)
    return found


@case
def harmless_from_the_bar(run):
    """The administrator is told, and nothing else changes: the mail stays, and so does the warning."""
    world = run.world("caution", policy=policy(quarantine="yes"))
    open_mail(world, 1)
    wait("the bar", lambda: shown(world) and "harmless" in str(world.view()))
    run.shot("offered")
    world.press("harmless")
    wait("the word of it", lambda: len(feedback(world)) == 1)
    wait("thanks", lambda: "You have said that this mail is harmless" in words(world.view()))
    run.shot("said")
    assert b"not dangerous: " in feedback(world)[0]
    assert world.probe("numbers", INBOX) == [1] and world.probe("numbers", QUARANTINE) == []


@case
def harmless_from_the_warning(run):
    """Also where the mail is covered, and it stays covered."""
    world = run.world("danger-ja", policy=policy(quarantine="yes"))
    open_danger(world)
    world.probe("expand", "SekDialog")
    settle(world)
    run.shot("offered")
    world.press("harmless", "SekDialog")
    wait("the word of it", lambda: len(feedback(world)) == 1)
    wait("thanks", lambda: world.dialogs() and "You have said" in " ".join(world.dialogs()[0]["labels"]))
    world.press("Close", "SekDialog")
    settle(world)
    assert world.probe("numbers", INBOX) == [1] and covered(world)

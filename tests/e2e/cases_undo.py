# SPDX-License-Identifier: GPL-3.0-or-later
"""A report that is taken back in the seconds after the click."""
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
    world = run.world("danger-ja", policy=policy(quarantine="yes", undo=2))
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
    world = run.world("clear-en", "danger-ja", "clear-ja", policy=policy(quarantine="yes", undo=2))
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

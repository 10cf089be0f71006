# SPDX-License-Identifier: GPL-3.0-or-later
"""A report from Evolution that is taken back in the seconds after the click."""
import mails
from cases_evolution import SUBJECTS, case, covered, has_button, open_danger, open_mail, shown, start, words
from cases_evolution_report import reports
from cases_undo import button, feedback
from scenario import policy, settle
from world import wait


@case
def undo_in_the_warning(run):
    """Undo in the dialog brings the warning back; reported once more, the mail goes once, and to Quarantine only then."""
    world = start(run, "danger-ja", policy=policy(quarantine="yes", undo=5))
    open_danger(world)
    world.press("Report", "SekDialog")
    wait("Undo", lambda: button(world, "Undo"))
    world.press("Undo", "SekDialog")
    wait("Report again", lambda: button(world, "Report") and not button(world, "Undo"))
    settle(world)
    assert len(world.mails()) == 1 and world.mails("Quarantine") == [] and covered(world)
    world.press("Report", "SekDialog")
    wait("the mail in Quarantine", lambda: len(world.mails("Quarantine")) == 1)
    wait("the report", lambda: reports(world) == [mails.load("danger-ja")], 30)


@case
def undo_of_several_from_the_bar(run):
    """One Undo for three reports: none arrives before what is reported after it."""
    names = ("clear-en", "danger-ja", "clear-ja")
    world = start(run, *names, policy=policy(quarantine="yes", undo=5))
    open_danger(world)
    world.press("Close", "SekDialog")
    wait("the warning to go", lambda: not world.dialogs())
    world.select(*[SUBJECTS[name] for name in names])
    world.probe("action", "sekisho-report")
    wait("Undo", lambda: "in a few seconds" in words(world.view()))
    world.press("Undo")
    wait("its outcome", lambda: "taken back" in words(world.view()))
    run.shot("taken-back")
    open_mail(world, "clear-en")
    wait("the mail", lambda: shown(world))
    world.probe("action", "sekisho-report")
    wait("one report", lambda: reports(world) == [mails.load("clear-en")], 30)
    wait("one mail in Quarantine", lambda: len(world.mails("Quarantine")) == 1)
    assert len(world.mails()) == 2


@case
def harmless_from_the_bar(run):
    """The administrator is told, and nothing else changes: the mail stays, and so does the warning."""
    world = start(run, "caution", policy=policy(quarantine="yes"))
    open_mail(world, "caution")
    wait("the bar", lambda: shown(world) and has_button(world.view(), "harmless"))
    world.press("harmless")
    wait("the word of it", lambda: len(feedback(world)) == 1)
    wait("thanks", lambda: "You have said that this mail is harmless" in words(world.view()))
    assert len(world.mails()) == 1 and world.mails("Quarantine") == []

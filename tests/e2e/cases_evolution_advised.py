# SPDX-License-Identifier: GPL-3.0-or-later
"""The administrator warns of a mail that was opened an hour ago, in Evolution: the list of Claws Mail."""
import mails
from cases_advised import warn
from cases_learn import known
from cases_evolution import case, covered, open_mail, shown, start
from world import wait


@case
def opened_mail_comes_back(run):
    """A mail that was opened and found clear is put into Quarantine once the administrator warns of its kind."""
    world = start(run, "clear-en", "clear-ja")
    open_mail(world, "clear-en")
    wait("the mail", lambda: shown(world))
    open_mail(world, "clear-ja")
    wait("the other mail", lambda: shown(world))
    warn(world)
    wait("the mail in Quarantine", lambda: len(world.mails("Quarantine")) == 1, 30)
    assert ["Visit" in mail["subject"] for mail in world.mails()] == [False]
    assert world.stored("Quarantine") == [mails.load("clear-en")]


@case
def opened_mail_is_covered_where_it_stands(run):
    """The mail that is on the screen when the warning comes is covered at once, with the administrator's words."""
    world = start(run, "clear-en", "clear-ja")
    open_mail(world, "clear-en")
    wait("the mail", lambda: shown(world))
    warn(world, "quarantine=no\n")
    wait("the cover", lambda: covered(world), 30)
    dialog = wait("the warning", world.dialogs)[0]
    assert any("Do not go by the visit of Thursday" in label for label in dialog["labels"]), dialog["labels"]
    run.shot("covered")


@case
def address_book_is_known(run):
    """Who stands in the address book counts as somebody the person writes to."""
    world = start(run, "clear-en")
    world.probe("contact", "mori@partner.example Hanako Mori")
    world.end_client()
    world.start_client()
    wait("the contact to be known", lambda: "Mails to there: 1" in known(world, "mori@partner.example"), 30)
    assert "Hanako Mori" in known(world, "mori@partner.example")

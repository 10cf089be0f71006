# SPDX-License-Identifier: GPL-3.0-or-later
"""The administrator warns of a mail that was opened an hour ago."""
import os

import mails
from cases_report import INBOX, QUARANTINE
from scenario import case, covered, open_mail, policy, shown
from world import wait

WARNING = """
[advisory wave-1]
level=danger
text=Do not go by the visit of Thursday.
sender=ann.baker@partner.example
subject=visit on *
"""


def warn(world, more="", **options):
    """A newer policy is in force."""
    world.write("policy.conf", policy(**options) + WARNING + more)


@case
def opened_mail_comes_back(run):
    """A mail that was opened and found clear is put into Quarantine once the administrator warns of its kind."""
    world = run.world("clear-en", "clear-ja")
    open_mail(world, 1)
    wait("the mail", lambda: shown(world))
    open_mail(world, 2)
    wait("the other mail", lambda: shown(world))
    warn(world)
    wait("the mail in Quarantine", lambda: len(world.probe("numbers", QUARANTINE)) == 1, 30)
    assert world.probe("numbers", INBOX) == [2]
    with open(world.path("Mail", "Quarantine", "1"), "rb") as moved:
        assert moved.read() == mails.load("clear-en")


@case
def opened_mail_is_covered_where_it_stands(run):
    """The mail that is on the screen when the warning comes is covered at once, with the administrator's words."""
    world = run.world("clear-en", "clear-ja")
    open_mail(world, 1)
    wait("the mail", lambda: shown(world))
    warn(world, "quarantine=no\n")
    wait("the cover", lambda: covered(world), 30)
    dialog = wait("the warning", world.dialogs)[0]
    assert any("Do not go by the visit of Thursday" in label for label in dialog["labels"]), dialog["labels"]
    run.shot("covered")
    assert world.probe("numbers", INBOX) == [1, 2]


@case
def warned_while_the_client_was_closed(run):
    """What the agent has found while no mail client ran is done when one starts."""
    world = run.world("clear-en", "clear-ja")
    open_mail(world, 1)
    wait("the mail", lambda: shown(world))
    world.end_client()
    warn(world)
    wait("the agent's word", lambda: "visit.1@partner.example" in world.moves())
    assert os.path.exists(world.path("Mail", "inbox", "1"))
    world.start_client()
    wait("the mail in Quarantine", lambda: len(world.probe("numbers", QUARANTINE)) == 1, 30)
    assert world.probe("numbers", INBOX) == [2]

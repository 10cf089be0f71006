# SPDX-License-Identifier: GPL-3.0-or-later
"""The core of the list over a real IMAP server on loopback."""
import glob

import mails
from cases_evolution import SUBJECTS, case, open_danger, open_mail, shown, start
from cases_report import original_in
from imap import Imap
from scenario import policy, settle
from world import wait


def imap_world(run, *names, **options):
    server = Imap()
    run.servers.append(server)
    world = start(run, *names, imap=server, **options)
    wait("the list of mails", lambda: len(world.mails()) == len(names))
    return server, world


def reports(world):
    return glob.glob(world.path(".local", "state", "**", "new", "*"), recursive=True) \
        + glob.glob(world.path(".local", "share", "sekisho", "**", "new", "*"), recursive=True)


@case
def imap_danger_is_covered_and_reported(run):
    """Over IMAP: danger is covered and unread, clear is shown, the report has the exact bytes, the mail moves on the server."""
    danger = mails.load("danger-ja").replace(b"SEKMARK", b"SEKDANGER")
    server, world = imap_world(run, danger, "clear-en", "caution", policy=policy(quarantine="yes"))
    world.probe("watch", "SEKDANGER")
    open_mail(world, "clear-en")
    wait("the clear mail", lambda: shown(world))
    assert "SekBar" not in world.view()["sek"] and not world.dialogs()
    open_mail(world, "caution")
    wait("the caution under its bar", lambda: shown(world) and "SekBar" in world.view()["sek"])
    assert world.view()["attachments"] == 0, "they ask first"
    open_danger(world)
    settle(world)
    assert world.probe("draws") == 0, "the mail was drawn"
    assert not [mail for mail in world.mails() if SUBJECTS["danger-ja"] in mail["subject"]][0]["seen"], "it counts as read"
    run.shot("danger")
    world.press("Report", "SekDialog")
    found = wait("the report in the Maildir", lambda: reports(world), 30)
    with open(found[0], "rb") as got:
        assert original_in(got.read()) == danger, "the attached mail differs"
    wait("the mail in Quarantine on the server", lambda: [m.replace(b"\r\n", b"\n") for m in server.mails("Quarantine")]
         == [danger])
    wait("it to leave the inbox", lambda: len(world.mails()) == 2)
    run.shot("moved")

# SPDX-License-Identifier: GPL-3.0-or-later
"""The core of the list over a real IMAP server on loopback."""
import glob

import mails
from cases_evolution import SUBJECTS, case, covered, open_danger, open_mail, shown, start, words
from cases_evolution_fault import DANGER, checking, lively, slow_agent
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


def out_of_reach(run, world, name, line):
    """Opened while nobody can bring it: Evolution says so in its place, no cover or warning of another mail is left over it."""
    with lively(run, world):
        open_mail(world, name)
        wait("a line about it", lambda: line in world.view()["text"] and world.view()["content_mapped"])
    view = world.view()
    assert "SEKMARK" not in view["text"] and not view["sek"] and not world.dialogs(), view
    run.shot(name)


@case
def imap_server_gone(run):
    """The server goes: a mail that is not here is said to be out of reach, those that are here have their verdicts, the client goes on."""
    server, world = imap_world(run, "clear-en", "caution", "danger-ja")
    world.probe("watch", DANGER)
    uid = world.uid_of(SUBJECTS["caution"])
    open_mail(world, "clear-en")
    wait("the clear mail", lambda: shown(world))
    open_danger(world)
    server.stop()
    out_of_reach(run, world, "caution", "Unable to retrieve message")
    open_danger(world)
    open_mail(world, "clear-en")
    wait("the mail that is here", lambda: shown(world))
    assert "SekBar" not in world.view()["sek"]
    server.start()
    wait("the server again", lambda: world.opens("Inbox"))
    world.probe("open", uid)
    wait("the caution", lambda: shown(world) and "SekBar" in world.view()["sek"])
    assert world.probe("draws") == 0


@case
def imap_offline(run):
    """Offline: a mail whose body is not here is said not to be, one that is here is held and checked; online again the other is, too."""
    _, world = imap_world(run, "clear-en", "danger-ja")
    world.probe("watch", DANGER)
    uid = world.uid_of(SUBJECTS["danger-ja"])
    open_mail(world, "clear-en")
    wait("the clear mail", lambda: shown(world))
    world.probe("online", "no")
    out_of_reach(run, world, "danger-ja", "not available in offline mode")
    open_mail(world, "clear-en")
    wait("the mail that is here", lambda: shown(world))
    world.probe("online", "yes")
    wait("the server again", lambda: world.opens("Inbox"))
    world.probe("open", uid)
    wait("the cover", lambda: covered(world))
    assert world.probe("draws") == 0


@case
def imap_server_gone_in_mid_check(run):
    """The server goes while a mail is checked: it is covered all the same, its report is taken, and nobody says that it was moved."""
    server, world = imap_world(run, "clear-en", "danger-ja", policy=policy(quarantine="yes"))
    open_mail(world, "clear-en")
    wait("the clear mail", lambda: shown(world))
    world.probe("watch", DANGER)
    with slow_agent(world):
        open_mail(world, "danger-ja")
        wait("the check", lambda: checking(world))
        server.stop()
    wait("the cover", lambda: covered(world))
    wait("the warning", world.dialogs)
    assert world.probe("draws") == 0
    with lively(run, world):
        world.press("Report", "SekDialog")
        wait("thanks", lambda: world.dialogs() and "Thank you" in words(world.dialogs()[0]), 30)
    wait("the report in the Maildir", lambda: reports(world), 30)
    run.note("the dialog says: " + " | ".join(world.dialogs()[0]["labels"])[:300])
    run.shot("reported")
    assert "Quarantine" not in words(world.dialogs()[0])
    assert covered(world)

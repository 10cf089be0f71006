# SPDX-License-Identifier: GPL-3.0-or-later
"""The core of the list in Claws Mail over a real IMAP server on loopback."""
import glob

import mails
from cases_report import original_in
from claws_imap import ROOT, ImapWorld
from imap import Imap
from scenario import WORD, case, covered, has_button, open_danger, open_mail, policy, settle, shown, words
from world import wait

DANGER = "20221103"  # in the text of danger-ja alone


def imap_world(run, *names, **options):
    server = Imap()
    run.servers.append(server)
    options.setdefault("policy", policy())
    world = ImapWorld(run.screen, run.build, imap=server, **options)
    run.worlds.append(world)
    for name in names:
        world.put(name if isinstance(name, bytes) else mails.load(name))
    world.start()
    wait("the list of mails", lambda: world.numbers() == list(range(1, len(names) + 1)))
    return server, world


@case
def imap_levels(run):
    """Over IMAP: clear is shown, a caution under its bar with locked attachments, danger is covered before anything of it is drawn."""
    server, world = imap_world(run, "clear-en", "caution", "danger-ja")
    world.probe("watch", DANGER)
    open_mail(world, 1)
    wait("the clear mail", lambda: shown(world))
    assert "SekBar" not in world.view()["sek"] and not world.dialogs()
    open_mail(world, 2)
    wait("the caution under its bar", lambda: shown(world) and has_button(world.view(), "Unlock"))
    assert not world.view()["file"]
    open_danger(world, 3)
    settle(world)
    assert world.probe("draws") == 0, "the mail was drawn"
    wait("it to be unread, the others to be read", lambda: world.probe("unread", ROOT + "INBOX") == [3])
    wait("the same on the server", lambda: server.seen() == [True, True, False])
    run.shot("danger")


def reports(world):
    """The bytes of the mails that were reported into the Maildir."""
    found = []
    for path in glob.glob(world.path(".local", "**", "new", "*"), recursive=True):
        if "sekisho" in path:
            with open(path, "rb") as report:
                found.append(original_in(report.read()))
    return found


@case
def imap_report_moves_the_mail(run):
    """Over IMAP: the report has the exact bytes, and the mail lies in Quarantine on the server."""
    server, world = imap_world(run, "clear-en", "danger-ja", policy=policy(quarantine="yes"))
    open_danger(world, 2)
    world.press("Report", "SekDialog")
    wait("the report in the Maildir", lambda: reports(world) == [mails.load("danger-ja")], 30)
    wait("the mail in Quarantine on the server", lambda: [m.replace(b"\r\n", b"\n") for m in server.mails("Quarantine")]
         == [mails.load("danger-ja")])
    wait("it to leave the inbox", lambda: world.numbers() == [1])
    run.note("the dialog says: " + " | ".join(world.dialogs()[0]["labels"])[:300])
    run.shot("moved")


@case
def imap_agent_missing(run):
    """Over IMAP without an agent: shown under "not checked", attachments ask first."""
    _, world = imap_world(run, "caution", agent=False)
    open_mail(world, 1)
    wait("the mail, not checked", lambda: shown(world) and "This mail was not checked" in words(world.view()), 8)
    assert has_button(world.view(), "Unlock") and not world.view()["file"]


def out_of_reach(run, world, number):
    """Opened while nobody can bring it: no cover or warning of another mail is left over it, and the client goes on."""
    world.probe("beat")
    world.probe("open", number)
    settle(world, 1.5)
    run.shot(f"out-of-reach-{number}")
    beats, longest = world.probe("beat")
    run.note(f"heartbeat: {beats} beats, longest gap {longest} ms")
    run.note("windows: " + " / ".join(w["title"] + ": " + " | ".join(w["labels"])[:200] for w in world.see()["windows"][:3]))
    view = world.view()
    assert beats > 0 and WORD not in view["text"] and not view["sek"] and not world.dialogs(), view


@case
def imap_server_gone(run):
    """The server goes: a mail that is not here is said to be out of reach, those that are here keep their verdicts."""
    server, world = imap_world(run, "clear-en", "danger-ja", "caution")
    world.probe("watch", DANGER)
    open_mail(world, 1)
    wait("the clear mail", lambda: shown(world))
    open_danger(world, 2)
    server.stop()
    out_of_reach(run, world, 3)


@case
def imap_offline(run):
    """Offline: a mail whose body is not here is said not to be, one that is here is held and checked; online again the other is, too."""
    _, world = imap_world(run, "clear-en", "danger-ja", "caution")
    world.probe("watch", DANGER)
    open_mail(world, 1)
    wait("the clear mail", lambda: shown(world))
    world.probe("online", "no")
    out_of_reach(run, world, 2)

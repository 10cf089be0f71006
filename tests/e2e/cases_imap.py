# SPDX-License-Identifier: GPL-3.0-or-later
"""The core of the list in Claws Mail over a real IMAP server on loopback."""
import glob
import os

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


def absent(world, count):
    """The number of a mail whose body is not here; Claws Mail shows one mail by itself."""
    here = {os.path.basename(path) for path in glob.glob(world.path(".claws-mail", "imapcache", "**", "[0-9]*"), recursive=True)}
    return next(number for number in range(1, count + 1) if str(number) not in here)


def alive_without_it(run, world, number):
    """Nothing of the mail or of the one before is left over it, and the client goes on."""
    settle(world, 0.3)
    beats, longest = world.probe("beat")
    run.note(f"heartbeat: {beats} beats, longest gap {longest} ms")
    run.shot(f"out-of-reach-{number}")
    view = world.view()
    assert beats > 0 and WORD not in view["text"] and not view["sek"] and not world.dialogs(), view


@case
def imap_server_gone(run):
    """The server goes: a mail that is not here is said to be out of reach, those that are here keep their verdicts; later it is checked."""
    server, world = imap_world(run, "clear-en", "danger-ja", "caution")
    world.probe("watch", DANGER)
    open_mail(world, 1)
    wait("the clear mail", lambda: shown(world))
    open_danger(world, 2)
    assert absent(world, 3) == 3
    server.stop()
    world.probe("beat")
    world.probe("open", 3)
    wait("a line about it", lambda: "can't be displayed" in world.view()["text"] and world.view()["content_mapped"])
    alive_without_it(run, world, 3)
    open_mail(world, 1)
    wait("the mail that is here", lambda: shown(world))
    open_danger(world, 2)
    wait("its word about the server", lambda: any("connect to IMAP" in words(window) for window in world.see()["windows"]))
    run.shot("error")
    server.start()
    for _ in range(4):  # its word, perhaps twice, and the warning
        if any(has_button(window, "Close") for window in world.see()["windows"]):
            world.probe("press", "Close")
        settle(world, 0.3)
    open_mail(world, 3)
    wait("the caution under its bar", lambda: shown(world) and has_button(world.view(), "Unlock"))
    assert world.probe("draws") == 0


@case
def imap_report_out_of_reach(run):
    """A mail that cannot be fetched is not reported, and the bar says why; the one beside it is."""
    server, world = imap_world(run, "clear-en", "clear-ja", "caution")
    open_mail(world, 1)
    wait("the clear mail", lambda: shown(world))
    missing = absent(world, 3)
    here = 3 - len(reports(world))
    server.stop()
    world.probe("focus-list")
    world.key("ctrl+a")
    settle(world)
    world.probe("toolbar", "report")
    wait("the reason", lambda: "could not be fetched" in words(world.view()))
    wait("the others", lambda: 0 < len(reports(world)) < here, 30)
    assert "Thank you" not in words(world.view()) and missing
    run.shot("bar")


@case
def imap_offline(run):
    """Offline: Claws Mail asks whether to connect for a mail whose body is not here; after no nothing of another mail is left over it."""
    _, world = imap_world(run, "clear-en", "caution", "danger-ja")
    world.probe("watch", DANGER)
    open_mail(world, 1)
    wait("the clear mail", lambda: shown(world))
    number = absent(world, 3)
    world.probe("online", "no")
    world.probe("beat")
    world.probe("open", number)
    wait("its question", lambda: any("offline" in words(window) for window in world.see()["windows"]))
    world.probe("press", "No")
    wait("a line about it", lambda: "can't be displayed" in world.view()["text"] and world.view()["content_mapped"])
    alive_without_it(run, world, number)
    world.probe("open", 1)  # Claws Mail still calls it the one in the view
    wait("the mail that is here", lambda: shown(world))
    world.probe("online", "yes")
    open_danger(world, 3)
    assert world.probe("draws") == 0

# SPDX-License-Identifier: GPL-3.0-or-later
"""The core of the list in Claws Mail over a real IMAP server on loopback."""
import glob

import mails
from cases_report import original_in
from claws_imap import ImapWorld
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
    _, world = imap_world(run, "clear-en", "caution", "danger-ja")
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
    run.shot("danger")

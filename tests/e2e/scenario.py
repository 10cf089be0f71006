# SPDX-License-Identifier: GPL-3.0-or-later
"""What the scenarios share: one run with its worlds, and the questions they ask of the screen."""
import os
import shutil
import subprocess
import tempfile
import time

import mails
from world import HERE, World, stop, wait

CASES = []
WORD = "SEKMARK"
POLICY = """[policy]
serial=7

[organisation]
name=Kaede
domains=kaede.example

[people]
太田 道子=michiko.ota@kaede.example
Michiko Ota=michiko.ota@kaede.example

[report]
address=soc@kaede.example
undo-seconds={undo}
{report}
quarantine={quarantine}

[client]
unavailable={unavailable}
"""


def policy(report="", quarantine="no", unavailable="show", undo=0):
    return POLICY.format(report=report, quarantine=quarantine, unavailable=unavailable, undo=undo)


def case(function):
    """Registers a scenario."""
    CASES.append(function)
    return function


class Run:
    """One scenario: the worlds, sinks and notes it makes, ended in order."""

    def __init__(self, screen, build, name):
        self.screen, self.build, self.name = screen, build, name
        self.notes, self.worlds, self.processes, self.servers, self.folders = [], [], [], [], []

    def world(self, *names, **options):
        """A started Claws Mail whose inbox holds these mails as 1, 2, …"""
        options.setdefault("policy", policy())
        world = World(self.screen, self.build, **options)
        self.worlds.append(world)
        for name in names:
            world.put(name if isinstance(name, bytes) else mails.load(name))
        world.start()
        world.probe("watch", WORD)
        return world

    def smtp(self, port=0):
        """A real SMTP server, on this port when one is given: (port, folder with what it got)."""
        folder = tempfile.mkdtemp(prefix="sekisho-sink-")
        self.folders.append(folder)
        process = subprocess.Popen([os.path.join(os.path.dirname(HERE), "support", "smtp-sink"), folder, "--port", str(port)],
                                   stdout=subprocess.PIPE, text=True)
        self.processes.append(process)
        return int(process.stdout.readline()), folder

    def shot(self, name):
        if self.worlds:
            time.sleep(0.25)  # what was asked of a widget is on the screen a frame later
            self.worlds[-1].shot(f"{self.name}-{name}")

    def note(self, text):
        self.notes.append(text)

    def close(self):
        """None when every client of this run lived and left no critical message behind."""
        problem = None
        for world in self.worlds:
            fine = world.close()
            log = world.last_log
            if not fine:
                problem = f"The client did not end in order\n{log[-3000:]}"
            elif "sekisho-CRITICAL" in log or "GLib-GObject-CRITICAL" in log or "Gtk-CRITICAL" in log or "ERROR: AddressSanitizer" in log:
                problem = f"The client complained\n{log[-3000:]}"
        for process in self.processes:
            stop(process)
        for server in self.servers:
            server.close()
        for folder in self.folders:
            shutil.rmtree(folder, ignore_errors=True)
        return problem


def covered(world, index=0):
    """The view shows the warning cover and holds nothing of the mail."""
    view = world.view(index)
    return "SekCover" in view["sek"] and not view["content_mapped"] and view["text"] == "" and view["icons"] == 0 \
        and view["parts"] == 0 and not view["file"] and has_button(view, "Show warning")


def shown(world, index=0, word=WORD):
    view = world.view(index)
    return view["content_mapped"] and word in view["text"] and "SekCover" not in view["sek"]


def has_button(where, text):
    return any(text in button["label"] for button in where["buttons"])


def words(where):
    return "\n".join(where["labels"])


def open_mail(world, number):
    """Opens a mail and waits until it is in the main window's view. Claws Mail drops a selection made while it still renders another
    mail, with or without the plugin, so it is made again."""
    last = [0.0]

    def in_view():
        if world.view()["number"] == number:
            return True
        if time.monotonic() - last[0] > 0.5:
            world.probe("open", number)
            last[0] = time.monotonic()
        return False

    wait(f"mail {number} in the view", in_view)


def bring(world, *names):
    """More mail comes in. Claws Mail shows one mail by itself when a folder opens, so only these are sure not to be checked yet."""
    for name in names:
        world.put(mails.load(name))
    world.probe("scan")


def checking(world, index=0):
    """The view is covered because the answer is not there yet."""
    view = world.view(index)
    return "SekCover" in view["sek"] and view["text"] == "" and not view["content_mapped"] and not has_button(view, "Show warning")


def open_danger(world, number=1):
    open_mail(world, number)
    wait("the warning cover", lambda: covered(world))
    return wait("the warning", world.dialogs)[0]


def settle(world, seconds=0.4):
    """Lets the main loop of Claws Mail go on for a while; for what must not happen."""
    time.sleep(seconds)
    world.see()

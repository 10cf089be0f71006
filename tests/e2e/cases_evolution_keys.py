# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole story without a pointer in Evolution."""
import glob
import os

from cases_evolution import case, open_mail, shown, start
from scenario import has_button, policy
from world import wait


@case
def story_by_keyboard_alone(run):
    """Keys alone: a mail is opened, its warning reported, thanks closed, the next one's attachment asked for and its sender reported."""
    port, folder = run.smtp()
    world = start(run, "clear-en", "danger-ja", "caution", policy=policy(report=f"smtp=127.0.0.1:{port}"))
    open_mail(world, "clear-en")
    wait("the clear mail", lambda: shown(world))
    world.probe("focus-list")
    world.key("Up")
    wait("the warning", world.dialogs)
    world.key("Return", window="SekDialog")
    wait("thanks", lambda: [d for d in world.dialogs() if not any("Report" in b["label"] for b in d["buttons"])])
    world.key("Escape", window="SekDialog")
    wait("it to be closed", lambda: not world.dialogs())
    world.probe("focus-list")
    world.key("Down")
    wait("the clear mail in between", lambda: shown(world) and not has_button(world.view(), "Unlock"))
    world.key("Down")
    wait("the caution", lambda: shown(world) and has_button(world.view(), "Unlock"))
    world.key("alt+u")
    wait("the question about the attachment", world.question)
    world.key("Escape", window=world.question()[0]["type"])
    wait("the question to go", lambda: not world.question())
    assert world.view()["attachments"] == 0, "Escape is a no"
    world.key("alt+r")
    wait("both reports at the server", lambda: len(glob.glob(os.path.join(folder, "*.json"))) == 2, 30)

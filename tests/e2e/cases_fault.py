# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens when the agent is missing, slow or dies, and when windows, folders and the plugin go in the middle of a check."""
import os
import signal
import subprocess
import time

from scenario import bring, case, checking, covered, has_button, open_danger, open_mail, policy, settle, shown, words
from world import HERE, wait


def unchecked_bar(world):
    view = world.view()
    return shown(world) and "SekBar" in view["sek"]


@case
def agent_missing(run):
    """No agent on the bus: the mail is shown under "not checked", attachments ask first."""
    world = run.world("caution", agent=False)
    open_mail(world, 1)
    wait("the mail, not checked", lambda: unchecked_bar(world), 5)
    view = world.view()
    assert has_button(view, "Unlock") and not view["file"], view["buttons"]
    run.note("the bar says: " + " | ".join(label for label in view["labels"] if "SEKMARK" not in label)[:300])
    run.shot("unchecked")


@case
def agent_of_another_version(run):
    """Another program behind the agent's name, with other methods or answers: not checked, with the reason, attachments ask first."""
    for kind in ("empty", "other-reply", "nonsense"):
        world = run.world("clear-en", agent=False)
        open_mail(world, 1)
        wait("the mail, not checked", lambda: unchecked_bar(world))
        process = subprocess.Popen([os.path.join(os.path.dirname(HERE), "support", "other-agent"), kind], env=world.env,
                                   stdout=subprocess.PIPE, text=True)
        run.processes.append(process)
        assert process.stdout.readline() == "ready\n"
        bring(world, "caution")
        open_mail(world, 2)
        said = "not a verdict" if kind == "nonsense" else "another version"
        wait("the reason", lambda: unchecked_bar(world) and said in words(world.view()), 5)
        assert has_button(world.view(), "Unlock") and not world.view()["file"]


@case
def agent_late_then_danger(run):
    """An agent that answers after 5 s: shown unchecked at 1.5 s, and covered again when the answer is danger."""
    world = run.world("clear-en")
    open_mail(world, 1)
    wait("the clear mail", lambda: shown(world))
    bring(world, "danger-ja")
    pid = wait("the agent", world.agent_pid)
    os.kill(pid, signal.SIGSTOP)
    try:
        started = time.monotonic()
        world.probe("open", 2)
        wait("mail 2", lambda: world.view()["number"] == 2)
        settle(world, 0.7)
        assert checking(world), "it is held meanwhile"
        run.shot("checking")
        wait("the mail, not checked", lambda: unchecked_bar(world), 10)
        run.note(f"shown unchecked after {time.monotonic() - started:.2f} s")
        assert not world.view()["file"], "its attachments ask"
        time.sleep(max(0.0, started + 5 - time.monotonic()))
    finally:
        os.kill(pid, signal.SIGCONT)
    wait("the cover after all", lambda: covered(world))
    wait("the warning", world.dialogs)
    beats, longest = world.probe("beat")
    run.note(f"heartbeat: {beats} beats, longest gap {longest} ms")
    run.shot("late")


@case
def agent_late_then_clear(run):
    """A late answer that is clear takes the bar away and frees the attachments."""
    world = run.world("clear-en")
    open_mail(world, 1)
    wait("the clear mail", lambda: shown(world))
    bring(world, "notice")
    pid = wait("the agent", world.agent_pid)
    os.kill(pid, signal.SIGSTOP)
    try:
        open_mail(world, 2)
        wait("the mail, not checked", lambda: unchecked_bar(world), 10)
        assert not world.view()["file"]
    finally:
        os.kill(pid, signal.SIGCONT)
    wait("the notice instead", lambda: "hall-drawings.zip" in words(
        {"labels": [label for label in world.view()["labels"] if "SEKMARK" not in label]}))
    assert world.view()["file"]


@case
def agent_killed_in_mid_check(run):
    """The agent killed while it checks: the mail is shown as not checked, and the next mail is checked again."""
    world = run.world("clear-en")
    open_mail(world, 1)
    wait("the clear mail", lambda: shown(world))
    bring(world, "danger-ja", "danger-en")
    pid = wait("the agent", world.agent_pid)
    os.kill(pid, signal.SIGSTOP)
    world.probe("open", 2)
    wait("the check of mail 2", lambda: world.view()["number"] == 2 and checking(world))
    time.sleep(0.4)  # the cover stands before the question is on the bus, and a question to nobody starts another agent
    os.kill(pid, signal.SIGKILL)
    wait("the mail, not checked", lambda: unchecked_bar(world), 10)
    run.shot("killed")
    open_mail(world, 3)
    wait("a new agent that checks", lambda: covered(world), 15)


@case
def unavailable_hold(run):
    """With unavailable=hold an unchecked mail stays covered until the person asks for it."""
    world = run.world("clear-en", policy=policy(unavailable="hold"))
    open_mail(world, 1)
    wait("the clear mail, which also brings the policy", lambda: shown(world))
    bring(world, "caution")
    world.stop_agent()
    open_mail(world, 2)
    wait("the cover", lambda: has_button(world.view(), "unchecked"), 10)
    view = world.view()
    assert view["text"] == "" and not view["content_mapped"], view
    run.shot("hold")
    world.press("unchecked")
    wait("the mail", lambda: unchecked_bar(world))
    assert not world.view()["file"]


@case
def window_closed_in_mid_check(run):
    """A message window closed while its mail is checked takes nothing with it."""
    world = run.world("clear-en")
    open_mail(world, 1)
    wait("the clear mail", lambda: shown(world))
    bring(world, "danger-ja")
    pid = wait("the agent", world.agent_pid)
    os.kill(pid, signal.SIGSTOP)
    try:
        world.probe("open-window", 2)
        wait("the window", lambda: len(world.see()["views"]) == 2)
        wait("the check", lambda: checking(world, 1))
        world.probe("close-window")
        wait("it to go", lambda: len(world.see()["views"]) == 1)
    finally:
        os.kill(pid, signal.SIGCONT)
    settle(world, 0.8)
    assert shown(world) and not world.dialogs()


@case
def next_mail_in_mid_check(run):
    """The next mail selected while the last one is checked: the late verdict does not touch it."""
    world = run.world("clear-en")
    open_mail(world, 1)
    wait("the clear mail", lambda: shown(world))
    bring(world, "danger-ja", "clear-ja")
    pid = wait("the agent", world.agent_pid)
    os.kill(pid, signal.SIGSTOP)
    try:
        world.probe("open", 2)
        wait("the check of mail 2", lambda: world.view()["number"] == 2 and checking(world))
        world.probe("open", 1)
        wait("mail 1 again", lambda: world.view()["number"] == 1 and shown(world))
    finally:
        os.kill(pid, signal.SIGCONT)
    settle(world, 0.8)
    assert shown(world) and not world.dialogs()
    assert world.probe("numbers", "#mh/Mailbox/inbox") == [1, 2, 3]
    open_danger(world, 2)


@case
def folder_left_while_covered(run):
    """Another folder selected: cover and warning go with the mail."""
    world = run.world("danger-ja")
    open_danger(world)
    world.open_folder("trash")
    wait("the warning to go", lambda: not world.dialogs())
    wait("the cover to go", lambda: "SekCover" not in world.view()["sek"])
    run.shot("left")


@case
def folder_removed_while_covered(run):
    """The folder of a covered mail removed: nothing of it stays, nothing breaks."""
    world = run.world("clear-en", "danger-ja")
    open_danger(world, 2)
    world.probe("remove-folder", "#mh/Mailbox/inbox")
    wait("the warning to go", lambda: not world.dialogs())
    settle(world, 0.5)
    assert world.alive()


@case
def plugin_unloaded_in_mid_check(run):
    """The plugin unloaded while it checks gives the view back, and can be loaded again."""
    world = run.world("clear-en")
    open_mail(world, 1)
    wait("the clear mail", lambda: shown(world))
    bring(world, "danger-ja")
    pid = wait("the agent", world.agent_pid)
    os.kill(pid, signal.SIGSTOP)
    try:
        world.probe("open", 2)
        wait("mail 2", lambda: world.view()["number"] == 2)
        world.probe("unload", "Sekisho")
        wait("the view as it was", lambda: shown(world) and world.view()["sek"] == [] and world.view()["file"])
    finally:
        os.kill(pid, signal.SIGCONT)
    settle(world, 0.8)
    assert shown(world) and not world.dialogs()
    assert "Message/SekishoReport" not in world.probe("actions")
    world.probe("load", world.plugin_path())
    wait("the mail that stands there to be held", lambda: covered(world))
    wait("the warning", world.dialogs)


@case
def plugin_unloaded_while_covered(run):
    """The plugin unloaded while a mail is covered: the warning goes, the view is Claws Mail's again."""
    world = run.world("danger-ja")
    open_danger(world)
    world.probe("unload", "Sekisho")
    wait("the view as it was", lambda: shown(world) and not world.dialogs())
    assert world.view()["sek"] == []

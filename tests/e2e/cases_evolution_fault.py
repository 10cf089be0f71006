# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens in Evolution when the agent is missing, slow, wrong or dies, and when mails and folders go in the middle of a check."""
import contextlib
import os
import resource
import signal
import subprocess
import time

import mails
from cases_evolution import case, covered, has_button, open_danger, open_mail, shown, start, words
from cases_learn import mail
from evolution import EvolutionWorld
from scenario import WORD, policy, settle
from world import HERE, wait

DANGER = "20221103"  # in the text of danger-ja alone
APART = "Archive"  # what lies in the inbox is checked before anybody opens it


def unchecked(world, index=0):
    """Shown under the grey bar, without its attachments."""
    view = world.view(index)
    return shown(world, index) and "SekBar" in view["sek"] and "This mail was not checked" in words(view)


def checking(world, index=0):
    view = world.view(index)
    return "SekCover" in view["sek"] and WORD not in view["text"] and view["attachments"] == 0 and not view["content_mapped"] \
        and not has_button(view, "Show warning")


def apart(run, *names, **options):
    """A world whose agent runs and knows the policy, with these mails in a folder that nobody has opened."""
    options.setdefault("policy", policy())
    world = EvolutionWorld(run.screen, run.build, **options)
    run.worlds.append(world)
    world.put(mails.load("clear-en"))
    world.start()
    for name in names:
        world.arrive(name if isinstance(name, bytes) else mails.load(name), APART)
    world.probe("watch", DANGER)
    open_mail(world, "clear-en")
    wait("the clear mail", lambda: shown(world))
    return world


@contextlib.contextmanager
def slow_agent(world):
    """The agent stands still meanwhile; gives its process."""
    pid = wait("the agent", world.agent_pid)
    os.kill(pid, signal.SIGSTOP)
    try:
        yield pid
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


def open_apart(world, name):
    if world.see()["folder"] != APART:
        world.probe("folder", APART)
    return open_mail(world, name, APART)


@contextlib.contextmanager
def lively(run, world):
    """The client's main loop goes on: it beats every 10 ms, and what it took longest is told."""
    world.probe("beat")
    yield
    beats, longest = world.probe("beat")
    run.note(f"heartbeat: {beats} beats, longest gap {longest} ms")
    assert beats > 0


def bar_says(run, world):
    run.note("the bar says: " + " | ".join(label for label in world.view()["labels"] if label and WORD not in label)[:300])


@case
def agent_missing(run):
    """No agent on the bus: the mail is shown under "not checked", and attachments ask first."""
    world = start(run, "caution", agent=False)
    open_mail(world, "caution")
    wait("the mail, not checked", lambda: unchecked(world), 8)
    view = world.view()
    assert has_button(view, "Unlock") and view["attachments"] == 0, view["buttons"]
    bar_says(run, world)
    run.shot("unchecked")
    world.press("Unlock")
    wait("the question", world.question)
    world.answer(True)
    wait("the attachment", lambda: shown(world) and world.view()["attachments"] == 1)


@case
def agent_late_then_danger(run):
    """An agent that answers after 3 s: held, shown unchecked after 1.5 s, and covered again when the answer is danger."""
    world = apart(run, "danger-ja")
    with slow_agent(world), lively(run, world):
        started = time.monotonic()
        open_apart(world, "danger-ja")
        wait("it is held meanwhile", lambda: checking(world))
        run.shot("checking")
        wait("the mail, not checked", lambda: unchecked(world), 10)
        run.note(f"shown unchecked after {time.monotonic() - started:.2f} s")
        assert has_button(world.view(), "Unlock") and world.view()["attachments"] == 0
        bar_says(run, world)
        time.sleep(max(0.0, started + 3 - time.monotonic()))
    wait("the cover after all", lambda: covered(world))
    wait("the warning", world.dialogs)
    assert not world.view()["reply"]
    run.shot("late")


@case
def agent_late_then_clear(run):
    """A late answer that is no reason for care takes the grey bar away and frees the attachments."""
    world = apart(run, "notice")
    with slow_agent(world):
        open_apart(world, "notice")
        wait("the mail, not checked", lambda: unchecked(world), 10)
        assert world.view()["attachments"] == 0
    wait("the notice instead", lambda: shown(world) and not unchecked(world) and "hall-drawings.zip" in words(world.view()))
    wait("its attachment", lambda: world.view()["attachments"] == 1)


@case
def agent_killed_in_mid_check(run):
    """The agent killed while it checks: the mail is shown as not checked, and the next mail is checked again."""
    world = apart(run, "danger-ja", "danger-en")
    with slow_agent(world) as pid:
        open_apart(world, "danger-ja")
        wait("the check", lambda: checking(world))
        time.sleep(0.4)  # the cover stands before the question is on the bus, and a question to nobody starts another agent
        os.kill(pid, signal.SIGKILL)
        wait("the mail, not checked", lambda: unchecked(world), 10)
    bar_says(run, world)
    run.shot("killed")
    open_apart(world, "danger-en")
    wait("a new agent that checks", lambda: covered(world), 15)
    open_apart(world, "danger-ja")
    wait("the first one, asked about again", lambda: covered(world), 15)


@case
def unavailable_hold(run):
    """With unavailable=hold an unchecked mail stays covered until the person asks for it."""
    world = apart(run, "caution", policy=policy(unavailable="hold"))
    world.stop_agent()
    open_apart(world, "caution")
    wait("the cover", lambda: has_button(world.view(), "unchecked"), 10)
    view = world.view()
    assert WORD not in view["text"] and not view["content_mapped"] and not view["reply"], view
    run.shot("hold")
    world.press("unchecked")
    wait("the mail", lambda: unchecked(world))
    assert world.view()["attachments"] == 0


def other_agent(run, kind):
    world = apart(run, "caution", agent=False)
    process = subprocess.Popen([os.path.join(os.path.dirname(HERE), "support", "other-agent"), kind], env=world.env,
                               stdout=subprocess.PIPE, text=True)
    run.processes.append(process)
    assert process.stdout.readline() == "ready\n"
    with lively(run, world):
        open_apart(world, "caution")
        wait("the mail, not checked", lambda: unchecked(world), 8)
    assert has_button(world.view(), "Unlock") and world.view()["attachments"] == 0
    bar_says(run, world)
    run.shot(kind)
    return words(world.view())


@case
def agent_of_another_version(run):
    """Another program's methods behind the agent's name: not checked, with the reason, and attachments ask first."""
    for kind in ("empty", "other-reply"):
        assert "another version" in other_agent(run, kind), kind


@case
def agent_that_talks_nonsense(run):
    """A verdict that is none, and no answer at all: not checked, and attachments ask first."""
    for kind in ("nonsense", "silent"):
        other_agent(run, kind)


@case
def window_closed_in_mid_check(run):
    """A message window closed while its mail is checked takes nothing with it."""
    world = apart(run, "danger-ja")
    with slow_agent(world):
        open_apart(world, "danger-ja")
        world.probe("open-window")
        wait("the window", lambda: len(world.see()["views"]) == 2)
        wait("the check", lambda: checking(world, 1) or unchecked(world, 1))
        world.probe("close-window")
        wait("it to go", lambda: len(world.see()["views"]) == 1)
    wait("the cover", lambda: covered(world))
    wait("the warning", world.dialogs)
    settle(world)
    assert len(world.dialogs()) == 1


@case
def next_mail_in_mid_check(run):
    """The next mail selected while the last one is checked: the late verdict does not touch it."""
    world = apart(run, "danger-ja", "clear-en")  # the second one is known by its bytes, wherever it lies
    with slow_agent(world):
        open_apart(world, "danger-ja")
        wait("the check", lambda: checking(world))
        open_apart(world, "clear-en")
        wait("the clear mail", lambda: shown(world))
    settle(world, 0.8)
    assert shown(world) and not world.dialogs() and "SekBar" not in world.view()["sek"]
    open_apart(world, "danger-ja")
    wait("its cover", lambda: covered(world))


@case
def same_mail_again_in_mid_check(run):
    """A mail left and selected again while it is checked: one verdict, one warning, and nothing of it is ever drawn."""
    world = apart(run, "danger-ja", "clear-en")
    with slow_agent(world):
        for _ in range(3):
            open_apart(world, "danger-ja")
            wait("it is held", lambda: checking(world))
            open_apart(world, "clear-en")
        open_apart(world, "danger-ja")
        wait("it is held again", lambda: checking(world))
    wait("its cover", lambda: covered(world))
    wait("the warning", world.dialogs)
    settle(world)
    assert len(world.dialogs()) == 1 and covered(world) and world.probe("draws") == 0


@case
def folder_left_while_covered(run):
    """Another folder selected: cover and warning go with the mail."""
    world = apart(run, "danger-ja")
    open_apart(world, "danger-ja")
    wait("the warning", world.dialogs)
    world.probe("folder", "Templates")
    wait("the warning to go", lambda: not world.dialogs())
    wait("the cover to go", lambda: "SekCover" not in world.view()["sek"])
    assert WORD not in world.view()["text"]
    run.shot("left")


@case
def folder_deleted_while_covered(run):
    """The folder of a covered mail deleted: nothing of it is shown, nothing breaks, and the next mail is checked."""
    world = apart(run, "danger-ja")
    open_apart(world, "danger-ja")
    wait("the warning", world.dialogs)
    with lively(run, world):
        world.probe("delete-folder", APART)
        settle(world, 0.6)
    run.shot("deleted")
    assert WORD not in world.view()["text"] and world.probe("draws") == 0
    world.probe("folder", "Inbox")
    open_mail(world, "clear-en")
    wait("the mail of another folder", lambda: shown(world))
    assert not world.dialogs()


@case
def folder_deleted_in_mid_check(run):
    """The folder of a mail deleted while it is checked: the verdict comes into nothing, or covers what still stands there."""
    world = apart(run, "danger-ja")
    with slow_agent(world), lively(run, world):
        open_apart(world, "danger-ja")
        wait("the check", lambda: checking(world))
        world.probe("delete-folder", APART)
    settle(world, 0.8)
    assert WORD not in world.view()["text"]
    world.probe("folder", "Inbox")
    open_mail(world, "clear-en")
    wait("the mail of another folder", lambda: shown(world))
    assert not world.dialogs()


@case
def mail_deleted_while_covered(run):
    """A covered mail whose file is taken away by another program: the next one in the list is held like any other."""
    world = apart(run, "danger-ja", "danger-en")
    open_apart(world, "danger-ja")
    wait("the warning", world.dialogs)
    folder = world.path(".local/share/evolution/mail/local", "." + APART, "cur")
    for name in os.listdir(folder):
        os.unlink(os.path.join(folder, name))
    world.probe("scan")
    settle(world, 0.6)
    assert WORD not in world.view()["text"] and world.probe("draws") == 0
    world.probe("folder", "Inbox")
    open_mail(world, "clear-en")
    wait("the mail of another folder", lambda: shown(world))
    assert not world.dialogs()


@case
def quit_while_folders_are_learned(run):
    """Evolution quits while its folders are learned: what is under way is stopped, and nothing keeps it waiting."""
    world = EvolutionWorld(run.screen, run.build, policy=policy())
    run.worlds.append(world)
    for number in range(3000):
        world.put(mail(number, "Friend <friend@elsewhere.example>", "taro.sato@kaede.example", f"Hello {number}"), seen=True)
    world.start("Drafts")
    wait("the line about it", lambda: "Sekisho learns" in "\n".join(words(window) for window in world.see()["windows"]), 40)
    # Run.close () says whether it went in order.


@case
def question_goes_when_more_is_known(run):
    """A question about the attachments of an unchecked mail goes when the answer is danger: a late yes opens nothing."""
    world = apart(run, "danger-ja")
    with slow_agent(world):
        open_apart(world, "danger-ja")
        wait("the mail, not checked", lambda: unchecked(world), 10)
        world.press("Unlock")
        wait("the question", world.question)
    wait("the cover", lambda: covered(world))
    wait("the question to go", lambda: not world.question())
    wait("the warning", world.dialogs)
    world.press_show_anyway()
    wait("the mail", lambda: shown(world))
    assert has_button(world.view(), "Unlock") and world.view()["attachments"] == 0


@case
def mail_that_cannot_be_read(run):
    """There is no room for a copy of a mail out of an mbox: not checked, with the reason; attachments and links ask first."""
    caution = mails.load("caution").replace(b"SEKMARK", b"SEKMARK https://elsewhere.example/form")
    clear = mails.load("clear-en").replace(b"SEKMARK", b"SEKMARK https://known.example/map")
    world = start(run, mails.with_attachment(caution, 6), clear, mbox=True, browser=True)
    pid = world.claws.pid
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (4 << 20, resource.RLIM_INFINITY))
    open_mail(world, "caution")
    wait("the mail, not checked", lambda: unchecked(world), 8)
    assert has_button(world.view(), "Unlock") and world.view()["attachments"] == 0
    assert "The mail could not be read" in words(world.view())
    bar_says(run, world)
    run.shot("bar")
    world.probe("click-link")
    question = wait("the question", world.question)[0]
    assert "elsewhere.example/form" in words(question)
    world.answer(False)
    settle(world, 0.5)
    assert world.visited() == ""
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    open_mail(world, "clear-en")
    wait("the clear mail, checked", lambda: shown(world) and "known.example" in world.view()["text"] and "SekBar" not in world.view()["sek"])
    world.probe("click-link")
    wait("the browser", lambda: "https://known.example/map" in world.visited())
    open_mail(world, "caution")
    wait("the caution, checked now", lambda: "michiko.ota@kaede.example" in words(world.view()))

# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person meets in Evolution: the list of Claws Mail, as far as it is done."""
import glob
import time

import mails
from cases_learn import known, mail
from cases_report import original_in
from evolution import EvolutionWorld
from scenario import WORD, has_button, policy, settle, words  # noqa: F401
from world import wait

CASES = []
SUBJECTS = {"danger-ja": "打ち合わせ資料", "danger-en": "Minutes", "clear-en": "Visit", "clear-ja": "会議室", "notice": "Drawings",
            "caution": "Travel"}


def case(function):
    CASES.append(function)
    return function


def start(run, *names, **options):
    options.setdefault("policy", policy())
    world = EvolutionWorld(run.screen, run.build, **options)
    run.worlds.append(world)
    for name in names:
        world.put(name if isinstance(name, bytes) else mails.load(name))
    world.start()
    world.probe("watch", WORD)
    return world


def open_mail(world, name, folder="Inbox"):
    """Evolution forgets a selection that is made while it still builds the list, with or without the module, so it is made again."""
    uid = world.uid_of(SUBJECTS.get(name, name), folder)
    last = [0.0]

    def in_view():
        if world.view()["uid"] == uid:
            return True
        if time.monotonic() - last[0] > 0.7:
            if world.imap:
                world.opens("Inbox")  # when it starts, Evolution goes to the folder of the last time
            world.probe("open", uid)
            last[0] = time.monotonic()
        return False

    wait(f"{name} in the view", in_view)
    return uid


def covered(world, index=0):
    view = world.view(index)
    return "SekCover" in view["sek"] and not view["content_mapped"] and WORD not in view["text"] and view["attachments"] == 0


def shown(world, index=0):
    view = world.view(index)
    return view["content_mapped"] and WORD in view["text"] and "SekCover" not in view["sek"]


def open_danger(world, name="danger-ja"):
    open_mail(world, name)
    wait("the cover", lambda: covered(world))
    return wait("the warning", world.dialogs)[0]


@case
def module_absent_draws_the_mail(run):
    """Without the module the same mail is drawn: the counter of the next cases can fail."""
    world = start(run, "danger-ja", plugin=False)
    open_mail(world, "danger-ja")
    wait("the mail", lambda: shown(world) and world.probe("draws") > 0)


@case
def danger_is_covered(run):
    """A dangerous mail is covered before anything of it is drawn, stays unread, and cannot be answered, printed or saved."""
    world = start(run, "danger-ja", "clear-en")
    dialog = open_danger(world)
    settle(world)
    assert world.probe("draws") == 0, "the mail was drawn"
    view = world.view()
    assert not any(view[way] for way in ("reply", "forward", "print", "save", "source")), view
    assert "other.example" in "\n".join(dialog["labels"])
    world.probe("focus-list")
    world.key("ctrl+r")
    settle(world)
    assert world.probe("composes") == 0, "a reply was begun"
    assert not [mail for mail in world.mails() if SUBJECTS["danger-ja"] in mail["subject"]][0]["seen"], "it counts as read"
    run.shot("danger")
    open_mail(world, "clear-en")
    wait("the clear mail", lambda: shown(world))
    assert not world.dialogs(), "the warning went with its mail"
    view = world.view()
    assert view["reply"] and view["forward"] and "SekBar" not in view["sek"], view


@case
def notice_and_caution_are_shown_under_a_bar(run):
    """A notice and a caution are shown under their bar."""
    world = start(run, "notice", "caution")
    for name in ("notice", "caution"):
        open_mail(world, name)
        wait(f"the {name}", lambda: shown(world) and "SekBar" in world.view()["sek"])
        assert not world.dialogs()
        run.shot(name)
    assert any("Report" in button["label"] for button in world.view()["buttons"])


@case
def attachments_of_a_caution_ask_first(run):
    """A caution comes without its attachments until the person has asked for them; a report and the folder keep them."""
    world = start(run, "caution", "notice")
    open_mail(world, "caution")
    wait("the note in its place", lambda: shown(world) and "held back by Sekisho: expenses.csv" in world.view()["text"])
    assert world.view()["attachments"] == 0
    run.shot("held-back")
    world.press("Unlock")
    wait("the question", world.question)
    run.shot("question")
    world.answer(False)
    settle(world)
    assert world.view()["attachments"] == 0
    world.press("Unlock")
    wait("the question again", world.question)
    world.answer(True)
    wait("the attachment", lambda: world.view()["attachments"] == 1)
    wait("the note to go", lambda: shown(world) and "held back" not in world.view()["text"])
    assert not any("Unlock" in button["label"] for button in world.view()["buttons"])
    open_mail(world, "notice")
    wait("the notice", lambda: shown(world))
    open_mail(world, "caution")
    wait("the same mail, unlocked as it was left", lambda: shown(world) and world.view()["attachments"] == 1)


@case
def links_of_a_caution_ask_first(run):
    """A link in a caution asks first, with the reason and where it leads; in a clear mail it does not."""
    data = mails.load("caution").replace(b"SEKMARK", b"SEKMARK https://elsewhere.example/form")
    clear = mails.load("clear-en").replace(b"SEKMARK", b"SEKMARK https://known.example/map")
    world = start(run, data, clear, browser=True)
    open_mail(world, "caution")
    wait("the mail", lambda: shown(world))
    world.probe("click-link")
    question = wait("the question", world.question)[0]
    assert "elsewhere.example/form" in "\n".join(question["labels"]) and "michiko.ota@kaede.example" in "\n".join(question["labels"])
    run.shot("question")
    world.answer(False)
    settle(world, 0.5)
    assert world.visited() == ""
    world.probe("click-link")
    wait("the question again", world.question)
    world.answer(True)
    wait("the browser", lambda: "https://elsewhere.example/form" in world.visited())
    open_mail(world, "clear-en")
    wait("the clear mail", lambda: shown(world) and "known.example/map" in world.view()["text"])
    world.probe("click-link")
    wait("the browser", lambda: "https://known.example/map" in world.visited())
    assert not world.question()


@case
def folders_are_learned(run):
    """What was sent before is learned in idle time, what was opened before, and what is unread once it was judged."""
    world = EvolutionWorld(run.screen, run.build, policy=policy())
    run.worlds.append(world)
    world.put(mail(10, "Stranger <stranger@elsewhere.example>", "taro.sato@kaede.example", "Hello"))
    world.put(mail(11, "Old Friend <friend@elsewhere.example>", "taro.sato@kaede.example", "Hello"), seen=True)
    world.start("Drafts")
    for number in range(1, 4):
        world.arrive(mail(number, "taro.sato@kaede.example", "Hanako Mori <mori@partner.example>", f"Order {number}"), "Sent")
    wait("the sent mails to be learned", lambda: "Mails to there: 3" in known(world, "mori@partner.example"), 30)
    assert "Hanako Mori" in known(world, "mori@partner.example")
    wait("the opened mail to be learned", lambda: "Mails from there: 1" in known(world, "friend@elsewhere.example"), 20)
    wait("the unread mail to be judged and learned", lambda: "Mails from there: 1" in known(world, "stranger@elsewhere.example"), 20)


@case
def arrivals_are_checked_and_labelled(run):
    """New mail in the inbox is checked as it comes in, labelled when it needs care, and opens with its verdict when the agent is gone."""
    world = start(run, "clear-en")
    open_mail(world, "clear-en")
    wait("the clear mail", lambda: shown(world))
    for name in ("danger-ja", "caution", "notice"):
        world.arrive(mails.load(name))

    def labels():
        return {mail["subject"]: mail["labels"] for mail in world.mails() if mail["labels"]}

    wait("two labels", lambda: len(labels()) == 2)
    found = labels()
    assert ["$Labelsekisho-danger"] in found.values() and ["$Labelsekisho-caution"] in found.values(), found
    assert all(not mail["seen"] for mail in world.mails() if mail["labels"])
    assert not world.dialogs(), "a mail that nobody opened has no dialog"
    settle(world, 1.5)
    run.shot("list")
    world.stop_agent()
    open_danger(world)


@case
def show_anyway(run):
    """The person may see a dangerous mail all the same, under a red bar."""
    world = start(run, "danger-ja")
    open_danger(world)
    world.press_show_anyway()
    wait("the mail", lambda: shown(world))
    assert "SekBar" in world.view()["sek"] and not world.dialogs()
    run.shot("shown")


@case
def own_window_is_held(run):
    """A window of its own holds the mail too."""
    world = start(run, "danger-ja")
    open_danger(world)
    world.press("Close", "SekDialog")
    wait("the warning to go", lambda: not world.dialogs())
    world.probe("open-window")
    wait("the window", lambda: len(world.see()["views"]) == 2)
    wait("its cover", lambda: covered(world, 1))
    settle(world)
    assert world.probe("draws") == 0
    run.shot("window")
    world.probe("close-window")
    wait("it to go", lambda: len(world.see()["views"]) == 1)


@case
def report_moves_the_mail(run):
    """A report carries the mail byte for byte, and the mail lies in Quarantine after it."""
    world = start(run, "danger-ja", "clear-en", policy=policy(quarantine="yes"))
    open_danger(world)
    world.press("Report", "SekDialog")
    found = wait("the report in the Maildir", lambda: glob.glob(world.path(".local", "state", "**", "new", "*"), recursive=True)
                 + glob.glob(world.path(".local", "share", "sekisho", "**", "new", "*"), recursive=True), 30)
    with open(found[0], "rb") as got:
        assert original_in(got.read()) == mails.load("danger-ja"), "the attached mail differs"
    wait("the mail in Quarantine", lambda: len(world.mails("Quarantine")) == 1)
    assert [mail["subject"] for mail in world.mails()] == [m["subject"] for m in world.mails() if "Visit" in m["subject"]]
    run.shot("reported")


@case
def report_from_the_toolbar(run):
    """The action on toolbar and menu reports a mail without any warning."""
    world = start(run, "clear-en", policy=policy(quarantine="yes"))
    open_mail(world, "clear-en")
    wait("the mail", lambda: shown(world))
    world.probe("action", "sekisho-report")
    wait("the mail in Quarantine", lambda: len(world.mails("Quarantine")) == 1)


@case
def quick_changes(run):
    """Mails selected faster than they are checked: the last one stands there, and no warning of another."""
    world = start(run, "danger-ja", "clear-en", "danger-en", "clear-ja")
    uids = [world.uid_of(SUBJECTS[name]) for name in ("danger-ja", "clear-en", "danger-en", "clear-ja")]
    for _ in range(5):
        for uid in uids:
            world.probe("open", uid)
    wait("the last one", lambda: world.view()["uid"] == uids[-1] and shown(world))
    settle(world, 0.6)
    assert shown(world) and not world.dialogs()

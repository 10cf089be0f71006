# SPDX-License-Identifier: GPL-3.0-or-later
"""What a mail of each level looks like when it is opened."""
import time
import mails
from scenario import (WORD, case, covered, has_button, open_danger, open_mail, policy, settle, shown, words)
from world import wait


@case
def probe_alone_sees_the_mail_drawn(run):
    """Without the plugin the same mail is drawn: the counter of the next cases can fail."""
    # One of them may have been opened at the start, before anything was counted.
    world = run.world("danger-ja", "danger-en", plugin=False)
    open_mail(world, 1)
    open_mail(world, 2)
    wait("draws of the mail", lambda: world.probe("draws") > 0)
    assert shown(world)


@case
def danger_is_covered_before_the_first_draw(run):
    """A dangerous mail is covered before the first draw, and the warning stands in front."""
    world = run.world("danger-ja", "danger-en")
    for number in (1, 2):
        dialog = open_danger(world, number)
        settle(world)
        assert world.probe("draws") == 0, "the mail was drawn"
        assert has_button(dialog, "Report"), dialog
        assert "other.example" in words(dialog), dialog["labels"]
        assert not world.view()["header_sensitive"]
        run.shot(str(number))
    assert len(world.dialogs()) == 1, "the first mail's warning went with it"


@case
def mail_is_rendered_once(run):
    """Mail that is decided while Claws Mail renders it is rendered once, as without Sekisho."""
    texts = [mails.load("clear-en").replace(b"SEKMARK", b"SEKMARK %d" % number) for number in range(12)]
    world = run.world(*texts)
    times = []
    for number in range(1, len(texts) + 1):
        before = world.see()["renderings"]
        open_mail(world, number)
        wait("the mail", lambda: shown(world))
        times.append(world.see()["renderings"] - before)
    run.note(f"rendered so many times each: {times}")
    # Beside other tests a check may take longer.
    assert times.count(1) >= 9, times


@case
def covered_mail_stays_unread(run):
    """A dangerous mail stays unread while it is covered, and counts as read once it is shown anyway; a clear one is read as ever."""
    world = run.world("clear-en", "danger-ja")
    inbox = "#mh/Mailbox/inbox"
    open_mail(world, 1)
    wait("the clear mail", lambda: shown(world))
    wait("the clear mail to be read", lambda: 1 not in world.probe("unread", inbox))
    open_danger(world, 2)
    wait("it to be unread", lambda: world.probe("unread", inbox) == [2])
    settle(world, 0.5)
    assert world.probe("unread", inbox) == [2]
    world.press_show_anyway()
    wait("the mail", lambda: shown(world))
    wait("it to be read", lambda: world.probe("unread", inbox) == [])


@case
def big_mail_is_not_drawn_while_it_loads(run):
    """A dangerous mail of a megabyte, which Claws Mail paints while it loads, is not drawn either."""
    text = mails.load("danger-ja").replace(b"SEKMARK", b"SEKBIG\n" + b"0123456789 filler line of the long mail\n" * 25000)
    world = run.world(text, "clear-en")
    open_mail(world, 2)
    wait("the clear mail", lambda: shown(world) and world.probe("draws") > 0)
    world.probe("watch", "SEKBIG")
    open_mail(world, 1)
    wait("the warning cover", lambda: covered(world))
    settle(world)
    assert world.probe("draws") == 0
    alone = run.world(text, "clear-en", plugin=False)
    open_mail(alone, 2)
    wait("the clear mail there", lambda: alone.probe("draws") > 0)
    alone.probe("watch", "SEKBIG")
    open_mail(alone, 1)
    wait("the control: draws without the plugin", lambda: alone.probe("draws") > 0)


@case
def clear_is_shown(run):
    """A clear mail is shown as it is, without a bar."""
    world = run.world("clear-ja", "clear-en")
    for number in (1, 2):
        open_mail(world, number)
        wait("the mail", lambda: shown(world))
        view = world.view()
        assert "SekBar" not in view["sek"] and view["file"] and view["header_sensitive"], view
    run.shot("clear")


@case
def notice_is_shown_under_a_line(run):
    """A notice is shown under a line that says why; attachments open as ever."""
    world = run.world("notice")
    open_mail(world, 1)
    wait("the mail", lambda: shown(world))
    view = world.view()
    assert "SekBar" in view["sek"] and "hall-drawings.zip" in words(view), view["labels"]
    assert view["file"] and not has_button(view, "Unlock"), view["buttons"]
    assert not world.dialogs()
    run.shot("notice")


@case
def caution_is_shown_under_a_bar(run):
    """A caution is shown under a bar with the compared values, and its attachments ask first."""
    world = run.world("caution")
    open_mail(world, 1)
    wait("the mail", lambda: shown(world))
    view = world.view()
    assert "SekBar" in view["sek"] and has_button(view, "Report") and has_button(view, "Unlock"), view["buttons"]
    text = words({"labels": [label for label in view["labels"] if WORD not in label]})
    assert "michiko.ota@kaede.example" in text and "desk@service.other.example" in text, text
    assert not world.dialogs() and not view["file"]
    run.shot("caution")


@case
def flicking_back_is_instant(run):
    """A mail that was checked before needs no agent to be shown again, and a dangerous one stays covered."""
    world = run.world("clear-en", "danger-ja", "notice")
    for number in (1, 2, 3):
        open_mail(world, number)
        wait("a verdict", lambda: covered(world) or shown(world))
    wait("the notice", lambda: shown(world))
    world.stop_agent()
    open_mail(world, 1)
    wait("the clear mail at once", lambda: shown(world), 1.0)
    assert "SekBar" not in world.view()["sek"]
    open_danger(world, 2)


@case
def show_anyway(run):
    """Show anyway shows the mail under a red bar; its attachments still ask."""
    world = run.world("danger-ja")
    open_danger(world)
    world.press_show_anyway()
    wait("the mail", lambda: shown(world))
    view = world.view()
    assert "SekBar" in view["sek"] and has_button(view, "Unlock") and not view["file"], view
    assert not world.dialogs()
    run.shot("anyway")


@case
def close_keeps_the_cover(run):
    """Close, Escape: the mail stays covered; Show warning brings the warning back."""
    world = run.world("danger-ja")
    open_danger(world)
    world.press("Close", "SekDialog")
    wait("the warning to go", lambda: not world.dialogs())
    assert covered(world)
    run.shot("closed")
    world.press("Show warning")
    wait("the warning again", world.dialogs)
    world.key("Escape", window="SekDialog")
    wait("the warning to go", lambda: not world.dialogs())
    assert covered(world)


@case
def same_mail_in_two_windows(run):
    """The same mail in two windows: both are covered with one warning, and both are shown together."""
    world = run.world("danger-ja", "clear-en")
    open_danger(world)
    world.probe("open-window", 1)
    wait("the second window", lambda: len(world.see()["views"]) == 2)
    wait("its cover", lambda: covered(world, 1))
    settle(world)
    assert world.probe("draws") == 0 and len(world.dialogs()) == 1
    run.shot("covered")
    world.press("Show warning")
    world.press_show_anyway()
    wait("both to be shown", lambda: shown(world, 0) and shown(world, 1))
    run.shot("shown")


@case
def own_mail_is_not_held(run):
    """Drafts, queued and sent mails are shown without a check."""
    world = run.world("clear-en", agent=False)
    for folder in ("sent", "draft"):
        world.put(mails.load("danger-ja"), folder)
        world.open_folder(folder)
        open_mail(world, 1)
        wait("the own mail", lambda: shown(world))
        assert "SekBar" not in world.view()["sek"]


@case
def another_folder_while_a_mail_is_drawn(run):
    """Another folder opened while a mail that was let go is drawn: the client lives, and the folder opens once it stands."""
    for number in range(6):
        world = run.world("clear-en", agent=False)  # Claws Mail shows the one mail of the folder by itself
        world.put(mails.load("clear-ja"), "trash")
        time.sleep(number * 0.002)
        world.open_folder("trash")
        open_mail(world, 1)
        wait("the mail of the other folder", lambda: shown(world))


def open_again(world, number):
    """FALSE, after a mail that is not in the view any more was selected once more."""
    if world.view()["number"] != number:
        open_mail(world, number)
    return False


@case
def two_hundred_mails_flicked_through(run):
    """200 mails flicked through fast: each that stands still has its own verdict, and nothing breaks."""
    kinds = ("clear-en", "danger-ja", "notice", "clear-ja", "caution")
    world = run.world(*[mails.variant(kinds[number % 5], number) for number in range(200)])
    world.probe("beat")
    stops = 0
    for number in range(1, 201):
        world.probe("open", number)
        if number % 8 != 0:
            continue
        open_mail(world, number)
        stops += 1
        kind = kinds[(number - 1) % 5]
        word = f"SEKMARK{number - 1:04d}"
        if kind == "danger-ja":
            wait("its cover", lambda: covered(world))
            assert world.dialogs()
        else:
            # A selection that Claws Mail has kept while it rendered may come after ours.
            wait("its text", lambda: world.view()["number"] == number and shown(world, word=word)
                 or open_again(world, number))
            assert ("SekBar" in world.view()["sek"]) == (kind in ("notice", "caution")), kind
            assert not world.dialogs()
    beats, longest = world.probe("beat")
    run.note(f"{stops} stops; heartbeat every 10 ms: {beats} beats, longest gap {longest} ms")
    assert longest < 5000
    run.shot("end")


@case
def mail_made_for_other_policy(run):
    """A name the policy lists is a colleague: without the policy the same mail has no such reason."""
    other = policy().replace("太田 道子", "鈴木 一郎").replace("Michiko Ota", "Ichiro Suzuki").replace("michiko.ota", "ichiro.suzuki")
    world = run.world("danger-ja", policy=other)
    open_mail(world, 1)
    wait("a verdict", lambda: covered(world) or shown(world))
    assert "michiko.ota@kaede.example" not in str(world.dialogs())

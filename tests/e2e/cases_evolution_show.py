# SPDX-License-Identifier: GPL-3.0-or-later
"""What a mail of each level looks like in Evolution, mails of every size, and mails changed and closed in every order."""
import mails
from cases_evolution import SUBJECTS, case, covered, has_button, open_danger, open_mail, shown, start, words
from evolution import EvolutionWorld
from scenario import WORD, policy, settle
from world import wait

BIG = "SEKBIG"


@case
def clear_is_shown(run):
    """A clear mail is shown as it is, without a bar, and counts as read like any other."""
    world = start(run, "clear-ja", "clear-en")
    for name in ("clear-ja", "clear-en"):
        open_mail(world, name)
        wait("the mail", lambda: shown(world))
        view = world.view()
        assert "SekBar" not in view["sek"] and view["reply"] and view["print"], view
    wait("it to count as read", lambda: [m["seen"] for m in world.mails() if SUBJECTS["clear-en"] in m["subject"]] == [True])
    run.shot("clear")


@case
def bars_name_what_was_compared(run):
    """The bars say why: the notice names the file, the caution both addresses."""
    world = start(run, "notice", "caution")
    open_mail(world, "notice")
    wait("the notice", lambda: shown(world) and "hall-drawings.zip" in words(world.view()))
    view = world.view()
    assert view["attachments"] == 1 and not has_button(view, "Unlock"), view["buttons"]
    open_mail(world, "caution")
    wait("the caution", lambda: shown(world) and has_button(world.view(), "Unlock"))
    text = words(world.view())
    assert "michiko.ota@kaede.example" in text and "desk@service.other.example" in text, text


@case
def flicking_back_is_instant(run):
    """A mail that was checked before needs no agent to be shown again, and a dangerous one stays covered."""
    world = start(run, "clear-en", "danger-ja", "notice")
    open_mail(world, "clear-en")
    wait("the clear mail", lambda: shown(world))
    open_danger(world)
    open_mail(world, "notice")
    wait("the notice", lambda: shown(world))
    world.stop_agent()
    open_mail(world, "clear-en")
    wait("the clear mail", lambda: shown(world))
    assert "SekBar" not in world.view()["sek"]
    open_danger(world)


@case
def close_keeps_the_cover(run):
    """Close, Escape: the mail stays covered; Show warning brings the warning back."""
    world = start(run, "danger-ja")
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
def shown_anyway_its_attachments_still_ask(run):
    """Show anyway shows the text under a red bar, and asks before the attachment."""
    world = start(run, "danger-ja")
    open_danger(world)
    world.press_show_anyway()
    wait("the mail", lambda: shown(world))
    view = world.view()
    assert has_button(view, "Unlock") and view["attachments"] == 0, view
    world.press("Unlock")
    wait("the question", world.question)
    world.answer(True)
    wait("the attachment", lambda: world.view()["attachments"] == 1)


@case
def same_mail_in_two_windows(run):
    """The same mail in two windows: both are covered with one warning, and both are shown together."""
    world = start(run, "danger-ja", "clear-en")
    open_danger(world)
    world.probe("open-window")
    wait("the second window", lambda: len(world.see()["views"]) == 2)
    wait("its cover", lambda: covered(world, 1))
    settle(world)
    assert world.probe("draws") == 0 and len(world.dialogs()) == 1
    world.press("Show warning")
    world.press_show_anyway()
    wait("both to be shown", lambda: shown(world, 0) and shown(world, 1))
    run.shot("shown")


@case
def own_mail_is_not_held(run):
    """Drafts, queued and sent mails are shown without a check."""
    world = start(run, "clear-en", agent=False)
    for folder in ("Sent", "Drafts", "Outbox", "Templates"):
        world.arrive(mails.load("danger-ja"), folder)
        world.probe("folder", folder)
        open_mail(world, "danger-ja", folder)
        wait(f"the mail in {folder}", lambda: shown(world))
        # Evolution lists attachments a moment after the text.
        wait("its attachment", lambda: world.view()["attachments"] == 1)
        assert "SekBar" not in world.view()["sek"]


@case
def another_folder_while_a_mail_is_drawn(run):
    """Folders changed while mails in them are held, let go and drawn: the client lives, and what stands there is the last one's."""
    world = start(run, "clear-en", agent=False)
    world.arrive(mails.load("clear-ja"), "Archive")
    for number in range(12):
        world.probe("folder", ("Archive", "Inbox")[number % 2])
        settle(world, 0.03 * number)
    open_mail(world, "clear-en")
    wait("the mail of the last folder", lambda: shown(world))
    assert world.see()["folder"].lower() == "inbox"


@case
def two_hundred_mails_flicked_through(run):
    """200 mails flicked through fast: each that stands still has its own verdict, and nothing breaks."""
    kinds = ("clear-en", "danger-ja", "notice", "clear-ja", "caution")
    world = EvolutionWorld(run.screen, run.build, policy=policy())
    run.worlds.append(world)
    for number in range(200):
        world.put(mails.variant(kinds[number % 5], number))
    world.start()
    wait("the list", lambda: len(world.mails()) == 200)
    uids = {int(mail["subject"].rpartition(" ")[2]): mail["uid"] for mail in world.mails()}
    world.probe("beat")
    stops = 0
    for number in range(200):
        world.probe("open", uids[number])
        if number % 12 != 11:
            continue
        wait("the mail in the view", lambda number=number: world.view()["uid"] == uids[number])
        stops += 1
        word = f"{WORD}{number:04d}"
        if kinds[number % 5] == "danger-ja":
            wait("its cover", lambda: covered(world))
            wait("its warning", world.dialogs)
            continue
        bar = kinds[number % 5] in ("notice", "caution")
        wait("its text", lambda word=word, bar=bar: word in world.view()["text"] and shown(world)
             and ("SekBar" in world.view()["sek"]) == bar)
        assert not world.dialogs()
    beats, longest = world.probe("beat")
    run.note(f"{stops} stops; heartbeat every 10 ms: {beats} beats, longest gap {longest} ms")


@case
def mail_made_for_other_policy(run):
    """A name the policy lists is a colleague: without the policy the same mail has no such reason."""
    other = policy().replace("太田 道子", "鈴木 一郎").replace("Michiko Ota", "Ichiro Suzuki").replace("michiko.ota", "ichiro.suzuki")
    world = start(run, "danger-ja", policy=other)
    open_mail(world, "danger-ja")
    wait("a verdict", lambda: covered(world) or shown(world))
    assert "michiko.ota@kaede.example" not in str(world.dialogs())


@case
def mail_of_25_megabytes(run):
    """25 MB: a dangerous mail is covered and nothing of it drawn, a caution is shown without it until asked, and the client goes on."""
    large = [mails.with_attachment(mails.load(name).replace(b"SEKMARK", BIG.encode()), 25) for name in ("danger-ja", "caution")]
    world = start(run, *large, "clear-en")
    world.probe("watch", BIG)
    world.probe("beat")
    open_mail(world, "danger-ja")
    wait("the cover", lambda: covered(world))
    wait("the warning", world.dialogs)
    settle(world)
    assert world.probe("draws") == 0
    beats, longest = world.probe("beat")
    run.note(f"covered: {beats} beats, longest gap {longest} ms")
    open_mail(world, "caution")
    wait("the caution", lambda: BIG in world.view()["text"] and has_button(world.view(), "Unlock"))
    assert world.view()["attachments"] == 0
    world.press("Unlock")
    wait("the question", world.question)
    world.answer(True)
    wait("the attachments", lambda: world.view()["attachments"] == 2)
    beats, longest = world.probe("beat")
    run.note(f"shown: {beats} beats, longest gap {longest} ms")
    open_mail(world, "clear-en")
    wait("the next mail", lambda: shown(world))


@case
def long_text_is_not_drawn_while_it_loads(run):
    """A dangerous mail whose text alone is a megabyte is not drawn either."""
    text = mails.load("danger-ja").replace(b"SEKMARK", b"SEKBIG\n" + b"0123456789 filler line of the long mail\n" * 25000)
    world = start(run, text, "clear-en")
    open_mail(world, "clear-en")
    wait("the clear mail", lambda: shown(world) and world.probe("draws") > 0)
    world.probe("watch", BIG)
    open_danger(world)
    settle(world)
    assert world.probe("draws") == 0
    alone = start(run, text, plugin=False)
    alone.probe("watch", BIG)
    open_mail(alone, "danger-ja")
    wait("the control: draws without the module", lambda: alone.probe("draws") > 0, 30)

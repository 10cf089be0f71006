# SPDX-License-Identifier: GPL-3.0-or-later
"""The other ways to a covered mail in Evolution: menus, keys, tool bar, several mails at once, the mouse."""
from cases_evolution import SUBJECTS, case, covered, open_danger, open_mail, shown, start
from scenario import settle
from world import wait

# Words in the names of actions that show, answer, pass on, print, save or change a mail; those of popup and tool bar are others.
WAYS = ("reply", "forward", "redirect", "print", "save-as", "message-edit", "show-source", "load-images", "remove-attachments",
        "all-headers", "add-sender")
# They show nothing of a mail: the first makes the next one be selected, the others are menus with such actions in them, or empty.
HARMLESS = ("mail-smart-forward", "mail-forward-as-menu", "mail-reply-group-menu", "mail-reply-template")
KEYS = ("ctrl+r", "ctrl+shift+r", "ctrl+l", "ctrl+f", "ctrl+p", "ctrl+s", "ctrl+u")


def ways(world, where=""):
    """Those that would do something now."""
    return sorted(name for name in world.probe("sensitive", where) if any(way in name for way in WAYS) and name not in HARMLESS
                  and ("mail" in name or "message" in name))


def only_the_main_window(world):
    return [w["title"] for w in world.see()["windows"] if w["type"] not in ("SekDialog", "GtkTooltipWindow")]


@case
def menus_of_a_covered_mail_lead_nowhere(run):
    """Menus and tool bar offer no way to a covered mail, also among several; to a clear one they do."""
    world = start(run, "danger-ja", "clear-en", "clear-ja")
    open_danger(world)
    assert ways(world) == [], ways(world)
    world.press("Close", "SekDialog")
    wait("the warning to go", lambda: not world.dialogs())
    world.probe("action", "mail-convert-to-task")
    wait("the warning, in the place of a task made of the mail", world.dialogs)
    world.press("Close", "SekDialog")
    open_mail(world, "clear-en")
    wait("the clear mail", lambda: shown(world))
    found = ways(world)
    for way in ("mail-reply-sender", "mail-forward-attached", "mail-redirect", "mail-print", "mail-save-as", "mail-show-source",
                "mail-message-edit", "toolbar-mail-forward"):
        assert way in found, (way, found)
    world.probe("focus-list")
    world.key("ctrl+a")
    wait("all of them to be selected", lambda: not world.view()["uid"])
    wait("no way to several with a covered one", lambda: ways(world) == [])
    run.shot("several")


@case
def keys_on_a_covered_mail_lead_nowhere(run):
    """Real keys for reply, forward, print, save and source open nothing, in the main window and in one with the mail alone."""
    world = start(run, "danger-ja", "clear-en")
    open_danger(world)
    world.press("Close", "SekDialog")
    wait("the warning to go", lambda: not world.dialogs())
    world.probe("focus-list")
    world.key(*KEYS)
    settle(world)
    assert len(only_the_main_window(world)) == 1, only_the_main_window(world)
    assert covered(world) and world.probe("draws") == 0
    world.probe("open-window")
    wait("its window", lambda: len(world.see()["views"]) == 2 and covered(world, 1))
    assert ways(world, "window") == [], ways(world, "window")
    world.key(*KEYS, window="EMailBrowser")
    settle(world)
    assert len(only_the_main_window(world)) == 2, only_the_main_window(world)
    assert world.probe("composes") == 0
    world.probe("close-window")
    open_mail(world, "clear-en")
    wait("the clear mail", lambda: shown(world))
    world.probe("focus-list")
    world.key("ctrl+u")
    wait("the control: the source of a clear mail", lambda: len(only_the_main_window(world)) == 2)


def drag_out(world):
    """Takes the first mail by its row in the list, with the real pointer, and lets it go over another program's window."""
    target = world.probe("open-target")
    world.drag(*world.probe("where-row", 0), *target)
    settle(world, 0.5)


@case
def dragging_a_covered_mail_is_held_back(run):
    """A covered mail dragged out of the list brings nothing along; a clear one does."""
    world = start(run, "danger-ja")
    open_danger(world)
    world.press("Close", "SekDialog")
    wait("the warning to go", lambda: not world.dialogs())
    drag_out(world)
    assert world.probe("dropped") == 0
    wait("the warning instead", world.dialogs)
    assert covered(world)
    control = start(run, "clear-en")
    open_mail(control, "clear-en")
    wait("the mail", lambda: shown(control))
    drag_out(control)
    wait("the control: its bytes, or a file of them", lambda: control.probe("dropped") > 0)


def close_composer(world):
    """Evolution does not quit while one is open; one that is still being filled stays."""
    if world.probe("composes"):
        world.key("ctrl+w", window="EMsgComposer")
        settle(world, 0.5)
    return world.probe("composes", "all") == 0


@case
def composer_by_another_way_is_closed(run):
    """A reply made past every menu (as a module may) is closed at once; to a clear mail it stays."""
    world = start(run, "danger-ja", "clear-en")
    open_danger(world)
    world.press("Close", "SekDialog")
    world.probe("reply-behind")
    wait("it to be made", lambda: world.probe("composes", "all") == 1)
    for _ in range(8):
        settle(world, 0.1)
        assert world.probe("composes") == 0
    wait("it to be closed", lambda: world.probe("composes", "all") == 0)
    assert "SEKMARK" not in str(world.see()["windows"])
    open_mail(world, "clear-en")
    wait("the clear mail", lambda: shown(world))
    world.probe("reply-behind")
    wait("the control: a reply", lambda: world.probe("composes") == 1)
    wait("it to be closed", lambda: close_composer(world))


@case
def copying_a_covered_mail_gives_nothing(run):
    """Evolution has no key or menu that copies mails from the list: the clipboard stays empty, also with several selected."""
    world = start(run, "danger-ja", "clear-en")
    open_danger(world)
    world.press("Close", "SekDialog")
    wait("the warning to go", lambda: not world.dialogs())
    for subjects in ([], [SUBJECTS["danger-ja"], SUBJECTS["clear-en"]]):
        world.probe("focus-list")
        if subjects:
            world.select(*subjects)
        world.key("ctrl+c")
        world.key("ctrl+x")
        settle(world, 0.3)
        assert world.probe("clipboard") == 0
        assert "copy-clipboard" not in world.probe("sensitive")
    world.probe("copy-list")
    wait("the control: what a module could do", lambda: world.probe("clipboard") > 300)

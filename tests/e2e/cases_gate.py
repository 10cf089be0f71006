# SPDX-License-Identifier: GPL-3.0-or-later
"""The other ways to a covered mail, and attachments that ask first."""
from scenario import case, covered, has_button, open_danger, open_mail, settle, shown
from world import wait

QUESTION = "GtkDialog"


def nothing_but_the_warning(world):
    settle(world)
    windows = world.see()["windows"]
    extra = [window["title"] for window in windows if window["type"] not in ("SekDialog", "GtkTooltipWindow")]
    assert len(extra) == 1, f"more than the main window is open: {extra}"
    assert covered(world)
    assert "SEKMARK" not in str(windows)


@case
def menus_of_a_covered_mail_lead_nowhere(run):
    """Reply, forward, redirect, source, print, save, parts: nothing opens; the warning comes back instead."""
    world = run.world("danger-ja")
    open_danger(world)
    for action in ("Message/Reply", "Message/ReplyTo/All", "Message/ReplyTo/Sender", "Message/Forward", "Message/ForwardAtt",
                   "Message/Redirect", "View/MessageSource", "File/Print", "File/SaveAs", "File/SavePartAs", "View/Part/Open",
                   "View/Part/OpenWith", "View/Part/AsText", "Tools/ListUrls", "SummaryViewPopup/Reply",
                   "SummaryViewPopup/Forward"):
        world.press("Close", "SekDialog")
        wait("the warning to go", lambda: not world.dialogs())
        world.probe("action", action)
        wait(f"the warning after {action}", world.dialogs)
        nothing_but_the_warning(world)
    run.shot("menus")


@case
def menus_of_a_clear_mail_work(run):
    """The control: the same entries work on a clear mail."""
    world = run.world("clear-en")
    open_mail(world, 1)
    wait("the mail", lambda: shown(world))
    world.probe("action", "View/MessageSource")
    wait("the source", lambda: world.windows("Source"))
    world.probe("action", "Message/Reply")
    wait("the reply", lambda: world.windows("Compose"))
    world.probe("toolbar", "forward")
    wait("the forward", lambda: len(world.windows("Compose")) == 2)


@case
def keys_on_a_covered_mail_lead_nowhere(run):
    """Real keys: Ctrl+U, Ctrl+R, Ctrl+P, Ctrl+S, l, o, y, t, c, a open nothing."""
    world = run.world("danger-ja")
    open_danger(world)
    world.press("Close", "SekDialog")
    wait("the warning to go", lambda: not world.dialogs())
    world.probe("focus-list")
    for key in ("ctrl+u", "ctrl+r", "ctrl+p", "ctrl+s", "ctrl+alt+f", "l", "o", "y", "t", "c", "a"):
        world.key(key)
        settle(world, 0.2)
        world.press_if("Close", "SekDialog")
        wait("the warning to go", lambda: not world.dialogs())
    nothing_but_the_warning(world)


@case
def keys_on_a_clear_mail_work(run):
    """The control: Ctrl+U and Ctrl+R open their windows on a clear mail."""
    world = run.world("clear-en")
    open_mail(world, 1)
    wait("the mail", lambda: shown(world))
    world.probe("focus-list")
    world.key("ctrl+u")
    wait("the source", lambda: world.windows("Source"))
    world.key("ctrl+r")
    wait("the reply", lambda: world.windows("Compose"))


@case
def tool_buttons_of_a_covered_mail_lead_nowhere(run):
    """Reply and Forward of the tool bar open nothing."""
    world = run.world("danger-ja")
    open_danger(world)
    for name in ("reply", "forward"):
        world.press("Close", "SekDialog")
        wait("the warning to go", lambda: not world.dialogs())
        world.probe("toolbar", name)
        wait("the warning", world.dialogs)
        nothing_but_the_warning(world)


@case
def several_with_a_covered_one_lead_nowhere(run):
    """Several selected mails with a covered one among them: reply, forward, print, save and source open nothing."""
    world = run.world("danger-ja", "clear-en")
    open_danger(world)
    world.probe("focus-list")
    world.key("ctrl+a")
    settle(world)
    for action in ("Message/Reply", "Message/Forward", "SummaryViewPopup/ForwardAtt", "Message/Redirect", "View/MessageSource",
                   "File/Print", "File/SaveAs", "File/ExportSelMbox"):
        world.press_if("Close", "SekDialog")
        world.probe("action", action)
        settle(world, 0.2)
    assert not [w["title"] for w in world.see()["windows"] if w["type"] not in ("SekDialog", "GtkTooltipWindow")][1:]
    assert world.probe("composes") == 0 and "SEKMARK" not in str(world.see()["windows"])


@case
def copying_a_covered_mail_gives_nothing(run):
    """Ctrl+A and Ctrl+C on list and view of a covered mail put nothing of it on the clipboard; of a clear mail they do."""
    world = run.world("danger-ja", "clear-en")
    open_danger(world)
    world.press("Close", "SekDialog")
    wait("the warning to go", lambda: not world.dialogs())
    for action in ("Edit/SelectAll", "Edit/Copy"):
        world.probe("action", action)
        settle(world, 0.2)
    world.probe("focus-list")
    world.key("ctrl+c")
    settle(world, 0.2)
    assert not world.probe("clipboard"), world.probe("clipboard")
    open_mail(world, 2)
    wait("the clear mail", lambda: shown(world))
    for action in ("Edit/SelectAll", "Edit/Copy"):
        world.probe("action", action)
        settle(world, 0.2)
    assert "SEKMARK" in world.probe("clipboard")


@case
def compose_by_another_way_is_closed(run):
    """A reply made past every menu (as a plugin may) is closed at once."""
    world = run.world("danger-ja", "clear-en")
    open_danger(world)
    world.probe("reply-behind", 1)
    settle(world, 0.8)
    assert not world.windows("Compose")
    assert world.probe("composes") == 0
    open_mail(world, 2)
    wait("the clear mail", lambda: shown(world))
    world.probe("reply-behind", 2)
    wait("the reply", lambda: world.windows("Compose"))


@case
def new_window_is_held_too(run):
    """Open in new window holds the mail there as well, and its own menus lead nowhere."""
    world = run.world("danger-en")
    open_danger(world)
    world.press("Close", "SekDialog")
    world.probe("action", "View/OpenNewWindow")
    wait("the window", lambda: len(world.see()["views"]) == 2)
    wait("its cover", lambda: covered(world, 1))
    for action in ("View/MessageSource", "Message/Reply", "File/SaveAs", "File/Print", "View/Part/AsText"):
        world.probe("window-action", action)
        settle(world, 0.2)
    assert not world.windows("Source") and not world.windows("Compose")
    assert "SEKMARK" not in str(world.see()["windows"])
    assert world.probe("draws") == 0


@case
def caution_asks_before_an_attachment(run):
    """On a caution, saving by key brings the question: no leaves it locked, yes goes on to save."""
    world = run.world("caution")
    open_mail(world, 1)
    wait("the mail", lambda: shown(world) and has_button(world.view(), "Unlock"))
    world.probe("focus-list")
    world.key("y")
    wait("the question", lambda: world.question())
    run.shot("question")
    assert not world.windows("Save")
    world.answer(False)
    wait("the question to go", lambda: not world.question())
    assert not world.view()["file"]
    world.click(*world.probe("where-icon", 1))
    wait("the question after a click on the icon", lambda: world.question())
    world.answer(False)
    wait("the question to go", lambda: not world.question())
    assert not world.view()["file"] and shown(world)
    world.probe("action", "File/SavePartAs")
    wait("the question", lambda: world.question())
    world.answer(True)
    wait("the file chooser", lambda: world.windows("Save"))
    assert world.view()["file"] and not has_button(world.view(), "Unlock")
    run.shot("saving")
    world.key("Escape")
    wait("the file chooser to go", lambda: not world.windows("Save"))


@case
def unlock_button_asks_too(run):
    """The bar's own button puts the same question."""
    world = run.world("caution", "clear-en")
    open_mail(world, 1)
    wait("the mail", lambda: shown(world) and has_button(world.view(), "Unlock"))
    world.press("Unlock")
    wait("the question", lambda: world.question())
    world.answer(True)
    wait("the attachments to be free", lambda: world.view()["file"])
    open_mail(world, 2)
    wait("the other mail", lambda: shown(world))
    open_mail(world, 1)
    wait("the answer to be remembered", lambda: shown(world) and world.view()["file"])


def drag_into_a_new_mail(world):
    """Takes the mail by its row in the list, with the real pointer, and lets it go over a compose window."""
    world.probe("action", "Message/ComposeEmail")
    wait("the compose window", lambda: world.windows("Compose"))
    world.move_window(world.probe("compose-x-id"), 500, 300)
    x, y = world.probe("where-row", 0)
    world.drag(x, y, 750, 620)
    settle(world, 0.5)


@case
def dragging_the_file_out_is_held_back(run):
    """A covered mail dragged from the list into a compose window puts nothing there; a clear one does."""
    world = run.world("danger-ja")
    open_danger(world)
    world.press("Close", "SekDialog")
    wait("the warning to go", lambda: not world.dialogs())
    drag_into_a_new_mail(world)
    assert not world.windows("Insert or attach") and world.probe("attached") == 0
    assert "SEKMARK" not in str(world.see()["windows"])
    control = run.world("clear-en")
    open_mail(control, 1)
    wait("the mail", lambda: shown(control))
    drag_into_a_new_mail(control)
    wait("the control: Claws Mail asks what to do with it", lambda: control.windows("Insert or attach"))
    control.press("Cancel")
    wait("it to go", lambda: not control.windows("Insert or attach"))

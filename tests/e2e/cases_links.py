# SPDX-License-Identifier: GPL-3.0-or-later
"""Links in the text of a caution ask first: in the text view, in its menu, in the list of links, in a viewer of HTML."""
import glob
import os
import subprocess
import time

import mails
from scenario import case, has_button, open_mail, settle, shown, words  # noqa: F401
from world import wait

FORM, SECOND, MAP = "https://elsewhere.example/form", "https://elsewhere.example/second", "https://known.example/map"


def linked_caution():
    return mails.load("caution").replace(b"SEKMARK", b"SEKMARK " + FORM.encode() + b" or " + SECOND.encode() + b" :")


def asked(world, where=FORM):
    """The question, with the reason and where the link leads."""
    question = wait("the question", world.question)[0]
    text = words(question)
    assert where in text and "michiko.ota@kaede.example" in text, text
    return question


def refuse(world):
    world.answer(False)
    wait("the question to go", lambda: not world.question())
    settle(world, 0.3)
    assert world.visited() == ""


def point(world, word, *button):
    """Clicks on a word in the text, once it stands where it will stay."""
    last = []

    def still():
        last.append(world.probe("where-text", word))
        time.sleep(0.05)
        return last[-1] if last[-2:-1] == last[-1:] else None

    press(world, wait(f"{word} to stand still", still), *button)


def press(world, place, button=1):
    """xdotool waits long for a pointer that is there already, so it comes from elsewhere."""
    x, y = place
    world.xdotool("mousemove", x + 9, y + 2, "sleep", 0.05, "mousemove", x, y, "sleep", 0.05, "click", button)


@case
def links_of_a_caution_ask_first(run):
    """A click on a link in a caution asks first, once, with the reason and where it leads; in a clear mail it does not."""
    clear = mails.load("clear-en").replace(b"SEKMARK", b"SEKMARK " + MAP.encode())
    world = run.world(linked_caution(), clear, browser=True)
    open_mail(world, 1)
    wait("the mail", lambda: shown(world) and has_button(world.view(), "Unlock"))
    point(world, "elsewhere.example/form")
    asked(world)
    run.shot("question")
    refuse(world)
    point(world, "elsewhere.example/form")
    asked(world)
    world.answer(True)
    wait("the browser", lambda: FORM in world.visited())
    wait("the question to go", lambda: not world.question())
    point(world, "elsewhere.example/second")
    wait("the browser, asked once only", lambda: SECOND in world.visited())
    assert not world.question() and not world.view()["file"], "its attachments still ask"
    open_mail(world, 2)
    wait("the clear mail", lambda: shown(world))
    point(world, "known.example/map")
    wait("the control: the browser at once", lambda: MAP in world.visited())
    assert not world.question()


@case
def link_menu_and_list_ask_first(run):
    """"Open" in the menu of a link, and in the window with all links, ask first as well."""
    world = run.world(linked_caution(), browser=True)
    open_mail(world, 1)
    wait("the mail", lambda: shown(world))
    point(world, "elsewhere.example/form", 3)
    settle(world)
    world.xdotool("key", "Down", "Return")
    asked(world)
    refuse(world)
    world.probe("action", "Tools/ListUrls")
    wait("the list of links", lambda: world.windows("Open URLs"))
    settle(world)
    world.probe("press", "Open in browser")
    asked(world)
    run.shot("list")
    refuse(world)
    assert world.windows("Open URLs")
    world.probe("press", "Open in browser")
    asked(world)
    world.answer(True)
    wait("the browser", lambda: FORM in world.visited())
    world.probe("press", "Close")
    wait("the list to go", lambda: not world.windows("Open URLs"))


@case
def attachment_link_in_the_text_asks_first(run):
    """The line of an attachment within the text of a caution asks as its icon does."""
    world = run.world("caution")
    open_mail(world, 1)
    wait("the mail", lambda: shown(world) and has_button(world.view(), "Unlock"))
    point(world, "expenses.csv")
    wait("the question", world.question)
    world.answer(False)
    wait("the question to go", lambda: not world.question())
    assert not world.view()["file"]


# A mail may choose another pointer than the hand.
HTML = f"""<html><body><p style="margin:0;font-size:48px"><a style="POINTER" href="{FORM}">{"SEKMARK" * 5}</a></p></body></html>"""


def html_caution(style):
    head = mails.load("caution").partition(b"Content-Type:")[0]
    return head + b"Content-Type: text/html; charset=us-ascii\n\n" + HTML.replace("POINTER", style).encode() + b"\n"


def press_until_asked(world):
    """The viewer draws the mail some time after it stands there, and the bar above it moves it down."""
    for _ in range(10):
        press(world, wait("the viewer", lambda: world.probe("where-viewer", 30)))
        settle(world, 0.3)
        assert world.visited() == ""
        if world.question():
            return
    raise AssertionError("no question")


@case
def link_in_a_viewer_asks_first(run):
    """A link shown by Claws Mail's own viewer of HTML (litehtml) asks first, whatever pointer the mail chooses."""
    folder = subprocess.run(["pkg-config", "--variable=plugindir", "claws-mail"], capture_output=True, text=True, check=True).stdout
    viewer = glob.glob(os.path.join(folder.strip(), "litehtml_viewer.so"))
    assert viewer, "claws-mail-litehtml-viewer is not installed"
    for style in ("", "cursor:text"):
        world = run.world(html_caution(style), browser=True, modules=viewer)
        open_mail(world, 1)
        wait("the mail", lambda: world.view()["content_mapped"] and "SekBar" in world.view()["sek"])
        press_until_asked(world)
        asked(world)
        run.shot("viewer")
        refuse(world)
        press_until_asked(world)
        asked(world)
        world.answer(True)
        wait("the browser", lambda: FORM in world.visited())

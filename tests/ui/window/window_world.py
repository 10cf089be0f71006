# SPDX-License-Identifier: GPL-3.0-or-later
"""A person who opens Sekisho's window: the real agent with the mails of the demo, and the window as a screen reader sees it
(AT-SPI). Runs in a session of its own (tests/support/with-display)."""
import contextlib
import os
import pathlib
import subprocess
import sys
import time

TESTS = pathlib.Path(__file__).resolve().parents[2]
ROOT = TESTS.parent
sys.path.insert(0, str(TESTS / "agent" / "service"))
sys.dont_write_bytecode = True
import gi  # noqa: E402

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402
from reporting_world import BIN, DEADLINE_SECONDS, NAME, PATH, World, wait_for  # noqa: E402

ME = "taro.sato@kaede.example"
APPLICATION = "io.github.sekisho.Sekisho"
CONTROLS = {"push button", "toggle button", "list item", "check box", "radio button", "text", "entry", "combo box", "menu item",
            "link", "slider", "spin button"}


class Person(World):
    """One agent, one window."""

    def __init__(self, folder):
        super().__init__(folder)
        self.window = None
        # Not beside the policy, whose folder is watched.
        (self.folder / "log").mkdir()
        self.log = self.folder / "log" / "agent.log"
        self.mails = self.folder / "mails"
        subprocess.run([ROOT / "demo" / "make-mailbox", self.mails], check=True)
        self.advisories = ""
        self.start_sink()

    def policy(self, more=""):
        """The demo's organisation, whose reports go to the test's server."""
        text = (ROOT / "demo" / "policy.conf").read_text()
        if self.port is not None:
            text = text.replace("[report]\n", f"[report]\nsmtp=127.0.0.1:{self.port}\nundo-seconds=0\n")
        (self.folder / "policy.conf").write_text(f"{text}\n{more}")

    def learn(self):
        os.makedirs(self.folder / "state" / "sekisho", exist_ok=True)
        subprocess.run([f"{BIN}/sekisho", "learn", "--me", ME, "--history",
                        self.folder / "state" / "sekisho" / "sekisho.db", self.mails / "sent", self.mails / "archive"],
                       env=self.environment, check=True, capture_output=True)

    def call(self, method, parameters=None):
        return self.bus.call_sync(NAME, PATH, NAME, method, parameters, None, Gio.DBusCallFlags.NO_AUTO_START,
                                  DEADLINE_SECONDS * 1000, None).unpack()

    def with_mail(self, method, mail, **more):
        fd = os.memfd_create("mail", os.MFD_ALLOW_SEALING)
        os.write(fd, mail)
        os.lseek(fd, 0, os.SEEK_SET)
        context = {"client": GLib.Variant("s", "Claws Mail 4"), "folder": GLib.Variant("s", "inbox"),
                   "own-addresses": GLib.Variant("as", [ME]), **more}
        answer, _ = self.bus.call_with_unix_fd_list_sync(
            NAME, PATH, NAME, method, GLib.Variant("(ha{sv})", (0, context)), None, Gio.DBusCallFlags.NO_AUTO_START,
            DEADLINE_SECONDS * 1000, Gio.UnixFDList.new_from_array([fd]), None)
        return answer.unpack()[0]

    def mail(self, number):
        return (self.mails / "inbox" / str(number)).read_bytes()

    def check(self, mail):
        return self.with_mail("Check", mail)

    def report(self, mail, verdict):
        return self.with_mail("Report", mail, **{"verdict-id": GLib.Variant("s", verdict["id"])})

    def decide(self, verdict, decision):
        self.call("Decide", GLib.Variant("(ss)", (verdict["id"], decision)))

    def wait_for_report(self, report, **wanted):
        """Until the agent says so of it."""
        def fits():
            said = self.reports().get(report, {})
            return all(said.get(key.replace("_", "-")) == value for key, value in wanted.items())
        wait_for(f"the report with {wanted}", fits)

    # --- the window ---

    def open_window(self, *options, frame=True, **environment):
        env = {**self.environment, "GTK_THEME": "Adwaita", "G_DEBUG": "fatal-criticals", **environment}
        env.pop("NO_AT_BRIDGE", None)
        self.window = subprocess.Popen([f"{BIN}/sekisho-window", *options], env=env, stderr=subprocess.PIPE, text=True)
        if frame:
            wait_for("the window", lambda: self.find("frame"))

    def close_window(self):
        """What it complained of."""
        if self.window is None:
            return ""
        with contextlib.suppress(GLib.Error):
            self.bus.call_sync(APPLICATION, "/" + APPLICATION.replace(".", "/"), "org.gtk.Actions", "Activate",
                               GLib.Variant("(sava{sv})", ("quit", [], {})), None, Gio.DBusCallFlags.NO_AUTO_START, 10_000, None)
        try:
            self.window.wait(10)
        except subprocess.TimeoutExpired:
            self.window.terminate()
        _, said = self.window.communicate(timeout=DEADLINE_SECONDS)
        self.window = None
        return said

    def application(self):
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child is not None and child.get_process_id() == self.window.pid:
                return child
        return None

    def seen(self):
        """Everything that is on the screen, in its order, and what a list holds beyond its edge."""
        found = []

        def walk(widget, depth, in_list=False):
            widget.clear_cache()
            for index in range(widget.get_child_count()):
                child = widget.get_child_at_index(index)
                if child is None:
                    continue
                states = child.get_state_set()
                if states.contains(Atspi.StateType.SHOWING) or in_list and states.contains(Atspi.StateType.VISIBLE):
                    found.append(child)
                    if depth < 30:
                        walk(child, depth + 1, in_list or child.get_role_name() == "list box")

        try:
            application = self.application()
            if application is not None:
                walk(application, 0)
        except GLib.Error:  # it changed while it was read
            return []
        return found

    def find(self, role, name=None):
        """The first of this role, or None."""
        try:
            for widget in self.seen():
                if widget.get_role_name() == role and (name is None or widget.get_name() == name):
                    return widget
        except GLib.Error:
            pass
        return None

    def text(self):
        """What a person reads, a line each."""
        try:
            return "\n".join(widget.get_name() for widget in self.seen() if widget.get_name())
        except GLib.Error:
            return ""

    def reads(self, words):
        try:
            wait_for(f"“{words}”", lambda: words in self.text())
        except AssertionError as missing:
            raise AssertionError(f"{missing}; there is:\n{self.text()}") from None

    def reads_no_more(self, words):
        wait_for(f"an end of “{words}”", lambda: self.find("frame") and words not in self.text())

    def press(self, role, name):
        """Does what a screen reader would do with this control."""
        widget = wait_for(f"the {role} “{name}”", lambda: self.find(role, name))
        assert widget.do_action(0), f"{name} can not be pressed"

    def types(self, name, text):
        """Puts text in the place of what stands in the entry."""
        entry = wait_for(f"the entry “{name}”", lambda: next(
            (widget for widget in self.seen() if widget.get_name() == name and "EditableText" in widget.get_interfaces()), None))
        assert entry.set_text_contents(text)

    def show_page(self, page):
        """As a notification or the desktop's menu does."""
        self.bus.call_sync(APPLICATION, "/io/github/sekisho/Sekisho", "org.freedesktop.Application", "ActivateAction",
                           GLib.Variant("(sava{sv})", ("page", [GLib.Variant("s", page)], {})), None,
                           Gio.DBusCallFlags.NONE, DEADLINE_SECONDS * 1000, None)

    def keys(self, *keys):
        subprocess.run(["xdotool", "key", *keys], check=True)

    def focus_window(self):
        number = wait_for("the window on the display", lambda: subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--pid", str(self.window.pid)], capture_output=True, text=True,
            check=False).stdout.split())[-1]
        subprocess.run(["xdotool", "windowfocus", "--sync", number], check=True)
        return number

    def resize(self, width, height):
        number = self.focus_window()
        subprocess.run(["xdotool", "windowsize", "--sync", number, str(width), str(height)], check=False)
        return number

    def focused(self):
        """Role and name of what the keyboard is on."""
        for widget in self.seen():
            if widget.get_state_set().contains(Atspi.StateType.FOCUSED):
                return widget.get_role_name(), widget.get_name()
        return None, None

    def picture(self, path):
        time.sleep(0.4)  # animations
        subprocess.run(["import", "-window", "root", path], check=True)

    def close(self):
        self.close_window()
        super().close()


def make_life(person):
    """A busy week: warnings, decisions, reports in every state, advisories."""
    person.policy()
    person.learn()
    person.start()
    levels = {number: person.check(person.mail(number)) for number in range(1, 16)}
    return levels

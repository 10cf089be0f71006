# SPDX-License-Identifier: GPL-3.0-or-later
"""A person who reports: the real agent, command, keyring, notification server and SMTP server in a session of their own
(tests/support/with-display)."""
import contextlib
import json
import os
import pathlib
import signal
import subprocess
import tempfile
import time
import traceback

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

BIN = os.environ["SEK_BIN_DIR"]
SUPPORT = pathlib.Path(__file__).resolve().parents[2] / "support"
NAME = "io.github.sekisho.Agent1"
PATH = "/io/github/sekisho/Agent1"
DEADLINE_SECONDS = 30
LOGIN = "ota@kaede.example"


def wait_for(what, probe):
    end = time.monotonic() + DEADLINE_SECONDS
    while time.monotonic() < end:
        answer = probe()
        if answer:
            return answer
        time.sleep(0.05)
    raise AssertionError(f"{what} did not come within {DEADLINE_SECONDS} s")


def dunst(*words):
    return subprocess.run(["dunstctl", *words], capture_output=True, text=True, check=False).stdout


def shown():
    dunst("close-all")
    return dunst("history")


def notified(words):
    return wait_for(f"the notification “{words}”", lambda: words in dunst("history") or words in shown())


def find_window(title):
    return subprocess.run(["xdotool", "search", "--onlyvisible", "--name", title], capture_output=True, text=True,
                          check=False).stdout.split()


def press(window, *keys):
    subprocess.run(["xdotool", "windowfocus", "--sync", window], check=True)
    time.sleep(0.3)  # a window that has just come up still gives the keyboard to one of its parts
    subprocess.run(["xdotool", *keys], check=True)


@contextlib.contextmanager
def desktop():
    """A real keyring, unlocked, a real notification server, and new certificates, whose folder it gives."""
    with tempfile.TemporaryDirectory(prefix="sekisho-desktop-") as home:
        keyring = subprocess.Popen(["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
                                   env=dict(os.environ, HOME=home, XDG_DATA_HOME=f"{home}/data",
                                            XDG_RUNTIME_DIR=home),
                                   stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        keyring.stdin.write(b"keyring of this run")
        keyring.stdin.close()
        server = subprocess.Popen(["dunst", "-config", "/dev/null"], stderr=subprocess.DEVNULL)
        try:
            wait_for("dunst",
                     lambda: subprocess.run(["dunstctl", "count"], capture_output=True, check=False).returncode == 0)
            certificates = f"{home}/certificates"
            os.mkdir(certificates)
            subprocess.run([SUPPORT / "make-certificates", certificates], check=True)
            yield certificates
        finally:
            for process in (server, keyring):
                process.terminate()
                process.wait()


def run_cases(cases, make_world):
    """Each case with a world of its own. The exit code."""
    print(f"1..{len(cases)}")
    failed = 0
    for number, case in enumerate(cases, 1):
        with tempfile.TemporaryDirectory(prefix="sekisho-reporting-") as folder:
            world = make_world(folder)
            try:
                case(world)
                print(f"ok {number} {case.__name__}", flush=True)
            except AssertionError:
                failed += 1
                log = world.log.read_text() if world.log.exists() else ""
                said = f"{traceback.format_exc()}\n{log}".replace("\n", "\n# ")
                print(f"# {said}\nnot ok {number} {case.__name__}", flush=True)
            finally:
                world.close()
    return 1 if failed else 0


class World:
    """One agent, which can be killed and started again, with its files in folder."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
        self.agent = None
        self.sink = None
        self.log = self.folder / "agent.log"
        self.port = None
        self.environment = dict(os.environ)
        for name in ("STATE", "DATA", "CACHE", "CONFIG"):
            self.environment[f"XDG_{name}_HOME"] = str(self.folder / name.lower())

    def policy(self, more="", undo=0):
        (self.folder / "policy.conf").write_text(
            f"[report]\nundo-seconds={undo}\naddress=soc@kaede.example\nsmtp=127.0.0.1:{self.port}\n{more}")

    def start_sink(self, *options, port=0):
        os.makedirs(self.folder / "sink", exist_ok=True)
        self.sink = subprocess.Popen([SUPPORT / "smtp-sink", self.folder / "sink", "--port", str(port), *options],
                                     stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.port = int(self.sink.stdout.readline())

    def stop_sink(self):
        if self.sink is not None:
            self.sink.kill()
            self.sink.communicate()
            self.sink = None

    def start(self):
        with open(self.log, "a", encoding="utf-8") as log:
            self.agent = subprocess.Popen([f"{BIN}/sekisho-agent", "--policy", self.folder / "policy.conf"],
                                          env=self.environment, stdout=log, stderr=log)
        wait_for("the agent", lambda: self.bus.call_sync(
            "org.freedesktop.DBus", "/", "org.freedesktop.DBus", "NameHasOwner", GLib.Variant("(s)", (NAME,)), None, 0,
            -1, None).unpack()[0])

    def end(self, how=signal.SIGTERM):
        if self.agent is not None:
            self.agent.send_signal(how)
            self.agent.wait(DEADLINE_SECONDS)
            self.agent = None
            wait_for("a free name", lambda: not self.bus.call_sync(
                "org.freedesktop.DBus", "/", "org.freedesktop.DBus", "NameHasOwner", GLib.Variant("(s)", (NAME,)), None,
                0, -1, None).unpack()[0])

    def report(self, mail, **more):
        """The report's id. more: further keys of the context, as GLib.Variant."""
        fd = os.memfd_create("mail", os.MFD_ALLOW_SEALING)
        os.write(fd, mail)
        os.lseek(fd, 0, os.SEEK_SET)
        descriptors = Gio.UnixFDList.new_from_array([fd])
        context = {"own-addresses": GLib.Variant("as", [LOGIN]), **more}
        answer, _ = self.bus.call_with_unix_fd_list_sync(
            NAME, PATH, NAME, "Report", GLib.Variant("(ha{sv})", (0, context)), None, Gio.DBusCallFlags.NO_AUTO_START,
            DEADLINE_SECONDS * 1000, descriptors, None)
        return answer.unpack()[0]

    def reports(self):
        """What the agent says of each report, by its id."""
        answer = self.bus.call_sync(NAME, PATH, NAME, "Reports", None, None, Gio.DBusCallFlags.NO_AUTO_START,
                                    DEADLINE_SECONDS * 1000, None)
        return {report["id"]: report for report in answer.unpack()[0]}

    def command(self, *words):
        return subprocess.run([f"{BIN}/sekisho", "report", *words], env=self.environment, capture_output=True, text=True,
                              check=False)

    def arrived(self):
        """The mails the server took, in their order."""
        count = len(list((self.folder / "sink").glob("*.json")))
        return [(self.folder / "sink" / f"{number}.eml").read_bytes() for number in range(1, count + 1)]

    def envelope(self, number):
        return json.loads((self.folder / "sink" / f"{number}.json").read_text())

    def everything(self):
        """All that was written to disk or log."""
        return b"".join(path.read_bytes() for path in self.folder.rglob("*") if path.is_file())

    def memory(self):
        """KiB that the agent has; 0 where a sanitizer keeps for itself what was given back."""
        if "TSAN_OPTIONS" in os.environ:
            return 0
        with open(f"/proc/{self.agent.pid}/maps", encoding="utf-8") as maps:
            if "libasan" in maps.read():
                return 0
        with open(f"/proc/{self.agent.pid}/statm", encoding="ascii") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024

    def close(self):
        self.end()
        self.stop_sink()

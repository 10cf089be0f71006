#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scanner was taken over and lies (lying-scanner): what it says is bounded, shown as text, never ends the agent, and never makes
a mail clear that was not read. Once an honest scanner stands there again, all is as it was."""
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys

from reporting_world import BIN, NAME, Gio, GLib, World, run_cases, wait_for
import reporting_world

HERE = pathlib.Path(__file__).parent
HONEST = BIN
# What is no facts at all, or came without an end, is a mail that was not looked at.
NOT_FACTS = ("nothing", "noise", "not-normal", "no-such-slot", "endless", "too-many", "long-words", "parents-in-a-ring", "dies",
             "bad-codes", "bad-digest", "strange-word", "silent")
FACTS = ("other-types", "unknown-keys", "bad-text", "smallest", "largest", "resized", "chatter", "changing")
# Line ends and tabs are the look of header fields and lists; what turns text around or drives a terminal is never there. Bidi isolates
# are what the agent itself puts around an address.
NOT_SHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e]")
VERDICT_BYTES_MAX = 2 * 1024 * 1024
GROWTH_KIB_MAX = 64 * 1024
ROUNDS = int(os.environ.get("SEK_ROUNDS", "100"))


class Lied(World):
    def begin(self):
        """An agent of its own, as the scanner is looked for beside it."""
        self.port = 9
        programs = self.folder / "bin"
        programs.mkdir()
        shutil.copy(f"{HONEST}/sekisho-agent", programs)
        shutil.copy(HERE / "lying-scanner", programs / "sekisho-scanner")
        reporting_world.BIN = str(programs)
        self.policy("[organisation]\ndomains=kaede.example\n")
        self.start()

    def mail(self, lie):
        return (f"From: Ota <ota@kaede.example>\r\nSubject: hello\r\nMessage-ID: <{lie}@kaede.example>\r\n\r\nlie: {lie}\r\n").encode()

    def check(self, lie):
        fd = os.memfd_create("mail", os.MFD_ALLOW_SEALING)
        os.write(fd, self.mail(lie))
        os.lseek(fd, 0, os.SEEK_SET)
        answer, _ = self.bus.call_with_unix_fd_list_sync(
            NAME, reporting_world.PATH, NAME, "Check", GLib.Variant("(ha{sv})", (0, {})), None, 0, 30_000,
            Gio.UnixFDList.new_from_array([fd]), None)
        return answer

    def self_test(self):
        """Exit code and words of the command."""
        done = subprocess.run([f"{HONEST}/sekisho", "self-test"], env=self.environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def scanners(self):
        return [int(pid) for pid in subprocess.run(["pgrep", "-P", str(self.agent.pid)], capture_output=True, text=True,
                                                   check=False).stdout.split()]


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from strings(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from strings(one)


def assert_fit_to_show(answer, lie):
    assert answer.get_size() < VERDICT_BYTES_MAX, (lie, answer.get_size())
    for text in strings(answer.unpack()):
        found = NOT_SHOWN.search(text)
        assert found is None, (lie, found, text[:200])


def test_every_lie(world):
    """Each is answered, bounded, by the same agent; what was not read is not clear."""
    world.begin()
    world.check("bad-text")
    pid, memory = world.agent.pid, world.memory()
    for lie in NOT_FACTS + FACTS:
        answer = world.check(lie)
        assert_fit_to_show(answer, lie)
        level = answer.unpack()[0]["level"]
        assert world.agent.poll() is None, f"{lie} has ended the agent"
        assert lie in FACTS or level not in ("clear", "notice"), (lie, level)
    assert world.agent.pid == pid
    wait_for("the memory to be given back", lambda: world.memory() - memory < GROWTH_KIB_MAX)


def test_over_and_over(world):
    """A liar that answers fast and falsely for long takes neither memory nor descriptors with it."""
    world.begin()
    world.check("bad-text")
    memory, descriptors = world.memory(), len(os.listdir(f"/proc/{world.agent.pid}/fd"))
    for _ in range(ROUNDS):
        for lie in ("bad-text", "noise", "largest", "unknown-keys"):
            world.check(lie)
    wait_for("the memory to be given back", lambda: world.memory() - memory < GROWTH_KIB_MAX)
    wait_for("the descriptors to be closed", lambda: len(os.listdir(f"/proc/{world.agent.pid}/fd")) <= descriptors + 2)


def test_honest_again(world):
    """What was said of mails stays readable, and the next mail is judged by what is in it."""
    world.begin()
    for lie in FACTS:
        world.check(lie)
    code, said = world.self_test()
    assert code == 1 and "not well" in said, (code, said)
    honest = world.folder / "bin/sekisho-scanner"
    honest.unlink()
    shutil.copy(f"{HONEST}/sekisho-scanner", honest)
    for pid in world.scanners():
        os.kill(pid, signal.SIGKILL)
    wait_for("an honest answer", lambda: world.check("none").unpack()[0]["level"] == "clear")
    code, said = world.self_test()
    assert code == 0 and "not well" not in said, (code, said)
    listed = world.bus.call_sync(NAME, reporting_world.PATH, NAME, "Warned", None, None, 0, 30_000, None)
    assert_fit_to_show(listed, "Warned")
    world.end()
    with sqlite3.connect(next(world.folder.rglob("sekisho.db"))) as history:
        assert history.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert history.execute("SELECT count(*) FROM verdict").fetchone()[0] >= len(FACTS)


sys.exit(run_cases([case for name, case in list(globals().items())
                    if name.startswith("test_") and (len(sys.argv) < 2 or name in sys.argv[1:])], Lied))

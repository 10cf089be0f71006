#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The password of a report's mail server: asked for in a window, kept in a real keyring, and found nowhere else. And what
a person learns when a server refuses. Run by tests/support/with-display."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from reporting_world import LOGIN, World, desktop, find_window, notified, press, run_cases, wait_for  # noqa: E402

# No other test has this one: all that runs on the machine is looked through for it.
SECRET = "kQ4blaueTasse"
MAIL = b"From: x@evil.example\r\nSubject: Invoice\r\n\r\nopen it\r\n"
TITLE = "Password for reports"


class PasswordWorld(World):
    """certificates: a folder that make-certificates filled."""

    def __init__(self, folder, certificates):
        super().__init__(folder)
        self.certificates = certificates

    def with_login(self):
        self.start_sink("--starttls", f"{self.certificates}/good.pem", f"{self.certificates}/good.key", "--login", LOGIN,
                        SECRET, "--auth", "PLAIN")
        self.policy(f"login={LOGIN}\nca={self.certificates}/ca.pem\n")
        self.start()


def window():
    return wait_for("the window", lambda: find_window(TITLE))[0]


def test_not_now(world):
    world.with_login()
    report = world.report(MAIL)
    press(window(), "key", "Escape")
    notified("it needs your password")
    listed = world.command("list").stdout
    assert report in listed and "waits" in listed and LOGIN in listed, listed
    assert world.arrived() == []


def test_asked_once(world):
    world.with_login()
    world.report(MAIL)
    press(window(), "type", SECRET)
    assert SECRET not in subprocess.run(["ps", "axww"], capture_output=True, text=True, check=True).stdout.replace(
        f"--login {LOGIN} {SECRET}", "")
    press(window(), "key", "Return")
    wait_for("the report", world.arrived)
    assert world.envelope(1)["tls"] and world.envelope(1)["auth"] == "PLAIN"
    world.end()
    world.start()
    world.report(MAIL + b"another\r\n")
    wait_for("the second report", lambda: len(world.arrived()) == 2)
    assert not find_window(TITLE)
    assert SECRET.encode() not in world.everything()


def test_refused(world):
    world.start_sink("--reply", "554 5.7.1 Not wanted here")
    world.policy()
    world.start()
    first = world.report(MAIL)
    notified("A report was refused")
    notified("Not wanted here")
    listed = world.command("list").stdout
    assert first in listed and "Not wanted here" in listed, listed
    world.stop_sink()
    world.start_sink(port=world.port)
    again = world.command("retry", first)
    assert again.returncode == 0, again.stderr
    wait_for("the report", world.arrived)
    wait_for("its state", lambda: "sent" in world.command("list").stdout)
    gone = world.command("retry", first)
    assert gone.returncode == 2 and "waits" in gone.stderr, gone.stderr


def main():
    with desktop() as certificates:
        cases = [test_not_now, test_asked_once, test_refused]
        return run_cases(cases, lambda folder: PasswordWorld(folder, certificates))


sys.exit(main())

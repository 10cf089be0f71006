#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports in bad days: no server for a week, a clock that is set back, a thousand in the queue, no room on the disk, a
home that can't be written, a keyring that is locked. Run by tests/support/with-display."""
import glob
import os
import resource
import signal
import subprocess
import sys

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from reporting_world import LOGIN, NAME, PATH, World, desktop, press, find_window, run_cases, wait_for  # noqa: E402

MAIL = b"From: x@evil.example\r\nSubject: Invoice %d\r\n\r\nopen it\r\n"
MANY = 1000
SECRET = "vJ8roteTinte"


def at(world, offset):
    """The agent's clock from its next start on."""
    library = glob.glob("/usr/lib/*/faketime/libfaketime.so.1")[0]
    options = os.environ.get("ASAN_OPTIONS", "")
    world.environment["ASAN_OPTIONS"] = f"{options}:verify_asan_link_order=0" if options else "verify_asan_link_order=0"
    world.environment.update(LD_PRELOAD=library, FAKETIME=offset, DONT_FAKE_MONOTONIC="1", FAKETIME_DONT_RESET="1")


def no_server(world):
    world.start_sink()
    world.stop_sink()
    world.policy()


def test_a_week_without_server(world):
    """Nothing is given up, and the first report is still the first."""
    no_server(world)
    world.start()
    first, second = (world.report(MAIL % number) for number in range(2))
    wait_for("the first attempt", lambda: world.reports()[first]["attempts"] > 0)
    world.end()
    for day in range(1, 8):
        at(world, f"+{day}d")
        world.start()
        wait_for("an attempt", lambda: world.reports()[first]["attempts"] > day)
        assert world.reports()[first]["state"] == "queued" == world.reports()[second]["state"]
        world.end(signal.SIGKILL if day % 2 else signal.SIGTERM)
    world.start_sink(port=world.port)
    world.start()
    wait_for("both reports", lambda: len(world.arrived()) == 2)
    assert [MAIL % number in world.arrived()[number] for number in range(2)] == [True, True]


def test_clock_set_back(world):
    no_server(world)
    at(world, "+30d")
    world.start()
    report = world.report(MAIL % 1)
    wait_for("the first attempt", lambda: world.reports()[report]["attempts"] > 0)
    world.end()
    world.start_sink(port=world.port)
    at(world, "-3h")
    world.start()
    wait_for("the report", world.arrived)


def test_a_thousand(world):
    """All arrive, in order, each once, while the agent is killed among them."""
    no_server(world)
    world.start()
    reports = [world.report(MAIL % number) for number in range(MANY)]
    assert len(world.reports()) == MANY
    world.end()
    world.start_sink(port=world.port)
    world.start()
    wait_for("some reports", lambda: len(world.arrived()) > MANY // 10)
    world.end(signal.SIGKILL)
    world.start()
    wait_for("all reports", lambda: len(os.listdir(world.folder / "sink")) >= 2 * MANY)
    wait_for("their state", lambda: all(told["state"] == "sent" for told in world.reports().values()))
    order, seen = [], set()
    for arrived in world.arrived():
        report = next(line for line in arrived.split(b"\r\n") if line.startswith(b"Message-ID: <"))[13:45].decode()
        if report not in seen:
            order.append(report)
            seen.add(report)
    assert order == reports, "order or number"
    # The one under the kill may have been taken twice: the receiver folds it by its Message-ID.
    assert len(world.arrived()) <= MANY + 1


def refused(world, number):
    """The sentence with which the agent refuses to take a report."""
    try:
        world.report(MAIL % number)
    except GLib.Error as error:
        return Gio.DBusError.get_remote_error(error), error.message
    raise AssertionError("a report was taken that could not be kept")


def test_full_disk(world):
    """The click says that it was not taken; once there is room it works again, and nothing was lost."""
    world.start_sink()
    world.policy()
    world.start()
    world.report(MAIL % 1)
    wait_for("the first report", world.arrived)
    # No file of the agent's may grow any more.
    resource.prlimit(world.agent.pid, resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
    name, sentence = refused(world, 2)
    assert name == "io.github.sekisho.Error.Store" and "Could not keep the report" in sentence, sentence
    assert world.agent.poll() is None
    resource.prlimit(world.agent.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    world.report(MAIL % 2)
    wait_for("the second report", lambda: len(world.arrived()) == 2)
    assert MAIL % 2 in world.arrived()[1]


def test_read_only_home(world):
    """Where no file can be made the agent runs all the same, and says so at each click."""
    world.start_sink()
    world.policy()
    world.environment["XDG_STATE_HOME"] = "/proc/self"
    world.start()
    name, sentence = refused(world, 1)
    assert name == "io.github.sekisho.Error.Store" and "/proc/self" in sentence, sentence
    assert world.arrived() == []


def secrets_call(world, path, interface, method, arguments):
    return world.bus.call_sync("org.freedesktop.secrets", path, interface, method, arguments, None, 0, -1, None).unpack()


def test_locked_keyring(world):
    """No question comes out of nowhere: the report waits, and goes once the keyring is open."""
    world.start_sink("--starttls", f"{world.certificates}/good.pem", f"{world.certificates}/good.key", "--login", LOGIN,
                     SECRET, "--auth", "PLAIN")
    world.policy(f"login={LOGIN}\nca={world.certificates}/ca.pem\n")
    world.start()
    world.report(MAIL % 1)
    press(wait_for("the window", lambda: find_window("Password for reports"))[0], "type", SECRET)
    press(find_window("Password for reports")[0], "key", "Return")
    wait_for("the first report", world.arrived)
    world.end()
    root, service = "/org/freedesktop/secrets", "org.freedesktop.Secret.Service"
    collection = secrets_call(world, root, service, "ReadAlias", GLib.Variant("(s)", ("default",)))[0]
    secrets_call(world, root, service, "Lock", GLib.Variant("(ao)", ([collection],)))
    world.stop_sink()
    world.start_sink("--starttls", f"{world.certificates}/good.pem", f"{world.certificates}/good.key", "--login", LOGIN,
                     SECRET, "--auth", "PLAIN", port=world.port)
    world.start()
    report = world.report(MAIL % 2)
    wait_for("the reason", lambda: "the keyring is locked" in world.command("list").stdout)
    assert len(world.arrived()) == 1 and world.reports()[report]["state"] == "queued"


class KeyringWorld(World):
    """certificates: a folder that make-certificates filled."""

    def __init__(self, folder, certificates):
        super().__init__(folder)
        self.certificates = certificates


def main():
    cases = [test_a_week_without_server, test_clock_set_back, test_a_thousand, test_full_disk, test_read_only_home,
             test_locked_keyring]
    with desktop() as certificates:
        return run_cases(cases, lambda folder: KeyringWorld(folder, certificates))


sys.exit(main())

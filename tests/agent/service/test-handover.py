#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports that go by way of the mail client's own account: this program takes them as a client does. Run by
tests/support/with-display."""
import email
import os
import signal
import sys

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from reporting_world import DEADLINE_SECONDS, NAME, PATH, World, desktop, run_cases, wait_for  # noqa: E402

MAIL = b"From: x@evil.example\r\nSubject: Invoice %d\r\n\r\nopen it\xe9 \r\n.\r\n"


def take(world):
    """Id, address and bytes of the report that waits, or None."""
    answer, descriptors = world.bus.call_with_unix_fd_list_sync(
        NAME, PATH, NAME, "TakeReport", None, GLib.VariantType("(ssh)"), 0, DEADLINE_SECONDS * 1000, None, None)
    report, address, handle = answer.unpack()
    fd = descriptors.get(handle)
    with os.fdopen(fd, "rb") as lent:
        lent.seek(0)
        text = lent.read()
    return (report, address, text) if report else None


def taken(world, report, failure="", bus=None):
    (bus or world.bus).call_sync(NAME, PATH, NAME, "ReportTaken", GLib.Variant("(ss)", (report, failure)), None, 0, -1, None)


def started(world):
    (world.folder / "policy.conf").write_text("[report]\nundo-seconds=0\naddress=soc@kaede.example\nclient=yes\n")
    world.start()


def original(text):
    message = email.message_from_bytes(text)
    return next(part for part in message.walk() if part.get_filename() == "original.eml").get_payload(decode=True)


def test_taken(world):
    """In order, one after the other, each byte for byte and in lines of ASCII that no server has to touch."""
    started(world)
    reports = [world.report(MAIL % number) for number in range(3)]
    for number, report in enumerate(reports):
        lent, address, text = wait_for("a report", lambda: take(world))
        assert (lent, address) == (report, "soc@kaede.example")
        assert original(text) == MAIL % number and text.isascii()
        assert max(map(len, text.split(b"\r\n"))) < 998 and b"\n" not in text.replace(b"\r\n", b"")
        assert take(world) is None, "lent twice"
        taken(world, lent)
    assert take(world) is None
    assert {told["state"] for told in world.reports().values()} == {"sent"}


def test_failed(world):
    """The reason is told, and it is tried again when the person wants it."""
    started(world)
    report = world.report(MAIL % 1)
    first = wait_for("a report", lambda: take(world))
    taken(world, report, "the server is not there\n<b>at all</b>")
    listed = world.command("list").stdout
    assert "the server is not there" in listed and world.reports()[report]["attempts"] == 1, listed
    assert take(world) is None
    assert world.command("retry", report).returncode == 0
    again = wait_for("the report once more", lambda: take(world))
    assert again == first
    taken(world, report)
    assert world.reports()[report]["state"] == "sent"


def test_nobody_takes_it(world):
    """It waits, over the agent's end, and one that was lent when the agent was killed is lent again."""
    started(world)
    report = world.report(MAIL % 1)
    assert world.reports()[report]["state"] == "queued"
    assert "waits for the mail program" in world.command("list").stdout
    world.end()
    world.start()
    assert wait_for("the report", lambda: take(world))[0] == report
    world.end(signal.SIGKILL)
    world.start()
    assert wait_for("the report", lambda: take(world))[0] == report
    assert world.command("withdraw", report).returncode != 0, "a client is sending it"


def test_odd_callers(world):
    started(world)
    for report in ("", "0" * 32, "'"):
        try:
            taken(world, report)
            raise AssertionError("taken")
        except GLib.Error as error:
            assert Gio.DBusError.get_remote_error(error) == "org.freedesktop.DBus.Error.InvalidArgs"
    report = world.report(MAIL % 1)
    wait_for("the report", lambda: take(world))
    taken(world, report)
    try:
        taken(world, report, "no")
        raise AssertionError("taken back")
    except GLib.Error:
        pass
    assert world.reports()[report]["state"] == "sent"


def test_another_client(world):
    """What one client has taken is no other's to speak of."""
    started(world)
    report = world.report(MAIL % 1)
    wait_for("the report", lambda: take(world))
    assert "waits for the mail program" not in world.command("list").stdout
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    other = Gio.DBusConnection.new_for_address_sync(os.environ["DBUS_SESSION_BUS_ADDRESS"], flags, None, None)
    for failure in ("", "no"):
        try:
            taken(world, report, failure, other)
            raise AssertionError("believed")
        except GLib.Error as error:
            assert Gio.DBusError.get_remote_error(error) == "org.freedesktop.DBus.Error.InvalidArgs"
    assert world.reports()[report]["state"] == "queued"
    taken(world, report)
    assert world.reports()[report]["state"] == "sent"


def test_offered(world):
    """A client that runs hears of it."""
    heard = []
    world.bus.signal_subscribe(NAME, NAME, "ReportWaits", PATH, None, 0, lambda *a: heard.append(a))
    started(world)
    world.report(MAIL % 1)

    def loop():
        GLib.MainContext.default().iteration(False)
        return heard

    wait_for("the signal", loop)


def main():
    cases = [test_taken, test_failed, test_nobody_takes_it, test_odd_callers, test_another_client, test_offered]
    with desktop():
        return run_cases(cases, World)


sys.exit(main())

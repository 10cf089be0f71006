# SPDX-License-Identifier: GPL-3.0-or-later
"""The agent on a session bus of its own, for figures."""
import contextlib
import os
import pathlib
import statistics
import subprocess
import tempfile
import time

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

NAME, PATH = "io.github.sekisho.Agent1", "/io/github/sekisho/Agent1"
BUS = "org.freedesktop.DBus"


def on_bus(bus, method, arguments, answer):
    return bus.call_sync(BUS, "/", BUS, method, arguments, GLib.VariantType(answer), 0, 10000, None).unpack()[0]


def pid_of(bus):
    return on_bus(bus, "GetConnectionUnixProcessID", GLib.Variant("(s)", (NAME,)), "(u)")


def start(bus):
    """Milliseconds until the agent answers its first question."""
    before = time.monotonic()
    bus.call_sync(NAME, PATH, "org.freedesktop.DBus.Properties", "Get", GLib.Variant("(ss)", (NAME, "Version")), None, 0, 10000,
                  None)
    return (time.monotonic() - before) * 1000


def end(bus):
    os.kill(pid_of(bus), 15)
    while on_bus(bus, "NameHasOwner", GLib.Variant("(s)", (NAME,)), "(b)"):
        time.sleep(0.01)


def check(bus, data):
    """Milliseconds of one question and its answer."""
    fd = os.memfd_create("mail", os.MFD_ALLOW_SEALING)
    os.write(fd, data)
    before = time.monotonic()
    bus.call_with_unix_fd_list_sync(NAME, PATH, NAME, "Check", GLib.Variant("(ha{sv})", (0, {})), None, 0, 10000,
                                    Gio.UnixFDList.new_from_array([fd]), None)
    return (time.monotonic() - before) * 1000


def line(what, values, unit):
    values = sorted(values)
    late = values[min(len(values) - 1, int(len(values) * 0.99))]
    print(f"{what}: median {statistics.median(values):.1f} {unit}, 99 % {late:.1f} {unit} ({len(values)} times)")


@contextlib.contextmanager
def private_bus(binary):
    """A bus that starts the agent of binary, in a home that goes with it."""
    with tempfile.TemporaryDirectory(prefix="sekisho-bench-") as home:
        services = pathlib.Path(home, "data", "dbus-1", "services")
        services.mkdir(parents=True)
        (services / f"{NAME}.service").write_text(f"[D-BUS Service]\nName={NAME}\nExec={binary}/sekisho-agent\n")
        environment = dict(os.environ, HOME=home, G_MESSAGES_DEBUG="")
        for name in ("STATE", "DATA", "CACHE", "CONFIG"):
            environment[f"XDG_{name}_HOME"] = f"{home}/{name.lower()}"
        daemon = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address=1"], env=environment,
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            address = daemon.stdout.readline().strip()
            flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
            bus = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
            bus.set_exit_on_close(False)
            yield bus
            end(bus)
        finally:
            daemon.terminate()
            daemon.wait()

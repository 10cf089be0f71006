#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Another process of the person means harm: every method that introspection names gets what it must not, from wrong types to
descriptors that never end. The agent refuses, stays the same process, gives back what it took, and goes on to judge mails."""
import os
import socket
import sys
import tempfile
import threading
import xml.etree.ElementTree as ET

from reporting_world import DEADLINE_SECONDS, NAME, PATH, Gio, GLib, World, run_cases, wait_for

MAIL = b"From: Ota <ota@kaede.example>\r\nSubject: hello\r\nMessage-ID: <1@kaede.example>\r\n\r\nHello.\r\n"
MANY = 20_000
# The bus itself cuts off who nests deeper.
DEPTH = 24
FLOOD = 500
CONNECTIONS = 4
# What a test of this size may leave behind in the allocator.
GROWTH_KIB_MAX = 64 * 1024
# A call that has to wait for nothing is answered long before this, also on a slow machine.
CALL_MILLISECONDS = 60_000
TEXTS = ("", "\u202e\u2066<b>&amp;\n\r\t%s%n${x}", "x" * 100_000, "../../../etc/passwd", "\U0001f600" * 999, "'; DROP TABLE message; --")
NUMBERS = {"u": (0, 2**32 - 1), "x": (-2**63, 2**63 - 1), "b": (True, False), "i": (-2**31, 2**31 - 1)}


class Hostile(World):
    def begin(self):
        self.port = 9  # nobody is to get a report here
        self.policy("[organisation]\ndomains=kaede.example\n")
        self.start()
        assert self.check(MAIL) == "clear"
        self.pid = self.agent.pid
        self.descriptors_before = self.descriptors()
        self.memory_before = self.memory()

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def call(self, method, arguments, files=(), bus=None, milliseconds=CALL_MILLISECONDS):
        """The answer, or the name of the D-Bus error. No answer at all is a fault."""
        try:
            answer, _ = (bus or self.bus).call_with_unix_fd_list_sync(
                NAME, PATH, NAME, method, arguments, None, Gio.DBusCallFlags.NO_AUTO_START, milliseconds,
                Gio.UnixFDList.new_from_array(list(map(os.dup, files))) if files else None, None)
            return answer
        except GLib.Error as error:
            name = Gio.DBusError.get_remote_error(error)
            assert name is not None, f"{method}: {error.message}"
            assert name not in ("org.freedesktop.DBus.Error.NoReply", "org.freedesktop.DBus.Error.ServiceUnknown",
                                "org.freedesktop.DBus.Error.NameHasNoOwner"), f"{method}: {error.message}"
            return name

    def check(self, mail):
        fd = os.memfd_create("mail", os.MFD_ALLOW_SEALING)
        os.write(fd, mail)
        os.lseek(fd, 0, os.SEEK_SET)
        answer = self.call("Check", GLib.Variant("(ha{sv})", (0, {})), [fd])
        os.close(fd)
        return answer if isinstance(answer, str) else answer.unpack()[0]["level"]

    def methods(self):
        """Name and types of the arguments, as the agent itself tells."""
        text = self.bus.call_sync(NAME, PATH, "org.freedesktop.DBus.Introspectable", "Introspect", None, None, 0, 10000, None)
        for interface in ET.fromstring(text.unpack()[0]).findall("interface"):
            if interface.get("name") == NAME:
                return [(method.get("name"), [arg.get("type") for arg in method.findall("arg") if arg.get("direction") != "out"])
                        for method in interface.findall("method")]
        raise AssertionError("the interface is not there")

    def is_well(self):
        """The same process, no descriptor lost, no memory taken for good, and mails are judged."""
        assert self.agent.poll() is None, f"the agent has ended with {self.agent.returncode}"
        # What clients asked who are gone is worked on to its end.
        wait_for("a judgement", lambda: self.check(MAIL) == "clear")
        wait_for("the descriptors to be closed", lambda: self.descriptors() <= self.descriptors_before + 2)
        wait_for("the memory to be given back", lambda: self.memory() - self.memory_before < GROWTH_KIB_MAX)


def text(number, small):
    chosen = TEXTS[number % len(TEXTS)]
    return GLib.Variant("s", chosen[:40] if small else chosen)


def nested(number, small):
    inner = text(number, small)
    for _ in range(DEPTH if number % 2 else 1):
        inner = GLib.Variant("v", inner)
    return inner if small or number % 3 else GLib.Variant("as", ["x"] * 5000)


def value(kind, number, small=False):
    """A value of this type, the number-th kind of bad. small: one of many, as the bus itself cuts off who sends too much."""
    if kind == "s":
        return text(number, small)
    if kind == "h":
        return GLib.Variant("h", (0, 7, 2**31 - 1, -1)[number % 4])
    if kind in NUMBERS:
        return GLib.Variant(kind, NUMBERS[kind][number % 2])
    if kind.startswith("a{"):
        keys = ("client", "folder", "own-addresses", "verdict-id", "message-id", "references", "from", "date", "x" * 99)
        return GLib.Variant("a{sv}", {key: nested(number, small) for key in keys})
    if kind.startswith("a"):
        count = (0, MANY, 1)[number % 3]
        return GLib.Variant.new_array(GLib.VariantType.new(kind[1:]), [value(kind[1:], number, True)] * count)
    if kind.startswith("("):
        return GLib.Variant.new_tuple(*(value(one, number + i, small) for i, one in enumerate(kind[1:-1])))
    raise AssertionError(f"no value of type {kind} is known here")


def test_wrong_types(world):
    """Too few, too many, and others than asked for."""
    world.begin()
    refused = 0
    for method, kinds in world.methods():
        wrong = [GLib.Variant("(t)", (1,)), GLib.Variant("(dddd)", (0.1, 0.2, 0.3, 0.4)), GLib.Variant("(a(sv))", ([],))]
        if kinds:
            wrong.append(None)
        for arguments in wrong:
            answer = world.call(method, arguments)
            assert isinstance(answer, str), f"{method} took {arguments}"
            refused += 1
    assert refused > 60, refused
    world.is_well()


def test_hostile_values(world):
    """Of the right types, and bad in every other way. Whatever comes back, it is an answer."""
    world.begin()
    called = 0
    for method, kinds in world.methods():
        for number in range(6 if kinds else 1):
            arguments = GLib.Variant.new_tuple(*(value(kind, number + i) for i, kind in enumerate(kinds)))
            world.call(method, arguments)
            called += 1
    assert called > 60, called
    world.is_well()


def test_descriptors(world):
    """What is no mail: pipes and sockets that never end, devices, folders, files without end or of nothing."""
    world.begin()
    reader, writer = os.pipe()
    left, right = socket.socketpair()
    with tempfile.TemporaryDirectory() as folder:
        sparse = os.open(f"{folder}/sparse", os.O_RDWR | os.O_CREAT)
        os.truncate(sparse, 64 * 2**30)
        os.mkfifo(f"{folder}/fifo")
        fifo = os.open(f"{folder}/fifo", os.O_RDWR)
        write_only = os.open(f"{folder}/write-only", os.O_WRONLY | os.O_CREAT)
        empty = os.memfd_create("empty", os.MFD_ALLOW_SEALING)
        files = [reader, writer, left.fileno(), os.open("/dev/zero", os.O_RDONLY), os.open("/dev/null", os.O_RDONLY),
                 os.open(folder, os.O_RDONLY | os.O_DIRECTORY), sparse, fifo, write_only, os.open(folder, os.O_PATH),
                 os.eventfd(0), empty]
        for method in ("Check", "Report"):
            for number, fd in enumerate(files):
                answer = world.call(method, GLib.Variant("(ha{sv})", (0, {})), [fd])
                # Of a file that is too large it is said that it was not looked at.
                judged = not isinstance(answer, str) and method == "Check" and answer.unpack()[0]["level"]
                assert fd == empty or isinstance(answer, str) or fd == sparse and judged not in (False, "clear"), \
                    f"{method} took the file number {number}"
            for index in (1, -1, 2**31 - 1):
                assert isinstance(world.call(method, GLib.Variant("(ha{sv})", (index, {})), [empty]), str)
            assert isinstance(world.call(method, GLib.Variant("(ha{sv})", (0, {}))), str), f"{method} took no file"
            # More than it asked for.
            world.call(method, GLib.Variant("(ha{sv})", (0, {})), [empty] * 12)
        for fd in files:
            if fd != left.fileno():
                os.close(fd)
    left.close()
    right.close()
    world.is_well()


def test_changed_while_read(world):
    """A mail without seals, cut and filled again by its owner all the time."""
    world.begin()
    fd = os.memfd_create("mail", os.MFD_ALLOW_SEALING)
    over = threading.Event()

    def change():
        while not over.is_set():
            os.ftruncate(fd, 0)
            os.pwrite(fd, MAIL + b"x" * 300_000, 0)

    changer = threading.Thread(target=change)
    changer.start()
    try:
        for _ in range(50):
            world.call("Check", GLib.Variant("(ha{sv})", (0, {})), [fd])
    finally:
        over.set()
        changer.join()
        os.close(fd)
    world.is_well()


def test_flood(world):
    """More calls at once than it takes, from several sides, of whom half are gone before the answer."""
    world.begin()
    address = os.environ["DBUS_SESSION_BUS_ADDRESS"]
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    fd = os.memfd_create("mail", os.MFD_ALLOW_SEALING)
    os.write(fd, MAIL)
    answers = {"judged": 0, "refused": 0, "lost": 0}
    asked = 0

    def on_answer(bus, result):
        try:
            bus.call_with_unix_fd_list_finish(result)
            answers["judged"] += 1
        except GLib.Error as error:
            limited = Gio.DBusError.get_remote_error(error) == "org.freedesktop.DBus.Error.LimitsExceeded"
            answers["refused" if limited else "lost"] += 1

    buses = [Gio.DBusConnection.new_for_address_sync(address, flags, None, None) for _ in range(CONNECTIONS)]
    for _ in range(FLOOD):
        for bus in buses:
            bus.call_with_unix_fd_list(NAME, PATH, NAME, "Check", GLib.Variant("(ha{sv})", (0, {})), None, 0, CALL_MILLISECONDS,
                                       Gio.UnixFDList.new_from_array([os.dup(fd)]), None, on_answer)
            asked += 1
    for bus in buses[: CONNECTIONS // 2]:
        bus.flush_sync(None)
        bus.close_sync(None)
    context = GLib.MainContext.default()
    staying = FLOOD * (CONNECTIONS - CONNECTIONS // 2)
    wait_for("the answers", lambda: [context.iteration(False) for _ in range(500)] and
             answers["judged"] + answers["refused"] >= staying)
    assert answers["judged"] > 0, answers
    os.close(fd)
    for bus in buses[CONNECTIONS // 2:]:
        bus.close_sync(None)
    world.is_well()


def test_name_is_taken_first(world):
    """Somebody else has the agent's name: the agent says so and ends, it does not fight or hang."""
    world.port = 9
    world.policy()
    other = Gio.DBusConnection.new_for_address_sync(
        os.environ["DBUS_SESSION_BUS_ADDRESS"],
        Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
    other.call_sync("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "RequestName", GLib.Variant("(su)", (NAME, 4)), None, 0,
                    10000, None)
    world.start()
    assert world.agent.wait(DEADLINE_SECONDS) != 0
    other.close_sync(None)


sys.exit(run_cases([case for name, case in list(globals().items())
                    if name.startswith("test_") and (len(sys.argv) < 2 or name in sys.argv[1:])], Hostile))

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways on which a desktop comes to its signed policy: a shared folder, a proxy, a login, a certificate of its own, two files
that are changed while it looks, a roll-out by and by. Run by tests/support/with-display."""
import hashlib
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gi.repository import Gio, GLib  # noqa: E402
from pulling_world import run, wait_for  # noqa: E402

SECRETS = "org.freedesktop.secrets"
ROOM = "/org/freedesktop/secrets"


class Proxy:
    """Passes connections on (CONNECT, RFC 9110 section 9.3.6), and remembers where to."""

    def __init__(self):
        self.asked = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                client, _ = self.socket.accept()
            except OSError:
                return
            request = b""
            while b"\r\n\r\n" not in request:
                request += client.recv(4096)
            self.asked.append(request.decode("latin-1").splitlines()[0])
            host, port = self.asked[-1].split()[1].rsplit(":", 1)
            server = socket.create_connection((host, int(port)))
            client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            for source, target in ((client, server), (server, client)):
                threading.Thread(target=self.copy, args=(source, target), daemon=True).start()

    @staticmethod
    def copy(source, target):
        try:
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass


class Keyring:
    """gnome-keyring, unlocked, with one password in it."""

    def __init__(self, home):
        self.process = subprocess.Popen(["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
                                        env=dict(os.environ, HOME=home, XDG_DATA_HOME=f"{home}/data",
                                                 XDG_RUNTIME_DIR=home),
                                        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.process.stdin.write(b"keyring of this run")
        self.process.stdin.close()

    def keep(self, bus, server, login, password):
        def call(path, interface, method, arguments):
            return bus.call_sync(SECRETS, path, f"org.freedesktop.Secret.{interface}", method, arguments, None, 0, -1,
                                 None).unpack()

        _, session = call(ROOM, "Service", "OpenSession", GLib.Variant("(sv)", ("plain", GLib.Variant("s", ""))))
        attributes = {"xdg:schema": "io.github.sekisho.Report", "server": server, "login": login}
        item = {"org.freedesktop.Secret.Item.Label": GLib.Variant("s", "test"),
                "org.freedesktop.Secret.Item.Attributes": GLib.Variant("a{ss}", attributes)}
        made, prompt = call(f"{ROOM}/aliases/default", "Collection", "CreateItem", GLib.Variant(
            "(a{sv}(oayays)b)", (item, (session, b"", password.encode(), "text/plain"), True)))
        assert made != "/" and prompt == "/", (made, prompt)

    def close(self):
        self.process.terminate()
        self.process.wait()


def test_file_share(company):
    company.publish("First", 1)
    company.root_policy(f"file://{company.site}/policy.conf")
    company.start()
    company.wait_name("First")


def test_same_second_same_size(company):
    """A web server that knows a file by second and size still sees that there is another one."""
    company.with_first()
    for serial, name in ((2, "Aaaaa"), (3, "Bbbbb"), (4, "Ccccc")):
        company.publish(name, serial)
        company.look()
        company.wait_name(name)


def test_between_file_and_signature(company):
    """Who comes while the two are put in place, whichever is first, looks once more and complains of nothing."""
    company.with_first()
    for serial, order in ((2, ("", ".minisig")), (3, (".minisig", ""))):
        path = company.write(f"Number {serial}", serial)
        company.sign(path)
        before = company.log_of_site().count(".minisig")
        for suffix in order:
            company.put(f"policy.conf{suffix}", pathlib.Path(f"{path}{suffix}").read_bytes())
            if suffix == order[0]:
                company.look()
                if suffix == "":
                    wait_for("the look", lambda: company.log_of_site().count(".minisig") > before)
        if order[0] == ".minisig":
            company.look()
        company.wait_name(f"Number {serial}")
        assert company.state()["pull-error"] == "", company.state()
    assert "was not renewed" not in company.log.read_text()


def test_proxy(company):
    company.serve()
    company.publish("First", 1)
    proxy = Proxy()
    company.root_policy(more=f"proxy=127.0.0.1:{proxy.port}\n")
    company.start()
    company.wait_name("First")
    assert proxy.asked and all(f"CONNECT 127.0.0.1:{company.web_port} " in line for line in proxy.asked), proxy.asked
    proxy.socket.close()


def test_certificate_of_the_desktop(company):
    company.serve()
    company.publish("First", 1)
    url = f"https://127.0.0.1:{company.web_port}/by-certificate/policy.conf"
    company.root_policy(url)
    company.start()
    company.wait_refused("answers 403", "")
    # It looks again as soon as there is another way.
    desktop = f"{company.certificates}/desktop"
    company.root_policy(url, more=f"certificate={desktop}.pem\ncertificate-key={desktop}.key\n")
    company.wait_name("First")
    assert company.state()["pull-error"] == "", company.state()


def test_login(company):
    company.serve()
    company.publish("First", 1)
    password = "ひらけごま open"
    hashed = subprocess.run(["openssl", "passwd", "-apr1", password], check=True, capture_output=True, text=True).stdout
    (company.folder / "users").write_text(f"desktops:{hashed}")
    url = f"https://127.0.0.1:{company.web_port}/for-some/policy.conf"
    with tempfile.TemporaryDirectory(prefix="sekisho-keyring-") as home:
        keyring = Keyring(home)
        try:
            wait_for("the keyring", lambda: company.bus.call_sync(
                "org.freedesktop.DBus", "/", "org.freedesktop.DBus", "NameHasOwner", GLib.Variant("(s)", (SECRETS,)), None,
                Gio.DBusCallFlags.NONE, -1, None).unpack()[0])
            company.root_policy(url, more="login=desktops\n")
            company.start()
            company.wait_refused("holds no password of desktops", "")
            keyring.keep(company.bus, "127.0.0.1", "desktops", password)
            company.look()
            company.wait_name("First")
            assert password.encode() not in company.everything()
        finally:
            keyring.close()


def test_rollout(company):
    """A desktop whose turn it is not keeps what it has, and does not load the file again and again."""
    company.with_first()
    machine = pathlib.Path("/etc/machine-id")
    machine = machine.read_text().strip() if machine.exists() else ""

    def turn(serial):
        return int(hashlib.sha256(f"{machine} {serial}".encode()).hexdigest()[:8], 16) % 100

    serial = next(serial for serial in range(2, 1000) if turn(serial) >= 1)
    company.publish("For few", serial, head="rollout=1\n")
    loaded = '"GET /policy.conf HTTP/1.1" 200'
    before = company.log_of_site().count(loaded)
    notes = company.folder / "state/sekisho/policy/state.conf"
    noted = notes.read_text()
    company.look()
    wait_for("the look", lambda: company.log_of_site().count(loaded) == before + 1)
    wait_for("its name", lambda: notes.read_text() != noted)
    not_changed = company.log_of_site().count(" 304 ")
    company.look()
    wait_for("a 304", lambda: company.log_of_site().count(" 304 ") > not_changed)
    assert company.log_of_site().count(loaded) == before + 1
    assert company.state()["organisation"] == "First" and company.state()["pull-error"] == ""
    company.publish("For everyone", serial + 1)
    company.look()
    company.wait_name("For everyone")


sys.exit(run(globals()))

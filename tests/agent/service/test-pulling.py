#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The signed policy on its way from an administrator's desk to a desktop: sekisho policy sign and publish, a real nginx
over TLS with an authority of its own, the real agent. And everything that must be refused on that way. Run by
tests/support/with-display."""
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gi.repository import Gio, GLib  # noqa: E402
from reporting_world import BIN, NAME, PATH, SUPPORT, World, wait_for  # noqa: E402

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
SITE = """{user} daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log; worker_processes 1;
events {{ worker_connections 64; }}
http {{
  access_log {folder}/access.log; client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2;
  fastcgi_temp_path {folder}/t3; uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{
    listen 127.0.0.1:{port} ssl; ssl_certificate {certificates}/good.pem; ssl_certificate_key {certificates}/good.key;
    root {folder}/site;
    location /to-http/ {{ return 302 http://127.0.0.1:{port}/policy.conf; }}
    location /to-https/ {{ return 302 https://127.0.0.1:{port}/policy.conf$is_args; }}
    location /round/ {{ return 302 https://127.0.0.1:{port}/round/again; }}
    location /for-some/ {{ auth_basic "desktops"; auth_basic_user_file {folder}/users; alias {folder}/site/; }}
  }}
}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Odd:
    """A TLS server that answers as a broken or hostile one would."""

    def __init__(self, certificates, certificate, answer):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(f"{certificates}/{certificate}.pem", f"{certificates}/{certificate}.key")
        self.answer = answer
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                plain, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.talk, args=(plain,), daemon=True).start()

    def talk(self, plain):
        try:
            with self.context.wrap_socket(plain, server_side=True) as connection:
                request = b""
                while b"\r\n\r\n" not in request:
                    request += connection.recv(4096)
                self.answer(connection, request.decode("latin-1"))
        except (OSError, ssl.SSLError):
            pass

    def close(self):
        self.socket.close()


class Company(World):
    """An administrator with a web server, and one desktop."""

    def __init__(self, folder, certificates):
        super().__init__(folder)
        self.certificates = certificates
        self.site = self.folder / "site"
        self.site.mkdir()
        self.web_port = free_port()
        # As root its workers would be somebody who may not look into this folder.
        user = "user root;" if os.geteuid() == 0 else ""
        (self.folder / "nginx.conf").write_text(
            SITE.format(user=user, folder=self.folder, port=self.web_port, certificates=certificates))
        self.nginx = None
        self.keys = [self.make_key("old"), self.make_key("new")]
        self.odd = None

    def make_key(self, name):
        subprocess.run(["minisign", "-G", "-W", "-p", self.folder / f"{name}.pub", "-s", self.folder / f"{name}.sec"],
                       check=True, capture_output=True)
        return (self.folder / f"{name}.pub").read_text().splitlines()[1]

    def serve(self):
        self.nginx = subprocess.Popen([NGINX, "-c", self.folder / "nginx.conf", "-e", self.folder / "nginx.log"],
                                      stderr=subprocess.DEVNULL)
        wait_for("nginx", lambda: socket.socket().connect_ex(("127.0.0.1", self.web_port)) == 0)

    def root_policy(self, url=None, keys=None, more=""):
        url = url or f"https://127.0.0.1:{self.web_port}/policy.conf"
        (self.folder / "policy.conf").write_text(
            f"[policy]\nurl={url}\nkeys={';'.join(keys or self.keys)}\nca={self.certificates}/ca.pem\n{more}")

    def write(self, name, serial, more=""):
        path = self.folder / "desk" / "policy.conf"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"[policy]\nserial={serial}\n[organisation]\nname={name}\n{more}")
        return path

    def sekisho(self, *words):
        return subprocess.run([f"{BIN}/sekisho", "policy", *words], env=self.environment, capture_output=True, text=True,
                              check=False)

    def sign(self, path, key="old"):
        result = self.sekisho("sign", "--key", self.folder / f"{key}.sec", path)
        assert result.returncode == 0, result.stderr

    def publish(self, name, serial, key="old", more=""):
        path = self.write(name, serial, more)
        self.sign(path, key)
        result = self.sekisho("publish", "--key", self.keys[0], "--key", self.keys[1], path, self.site)
        assert result.returncode == 0, result.stderr

    def state(self):
        answer = self.bus.call_sync(NAME, PATH, "org.freedesktop.DBus.Properties", "Get",
                                    GLib.Variant("(ss)", (NAME, "Policy")), None, Gio.DBusCallFlags.NO_AUTO_START, 5000,
                                    None)
        return answer.unpack()[0]

    def look(self):
        """The agent looks now."""
        self.agent.send_signal(signal.SIGHUP)

    def wait_name(self, name):
        try:
            wait_for(f"the policy of {name}", lambda: self.state()["organisation"] == name)
        except AssertionError as error:
            raise AssertionError(f"{error}: {self.state()}") from None

    def wait_refused(self, words, name="First"):
        """The look fails for this reason, and the last good one stays in force."""
        try:
            wait_for(words, lambda: words in self.state()["pull-error"])
        except AssertionError as error:
            raise AssertionError(f"{error}: {self.state()}") from None
        assert self.state()["organisation"] == name, self.state()

    def with_first(self):
        self.serve()
        self.publish("First", 1)
        self.root_policy()
        self.start()
        self.look()
        self.wait_name("First")

    def odd_server(self, answer, certificate="good"):
        """What is fetched from now on comes from a server that answers so."""
        self.odd = Odd(self.certificates, certificate, answer)
        self.root_policy(f"https://127.0.0.1:{self.odd.port}/policy.conf")

    def close(self):
        super().close()
        if self.odd is not None:
            self.odd.close()
        if self.nginx is not None:
            self.nginx.terminate()
            self.nginx.wait()


def test_published_and_in_force(company):
    company.with_first()
    assert company.state()["serial"] == 1 and company.state()["pulled"] > 0
    company.publish("Second", 2)
    company.look()
    company.wait_name("Second")
    # The second time round the server says "not changed" and sends nothing.
    company.look()
    log = company.folder / "access.log"
    wait_for("a 304", lambda: '"GET /policy.conf HTTP/1.1" 304 0' in log.read_text().replace("HTTP/2.0", "HTTP/1.1"))


def test_kept_without_network(company):
    company.with_first()
    company.nginx.terminate()
    company.nginx.wait()
    company.nginx = None
    company.end(signal.SIGKILL)
    company.start()
    company.wait_name("First")
    company.wait_refused("could not be fetched")


def test_rotation(company):
    company.with_first()
    path = company.write("By the new key", 2)
    company.sign(path, "new")
    assert company.sekisho("publish", "--key", company.keys[1], path, company.site).returncode == 0
    company.look()
    company.wait_name("By the new key")
    # The old key is taken away: what it signs is no more than a stranger's.
    company.root_policy(keys=[company.keys[1]])
    path = company.write("By the old key once more", 3)  # nginx: same second and size, same ETag
    company.sign(path, "old")
    for name in ("policy.conf", "policy.conf.minisig"):
        shutil.copy(path.parent / name, company.site)
    company.look()
    company.wait_refused("not among the keys", "By the new key")


def test_replay(company):
    company.with_first()
    old = {name: (company.site / name).read_bytes() for name in ("policy.conf", "policy.conf.minisig")}
    company.publish("Second", 2)
    company.look()
    company.wait_name("Second")
    for name, data in old.items():
        (company.site / name).write_bytes(data)
    company.look()
    company.wait_refused("older than 2", "Second")


def test_changed_on_the_way(company):
    company.with_first()
    path = company.site / "policy.conf"
    path.write_text(path.read_text() + "[client]\nunavailable=show\n")
    company.look()
    company.wait_refused("does not belong to this file")


def test_no_signature(company):
    company.with_first()
    path = company.site / "policy.conf"
    path.write_text(path.read_text().replace("serial=1", "serial=2"))
    (company.site / "policy.conf.minisig").unlink()
    company.look()
    company.wait_refused("answers 404")
    (company.site / "policy.conf.minisig").write_text("")
    company.look()
    company.wait_refused("not one of minisign")


def test_truncated(company):
    company.with_first()
    data = (company.site / "policy.conf").read_bytes()

    def half(connection, request):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(data) + data[:20])

    company.odd_server(half)
    company.wait_refused("could not be fetched")


def test_slow(company):
    company.with_first()

    def drip(connection, request):
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(200):
            connection.sendall(b"#")
            time.sleep(0.5)

    company.odd_server(drip)
    company.wait_refused("too slow")


def test_hundred_megabytes(company):
    company.with_first()
    with open(company.site / "policy.conf", "wb") as file:
        file.truncate(100 * 1024 * 1024)
    company.look()
    company.wait_refused("too large")

    def endless(connection, request):
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"#" * 65536)

    company.odd_server(endless)
    company.wait_refused("too large")


def test_redirects(company):
    company.with_first()
    port = company.web_port
    company.root_policy(f"https://127.0.0.1:{port}/to-http/policy.conf")
    company.wait_refused("not https")
    company.root_policy(f"https://127.0.0.1:{port}/round/policy.conf")
    company.wait_refused("from place to place")


def test_certificates(company):
    company.with_first()
    for certificate in ("expired", "other-name", "self-signed"):
        if company.odd is not None:
            company.odd.close()
        company.odd_server(lambda connection, request: connection.sendall(b"HTTP/1.1 404 No\r\n\r\n"), certificate)
        wait_for(certificate, lambda: f":{company.odd.port}/" in company.state()["pull-error"])
        company.wait_refused("could not be fetched")
        assert "answers" not in company.state()["pull-error"], company.state()


def test_strangers_name_no_keys(company):
    """The person's own file may neither say where policies come from nor who signs them."""
    company.serve()
    company.publish("First", 1)
    company.root_policy()
    settings = company.folder / "config" / "sekisho"
    settings.mkdir(parents=True)
    (settings / "settings.conf").write_text((company.folder / "policy.conf").read_text())
    (company.folder / "policy.conf").write_text("[client]\nunavailable=show\n")
    company.start()
    time.sleep(5)  # A look would come within four seconds.
    assert company.state()["pulled"] == 0 and company.state()["pull-error"] == ""
    assert not (company.folder / "access.log").read_text()


def test_killed_between(company):
    """Killed at any moment around a look, what is kept is one policy or the other, whole."""
    company.with_first()
    for serial in range(2, 14):
        # nginx makes an ETag of second and size.
        company.publish(f"Number {serial}", serial, more="#" * serial)
        company.look()
        time.sleep(0.004 * serial)
        company.end(signal.SIGKILL)
        company.start()
        assert company.state()["error"] == "", company.state()
        assert company.state()["organisation"] in ("First", *(f"Number {n}" for n in range(2, serial + 1)))
    company.look()
    company.wait_name("Number 13")


def test_expired(company):
    company.serve()
    company.publish("First", 1, more="")
    path = company.write("Old", 2)
    path.write_text(path.read_text().replace("serial=2", "serial=2\nnot-after=2020-01-01"))
    company.sign(path)
    assert company.sekisho("publish", "--key", company.keys[0], path, company.site).returncode == 0
    company.root_policy()
    company.start()
    company.look()
    company.wait_name("Old")
    assert "2020-01-01" in company.state()["error"], company.state()


def test_signing_desk(company):
    """What desktops would refuse is refused before it is published."""
    company.serve()
    faulty = company.write("Faulty", 1, "[client]\nunavailable=perhaps\n")
    result = company.sekisho("sign", "--key", company.folder / "old.sec", faulty)
    assert result.returncode == 1 and ":6:13:" in result.stderr, result.stderr
    without = company.write("No serial", 1)
    without.write_text("[organisation]\nname=x\n")
    assert company.sekisho("sign", "--key", company.folder / "old.sec", without).returncode == 1
    company.publish("First", 5)
    path = company.write("Not newer", 5)
    company.sign(path)
    result = company.sekisho("publish", "--key", company.keys[0], path, company.site)
    assert result.returncode == 1 and "not above 5" in result.stderr, result.stderr
    path = company.write("Not signed", 6)
    result = company.sekisho("publish", "--key", company.keys[0], path, company.site)
    assert result.returncode == 1 and "does not belong" in result.stderr, result.stderr
    assert "First" in (company.site / "policy.conf").read_text()


def test_file_share(company):
    company.publish("First", 1)
    company.root_policy(f"file://{company.site}/policy.conf")
    company.start()
    company.wait_name("First")


def main():
    cases = [case for name, case in globals().items() if name.startswith("test_")]
    wanted = sys.argv[1:]
    cases = [case for case in cases if not wanted or case.__name__ in wanted]
    failed = 0
    with tempfile.TemporaryDirectory(prefix="sekisho-ca-") as certificates:
        subprocess.run([SUPPORT / "make-certificates", certificates], check=True)
        print(f"1..{len(cases)}")
        for number, case in enumerate(cases, 1):
            with tempfile.TemporaryDirectory(prefix="sekisho-pull-") as folder:
                company = Company(pathlib.Path(folder), certificates)
                try:
                    case(company)
                    print(f"ok {number} {case.__name__}", flush=True)
                except AssertionError as error:
                    failed += 1
                    log = company.log.read_text() if company.log.exists() else ""
                    text = "".join(f"# {line}\n" for line in f"{error}\n{log}".splitlines())
                    print(f"{text}not ok {number} {case.__name__}", flush=True)
                finally:
                    company.close()
    return 1 if failed else 0


sys.exit(main())

# SPDX-License-Identifier: GPL-3.0-or-later
"""An administrator who signs and publishes (sekisho policy), a real nginx over TLS with an authority of its own, and one desktop
with the real agent (tests/support/with-display)."""
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
    ssl_client_certificate {certificates}/ca.pem; ssl_verify_client optional;
    root {folder}/site;
    location /to-http/ {{ return 302 http://127.0.0.1:{port}/policy.conf; }}
    location /to-https/ {{ return 302 https://127.0.0.1:{port}/policy.conf$is_args; }}
    location /round/ {{ return 302 https://127.0.0.1:{port}/round/again; }}
    location /by-certificate/ {{ if ($ssl_client_verify != SUCCESS) {{ return 403; }} alias {folder}/site/; }}
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
        self.changes = 0
        for name in ("http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"):
            self.environment.pop(name, None)

    def put(self, name, data):
        """Changes what lies on the server, past all precautions. nginx makes an ETag of second and size."""
        path = self.site / name
        path.write_bytes(data)
        self.changes += 1
        os.utime(path, (time.time(), time.time() + self.changes))

    def log_of_site(self):
        return (self.folder / "access.log").read_text()

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

    def write(self, name, serial, more="", head=""):
        path = self.folder / "desk" / "policy.conf"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"[policy]\nserial={serial}\n{head}[organisation]\nname={name}\n{more}")
        return path

    def sekisho(self, *words):
        return subprocess.run([f"{BIN}/sekisho", "policy", *words], env=self.environment, capture_output=True, text=True,
                              check=False)

    def status(self):
        return subprocess.run([f"{BIN}/sekisho", "status"], env=self.environment, capture_output=True, text=True, check=False)

    def sign(self, path, key="old"):
        result = self.sekisho("sign", "--key", self.folder / f"{key}.sec", path)
        assert result.returncode == 0, result.stderr

    def publish(self, name, serial, key="old", more="", head=""):
        path = self.write(name, serial, more, head)
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


def run(names):
    """Runs the functions of names (globals()) that are cases, or those that the command line names."""
    cases = [case for name, case in names.items() if name.startswith("test_")]
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

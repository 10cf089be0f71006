# SPDX-License-Identifier: GPL-3.0-or-later
"""A real IMAP server on loopback: Dovecot, out of a folder of its own, as the user who runs the tests; where that is root, which
Dovecot refuses for its login process, as nobody."""
import contextlib
import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile

from world import stop, wait

CONF = """protocols = imap
base_dir = {home}/run
state_dir = {home}/run
log_path = {home}/dovecot.log
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = {uid}
first_valid_gid = 0
mail_location = maildir:{home}/Mail
passdb {{
  driver = static
  args = nopassword=y
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""
USER, PASSWORD = "taro", "secret"


class Imap:
    def __init__(self):
        self.home = tempfile.mkdtemp(prefix="sekisho-imap-")
        who = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        for folder in ("", ".Quarantine", ".Sent"):
            for part in ("cur", "new", "tmp"):
                os.makedirs(self.path("Mail", folder, part))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        with open(self.path("dovecot.conf"), "w", encoding="utf-8") as out:
            out.write(CONF.format(home=self.home, user=who.pw_name, uid=who.pw_uid, gid=who.pw_gid,
                                  group=grp.getgrgid(who.pw_gid).gr_name, port=self.port))
        as_other = {}
        if os.getuid() == 0:
            as_other = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
            for place, folders, files in os.walk(self.home):
                for name in ["", *folders, *files]:
                    os.chown(os.path.join(place, name), who.pw_uid, who.pw_gid)
        self.as_other = as_other
        self.start()

    def start(self):
        self.process = subprocess.Popen(["/usr/sbin/dovecot", "-F", "-c", self.path("dovecot.conf")], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **self.as_other)
        wait("Dovecot to answer", self.answers)

    def path(self, *parts):
        return os.path.join(self.home, *parts)

    def answers(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), 2) as client:
                return client.recv(100).startswith(b"* OK")
        except OSError:
            return False

    def folder(self, name):
        return self.path("Mail", "" if name.lower() == "inbox" else "." + name)

    def put(self, data, folder="inbox"):
        """Lays a mail down as a delivery does, and returns its number, 1 for the first. Mail travels with CRLF."""
        number = 1 + sum(len(os.listdir(os.path.join(self.folder(folder), part))) for part in ("cur", "new"))
        with open(os.path.join(self.folder(folder), "new", f"{1700000000 + number}.{number}.host"), "wb") as out:
            out.write(data)
        return number

    def seen(self):
        """Of each mail in the inbox, in the order of their numbers, whether it counts as read."""
        names = [name for part in ("cur", "new") for name in os.listdir(os.path.join(self.folder("inbox"), part))]
        return ["S" in name.partition(":2,")[2] for name in sorted(names)]

    def mails(self, folder):
        """The bytes of all that lie there."""
        found = []
        for part in ("cur", "new"):
            for name in sorted(os.listdir(os.path.join(self.folder(folder), part))):
                if "T" in name.partition(":2,")[2]:
                    continue  # deleted, not expunged yet
                with open(os.path.join(self.folder(folder), part, name), "rb") as mail:
                    found.append(mail.read())
        return found

    def stop(self):
        """Nobody answers any more; what lies there stays. The process of a client outlives Dovecot's first one."""
        pid = self.process.pid
        try:
            with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as children:
                ours = [int(child) for child in children.read().split()]
        except OSError:
            ours = []
        stop(self.process)
        for child in ours:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)

    def close(self):
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

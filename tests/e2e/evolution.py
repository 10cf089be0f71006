# SPDX-License-Identifier: GPL-3.0-or-later
"""The same world with real Evolution in it: a local Maildir, the probe as a module of GIO, and our module loaded by it."""
import os
import subprocess

from imap import PASSWORD, USER
from world import NoStart, Probe, Timeout, World, stop, wait

FOLDERS = ("", ".Outbox", ".Sent", ".Drafts", ".Templates", ".Archive")
ACCOUNT = {
    "account": "[Data Source]\nDisplayName=kaede\nEnabled=true\nParent=\n\n[Mail Account]\nBackendName=none\n"
               "IdentityUid=sekisho-identity\nArchiveFolder=\nNeedsInitialSetup=false\n",
    "identity": "[Data Source]\nDisplayName=kaede\nEnabled=true\nParent=sekisho-account\n\n[Mail Identity]\n"
                "Address=taro.sato@kaede.example\nName=佐藤 太郎\n\n[Mail Submission]\nSentFolder=folder://local/Sent\n"
                "TransportUid=sekisho-smtp\n\n[Mail Composition]\nDraftsFolder=folder://local/Drafts\n"
                "TemplatesFolder=folder://local/Templates\n",
    "smtp": "[Data Source]\nDisplayName=kaede\nEnabled=true\nParent=sekisho-account\n\n[Mail Transport]\nBackendName=smtp\n\n"
            "[Authentication]\nHost=127.0.0.1\nPort={smtp_port}\nUser=nobody\nMethod=none\n\n[Security]\nMethod=none\n",
}
IMAP = "[Data Source]\nDisplayName=minato\nEnabled=true\nParent=\n\n[Mail Account]\nBackendName=imapx\n" \
       "IdentityUid=sekisho-identity\nArchiveFolder=\nNeedsInitialSetup=false\n\n" \
       "[Authentication]\nHost=127.0.0.1\nPort={port}\nUser={user}\nMethod=PLAIN\nRememberPassword=false\n\n" \
       "[Security]\nMethod=none\n\n[Offline]\nStaySynchronized=false\n\n[Imapx Backend]\nUseSubscriptions=false\n"
MBOX = "[Data Source]\nDisplayName=letters\nEnabled=true\nParent=\n\n[Mail Account]\nBackendName=mbox\n" \
       "IdentityUid=sekisho-identity\nArchiveFolder=\nNeedsInitialSetup=false\n\n[Mbox Backend]\nPath={path}\n"


class EvolutionWorld(World):
    """put () gives the number a mail got, 1 for the first; probes know mails by their uid, subject_of () joins the two."""

    client_name = "Evolution"

    def __init__(self, *arguments, imap=None, mbox=False, **options):
        """imap: the server with the mails. mbox: they lie in one file, which no other program may read mail by mail."""
        self.imap = imap
        self.mbox = mbox
        self.uids = {}
        super().__init__(*arguments, **options)

    def register_browser(self):
        self.write(".local/share/applications/browser.desktop",
                   f"[Desktop Entry]\nType=Application\nName=Browser\nExec={self.path('browser')} %u\n"
                   "MimeType=x-scheme-handler/http;x-scheme-handler/https;\n")
        self.write(".config/mimeapps.list", "[Default Applications]\nx-scheme-handler/http=browser.desktop\n"
                   "x-scheme-handler/https=browser.desktop\n")

    def write_claws(self):
        if self.browser:
            self.register_browser()
        for name, text in ACCOUNT.items():
            self.write(f".config/evolution/sources/sekisho-{name}.source", text.replace("{smtp_port}", str(self.smtp_port)))
        if self.imap:
            self.write(".config/evolution/sources/sekisho-imap.source", IMAP.format(port=self.imap.port, user=USER))
            self.env["SEK_PROBE_ACCOUNT"] = "sekisho-imap"
        if self.mbox:
            os.makedirs(self.path("letters"))
            self.write(".config/evolution/sources/sekisho-mbox.source", MBOX.format(path=self.path("letters")))
            self.env["SEK_PROBE_ACCOUNT"] = "sekisho-mbox"
        for folder in FOLDERS:
            for part in ("cur", "new", "tmp"):
                os.makedirs(self.path(".local/share/evolution/mail/local", folder, part))
        self.write(".local/share/evolution/mail/local/..maildir++", "maildir++ 1")
        self.env.update({
            "GSETTINGS_BACKEND": "memory", "GIO_USE_VFS": "local", "GIO_EXTRA_MODULES": os.path.join(self.build, "tests", "gio"),
            "WEBKIT_DISABLE_COMPOSITING_MODE": "1", "LIBGL_ALWAYS_SOFTWARE": "1",
            # WebKit's own sandbox needs user namespaces, which a test machine may not give.
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
        })
        if self.plugin:
            self.env["SEK_MODULE"] = os.path.join(self.build, "plugins", "module-sekisho.so")

    def put(self, data, folder="inbox", seen=False):
        if self.imap:
            return self.imap.put(data, folder)
        if self.mbox:
            with open(self.path("letters", folder.capitalize()), "ab") as out:
                out.write(b"From someone@somewhere Thu Nov  3 09:00:00 2022\n" + data + b"\n")
            return None
        place = self.path(".local/share/evolution/mail/local", "" if folder == "inbox" else "." + folder, "cur")
        number = 1 + len(os.listdir(place))
        with open(os.path.join(place, f"{1700000000 + number}.{number}.host:2,{'S' if seen else ''}"), "wb") as out:
            out.write(data)
        return number

    def start(self, folder="Inbox"):
        self.start_bus()
        return self.start_client(folder)

    def start_client(self, folder="Inbox"):
        # Of the signals that Python ignores, one ends a program that meets a bound on the size of its files.
        self.claws = subprocess.Popen(["evolution", "--component=mail"], env=self.env, cwd=self.home, restore_signals=not self.mbox,
                                      stdout=open(self.log_path, "wb"), stderr=subprocess.STDOUT)
        try:
            self.probe = wait("Evolution to start", self.reach_probe, 40)
            wait("its main window", lambda: self.see()["views"], 40)
        except Timeout as late:
            self.shot("no-start")
            raise NoStart(f"Evolution does not start:\n{self.log()[-3000:]}") from late
        self.probe("resize")
        if self.imap:
            self.probe("password", PASSWORD)
        wait("the account", lambda: self.opens(folder))
        return self

    def opens(self, folder):
        """An account of a server has to be reached first."""
        try:
            self.probe("folder", folder)
        except AssertionError:
            if self.imap is None and not self.mbox:
                raise
            return False
        return True

    def reach_probe(self):
        if self.claws.poll() is not None:
            raise AssertionError(f"Evolution ended at once:\n{self.log()}")
        try:
            return Probe(self.path("probe"))
        except (FileNotFoundError, ConnectionRefusedError):
            return None

    def arrive(self, data, folder="Inbox"):
        """As Evolution lays down what it has fetched or sent."""
        with open(self.path("arrived.eml"), "wb") as out:
            out.write(data)
        self.probe("append", f"{folder} {self.path('arrived.eml')}")

    def mails(self, folder="Inbox"):
        return self.probe("uids", folder)

    def uid_of(self, subject, folder="Inbox"):
        """The folder may still be read when the window stands. A server's mails stay known when it goes."""
        if self.imap and (subject, folder) in self.uids:
            return self.uids[subject, folder]
        self.uids[subject, folder] = wait(f"one mail with {subject}", lambda: [found for found in [[mail["uid"] for mail in self.mails(folder)
                    if subject in mail["subject"]]] if len(found) == 1])[0][0]
        return self.uids[subject, folder]

    def stored(self, folder):
        """The bytes of the mails in a folder of the local Maildir."""
        place = self.path(".local/share/evolution/mail/local", "." + folder)
        found = []
        for part in ("cur", "new"):
            for name in sorted(os.listdir(os.path.join(place, part))):
                with open(os.path.join(place, part, name), "rb") as mail:
                    found.append(mail.read())
        return found

    def end_client(self):
        self.probe("quit")
        assert self.claws.wait(15) == 0
        os.unlink(self.path("probe"))

    def select(self, *subjects):
        """Selects the mails whose subjects hold these, and no others."""
        self.probe("select", " ".join(self.uid_of(subject) for subject in subjects))
        wait("several to be selected", lambda: not self.view()["uid"])

    def close(self):
        """TRUE when Evolution lived until asked to go and went in order."""
        fine = True
        if self.claws is not None:
            fine = self.alive()
            if fine and self.probe is not None:
                try:
                    self.probe("quit")
                    self.claws.wait(15)
                except (subprocess.TimeoutExpired, Timeout, AssertionError, OSError):
                    fine = False
            stop(self.claws)
        stop(self.bus)
        return super_close(self) and fine


def super_close(world):
    """What is left to do once program and bus are gone."""
    world.claws = world.bus = None
    return World.close(world)

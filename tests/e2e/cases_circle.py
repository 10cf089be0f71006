# SPDX-License-Identifier: GPL-3.0-or-later
"""The circle: one person reports, the administrator judges, and everyone else is warned, even of a mail opened before."""
import glob
import os
import shutil
import subprocess

import mails
from cases_report import INBOX, QUARANTINE
from scenario import case, covered, open_mail, policy, shown
from world import wait


class Administrator:
    """One with a key, the reports that came in, and a folder that all desktops see."""

    def __init__(self, run):
        self.run = run
        self.bin = os.path.join(run.build, "bin", "sekisho")
        self.home = run.worlds[0].path("administrator")
        self.share = os.path.join(self.home, "share")
        os.makedirs(self.share)
        subprocess.run(["minisign", "-G", "-W", "-p", self.file("key.pub"), "-s", self.file("key.sec")], check=True,
                       capture_output=True)
        with open(self.file("key.pub"), encoding="ascii") as key:
            self.key = key.read().splitlines()[1]

    def file(self, name):
        return os.path.join(self.home, name)

    def sekisho(self, *words):
        result = subprocess.run([self.bin, *words], capture_output=True, text=True, check=False,
                                env=dict(os.environ, HOME=self.home, LC_ALL="C.UTF-8", LANGUAGE=""))
        assert result.returncode == 0, result.stderr
        return result.stdout

    def publish(self, serial, text):
        with open(self.file("policy.conf"), "w", encoding="utf-8") as out:
            out.write(text.replace("serial=7", f"serial={serial}"))
        self.sekisho("policy", "sign", "--key", self.file("key.sec"), self.file("policy.conf"))
        self.sekisho("policy", "publish", "--key", self.key, self.file("policy.conf"), self.share)

    def root_policy(self):
        """What is installed on every desktop."""
        return f"[policy]\nurl=file://{self.share}/policy.conf\nkeys={self.key}\nrefresh=1\n"


def look(world):
    """The desktop looks for a newer policy now and not in a minute."""
    subprocess.run(["kill", "-HUP", str(world.agent_pid())], check=True)


@case
def report_comes_back_as_a_warning(run):
    """Report, advisory, publish: another desktop, where the mail was opened an hour ago, tells of it and has it in Quarantine."""
    # Nobody could tell from this mail alone that it is one of a wave.
    first = run.world("clear-en", policy=policy())
    administrator = Administrator(run)
    administrator.publish(7, policy(report=f"maildir={administrator.home}/reports"))
    first.write("policy.conf", administrator.root_policy())
    second = run.world("clear-en", "clear-ja", policy=administrator.root_policy())
    open_mail(second, 1)
    wait("the mail on the second desktop", lambda: shown(second))
    open_mail(second, 2)
    wait("another one", lambda: shown(second))

    open_mail(first, 1)
    wait("the mail on the first desktop", lambda: shown(first))
    look(first)
    reports = os.path.join(administrator.home, "reports", "new", "*")
    wait("the policy on the first desktop", lambda: "soc@kaede.example" in first.property("Policy"), 30)
    first.probe("action", "Message/SekishoReport")
    report = wait("the report", lambda: glob.glob(reports), 30)[0]
    shutil.copy(report, administrator.file("report.eml"))
    group = administrator.sekisho("advisory", "new", "--from", administrator.file("report.eml"), "--text",
                                  "This visit is a pretext.")
    administrator.publish(8, policy(report=f"maildir={administrator.home}/reports") + group
                          + "\n[warning]\nphone=03-1234-5678\nadvice=The service desk is there from 8 to 18.\n")
    look(second)
    wait("the mail in Quarantine", lambda: len(second.probe("numbers", QUARANTINE)) == 1, 30)
    assert second.probe("numbers", INBOX) == [2]
    with open(second.path("Mail", "Quarantine", "1"), "rb") as moved:
        assert moved.read() == mails.load("clear-en")
    # And who opens such a mail from now on is warned.
    second.put(mails.load("clear-en").replace(b"visit.1@", b"visit.2@"))
    second.probe("scan")
    open_mail(second, 3)
    wait("the cover", lambda: covered(second))
    dialog = wait("the warning", second.dialogs)[0]
    assert any("This visit is a pretext." in label for label in dialog["labels"]), dialog["labels"]
    assert any("03-1234-5678" in label and "from 8 to 18" in label for label in dialog["labels"]), dialog["labels"]
    run.shot("warned")

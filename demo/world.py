# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo's throw-away home: mailbox, settings of Claws Mail, policy, history, and the service file by which a private bus
starts the agent of the build folder. Nothing outside of it is written. With SEK_DEMO_INSTALLED=1 the installed programs are used as
they are, with the policy of the system, and "sekisho setup" puts the plugin in place."""
import os
import shutil
import subprocess

DEMO = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(DEMO)
BUILD = os.path.join(ROOT, "build")
WITH_DISPLAY = os.path.join(ROOT, "tests", "support", "with-display")
INSTALLED = os.environ.get("SEK_DEMO_INSTALLED") == "1"
SEKISHO = "sekisho" if INSTALLED else os.path.join(BUILD, "bin", "sekisho")
ME = "taro.sato@kaede.example"
POLICY = os.path.join(DEMO, "policy.conf")
BUS_NAME = "io.github.sekisho.Agent1"
# Name on disk, and what it is to Claws Mail.
FOLDERS = (("inbox", "inbox"), ("sent", "outbox"), ("archive", "normal"), ("draft", "draft"), ("queue", "queue"), ("trash", "trash"))

CLAWSRC = """[Common]
config_version=4
check_on_startup=0
work_offline=0
always_show_message_when_selected=1
layout_mode=0
mainwin_x=0
mainwin_y=0
mainwin_width=1200
mainwin_height=850
folderview_width=170
summaryview_height=300
messageview_height=480
show_searchbar=0
summary_col_size_subject=380
summary_col_size_from=220
summary_col_size_date=140
warn_queued_on_exit=0
confirm_on_exit=0
clean_on_exit=0

"""
PLUGINS = """
[Plugins_GTK3]
{plugin}
"""
ACCOUNTRC = """[Account: 1]
config_version=4
account_name=kaede.example
is_default=1
name=佐藤 太郎
address={me}
protocol=4
smtp_server=127.0.0.1
inbox=#mh/Mailbox/inbox
set_queue_folder=1
queue_folder=#mh/Mailbox/queue
set_sent_folder=1
sent_folder=#mh/Mailbox/sent
"""


class World:
    def __init__(self, home):
        self.home = home
        self.reports = self.path(".local/share/sekisho/reports")
        self.history = self.path(".local/state/sekisho/sekisho.db")
        self.log = self.path("claws-mail.log")

    def path(self, *parts):
        return os.path.join(self.home, *parts)

    def environment(self, **more):
        """The person's environment, moved into this home."""
        env = dict(os.environ)
        # The screen still is the person's: what belongs to it lies in the old places.
        old_home, old_run = env.get("HOME", "/"), env.get("XDG_RUNTIME_DIR", "")
        if "DISPLAY" in env and "XAUTHORITY" not in env:
            env["XAUTHORITY"] = os.path.join(old_home, ".Xauthority")
        wayland = env.get("WAYLAND_DISPLAY", "")
        if wayland and not wayland.startswith("/"):
            env["WAYLAND_DISPLAY"] = os.path.join(old_run, wayland)
        env.pop("DBUS_SESSION_BUS_ADDRESS", None)
        env.update({
            "HOME": self.home, "XDG_RUNTIME_DIR": self.path("run"), "XDG_DATA_HOME": self.path(".local/share"),
            "XDG_STATE_HOME": self.path(".local/state"), "XDG_CONFIG_HOME": self.path(".config"),
            "XDG_CACHE_HOME": self.path(".cache"), "G_ENABLE_DIAGNOSTIC": "0", "GSETTINGS_BACKEND": "memory",
        })
        if not INSTALLED:
            env["SEKISHO_LOCALEDIR"] = os.path.join(BUILD, "locale")
        env.update(more)
        return env

    def write(self, name, text):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "w", encoding="utf-8") as out:
            out.write(text)

    def make(self):
        """Fills the home, and lets the history learn what went before, as it would have in daily life."""
        os.makedirs(self.path("run"), mode=0o700)
        subprocess.run([os.path.join(DEMO, "make-mailbox"), self.path("Mail")], check=True)
        plugin = os.path.join(BUILD, "plugins", "sekisho-claws.so")
        self.write(".claws-mail/clawsrc", CLAWSRC if INSTALLED else CLAWSRC + PLUGINS.format(plugin=plugin))
        self.write(".claws-mail/accountrc", ACCOUNTRC.format(me=ME))
        items = "".join(f'<folderitem type="{kind}" name="{name}" path="{name}" />' for name, kind in FOLDERS)
        self.write(".claws-mail/folderlist.xml", '<?xml version="1.0" encoding="UTF-8"?>\n<folderlist config_version="4">'
                   f'<folder type="mh" name="Mailbox" path="Mail">{items}</folder></folderlist>\n')
        if INSTALLED:
            # Its self-test looks for what shows messages, which needs a screen.
            subprocess.run([WITH_DISPLAY, SEKISHO, "setup"], check=True, env=self.environment())
            self.learn()
            return
        # The quotes are for a path with spaces.
        self.write(f".local/share/dbus-1/services/{BUS_NAME}.service",
                   f'[D-BUS Service]\nName={BUS_NAME}\nExec="{os.path.join(BUILD, "bin", "sekisho-agent")}" --policy "{POLICY}"\n')
        self.learn()

    def learn(self):
        subprocess.run([SEKISHO, "learn", "--me", ME, "--history", self.history,
                        self.path("Mail", "sent"), self.path("Mail", "archive")], check=True, stdout=subprocess.DEVNULL,
                       env=self.environment())

    def list_reports(self):
        """The report files that have arrived."""
        found = []
        for folder in ("new", "cur"):
            path = os.path.join(self.reports, folder)
            found += [os.path.join(path, name) for name in sorted(os.listdir(path))] if os.path.isdir(path) else []
        return found

    def remove(self):
        shutil.rmtree(self.home, ignore_errors=True)


def read_mails():
    """(number, name, expected level, why it is here) of each mail of the inbox."""
    with open(os.path.join(DEMO, "expected.tsv"), encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines if line.strip() and not line.startswith("#")]
    return [(int(name.split("-")[0]), name, level, why) for name, level, why in rows]

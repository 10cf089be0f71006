# SPDX-License-Identifier: GPL-3.0-or-later
"""One throw-away world a scenario: a home, a private session bus, the real agent behind D-Bus activation, and real Claws Mail."""
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
BUS_NAME = "io.github.sekisho.Agent1"
FOLDERS = ("inbox", "sent", "draft", "queue", "trash")


class Timeout(Exception):
    """Something that should have come did not."""


class NoStart(Exception):
    """Claws Mail or the test plugin can't be started at all: no scenario can run."""


# Under valgrind everything takes its time.
PATIENCE = float(os.environ.get("SEK_E2E_PATIENCE", "1"))


def wait(what, condition, seconds=15.0):
    """Polls condition until it gives something true, and returns that."""
    end = time.monotonic() + seconds * PATIENCE
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise Timeout(f"waited {seconds:g} s for: {what}")
        time.sleep(0.02)


def stop(process, seconds=5):
    """Ends one process that we started."""
    if process is None or process.poll() is not None:
        return
    process.send_signal(signal.SIGCONT)
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Screen:
    """One virtual screen for the whole run."""

    def __init__(self):
        reading, writing = os.pipe()
        self.process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1200x850x24", "-nolisten", "tcp"],
            pass_fds=[writing], stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as lines:
            self.display = ":" + lines.readline().strip()

    def close(self):
        stop(self.process)


class Probe:
    """Talks to the test plugin inside Claws Mail."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(30)
        self.socket.connect(path)
        self.lines = self.socket.makefile("rw", encoding="utf-8", errors="replace", newline="\n")

    def __call__(self, command, argument=""):
        self.lines.write(f"{command} {argument}".rstrip() + "\n")
        self.lines.flush()
        line = self.lines.readline()
        if not line:
            raise Timeout(f"Claws Mail went away during: {command} {argument}")
        answer = json.loads(line, strict=False)
        if isinstance(answer, dict) and "error" in answer:
            raise AssertionError(answer["error"])
        return answer


class World:
    """policy: text of the policy file or None. agent: False leaves the bus without one. plugin: False loads only the probe.
    browser: links are opened with one that writes down where it was sent. modules: more plugins of Claws Mail, by their paths.
    smtp_port: of the account. accessible: a screen reader may look."""

    def __init__(self, screen, build, policy=None, agent=True, plugin=True, agent_command=None, spool=False,
                 browser=False, modules=(), smtp_port=9, accessible=False):
        self.screen = screen
        self.build = build
        self.home = tempfile.mkdtemp(prefix="sekisho-e2e-")
        self.claws = self.bus = self.probe = None
        self.agent = agent
        self.spool = spool
        self.smtp_port = smtp_port
        self.browser = browser
        self.modules = list(modules)
        self.plugin = plugin
        self.agent_command = agent_command or os.path.join(build, "bin", "sekisho-agent")
        self.last_log = ""
        self.log_path = os.path.join(self.home, "claws.log")
        self.env = {
            "PATH": os.environ["PATH"], "HOME": self.home, "DISPLAY": screen.display, "LC_ALL": "C.UTF-8", "LANGUAGE": "",
            "NO_AT_BRIDGE": "0" if accessible else "1", "GTK_THEME": "Adwaita", "GDK_BACKEND": "x11", "G_ENABLE_DIAGNOSTIC": "0",
            "XDG_RUNTIME_DIR": self.path("run"), "XDG_DATA_HOME": self.path(".local/share"),
            "XDG_CACHE_HOME": self.path(".cache"), "XDG_CONFIG_HOME": self.path(".config"),
            "XDG_STATE_HOME": self.path(".local/state"), "SEK_PROBE_SOCKET": self.path("probe"),
            "SEKISHO_LOCALEDIR": os.path.join(build, "locale"), "SEK_BIN_DIR": os.path.join(build, "bin"),
        }
        os.makedirs(self.path("run"), mode=0o700)
        for folder in FOLDERS:
            os.makedirs(self.path("Mail", folder))
        if policy is not None:
            self.write("policy.conf", policy)
            self.agent_command += " --policy=" + self.path("policy.conf")
        self.install_service()
        if browser:
            self.install_browser()
        self.write_claws()

    def path(self, *parts):
        return os.path.join(self.home, *parts)

    def write(self, name, text):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "w", encoding="utf-8") as out:
            out.write(text)

    def install_service(self):
        if self.agent:
            self.write(f".local/share/dbus-1/services/{BUS_NAME}.service",
                       f"[D-BUS Service]\nName={BUS_NAME}\nExec={self.agent_command}\n")

    def install_browser(self):
        self.write("browser", f"#!/bin/sh\nprintf '%s\\n' \"$1\" >> {self.path('visited')}\n")
        os.chmod(self.path("browser"), 0o755)

    def visited(self):
        try:
            with open(self.path("visited"), encoding="utf-8") as lines:
                return lines.read()
        except FileNotFoundError:
            return ""

    def write_claws(self):
        modules = [os.path.join(self.build, "tests", "sekisho-probe.so"), *self.modules]
        if self.plugin:
            modules.append(os.path.join(self.build, "plugins", "sekisho-claws.so"))
        self.write(".claws-mail/clawsrc", "\n".join([
            "[Common]", "config_version=4", "check_on_startup=0", "work_offline=0", "always_show_message_when_selected=1",
            "layout_mode=0", "mainwin_width=1180", "mainwin_height=820", "mainwin_x=0", "mainwin_y=0", "folderview_width=150",
            "summaryview_height=180", "messageview_height=560", "warn_queued_on_exit=0", "confirm_on_exit=0", "clean_on_exit=0", "show_searchbar=0",
            *(["invoke_plugin_on_html=1", "promote_html_part=1"] if self.modules else []),
            *(["cmds_use_system_default=0", f"uri_open_command={self.path('browser')} '%s'"] if self.browser else []),
            "", "[Plugins_GTK3]"] + modules) + "\n")
        self.write(".claws-mail/accountrc", "\n".join([
            "[Account: 1]", "config_version=4", "account_name=kaede", "is_default=1", "name=佐藤 太郎",
            "address=taro.sato@kaede.example",
            f"protocol={3 if self.spool else 4}", f"local_mbox={self.path('spool')}", "receive_at_get_all=1",
            "smtp_server=127.0.0.1", "set_smtpport=1", f"smtp_port={self.smtp_port}", "inbox=#mh/Mailbox/inbox",
            "set_queue_folder=1", "queue_folder=#mh/Mailbox/queue", "set_sent_folder=1", "sent_folder=#mh/Mailbox/sent"]) + "\n")
        types = {"sent": "outbox"}
        items = "".join(f'<folderitem type="{types.get(name, name)}" name="{name}" path="{name}" />' for name in FOLDERS)
        self.write(".claws-mail/folderlist.xml", '<?xml version="1.0" encoding="UTF-8"?>\n<folderlist config_version="4">'
                   f'<folder type="mh" name="Mailbox" path="Mail">{items}</folder></folderlist>\n')

    def fetch(self, *letters):
        """Mail comes in: Claws Mail fetches it from the spool of the system."""
        with open(self.path("spool"), "wb") as out:
            for data in letters:
                out.write(b"From someone@somewhere Thu Nov  3 09:00:00 2022\n" + data.replace(b"\nFrom ", b"\n>From ") + b"\n\n")
        subprocess.run(["claws-mail", "--receive-all"], env=self.env, timeout=20, capture_output=True, check=True)

    def put(self, data, folder="inbox"):
        """Lays one mail into a folder and returns its number."""
        number = 1 + max([int(name) for name in os.listdir(self.path("Mail", folder)) if name.isdigit()], default=0)
        with open(self.path("Mail", folder, str(number)), "wb") as out:
            out.write(data)
        return number

    def start(self, folder="inbox"):
        self.start_bus()
        return self.start_client(folder)

    def start_bus(self):
        self.bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address=1"], env=self.env,
                                    stdout=subprocess.PIPE, stderr=open(self.path("bus.log"), "wb"), text=True)
        self.env["DBUS_SESSION_BUS_ADDRESS"] = self.bus.stdout.readline().strip()

    def start_client(self, folder="inbox"):
        # SEK_E2E_WRAP: a program such as valgrind to run Claws Mail in.
        self.claws = subprocess.Popen([*os.environ.get("SEK_E2E_WRAP", "").split(), "claws-mail"], env=self.env,
                                      stdout=open(self.log_path, "wb"), stderr=subprocess.STDOUT, cwd=self.home)
        try:
            self.probe = wait("Claws Mail to start", self.reach_probe, 20)
        except Timeout as late:
            self.shot("no-start")
            raise NoStart(f"Claws Mail does not start with {os.path.join(self.build, 'tests', 'sekisho-probe.so')}:\n{self.log()}") from late
        wait("the main window", lambda: any(w["type"] == "GtkWindow" for w in self.see()["windows"]))
        self.open_folder(folder)
        return self

    def open_folder(self, name):
        wait(f"the folder {name}", lambda: self.probe("folder", f"#mh/Mailbox/{name}"))

    def reach_probe(self):
        if self.claws.poll() is not None:
            raise AssertionError(f"Claws Mail ended at once:\n{self.log()}")
        try:
            return Probe(self.path("probe"))
        except (FileNotFoundError, ConnectionRefusedError):
            return None

    def see(self):
        return self.probe("see")

    def view(self, index=0):
        return self.see()["views"][index]

    def dialogs(self, kind="SekDialog"):
        return [window for window in self.see()["windows"] if window["type"] == kind]

    def sekisho(self, *words):
        """What the command says."""
        done = subprocess.run([os.path.join(self.build, "bin", "sekisho"), *words], env=self.env, capture_output=True, text=True,
                              timeout=20, check=False)
        return done.stdout + done.stderr

    def windows(self, title):
        return [window for window in self.see()["windows"] if title in window["title"]]

    def press(self, text, kind=None):
        """Presses the button whose label holds text, in a window of this type only when kind is given."""
        for window in self.see()["windows"]:
            for button in window["buttons"]:
                if text in button["label"] and (kind is None or window["type"] == kind):
                    return self.probe("press", button["label"])
        raise AssertionError(f"no button with {text!r} on the screen")

    def press_if(self, text, kind):
        if self.dialogs(kind):
            self.press(text, kind)

    def press_show_anyway(self):
        """Opens the expanders of the warning and presses what lies behind the last one."""
        button = "Show the mail anyway"
        assert not any(button in b["label"].replace("_", "") for w in self.dialogs() for b in w["buttons"]), "it is hidden away"
        self.probe("expand", "SekDialog")
        wait("the button", lambda: any(button in b["label"].replace("_", "") for w in self.dialogs() for b in w["buttons"]))
        self.press("anyway", "SekDialog")

    def question(self):
        """The question about attachments that stands now."""
        return [w for w in self.see()["windows"] if w["type"] in ("GtkDialog", "GtkMessageDialog", "SekAttachmentQuestion")]

    def answer(self, yes):
        self.probe("respond", -3 if yes else -6)

    def key(self, *keys, window=None):
        """Presses keys through the X server, in the main window or in one of the type window."""
        x_id = self.probe("x-id", window or "")
        subprocess.run(["xdotool", "windowfocus", "--sync", str(x_id), "key", "--delay", "60", *keys], env=self.env, check=True,
                       capture_output=True, timeout=20)

    def plugin_path(self):
        return os.path.join(self.build, "plugins", "sekisho-claws.so")

    def click(self, x, y, times=1):
        subprocess.run(["xdotool", "mousemove", "--sync", str(x), str(y), "click", "--repeat", str(times), "--delay", "60", "1"],
                       env=self.env, check=True)

    def xdotool(self, *arguments):
        subprocess.run(["xdotool", *map(str, arguments)], env=self.env, check=True, capture_output=True, timeout=20)

    def move_window(self, x_id, x, y):
        self.xdotool("windowmove", "--sync", x_id, x, y)
        time.sleep(0.2)

    def drag(self, x, y, to_x, to_y, steps=10):
        """As a hand does it: GTK wants to see the pointer pass its threshold, and the target wants to see it come."""
        self.xdotool("mousemove", "--sync", x, y, "mousedown", 1)
        for step in range(1, steps + 1):
            time.sleep(0.05)
            self.xdotool("mousemove", x + (to_x - x) * step // steps, y + (to_y - y) * step // steps)
        time.sleep(0.3)
        self.xdotool("mouseup", 1)

    def shot(self, name):
        folder = os.environ.get("SEK_E2E_SHOTS") or os.path.join(self.build, "tests", "e2e-shots")
        os.makedirs(folder, exist_ok=True)
        subprocess.run(["import", "-window", "root", os.path.join(folder, name + ".png")], env=self.env, check=False)

    def agent_pid(self):
        """0 while no agent runs."""
        answer = subprocess.run(
            ["gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/org/freedesktop/DBus",
             "--method", "org.freedesktop.DBus.GetConnectionUnixProcessID", BUS_NAME],
            env=self.env, capture_output=True, text=True, check=False)
        return int(answer.stdout.split()[1].rstrip(",)")) if answer.returncode == 0 else 0

    def start_agent(self):
        subprocess.run(
            ["gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/org/freedesktop/DBus",
             "--method", "org.freedesktop.DBus.StartServiceByName", BUS_NAME, "0"],
            env=self.env, capture_output=True, check=True)
        return wait("the agent on the bus", self.agent_pid)

    def stop_agent(self):
        """Ends the agent and takes its activation away: nobody answers any more."""
        pid = self.agent_pid()
        os.unlink(self.path(f".local/share/dbus-1/services/{BUS_NAME}.service"))
        subprocess.run(["gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/org/freedesktop/DBus",
                        "--method", "org.freedesktop.DBus.ReloadConfig"], env=self.env, capture_output=True, check=True)
        if pid:
            os.kill(pid, signal.SIGKILL)
        wait("the agent to go", lambda: not self.agent_pid())

    break_agent = stop_agent

    def log(self):
        with open(self.log_path, encoding="utf-8", errors="replace") as lines:
            return lines.read()

    def alive(self):
        return self.claws.poll() is None

    def end_client(self):
        """The mail client alone, as a person ends it."""
        subprocess.run(["claws-mail", "--quit"], env=self.env, timeout=20, capture_output=True, check=False)
        assert self.claws.wait(15) == 0
        os.unlink(self.path("probe"))

    def property(self, name):
        """A property of the agent, as text."""
        return subprocess.run(["gdbus", "call", "--session", "--dest", BUS_NAME, "--object-path", "/io/github/sekisho/Agent1",
                               "--method", "org.freedesktop.DBus.Properties.Get", BUS_NAME, name], env=self.env,
                              capture_output=True, text=True, check=False).stdout

    def moves(self):
        """What the agent wants the mail client to move, as text."""
        return subprocess.run(["gdbus", "call", "--session", "--dest", BUS_NAME, "--object-path", "/io/github/sekisho/Agent1",
                               "--method", f"{BUS_NAME}.Moves"], env=self.env, capture_output=True, text=True,
                              check=False).stdout

    def close(self):
        """Ends everything; TRUE when Claws Mail lived until asked to go and went in order."""
        fine = True
        if self.claws is not None:
            fine = self.alive()
            if fine:
                subprocess.run(["claws-mail", "--quit"], env=self.env, timeout=20, capture_output=True, check=False)
                try:
                    fine = self.claws.wait(15) == 0
                except subprocess.TimeoutExpired:
                    fine = False
            stop(self.claws)
        stop(self.bus)
        self.last_log = self.log() if os.path.exists(self.log_path) else ""
        if not os.environ.get("SEK_E2E_KEEP"):
            shutil.rmtree(self.home, ignore_errors=True)
        return fine

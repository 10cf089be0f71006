#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The password of a report's mail server: asked for in a window, kept in a real keyring, and found nowhere else. And what
a person learns when a server refuses. Run by tests/support/with-display."""
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from reporting_world import LOGIN, SUPPORT, World, dunst, wait_for  # noqa: E402

SECRET = "vJ8roteTinte"
MAIL = b"From: x@evil.example\r\nSubject: Invoice\r\n\r\nopen it\r\n"
TITLE = "Password for reports"


def with_login(world, certificates):
    world.start_sink("--starttls", f"{certificates}/good.pem", f"{certificates}/good.key", "--login", LOGIN, SECRET,
                     "--auth", "PLAIN")
    world.policy(f"login={LOGIN}\nca={certificates}/ca.pem\n")
    world.start()


def find_window():
    return subprocess.run(["xdotool", "search", "--onlyvisible", "--name", TITLE], capture_output=True, text=True,
                          check=False).stdout.split()


def press(window, *keys):
    subprocess.run(["xdotool", "windowfocus", "--sync", window], check=True)
    subprocess.run(["xdotool", *keys], check=True)


def notified(words):
    return wait_for(f"the notification “{words}”", lambda: words in dunst("history") or words in shown())


def shown():
    dunst("close-all")
    return dunst("history")


def test_not_now(world, certificates):
    with_login(world, certificates)
    report = world.report(MAIL)
    press(wait_for("the window", find_window)[0], "key", "Escape")
    notified("it needs your password")
    listed = world.command("list").stdout
    assert report in listed and "waits" in listed and LOGIN in listed, listed
    assert world.arrived() == []


def test_asked_once(world, certificates):
    with_login(world, certificates)
    world.report(MAIL)
    press(wait_for("the window", find_window)[0], "type", SECRET)
    assert SECRET not in subprocess.run(["ps", "axww"], capture_output=True, text=True, check=True).stdout.replace(
        f"--login {LOGIN} {SECRET}", "")
    press(find_window()[0], "key", "Return")
    wait_for("the report", world.arrived)
    assert world.envelope(1)["tls"] and world.envelope(1)["auth"] == "PLAIN"
    world.end()
    world.start()
    world.report(MAIL + b"another\r\n")
    wait_for("the second report", lambda: len(world.arrived()) == 2)
    assert not find_window()
    assert SECRET.encode() not in world.everything()


def test_refused(world, _certificates):
    world.start_sink("--reply", "554 5.7.1 Not wanted here")
    world.policy()
    world.start()
    first = world.report(MAIL)
    notified("A report was refused")
    notified("Not wanted here")
    listed = world.command("list").stdout
    assert first in listed and "Not wanted here" in listed, listed
    world.stop_sink()
    world.start_sink(port=world.port)
    again = world.command("retry", first)
    assert again.returncode == 0, again.stderr
    wait_for("the report", world.arrived)
    wait_for("its state", lambda: "sent" in world.command("list").stdout)
    gone = world.command("retry", first)
    assert gone.returncode == 2 and "waits" in gone.stderr, gone.stderr


def main():
    cases = [test_not_now, test_asked_once, test_refused]
    with tempfile.TemporaryDirectory(prefix="sekisho-keyring-") as home:
        keyring = subprocess.Popen(["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
                                   env=dict(os.environ, HOME=home, XDG_DATA_HOME=f"{home}/data",
                                            XDG_RUNTIME_DIR=home),
                                   stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        keyring.stdin.write(b"keyring of this run")
        keyring.stdin.close()
        server = subprocess.Popen(["dunst", "-config", "/dev/null"], stderr=subprocess.DEVNULL)
        wait_for("dunst", lambda: subprocess.run(["dunstctl", "count"], capture_output=True, check=False).returncode == 0)
        certificates = f"{home}/certificates"
        os.mkdir(certificates)
        subprocess.run([SUPPORT / "make-certificates", certificates], check=True)
        print(f"1..{len(cases)}")
        failed = 0
        for number, case in enumerate(cases, 1):
            with tempfile.TemporaryDirectory(prefix="sekisho-password-") as folder:
                world = World(folder)
                try:
                    case(world, certificates)
                    print(f"ok {number} {case.__name__}", flush=True)
                except AssertionError as error:
                    failed += 1
                    log = world.log.read_text() if world.log.exists() else ""
                    print(f"# {error}\n# {log}\nnot ok {number} {case.__name__}".replace("\n\n", "\n"), flush=True)
                finally:
                    world.close()
        for process in (server, keyring):
            process.terminate()
            process.wait()
    return 1 if failed else 0


sys.exit(main())

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports by HTTPS: the token asked for in a window and kept in a real keyring, what a person learns when the server refuses,
and when it asks to be left alone. Run by tests/support/with-display."""
import base64
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from https_world import HttpsWorld  # noqa: E402
from reporting_world import desktop, find_window, notified, press, run_cases, wait_for  # noqa: E402

TOKEN = "vJ8roteTinte"
MAIL = b"From: x@evil.example\r\nSubject: Invoice\r\n\r\nopen it\r\n"
TITLE = "Access token for reports"
ASKS = ("--field", "Authorization", f"Bearer {TOKEN}")
HEADER = "header-value=Bearer %s\n"


def window():
    return wait_for("the window", lambda: find_window(TITLE))[0]


def answer_window(token):
    press(window(), "type", token)
    press(window(), "key", "Return")
    wait_for("an end of the window", lambda: not find_window(TITLE))


def content(report):
    return base64.b64decode(report["original"]["content"])


def test_not_now(world):
    world.start_sink(*ASKS)
    world.policy(HEADER)
    world.start()
    report = world.report(MAIL)
    press(window(), "key", "Escape")
    notified("it needs an access token")
    listed = world.command("list").stdout
    assert report in listed and "waits" in listed and "no access token" in listed, listed
    assert world.arrived() == []


def test_wrong_then_right(world):
    """A wrong token is asked for again at the next click; the right one is asked for once."""
    world.start_sink(*ASKS, "--text", "who are you?")
    world.policy(HEADER)
    world.start()
    first = world.report(MAIL)
    answer_window("wrong")
    notified("it needs an access token")
    wait_for("the reason", lambda: "401 Unauthorized: who are you?" in world.command("list").stdout)
    second = world.report(MAIL + b"another\r\n")
    window()
    processes = subprocess.run(["ps", "axww"], capture_output=True, text=True, check=True).stdout
    assert TOKEN not in processes.replace(" ".join(ASKS), "")
    answer_window(f" {TOKEN} ")
    wait_for("both reports", lambda: len(world.arrived()) == 2)
    assert [report["id"] for report in world.arrived()] == [first, second]
    assert [content(report) for report in world.arrived()] == [MAIL, MAIL + b"another\r\n"]
    world.end()
    world.start()
    world.report(MAIL + b"third\r\n")
    wait_for("the third report", lambda: len(world.arrived()) == 3)
    assert not find_window(TITLE)
    # The server has noted what it was sent; everything else is ours.
    (world.folder / "sink").rename(world.folder.parent / f"{world.folder.name}.sink")
    try:
        assert TOKEN.encode() not in world.everything()
    finally:
        subprocess.run(["rm", "-r", world.folder.parent / f"{world.folder.name}.sink"], check=True)


def test_refused(world):
    world.start_sink("--answers", "400,200", "--text", "no such case")
    world.policy()
    world.start()
    report = world.report(MAIL)
    notified("A report was refused")
    notified("no such case")
    assert "400 Bad Request: no such case" in world.command("list").stdout
    # The others go on.
    world.report(MAIL + b"another\r\n")
    wait_for("the other report", lambda: len(world.arrived()) == 1)
    assert world.command("retry", report).returncode == 0
    wait_for("the report", lambda: len(world.arrived()) == 2)
    assert world.arrived()[1]["id"] == report
    assert world.fields(2)["Idempotency-Key"].startswith(f'"{report}@')


def test_left_alone(world):
    """What the server asks for holds for all reports, and until a person says otherwise."""
    world.start_sink("--answers", "429/3600,200", "--text", "too many")
    world.policy()
    world.start()
    first = world.report(MAIL)
    wait_for("the answer", lambda: "too many" in world.command("list").stdout)
    told = world.reports()[first]
    assert told["next-attempt"] - told["created"] >= 3600, told
    # Another program writes beside the folder in which the person's settings would lie.
    (world.folder / "stranger").write_text("nothing to us")
    time.sleep(1)
    second = world.report(MAIL + b"another\r\n")
    attempts = {report: told["attempts"] for report, told in world.reports().items()}
    assert attempts == {first: 1, second: 0}, attempts
    assert world.arrived() == []
    assert world.command("retry", first).returncode == 0
    wait_for("both reports", lambda: len(world.arrived()) == 2)
    assert {report["id"] for report in world.arrived()} == {first, second}


def test_unsafe(world):
    """The person learns why, and the report goes once the server is what it says."""
    world.certificate = "expired"
    world.start_sink()
    world.policy()
    world.start()
    report = world.report(MAIL)
    notified("not safe")
    assert "its certificate has expired" in world.command("list").stdout
    assert world.arrived() == []
    world.stop_sink()
    world.certificate = "good"
    world.start_sink(port=world.port)
    assert world.command("retry", report).returncode == 0
    wait_for("the report", world.arrived)


def test_client_certificate(world):
    world.start_sink("--client-ca", f"{world.certificates}/ca.pem")
    world.policy()
    world.start()
    world.report(MAIL)
    notified("waits for the administrator")
    assert "wants a certificate of this computer" in world.command("list").stdout
    world.policy(f"client-cert={world.certificates}/desktop.pem\nclient-key={world.certificates}/desktop.key\n")
    # The agent sees that the policy changed.
    wait_for("the report", world.arrived)


def test_other_way(world):
    """A report that was made for a program goes as a mail, once the policy wants mails."""
    world.start_sink("--answers", "503", "--text", "later")
    world.policy()
    world.start()
    world.report(MAIL)
    wait_for("the answer", lambda: "later" in world.command("list").stdout)
    folder = world.folder / "maildir"
    (world.folder / "policy.conf").write_text(f"[report]\nundo-seconds=0\naddress=soc@kaede.example\nmaildir={folder}\n")
    mail = wait_for("the mail", lambda: list(folder.glob("new/*")))[0].read_bytes()
    assert b"Content-Type: application/json" in mail and max(map(len, mail.split(b"\n"))) < 998


def main():
    cases = [test_not_now, test_wrong_then_right, test_refused, test_left_alone, test_unsafe, test_client_certificate,
             test_other_way]
    with desktop() as certificates:
        return run_cases(cases, lambda folder: HttpsWorld(folder, certificates))


sys.exit(main())

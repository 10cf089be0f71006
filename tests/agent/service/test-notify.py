#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the agent says to the desktop, as a real notification server (dunst) gets it. Run on a display and a bus of its
own (tests/support/with-display)."""
import json
import os
import subprocess
import sys
import tempfile
import time

AGENT = os.path.join(os.environ["SEK_BIN_DIR"], "sekisho-agent")
DEADLINE_SECONDS = 30
seen = set()


def wait_for(what, probe):
    end = time.monotonic() + DEADLINE_SECONDS
    while time.monotonic() < end:
        answer = probe()
        if answer:
            return answer
        time.sleep(0.05)
    raise AssertionError(f"{what} did not come within {DEADLINE_SECONDS} s")


def dunst(*words):
    return subprocess.run(["dunstctl", *words], capture_output=True, text=True, check=False)


def shown():
    """Summary and body of what was shown since the last call."""
    wait_for("a notification", lambda: dunst("count", "displayed").stdout.strip() not in ("", "0"))
    dunst("close-all")
    history = json.loads(dunst("history").stdout)["data"][0]
    new = [entry for entry in history if entry["id"]["data"] not in seen]
    seen.update(entry["id"]["data"] for entry in new)
    return [(entry["summary"]["data"], entry["body"]["data"]) for entry in new]


def run_agent(folder):
    environment = dict(os.environ)
    for name in ("STATE", "DATA", "CACHE", "CONFIG"):
        environment[f"XDG_{name}_HOME"] = os.path.join(folder, name.lower())
    return subprocess.Popen([AGENT], env=environment, stderr=subprocess.PIPE, text=True)


def stop(agent):
    agent.terminate()
    agent.communicate(timeout=DEADLINE_SECONDS)


def broken_history(folder):
    state = os.path.join(folder, "state", "sekisho")
    os.makedirs(state)
    with open(os.path.join(state, "sekisho.db"), "w", encoding="ascii") as file:
        file.write("this is no database, and longer than a header is <b>")


def test_begun_anew(folder):
    broken_history(folder)
    agent = run_agent(folder)
    try:
        (summary, body), = shown()
    finally:
        stop(agent)
    assert summary == "Sekisho has begun a new history", summary
    assert "sekisho.db.2" in body and "a new one was begun" in body, body
    assert body.count("<") == 0, body


def test_unusable(folder):
    os.makedirs(os.path.join(folder, "state", "sekisho", "sekisho.db"))
    agent = run_agent(folder)
    try:
        (summary, body), = shown()
    finally:
        stop(agent)
    assert summary == "Mails are checked without history, and none can be reported", summary
    assert "sekisho.db" in body, body


def test_quiet(folder):
    """A sound history has nothing to say; the other cases prove that it would have come."""
    agent = run_agent(folder)
    try:
        wait_for("the history", lambda: os.path.exists(os.path.join(folder, "state", "sekisho", "sekisho.db")))
    finally:
        stop(agent)
    assert dunst("count", "displayed").stdout.strip() == "0"


def main():
    cases = [test_quiet, test_begun_anew, test_unusable]
    server = subprocess.Popen(["dunst", "-config", "/dev/null"], stderr=subprocess.DEVNULL)
    wait_for("dunst", lambda: dunst("count").returncode == 0)
    print(f"1..{len(cases)}")
    failed = 0
    for number, case in enumerate(cases, 1):
        with tempfile.TemporaryDirectory(prefix="sekisho-notify-") as folder:
            try:
                case(folder)
                print(f"ok {number} {case.__name__}", flush=True)
            except AssertionError as error:
                failed += 1
                print(f"# {error}\nnot ok {number} {case.__name__}", flush=True)
    server.terminate()
    server.wait()
    return 1 if failed else 0


sys.exit(main())

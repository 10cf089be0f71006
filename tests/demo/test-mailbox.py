#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo mailbox says what it promises: each mail, judged by `sekisho check` with the demo's policy and history, has the level
that demo/expected.tsv names. TAP."""
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SEKISHO = os.path.join(os.environ["SEK_BIN_DIR"], "sekisho")
ME = "taro.sato@kaede.example"
LEVELS = ("clear", "notice", "caution", "danger")


def read_expected():
    with open(os.path.join(ROOT, "demo", "expected.tsv"), encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines if line.strip() and not line.startswith("#")]
    return {name: level for name, level, _ in rows}


def judge(mails):
    """The level and the findings of each inbox mail by its number."""
    history = os.path.join(mails, "history.db")
    subprocess.run([SEKISHO, "learn", "--me", ME, "--history", history, os.path.join(mails, "sent"),
                    os.path.join(mails, "archive")], check=True, stdout=subprocess.DEVNULL)
    answer = subprocess.run([SEKISHO, "check", "--learn", "--json", "--me", ME, "--policy", os.path.join(ROOT, "demo", "policy.conf"),
                             "--history", history, os.path.join(mails, "inbox")], stdout=subprocess.PIPE, check=False)
    verdicts = [json.loads(line) for line in answer.stdout.decode().splitlines()]
    return answer.returncode, {int(os.path.basename(verdict["path"])): verdict for verdict in verdicts}


def main():
    expected = read_expected()
    inbox = sorted(name[:-len(".eml")] for name in os.listdir(os.path.join(ROOT, "demo", "mail", "inbox")))
    cases = []
    with tempfile.TemporaryDirectory(prefix="sekisho-demo-") as mails:
        subprocess.run([os.path.join(ROOT, "demo", "make-mailbox"), mails], check=True)
        code, verdicts = judge(mails)
    cases.append((inbox == sorted(expected), "every mail has a line in expected.tsv", f"{inbox} / {sorted(expected)}"))
    cases.append((code == 1, "sekisho check says by its exit code that it warned", f"exit {code}"))
    for name in inbox:
        verdict = verdicts.get(int(name.split("-")[0]), {"level": "missing", "findings": []})
        findings = ", ".join(f"{finding['check']} {finding['level']}" for finding in verdict["findings"])
        wanted = expected.get(name)
        cases.append((wanted in LEVELS and verdict["level"] == wanted, f"{name} is {wanted}",
                      f"it is {verdict['level']}: {findings}"))
    print(f"1..{len(cases)}")
    for number, (good, what, why) in enumerate(cases, 1):
        print(f"{'ok' if good else 'not ok'} {number} - {what}")
        if not good:
            print(f"# {why}")
    sys.exit(0 if all(good for good, _, _ in cases) else 1)


main()

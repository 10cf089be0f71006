#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every mail of labels.tsv, judged by `sekisho check` with the scenarios' policy and a history learned from history/: an attack
reaches its level with its checks among the findings, an honest mail stays at or below its own. TAP, one case a mail.
A folder in honest/ or attack/ holds mails that belong together: each of them is judged by those before it, too.
With the argument "table": both tables in Markdown, wanted.tsv's mails marked as not yet. With "settle": the rows of wanted.tsv
that hold by now become binding."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
BIN = os.environ.get("SEK_BIN_DIR") or os.path.join(os.path.dirname(os.path.dirname(HERE)), "build", "bin")
SEKISHO = os.path.join(BIN, "sekisho")
ME = "taro.sato@kaede.example"
LEVELS = ("clear", "notice", "caution", "danger")
COLUMNS = ("path", "label", "bound", "checks", "shape")


def read_rows(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines if line.strip() and not line.startswith("#")]
    for row in rows:
        if len(row) != len(COLUMNS) or row[1] not in ("honest", "attack") or row[2] not in LEVELS:
            raise SystemExit(f"{name}: not a row of {COLUMNS}: {row}")
    return [dict(zip(COLUMNS, row)) for row in rows]


def check(history, paths, *more):
    answer = subprocess.run([SEKISHO, "check", "--json", "--me", ME, "--policy", os.path.join(HERE, "policy.conf"),
                             "--history", history, *more, *paths], stdout=subprocess.PIPE, check=False)
    # 2 would mean that a mail, the policy or the history could not be read.
    if answer.returncode not in (0, 1):
        raise SystemExit(f"sekisho check ended with {answer.returncode}")
    return [json.loads(line) for line in answer.stdout.decode().splitlines()]


def judge():
    """The verdict of each mail by its path."""
    entries = [os.path.join(HERE, label, name) for label in ("honest", "attack") for name in sorted(os.listdir(os.path.join(HERE, label)))]
    verdicts = []
    with tempfile.TemporaryDirectory(prefix="sekisho-scenarios-") as folder:
        history = os.path.join(folder, "history.db")
        subprocess.run([SEKISHO, "learn", "--me", ME, "--history", history, os.path.join(HERE, "history")], check=True,
                       stdout=subprocess.DEVNULL)
        verdicts += check(history, [entry for entry in entries if os.path.isfile(entry)])
        for number, series in enumerate(entry for entry in entries if os.path.isdir(entry)):
            own = os.path.join(folder, f"series-{number}.db")
            shutil.copyfile(history, own)
            for name in sorted(os.listdir(series)):
                verdicts += check(own, [os.path.join(series, name)], "--learn")
    return {os.path.relpath(verdict["path"], HERE): verdict for verdict in verdicts}


def faults(row, verdict):
    """What of the row does not hold; empty when all of it does."""
    if verdict is None:
        return ["no verdict"]
    level, bound = LEVELS.index(verdict["level"]), LEVELS.index(row["bound"])
    found = {finding["check"] for finding in verdict["findings"]}
    out = [f"no finding of {check}" for check in row["checks"].split(",") if check and check not in found]
    if row["label"] == "honest" and level > bound:
        out.append(f"{verdict['level']}, but {row['bound']} at most")
    if row["label"] == "attack" and level < bound:
        out.append(f"{verdict['level']}, but {row['bound']} at least")
    return out


def test(rows, verdicts):
    listed = [row["path"] for row in rows] + [row["path"] for row in read_rows("wanted.tsv")]
    print(f"1..{len(rows) + 1}")
    bad = 0
    for number, row in enumerate(rows, 1):
        wrong = faults(row, verdicts.get(row["path"]))
        bad += bool(wrong)
        print(f"{'not ok' if wrong else 'ok'} {number} {row['path']}: {row['shape']}")
        for line in wrong:
            print(f"# {line}")
        if wrong and row["path"] in verdicts:
            for finding in verdicts[row["path"]]["findings"]:
                print(f"#   {finding['check']} ({finding['level']}): {finding['text']}")
    strays = sorted(set(verdicts) ^ set(listed)) + sorted({path for path in listed if listed.count(path) > 1})
    print(f"{'not ok' if strays else 'ok'} {len(rows) + 1} every mail has one row and every row its mail")
    for path in strays:
        print(f"# {path}")
    return 1 if bad or strays else 0


def table(verdicts):
    wanted = read_rows("wanted.tsv")
    for label, title, bound in (("attack", "Attack", "at least"), ("honest", "Honest mail", "at most")):
        print(f"| {title} | {bound} | reached | checks |\n|---|---|---|---|")
        for rows, mark in ((read_rows("labels.tsv"), ""), (wanted, " (not yet)")):
            for row in rows:
                if row["label"] != label:
                    continue
                verdict = verdicts[row["path"]]
                checks = ", ".join(f"`{check}`" for check in dict.fromkeys(item["check"] for item in verdict["findings"]))
                print(f"| {row['shape']}{mark} | {row['bound']} | {verdict['level']} | {checks} |")
        print()


def settle(verdicts):
    for row in read_rows("wanted.tsv"):
        if faults(row, verdicts[row["path"]]):
            continue
        line = "\t".join(row[column] for column in COLUMNS) + "\n"
        with open(os.path.join(HERE, "wanted.tsv"), encoding="utf-8") as lines:
            left = [other for other in lines if other != line]
        with open(os.path.join(HERE, "labels.tsv"), "a", encoding="utf-8") as out:
            out.write(line)
        with open(os.path.join(HERE, "wanted.tsv"), "w", encoding="utf-8") as out:
            out.writelines(left)
        print(row["path"])


def main():
    verdicts = judge()
    if sys.argv[1:] == ["settle"]:
        settle(verdicts)
        return 0
    if sys.argv[1:] == ["table"]:
        table(verdicts)
        return 0
    return test(read_rows("labels.tsv"), verdicts)


if __name__ == "__main__":
    sys.exit(main())

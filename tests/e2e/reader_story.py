# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole story as somebody lives it who does not see the screen: what is read out, and controls that are pressed by their names."""
import glob
import json
import os
import subprocess

from world import stop, wait

HERE = os.path.dirname(os.path.abspath(__file__))


class Reader:
    """A screen reader in the session of a world."""

    def __init__(self, run, world, program):
        self.process = subprocess.Popen([os.path.join(HERE, "screen-reader"), program], env=world.env, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        run.processes.append(self.process)

    def ask(self, **question):
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def seen(self):
        return self.ask(ask="seen") or []

    def press(self, name):
        wait(f"the control “{name}”", lambda: self.ask(ask="press", name=name))

    def finds(self, what, fits):
        return wait(what, lambda: [one for one in self.seen() if fits(one)])[0]

    def reads(self, words):
        return self.finds(f"“{words}” to be read out", lambda one: words in one["name"] or words in one["text"])

    def reads_no_more(self, words):
        wait(f"“{words}” to be gone", lambda: (found := self.seen()) and not any(words in one["name"] for one in found))

    def close(self):
        stop(self.process)


def live(reader, folder, open_danger, open_caution, mail_is_told=True):
    """From a dangerous mail to two reports at the server; the mails are opened by the caller's functions. mail_is_told: the client
    tells a screen reader of the mail itself, so that it can be asked whether it does."""
    open_danger()
    alert = reader.finds("the warning", lambda one: one["role"] == "alert" and one["window"] == "alert")
    assert alert["name"] == "This mail is probably not from who it says it is", alert
    for words in ("太田", "Claims to be from", "Was sent by", "Do not reply and do not open anything in it."):
        assert words in alert["description"], alert
    assert not mail_is_told or not any("SEKMARK" in one["text"] for one in reader.seen()), "the mail can be read out behind its warning"
    reader.press("Report to admin")
    reader.reads("Thank you. The report is on its way to your administrator.")
    reader.press("Close")
    reader.reads_no_more("Thank you. The report is on its way")
    open_caution()
    reader.reads("Check with the sender before you act on this mail")
    if mail_is_told:
        reader.reads("SEKMARK")
    reader.press("Unlock attachments…")
    reader.reads("all the same?")
    reader.press("Cancel")
    reader.reads_no_more("all the same?")
    reader.press("Report to admin")
    reader.reads("Thank you. The report is on its way to your administrator.")
    wait("both reports at the server", lambda: len(glob.glob(os.path.join(folder, "*.json"))) == 2, 30)

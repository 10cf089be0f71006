#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the administrator says today of a mail that was opened an hour ago: told once on the desktop (a real notification
server), offered to the mail clients for Quarantine, and not said again. Run by tests/support/with-display."""
import json
import os
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gi.repository import Gio, GLib  # noqa: E402
from reporting_world import DEADLINE_SECONDS, NAME, PATH, World, dunst, wait_for  # noqa: E402

WARNING = ("[advisory wave-1]\npublished={published}\nlevel={level}\ntext=Do not open invoices of this sender.\n"
           "domain=wave.example\nsubject=invoice *\nquarantine={quarantine}\n")


def mail(subject, sender="keiri@wave.example", number=1):
    return (f"From: {sender}\r\nTo: ota@kaede.example\r\nSubject: {subject}\r\nMessage-ID: <{number}@{sender}>\r\n"
            f"Date: Mon, 23 Nov 2026 09:00:00 +0900\r\n\r\nPlease see.\r\n").encode()


class Desktop(World):
    def __init__(self, folder):
        super().__init__(folder)
        self.advised = []
        self.bus.signal_subscribe(NAME, NAME, "Advised", PATH, None, Gio.DBusSignalFlags.NONE,
                                  lambda *words: self.advised.append(words[5].unpack()[0]))
        self.write_policy("")

    def write_policy(self, advisories):
        (self.folder / "policy.conf").write_text(f"[organisation]\nname=Kaede\n[report]\nundo-seconds=0\n{advisories}")

    def warn(self, level="danger", published="", quarantine="yes"):
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        self.write_policy(WARNING.format(level=level, published=published or now, quarantine=quarantine))

    def check(self, data, folder="#mh/Mailbox/inbox"):
        """The level."""
        fd = os.memfd_create("mail", os.MFD_ALLOW_SEALING)
        os.write(fd, data)
        os.lseek(fd, 0, os.SEEK_SET)
        context = {"client": GLib.Variant("s", "Claws Mail 4"), "folder": GLib.Variant("s", folder)}
        answer, _ = self.bus.call_with_unix_fd_list_sync(
            NAME, PATH, NAME, "Check", GLib.Variant("(ha{sv})", (0, context)), None, Gio.DBusCallFlags.NO_AUTO_START,
            DEADLINE_SECONDS * 1000, Gio.UnixFDList.new_from_array([fd]), None)
        return answer.unpack()[0]["level"]

    def moves(self):
        return self.bus.call_sync(NAME, PATH, NAME, "Moves", None, None, Gio.DBusCallFlags.NO_AUTO_START, 5000,
                                  None).unpack()[0]

    def moved(self, digest):
        self.bus.call_sync(NAME, PATH, NAME, "Moved", GLib.Variant("(s)", (digest,)), None,
                           Gio.DBusCallFlags.NO_AUTO_START, 5000, None)

    def signals(self):
        while GLib.MainContext.default().iteration(False):
            pass
        return self.advised


forgotten = set()


def entries():
    dunst("close-all")
    return json.loads(dunst("history"))["data"][0]


def forget():
    """What was shown so far is no news any more."""
    forgotten.update(entry["id"]["data"] for entry in entries())


def history():
    """A line for each notification: summary and body."""
    return "".join(f"{entry['summary']['data']}: {entry['body']['data']}\n" for entry in entries()
                   if entry["id"]["data"] not in forgotten)


def notified(words):
    return wait_for(f"the notification “{words}”", lambda: words in history())


def quiet():
    """Long enough for whatever would be said."""
    time.sleep(1)
    return history()


def test_opened_before(desktop):
    desktop.start()
    assert desktop.check(mail("Re: Invoice 4711 of November")) in ("clear", "notice")
    assert desktop.check(mail("Invoice 12", "honest@partner.example", 2)) == "clear"
    desktop.warn()
    notified("Your administrator warns of a mail")
    notified("You have received a mail that your administrator warns of")
    text = history()
    assert "Invoice 4711 of November" in text and "Do not open invoices" in text and "Invoice 12" not in text, text
    wait_for("the signal", desktop.signals)
    told = desktop.advised[0]
    assert told["message-id"] == "1@keiri@wave.example" and told["move"] and told["level"] == "danger", told
    assert told["folder"] == "#mh/Mailbox/inbox" and told["client"] == "Claws Mail 4" and told["advisory"] == "wave-1"
    moves = desktop.moves()
    assert len(moves) == 1 and moves[0]["mail"] == told["mail"], moves
    # Not done yet: it is still there when the agent starts again, and nobody is told twice.
    forget()
    desktop.end(signal.SIGKILL)
    desktop.start()
    assert len(desktop.moves()) == 1
    desktop.moved(told["mail"])
    assert desktop.moves() == []
    assert "administrator" not in quiet(), history()
    # And whoever opens such a mail from now on is warned by the verdict alone.
    assert desktop.check(mail("Invoice 4712 of December", number=3)) == "danger"
    assert "administrator" not in quiet(), history()


def test_changed_sentence_and_marks(desktop):
    desktop.start()
    desktop.check(mail("Invoice 1 of November"))
    desktop.warn(quarantine="no")
    notified("You have received a mail")
    assert desktop.moves() == []
    forget()
    text = (desktop.folder / "policy.conf").read_text()
    (desktop.folder / "policy.conf").write_text(text.replace("Do not open", "Never open"))
    assert "administrator" not in quiet(), history()
    # Now it is to be moved: that is news.
    desktop.warn()
    wait_for("the move", desktop.moves)


def test_all_clear(desktop):
    desktop.start()
    (desktop.folder / "policy.conf").write_text("[check hidden-characters]\nlevel=danger\n")
    subject = "Invoice 7 of\u202e November"
    wait_for("the level", lambda: desktop.check(mail(subject)) == "danger")
    desktop.check(mail("Invoice 8 of December", number=2))
    desktop.warn(level="clear")
    notified("all-clear")
    notified("A mail that you were warned of")
    text = history()
    assert "It was harmless" in text and "Invoice 8" not in text, text
    assert desktop.moves() == []


def test_old_news(desktop):
    """A desktop that was off for months is told of its own mails, not of everything that was said."""
    desktop.start()
    desktop.check(mail("Invoice 9 of November"))
    desktop.warn(published="2026-01-01")
    notified("You have received a mail that your administrator warns of")
    assert "Your administrator warns of a mail" not in quiet(), history()


def test_answers_a_report(desktop):
    """A warning for everybody is the answer to whoever has reported the mail; that it was harmless is none."""
    desktop.start()
    letters = [mail("Invoice 1 of November"), mail("Invoice 2 of November", number=2), mail("Offer", "a@else.example", 3)]
    for letter in letters:
        desktop.check(letter)
    reports = [desktop.report(letter) for letter in letters]
    wait_for("the reports", lambda: all(told["state"] == "sent" for told in desktop.reports().values()))
    desktop.warn(level="clear")
    quiet()
    assert {told["answer"] for told in desktop.reports().values()} == {""}
    desktop.warn()
    wait_for("the answers", lambda: [desktop.reports()[report]["answer"] for report in reports]
             == ["dangerous", "dangerous", ""])
    assert "The administrator says that the mail you reported" not in quiet(), history()


def test_many(desktop):
    """However many there are, the desktop is not covered with notifications; all of them are moved."""
    desktop.start()
    for number in range(30):
        desktop.check(mail(f"Invoice {number} of November", number=number))
    forget()
    desktop.warn()
    wait_for("all moves", lambda: len(desktop.moves()) == 30)
    text = quiet()
    assert text.count("You have received a mail") <= 3, text


def main():
    cases = [case for name, case in globals().items() if name.startswith("test_")]
    server = subprocess.Popen(["dunst", "-config", "/dev/null"], stderr=subprocess.DEVNULL)
    wait_for("dunst", lambda: subprocess.run(["dunstctl", "count"], capture_output=True, check=False).returncode == 0)
    print(f"1..{len(cases)}")
    failed = 0
    for number, case in enumerate(cases, 1):
        forget()
        with tempfile.TemporaryDirectory(prefix="sekisho-advising-") as folder:
            desktop = Desktop(folder)
            try:
                case(desktop)
                print(f"ok {number} {case.__name__}", flush=True)
            except AssertionError as error:
                failed += 1
                log = desktop.log.read_text() if desktop.log.exists() else ""
                text = "".join(f"# {line}\n" for line in f"{error}\n{log}".splitlines())
                print(f"{text}not ok {number} {case.__name__}", flush=True)
            finally:
                desktop.close()
    server.terminate()
    server.wait()
    return 1 if failed else 0


sys.exit(main())

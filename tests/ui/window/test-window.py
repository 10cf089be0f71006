#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window as a screen reader and a keyboard meet it, with a real agent that has really checked and reported mails. Run by
tests/support/with-display."""
import os
import re
import subprocess
import sys
import time

from window_world import APPLICATION, BIN, CONTROLS, DEADLINE_SECONDS, ME, Atspi, GLib, Person, make_life, wait_for
from reporting_world import run_cases

PAGES = {"today": "Today", "mails": "Mails", "reports": "Reports", "advisories": "Advisories", "correspondents": "Correspondents",
         "settings": "Settings"}
DECEIT, OTHER = 3, 6  # of the demo's inbox: danger, in Japanese and in English
OFF_SCREEN = -2**31
NO_REPORTS = "You have not reported any mail yet."


def letter(subject, sender, number, more=b""):
    return (b"From: " + sender + b"\r\nTo: taro.sato@kaede.example\r\nSubject: " + subject +
            f"\r\nMessage-ID: <{number}@letter.example>\r\n".encode() + b"Date: Mon, 23 Nov 2026 09:00:00 +0900\r\n" + more +
            b"\r\nPlease see.\r\n")


def test_agent_comes_and_goes(person):
    """No agent, then one, then none again: said at once, and the button asks for it."""
    person.policy()
    person.open_window()
    person.reads("Sekisho can't be reached.")
    person.press("push button", "Try again")
    person.reads("Sekisho can't be reached.")
    person.start()
    person.reads("All is well.")
    person.end()
    person.reads("Sekisho can't be reached.")


def test_nothing_yet(person):
    person.policy()
    person.start()
    person.open_window()
    person.reads("All is well.")
    person.reads("No mail gave reason for a warning in the last seven days.")
    for page, words in (("mails", "No mail has given reason for a warning yet."), ("reports", NO_REPORTS),
                        ("advisories", "Your administrator warns of nothing at the moment.")):
        person.show_page(page)
        person.reads(words)


def test_mails(person):
    verdicts = make_life(person)
    warned = [verdict for verdict in verdicts.values() if verdict["level"] in ("caution", "danger")]
    assert len(warned) >= 4, [verdict["level"] for verdict in verdicts.values()]
    person.open_window("--page", "mails")
    for verdict in warned:
        person.reads(verdict["subject"])
        person.reads(f"\u2066{verdict['sender-address']}\u2069")
    text = person.text()
    for verdict in verdicts.values():
        assert verdict in warned or verdict["subject"] not in text, verdict["subject"]
    person.reads("This mail is probably not from who it says it is")
    # What the person does elsewhere is seen here at once, and what was open stays open.
    person.press("toggle button", "Why")
    opened = len(person.text())
    assert opened > len(text), "no reasons came"
    person.decide(warned[-1], "shown")
    person.reads("You looked at it after the warning · Today")
    person.decide(warned[-1], "closed")
    person.reads("You closed it · Today")
    assert len(person.text()) >= opened, "the reasons went away"
    # A mail that is warned of now comes on top.
    verdict = person.check(letter(b"Please pay at once", "太田 道子 <ota@cheap.example>".encode(), 77))
    assert verdict["level"] in ("caution", "danger"), verdict
    person.reads("Please pay at once")
    subjects = person.text()
    assert subjects.index("Please pay at once") < subjects.index(warned[-1]["subject"])
    person.show_page("today")
    person.reads(f"In the last seven days you were warned of {len(warned) + 1} mails.")


def test_reports(person):
    """Waiting for a server, sent again by the button, answered."""
    verdicts = make_life(person)
    port = person.port
    person.stop_sink()
    report = person.report(person.mail(OTHER), verdicts[OTHER])
    person.open_window("--page", "reports")
    person.reads(verdicts[OTHER]["subject"])
    person.reads("Waits to be sent.")
    person.reads("The last try failed: ")
    person.reads("Next try: Today")
    person.show_page("today")
    person.reads("Mails are checked. A report waits to be sent.")
    person.press("push button", "Show reports")
    person.reads("Waits to be sent.")
    person.start_sink(port=port)
    person.press("push button", "Send again")
    person.reads("Sent. There is no answer yet.")
    person.reads_no_more("Send again")
    person.wait_for_report(report, state="sent")
    sent = person.arrived()[0]
    message_id = re.search(rb"^Message-ID: *(<[^>]+>)", sent, re.M | re.I).group(1)
    person.check(b"From: security@kaede.example\r\nTo: taro.sato@kaede.example\r\nSubject: Re: report\r\nIn-Reply-To: " +
                 message_id + b"\r\n\r\nThis is dangerous.\r\n")
    person.reads("Your administrator says that it was dangerous.")
    person.show_page("today")
    person.reads("All is well.")
    person.show_page("mails")
    person.reads("You reported it to your administrator · Today")


def test_refused(person):
    person.stop_sink()
    person.start_sink("--reply", "550 5.7.1 Not here <b>")
    verdicts = make_life(person)
    report = person.report(person.mail(DECEIT), verdicts[DECEIT])
    person.wait_for_report(report, refused=True)
    person.open_window("--page", "reports")
    person.reads("The server has not taken it. It is kept and tried again once a day.")
    person.reads("Not here <b>")


def test_taken_back(person):
    verdicts = make_life(person)
    text = (person.folder / "policy.conf").read_text()
    (person.folder / "policy.conf").write_text(text.replace("undo-seconds=0", "undo-seconds=30"))
    person.call("Reload")
    person.open_window("--page", "reports")
    person.reads(NO_REPORTS)
    person.report(person.mail(DECEIT), verdicts[DECEIT])
    person.reads("Is sent in a moment.")
    person.press("push button", "Take back")
    person.reads(NO_REPORTS)
    assert person.reports() == {}
    person.show_page("mails")
    person.reads(verdicts[DECEIT]["subject"])
    assert "You reported it" not in person.text()


def test_advisories(person):
    verdicts = make_life(person)
    person.open_window("--page", "advisories")
    person.reads("Your administrator warns of nothing at the moment.")
    sender = verdicts[OTHER]["sender-address"]
    person.policy(f"[advisory wave]\nlevel=danger\nsender={sender}\ntext=Beware of <i>these</i> & others.\n"
                  "[advisory fine]\nlevel=clear\nsender=nobody@else.example\ntext=The other one is fine.\n")
    person.reads("Beware of <i>these</i> & others.")
    person.reads("You have received 1 such mail. Please leave it closed.")
    person.reads("The other one is fine.")
    person.reads("You have not received such a mail.")
    person.policy()
    person.reads("Your administrator warns of nothing at the moment.")


def test_correspondents(person):
    """Somebody by address and by name, a stranger, and trust that is given elsewhere and taken back here."""
    make_life(person)
    person.open_window("--page", "correspondents")
    person.reads("You have not said of any sender that you trust them.")
    person.types("Whom do you want to know about?", "jiro.tanaka@sakura-denki.example")
    known = person.call("Correspondent", GLib.Variant("(s)", ("jiro.tanaka@sakura-denki.example",)))[0][0]
    assert known["known"] and known["received"] > 1, known
    person.reads(f"{known['received']} mails came from there.")
    person.reads(f"\u2068{known['names'][0]}\u2069")
    person.types("Whom do you want to know about?", known["names"][0])
    person.reads("\u2066jiro.tanaka@sakura-denki.example\u2069")
    person.types("Whom do you want to know about?", "nobody@else.example")
    person.reads("No mail with this address is known.")
    person.types("Whom do you want to know about?", "<b>Nobody</b>")
    person.reads("Nobody is known by this name.")
    trusted = person.check(letter(b"Re: Our order", b"Ann Lee <ann.lee@new-shop.example>", 91, b"X-Mailer: Microsoft Outlook 16.0\r\n"))
    assert trusted["may-trust"], trusted
    person.call("Trust", GLib.Variant("(s)", (trusted["id"],)))
    person.reads(f"\u2066{trusted['sender-address']}\u2069")
    person.types("Whom do you want to know about?", trusted["sender-address"])
    person.reads("You trust this sender.")
    person.press("push button", "Trust no more")
    person.reads("You have not said of any sender that you trust them.")
    person.reads_no_more("You trust this sender.")
    assert person.call("Trusted")[0] == []


def test_broken_history(person):
    os.makedirs(person.folder / "state" / "sekisho" / "sekisho.db")
    person.policy("[nonsense]\nx=1\n")
    person.start()
    person.open_window()
    person.reads("Mails are checked, but without what is known of earlier mail, and none can be reported.")
    person.reads("The settings of your organisation have a fault.")
    person.reads("nonsense")
    person.show_page("reports")
    person.reads("sekisho.db")


def test_learning(person):
    """A mail client hands over a folder: said while it lasts, with the number of mails."""
    person.policy()
    person.start()
    person.open_window()
    person.reads("All is well.")

    def batch(first, count):
        return [{"message-id": GLib.Variant("s", f"{number}@partner.example"), "subject": GLib.Variant("s", "Delivery"),
                 "references": GLib.Variant("as", []), "from": GLib.Variant("(ss)", ("Ken", "ken@partner.example")),
                 "recipients": GLib.Variant("a(ss)", [("", ME)]), "date": GLib.Variant("x", 1700000000 + number),
                 "sent": GLib.Variant("b", False)} for number in range(first, first + count)]

    person.call("LearnFolder", GLib.Variant("(suaa{sv})", ("claws/inbox", 5, batch(0, 5))))
    person.call("LearnFolder", GLib.Variant("(suaa{sv})", ("claws/inbox", 205, batch(5, 200))))
    person.reads("Sekisho is just getting to know your earlier mail")
    person.reads("205 mails are known so far.")
    person.reads("All is well.")


HOSTILE = (
    (b"<b>bold</b> <span size='99999'>&amp; &lt;", "<b>bold</b> <span size='99999'>&amp; &lt;"),
    ("abc\u202egnp.exe\u2066\u200b end".encode(), "[U+202E]"),
    (b"broken \xff\xfe\xc3 bytes", "broken"),
    ("Zalgo " .encode() + "e".encode() + "\u0301".encode() * 300, "Zalgo"),
    (b"A" * 10000, "AAAAAAAAAAAAAAAAAAAA"),
    ("😀👩‍👩‍👧 שלום العربية".encode(), "שלום"),
)


def test_hostile(person):
    """Markup, bidi overrides, broken bytes, towers of marks and walls of text: shown as text, and the window keeps its size."""
    person.policy("[advisory all]\nlevel=danger\ndomain=cheap.example\ntext=Beware.\n")
    person.start()
    for number, (subject, _) in enumerate(HOSTILE):
        name = "\"<i>太田 道子\u202e</i>" .encode() + b"\xff" + "\u0301".encode() * 50 + b"W" * 5000 + b"\" "
        verdict = person.check(letter(subject, name + f"<x{number}@cheap.example>".encode(), number))
        assert verdict["level"] == "danger", verdict
        person.report(letter(subject, name + f"<x{number}@cheap.example>".encode(), number), verdict)
    person.open_window("--page", "mails")
    for page in ("mails", "reports"):
        person.show_page(page)
        for _, words in HOSTILE:
            person.reads(words)
        text = person.text()
        assert "\u202e" not in text and "\u200b" not in text and max(map(len, text.split("\n"))) < 1500
        assert "\u0301" * 4 not in text
        width = person.find("frame").get_extents(Atspi.CoordType.SCREEN).width
        assert width < 1000, f"{page} is {width} wide"


def is_on(person, name):
    widget = wait_for(f"the switch “{name}”", lambda: person.find("toggle button", name))
    return widget.get_state_set().contains(Atspi.StateType.CHECKED)


def open_settings(person):
    """All of the page at once: what is scrolled away is not on the screen."""
    person.open_window("--page", "settings")
    person.resize(900, 1500)


def settings(person):
    return {setting["key"]: (setting["value"], setting["locked"]) for setting in person.call("Settings")[0]}


def test_settings(person):
    """What is chosen holds in the agent at once, and what the administrator decides is locked."""
    person.policy()
    text = (person.folder / "policy.conf").read_text()
    (person.folder / "policy.conf").write_text(text.replace("quarantine=yes\n", ""))
    person.start()
    open_settings(person)
    person.reads("Get to know my earlier mail")
    person.reads("Reports go to \u2068security@kaede.example\u2069.")
    wait_for("learning to be on", lambda: is_on(person, "Get to know my earlier mail"))
    assert not is_on(person, "Move reported mail away")
    person.press("toggle button", "Get to know my earlier mail")
    wait_for("learning to be off", lambda: settings(person)["client.learn"] == (False, False))
    person.press("toggle button", "Move reported mail away")
    wait_for("the quarantine", lambda: settings(person)["report.quarantine"] == (True, False))
    assert "Set by your administrator" not in person.text()
    (person.folder / "policy.conf").write_text(text.replace("quarantine=yes\n", "quarantine=no\n"))
    person.reads("Set by your administrator")
    wait_for("the administrator's word", lambda: not is_on(person, "Move reported mail away"))
    switch = person.find("toggle button", "Move reported mail away")
    assert not switch.get_state_set().contains(Atspi.StateType.SENSITIVE)
    assert switch.get_description() == "Set by your administrator"
    assert settings(person)["client.learn"] == (False, False)


def test_setting_that_can_not_be_kept(person):
    """A file of settings that is broken is not written over; the switch goes back, and it is said why."""
    person.policy()
    person.start()
    open_settings(person)
    name = "Keep copies of my reports"
    assert not is_on(person, name)
    (person.folder / "config" / "sekisho").mkdir(parents=True, exist_ok=True)
    (person.folder / "config" / "sekisho" / "settings.conf").write_text("nonsense <b>\n")
    person.press("toggle button", name)
    person.reads("settings.conf can't be changed")
    wait_for("the switch to go back", lambda: not is_on(person, name))
    # Something else changes: what could not be done is still to be read.
    policy = person.folder / "policy.conf"
    policy.write_text(re.sub("^name=.*", "name=Changed meanwhile", policy.read_text(), count=1, flags=re.MULTILINE))
    person.reads("Changed meanwhile")
    person.reads("settings.conf can't be changed")
    assert (person.folder / "config" / "sekisho" / "settings.conf").read_text() == "nonsense <b>\n"


def test_self_test(person):
    person.policy()
    person.start()
    open_settings(person)
    person.press("push button", "Run the self-test")
    person.reads("A dangerous attachment is recognised")
    person.reads("The sealed scanner reads a mail")
    person.reads("verything works.")
    (person.folder / "policy.conf").write_text("[organisation\n")
    person.call("Reload")
    person.press("push button", "Run the self-test")
    person.reads("What was laid down before goes on to hold.")
    person.reads("Not everything works. What to do stands below.")
    assert person.call("Warned")[0] == [] and person.reports() == {}


def test_first_start(person):
    """Claws Mail is there, and Sekisho is not in it: said first, and done by one button."""
    clawsrc = person.folder / "home" / ".claws-mail" / "clawsrc"
    clawsrc.parent.mkdir(parents=True)
    clawsrc.write_text("[Common]\nconfig_version=4\n\n[Plugins_GTK3]\n/usr/lib/other.so\n")
    module = person.folder / "sekisho-claws.so"
    module.write_bytes(b"")
    person.environment.update(HOME=str(person.folder / "home"), SEKISHO_CLAWS_MODULE=str(module))
    bin_folder = person.folder / "bin"
    bin_folder.mkdir()
    (bin_folder / "claws-mail").symlink_to("/bin/true")
    person.environment["PATH"] = f"{bin_folder}:/nowhere"
    person.policy()
    person.start()
    person.open_window()
    person.reads("Welcome. Sekisho is ready, and not yet in your mail program: mails are not checked.")
    person.resize(900, 1500)
    person.press("push button", "Set up")
    person.reads("Mails are not checked.")
    person.press("push button", "Turn on")
    person.reads("Every mail is checked when you open it.")
    assert clawsrc.read_text() == f"[Common]\nconfig_version=4\n\n[Plugins_GTK3]\n{module}\n/usr/lib/other.so\n"
    person.show_page("today")
    person.reads("All is well.")


def test_names_of_controls(person):
    """Nothing that can be pressed or typed into is without a name."""
    verdicts = make_life(person)
    person.stop_sink()
    person.report(person.mail(DECEIT), verdicts[DECEIT])
    person.policy("[advisory wave]\nlevel=danger\nsender=a@b.example\ntext=Beware.\n")
    person.open_window()
    looked_at = set()
    for page in PAGES:
        person.show_page(page)
        wait_for(page, lambda: len(person.seen()) > 10)
        for widget in person.seen():
            role = widget.get_role_name()
            if role in CONTROLS:
                looked_at.add(role)
                assert widget.get_name().strip(), f"{page}: a {role} without a name"
    assert {"push button", "list item", "toggle button"} <= looked_at, looked_at


def test_keyboard(person):
    """From page to page, into a row and its reasons, and out again."""
    make_life(person)
    person.open_window()
    person.reads("All is well.")
    person.focus_window()
    wait_for("the list of pages", lambda: person.focused()[1] == "Today" or person.keys("Tab"))
    person.keys("Down")
    person.reads("Mails you were warned of")
    before = person.text()
    wait_for("a way to the reasons by Tab and arrows", lambda: person.focused()[1] == "Why" or person.keys("Tab"))
    person.keys("space")
    wait_for("the reasons", lambda: len(person.text()) > len(before) + 20)
    person.keys("ctrl+q")
    assert person.window.wait(DEADLINE_SECONDS) == 0
    assert person.window.stderr.read() == ""


def cut_off(person, width):
    """What reaches over the window's edge."""
    boxes = [(widget, widget.get_extents(Atspi.CoordType.WINDOW)) for widget in person.seen()]
    return [(widget.get_role_name(), widget.get_name()[:40], box.x, box.width) for widget, box in boxes
            if box.x > OFF_SCREEN and (box.x < 0 or box.x + box.width > width)]


def test_narrow(person):
    """At 360 pixels the pages hide behind a button, and nothing is cut off."""
    verdicts = make_life(person)
    person.report(person.mail(DECEIT), verdicts[DECEIT])
    person.open_window("--page", "mails")
    person.reads("Mails you were warned of")
    wide = person.find("list box", "Pages")
    assert wide is not None
    for page in PAGES:
        person.show_page(page)
        number = person.resize(360, 640)
        wait_for("the list of pages to hide", lambda: person.find("list box", "Pages") is None)
        geometry = subprocess.run(["xdotool", "getwindowgeometry", number], capture_output=True, text=True, check=True).stdout
        assert "360x" in geometry, f"{page}: {geometry}"
        try:
            wait_for(f"a fitting {page}", lambda: not cut_off(person, 360))
        except AssertionError as fault:
            raise AssertionError(f"{fault}; cut off: {cut_off(person, 360)}") from None
    person.press("toggle button", "Pages")
    wait_for("the pages in the menu", lambda: person.find("list item", "Mails"))
    person.focus_window()
    wait_for("the keyboard in the menu", lambda: person.focused()[0] == "list item" or person.keys("Tab"))
    person.keys("Home")
    person.reads("All is well.")


def test_one_window(person):
    """A second start, of the program or by the command, brings up the first window."""
    person.policy()
    person.start()
    person.open_window()
    person.reads("All is well.")
    environment = {**person.environment}
    for command in ([f"{BIN}/sekisho-window", "--page", "reports"], [f"{BIN}/sekisho", "window", "advisories"]):
        second = subprocess.run(command, env=environment, timeout=DEADLINE_SECONDS, check=True, capture_output=True, text=True)
        assert second.stderr == "", second.stderr
        person.reads({"reports": NO_REPORTS, "advisories": "Your administrator warns of nothing"}[command[-1]])
    subprocess.run([f"{BIN}/sekisho"], env=environment, timeout=DEADLINE_SECONDS, check=True)
    frames = [widget for widget in person.seen() if widget.get_role_name() == "frame"]
    assert len(frames) == 1


def test_started_over_the_bus(person):
    """As the desktop's menu starts it, which finds it in a service file."""
    person.policy()
    person.start()
    person.open_window("--gapplication-service", frame=False)
    wait_for("the application on the bus", lambda: person.bus.call_sync(
        "org.freedesktop.DBus", "/", "org.freedesktop.DBus", "NameHasOwner", GLib.Variant("(s)", (APPLICATION,)), None, 0, -1,
        None).unpack()[0])
    assert person.find("frame") is None
    person.show_page("reports")
    person.reads(NO_REPORTS)


def test_notification_leads_here(person):
    """The button of a notification opens the page that says more."""
    dunst = subprocess.Popen(["dunst", "-config", "/dev/null"], stderr=subprocess.DEVNULL)
    try:
        wait_for("dunst", lambda: subprocess.run(["dunstctl", "count"], capture_output=True, check=False).returncode == 0)
        subprocess.run(["dunstctl", "close-all"], check=True)
        person.policy()
        person.start()
        person.open_window()
        person.reads("All is well.")
        person.policy("[advisory wave]\nlevel=danger\nsender=a@b.example\ntext=Beware of b.example.\n")
        wait_for("the notification", lambda: subprocess.run(["dunstctl", "count", "displayed"], capture_output=True, text=True,
                                                            check=True).stdout.strip() == "1")
        subprocess.run(["dunstctl", "action"], check=True)
        person.reads("Beware of b.example.")
        assert "All is well." not in person.text()
    finally:
        dunst.terminate()
        dunst.wait()


def test_japanese(person):
    person.environment.update(LANGUAGE="ja", LC_ALL="C.UTF-8")
    make_life(person)
    person.open_window("--page", "mails")
    person.reads("警告されたメール")
    person.reads("名乗っている相手からのものではない可能性が高い")


def test_no_display(person):
    """The command says so, and without a command it shows its help."""
    environment = {name: value for name, value in person.environment.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    answers = [subprocess.run([f"{BIN}/sekisho", *words], env=environment, capture_output=True, text=True, check=False)
               for words in (["window"], [])]
    assert [answer.returncode for answer in answers] == [2, 2]
    assert answers[0].stderr == "sekisho: There is no display to open a window on\n", answers[0].stderr
    assert "window" in answers[1].stdout


Atspi.init()
sys.exit(run_cases([case for name, case in list(globals().items())
                    if name.startswith("test_") and (len(sys.argv) < 2 or name in sys.argv[1:])], Person))

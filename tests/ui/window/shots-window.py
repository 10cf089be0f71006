#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of every page of the window, in two languages, light and dark, wide and narrow:  shots-window.py FOLDER [LANGUAGE,…]
Run by tests/support/with-display."""
import os
import sys
import tempfile
import time

from window_world import Person, make_life, wait_for

ADVISORIES = """
[advisory wave-2026-11]
published={now}
level=danger
domain=cloud-delivery.example
text=Invoices from cloud-delivery.example are a fraud. Do not open the attachment; we have told the police.
text[ja]=cloud-delivery.example から届く請求書は詐欺です。添付ファイルは開かないでください。警察に相談済みです。

[advisory drawing]
published=2026-11-20T08:00:00Z
level=clear
sender=tanaka@minato.example
text=The drawings of Minato come from their new program and are fine.
text[ja]=港製作所からの図面メールは新しいシステムによるもので、問題ありません。
"""
LANGUAGES = {"en": {"LANGUAGE": "", "LC_ALL": "C.UTF-8"}, "ja": {"LANGUAGE": "ja", "LC_ALL": "C.UTF-8"}}
SIZES = {"wide": (900, 700), "narrow": (360, 640)}


def main():
    folder = sys.argv[1]
    complaints = ""
    os.makedirs(folder, exist_ok=True)
    languages = sys.argv[2].split(",") if len(sys.argv) > 2 else list(LANGUAGES)
    for language in languages:
        with tempfile.TemporaryDirectory(prefix="sekisho-shots-") as home:
            person = Person(home)
            person.environment.update(LANGUAGES[language])
            try:
                complaints += shoot(person, folder, language)
            finally:
                person.close()
    sys.exit(f"The window complained:\n{complaints}" if complaints else 0)


def shoot(person, folder, language):
    """What the window said on standard error."""
    complaints = ""
    verdicts = make_life(person)
    warned = [number for number, verdict in verdicts.items() if verdict["level"] in ("caution", "danger")]
    first = person.report(person.mail(warned[0]), verdicts[warned[0]])
    person.decide(verdicts[warned[1]], "shown")
    person.decide(verdicts[warned[2]], "closed")
    person.wait_for_report(first, state="sent")
    person.stop_sink()
    second = person.report(person.mail(warned[3]), verdicts[warned[3]])
    person.policy(ADVISORIES.format(now=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())))
    wait_for("the advisories", lambda: len(person.call("Advisories")[0]) == 2)
    wait_for("the failed report", lambda: person.reports()[second]["last-error"])
    for theme in ("Adwaita", "Adwaita:dark"):
        for name, (width, height) in SIZES.items():
            person.open_window(GTK_THEME=theme)
            person.resize(width, height)
            for page in ("today", "mails", "reports", "advisories", "correspondents", "settings"):
                person.show_page(page)
                person.picture(f"{folder}/{language}-{'dark' if 'dark' in theme else 'light'}-{name}-{page}.png")
            complaints += person.close_window()
    return complaints


main()

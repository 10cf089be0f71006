# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports that leave by the mail client's own account."""
import email
import glob
import os
import socket

import mails
from scenario import case, open_danger, policy
from world import wait


def arrived(folder):
    """The mails that the server took."""
    found = []
    for path in sorted(glob.glob(os.path.join(folder, "*.json"))):
        with open(path[:-5] + ".eml", "rb") as mail:
            found.append(mail.read())
    return found


def check_report(text, name):
    message = email.message_from_bytes(text)
    assert message["To"] == "<soc@kaede.example>", message["To"]
    assert message["From"] == "<taro.sato@kaede.example>", message["From"]
    original = next(part for part in message.walk() if part.get_filename() == "original.eml")
    assert original.get_payload(decode=True) == mails.load(name), "the attached mail differs"


@case
def report_by_the_own_account(run):
    """The account's server gets the report byte for byte, once, and no window stays."""
    port, folder = run.smtp()
    world = run.world("danger-ja", policy=policy(report="client=yes"), smtp_port=port)
    open_danger(world)
    world.press("Report", "SekDialog")
    wait("the report at the server", lambda: arrived(folder), 30)
    check_report(arrived(folder)[0], "danger-ja")
    wait("its state", lambda: "sent" in world.sekisho("report", "list"))
    assert len(arrived(folder)) == 1
    assert not world.windows("Sending") and not world.windows("assword")


@case
def report_waits_for_the_server_of_the_account(run):
    """Without a server the report waits and says why."""
    world = run.world("danger-ja", policy=policy(report="client=yes"), smtp_port=9)
    open_danger(world)
    world.press("Report", "SekDialog")
    wait("the reason", lambda: "mail program could not send" in world.sekisho("report", "list"), 30)
    run.note(world.sekisho("report", "list"))
    run.shot("failed")


@case
def report_waits_for_the_mail_client(run):
    """What could not be sent before the mail client was closed leaves once it is there again, and once only."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    world = run.world("danger-ja", policy=policy(report="client=yes"), smtp_port=port)
    open_danger(world)
    world.press("Report", "SekDialog")
    wait("the reason", lambda: "mail program could not send" in world.sekisho("report", "list"), 30)
    world.end_client()
    _, folder = run.smtp(port)
    world.sekisho("report", "retry", world.sekisho("report", "list").split()[0])
    assert "waits" in world.sekisho("report", "list") and not arrived(folder)
    world.start_client()
    wait("the report at the server", lambda: arrived(folder), 30)
    check_report(arrived(folder)[0], "danger-ja")
    wait("its state", lambda: "sent" in world.sekisho("report", "list"))
    assert len(arrived(folder)) == 1

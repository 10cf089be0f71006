# SPDX-License-Identifier: GPL-3.0-or-later
"""What lies in the folders is learned in idle time."""
import os
import subprocess

import mails
from scenario import case, covered, open_mail, policy, shown
from world import World, wait


def mail(number, sender, to, subject):
    return (f"From: {sender}\nTo: {to}\nSubject: {subject}\nDate: Mon, 02 Nov 2026 09:00:00 +0900\n"
            f"Message-ID: <{number}@kaede.example>\n\nSEKMARK\n").encode("utf-8")


def known(world, address):
    """What the command says of an address in the agent's own history."""
    return subprocess.run([os.path.join(world.build, "bin", "sekisho"), "history", "show", address], env=world.env,
                          capture_output=True, text=True, check=False).stdout


@case
def arrivals_are_checked_and_tagged(run):
    """New mail is checked as it comes in, tagged when it needs care, and opens with its verdict when the agent is gone."""
    world = run.world("clear-en", spool=True)
    open_mail(world, 1)
    wait("the clear mail", lambda: shown(world))
    world.fetch(*[mails.load(name) for name in ("danger-ja", "caution", "notice")])

    def tags():
        return sorted(tag for tag in world.probe("tags", "#mh/Mailbox/inbox").values() if tag)

    wait("two tags", lambda: len(tags()) == 2)
    assert tags() == ["Check first (Sekisho)", "Dangerous (Sekisho)"], tags()
    assert not world.dialogs(), "a mail that nobody opened has no dialog"
    run.shot("list")
    number = next(number for number, tag in world.probe("tags", "#mh/Mailbox/inbox").items() if (tag or "").startswith("Dang"))
    world.stop_agent()
    open_mail(world, int(number))
    wait("the warning cover", lambda: covered(world))


@case
def folders_are_learned(run):
    """What was sent before is learned in idle time, what lies unopened in the inbox is not."""
    world = World(run.screen, run.build, policy=policy())
    run.worlds.append(world)
    for number in range(1, 4):
        world.put(mail(number, "taro.sato@kaede.example", "Hanako Mori <mori@partner.example>", f"Order {number}"), "sent")
    world.put(mail(10, "Stranger <stranger@elsewhere.example>", "taro.sato@kaede.example", "Hello"))
    world.put(mail(11, "Stranger Two <two@elsewhere.example>", "taro.sato@kaede.example", "Hello"))
    world.start("sent")
    wait("the sent mails to be learned", lambda: "Mails to there: 3" in known(world, "mori@partner.example"), 40)
    assert "Hanako Mori" in known(world, "mori@partner.example")
    assert "nothing" in known(world, "two@elsewhere.example")


BOOKS = """<?xml version="1.0" encoding="UTF-8" ?>
<addressbook>
  <book_list>
    <book name="Personal" file="addrbook-000001.xml" />
  </book_list>
</addressbook>
"""
BOOK = """<?xml version="1.0" encoding="UTF-8" ?>
<address-book name="Personal" >
  <person uid="1" first-name="" last-name="" nick-name="" cn="Hanako Mori" >
    <address-list>
      <address uid="2" alias="" email="mori@partner.example" remarks="" />
    </address-list>
  </person>
</address-book>
"""


@case
def address_book_is_known(run):
    """Who stands in the address book counts as somebody the person writes to."""
    world = World(run.screen, run.build, policy=policy())
    run.worlds.append(world)
    for folder in (".claws-mail", ".claws-mail/addrbook"):
        world.write(f"{folder}/addrbook--index.xml", BOOKS)
        world.write(f"{folder}/addrbook-000001.xml", BOOK)
    world.start()
    wait("the contact to be known", lambda: "Mails to there: 1" in known(world, "mori@partner.example"), 30)
    assert "Hanako Mori" in known(world, "mori@partner.example")

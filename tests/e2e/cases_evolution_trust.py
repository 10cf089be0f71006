# SPDX-License-Identifier: GPL-3.0-or-later
"""A sender who is trusted by one click in Evolution, what that changes, and how it is taken back."""
import mails
from cases_evolution import case, open_mail, shown, start
from cases_trust import bar_text
from world import wait


def offers_trust(world):
    return shown(world) and any("Trust this sender" in button["label"].replace("_", "") for button in world.view()["buttons"])


@case
def trust_is_given_and_taken_back(run):
    """One click trusts a stranger: the next mail has a quiet line and its attachment; it is taken back by another."""
    world = start(run, *[mails.variant("stranger", number) for number in range(3)])
    open_mail(world, "chairs 0")
    wait("the caution", lambda: offers_trust(world))
    assert world.view()["attachments"] == 0, "its attachment asks"
    world.press("rust this sender")
    wait("the word about it", lambda: "You trust" in bar_text(world) and "rose.miller@chairs.example" in bar_text(world))
    open_mail(world, "chairs 1")
    wait("a quiet line", lambda: shown(world) and "earlier mail" in bar_text(world))
    wait("its attachment", lambda: world.view()["attachments"] == 1)
    assert not offers_trust(world)
    run.shot("next")
    open_mail(world, "chairs 0")
    wait("the way back", lambda: any("after all" in button["label"] for button in world.view()["buttons"]))
    world.press("after all")
    wait("the word about it", lambda: "any more" in bar_text(world))
    open_mail(world, "chairs 2")
    wait("the caution again", lambda: offers_trust(world))
    assert world.view()["attachments"] == 0

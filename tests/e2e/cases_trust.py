# SPDX-License-Identifier: GPL-3.0-or-later
"""A sender who is trusted by one click in Claws Mail, what that changes, and how it is taken back."""
import mails
from scenario import case, open_mail, shown, words
from world import wait


def bar_text(world):
    return words({"labels": [label for label in world.view()["labels"] if "SEKMARK" not in label]})


@case
def trust_is_given_and_taken_back(run):
    """One click trusts a stranger: the next mail has a quiet line and opens its attachment; it is taken back by another."""
    world = run.world(*[mails.variant("stranger", number) for number in range(1)])
    open_mail(world, 1)
    wait("the caution", lambda: shown(world) and any("Trust this sender" in b["label"].replace("_", "") for b in world.view()["buttons"]))
    assert not world.view()["file"], "its attachment asks"
    world.press("rust this sender")
    wait("the word about it", lambda: "You trust" in bar_text(world) and "rose.miller@chairs.example" in bar_text(world))
    run.shot("trusted")
    world.put(mails.variant("stranger", 1))
    world.probe("scan")
    open_mail(world, 2)
    wait("a quiet line", lambda: shown(world) and "earlier mail" in bar_text(world))
    assert world.view()["file"] and not any("rust this sender" in b["label"] for b in world.view()["buttons"]), world.view()
    run.shot("next")
    open_mail(world, 1)
    wait("the way back", lambda: any("after all" in b["label"] for b in world.view()["buttons"]))
    world.press("after all")
    wait("the word about it", lambda: "any more" in bar_text(world))
    world.put(mails.variant("stranger", 2))
    world.probe("scan")
    open_mail(world, 3)
    wait("the caution again", lambda: shown(world) and any("Trust this sender" in b["label"].replace("_", "") for b in world.view()["buttons"]))
    assert not world.view()["file"]

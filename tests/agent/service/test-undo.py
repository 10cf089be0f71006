#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports that are taken back in the seconds after the click, and those that must arrive all the same. Run by
tests/support/with-display."""
import os
import signal
import sys

from gi.repository import GLib

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from reporting_world import NAME, PATH, World, desktop, run_cases, wait_for  # noqa: E402

FIRST = b"From: x@evil.example\r\nSubject: First\r\n\r\nopen it\r\n"
SECOND = b"From: x@evil.example\r\nSubject: Second\r\n\r\nopen it\r\n"
LONG = 30


def started(world, undo):
    world.start_sink()
    world.policy(undo=undo)
    world.start()


def test_taken_back(world):
    """What is reported after it arrives alone."""
    started(world, 1)
    first = world.report(FIRST)
    assert world.reports()[first]["state"] == "held"
    assert world.command("withdraw", first).returncode == 0
    assert world.reports() == {}
    world.report(SECOND)
    wait_for("the second report", world.arrived)
    assert len(world.arrived()) == 1 and SECOND in world.arrived()[0]


def test_time_is_over(world):
    started(world, 1)
    report = world.report(FIRST)
    wait_for("the report", world.arrived)
    wait_for("its state", lambda: world.reports()[report]["state"] == "sent")
    late = world.command("withdraw", report)
    assert late.returncode != 0 and "too late" in late.stderr, late


def test_once_more(world):
    """The same mail can be reported again, and is one report."""
    started(world, 1)
    first = world.report(FIRST)
    assert world.command("withdraw", first).returncode == 0
    assert world.report(FIRST) == first
    wait_for("the report", world.arrived)
    world.report(SECOND)
    wait_for("the second report", lambda: len(world.arrived()) == 2)
    assert SECOND in world.arrived()[1]


def test_killed(world):
    """Nobody is left who could take it back: it goes at once."""
    for how in (signal.SIGKILL, signal.SIGTERM):
        if world.sink is None:
            started(world, LONG)
        report = world.report(FIRST if how == signal.SIGKILL else SECOND)
        assert world.reports()[report]["state"] == "held"
        world.end(how)
        count = len(world.arrived())
        world.start()
        wait_for("the report", lambda: len(world.arrived()) == count + 1)


def test_held_through_a_reload(world):
    """Another policy makes all that waits due, but not what can still be taken back."""
    started(world, LONG)
    first = world.report(FIRST)
    world.policy(undo=0)
    world.bus.call_sync(NAME, PATH, NAME, "Reload", None, None, 0, -1, None)
    second = world.report(SECOND)
    wait_for("the second report", world.arrived)
    assert SECOND in world.arrived()[0]
    states = {report: told["state"] for report, told in world.reports().items()}
    assert states[first] == "held" and states[second] in ("queued", "sent"), states
    # Until the person says otherwise.
    assert world.command("retry", first).returncode == 0
    wait_for("the first report", lambda: len(world.arrived()) == 2)


def test_nothing_to_take_back(world):
    started(world, LONG)
    for report in ("00112233445566778899aabbccddeeff", "", "'; DROP TABLE outbox; --"):
        assert world.command("withdraw", report).returncode != 0
    report = world.report(FIRST)
    assert list(world.reports()) == [report]


def test_harmless(world):
    """That a mail is harmless is told beside its report, and only where the policy lets people say so."""
    world.start_sink()
    world.policy()
    world.start()
    report, said = world.report(FIRST), world.report(FIRST, feedback=GLib.Variant("b", True))
    assert report != said and world.report(FIRST, feedback=GLib.Variant("b", True)) == said
    wait_for("both", lambda: len(world.arrived()) == 2)
    kinds = {told: what["kind"] for told, what in world.reports().items()}
    assert kinds == {report: "report", said: "feedback"}, kinds
    assert [b"Feedback-Type: fraud" in mail for mail in world.arrived()] == [True, False], world.arrived()
    assert b"Feedback-Type: not-spam" in world.arrived()[1] and b"not dangerous:" in world.arrived()[1]
    world.policy("feedback=no\n")
    world.bus.call_sync(NAME, PATH, NAME, "Reload", None, None, 0, -1, None)
    try:
        world.report(SECOND, feedback=GLib.Variant("b", True))
        raise AssertionError("taken")
    except GLib.Error as error:
        assert "switched this off" in error.message, error.message
    assert len(world.reports()) == 2


def main():
    cases = [test_taken_back, test_time_is_over, test_once_more, test_killed, test_held_through_a_reload,
             test_nothing_to_take_back, test_harmless]
    with desktop():
        return run_cases(cases, World)


sys.exit(main())

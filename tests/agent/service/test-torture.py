#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills the agent (SIGKILL) at any moment between click and receipt, against an SMTP server that delays, refuses, hangs up
and takes without saying so. Nothing may be lost, doubled at the reader or changed. SEK_ROUNDS: how many reports."""
import concurrent.futures
import email
import os
import random
import signal
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from reporting_world import GLib, World  # noqa: E402

ROUNDS = int(os.environ.get("SEK_ROUNDS", "150"))
# A report takes some 50 ms from click to receipt: the kill falls into each of its steps.
LIFE_SECONDS = 0.12
RESTARTS_MAX = 200


def make_mail(number):
    return (f"From: x@evil.example\r\nMessage-ID: <{number}@evil.example>\r\nSubject: No {number}\r\n\r\n.\r\n"
            f"{'line with a dot.' * (number % 60)}\r\n").encode()


def live_a_while(world):
    time.sleep(random.uniform(0, LIFE_SECONDS))
    world.end(signal.SIGKILL)


def click(world, mail):
    """What a person does: clicks, and clicks again when the answer is an error. Half of them in two windows at once."""
    killer = concurrent.futures.ThreadPoolExecutor(1)
    windows = concurrent.futures.ThreadPoolExecutor(2)
    for _ in range(RESTARTS_MAX):
        world.start()
        end = killer.submit(live_a_while, world)
        clicks = [windows.submit(world.report, mail) for _ in range(random.choice((1, 2)))]
        ids = set()
        for one in clicks:
            try:
                ids.add(one.result())
            except GLib.Error:
                pass
        end.result()
        if ids:
            assert len(ids) == 1, ids
            return ids.pop()
    raise AssertionError("the agent never lived long enough to take the report")


def deliver_the_rest(world, reports):
    for _ in range(RESTARTS_MAX):
        world.start()
        end = time.monotonic() + 2
        while time.monotonic() < end:
            if world.command("list").stdout.count("  sent") == len(reports):
                return
            time.sleep(0.05)
        world.end(signal.SIGKILL)
    raise AssertionError(f"not all were sent: {world.command('list').stdout}")


def test_torture(world):
    world.start_sink("--whims")
    world.policy()
    reports = {}
    for number in range(1, ROUNDS + 1):
        mail = make_mail(number)
        reports[click(world, mail)] = mail
    assert len(reports) == ROUNDS
    deliver_the_rest(world, reports)
    copies = {}
    for arrived in world.arrived():
        message = email.message_from_bytes(arrived)
        copies.setdefault(message["Message-ID"], []).append(arrived)
    print(f"# {sum(map(len, copies.values()))} mails for {len(copies)} reports")
    assert len(copies) == ROUNDS, sorted(copies)
    for report, mail in reports.items():
        mine, = [arrived for key, arrived in copies.items() if key.startswith(f"<{report}@")]
        assert all(mail in arrived for arrived in mine), report


def main():
    random.seed()
    print("1..1")
    with tempfile.TemporaryDirectory(prefix="sekisho-torture-") as folder:
        world = World(folder)
        try:
            test_torture(world)
            print("ok 1 torture")
        except AssertionError as error:
            print(f"# {error}\nnot ok 1 torture".replace("\n\n", "\n"))
            return 1
        finally:
            world.close()
    return 0


sys.exit(main())

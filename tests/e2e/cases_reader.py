# SPDX-License-Identifier: GPL-3.0-or-later
"""The story by AT-SPI alone, in Claws Mail."""
from reader_story import Reader, live
from scenario import case, open_mail, policy


@case
def story_by_screen_reader_alone(run):
    """By what a screen reader is told and can press: the warning is announced with its reasons, reported, a caution is read and reported."""
    port, folder = run.smtp()
    world = run.world("clear-en", "danger-ja", "caution", policy=policy(report=f"smtp=127.0.0.1:{port}"), accessible=True)
    reader = Reader(run, world, "claws")
    live(reader, folder, lambda: open_mail(world, 2), lambda: open_mail(world, 3))

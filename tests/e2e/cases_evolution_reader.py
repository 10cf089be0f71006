# SPDX-License-Identifier: GPL-3.0-or-later
"""The story by AT-SPI alone, in Evolution."""
from cases_evolution import case, open_mail, start
from reader_story import Reader, live
from scenario import policy


@case
def story_by_screen_reader_alone(run):
    """By what a screen reader is told and can press: the warning is announced with its reasons, reported, a caution is read and reported."""
    port, folder = run.smtp()
    world = start(run, "clear-en", "danger-ja", "caution", policy=policy(report=f"smtp=127.0.0.1:{port}"), accessible=True)
    reader = Reader(run, world, "evolution")
    live(reader, folder, lambda: open_mail(world, "danger-ja"), lambda: open_mail(world, "caution"),
         mail_is_told=False)  # WebKit's own process tells of it, which does not find this session's bus

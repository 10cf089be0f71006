# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports that leave by Evolution's own account."""
from cases_evolution import case, open_danger, start
from cases_handover import arrived, check_report
from scenario import policy
from world import wait


@case
def report_by_the_own_account(run):
    """The account's server gets the report byte for byte, once."""
    port, folder = run.smtp()
    world = start(run, "danger-ja", policy=policy(report="client=yes"), smtp_port=port)
    open_danger(world)
    world.press("Report", "SekDialog")
    wait("the report at the server", lambda: arrived(folder), 30)
    check_report(arrived(folder)[0], "danger-ja")
    wait("its state", lambda: "sent" in world.sekisho("report", "list"))
    assert len(arrived(folder)) == 1


@case
def report_waits_for_the_server_of_the_account(run):
    """Without a server the report waits and says why."""
    world = start(run, "danger-ja", policy=policy(report="client=yes"), smtp_port=9)
    open_danger(world)
    world.press("Report", "SekDialog")
    wait("the reason", lambda: "mail program could not send" in world.sekisho("report", "list"), 30)
    run.note(world.sekisho("report", "list"))

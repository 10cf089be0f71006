#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The signed policy on its way from an administrator's desk to a desktop, and everything that must be refused on that way. Run
by tests/support/with-display."""
import os
import signal
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from pulling_world import run, wait_for  # noqa: E402


def test_published_and_in_force(company):
    company.with_first()
    assert company.state()["serial"] == 1 and company.state()["pulled"] > 0
    status = company.status()
    assert status.returncode == 0 and "First, serial 1\n" in status.stdout, status
    assert f"127.0.0.1:{company.web_port}/policy.conf, last reached: 20" in status.stdout, status
    company.publish("Second", 2)
    company.look()
    company.wait_name("Second")
    # The second time round the server says "not changed" and sends nothing.
    company.look()
    log = company.folder / "access.log"
    wait_for("a 304", lambda: '"GET /policy.conf HTTP/1.1" 304 0' in log.read_text().replace("HTTP/2.0", "HTTP/1.1"))
    company.end()
    assert company.status().returncode == 2


def test_kept_without_network(company):
    company.with_first()
    company.nginx.terminate()
    company.nginx.wait()
    company.nginx = None
    company.end(signal.SIGKILL)
    company.start()
    company.wait_name("First")
    company.wait_refused("could not be fetched")


def test_rotation(company):
    company.with_first()
    path = company.write("By the new key", 2)
    company.sign(path, "new")
    assert company.sekisho("publish", "--key", company.keys[1], path, company.site).returncode == 0
    company.look()
    company.wait_name("By the new key")
    # The old key is taken away: what it signs is no more than a stranger's.
    company.root_policy(keys=[company.keys[1]])
    path = company.write("By the old key once more", 3)
    company.sign(path, "old")
    for name in ("policy.conf", "policy.conf.minisig"):
        company.put(name, (path.parent / name).read_bytes())
    company.look()
    company.wait_refused("not among the keys", "By the new key")


def test_replay(company):
    company.with_first()
    old = {name: (company.site / name).read_bytes() for name in ("policy.conf", "policy.conf.minisig")}
    company.publish("Second", 2)
    company.look()
    company.wait_name("Second")
    for name, data in old.items():
        company.put(name, data)
    company.look()
    company.wait_refused("older than 2", "Second")


def test_changed_on_the_way(company):
    company.with_first()
    path = company.site / "policy.conf"
    path.write_text(path.read_text() + "[client]\nunavailable=show\n")
    company.look()
    company.wait_refused("does not belong to this file")


def test_no_signature(company):
    company.with_first()
    company.put("policy.conf", (company.site / "policy.conf").read_bytes().replace(b"serial=1", b"serial=2"))
    (company.site / "policy.conf.minisig").unlink()
    company.look()
    company.wait_refused("answers 404")
    status = company.status()
    assert status.returncode == 1 and "answers 404" in status.stdout, status
    company.put("policy.conf.minisig", b"")
    company.look()
    company.wait_refused("not one of minisign")


def test_truncated(company):
    company.with_first()
    data = (company.site / "policy.conf").read_bytes()

    def half(connection, request):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(data) + data[:20])

    company.odd_server(half)
    company.wait_refused("could not be fetched")


def test_slow(company):
    company.with_first()

    def drip(connection, request):
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(200):
            connection.sendall(b"#")
            time.sleep(0.5)

    company.odd_server(drip)
    company.wait_refused("too slow")


def test_hundred_megabytes(company):
    company.with_first()
    with open(company.site / "policy.conf", "wb") as file:
        file.truncate(100 * 1024 * 1024)
    company.look()
    company.wait_refused("too large")

    def endless(connection, request):
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"#" * 65536)

    company.odd_server(endless)
    company.wait_refused("too large")


def test_redirects(company):
    company.with_first()
    port = company.web_port
    company.root_policy(f"https://127.0.0.1:{port}/to-http/policy.conf")
    company.wait_refused("not https")
    company.root_policy(f"https://127.0.0.1:{port}/round/policy.conf")
    company.wait_refused("from place to place")


def test_certificates(company):
    company.with_first()
    for certificate in ("expired", "other-name", "self-signed"):
        if company.odd is not None:
            company.odd.close()
        company.odd_server(lambda connection, request: connection.sendall(b"HTTP/1.1 404 No\r\n\r\n"), certificate)
        wait_for(certificate, lambda: f":{company.odd.port}/" in company.state()["pull-error"])
        company.wait_refused("could not be fetched")
        assert "answers" not in company.state()["pull-error"], company.state()


def test_strangers_name_no_keys(company):
    """The person's own file may neither say where policies come from nor who signs them."""
    company.serve()
    company.publish("First", 1)
    company.root_policy()
    settings = company.folder / "config" / "sekisho"
    settings.mkdir(parents=True)
    (settings / "settings.conf").write_text((company.folder / "policy.conf").read_text())
    (company.folder / "policy.conf").write_text("[client]\nunavailable=show\n")
    company.start()
    time.sleep(5)  # A look would come within four seconds.
    assert company.state()["pulled"] == 0 and company.state()["pull-error"] == ""
    assert not (company.folder / "access.log").read_text()


def test_killed_between(company):
    """Killed at any moment around a look, what is kept is one policy or the other, whole."""
    company.with_first()
    for serial in range(2, 14):
        # nginx makes an ETag of second and size.
        company.publish(f"Number {serial}", serial, more="#" * serial)
        company.look()
        time.sleep(0.004 * serial)
        company.end(signal.SIGKILL)
        company.start()
        assert company.state()["error"] == "", company.state()
        assert company.state()["organisation"] in ("First", *(f"Number {n}" for n in range(2, serial + 1)))
    company.look()
    company.wait_name("Number 13")


def test_expired(company):
    company.serve()
    company.publish("First", 1, more="")
    path = company.write("Old", 2)
    path.write_text(path.read_text().replace("serial=2", "serial=2\nnot-after=2020-01-01"))
    company.sign(path)
    assert company.sekisho("publish", "--key", company.keys[0], path, company.site).returncode == 0
    company.root_policy()
    company.start()
    company.look()
    company.wait_name("Old")
    assert "2020-01-01" in company.state()["error"], company.state()


def test_signing_desk(company):
    """What desktops would refuse is refused before it is published."""
    company.serve()
    faulty = company.write("Faulty", 1, "[client]\nunavailable=perhaps\n")
    result = company.sekisho("sign", "--key", company.folder / "old.sec", faulty)
    assert result.returncode == 1 and ":6:13:" in result.stderr, result.stderr
    without = company.write("No serial", 1)
    without.write_text("[organisation]\nname=x\n")
    assert company.sekisho("sign", "--key", company.folder / "old.sec", without).returncode == 1
    company.publish("First", 5)
    path = company.write("Not newer", 5)
    company.sign(path)
    result = company.sekisho("publish", "--key", company.keys[0], path, company.site)
    assert result.returncode == 1 and "not above 5" in result.stderr, result.stderr
    path = company.write("Not signed", 6)
    result = company.sekisho("publish", "--key", company.keys[0], path, company.site)
    assert result.returncode == 1 and "does not belong" in result.stderr, result.stderr
    assert "First" in (company.site / "policy.conf").read_text()


sys.exit(run(globals()))

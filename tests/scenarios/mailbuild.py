# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a mail byte by byte, the way the programs of the people in the scenarios do: their charsets, their headers, their
faults. Nothing here depends on the clock, so that the same words give the same bytes."""
import base64
import hashlib
import os
import quopri
import re

ME = "佐藤 太郎 <taro.sato@kaede.example>"
ME_ADDRESS = "taro.sato@kaede.example"
GATEWAY = "mx.kaede.example"
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def address_of(mailbox):
    found = re.search(r"<([^<>]*)>\s*$", mailbox)
    return found.group(1) if found else mailbox


def word(text, charset):
    """An unstructured value: as it is in ASCII, else encoded words of at most 20 characters each."""
    if text.isascii():
        return text
    try:
        text.encode(codec(charset))
    except UnicodeEncodeError:
        charset = "UTF-8"
    pieces = [text[i:i + 20] for i in range(0, len(text), 20)]
    return "\r\n ".join(f"=?{charset}?B?{base64.b64encode(piece.encode(codec(charset))).decode()}?=" for piece in pieces)


def codec(charset):
    return {"Shift_JIS": "cp932", "ISO-2022-JP": "iso2022_jp_ext"}.get(charset, charset)


def mailboxes(text, charset):
    """A list of mailboxes separated by ", "; quotes in a name stay as they are written."""
    out = []
    for mailbox in re.split(r",\s+(?=[^,]*(?:<|@))", text):
        found = re.match(r"(.*?)\s*<([^<>]*)>$", mailbox)
        if found is None or found.group(1) == "":
            out.append(mailbox)
            continue
        name = found.group(1)
        if not name.isascii():
            name = word(name.strip('"'), charset)
        elif re.search(r'[@.,:;()<>\[\]]', name) and not name.startswith('"'):
            name = f'"{name}"'
        out.append(f"{name} <{found.group(2)}>")
    return ",\r\n ".join(out)


def date_header(when, zone):
    import datetime
    moment = datetime.datetime.strptime(when, "%Y-%m-%d %H:%M")
    return f"{DAYS[moment.weekday()]}, {moment.day:02d} {MONTHS[moment.month - 1]} {moment.year} {moment:%H:%M}:00 {zone}"


def text_part(text, subtype, charset, cte):
    data = text.encode(codec(charset))
    if cte == "base64":
        body = base64.encodebytes(data).decode().replace("\n", "\r\n")
    elif cte == "quoted-printable":
        body = quopri.encodestring(data).decode().replace("\n", "\r\n")
    else:
        body = data.replace(b"\n", b"\r\n").decode("latin-1")
    return f"Content-Type: text/{subtype}; charset={charset}\r\nContent-Transfer-Encoding: {cte}\r\n\r\n{body}"


def file_part(name, media_type, data, charset):
    shown = word(name, charset) if not name.isascii() else name
    if media_type == "message/rfc822":
        head = f'Content-Type: message/rfc822; name="{shown}"\r\nContent-Disposition: attachment; filename="{shown}"\r\n\r\n'
        return head + data.decode("latin-1")
    body = base64.encodebytes(data).decode().replace("\n", "\r\n")
    return (f'Content-Type: {media_type}; name="{shown}"\r\nContent-Disposition: attachment; filename="{shown}"\r\n'
            f"Content-Transfer-Encoding: base64\r\n\r\n{body}")


def multipart(kind, parts, seed):
    boundary = "=_" + hashlib.sha256(seed.encode()).hexdigest()[:24]
    body = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n{body}--{boundary}--\r\n'


def build(seed, sender, subject, text, to=ME, cc="", when="2026-11-16 10:00", zone="+0900", mid=None, irt="", refs="",
          ua="", html="", files=(), charset="UTF-8", cte="base64", reply_to="", return_path=None, auth="pass", extra=(),
          report=""):
    """The bytes of one mail. files: (name, media type, bytes); auth: "pass", "none" or the whole value of
    Authentication-Results, "" for none; extra: header lines as they are."""
    address = address_of(sender)
    domain = address.rpartition("@")[2]
    if return_path is None:
        return_path = address
    if mid is None:
        mid = hashlib.sha256(seed.encode()).hexdigest()[:16] + "@" + domain
    if irt and not refs:
        refs = irt
    if auth in ("pass", "none"):
        auth = f"{GATEWAY}; spf={auth} smtp.mailfrom={return_path}; dkim=none; dmarc={auth} header.from={domain}"
    if charset == "ISO-2022-JP":
        cte = "7bit"
    lines = [f"Return-Path: <{return_path}>"]
    if auth:
        lines.append(f"Authentication-Results: {auth}")
    lines.append(f"Received: from mail.{domain} (mail.{domain} [192.0.2.{len(seed)}])\r\n\tby {GATEWAY} with ESMTPS; "
                 + date_header(when, zone))
    lines += [f"Message-ID: <{mid}>", f"Date: {date_header(when, zone)}", f"From: {mailboxes(sender, charset)}",
              f"To: {mailboxes(to, charset)}"]
    if cc:
        lines.append(f"Cc: {mailboxes(cc, charset)}")
    if reply_to:
        lines.append(f"Reply-To: {mailboxes(reply_to, charset)}")
    lines.append(f"Subject: {word(subject, charset)}")
    if irt:
        lines.append(f"In-Reply-To: <{irt}>")
    if refs:
        lines.append("References: " + "\r\n ".join(f"<{ref}>" for ref in refs.split()))
    if ua:
        lines.append(("User-Agent: " if "Thunderbird" in ua or "Claws" in ua else "X-Mailer: ") + ua)
    lines += [line.replace("\n", "\r\n") for line in extra]
    lines.append("MIME-Version: 1.0")
    parts = []
    if text is not None:
        parts.append(text_part(text, "plain", charset, cte))
    if html:
        shown = text_part(html, "html", charset, cte)
        parts = [multipart("alternative", parts + [shown], seed + "alt")] if parts else [shown]
    parts += [file_part(name, kind, data, charset) for name, kind, data in files]
    if report:
        whole = multipart(f"report; report-type={report}", parts, seed)
    elif len(parts) == 1:
        whole = parts[0]
    else:
        whole = multipart("mixed", parts, seed)
    return ("\r\n".join(lines) + "\r\n" + whole).encode("latin-1")


def write(root, path, data):
    target = os.path.join(root, path)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "wb") as out:
        out.write(data)

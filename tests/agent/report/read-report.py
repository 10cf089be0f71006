#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a report as a stranger's software would and prints what it saw, one thing a line."""
import email
import email.policy
import sys

with open(sys.argv[1], "rb") as file:
    report = email.message_from_binary_file(file, policy=email.policy.default)


def defects(part, name):
    for defect in part.defects:
        print(f"defect in {name}: {defect!r}")
    for field, value in part.items():
        for defect in getattr(value, "defects", ()):
            print(f"defect in {name} {field}: {defect!r}")


defects(report, "report")
for name in ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "User-Agent"]:
    print(f"{name}: {report[name]}")
print(f"{report.get_content_type()} {report.get_param('report-type')}")
print("fields:", " ".join(report.keys()))
for number, part in enumerate(report.iter_parts(), 1):
    defects(part, f"part {number}")
    print(f"part {number}: {part.get_content_type()}")
    if part.get_content_type() == "text/plain":
        print(part.get_content().replace("\r\n", "\n"), end="")
    elif part.get_content_type() == "message/feedback-report":
        fields = part.get_payload(0)
        defects(fields, "feedback")
        for name, value in fields.items():
            print(f"  {name}: {value}")
        print(f"  rest: {fields.get_payload()!r}")

# SPDX-License-Identifier: GPL-3.0-or-later
"""The same world with an account of a real IMAP server in Claws Mail: its inbox is the one that is opened."""
from imap import PASSWORD, USER
from world import Timeout, World, wait

ACCOUNT = "minato"
ROOT = f"#imap/{ACCOUNT}/"


class ImapWorld(World):
    def __init__(self, *arguments, imap, **options):
        self.imap = imap
        super().__init__(*arguments, **options)

    def write_claws(self):
        super().write_claws()
        self.write(".claws-mail/accountrc", "\n".join([
            "[Account: 1]", "config_version=4", f"account_name={ACCOUNT}", "is_default=1", "name=佐藤 太郎",
            "address=taro.sato@kaede.example", "protocol=1", "receive_server=127.0.0.1", f"user_id={USER}", "set_imapport=1",
            f"imap_port={self.imap.port}", "ssl_imap=0", "imap_auth_method=0", "receive_at_get_all=1", "smtp_server=127.0.0.1",
            "set_queue_folder=1", "queue_folder=#mh/Mailbox/queue", "set_sent_folder=1", "sent_folder=#mh/Mailbox/sent"]) + "\n")
        self.write(".claws-mail/passwordstorerc", f"[config_version:4]\n\n[account:1]\nrecv {PASSWORD}\n")
        with open(self.path(".claws-mail/folderlist.xml"), encoding="utf-8") as old:
            text = old.read()
        self.write(".claws-mail/folderlist.xml", text.replace("</folderlist>", f'<folder type="imap" name="{ACCOUNT}" account_id="1">'
                   '<folderitem type="inbox" name="INBOX" path="INBOX" /></folder></folderlist>'))

    def put(self, data, folder="inbox"):
        return self.imap.put(data, folder)

    def open_folder(self, name):
        if name != "inbox":
            super().open_folder(name)
            return
        try:
            wait("the inbox on the server", lambda: self.probe("folder", ROOT + "INBOX"))
        except (Timeout, OSError):
            self.shot("no-imap")
            raise

    def numbers(self, folder="INBOX"):
        return self.probe("numbers", ROOT + folder)

"""Mail through Gmail, as an account of the school.

The scope is asked for with a token of its own: an administrator who grants everything but mail loses mail alone. Gmail
has no way to send "unless sent before" within that scope, so a call whose answer was lost is never repeated.
"""

from __future__ import annotations

import base64
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr

from sync.google.errors import Denied, NoAnswer
from sync.google.transport import Google
from sync.services.ports import Letter, MaybeSent, NotGranted

SEND = "https://www.googleapis.com/auth/gmail.send"
NAME = "Down the Hall"


class GoogleMail:
    """`sync.services.ports.Mail`."""

    def __init__(self, google: Google) -> None:
        self._google = google

    def granted(self, sender: str) -> bool:
        try:
            self._google.account(sender, (SEND,)).check()
        except Denied:
            return False
        return True

    def send(self, sender: str, letter: Letter) -> None:
        account = self._google.account(sender, (SEND,))
        raw = base64.urlsafe_b64encode(_message(sender, letter)).decode()
        request = account.api.messages.send(userId="me", body={"raw": raw}, fields="id")
        try:
            account.send_once(request, "sending a mail")
        except Denied:
            raise NotGranted from None
        except NoAnswer:
            raise MaybeSent from None


def _message(sender: str, letter: Letter) -> bytes:
    """RFC 5322; a Message-ID made from the key lets mail programs fold a twin into the first."""
    message = EmailMessage(policy=SMTP)
    message["From"] = formataddr((letter.written_by or NAME, sender))
    message["To"] = letter.to
    message["Subject"] = " ".join(letter.subject.split())
    message["Message-ID"] = f"<{letter.key}.downthehall@{sender.partition('@')[2] or 'localhost'}>"
    if not letter.written_by:
        message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    return message.as_bytes()

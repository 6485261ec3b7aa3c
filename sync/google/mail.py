"""Mail through Gmail: as an account of the school, or as the person at the panel by a grant of their own.

The school's scope is asked for with a token of its own: an administrator who grants everything but mail loses mail
alone. Gmail has no way to send "unless sent before" within that scope, so a call whose answer was lost is never
repeated.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr
from typing import Any

from google.auth.transport.requests import AuthorizedSession
from google.oauth2.credentials import Credentials

from sync.google.wire.errors import Denied, NoAnswer
from sync.google.wire.retry import Patience
from sync.google.wire.transport import Apis, Google, OnlyOnce
from sync.services.ports import Letter, MaybeSent, NotGranted

SEND = "https://www.googleapis.com/auth/gmail.send"
NAME = "Down the Hall"
DOING = "sending a mail"


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
        with _as_mail_fails():
            account.send_once(_sending(account.api, sender, letter), DOING)


class OwnMail:
    """`sync.services.ports.Mail` with the access token that Google sends along for whoever granted us `gmail.send`."""

    def __init__(self, api: Apis, token: str) -> None:
        self._api, self._token = api, token

    def granted(self, sender: str) -> bool:
        return bool(self._token)

    def send(self, sender: str, letter: Letter) -> None:
        request = _sending(self._api, sender, letter)
        with AuthorizedSession(Credentials(self._token)) as session, _as_mail_fails():  # type: ignore[no-untyped-call]
            # Somebody waits for their card: nothing is waited for, and nothing tried again.
            Patience(attempts=1).call(lambda: request.execute(http=OnlyOnce(session), num_retries=0), DOING)


def own_mails(base: str = "") -> Callable[[str], OwnMail]:
    """Mail by a person's own token, at Google or at the local Workspace whose URL this is."""
    api = Apis(base)
    return lambda token: OwnMail(api, token)


def _sending(api: Apis, sender: str, letter: Letter) -> Any:
    raw = base64.urlsafe_b64encode(_message(sender, letter)).decode()
    return api.messages.send(userId="me", body={"raw": raw}, fields="id")


@contextmanager
def _as_mail_fails() -> Iterator[None]:
    try:
        yield
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

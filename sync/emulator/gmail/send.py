"""gmail.users.messages.send: an RFC 2822 message, base64url in `raw` or uploaded, into the outbox."""

from __future__ import annotations

import base64
import binascii
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses
from typing import Any

from sync.emulator.call import Call, GoogleError, provides


@provides("gmail.users.messages.send", partly="nothing is delivered: messages go to the outbox")
def send(call: Call) -> dict[str, Any]:
    if call.params["userId"] not in ("me", call.user):
        raise GoogleError.forbidden(f"Delegation denied for {call.user}")
    message = message_from_bytes(_raw(call), policy=default)
    assert isinstance(message, EmailMessage)
    to = [address for _, address in getaddresses(message.get_all("To", []) + message.get_all("Cc", [])) if address]
    to += [address for _, address in getaddresses(message.get_all("Bcc", [])) if address]
    if not to:
        raise GoogleError.invalid("Recipient address required", reason="invalidArgument")
    body = message.get_body(("plain", "html"))
    message_id = f"{int(call.workspace.new_id('number')):x}"[:16]
    call.workspace.outbox.append(
        "mail",
        id=message_id,
        to=", ".join(to),
        sender=call.user,
        subject=str(message.get("Subject", "")),
        text=str(body.get_content()) if body is not None else "",
    )
    return {"id": message_id, "threadId": call.body.get("threadId") or message_id, "labelIds": ["SENT"]}


def _raw(call: Call) -> bytes:
    if call.media is not None and call.media.content:
        return call.media.content
    raw = call.body.get("raw")
    if not raw:
        raise GoogleError.required(
            "'raw' RFC822 payload message string or uploading message via /upload/* URL required"
        )
    try:
        return base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4))
    except (ValueError, binascii.Error):
        raise GoogleError.invalid("Invalid value for ByteString", reason="invalidArgument") from None

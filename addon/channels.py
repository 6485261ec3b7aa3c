"""Tokens by which a push from Google Calendar shows that it belongs to a channel that we opened.

Google sends back, word for word, the token that was given when the channel was opened. It names the school and is
sealed with a key that only we hold, so nothing has to be stored and nobody can make one up.
"""

from __future__ import annotations

import hashlib
import hmac


def seal(secret: bytes, school_key: str, channel_id: str) -> str:
    """The token of a school's channel. `secret` must not be empty."""
    if not secret:
        raise ValueError("Channels need the service account's key; set GOOGLE_CREDENTIALS.")
    mark = hmac.new(secret, f"{school_key}\n{channel_id}".encode(), hashlib.sha256).hexdigest()
    return f"{mark}:{school_key}"


def school_of(secret: bytes, token: str, channel_id: str) -> str | None:
    """The school whose channel this is, or None when the token is not ours. Compares in constant time."""
    _mark, colon, school_key = token.partition(":")
    if not secret or not colon:
        return None
    expected = seal(secret, school_key, channel_id)
    return school_key if hmac.compare_digest(expected.encode(), token.encode("utf-8", "replace")) else None

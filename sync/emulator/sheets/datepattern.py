"""Date and time patterns: yyyy-mm-dd, mmm d, h:mm am/pm, [h]:mm ... (Sheets API guide "Date and number formats")."""

import re
from datetime import datetime

_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905
_TOKEN = re.compile(r'"[^"]*"|\\.|\[h+\]|\[m+\]|\[s+\]|am/pm|a/p|y+|m+|d+|h+|s+|\.0+|.', re.IGNORECASE | re.DOTALL)


def format_datetime(moment: datetime, serial: float, pattern: str) -> str:
    """The text of a moment. `serial` is its serial number, for elapsed hours ([h])."""
    tokens = _TOKEN.findall(pattern)
    twelve = any(token.lower() in {"am/pm", "a/p"} for token in tokens)
    return "".join(
        _piece(token, moment, serial, twelve, _is_minute(tokens, index)) for index, token in enumerate(tokens)
    )


def _is_minute(tokens: list[str], index: int) -> bool:
    """Whether the m or mm at `index` means minutes: it follows hours or comes before seconds."""
    if tokens[index].lower() not in {"m", "mm"}:
        return False
    before = next((t for t in reversed(tokens[:index]) if _is_field(t)), "").lower()
    after = next((t for t in tokens[index + 1 :] if _is_field(t)), "").lower()
    return before.startswith(("h", "[h")) or after.startswith(("s", "[s"))


def _is_field(token: str) -> bool:
    return bool(re.match(r"\[?[ymdhs]+\]?$", token, re.IGNORECASE))


def _piece(token: str, moment: datetime, serial: float, twelve: bool, minute: bool) -> str:
    low = token.lower()
    if token.startswith('"'):
        return token[1:-1]
    if token.startswith("\\") and len(token) == 2:
        return token[1]
    if low.startswith("["):
        return _elapsed(low[1:-1], serial)
    if low == "am/pm":
        return "AM" if moment.hour < 12 else "PM"
    if low == "a/p":
        return "A" if moment.hour < 12 else "P"
    if low[0] == "." and len(low) > 1:
        return "." + f"{moment.microsecond:06d}"[: len(low) - 1]
    if low[0] in "ymdhs" and set(low) == {low[0]}:
        return _field(low, moment, twelve, minute)
    return token


def _field(token: str, moment: datetime, twelve: bool, minute: bool) -> str:
    letter, length = token[0], len(token)
    if letter == "y":
        return f"{moment.year:04d}" if length > 2 else f"{moment.year % 100:02d}"
    if letter == "h":
        hour = (moment.hour % 12 or 12) if twelve else moment.hour
        return _padded(hour, length)
    if letter == "s":
        return _padded(moment.second, length)
    if letter == "d":
        name = _DAYS[moment.weekday()]
        return _padded(moment.day, length) if length < 3 else (name[:3] if length == 3 else name)
    if minute:
        return _padded(moment.minute, length)
    month = _MONTHS[moment.month - 1]
    if length < 3:
        return _padded(moment.month, length)
    return {3: month[:3], 5: month[0]}.get(length, month)


def _padded(number: int, length: int) -> str:
    return f"{number:02d}" if length > 1 else str(number)


def _elapsed(token: str, serial: float) -> str:
    seconds = round(serial * 86_400)
    number = {"h": seconds // 3600, "m": seconds // 60, "s": seconds}[token[0]]
    return f"{number:0{len(token)}d}"

"""Number formats: a value and a pattern such as "#,##0.00" or "yyyy-mm-dd" -> the text a person sees.

Source of the tokens: Sheets API guide "Date and number formats".
"""

import re
from typing import Any

from sync.emulator.sheets import serials
from sync.emulator.sheets.datepattern import format_datetime

DATE_TYPES = frozenset({"DATE", "TIME", "DATE_TIME"})
_DEFAULTS = {
    "NUMBER": "#,##0.00",
    "PERCENT": "0.00%",
    "CURRENCY": "$#,##0.00",
    "DATE": "m/d/yyyy",
    "TIME": "h:mm:ss am/pm",
    "DATE_TIME": "m/d/yyyy h:mm:ss",
    "SCIENTIFIC": "0.00E+00",
}
_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;])*')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9.]+)\]")
_COLOUR = re.compile(r"\[(?:black|blue|cyan|green|magenta|red|white|yellow|color[0-9]+)\]", re.IGNORECASE)
_DIGITS = re.compile(r"[#0?](?:[#0?,]*[#0?])?(?:\.([#0?]*))?(,*)(?:E([+-])([#0?]+))?")


def general(number: float) -> str:
    """A number without a format: up to ten significant places after a fraction, no exponent below 1e21."""
    if isinstance(number, int) or number == int(number):
        whole = int(number)
        return str(whole) if abs(whole) < 10**21 else f"{number:.10G}"
    if abs(number) < 1e-6:
        text = f"{number:.9E}"
        mantissa, exponent = text.split("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{exponent}"
    digits = max(0, 10 - len(str(int(abs(number)))) if abs(number) >= 1 else 10)
    return f"{number:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{number:.0f}"


def pattern_of(number_format: dict[str, Any] | None, automatic: str | None = None) -> tuple[str, str]:
    """(type, pattern) of a NumberFormat; ("", "") for none."""
    if not number_format:
        return "", automatic or ""
    kind = number_format.get("type", "")
    return kind, number_format.get("pattern") or _DEFAULTS.get(kind, "")


def format_number(number: float, number_format: dict[str, Any] | None) -> str:
    """The text of a number under a NumberFormat ({"type", "pattern"})."""
    kind, pattern = pattern_of(number_format)
    if kind in DATE_TYPES:
        moment = serials.to_datetime(number)
        return general(number) if moment is None else format_datetime(moment, number, pattern)
    if kind == "TEXT" or not pattern or pattern.lower() == "general":
        return general(number)
    return _format_sections(number, pattern)


def format_text(text: str, number_format: dict[str, Any] | None) -> str:
    """The text of a string: only a fourth section ("@" with words around it) changes it."""
    _, pattern = pattern_of(number_format)
    parts = _sections(pattern) if pattern else []
    if len(parts) == 4:
        return _literals(parts[3]).replace("@", text)
    return text


def _sections(pattern: str) -> list[str]:
    found, at = [], 0
    while at <= len(pattern):
        match = _SECTION.match(pattern, at)
        piece = match.group(0) if match else ""
        found.append(piece)
        at += len(piece) + 1
    return found


def _format_sections(number: float, pattern: str) -> str:
    sections = _sections(pattern)
    chosen = None
    for section in sections[:3]:
        condition = _CONDITION.search(section)
        if condition and _holds(number, condition.group(1), float(condition.group(2))):
            chosen = section
            break
    if chosen is not None:
        return _format_one(number, chosen)
    if number < 0 and len(sections) > 1:
        return _format_one(-number, sections[1])
    if number == 0 and len(sections) > 2:
        return _format_one(number, sections[2])
    return _format_one(number, sections[0])


def _holds(number: float, sign: str, limit: float) -> bool:
    order = (number > limit) - (number < limit)
    return {"=": order == 0, "<>": order != 0, "<": order < 0, ">": order > 0, "<=": order <= 0}.get(sign, order >= 0)


def _format_one(number: float, section: str) -> str:
    section = _COLOUR.sub("", _CONDITION.sub("", section))
    masked = re.sub(r'"[^"]*"|\\.', lambda match: "\x00" * len(match.group(0)), section)
    spec = _DIGITS.search(masked)
    if not spec:
        return _literals(section).replace("@", general(number))
    percent = masked.count("%")
    text = _digits(abs(number) * 100**percent, spec)
    before, after = _literals(section[: spec.start()]), _literals(section[spec.end() :])
    sign = "-" if number < 0 and text.strip("0.,") else ""
    return f"{sign}{before}{text}{after}"


def _digits(number: float, spec: re.Match[str]) -> str:
    fraction, scaling, exponent_sign, exponent_digits = spec.groups()
    whole_spec = spec.group(0).split(".")[0].split("E")[0].rstrip(",")
    number /= 1000 ** len(scaling or "")
    if exponent_digits:
        mantissa, _, exponent = f"{number:.{len(fraction or '')}E}".partition("E")
        sign = "-" if exponent.startswith("-") else ("+" if exponent_sign == "+" else "")
        return f"{mantissa}E{sign}{abs(int(exponent)):0{len(exponent_digits)}d}"
    rounded = f"{number:.{len(fraction or '')}f}"
    whole, _, part = rounded.partition(".")
    places = whole_spec.replace(",", "")
    least = len(places) - places.index("0") if "0" in places else 0
    whole = whole.lstrip("0").rjust(least, "0")
    if "," in whole_spec:
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", whole)
    part = _trim_optional(part, fraction or "")
    return f"{whole}.{part}" if part or (fraction is not None and "." in spec.group(0)) else whole


def _trim_optional(part: str, spec: str) -> str:
    keep = len(part)
    while keep and spec[keep - 1] != "0" and part[keep - 1] == "0":
        keep -= 1
    return part[:keep]


def _literals(text: str) -> str:
    """Quotes and backslashes taken away, "_x" a space, "*x" nothing."""
    out: list[str] = []
    for quoted, escaped, padded, locale, plain in re.findall(
        r'"([^"]*)"|\\(.)|([_*].)|(\[\$[^\]]*\])|(.)', text, re.DOTALL
    ):
        if padded:
            out.append(" " if padded.startswith("_") else "")
        elif locale:
            out.append(locale[2:-1].split("-")[0])
        else:
            out.append(quoted or escaped or plain)
    return "".join(out)

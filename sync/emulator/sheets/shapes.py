"""Small rules that hold for every JSON object of the Sheets API, learned from recorded answers.

Nulls and empty lists are not kept, a colour has eight bits a part and leaves out zeros, every colour has its ...Style
twin, and a range on the sheet with id 0 is answered without sheetId.
"""

import struct
from functools import lru_cache
from typing import Any

_COLOUR = frozenset({"red", "green", "blue", "alpha"})
_ONLY_STYLE = frozenset({"rowsProperties", "spreadsheetTheme"})
_RANGE_KEYS = frozenset(
    {"startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex", "dimension", "rowIndex", "columnIndex"}
)


def tidy(value: Any) -> Any:
    """A copy of request JSON as Google would keep it."""
    if isinstance(value, list):
        return [tidy(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value and value.keys() <= _COLOUR:
        parts = {name: part if name == "alpha" else _eight_bit(part) for name, part in value.items()}
        return {name: part for name, part in parts.items() if part}
    kept = {}
    for name, item in value.items():
        if item is None or item == []:
            continue
        kept[name] = item if name in _ONLY_STYLE else tidy(item)
    _add_colour_twins(kept)
    return kept


def _add_colour_twins(record: dict[str, Any]) -> None:
    if "colorType" in record:  # ThemeColorPair: here "color" already is a ColorStyle
        return
    for name in list(record):
        value = record[name]
        if not isinstance(value, dict):
            continue
        if name != "rgbColor" and (name.endswith("Color") or name == "color") and value.keys() <= _COLOUR:
            record.setdefault(name + "Style", {"rgbColor": dict(value)})
        elif (name.endswith("ColorStyle") or name == "colorStyle") and "rgbColor" in value:
            record[name[:-5]] = dict(value["rgbColor"])


def answered(value: Any) -> Any:
    """A copy of a stored object as Google sends it: ranges on sheet 0 without their sheetId."""
    if isinstance(value, list):
        return [answered(item) for item in value]
    if not isinstance(value, dict):
        return value
    hide = value.get("sheetId") == 0 and (not value.keys().isdisjoint(_RANGE_KEYS) or value.keys() == {"sheetId"})
    return {name: answered(item) for name, item in value.items() if not (hide and name == "sheetId")}


@lru_cache(maxsize=1024)
def _eight_bit(part: float | None) -> float | None:
    """0.5 comes back as 0.49803922 (recorded): 127 of 255, as the shortest text of a 32-bit float."""
    if not isinstance(part, int | float) or not 0 <= part <= 1:
        return part
    wire = struct.unpack("f", struct.pack("f", part))[0]  # 0.8980392 is 229 of 255 only once it is 32 bits long
    value = int(wire * 255 + 1e-5) / 255
    single = struct.pack("f", value)
    short = next(text for digits in range(1, 10) if struct.pack("f", float(text := f"{value:.{digits}g}")) == single)
    return int(float(short)) if float(short).is_integer() else float(short)

"""Field masks of update requests: "a,b.c,d(e,f)", also with "/" as Google's older clients write it."""

import re
from typing import Any

from sync.emulator.sheets.refusals import SheetRefusal

Mask = dict[str, Any]  # name -> Mask; an empty one means the whole field
EVERYTHING: Mask = {"*": {}}


def parse_mask(text: str | None) -> Mask:
    """The tree a mask stands for. Raises SheetRefusal when it is empty, as Google does."""
    if not text or not text.strip():
        raise SheetRefusal("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    mask, rest = _fields(text.replace("/", ".").replace(" ", ""), 0)
    if rest != len(text.replace(" ", "")):
        raise SheetRefusal(f"Invalid field mask: {text}")
    return mask


def _fields(text: str, at: int) -> tuple[Mask, int]:
    mask: Mask = {}
    while at < len(text):
        start = at
        while at < len(text) and text[at] not in ",()":
            at += 1
        node = mask
        for part in re.sub(r"_([a-z0-9])", lambda found: found[1].upper(), text[start:at]).split("."):
            if not part:
                raise SheetRefusal(f"Invalid field mask: {text}")
            node = node.setdefault(part, {})
        if at < len(text) and text[at] == "(":
            inner, at = _fields(text, at + 1)
            node.update(inner)
            at += 1
        if at >= len(text) or text[at] == ")":
            return mask, at
        at += 1
    return mask, at


def is_everything(mask: Mask) -> bool:
    return "*" in mask


def below(mask: Mask | None, name: str) -> Mask | None:
    """What a mask of an answer asks of the field `name`: a mask again (an empty one is all of it), None for nothing."""
    if not mask or is_everything(mask):
        return mask
    return mask.get(name)


def with_colour_twins(mask: Mask) -> Mask:
    """A mask that names a colour also names its ...Style twin and the other way round: Google keeps the two equal."""
    twin: Mask = {}
    for name, inner in mask.items():
        twin[name] = with_colour_twins(inner)
        if name.endswith("Color") or name == "color":
            twin.setdefault(name + "Style", {})
        elif name.endswith("ColorStyle") or name == "colorStyle":
            twin.setdefault(name[:-5], {})
    return twin


def apply_mask(old: dict[str, Any], new: dict[str, Any], mask: Mask) -> dict[str, Any]:
    """`old` with the masked fields as in `new`; a masked field that `new` does not have is cleared. Neither changes."""
    if is_everything(mask) or not mask:
        return dict(new)
    result = dict(old)
    for name, inner in mask.items():
        if not inner or is_everything(inner) or isinstance(new.get(name), list):  # a list is replaced whole
            value = new.get(name)
        else:
            was, becomes = old.get(name), new.get(name)
            value = apply_mask(
                was if isinstance(was, dict) else {}, becomes if isinstance(becomes, dict) else {}, inner
            )
            value = value or None
        if value is None:
            result.pop(name, None)
        else:
            result[name] = value
    return result

"""Names as parts of addresses, for people whose file has none."""

from __future__ import annotations

import re
from collections.abc import Collection

from anyascii import anyascii


def slug(text: str, between: str = ".") -> str:
    """Letters and digits of a name, as an address can have them: `José Ruiz` is jose.ruiz, `Łucja Żak` lucja.zak."""
    return between.join(re.findall(r"[a-z0-9]+", anyascii(text).lower()))


def unused_address(name: str, domain: str, taken: Collection[str]) -> str:
    """An address made from a name, with a number where it is taken already."""
    local = slug(name)
    if not re.search("[a-z]", local):
        local = f"teacher{local}"
    number, address = 1, f"{local}@{domain}"
    while address in taken:
        number += 1
        address = f"{local}{number}@{domain}"
    return address

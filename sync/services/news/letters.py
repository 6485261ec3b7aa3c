"""The words of a mail: templates in templates/mail, filled. A school may edit them.

`digest.txt` is in English, `digest.es.txt` in Spanish; adding a language is adding a file. A template begins with
`Subject: ...` and an empty line; `{places}` are filled, and what is filled in is never looked at for places again.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from sync.services.places import TEMPLATES
from sync.services.ports import Fault, Letter

_PLACE = re.compile(r"\{(\w+)\}")


def letter(
    template: str, key: str, to: str, /, folder: Path = TEMPLATES / "mail", locale: str = "", **values: str
) -> Letter:
    """A template of a locale's language filled with `values`. Raises `Fault` with the file and what is wrong in it."""
    file = _file(folder, template, locale)
    subject, body = _template(file)
    return Letter(key, to, _filled(subject, values, file), _filled(body, values, file))


def _file(folder: Path, template: str, locale: str) -> Path:
    """`digest.es_MX.txt`, else `digest.es.txt`, else `digest.txt`."""
    language = locale.partition("_")[0]
    files = [folder / f"{template}.{name}.txt" for name in (locale, language) if name.replace("_", "").isalnum()]
    return next((file for file in files if file.is_file()), folder / f"{template}.txt")


def _filled(text: str, values: dict[str, str], file: Path) -> str:
    unknown = [place for place in _PLACE.findall(text) if place not in values]
    if unknown:
        raise Fault(
            f"templates/mail/{file.name} has {{{unknown[0]}}}; what can be filled in: {', '.join(sorted(values))}.",
            retry=False,
        )
    return _PLACE.sub(lambda found: values[found[1]], text)


@cache
def _template(file: Path) -> tuple[str, str]:
    try:
        head, _, body = file.read_text(encoding="utf-8").partition("\n\n")
    except (OSError, UnicodeDecodeError) as error:
        raise Fault(f"templates/mail/{file.name} cannot be read: {type(error).__name__}.", retry=False) from error
    if not head.startswith("Subject:") or not body.strip():
        raise Fault(f"templates/mail/{file.name} begins with a line `Subject: ...`, then an empty one.", retry=False)
    return head.removeprefix("Subject:").strip(), body

"""Styles: what a new document has, and how a field mask changes one.

The defaults are those of recorded documents.get answers of documents made on Google.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sync.emulator.docs.errors import RequestRefused
from sync.emulator.docs.model import Json

NO_FIELDS = "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"

TEXT_FIELDS = frozenset(
    [
        "backgroundColor",
        "baselineOffset",
        "bold",
        "fontSize",
        "foregroundColor",
        "italic",
        "link",
        "smallCaps",
        "strikethrough",
        "underline",
        "weightedFontFamily",
    ]
)
PARAGRAPH_FIELDS = frozenset(
    [
        "alignment",
        "avoidWidowAndOrphan",
        "borderBetween",
        "borderBottom",
        "borderLeft",
        "borderRight",
        "borderTop",
        "direction",
        "indentEnd",
        "indentFirstLine",
        "indentStart",
        "keepLinesTogether",
        "keepWithNext",
        "lineSpacing",
        "namedStyleType",
        "pageBreakBefore",
        "shading",
        "spaceAbove",
        "spaceBelow",
        "spacingMode",
    ]
)
DOCUMENT_FIELDS = frozenset(
    [
        "background",
        "documentFormat",
        "flipPageOrientation",
        "marginBottom",
        "marginFooter",
        "marginHeader",
        "marginLeft",
        "marginRight",
        "marginTop",
        "pageNumberStart",
        "pageSize",
        "useCustomHeaderFooterMargins",
        "useEvenPageHeaderFooter",
        "useFirstPageHeaderFooter",
    ]
)
SECTION_FIELDS = frozenset(
    [
        "columnProperties",
        "columnSeparatorStyle",
        "contentDirection",
        "flipPageOrientation",
        "marginBottom",
        "marginFooter",
        "marginHeader",
        "marginLeft",
        "marginRight",
        "marginTop",
        "pageNumberStart",
        "sectionType",
        "useFirstPageHeaderFooter",
    ]
)
CELL_FIELDS = frozenset(
    [
        "backgroundColor",
        "borderBottom",
        "borderLeft",
        "borderRight",
        "borderTop",
        "contentAlignment",
        "paddingBottom",
        "paddingLeft",
        "paddingRight",
        "paddingTop",
    ]
)
ROW_FIELDS = frozenset(["minRowHeight", "preventOverflow", "tableHeader"])
COLUMN_FIELDS = frozenset(["width", "widthType"])

HEADINGS = frozenset({"TITLE", "SUBTITLE", *(f"HEADING_{level}" for level in range(1, 7))})


def points(magnitude: float | None = None) -> Json:
    """A length; Google leaves the magnitude out when it is zero."""
    return {"magnitude": magnitude, "unit": "PT"} if magnitude else {"unit": "PT"}


def rgb(red: float, green: float, blue: float) -> Json:
    return {"color": {"rgbColor": {"red": red, "green": green, "blue": blue}}}


LINK_LOOK: Json = {"foregroundColor": rgb(0.06666667, 0.33333334, 0.8), "underline": True}
CELL_DEFAULTS: Json = {
    "rowSpan": 1,
    "columnSpan": 1,
    "backgroundColor": {},
    **{f"padding{side}": points(5) for side in ("Left", "Right", "Top", "Bottom")},
    "contentAlignment": "TOP",
}
FIRST_SECTION: Json = {
    "columnSeparatorStyle": "NONE",
    "contentDirection": "LEFT_TO_RIGHT",
    "sectionType": "CONTINUOUS",
}


def new_document_style() -> Json:
    return {
        "background": {"color": {}},
        "documentFormat": {"documentMode": "PAGES"},
        "pageNumberStart": 1,
        **{f"margin{side}": points(72) for side in ("Top", "Bottom", "Right", "Left")},
        "pageSize": {"height": points(792), "width": points(612)},
        "marginHeader": points(36),
        "marginFooter": points(36),
        "useCustomHeaderFooterMargins": True,
    }


def new_named_styles() -> Json:
    grey = rgb(0.4, 0.4, 0.4)
    return {
        "styles": [
            _normal_text(),
            _heading("HEADING_1", {"fontSize": points(20)}, 20, 6),
            _heading("HEADING_2", {"bold": False, "fontSize": points(16)}, 18, 6),
            _heading(
                "HEADING_3",
                {"bold": False, "foregroundColor": rgb(0.2627451, 0.2627451, 0.2627451), "fontSize": points(14)},
                16,
                4,
            ),
            _heading("HEADING_4", {"foregroundColor": grey, "fontSize": points(12)}, 14, 4),
            _heading("HEADING_5", {"foregroundColor": grey, "fontSize": points(11)}, 12, 4),
            _heading("HEADING_6", {"italic": True, "foregroundColor": grey, "fontSize": points(11)}, 12, 4),
            _heading("TITLE", {"fontSize": points(26)}, 0, 3),
            _heading(
                "SUBTITLE",
                {
                    "italic": False,
                    "foregroundColor": grey,
                    "fontSize": points(15),
                    "weightedFontFamily": {"fontFamily": "Arial", "weight": 400},
                },
                0,
                16,
            ),
        ]
    }


def _heading(kind: str, text: Json, above: float, below: float) -> Json:
    paragraph = {
        "namedStyleType": "NORMAL_TEXT",
        "direction": "LEFT_TO_RIGHT",
        "spaceAbove": points(above),
        "spaceBelow": points(below),
        "keepLinesTogether": True,
        "keepWithNext": True,
        "pageBreakBefore": False,
    }
    return {"namedStyleType": kind, "textStyle": text, "paragraphStyle": paragraph}


def _normal_text() -> Json:
    border = {"color": {}, "width": points(), "padding": points(), "dashStyle": "SOLID"}
    return {
        "namedStyleType": "NORMAL_TEXT",
        "textStyle": {
            **dict.fromkeys(("bold", "italic", "underline", "strikethrough", "smallCaps"), False),
            "backgroundColor": {},
            "foregroundColor": {"color": {"rgbColor": {}}},
            "fontSize": points(11),
            "weightedFontFamily": {"fontFamily": "Arial", "weight": 400},
            "baselineOffset": "NONE",
        },
        "paragraphStyle": {
            "namedStyleType": "NORMAL_TEXT",
            "alignment": "START",
            "lineSpacing": 115,
            "direction": "LEFT_TO_RIGHT",
            "spacingMode": "COLLAPSE_LISTS",
            "spaceAbove": points(),
            "spaceBelow": points(),
            **{f"border{side}": border for side in ("Between", "Top", "Bottom", "Left", "Right")},
            **{f"indent{side}": points() for side in ("FirstLine", "Start", "End")},
            "keepLinesTogether": False,
            "keepWithNext": False,
            "avoidWidowAndOrphan": True,
            "shading": {"backgroundColor": {}},
            "pageBreakBefore": False,
        },
    }


def mask_paths(fields: str | None, allowed: Iterable[str]) -> list[list[str]]:
    """Read a field mask into paths; `*` lists everything that is allowed. Refuses unknown names and an empty mask.

    Names may be written in snake_case, as Google's own documentation does.
    """
    allowed = set(allowed)
    if not fields or not fields.strip():
        raise RequestRefused(NO_FIELDS)
    if fields.strip() == "*":
        return [[name] for name in sorted(allowed)]
    paths = [camel(part.strip()).split(".") for part in fields.split(",")]
    for path in paths:
        if path[0] not in allowed:
            raise RequestRefused(f"Invalid field: {'.'.join(path)}")
    return paths


def camel(name: str) -> str:
    return re.sub(r"_([a-z0-9])", lambda found: found.group(1).upper(), name)


def masked(old: Mapping[str, Any], new: Mapping[str, Any], paths: list[list[str]]) -> Json:
    """`old` with every named path taken from `new`; a path that `new` does not have goes back to its default."""
    result = dict(old)
    for path in paths:
        _take(result, new, path)
    return result


def _take(into: Json, source: Mapping[str, Any], path: list[str]) -> None:
    name, rest = path[0], path[1:]
    if rest and isinstance(source.get(name, {}), Mapping):
        inner = dict(into.get(name) or {})
        _take(inner, source.get(name, {}), rest)
        into[name] = inner
        if not inner:
            del into[name]
    elif name in source:
        into[name] = source[name]
    else:
        into.pop(name, None)


def text_style_change(style: Mapping[str, Any], paths: list[list[str]]) -> Callable[[Mapping[str, Any]], Json]:
    """What updateTextStyle does to one unit's style: the mask, and the look that comes and goes with a link.

    Rule: "When a link is set [...] the text foreground color and underline are also changed", unless the same
    request sets them (TextStyle.link in Google's reference).
    """
    named = {path[0] for path in paths}

    def change(old: Mapping[str, Any]) -> Json:
        result = masked(old, style, paths)
        if "link" in named and result.get("link") and not old.get("link"):
            result |= {name: look for name, look in LINK_LOOK.items() if name not in named}
        if "link" in named and not result.get("link") and old.get("link"):
            for name, look in LINK_LOOK.items():
                if name not in named and result.get(name) == look:
                    del result[name]
        return result

    return change

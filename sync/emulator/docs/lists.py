"""The fifteen bullet presets and the nine nesting levels that each of them makes."""

from __future__ import annotations

from sync.emulator.docs.model import Json
from sync.emulator.docs.styles import points

LEVELS = 9

SYMBOLS = {
    "BULLET_DISC_CIRCLE_SQUARE": "●○■",
    "BULLET_DIAMONDX_ARROW3D_SQUARE": "❖➢■",
    "BULLET_ARROW_DIAMOND_DISC": "➔◆●",
    "BULLET_STAR_CIRCLE_SQUARE": "★○■",
    "BULLET_ARROW3D_CIRCLE_SQUARE": "➢○■",
    "BULLET_LEFTTRIANGLE_DIAMOND_DISC": "◀◆●",
    "BULLET_DIAMONDX_HOLLOWDIAMOND_SQUARE": "❖◇■",
    "BULLET_DIAMOND_CIRCLE_SQUARE": "◆○■",
}
NUMBERS = {
    "NUMBERED_DECIMAL_ALPHA_ROMAN": ("DECIMAL", "ALPHA", "ROMAN"),
    "NUMBERED_DECIMAL_ALPHA_ROMAN_PARENS": ("DECIMAL", "ALPHA", "ROMAN"),
    "NUMBERED_DECIMAL_NESTED": ("DECIMAL",),
    "NUMBERED_UPPERALPHA_ALPHA_ROMAN": ("UPPER_ALPHA", "ALPHA", "ROMAN"),
    "NUMBERED_UPPERROMAN_UPPERALPHA_DECIMAL": ("UPPER_ROMAN", "UPPER_ALPHA", "DECIMAL"),
    "NUMBERED_ZERODECIMAL_ALPHA_ROMAN": ("ZERO_DECIMAL", "ALPHA", "ROMAN"),
}


def list_of(preset: str) -> Json:
    """A list in the shape of Document.lists: what each of its nine levels shows in front of a paragraph."""
    return {"listProperties": {"nestingLevels": [_level(preset, level) for level in range(LEVELS)]}}


def _level(preset: str, level: int) -> Json:
    glyph: Json
    if preset in SYMBOLS:
        glyph = {"glyphSymbol": SYMBOLS[preset][level % 3], "glyphFormat": f"%{level}"}
    elif preset in NUMBERS:
        kinds = NUMBERS[preset]
        glyph = {"glyphType": kinds[level % len(kinds)], "glyphFormat": _format(preset, level)}
    else:  # A checkbox has no glyph that the API can name.
        glyph = {"glyphType": "GLYPH_TYPE_UNSPECIFIED", "glyphFormat": f"%{level}"}
    return {
        "bulletAlignment": "END" if glyph.get("glyphType") in ("ROMAN", "UPPER_ROMAN") else "START",
        **glyph,
        **indents(level),
        "textStyle": {"underline": False},
        "startNumber": 1,
    }


def _format(preset: str, level: int) -> str:
    if preset.endswith("_PARENS"):
        return f"%{level})"
    if preset.endswith("_NESTED"):
        return "".join(f"%{depth}." for depth in range(level + 1))
    return f"%{level}."


def indents(level: int) -> Json:
    """How far a bullet and its text stand in, 36 points a level."""
    return {"indentFirstLine": points(18 + 36 * level), "indentStart": points(36 + 36 * level)}

"""How cells look once everything is laid over them: defaults, banding, their own format, conditional formats.

Of the conditional formats that a cell meets, the first decides (help page "Use conditional formatting rules").
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from sync.emulator.sheets.a1 import Rect
from sync.emulator.sheets.book import Sheet
from sync.emulator.sheets.calculate import Calculator
from sync.emulator.sheets.cells import Cell, cell_format
from sync.emulator.sheets.conditions import meets
from sync.emulator.sheets.ranges import area_of
from sync.emulator.sheets.results import Value

_POINTS = ("minpoint", "midpoint", "maxpoint")
_ALIGNED = {"numberValue": "RIGHT", "boolValue": "CENTER", "errorValue": "CENTER"}


class Looks:
    """The effective formats of one sheet's cells, as it stands now."""

    def __init__(self, calculator: Calculator, sheet: Sheet) -> None:
        self._calculator, self._sheet = calculator, sheet
        self._base: dict[str, Any] = calculator.book.record["properties"].get("defaultFormat", {})
        self._rules = [(rule, self._rects(rule["ranges"])) for rule in sheet.record.get("conditionalFormats", [])]
        self._plain: dict[str, dict[str, Any]] = {}  # of cells with nothing but a value: they all look alike
        bands = sheet.record.get("bandedRanges", [])
        self._bands = [(band, self._rects([band["range"]])[0]) for band in bands if "range" in band]

    def of(
        self, row: int, column: int, cell: Cell, number_format: dict[str, Any] | None, value: dict[str, Any]
    ) -> dict[str, Any]:
        """effectiveFormat of a cell; `number_format` is what its formula brings along, `value` its effectiveValue."""
        kind = next(iter(value), "")
        plain = not (self._rules or self._bands or isinstance(cell, dict))
        if plain and kind in self._plain:
            return self._plain[kind]
        look = dict(self._base)
        for more in (self._banding(row, column), cell_format(cell), self._conditional(row, column)):
            look = _laid_over(look, more)
        if number_format and "numberFormat" not in look:
            look["numberFormat"] = number_format
        look.setdefault("horizontalAlignment", _ALIGNED.get(kind, "LEFT"))
        look.setdefault("hyperlinkDisplayType", "PLAIN_TEXT")
        if plain:
            self._plain[kind] = look
        return look

    def _rects(self, ranges: list[dict[str, Any]]) -> list[Rect]:
        return [area_of(one).within(self._sheet.row_count, self._sheet.column_count) for one in ranges]

    def _banding(self, row: int, column: int) -> dict[str, Any]:
        for band, rect in self._bands:
            if not _holds(rect, row, column):
                continue
            by_row = "rowProperties" in band
            at, size = (row - rect.top, rect.height) if by_row else (column - rect.left, rect.width)
            name = _band_name(band.get("rowProperties" if by_row else "columnProperties", {}), at, size)
            colours = band.get("rowProperties" if by_row else "columnProperties", {})
            return _background(colours, name)
        return {}

    def _conditional(self, row: int, column: int) -> dict[str, Any]:
        for number, (rule, rects) in enumerate(self._rules):
            if not any(_holds(rect, row, column) for rect in rects):
                continue
            if "gradientRule" in rule:
                colour = self._shade(number, self._calculator.value(self._sheet, row, column))
                if colour is not None:
                    return {"backgroundColor": colour, "backgroundColorStyle": {"rgbColor": colour}}
                continue
            place, origin = (self._sheet, row, column), (rects[0].top, rects[0].left)
            if meets(self._calculator, rule["booleanRule"]["condition"], place, origin):
                found: dict[str, Any] = rule["booleanRule"].get("format", {})
                return found
        return {}

    def _shade(self, number: int, value: Value) -> dict[str, float] | None:
        """The colour between the two points of a gradient that a number lies between."""
        points = self._gradients[number]
        if not isinstance(value, int | float) or isinstance(value, bool) or len(points) < 2:
            return None
        low = max((point for point in points if point[0] <= value), default=points[0], key=lambda point: point[0])
        high = min((point for point in points if point[0] >= value), default=points[-1], key=lambda point: point[0])
        if value <= points[0][0] or value >= points[-1][0]:
            low = high = points[0] if value <= points[0][0] else points[-1]
        share = (value - low[0]) / (high[0] - low[0]) if high[0] > low[0] else 0.0
        mixed = {
            part: round((low[1].get(part, 0) * (1 - share) + high[1].get(part, 0) * share) * 255) / 255
            for part in ("red", "green", "blue")
        }
        return {part: amount for part, amount in mixed.items() if amount}

    @cached_property
    def _gradients(self) -> dict[int, list[tuple[float, dict[str, float]]]]:
        """(value, colour) of the points of each gradient rule, in order."""
        found = {}
        for number, (rule, rects) in enumerate(self._rules):
            if "gradientRule" in rule:
                numbers = sorted(self._numbers(rects))
                points = [rule["gradientRule"][name] for name in _POINTS if name in rule["gradientRule"]]
                placed = [(_point_value(point, numbers), point.get("color", {})) for point in points]
                found[number] = sorted(
                    ((value, colour) for value, colour in placed if value is not None), key=lambda point: point[0]
                )
        return found

    def _numbers(self, rects: list[Rect]) -> Iterator[float]:
        for rect in rects:
            for row, cells in self._calculator.rows(self._sheet, rect):
                for index, cell in enumerate(cells):
                    value = self._calculator.result_of(self._sheet, row, rect.left + index, cell).value
                    if isinstance(value, int | float) and not isinstance(value, bool):
                        yield value


def _point_value(point: dict[str, Any], numbers: list[float]) -> float | None:
    if not numbers:
        return None
    kind = point.get("type", "")
    if kind in ("MIN", "MAX"):
        return numbers[0] if kind == "MIN" else numbers[-1]
    try:
        amount = float(point.get("value", "").removesuffix("%"))
    except ValueError:
        return None
    if kind == "PERCENT":
        return numbers[0] + (numbers[-1] - numbers[0]) * amount / 100
    if kind == "PERCENTILE":
        return numbers[round(max(0.0, min(amount, 100.0)) / 100 * (len(numbers) - 1))]
    return amount


def _band_name(colours: dict[str, Any], at: int, size: int) -> str:
    has_header = "headerColor" in colours or "headerColorStyle" in colours
    if at == 0 and has_header:
        return "header"
    if at == size - 1 and ("footerColor" in colours or "footerColorStyle" in colours):
        return "footer"
    return "second" if (at - has_header) % 2 else "first"


def _background(colours: dict[str, Any], name: str) -> dict[str, Any]:
    prefix = name + ("BandColor" if name in ("first", "second") else "Color")
    given = {"backgroundColor": colours.get(prefix), "backgroundColorStyle": colours.get(prefix + "Style")}
    return {key: value for key, value in given.items() if value is not None}


def _laid_over(look: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    if not more:
        return look
    merged = {**look, **more}
    if "textFormat" in more:
        merged["textFormat"] = {**look.get("textFormat", {}), **more["textFormat"]}
    return merged


def _holds(rect: Rect, row: int, column: int) -> bool:
    return rect.top <= row < rect.bottom and rect.left <= column < rect.right

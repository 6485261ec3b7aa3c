"""Charts and slicers: embedded objects that float over a sheet, or a chart on a sheet of its own."""

from typing import Any

from sync.emulator.sheets import defaults
from sync.emulator.sheets.book import Book, Sheet
from sync.emulator.sheets.changes.batch import change
from sync.emulator.sheets.fieldmask import apply_mask, parse_mask, with_colour_twins
from sync.emulator.sheets.kept import find
from sync.emulator.sheets.refusals import SheetRefusal

_LISTS = (("charts", "chartId"), ("slicers", "slicerId"))
_FONT = "Roboto"
_SIZE = {"widthPixels": 600, "heightPixels": 371}


@change("addChart")
def add_chart(book: Book, request: dict[str, Any]) -> dict[str, Any]:
    given = request.get("chart", {})
    if not given.get("spec"):
        raise SheetRefusal("chart.spec is required")
    new = {"chartId": _fresh_id(book, given.get("chartId")), "spec": _with_fonts(given["spec"])}
    if "border" in given:
        new["border"] = given["border"]
    sheet, new["position"] = _position(book, given.get("position", {}))
    record = sheet.edit()
    record["charts"] = [*record.get("charts", []), new]
    return {"chart": new}


@change("updateChartSpec")
def update_chart_spec(book: Book, request: dict[str, Any]) -> None:
    sheet, index, old = find(book, "charts", "chartId", request.get("chartId"))
    if not request.get("spec"):
        raise SheetRefusal("spec is required")
    sheet.edit()["charts"][index] = {**old, "spec": _with_fonts(request["spec"])}


@change("addSlicer")
def add_slicer(book: Book, request: dict[str, Any]) -> dict[str, Any]:
    given = request.get("slicer", {})
    if not given.get("spec", {}).get("dataRange"):
        raise SheetRefusal("slicer.spec.dataRange is required")
    new = {"slicerId": _fresh_id(book, given.get("slicerId")), "spec": given["spec"]}
    sheet, new["position"] = _position(book, given.get("position", {}))
    record = sheet.edit()
    record["slicers"] = [*record.get("slicers", []), new]
    return {"slicer": new}


@change("updateSlicerSpec")
def update_slicer_spec(book: Book, request: dict[str, Any]) -> None:
    sheet, index, old = find(book, "slicers", "slicerId", request.get("slicerId"))
    mask = with_colour_twins(parse_mask(request.get("fields")))
    sheet.edit()["slicers"][index] = {**old, "spec": apply_mask(old["spec"], request.get("spec", {}), mask)}


@change("deleteEmbeddedObject")
def delete_embedded_object(book: Book, request: dict[str, Any]) -> None:
    sheet, name, index, old = _find(book, request.get("objectId"))
    del sheet.edit()[name][index]
    if "sheetId" in old["position"] and len(book.record["order"]) > 1:
        book.drop_sheet(sheet)


@change("updateEmbeddedObjectPosition")
def update_position(book: Book, request: dict[str, Any]) -> dict[str, Any]:
    sheet, name, index, old = _find(book, request.get("objectId"))
    given = request.get("newPosition", {})
    if given.get("newSheet") or "sheetId" in given:
        target, position = _position(book, given)
    else:
        mask = parse_mask(request.get("fields"))
        overlay = old["position"].get("overlayPosition", {})
        # The mask of this request counts from overlayPosition down ("newPosition.overlayPosition is implied").
        inner = mask.get("overlayPosition") or {key: value for key, value in mask.items() if key != "overlayPosition"}
        changed = apply_mask(overlay, given.get("overlayPosition", {}), inner)
        target, position = _position(book, {"overlayPosition": changed})
    del sheet.edit()[name][index]
    record = target.edit()
    record[name] = [*record.get(name, []), {**old, "position": position}]
    return {"position": position}


@change("updateEmbeddedObjectBorder")
def update_border(book: Book, request: dict[str, Any]) -> None:
    sheet, name, index, old = _find(book, request.get("objectId"))
    mask = with_colour_twins(parse_mask(request.get("fields")))
    border = apply_mask(old.get("border", {}), request.get("border", {}), mask)
    sheet.edit()[name][index] = {**old, "border": border}


def _with_fonts(spec: dict[str, Any]) -> dict[str, Any]:
    """What is not said is Roboto (pygsheets' live tests read it back so)."""
    look = {"fontFamily": _FONT, **spec.get("titleTextFormat", {})}
    return {"fontName": _FONT, **spec, **({"titleTextFormat": look} if "title" in spec else {})}


def _find(book: Book, object_id: int | None) -> tuple[Sheet, str, int, dict[str, Any]]:
    for sheet in book.sheets:
        for name, id_name in _LISTS:
            for index, entry in enumerate(sheet.record.get(name, [])):
                if entry[id_name] == object_id:
                    return sheet, name, index, entry
    raise SheetRefusal(f"No embedded object with id: {object_id or 0}")


def _fresh_id(book: Book, wanted: int | None) -> int:
    taken = {
        entry[id_name] for sheet in book.sheets for name, id_name in _LISTS for entry in sheet.record.get(name, [])
    }
    if not wanted:
        return book.new_number(taken)
    if wanted in taken:
        raise SheetRefusal(f"The embedded object id {wanted} is already in use.")
    return wanted


def _position(book: Book, given: dict[str, Any]) -> tuple[Sheet, dict[str, Any]]:
    """Where an object stands: over a cell, or on a new sheet of its own."""
    if given.get("newSheet"):
        number = book.new_number(set(book.record["order"]))
        title = f"Chart{len(book.record['order'])}"
        while book.titled(title):
            title += "_"
        record = defaults.sheet_record(number, title, {"sheetType": "OBJECT"})
        return book.add_sheet(record, None), {"sheetId": number}
    if "sheetId" in given and "overlayPosition" not in given:
        return book.sheet(given["sheetId"]), {"sheetId": given["sheetId"]}
    overlay = given.get("overlayPosition", {})
    anchor = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0, **overlay.get("anchorCell", {})}
    sheet = book.sheet(anchor["sheetId"])
    if not (0 <= anchor["rowIndex"] < sheet.row_count and 0 <= anchor["columnIndex"] < sheet.column_count):
        raise SheetRefusal("position.overlayPosition.anchorCell is outside of the grid.")
    return sheet, {
        "overlayPosition": {"anchorCell": anchor, **_SIZE, **{k: v for k, v in overlay.items() if k != "anchorCell"}}
    }

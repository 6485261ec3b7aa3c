"""spreadsheets.values: get, update, append, clear, their batches and their data-filter twins."""

from typing import Any

from sync.emulator.call import Call, provides
from sync.emulator.sheets import a1, datafilters
from sync.emulator.sheets.book import Book
from sync.emulator.sheets.calculate import Calculator
from sync.emulator.sheets.opening import reading, writing
from sync.emulator.sheets.ranges import in_grid, resolve_a1
from sync.emulator.sheets.refusals import SheetRefusal
from sync.emulator.sheets.values import append, write
from sync.emulator.sheets.values.read import Rendering, value_range
from sync.emulator.sheets.values.write import Written

_VALUES = "sheets.spreadsheets.values."


@provides(_VALUES + "get")
def get_values(call: Call) -> dict[str, Any]:
    with reading(call) as book:
        return _value_range(book, Calculator(book), call.params["range"], Rendering.of(call.params))


@provides(_VALUES + "batchGet")
def batch_get_values(call: Call) -> dict[str, Any]:
    with reading(call) as book:
        rendering, calculator = Rendering.of(call.params), Calculator(book)
        ranges = [_value_range(book, calculator, text, rendering) for text in call.params.get("ranges", [])]
        return {"spreadsheetId": book.id, **({"valueRanges": ranges} if ranges else {})}


@provides(_VALUES + "batchGetByDataFilter")
def batch_get_values_by_filter(call: Call) -> dict[str, Any]:
    with reading(call) as book:
        rendering, calculator = Rendering.of(call.body), Calculator(book)
        matched = []
        for data_filter in call.body.get("dataFilters", []):
            for sheet, rect in datafilters.rectangles(book, [data_filter]):
                found = value_range(calculator, sheet, rect, rendering)
                matched.append({"valueRange": found, "dataFilters": [data_filter]})
        return {"spreadsheetId": book.id, **({"valueRanges": matched} if matched else {})}


@provides(_VALUES + "update")
def update_values(call: Call) -> dict[str, Any]:
    with writing(call) as book:
        typed = write.check_option(call.params.get("valueInputOption"))
        written = _write(book, call.params["range"], call.body, typed)
        return _answer(book, written, call.params)


@provides(_VALUES + "batchUpdate")
def batch_update_values(call: Call) -> dict[str, Any]:
    with writing(call) as book:
        typed = write.check_option(call.body.get("valueInputOption"))
        done = []
        for index, entry in enumerate(call.body.get("data", [])):
            if "range" not in entry:
                raise SheetRefusal(f"Invalid data[{index}]: Unable to parse range: ")
            try:
                done.append(_write(book, entry["range"], {**entry, "range": None}, typed))
            except SheetRefusal as refusal:
                raise SheetRefusal(f"Invalid data[{index}]: {refusal}") from None
        return _batch_answer(book, done, [_answer(book, written, call.body) for written in done])


@provides(_VALUES + "batchUpdateByDataFilter")
def batch_update_values_by_filter(call: Call) -> dict[str, Any]:
    with writing(call) as book:
        typed = write.check_option(call.body.get("valueInputOption"))
        done, answers = [], []
        for entry in call.body.get("data", []):
            data_filter = entry.get("dataFilter", {})
            for sheet, area in datafilters.places(book, data_filter):
                written = write.write(book, sheet, area, entry, typed)
                answer = _answer(book, written, call.body)
                answer.pop("spreadsheetId")
                done.append(written)
                answers.append({**answer, "dataFilter": data_filter})
        return _batch_answer(book, done, answers)


@provides(_VALUES + "append")
def append_values(call: Call) -> dict[str, Any]:
    with writing(call) as book:
        typed = write.check_option(call.params.get("valueInputOption"))
        sheet, area = resolve_a1(book, call.params["range"])
        insert = call.params.get("insertDataOption") == "INSERT_ROWS"
        table, written = append.append(book, sheet, area, call.body, typed, insert)
        answer: dict[str, Any] = {"spreadsheetId": book.id}
        if table:
            answer["tableRange"] = a1.canonical(sheet.title, table)
        answer["updates"] = _answer(book, written, call.params)
        return answer


@provides(_VALUES + "clear")
def clear_values(call: Call) -> dict[str, Any]:
    with writing(call) as book:
        return {"spreadsheetId": book.id, "clearedRange": _clear(book, call.params["range"])}


@provides(_VALUES + "batchClear")
def batch_clear_values(call: Call) -> dict[str, Any]:
    with writing(call) as book:
        cleared = [_clear(book, text) for text in call.body.get("ranges", [])]
        return {"spreadsheetId": book.id, **({"clearedRanges": cleared} if cleared else {})}


@provides(_VALUES + "batchClearByDataFilter")
def batch_clear_values_by_filter(call: Call) -> dict[str, Any]:
    with writing(call) as book:
        cleared = []
        for sheet, rect in datafilters.rectangles(book, call.body.get("dataFilters", [])):
            write.clear(book, sheet, rect)
            cleared.append(a1.canonical(sheet.title, rect))
        return {"spreadsheetId": book.id, **({"clearedRanges": cleared} if cleared else {})}


def _value_range(book: Book, calculator: Calculator, text: str, rendering: Rendering) -> dict[str, Any]:
    sheet, area = resolve_a1(book, text)
    return value_range(calculator, sheet, in_grid(sheet, area), rendering)


def _write(book: Book, text: str, entry: dict[str, Any], typed: bool) -> Written:
    said = entry.get("range")
    sheet, area = resolve_a1(book, text)
    if said and resolve_a1(book, said) != (sheet, area):
        raise SheetRefusal(f"Requested range[{text}] does not match value's range[{said}].")
    return write.write(book, sheet, area, entry, typed)


def _clear(book: Book, text: str) -> str:
    sheet, area = resolve_a1(book, text)
    rect = in_grid(sheet, area)
    write.clear(book, sheet, rect)
    return a1.canonical(sheet.title, rect)


def _answer(book: Book, written: Written, options: dict[str, Any]) -> dict[str, Any]:
    answer = written.answer(book.id)
    if options.get("includeValuesInResponse"):
        rendering = Rendering.of(options, "responseValueRenderOption", "responseDateTimeRenderOption")
        answer["updatedData"] = value_range(Calculator(book), written.sheet, written.rect, rendering)
    return answer


def _batch_answer(book: Book, done: list[Written], answers: list[dict[str, Any]]) -> dict[str, Any]:
    totals = {
        "totalUpdatedRows": len({(written.sheet.id, row) for written in done for row in written.rows}),
        "totalUpdatedColumns": len({(written.sheet.id, column) for written in done for column in written.columns}),
        "totalUpdatedCells": sum(written.cells for written in done),
        "totalUpdatedSheets": len({written.sheet.id for written in done}),
    }
    answer: dict[str, Any] = {"spreadsheetId": book.id, **{name: count for name, count in totals.items() if count}}
    return {**answer, "responses": answers} if answers else answer

"""A spreadsheet to try things on, through google-api-python-client."""

from __future__ import annotations

from typing import Any

import pytest
from googleapiclient.errors import HttpError


class Tried:
    """One new spreadsheet and the few calls that the tests repeat."""

    def __init__(self, service: Any, **resource: Any) -> None:
        self.service = service
        made = service.spreadsheets().create(body={"properties": {"title": "Tried"}, **resource}).execute()
        self.id: str = made["spreadsheetId"]
        self.made = made

    def put(self, place: str, values: list[list[Any]], option: str = "RAW", **more: Any) -> dict[str, Any]:
        call = (
            self.service.spreadsheets()
            .values()
            .update(spreadsheetId=self.id, range=place, valueInputOption=option, body={"values": values}, **more)
        )
        answer: dict[str, Any] = call.execute()
        return answer

    def append(self, place: str, values: list[list[Any]], **more: Any) -> dict[str, Any]:
        call = (
            self.service.spreadsheets()
            .values()
            .append(spreadsheetId=self.id, range=place, valueInputOption="RAW", body={"values": values}, **more)
        )
        answer: dict[str, Any] = call.execute()
        return answer

    def range(self, place: str, **more: Any) -> dict[str, Any]:
        answer: dict[str, Any] = (
            self.service.spreadsheets().values().get(spreadsheetId=self.id, range=place, **more).execute()
        )
        return answer

    def values(self, place: str, **more: Any) -> list[list[Any]]:
        found: list[list[Any]] = self.range(place, **more).get("values", [])
        return found

    def batch(self, *requests: dict[str, Any]) -> list[dict[str, Any]]:
        call = self.service.spreadsheets().batchUpdate(spreadsheetId=self.id, body={"requests": list(requests)})
        replies: list[dict[str, Any]] = call.execute()["replies"]
        return replies

    def get(self, **more: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self.service.spreadsheets().get(spreadsheetId=self.id, **more).execute()
        return answer

    def sheet(self, index: int = 0) -> dict[str, Any]:
        found: dict[str, Any] = self.get()["sheets"][index]
        return found

    def cell(self, place: str) -> dict[str, Any]:
        """CellData of the first cell of a range."""
        data = self.get(ranges=[place], includeGridData=True)["sheets"][0]["data"][0]
        rows = data.get("rowData", [{}])
        found: dict[str, Any] = (rows[0].get("values") or [{}])[0]
        return found

    def refusal(self, *requests: dict[str, Any]) -> str:
        """Google's sentence for a batch that must be refused with 400."""
        with pytest.raises(HttpError) as caught:
            self.batch(*requests)
        assert caught.value.status_code == 400
        return str(caught.value.reason)


def area(top: int, bottom: int, left: int, right: int, sheet: int = 0) -> dict[str, int]:
    return {
        "sheetId": sheet,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }


def lines(dimension: str, start: int, end: int, sheet: int = 0) -> dict[str, Any]:
    return {"sheetId": sheet, "dimension": dimension, "startIndex": start, "endIndex": end}

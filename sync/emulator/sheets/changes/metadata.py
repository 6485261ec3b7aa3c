"""Requests about developer metadata."""

from typing import Any

from sync.emulator.sheets import datafilters, metadata
from sync.emulator.sheets.book import Book
from sync.emulator.sheets.changes.batch import change
from sync.emulator.sheets.fieldmask import parse_mask


@change("createDeveloperMetadata")
def create(book: Book, request: dict[str, Any]) -> dict[str, Any]:
    return {"developerMetadata": metadata.add(book, request.get("developerMetadata", {}))}


@change("updateDeveloperMetadata")
def update(book: Book, request: dict[str, Any]) -> dict[str, Any]:
    fields = set(parse_mask(request.get("fields")))
    new = request.get("developerMetadata", {})
    found = [record for entry in request.get("dataFilters", []) for record in datafilters.look_up(book, entry)]
    changed = [metadata.change(book, record, new, fields) for record in found]
    return {"developerMetadata": changed} if changed else {}


@change("deleteDeveloperMetadata")
def delete(book: Book, request: dict[str, Any]) -> dict[str, Any]:
    found = datafilters.look_up(book, request.get("dataFilter", {}))
    gone = [metadata.shown(book, record) for record in found]
    for record in found:
        metadata.remove(book, record)
    return {"deletedDeveloperMetadata": gone} if gone else {}

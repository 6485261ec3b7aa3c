"""Dropdown definitions and dropdown chips.

A definition belongs to a tab; a chip shows one of its options. Ids may be chosen by the caller, so that what was
answered can be read without knowing the language of the options.

Rules: DropdownDefinition, DropdownOption and the requests around them in the discovery document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sync.emulator.docs.chips import put_chip
from sync.emulator.docs.edit import Edit, edits
from sync.emulator.docs.errors import RequestRefused
from sync.emulator.docs.model import CHIP, Json, Tab, Unit
from sync.emulator.docs.styles import mask_paths

DEFINITION_ID = re.compile(r"kix\.[a-zA-Z0-9_-]{2,14}")
OPTION_ID = re.compile(r"dropdownItem\.[a-zA-Z0-9_-]{2,14}")
OPTION_LOOKS = frozenset({"foregroundColor", "backgroundColor"})


@edits("createDropdownDefinition")
def create_dropdown_definition(edit: Edit, request: Json) -> Json:
    """Define a dropdown of 2 to 50 options; ids that are not given are made."""
    tab = edit.tab(request.get("tabId"))
    given: dict[str, Any] = request.get("dropdownDefinition") or {}
    definition_id = given.get("dropdownDefinitionId") or edit.fresh_id("kix.")
    if not DEFINITION_ID.fullmatch(definition_id):
        raise RequestRefused(
            f"The dropdown definition ID {definition_id} must match the regex ^{DEFINITION_ID.pattern}$."
        )
    if definition_id in tab.dropdowns:
        raise RequestRefused(f"A dropdown definition with ID {definition_id} already exists.")
    properties: dict[str, Any] = given.get("dropdownDefinitionProperties") or {}
    kept = {"title": properties.get("title", ""), "options": _options(edit, properties.get("options") or [])}
    tab.dropdowns[definition_id] = {
        "dropdownDefinitionId": definition_id,
        "dropdownDefinitionProperties": {name: value for name, value in kept.items() if value},
    }
    return {"dropdownDefinition": tab.dropdowns[definition_id]}


def _options(edit: Edit, given: list[Json]) -> list[Json]:
    if not 2 <= len(given) <= 50:
        raise RequestRefused("A dropdown definition must have at least 2 options and at most 50 options.")
    options = []
    for option in given:
        option_id = option.get("optionId") or edit.fresh_id("dropdownItem.")
        if not OPTION_ID.fullmatch(option_id):
            raise RequestRefused(f"The dropdown option ID {option_id} must match the regex ^{OPTION_ID.pattern}$.")
        if set(option.get("textStyle") or {}) - OPTION_LOOKS:
            raise RequestRefused("Only foreground_color and background_color can be set on a dropdown option.")
        options.append({**option, "optionId": option_id, "displayValue": option.get("displayValue", "")})
    if len({option["optionId"] for option in options}) < len(options):
        raise RequestRefused("The option IDs of a dropdown definition must be unique.")
    return options


def definition_of(tab: Tab, definition_id: str | None) -> Json:
    if not definition_id:
        raise RequestRefused("The dropdown definition ID must be specified.")
    if definition_id not in tab.dropdowns:
        raise RequestRefused(f"The dropdown definition with ID {definition_id} was not found.")
    found: Json = tab.dropdowns[definition_id]
    return found


def option_ids(definition: Json) -> list[str]:
    return [option["optionId"] for option in definition["dropdownDefinitionProperties"]["options"]]


def chips_of(tab: Tab) -> Iterator[tuple[str, int, Unit, Json]]:
    """Every dropdown chip of a tab: its segment, its index, its unit, and what it holds."""
    for segment_id, segment in tab.segments.items():
        for index, unit in enumerate(segment.units):
            if unit.mark == CHIP and unit.about and "dropdown" in unit.about:
                yield segment_id, index, unit, unit.about["dropdown"]


@edits("insertDropdown")
def insert_dropdown(edit: Edit, request: Json) -> Json:
    """Insert a dropdown; the first option is selected unless one is named."""
    place = edit.insertion(request)
    definition = definition_of(place.tab, request.get("dropdownDefinitionId"))
    selected = _selectable(definition, request.get("selectedOptionId") or option_ids(definition)[0])
    properties = {"dropdownDefinitionId": definition["dropdownDefinitionId"], "selectedOptionId": selected}
    chip = {"dropdownId": edit.fresh_id("kix."), "dropdownProperties": properties}
    put_chip(edit, place, {"dropdown": chip})
    return {"dropdown": shown(place.tab, chip)}


def _selectable(definition: Json, option_id: str) -> str:
    if option_id not in option_ids(definition):
        raise RequestRefused(f"The dropdown option with ID {option_id} was not found in the dropdown definition.")
    return option_id


def shown(tab: Tab, chip: Json) -> Json:
    """A chip as the API shows it: the words of its option come from the definition as it is now."""
    properties = chip["dropdownProperties"]
    options = tab.dropdowns[properties["dropdownDefinitionId"]]["dropdownDefinitionProperties"]["options"]
    words = next(option["displayValue"] for option in options if option["optionId"] == properties["selectedOptionId"])
    return {**chip, "dropdownProperties": {"displayValue": words, **properties}}


@edits("updateDropdownProperties")
def update_dropdown_properties(edit: Edit, request: Json) -> None:
    """Select another option of a chip, or give the chip another definition."""
    tab = edit.tab(request.get("tabId"))
    paths = mask_paths(request.get("fields"), {"selectedOptionId", "dropdownDefinitionId"})
    given: dict[str, Any] = request.get("dropdownProperties") or {}
    for segment_id, index, unit, chip in chips_of(tab):
        if chip["dropdownId"] != request.get("dropdownId"):
            continue
        properties = dict(chip["dropdownProperties"])
        named = {path[0] for path in paths}
        if "dropdownDefinitionId" in named and given.get("dropdownDefinitionId"):
            properties["dropdownDefinitionId"] = given["dropdownDefinitionId"]
        definition = definition_of(tab, properties["dropdownDefinitionId"])
        if "selectedOptionId" in named:
            properties["selectedOptionId"] = given.get("selectedOptionId") or option_ids(definition)[0]
        elif properties["selectedOptionId"] not in option_ids(definition):
            properties["selectedOptionId"] = option_ids(definition)[0]
        _selectable(definition, properties["selectedOptionId"])
        tab.repaint(segment_id, index, unit.with_about({"dropdown": {**chip, "dropdownProperties": properties}}))
        return
    raise RequestRefused(f"The dropdown with ID {request.get('dropdownId', '')} was not found.")


@edits("updateDropdownDefinitionProperties")
def update_dropdown_definition_properties(edit: Edit, request: Json) -> None:
    """Change a definition; a chip whose option goes must be told which one to take instead."""
    tab = edit.tab(request.get("tabId"))
    old = definition_of(tab, request.get("dropdownDefinitionId"))
    given: dict[str, Any] = request.get("dropdownDefinitionProperties") or {}
    named = {path[0] for path in mask_paths(request.get("fields"), {"title", "options"})}
    properties = dict(old["dropdownDefinitionProperties"])
    if "title" in named:
        properties["title"] = given.get("title", "")
    if "options" in named:
        properties["options"] = _options(edit, given.get("options") or [])
    new = {**old, "dropdownDefinitionProperties": {name: value for name, value in properties.items() if value}}
    replacements = request.get("selectedOptionIdReplacements") or {}
    for segment_id, index, unit, chip in list(chips_of(tab)):
        current = chip["dropdownProperties"]
        if current["dropdownDefinitionId"] != old["dropdownDefinitionId"]:
            continue
        if current["selectedOptionId"] in option_ids(new):
            continue
        instead = replacements.get(current["selectedOptionId"])
        if instead not in option_ids(new):
            raise RequestRefused(
                f"The option {current['selectedOptionId']} is selected in a dropdown; "
                "a replacement option must be provided."
            )
        moved = {**chip, "dropdownProperties": {**current, "selectedOptionId": instead}}
        tab.repaint(segment_id, index, unit.with_about({"dropdown": moved}))
    tab.dropdowns[old["dropdownDefinitionId"]] = new


@edits("deleteDropdownDefinition")
def delete_dropdown_definition(edit: Edit, request: Json) -> None:
    """Delete a definition that no chip uses."""
    tab = edit.tab(request.get("tabId"))
    definition_id = definition_of(tab, request.get("dropdownDefinitionId"))["dropdownDefinitionId"]
    if any(chip["dropdownProperties"]["dropdownDefinitionId"] == definition_id for *_, chip in chips_of(tab)):
        raise RequestRefused(f"The dropdown definition with ID {definition_id} is used by a dropdown in the document.")
    del tab.dropdowns[definition_id]

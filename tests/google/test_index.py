"""The first tab of a Doc: open next steps go in and come back, and it says who can read it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sync.core.notes.next_steps import NextStep, StepState
from sync.core.visits.walk import Walk
from tests.google.conftest import Hall
from tests.google.test_access import GROUP, regroup
from tests.google.test_documents import index_of, text_of, write
from tests.google.writing import Writer, cell_text, dropdowns_of, tables_of
from tests.personas import ADA, BEN, EVE, FAY, GUS, TUESDAY

WORDS = "Wait seven seconds 🎻 *each* time"


@pytest.fixture
def walk(hall: Hall) -> Walk:
    booked = hall.book(ADA, BEN, TUESDAY, group=GROUP)
    assert hall.sync().fine
    return booked


@pytest.fixture
def ben(hall: Hall, walk: Walk) -> Writer:
    [doc] = hall.files("document")
    return Writer(hall.side.as_(BEN), doc["id"])


def steps_table(writer: Writer) -> list[list[str]]:
    tables = tables_of(writer.read()["tabs"][0])
    rows = next(grid["tableRows"] for grid in tables if cell_text(grid["tableRows"][0]["tableCells"][0]) == "What")
    return [[cell_text(cell) for cell in row["tableCells"]] for row in rows]


def kept(hall: Hall) -> list[NextStep]:
    with hall.store.work() as work:
        return work.notebook.steps("maple")


def choose(writer: Writer, option: str) -> None:
    first = writer.read()["tabs"][0]
    [dropdown] = dropdowns_of(first)
    change = {"selectedOptionId": f"dropdownItem.{option}"}
    writer.send(
        {
            "updateDropdownProperties": {
                "dropdownId": dropdown["dropdownId"],
                "dropdownProperties": change,
                "fields": "selectedOptionId",
                "tabId": first["tabProperties"]["tabId"],
            }
        }
    )


def settle(hall: Hall) -> None:
    """The words stand still for an hour; then a pass lists them."""
    hall.sync()
    hall.clock.forward(timedelta(minutes=61))
    assert hall.sync().fine


def test_a_step_goes_into_the_index_once_its_words_stand_still(hall: Hall, walk: Walk, ben: Writer) -> None:
    ben.fill(walk.key, "What", 1, 0, WORDS)
    hall.sync()
    assert len(steps_table(ben)) == 1, "it may still be being typed"
    settle(hall)
    assert steps_table(ben) == [["What", "Who", "By when", "How it is going"], [WORDS, "", "", ""]]
    settle(hall)
    assert len(steps_table(ben)) == 2
    hall.side.forget_calls()
    hall.sync()
    assert not [method for method in hall.side.writes() if method.startswith("docs.")]


def test_how_it_is_going_is_read_back_from_the_index(hall: Hall, walk: Walk, ben: Writer) -> None:
    ben.fill(walk.key, "What", 1, 0, WORDS)
    settle(hall)
    assert [step.state for step in kept(hall)] == [StepState.CHOOSE]
    choose(ben, "trying")
    hall.sync()
    assert [(step.what, step.owner, step.state) for step in kept(hall)] == [(WORDS, BEN, StepState.TRYING)]
    ben.type_at_end_of(walk.key, " and more", line="We talked")
    hall.sync()
    assert [step.state for step in kept(hall)] == [StepState.TRYING]
    choose(ben, "stuck")
    hall.sync()
    assert [step.is_open for step in kept(hall)] == [False]


def test_a_row_that_people_took_out_does_not_come_back(hall: Hall, walk: Walk, ben: Writer) -> None:
    ben.fill(walk.key, "What", 1, 0, WORDS)
    settle(hall)
    first = ben.read()["tabs"][0]
    [at] = [
        element["startIndex"]
        for element in first["documentTab"]["body"]["content"]
        if "table" in element and cell_text(element["table"]["tableRows"][0]["tableCells"][0]) == "What"
    ]
    where = {"index": at, "tabId": first["tabProperties"]["tabId"]}
    cell = {"tableStartLocation": where, "rowIndex": 1, "columnIndex": 0}
    ben.send({"deleteTableRow": {"tableCellLocation": cell}})
    for _ in range(2):
        settle(hall)
    assert len(steps_table(ben)) == 1
    assert [step.what for step in kept(hall)] == [WORDS], "it still stands in the visit's own section"


def test_several_steps_come_in_at_once_each_in_its_own_row(hall: Hall, walk: Walk, ben: Writer) -> None:
    second = hall.book(GUS, BEN, TUESDAY + timedelta(days=7), group=GROUP)
    hall.sync()
    ben.fill(walk.key, "What", 1, 0, "First")
    ben.fill(second.key, "What", 1, 0, "Second, with 🎻")
    settle(hall)
    assert sorted(row[0] for row in steps_table(ben)) == ["First", "Second, with 🎻", "What"]


def test_the_index_says_who_can_read_it_and_follows(hall: Hall, walk: Walk) -> None:
    def said() -> str:
        return next(line for line in index_of(hall) if line.startswith("These "))

    assert said().startswith(f"These people: <{ADA}>, <{BEN}>, <{GUS}>. Each of you")
    regroup(hall, Group_1=(ADA, FAY))
    assert said().startswith(f"These people: <{ADA}>, <{FAY}>. Each of you")
    [doc] = hall.files("document")
    first = hall.doc(doc["id"])["tabs"][0]
    name = first["documentTab"]["namedRanges"]["downthehall.readers"]["namedRanges"][0]["ranges"][0]
    at = {"index": name["startIndex"] + 5, "tabId": first["tabProperties"]["tabId"]}
    write(hall, doc["id"], {"insertText": {"location": at, "text": " fine"}})
    regroup(hall, Group_1=(ADA, BEN))
    assert said().startswith(f"These fine people: <{ADA}>, <{FAY}>."), "what people wrote into is left alone"


def test_a_visit_with_a_doc_of_its_own_is_named_in_the_groups_index(hall: Hall, walk: Walk, ben: Writer) -> None:
    hall.book(GUS, EVE, TUESDAY + timedelta(days=7), group=GROUP)
    hall.sync()
    hall.sync()
    rows = tables_of(ben.read()["tabs"][0])[0]["tableRows"]
    assert len(rows) == 3
    link = rows[2]["tableCells"][3]["content"][0]["paragraph"]["elements"][0]["textRun"]["textStyle"]["link"]
    [own] = [doc["id"] for doc in hall.files("document") if "Room 14" in doc["name"]]
    assert own in link["url"]
    assert next(text_of(hall.doc(own)["tabs"][0]["documentTab"]["body"]["content"])) == "Visit to Room 14"

"""Cards beside a Doc: the visit it belongs to, its protocol step by step, what may be shown, what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from addon import paths
from addon.cards.reader import DOT, Reader
from addon.cards.visit import focus_rows
from addon.cards.widgets import button, buttons, call, card, paragraph, row, section
from addon.cards.words import headline, open_button, walk_row
from addon.envelopes import Json
from sync.core.notes.next_steps import NextStep, StepState
from sync.core.notes.sharing import SharedLine
from sync.core.school.focuses import Focus
from sync.core.school.school import School
from sync.core.visits.walk import Walk
from sync.services.notes.hinting import Hints
from sync.services.notes.protocol_steps import Talk


@dataclass(frozen=True, slots=True)
class Beside:
    """One visit of the open Doc, as one of its people is to see it."""

    walk: Walk
    email: str
    talk: Talk | None = None
    lines: tuple[SharedLine, ...] = ()
    steps: tuple[NextStep, ...] = ()
    lost: tuple[str, ...] = ()
    """places in the Doc that cannot be found again, in words"""
    others: tuple[Walk, ...] = ()
    """the other visits of this Doc"""
    has_begun: bool = False


def doc_card(beside: Beside, library: Mapping[str, Focus], school: School, reader: Reader) -> Json:
    """What helps while one writes and talks."""
    walk = beside.walk
    mine = {"walk": walk.key}
    return card(
        "doc",
        headline(beside.email, walk, school, reader),
        [
            section(walk_row(beside.email, walk, school, reader, open_button(reader, walk))),
            section(*map(paragraph, map(reader.sentence, beside.lost)), header=reader.say("Not found in the Doc")),
            section(*focus_rows(walk, library, reader), header=reader.say("Focus")),
            section(*_talk(beside.talk, reader), header=reader.say("Step by step")),
            section(*_steps(beside, school, reader), header=reader.say("Our next step")),
            section(*_lines(beside, reader), header=reader.say("Share this line")),
            section(buttons(*_acts(beside, reader))),
            section(
                *(_other(beside.email, other, school, reader) for other in beside.others),
                header=reader.say("Other visits of this Doc"),
                folded=True,
            ),
            section(buttons(button(reader.say("A second look at our words"), call(reader, paths.HINTS, mine)))),
        ],
        reader=reader,
    )


def _talk(talk: Talk | None, reader: Reader) -> list[Json]:
    if talk is None:
        return []
    whole = DOT.join((reader.sentence(talk.title), reader.minutes(talk.minutes)))
    rows = [
        row(reader.sentence(step.words), above=reader.say("{number}. About {minutes}", number=place,
                                                          minutes=reader.minutes(step.minutes)))
        for place, step in enumerate(talk.steps, start=1)
    ]  # fmt: skip
    return [paragraph(whole), *rows]


def _steps(beside: Beside, school: School, reader: Reader) -> list[Json]:
    if not beside.steps:
        return [paragraph(reader.say("Write it into the table “Next step” of the Doc: what, who, by when."))]
    return [
        row(
            step.what,
            above=DOT.join(
                part for part in (school.name_of(step.owner) if step.owner else "", _by(step, reader)) if part
            ),
            below=_going(step.state, reader),
        )
        for step in beside.steps
    ]


def _by(step: NextStep, reader: Reader) -> str:
    return reader.say("by {day}", day=reader.day(step.by)) if step.by else ""


def _going(state: StepState, reader: Reader) -> str:
    return {
        StepState.CHOOSE: "",
        StepState.NOT_YET: reader.say("Not yet"),
        StepState.TRYING: reader.say("Trying it"),
        StepState.STUCK: reader.say("It stuck"),
    }[state]


def _lines(beside: Beside, reader: Reader) -> list[Json]:
    """Each line with its reader's own yes; it is shown outside once all sides have said so."""
    if not beside.lines:
        return [paragraph(reader.say("A line under “Share” in the Doc may be shown outside, once all of you agree."))]
    return [_line(line, beside.email, reader) for line in beside.lines]


def _line(line: SharedLine, email: str, reader: Reader) -> Json:
    named = {"walk": line.walk, "line": line.key}
    waits = len(line.waits_for())
    said = (
        reader.plural("{number} yes is missing", "{number} yeses are missing", waits)
        if waits
        else reader.say("All agree: it may be shown")
    )
    act = (
        button(reader.say("Take back"), call(reader, paths.LINE_ANSWER, named))
        if email in line.agreed
        else button(reader.say("I agree"), call(reader, paths.LINE_ANSWER, named | {"yes": "yes"}))
    )
    return row(line.words, below=said, button=act)


def _acts(beside: Beside, reader: Reader) -> list[Json]:
    if beside.email not in beside.walk.visitors or not beside.has_begun:
        return [button(reader.say("Home"), call(reader, paths.HOME))]
    thank = button(reader.say("Thank the host"), call(reader, paths.THANK, {"walk": beside.walk.key}), main=True)
    return [thank, button(reader.say("Home"), call(reader, paths.HOME))]


def _other(email: str, walk: Walk, school: School, reader: Reader) -> Json:
    show = call(reader, paths.DOCS_VISIT, {"walk": walk.key})
    alt = reader.say("Show the visit of {when}", when=reader.day_and_period(walk.stops[0].slot))
    return walk_row(email, walk, school, reader, button(reader.say("Show"), show, alt=alt))


def hints_card(hints: Hints | None, walk: str, reader: Reader) -> Json:
    """Questions for the writers of a section; nothing is marked and nothing kept. One tap takes it away."""
    away = buttons(button(reader.say("No hints"), call(reader, paths.DOCS_VISIT, {"walk": walk, "back": "yes"})))
    told = reader.say("Only you see this. A hint is a question and may be wrong; nothing is marked or kept.")
    if hints is None:
        rows = [paragraph(reader.say("The Doc cannot be read just now. Try again in a minute."))]
    else:
        rows = [row(sentence, below=question) for sentence, question in hints.questions]
        if hints.pupils_named:
            rows.append(paragraph(reader.say("A pupil of the roster is named. A first letter is enough.")))
        rows = rows or [paragraph(reader.say("It describes what was said and done. Nothing to ask."))]
    return card("hints", reader.say("A second look at our words"), [section(*rows), section(paragraph(told), away)],
                reader=reader)  # fmt: skip

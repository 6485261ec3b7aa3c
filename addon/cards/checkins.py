"""Check-ins: when one meets a leader, and packing for it: the teacher's own choice of lines, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from addon import paths
from addon.cards.reader import Reader
from addon.cards.widgets import (
    button,
    buttons,
    call,
    card,
    footer_button,
    lines,
    open_link,
    paragraph,
    row,
    section,
    text_field,
    tick_boxes,
)
from addon.envelopes import Json
from sync.core.notes.checkin import QUESTIONS, CheckIn, CheckInState, Evidence
from sync.core.school.school import School
from sync.services.notes.checkins import WORDS_AT_MOST, nearest
from sync.services.places import doc_link

PICKED, OWN, SUPPORT = "picked", "own", "support"
LINES_AT_MOST = 20
CHECK_INS_AT_MOST = 8
FIELD_AT_MOST = min(WORDS_AT_MOST, 500)


def check_in_rows(check_ins: Sequence[CheckIn], today: date, email: str, school: School, reader: Reader) -> list[Json]:
    """The meetings of somebody's year, as teacher or as leader; a leader is given a Doc once it was packed for them."""
    shown, more = nearest(check_ins, today, CHECK_INS_AT_MOST)
    rest = [paragraph(reader.say("{number} more", number=more))] if more else []
    return [widget for one in shown for widget in (_row(one, email, school, reader), *_met(one, reader))] + rest


def _met(one: CheckIn, reader: Reader) -> list[Json]:
    """Either of the two says so, once something was packed."""
    if one.state is not CheckInState.PACKED:
        return []
    return [buttons(button(reader.say("We have met"), call(reader, paths.CHECK_IN_MET, {"check": one.key})))]


def _row(one: CheckIn, email: str, school: School, reader: Reader) -> Json:
    other = one.leader if email == one.teacher else one.teacher
    act = None
    if one.doc_id:
        act = button(reader.say("Open"), open_link(doc_link(one.doc_id)), alt=reader.say("Open the check-in’s Doc"))
    elif email == one.teacher and one.state is CheckInState.PLANNED:
        act = button(reader.say("Pack"), call(reader, paths.CHECK_IN, {"check": one.key}))
    state = {
        CheckInState.PLANNED: reader.say("Nothing packed yet"),
        CheckInState.PACKED: reader.say("Packed"),
        CheckInState.MET: reader.say("You have met"),
    }[one.state]
    when = reader.say("around {day}", day=reader.day(one.around))
    return row(reader.say("with {names}", names=school.name_of(other)), above=when, below=state, button=act)


def pack_card(one: CheckIn, evidence: Sequence[tuple[str, Evidence]], school: School, reader: Reader) -> Json:
    """What to bring: nothing is ticked beforehand, since it is the teacher's choice alone."""
    items = [(key, bit.words) for key, bit in evidence[:LINES_AT_MOST]]
    picked = [tick_boxes(PICKED, reader.say("From your visits"), items, ())] if items else []
    leader = school.name_of(one.leader)
    told = reader.say(
        "A new Doc is made of exactly this, for you and {name}. Your other notes stay with your group.", name=leader
    )
    return card(
        "pack",
        reader.say("Pack for my check-in"),
        [
            section(paragraph(told)),
            section(paragraph(lines(*map(reader.sentence, QUESTIONS))), header=reader.say("Four questions")),
            section(
                *picked,
                text_field(OWN, reader.say("Or in your own words"), most=FIELD_AT_MOST),
                text_field(SUPPORT, reader.say("What would help me"), most=FIELD_AT_MOST,
                           hint=reader.say("May stay empty; {name} sees it as a request", name=leader)),
                header=reader.say("What you bring"),
            ),
        ],
        reader=reader,
        footer=footer_button(
            reader.say("Pack"), call(reader, paths.CHECK_IN_PACK, {"check": one.key}, keep_typed=True)
        ),
    )  # fmt: skip


def not_now_card(reader: Reader) -> Json:
    """Google did not answer: nothing was given to anybody."""
    told = reader.say("The Doc cannot be made just now, and nothing was given to anybody. Go back and try again.")
    return card("not-now", reader.say("In a minute"), [section(paragraph(told))], reader=reader)

"""What the school asks itself: guiding questions to propose and vote for, and the two questions of the pulse."""

from __future__ import annotations

from collections.abc import Sequence

from addon import paths
from addon.cards.reader import Reader
from addon.cards.widgets import (
    button,
    buttons,
    call,
    card,
    choose,
    footer_button,
    open_link,
    paragraph,
    row,
    section,
    text_field,
)
from addon.envelopes import Json
from sync.core.sheet.inquiry import ANSWERS, PULSE, STEP, WORDS_AT_MOST
from sync.services.inquiry.questions import Standing

WORDS = "words"
"""the field for a question of one's own"""
SHOWN_AT_MOST = 20


def questions_card(
    questions: Sequence[Standing], reader: Reader, *, coordinates: bool, pulse_due: bool, charter: str
) -> Json:
    """What colleagues would like to look into together; who proposed and who voted is nobody's to see."""
    told = reader.say("What would you like us to look into together? Vote for as many as you like.")
    still = [one for one in questions if one.taken_up is None]
    taken = [one for one in questions if one.taken_up is not None]
    widgets = [widget for one in still[:SHOWN_AT_MOST] for widget in _open(one, reader, coordinates=coordinates)]
    none = paragraph(reader.say("Nobody has proposed one yet. Begin!"))
    own = text_field(
        WORDS, reader.say("A question of your own"), hint=reader.say("How do students ...?"), most=WORDS_AT_MOST
    )
    propose = buttons(button(reader.say("Propose"), call(reader, paths.QUESTION_PROPOSE), main=True))
    return card(
        "questions",
        reader.say("Guiding questions"),
        [
            section(paragraph(told), *(widgets or [none])),
            section(own, propose),
            section(*(_taken(one, reader) for one in taken[:SHOWN_AT_MOST]), header=reader.say("We look into these")),
            section(*_pulse(reader) if pulse_due else ()),
            section(*_charter(charter, reader, coordinates=coordinates)),
            section(paragraph(reader.say("Nobody sees who proposed or who voted."))),
        ],
        reader=reader,
    )


def _open(one: Standing, reader: Reader, *, coordinates: bool) -> list[Json]:
    named = {"question": one.key}
    label = reader.say("Take my vote back") if one.mine else reader.say("Vote for it")
    vote = button(
        label,
        call(reader, paths.QUESTION_VOTE, named | ({} if one.mine else {"yes": "yes"})),
        alt=f"{label}: {one.words}",
    )
    acts = [
        button(reader.say("Take it up"), call(reader, paths.QUESTION_TAKE_UP, named)),
        button(reader.say("Put it aside"), call(reader, paths.QUESTION_PUT_ASIDE, named)),
    ]
    votes = reader.plural("{number} vote", "{number} votes", one.votes)
    return [row(one.words, above=votes), buttons(vote, *(acts if coordinates else []))]


def _taken(one: Standing, reader: Reader) -> Json:
    since = reader.say("since {day}", day=reader.day(one.taken_up)) if one.taken_up else ""
    return row(one.words, below=since)


def _charter(link: str, reader: Reader, *, coordinates: bool) -> list[Json]:
    """The way to it for everybody, and for coordinators the way to a first one."""
    if link:
        return [row(reader.say("Our charter"), button=button(reader.say("Read it"), open_link(link)))]
    if not coordinates:
        return []
    told = reader.say("A Doc with your own definition, goals and norms of visits; everybody at school can read it.")
    begin = button(reader.say("Begin it"), call(reader, paths.CHARTER), alt=reader.say("Begin our charter"))
    return [row(reader.say("Our charter"), below=told, button=begin)]


def _pulse(reader: Reader) -> list[Json]:
    told = reader.say("Two questions for you, without your name.")
    return [paragraph(told), buttons(button(reader.say("Answer them"), call(reader, paths.PULSE)))]


def pulse_card(reader: Reader) -> Json:
    """Both questions, nothing chosen beforehand that says anything."""
    asked = dict(
        zip(
            PULSE,
            (
                reader.say("I took something into my own teaching from a visit"),
                reader.say("Visits here are about learning, not about judging"),
            ),
            strict=True,
        )
    )
    said = (reader.say("Not yet"), reader.say("A little"), reader.say("Mostly"), reader.say("Very much"))
    items = [("", reader.say("Choose")), *((str(n), text) for n, text in zip(range(len(ANSWERS)), said, strict=True))]
    told = reader.say("Only counts are kept, without names, and shown in steps of {number} answers.", number=STEP)
    return card(
        "pulse",
        reader.say("Two questions"),
        [section(*(choose(name, text, items) for name, text in asked.items())), section(paragraph(told))],
        reader=reader,
        footer=footer_button(reader.say("Send"), call(reader, paths.PULSE_SEND)),
    )

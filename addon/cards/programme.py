"""A coordinator's cards beside the Sheet: the programme in counts, what to mend, and a day without school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from addon import paths
from addon.cards.reader import DOT, Reader
from addon.cards.widgets import button, buttons, call, card, open_link, paragraph, row, section
from addon.cards.words import what_moves
from addon.envelopes import Json
from sync.services.at_a_glance import Glance, Share, ToMend
from sync.services.plans.repairing import Repaired

SHARES_AT_MOST, MEND_AT_MOST = 12, 6


def glance_card(glance: Glance, reader: Reader, *, coordinates: bool, open_sheet: str = "") -> Json:
    """For coordinators and leaders: that visits happen, never what was written.

    `open_sheet` is the id of the Sheet beside the panel; empty while Google does not say which one it is.
    """

    return card(
        "glance",
        glance.school,
        [
            section(*_which_sheet(glance, open_sheet, reader)),
            section(*(_next(glance, reader) if coordinates else []), header=reader.say("Next thing to do")),
            section(*_counts(glance, reader), header=reader.say("The programme at a glance")),
            section(
                *(_share(share, reader) for share in glance.shares[:SHARES_AT_MOST]),
                header=reader.say("Where visits are still missing"),
                folded=True,
            ),
            section(*_mend(glance, reader), header=reader.say("What to look at"), folded=True),
            section(*(_acts(reader) if coordinates else []), header=reader.say("What you can do")),
            section(*_links(glance, reader)),
            section(paragraph(reader.say("What people write for each other stays with them; it is in no Sheet."))),
        ],
        reader=reader,
    )


def _counts(glance: Glance, reader: Reader) -> list[Json]:
    """Whoever is invited counts as somebody who will, until they say no; how many wait is said beside it."""

    def of_all(number: int) -> str:
        return reader.plural("{some} of {number} teacher", "{some} of {number} teachers", glance.teachers, some=number)

    visited, hosted = reader.say("Have visited or will"), reader.say("Have hosted or will")
    asked = []
    if glance.invited:
        asked = [row(f"{glance.invited}", above=reader.say("Invitations that wait for an answer"))]
        visited = reader.say("Have visited, will, or are invited")
        hosted = reader.say("Have hosted, will, or are invited")
    return [
        row(f"{glance.to_come}", above=reader.say("Visits to come")),
        *asked,
        row(f"{glance.happened}", above=reader.say("Visits that happened")),
        row(of_all(glance.have_visited), above=visited),
        row(of_all(glance.have_hosted), above=hosted),
    ]


def _share(share: Share, reader: Reader) -> Json:
    name = reader.say("Grade {grade}", grade=share.name) if share.name.isdigit() else share.name
    told = (
        reader.plural("{number} has not visited yet", "{number} have not visited yet", share.not_visited),
        reader.plural("{number} has not hosted yet", "{number} have not hosted yet", share.not_hosted),
    )
    teachers = reader.plural("{number} teacher", "{number} teachers", share.teachers)
    return row(DOT.join(told), above=DOT.join((name, teachers)))


def _next(glance: Glance, reader: Reader) -> list[Json]:
    """One thing: visits that the school has left behind, a plan that waits, what keeps most people from visiting."""
    if glance.unmended:
        return _unmended(reader)
    if glance.plan_waits:
        look = button(reader.say("Open"), call(reader, paths.PLAN), alt=reader.say("Open the plan"))
        return [row(reader.say("A plan waits for you"), below=reader.say("Nobody but you has seen this"), button=look)]
    if glance.mend and glance.mend[0].people:
        return [_gap(glance.mend[0], reader)]
    if not (glance.to_come or glance.happened or glance.invited):
        begin = reader.say("Tell everyone what visits are for, and that they are voluntary")
        return [row(begin, below=reader.say("Then book a visit yourself, or plan the term"))]
    return [row(reader.say("Nothing: visits come in by themselves."))]


def _mend(glance: Glance, reader: Reader) -> list[Json]:
    return [_gap(gap, reader) for gap in glance.mend[:MEND_AT_MOST]]


def _gap(gap: ToMend, reader: Reader) -> Json:
    people = reader.plural("{number} person", "{number} people", gap.people) if gap.people else ""
    return row(reader.begun(gap.what), above=people, below=reader.begun(gap.do))


def _unmended(reader: Reader) -> list[Json]:
    """The school is another than when the visits were last looked at; so many may be hit that somebody is to decide."""
    return [
        row(
            reader.say("The school has changed"),
            below=reader.say("Visits follow within minutes. If a great part of them would move, they wait for you."),
            button=button(reader.say("Mend the visits"), call(reader, paths.MEND)),
        )
    ]


def _which_sheet(glance: Glance, open_sheet: str, reader: Reader) -> list[Json]:
    """Nothing beside the programme's own Sheet; else the way to it, or to telling us which one this is."""
    if not glance.sheet or open_sheet == glance.sheet:
        return []
    if open_sheet:
        return [row(reader.say("This is another Sheet; the programme's own is linked below."))]
    ask = button(reader.say("Let it know"), call(reader, paths.ASK_FOR_FILE))
    return [row(reader.say("Is this the programme's Sheet?"), below=reader.say("We cannot see that yet"), button=ask)]


def _acts(reader: Reader) -> list[Json]:
    acts = (
        (reader.say("Plan the term"), paths.PLAN),
        (reader.say("Propose a visit"), paths.INVITE),
        (reader.say("A day without school"), paths.SNOW_ASK),
        (reader.say("Keep dates free"), paths.KEEP_FREE),
        (reader.say("Prep to give back"), paths.OWED),
        (reader.say("Guiding questions"), paths.QUESTIONS),
        (reader.say("Newsletter"), paths.NEWSLETTER),
    )
    first, *others = (button(text, call(reader, path), main=path == paths.PLAN) for text, path in acts)
    return [buttons(first, *others)]


def _links(glance: Glance, reader: Reader) -> list[Json]:
    links = (
        (reader.say("Open the Sheet"), glance.sheet_link),
        (reader.say("Open the school's folder"), glance.folder_link),
    )
    found = [button(text, open_link(link)) for text, link in links if link]
    again = button(reader.say("Count again"), call(reader, paths.SHEETS_AGAIN))
    return [buttons(*found, again)]


def newsletter_card(text: str, lines: int, compose: str, doc: str, reader: Reader) -> Json:
    """The draft as consent stands at this moment: to be looked through, and sent by hand."""
    told = (
        reader.say("Everybody concerned agreed to these lines. Whoever takes that back takes their line out.")
        if lines
        else reader.say("A line comes here once a visitor marks it in their Doc and everybody of the visit agrees.")
    )
    link = [button(reader.say("Open in Gmail"), open_link(compose), main=True)] if lines else []
    if doc:
        link.append(button(reader.say("Open the latest as a Doc"), open_link(doc)))
    if lines:
        link.append(button(reader.say("Keep this month's as a Doc"), call(reader, paths.NEWSLETTER_DOC)))
    back = button(reader.say("The programme at a glance"), call(reader, paths.SHEETS_AGAIN))
    return card(
        "newsletter",
        reader.say("A newsletter"),
        [
            section(paragraph(text), header=reader.say("The draft")),
            section(paragraph(told)),
            section(buttons(*link, back)),
        ],
        reader=reader,
    )


def snow_days_card(days: Sequence[date], reader: Reader) -> Json:
    """Which day falls out."""
    rows = [
        row(
            reader.day(day),
            button=button(
                reader.say("No school"),
                call(reader, paths.SNOW_SURE, {"day": day.isoformat()}),
                alt=reader.say("No school on {day}", day=reader.day(day)),
            ),
        )
        for day in days
    ]
    none = paragraph(reader.say("There is no school day in the next weeks."))
    return card("snow", reader.say("A day without school"), [section(*(rows or [none]))], reader=reader)


def snow_sure_card(day: date, visits: int, reader: Reader) -> Json:
    """Asks once, and says what would follow."""
    told = what_moves(reader, visits)
    return card(
        "snow-sure",
        reader.say("No school on {day}", day=reader.day(day)),
        [
            section(paragraph(told)),
            section(
                buttons(
                    button(reader.say("No school"), call(reader, paths.SNOW, {"day": day.isoformat()})),
                    button(reader.say("Keep the day"), call(reader, paths.SHEETS_AGAIN), main=True),
                )
            ),
        ],
        reader=reader,
    )


def _proposed_instead(repaired: Repaired, reader: Reader) -> list[Json]:
    instead = len(repaired.asked_anew)
    said = reader.plural("{number} visit", "{number} visits", instead)
    return [row(said, above=reader.say("Proposed with somebody else"))] if instead else []


def repaired_card(repaired: Repaired, title: str, reader: Reader) -> Json:
    """What became of the visits, in counts; where they are many, that they are looked at now."""
    return card(
        "repaired",
        title,
        [
            section(
                *(_later(repaired, reader) if repaired.later else _became(repaired, reader)),
                buttons(button(reader.say("The programme at a glance"), call(reader, paths.SHEETS_AGAIN))),
            )
        ],
        reader=reader,
    )


def _became(repaired: Repaired, reader: Reader) -> list[Json]:
    moved, cancelled = len(repaired.moved), len(repaired.cancelled)
    return [
        row(reader.plural("{number} visit", "{number} visits", moved), above=reader.say("Moved")),
        row(reader.plural("{number} visit", "{number} visits", cancelled), above=reader.say("Cancelled")),
        *_proposed_instead(repaired, reader),
    ]


def _later(repaired: Repaired, reader: Reader) -> list[Json]:
    told = reader.say("What has to move does so within minutes. Everyone who takes part hears of it once.")
    looked_at = reader.plural("{number} visit", "{number} visits", repaired.later)
    return [row(looked_at, above=reader.say("Looked at now")), paragraph(told)]

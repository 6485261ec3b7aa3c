"""A coordinator's rehearsal of a term's plan: what would be asked of people and of Google, and nothing is sent."""

from __future__ import annotations

from addon import paths
from addon.cards.reader import Reader
from addon.cards.widgets import button, buttons, call, card, paragraph, row, section
from addon.envelopes import Json
from sync.services.passes.rehearsing_a_term import TermRehearsal

REFUSED_AT_MOST = 20


def rehearsal_card(found: TermRehearsal, reader: Reader) -> Json:
    """What would be, if it were proposed now and everybody said yes."""
    told = reader.say("Nothing is sent or kept. This is what would be, if you proposed it now and everybody said yes.")
    propose = button(reader.say("Propose it"), call(reader, paths.PLAN_PROPOSE_ASK), main=True)
    return card(
        "plan-rehearsal",
        reader.say("A rehearsal"),
        [
            section(paragraph(told)),
            section(*_of_people(found, reader), header=reader.say("For people")),
            section(*_of_google(found, reader), header=reader.say("In Google")),
            section(
                *(row(reader.sentence(one.why), above=one.who) for one in found.refused[:REFUSED_AT_MOST]),
                header=reader.say("Not possible any more, and why"),
            ),
            section(
                buttons(*([propose] if found.visits else []), button(reader.say("Not yet"), call(reader, paths.PLAN)))
            ),
        ],
        reader=reader,
    )


def _of_people(found: TermRehearsal, reader: Reader) -> list[Json]:
    visits = reader.plural("{number} visit", "{number} visits", found.visits)
    most = reader.plural("at most {number} visit each", "at most {number} visits each", found.asked_at_most)
    shown = [
        row(
            reader.plural("{number} person", "{number} people", found.people),
            above=reader.say("Would be invited"),
            below=most,
        ),
        row(visits, above=reader.say("Would be booked"), below=_busiest(found, reader)),
        row(reader.minutes(found.prep_at_most), above=reader.say("Prep of one person, at most, in all")),
    ]
    if found.covers:
        classes = reader.plural("{number} class needs cover", "{number} classes need cover", found.covers)
        shown.append(row(classes, below=reader.say("Colleagues are asked once the visit is booked.")))
    return shown


def _busiest(found: TermRehearsal, reader: Reader) -> str:
    if found.busiest is None:
        return ""
    return reader.plural(
        "{number} in the fullest week, that of {day}",
        "{number} in the fullest week, that of {day}",
        found.busiest_visits,
        day=reader.day(found.busiest),
    )


def _of_google(found: TermRehearsal, reader: Reader) -> list[Json]:
    if not found.writes:
        return []
    listed = ", ".join(f"{api} {count}" for api, count in found.writes.items())
    whole = reader.plural("{number} change", "{number} changes", sum(found.writes.values()))
    takes = reader.say("Google lets them through in {minutes} or so", minutes=reader.minutes(found.minutes))
    return [row(whole, above=listed, below=takes)]

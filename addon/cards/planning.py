"""A coordinator's cards for a term's plan: ask for it, watch it come about, propose it, see who answered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from addon import paths
from addon.cards.reader import DASH, DOT, Reader
from addon.cards.widgets import button, buttons, call, card, choose, footer_button, lines, paragraph, row, section
from addon.envelopes import Json
from sync.core.school.agreement import Goal
from sync.core.school.days import Term
from sync.core.school.school import School
from sync.services.plans.planning_term import Answers
from sync.services.plans.waves import people_of
from sync.services.ports import LeftOut, Stage, TermPlan, Wave

STRETCH, SECONDS, UNTIL, WAVES = "stretch", "seconds", "until", "waves"
SEARCHES = (20, 60, 300)
"""seconds of search to choose from"""
LEFT_OUT_AT_MOST = 30
WORTH_TELLING = 0.1
"""a gap, as a share of the cost, up to which its proof tells a person something"""


def ask_plan_card(stretches: Sequence[Term], reader: Reader) -> Json:
    """Which dates, and how long to search: everything chosen already."""
    told = reader.say("A plan gives each teacher a colleague to visit and to be visited by, within your agreement.")
    if not stretches:
        none = reader.say("There is no school day ahead. Fill in the tab School days, then look again.")
        return card("plan-ask", reader.say("Plan the term"), [section(paragraph(none), _back(reader))], reader=reader)
    dates = [(stretch_value(one), _dates(one.first, one.last, one.name, reader)) for one in stretches]
    searches = [(str(number), _search(number, reader)) for number in SEARCHES]
    return card(
        "plan-ask",
        reader.say("Plan the term"),
        [
            section(paragraph(told)),
            section(
                choose(STRETCH, reader.say("Which dates"), dates),
                choose(SECONDS, reader.say("How long to search"), searches),
            ),
            section(paragraph(reader.say("Nobody hears of it before you propose it.")), _back(reader)),
        ],
        reader=reader,
        footer=footer_button(reader.say("Plan the term"), call(reader, paths.PLAN_ASK, keep_typed=True)),
    )


def stretch_value(term: Term) -> str:
    """A stretch of dates as the card carries it."""
    return f"{term.first.isoformat()}/{term.last.isoformat()}"


def plan_card(plan: TermPlan, answers: Answers, school: School, reader: Reader) -> Json:
    """The plan as it is now, at any stage of its life."""
    parts = {
        Stage.ASKED: _under_way,
        Stage.SEARCHING: _under_way,
        Stage.PROPOSING: _proposing,
        Stage.READY: _ready,
        Stage.FAILED: _failed,
    }
    shown = parts[plan.stage](plan, school, reader) if plan.stage in parts else _proposed(plan, answers, reader)
    dates = section(row(_dates(plan.first, plan.last, "", reader), above=reader.say("A plan for")))
    return card(f"plan-{plan.stage.value}", reader.say("Plan the term"), [dates, *shown], reader=reader)


def _waves(plan: TermPlan, reader: Reader) -> list[Json]:
    """Those that have not gone out yet, and what can be done about them."""
    if plan.stage is not Stage.BETWEEN:
        return []
    rows = [
        row(
            reader.plural("{number} visit", "{number} visits", len(wave.walks)),
            above=DOT.join((reader.say("Wave {number}", number=nth), reader.day(wave.on))),
            below=reader.plural("{number} person", "{number} people", len(people_of(plan.found, wave))),
        )
        for nth, wave in enumerate(plan.to_come, plan.sent + 1)
    ]
    named = {"wave": str(plan.sent)}
    acts = buttons(
        button(reader.say("Send the next one now"), call(reader, paths.PLAN_WAVE, named)),
        button(reader.say("Keep the rest back"), call(reader, paths.PLAN_KEEP_BACK, named)),
    )
    return [section(*rows, acts, header=reader.say("Still to go out, each by itself on its day"))]


def propose_plan_card(
    plan: TermPlan,
    until: Sequence[date],
    usual: date,
    ways: Sequence[Sequence[Wave]],
    goal: Goal,
    reader: Reader,
) -> Json:
    """Asks once, and says what would follow. `ways`: the plan in one wave, two, ...; `goal` has the school's way."""
    people = len(people_of(plan.found, ways[0][0]))
    told = lines(
        reader.plural(
            "{number} person is invited, by one message for each wave they are in.",
            "{number} people are invited, each by one message for each wave they are in.",
            people,
        ),
        reader.say("Nothing is booked before everybody of a visit has said yes, and nobody is asked why not."),
    )
    days = [(day.isoformat(), reader.day(day)) for day in until]
    cut = [(str(number), _cut(plan, way, reader)) for number, way in enumerate(ways, 1) if len(way) == number]
    return card(
        "plan-propose",
        reader.say("Propose this plan?"),
        [
            section(paragraph(told)),
            section(
                choose(WAVES, reader.say("All at once, or in waves"), cut, str(goal.waves)),
                choose(UNTIL, reader.say("Until when the places are kept"), days, usual.isoformat()),
                paragraph(
                    reader.plural(
                        "Waves are {number} school day apart, and each keeps its places as long as the first.",
                        "Waves are {number} school days apart, and each keeps its places as long as the first.",
                        goal.wave_school_days,
                    )
                ),
            ),
            section(buttons(button(reader.say("Not yet"), call(reader, paths.PLAN)))),
        ],
        reader=reader,
        footer=footer_button(
            reader.say("Propose it"), call(reader, paths.PLAN_PROPOSE, {"plan": plan.key}, keep_typed=True)
        ),
    )


def _cut(plan: TermPlan, way: Sequence[Wave], reader: Reader) -> str:
    """`All at once, to 55 people`, `3 waves, the first to 33 people`: short enough for a list of choices."""
    first = len(people_of(plan.found, way[0]))
    people = reader.plural("{number} person", "{number} people", first)
    if len(way) == 1:
        return reader.say("All at once, to {people}", people=people)
    return reader.plural(
        "{number} wave, the first to {people}", "{number} waves, the first to {people}", len(way), people=people
    )


# --- the stages ---


def _under_way(plan: TermPlan, school: School, reader: Reader) -> list[Json]:
    said = [row(reader.sentence(plan.says), above=reader.say("So far"))] if plan.says else []
    told = reader.say("The plan is being worked out. Close this panel if you like: it goes on by itself.")
    stop = button(reader.say("Stop"), call(reader, paths.PLAN_DROP))
    return [section(paragraph(told), *said), section(buttons(_again(reader), stop))]


def _ready(plan: TermPlan, school: School, reader: Reader) -> list[Json]:
    found = plan.found
    placed = reader.plural(
        "{some} of {number} person has all they should",
        "{some} of {number} people have all they should",
        found.people,
        some=found.placed,
    )
    covers = (
        reader.plural("{number} class needs cover", "{number} classes need cover", found.covers)
        if found.covers
        else reader.say("no class needs cover")
    )
    visits = reader.plural("{number} visit", "{number} visits", found.walks)
    propose = button(reader.say("Propose it"), call(reader, paths.PLAN_PROPOSE_ASK), main=True)
    rehearse = button(reader.say("Rehearse"), call(reader, paths.PLAN_REHEARSE))
    return [
        section(
            row(visits, above=reader.say("Found"), below=_proof(found.gap, reader)),
            row(placed, below=covers),
            header=reader.say("Nobody but you has seen this"),
        ),
        _left_out(found.left_out, school, reader, reader.say("Who is left out, and why")),
        section(*(paragraph(reader.sentence(note)) for note in found.notes)),
        section(buttons(*([propose, rehearse] if found.walks else []), _anew(reader))),
    ]


def _proof(gap: float, reader: Reader) -> str:
    """What is proven of a plan; nothing is said of a proof that says nothing."""
    if not gap:
        return reader.say("No plan of these dates could do better.")
    if gap > WORTH_TELLING:
        return ""
    return reader.say("At most {percent}% from the best there can be.", percent=f"{100 * gap:.1f}")


def _proposing(plan: TermPlan, school: School, reader: Reader) -> list[Json]:
    done = len(plan.proposed) + len(plan.refused)
    wanted = sum(len(wave.walks) for wave in plan.waves[: plan.sent + 1])
    told = reader.plural(
        "{some} of {number} visit is proposed.", "{some} of {number} visits are proposed.", wanted, some=done
    )
    return [section(paragraph(told)), section(buttons(_again(reader)))]


def _proposed(plan: TermPlan, answers: Answers, reader: Reader) -> list[Json]:
    until = reader.day(plan.waves[plan.sent - 1].lapses_on) if plan.sent else ""
    kept = reader.say("places are kept until {day}", day=until) if until and answers.waiting else ""
    return [
        section(
            row(f"{answers.booked}", above=reader.say("Booked: everybody said yes")),
            row(f"{answers.waiting}", above=reader.say("Waiting for an answer"), below=kept),
            row(f"{answers.gone}", above=reader.say("Declined or lapsed")),
        ),
        *_waves(plan, reader),
        section(
            *(row(reader.sentence(one.why), above=one.who) for one in plan.refused[:LEFT_OUT_AT_MOST]),
            header=reader.say("Not proposed, and why"),
            folded=True,
        ),
        section(buttons(_again(reader), _anew(reader))),
    ]


def _failed(plan: TermPlan, school: School, reader: Reader) -> list[Json]:
    kept = reader.say("Nobody was told anything, and no visit was changed.")
    return [section(paragraph(lines(reader.sentence(plan.says), kept))), section(buttons(_anew(reader)))]


# --- what they share ---


def _left_out(people: Iterable[LeftOut], school: School, reader: Reader, header: str) -> Json:
    listed = list(people)
    rows = [row(_why(one, school, reader), above=school.name_of(one.who)) for one in listed[:LEFT_OUT_AT_MOST]]
    more = len(listed) - LEFT_OUT_AT_MOST
    if more > 0:
        rows.append(paragraph(reader.plural("And {number} more person.", "And {number} more people.", more)))
    return section(*rows, header=header, folded=True)


def _why(one: LeftOut, school: School, reader: Reader) -> str:
    """What is missing, each with its reason: of visiting, of being visited."""
    name = re.escape(school.name_of(one.who))
    return "\n".join(reader.sentence(part) for part in re.split(rf"(?<=\.) (?={name} )", one.why))


def _search(seconds: int, reader: Reader) -> str:
    if seconds < 60:
        return reader.plural("{number} second", "{number} seconds", seconds)
    return reader.minutes(seconds // 60)


def _dates(first: date, last: date, name: str, reader: Reader) -> str:
    dates = f"{reader.day(first)} {DASH} {reader.day(last)}"
    return DOT.join((name, dates)) if name else dates


def _again(reader: Reader) -> Json:
    return button(reader.say("Look again"), call(reader, paths.PLAN, {"again": "yes"}), main=True)


def _anew(reader: Reader) -> Json:
    return button(reader.say("Plan anew"), call(reader, paths.PLAN_DROP))


def _back(reader: Reader) -> Json:
    return buttons(button(reader.say("The programme at a glance"), call(reader, paths.SHEETS_AGAIN)))

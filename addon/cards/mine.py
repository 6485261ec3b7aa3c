"""A teacher's own cards: their group, and their year in counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from addon import paths
from addon.cards.checkins import check_in_rows
from addon.cards.find import KIND
from addon.cards.growing import Growth, growing_sections
from addon.cards.reader import Reader
from addon.cards.together import asks_sections, colleague_section, group_title, other_groups_section
from addon.cards.widgets import button, buttons, call, card, paragraph, row, section
from addon.cards.words import names_of, open_button, walk_row
from addon.envelopes import Json
from sync.core.notes.checkin import CheckIn
from sync.core.school.agreement import Kind
from sync.core.school.school import School
from sync.core.visits.together import GROUP_AT_MOST
from sync.core.visits.walk import Walk
from sync.services.groups.colleagues import OwnChoice
from sync.services.groups.grouping import OpenAsks
from sync.services.my_year import Group, Year
from sync.services.ports import ANYBODY, DOMAIN

COLLEAGUES_AT_MOST = 8
STEPS_AT_MOST = 4
_NOBODY: Mapping[str, Sequence[str]] = MappingProxyType({})


def year_card(
    year: Year,
    check_ins: Sequence[CheckIn],
    growth: Growth,
    today: date,
    email: str,
    school: School,
    reader: Reader,
) -> Json:
    """Only its owner sees it: counts, and the colleagues met."""
    met = names_of(school, year.people[:COLLEAGUES_AT_MOST], reader)
    return card(
        "year",
        reader.say("My year {year}", year=year.name),
        [
            section(
                row(
                    reader.plural("{number} visit", "{number} visits", year.made),
                    above=reader.say("You visited"),
                    below=_wanted(year, reader),
                ),
                row(reader.plural("{number} visit", "{number} visits", year.hosted), above=reader.say("You hosted")),
                row(f"{year.talked_over}", above=reader.say("Talked over")),
                row(f"{year.to_come}", above=reader.say("Still to come")),
                row(reader.minutes(year.minutes), above=reader.say("In colleagues' classes")),
                row(f"{year.thanked}", above=reader.say("Hosts you thanked")),
            ),
            section(*_steps(year, reader), header=reader.say("What you are trying")),
            section(*_prep(year, reader), header=reader.say("Your prep")),
            section(*([row(met)] if met else []), header=reader.say("Colleagues you met")),
            section(*check_in_rows(check_ins, today, email, school, reader), header=reader.say("Check-ins")),
            *growing_sections(growth, email, school, reader),
            section(buttons(button(reader.say("Guiding questions"), call(reader, paths.QUESTIONS)))),
            section(paragraph(reader.say("Only you see this card.")), _ways_on(reader)),
        ],
        reader=reader,
    )


def _wanted(year: Year, reader: Reader) -> str:
    if not year.wanted:
        return ""
    if year.made_this_term >= year.wanted:
        return reader.say("What your school asks for a term is done")
    return reader.plural("Your school asks for {number} a term", "Your school asks for {number} a term", year.wanted)


def _steps(year: Year, reader: Reader) -> list[Json]:
    """Own next steps, in their writer's words: nobody else sees this card."""
    return [
        row(step.what, below=reader.say("by {day}", day=reader.day(step.by)) if step.by else "")
        for step in year.steps[:STEPS_AT_MOST]
    ]


def _prep(year: Year, reader: Reader) -> list[Json]:
    """What was given for others, and what came back; nothing where none was."""
    prep = year.prep
    if not (prep.given or prep.restored or prep.owed):
        return []
    due = reader.say("to be given back until {day}", day=reader.day(prep.due)) if prep.due else ""
    owed = [row(reader.minutes(prep.owed), above=reader.say("Still owed to you"), below=due)] if prep.owed else []
    return [
        row(reader.minutes(prep.given), above=reader.say("Given")),
        row(reader.minutes(prep.restored), above=reader.say("Given back to you")),
        *owed,
    ]


def group_card(
    groups: Sequence[Group],
    asks: OpenAsks,
    choice: OwnChoice,
    email: str,
    school: School,
    reader: Reader,
    let_in: Mapping[str, Sequence[str]] = _NOBODY,
) -> Json:
    """The people one goes with, whose turn it is to host, and what comes next; `let_in`: who else reads their Doc."""
    sections = [part for group in groups for part in _group(group, let_in.get(group.name, ()), email, school, reader)]
    none = reader.say("You are in no group yet. Form one, join one, or find a visit for yourself.")
    shown = [
        *asks_sections(asks, school, reader),
        *(sections or [section(paragraph(none))]),
        other_groups_section(reader),
        colleague_section(choice, school, reader),
    ]
    return card("group", reader.say("My group"), [*shown, section(_ways_on(reader))], reader=reader)


def _group(group: Group, let_in: Sequence[str], email: str, school: School, reader: Reader) -> list[Json]:
    title = group_title(group.name, reader)
    visit = button(
        reader.say("Find a time"),
        call(reader, paths.FIND, {"with": group.name}),
        alt=reader.say("Find a time for {name}", name=title),
    )
    host = reader.say("You") if group.next_host == email else school.name_of(group.next_host)
    return [
        section(
            row(
                names_of(school, group.members, reader),
                above=reader.say("Who goes together"),
                below=_let_in(let_in, school, reader),
            ),
            row(
                host,
                above=reader.say("Next to host"),
                below=reader.plural("{number} visit so far", "{number} visits so far", group.held),
                button=None if group.next_host == email else visit,
            ),
            buttons(*_group_acts(group, title, reader)),
            *(walk_row(email, walk, school, reader, _open(walk, email, reader)) for walk in group.to_come[:2]),
            header=title,
        )
    ]


def _let_in(guests: Sequence[str], school: School, reader: Reader) -> str:
    """Whom somebody let into the group's Doc by hand: its people may know, and may change it in the Doc."""
    if not guests:
        return ""
    named = ", ".join(_guest(one, school, reader) for one in guests[:COLLEAGUES_AT_MOST])
    if len(guests) > COLLEAGUES_AT_MOST:
        named = reader.say("{names} and others", names=named)
    return reader.say("Your Doc is also open to {names}: one of you shared it.", names=named)


def _guest(who: str, school: School, reader: Reader) -> str:
    if who == ANYBODY:
        return reader.say("anybody with the link")
    if who.startswith(DOMAIN):
        return reader.say("everybody at {domain}", domain=who.removeprefix(DOMAIN))
    return school.name_of(who)


def _group_acts(group: Group, title: str, reader: Reader) -> list[Json]:
    named = {"group": group.name}
    invite = button(
        reader.say("Invite"), call(reader, paths.GROUP_INVITE, named), alt=reader.say("Invite into {name}", name=title)
    )
    hosts = button(reader.say("Who hosts next"), call(reader, paths.GROUP_HOSTS, {"with": group.name}))
    leave = button(
        reader.say("Leave"), call(reader, paths.GROUP_LEAVE_ASK, named), alt=reader.say("Leave {name}?", name=title)
    )
    rooms = button(
        reader.say("Through several rooms"), call(reader, paths.FIND, {"with": group.name, KIND: Kind.LEARNING.value})
    )
    return [rooms, hosts, *([invite] if len(group.members) < GROUP_AT_MOST else []), leave]


def _open(walk: Walk, email: str, reader: Reader) -> Json | None:
    return open_button(reader, walk) if email in walk.people else None


def _ways_on(reader: Reader) -> Json:
    return buttons(
        button(reader.say("Find a visit"), call(reader, paths.FIND)),
        button(reader.say("Home"), call(reader, paths.HOME)),
    )

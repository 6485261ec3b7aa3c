"""Going together: a colleague for the year, and groups that form, join, leave and choose who hosts next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from addon import paths
from addon.cards.reader import DOT, Reader
from addon.cards.widgets import button, buttons, call, card, paragraph, row, section, text_field
from addon.cards.words import names_of
from addon.envelopes import Json
from sync.core.school.people import Person
from sync.core.school.school import School
from sync.core.visits.together import GroupAsk
from sync.services.groups.colleagues import OwnChoice
from sync.services.groups.grouping import OpenAsks

NAME = "name"
"""the field in which a colleague is looked for"""


def group_title(name: str, reader: Reader) -> str:
    return reader.say("Group {name}", name=name) if name.isdecimal() else name


# --- what stands on the card of one's groups ---


def colleague_section(choice: OwnChoice, school: School, reader: Reader) -> Json:
    """One's colleague for the year, or whom one has chosen: for one's own eyes."""
    header = reader.say("My colleague for the year")
    choose = button(reader.say("Choose a colleague"), call(reader, paths.COLLEAGUE))
    part = button(reader.say("Choose nobody"), call(reader, paths.COLLEAGUE_TAKE_BACK))
    if choice.colleague:
        name = school.name_of(choice.colleague)
        find = button(
            reader.say("Find a time"),
            call(reader, paths.FIND, {"to": choice.colleague}),
            alt=reader.say("Find a time for {name}", name=name),
        )
        leave = button(reader.say("Part"), call(reader, paths.COLLEAGUE_TAKE_BACK))
        return section(row(name, below=reader.say("You chose each other.")), buttons(find, leave), header=header)
    if choice.wish:
        kept = reader.say("Only you know. If they choose you too, you both hear of it.")
        return section(row(school.name_of(choice.wish), below=kept), buttons(choose, part), header=header)
    told = reader.say("One colleague whom you trust. Nobody hears of it unless they choose you too.")
    return section(paragraph(told), buttons(choose), header=header)


def asks_sections(asks: OpenAsks, school: School, reader: Reader) -> list[Json]:
    """What waits for this person's answer, and what they wait for."""
    waits = [widget for ask in (*asks.invited, *asks.to_let_in) for widget in _to_answer(ask, school, reader)]
    sent = [widget for ask in asks.sent for widget in _sent(ask, school, reader)]
    return [
        section(*waits, header=reader.say("Asked of you")),
        section(*sent, header=reader.say("You asked")),
    ]


def _to_answer(ask: GroupAsk, school: School, reader: Reader) -> list[Json]:
    members = names_of(school, school.groups.get(ask.group, (ask.by,)), reader)
    if ask.is_invitation:
        text = reader.say("{name} invites you", name=school.name_of(ask.by))
        yes = reader.say("Yes, I join")
    else:
        text = reader.say("{name} would like to join", name=school.name_of(ask.email))
        yes = reader.say("Welcome")
    named = {"group": ask.group, "email": ask.email}
    return [
        row(text, above=group_title(ask.group, reader), below=members),
        buttons(
            button(yes, call(reader, paths.GROUP_ANSWER, named | {"yes": "yes"}), main=True),
            button(reader.say("Rather not"), call(reader, paths.GROUP_ANSWER, named)),
        ),
    ]


def _sent(ask: GroupAsk, school: School, reader: Reader) -> list[Json]:
    whom = school.name_of(ask.email) if ask.is_invitation else reader.say("You would like to join")
    back = button(reader.say("Take back"), call(reader, paths.GROUP_ANSWER, {"group": ask.group, "email": ask.email}))
    return [row(whom, above=group_title(ask.group, reader), below=reader.say("Not answered yet"), button=back)]


def other_groups_section(reader: Reader) -> Json:
    return section(
        buttons(
            button(reader.say("Form a group"), call(reader, paths.GROUP_INVITE)),
            button(reader.say("Join a group"), call(reader, paths.GROUPS)),
        )
    )


# --- cards of their own ---


def choose_colleague_card(found: Sequence[Person], typed: str, school: School, reader: Reader) -> Json:
    """Whom one would like to go with this year."""
    told = reader.say("One colleague whom you trust. Nobody hears of it unless they choose you too.")
    return _people_card(
        "colleague", reader.say("Choose a colleague"), told, found, typed, paths.COLLEAGUE, paths.COLLEAGUE_CHOOSE,
        reader.say("Choose"), {}, reader,
    )  # fmt: skip


def invite_card(found: Sequence[Person], typed: str, group: str, grades: Sequence[str], reader: Reader) -> Json:
    """Whom one would like in a group; `grades` are those that all of its members teach, where it is not mixed yet."""
    told = reader.say("Three or four go together, best across grades. Each hosts in turn.")
    if grades:
        said = ", ".join(grades)
        told = reader.say("Your group teaches grade {grades} so far. Somebody of another grade sees more.", grades=said)
    return _people_card(
        "invite", reader.say("Invite a colleague"), told, found, typed, paths.GROUP_INVITE, paths.GROUP_INVITE_SEND,
        reader.say("Invite"), {"group": group} if group else {}, reader,
    )  # fmt: skip


def _people_card(
    name: str, title: str, told: str, found: Sequence[Person], typed: str, again: str, chosen: str, act: str,
    named: Mapping[str, str], reader: Reader,
) -> Json:  # fmt: skip
    field = text_field(NAME, reader.say("A colleague"), value=typed, hint=reader.say("A name, a department, a grade"))
    look = buttons(button(reader.say("Look"), call(reader, again, {"again": "yes", **named}, keep_typed=True)))
    none = paragraph(reader.say("Nobody of this name teaches here. Try the beginning of a name."))
    rows = [
        row(
            person.name,
            below=DOT.join(part for part in (_grades(person, reader), ", ".join(person.departments)) if part),
            button=button(act, call(reader, chosen, {**named, "host": person.email}), alt=f"{act}: {person.name}"),
        )
        for person in found
    ]
    return card(
        name, title, [section(paragraph(told)), section(field, look), section(*(rows or [none]))], reader=reader
    )


def _grades(person: Person, reader: Reader) -> str:
    return ", ".join(reader.say("Grade {grade}", grade=one) if one.isdigit() else one for one in person.grades)


def groups_card(groups: Sequence[tuple[str, tuple[str, ...]]], school: School, reader: Reader) -> Json:
    """Groups that one more may join."""
    rows = [
        row(
            names_of(school, members, reader),
            above=group_title(name, reader),
            button=button(reader.say("Ask to join"), call(reader, paths.GROUP_ASK, {"group": name})),
        )
        for name, members in groups
    ]
    none = paragraph(reader.say("Every group is complete just now. You can form one yourself."))
    form = buttons(button(reader.say("Form a group"), call(reader, paths.GROUP_INVITE)))
    return card("groups", reader.say("Join a group"), [section(*(rows or [none])), section(form)], reader=reader)


def host_card(group: str, members: Sequence[str], school: School, reader: Reader, *, reads_along: bool = False) -> Json:
    """Who hosts next, and whether a host from outside reads the group's whole Doc."""
    rows = [
        row(
            school.name_of(member),
            button=button(
                reader.say("Hosts next"),
                call(reader, paths.GROUP_HOST, {"with": group, "host": member}),
                alt=reader.say("{name} hosts next", name=school.name_of(member)),
            ),
        )
        for member in members
    ]
    told = paragraph(reader.say("Without a choice, whoever has hosted least is next."))
    return card(
        "group-host",
        reader.say("Who hosts next?"),
        [section(*rows), section(told), section(*_outside(group, reads_along, reader))],
        reader=reader,
    )


def _outside(group: str, reads_along: bool, reader: Reader) -> list[Json]:
    if reads_along:
        told, label = reader.say("A host from outside the group reads your whole Doc."), reader.say("Only their visit")
    else:
        told = reader.say("A host from outside the group gets a Doc with that visit alone.")
        label = reader.say("Let them read along")
    change = call(reader, paths.GROUP_READ, {"group": group, "yes": "" if reads_along else "1"})
    return [paragraph(told), buttons(button(label, change))]


def leave_card(group: str, reader: Reader) -> Json:
    """Asks once; no reason is wanted."""
    told = reader.say("Visits that are booked stand. No reason is needed.")
    leave = button(reader.say("Leave the group"), call(reader, paths.GROUP_LEAVE, {"group": group}))
    stay = button(reader.say("Stay"), call(reader, paths.MY_GROUP, {"back": "yes"}), main=True)
    title = reader.say("Leave {name}?", name=group_title(group, reader))
    return card("group-leave", title, [section(paragraph(told), buttons(leave, stay))], reader=reader)

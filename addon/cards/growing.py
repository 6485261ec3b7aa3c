"""On the card of one's year: what was borrowed from whom, and what people asked their leader for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from addon import paths
from addon.cards.reader import DOT, Reader
from addon.cards.widgets import button, buttons, call, row, section
from addon.envelopes import Json
from sync.core.notes.checkin import SupportRequest, SupportState
from sync.core.notes.thanks import Borrowing, Thanks
from sync.core.school.school import School

HELPERS_AT_MOST = 2
TRAIL_AT_MOST = ROWS_AT_MOST = 8


@dataclass(frozen=True, slots=True)
class Growth:
    """What one person may see of it; `trail` is what both sides of each said may be told to everybody."""

    support: Sequence[SupportRequest] = ()
    borrowed: Sequence[Thanks] = ()
    lent: Sequence[Thanks] = ()
    trail: Sequence[tuple[str, str, Borrowing]] = ()


def growing_sections(growth: Growth, email: str, school: School, reader: Reader) -> list[Json]:
    borrowed = [widget for one in growth.borrowed[-ROWS_AT_MOST:] for widget in _borrowed(one, school, reader)]
    lent = [widget for one in growth.lent[-ROWS_AT_MOST:] for widget in _lent(one, school, reader)]
    support = [widget for one in growth.support[:ROWS_AT_MOST] for widget in _support(one, email, school, reader)]
    trail = [
        row(
            reader.say("{name} from {other}", name=school.name_of(visitor), other=school.name_of(host)),
            below=_how_far(what, reader),
        )
        for visitor, host, what in growth.trail[-TRAIL_AT_MOST:]
    ]
    return [
        section(*support, header=reader.say("What would help")),
        section(*borrowed, header=reader.say("What you borrow")),
        section(*lent, header=reader.say("Borrowed from you")),
        section(*trail, header=reader.say("Borrowed down the hall"), folded=True),
    ]


# --- what was borrowed ---


def _borrowed(one: Thanks, school: School, reader: Reader) -> list[Json]:
    tried = button(reader.say("I tried it"), call(reader, paths.BORROWED, _named(one) | {"tried": "yes"}))
    ask = tried if one.borrowing is Borrowing.WILL_TRY else None
    return _between(one, school.name_of(one.host), one.names_visitor, one.names_host, reader, ask)


def _lent(one: Thanks, school: School, reader: Reader) -> list[Json]:
    return _between(one, school.name_of(one.visitor), one.names_host, one.names_visitor, reader)


def _between(one: Thanks, other: str, mine: bool, theirs: bool, reader: Reader, ask: Json | None = None) -> list[Json]:
    """The other's name, how far it is, and whether the reader (`mine`) and the other let colleagues know."""
    told = row(other, above=_how_far(one.borrowing, reader), below=_told(mine, theirs, reader), button=ask)
    return [told, buttons(_tell(mine, _named(one), reader))]


def _named(one: Thanks) -> dict[str, str]:
    return {"walk": one.walk, "visitor": one.visitor, "host": one.host}


def _how_far(what: Borrowing, reader: Reader) -> str:
    return reader.say("Tried it") if what is Borrowing.TRIED else reader.say("Will try it")


def _told(mine: bool, theirs: bool, reader: Reader) -> str:
    if mine and theirs:
        return reader.say("You both said yes: colleagues see it, with your names.")
    return (
        reader.say("Only the two of you know.") if not mine else reader.say("Colleagues see it once you both say yes.")
    )


def _tell(agreed: bool, named: dict[str, str], reader: Reader) -> Json:
    if agreed:
        return button(reader.say("Take back"), call(reader, paths.BORROWED, named | {"tell": "no"}))
    return button(reader.say("Colleagues may know"), call(reader, paths.BORROWED, named | {"tell": "yes"}))


# --- what was asked for ---


def _support(one: SupportRequest, email: str, school: School, reader: Reader) -> list[Json]:
    if email == one.teacher:
        about = reader.say("You asked {name}", name=school.name_of(one.leader))
    else:
        about = reader.say("{name} asks", name=school.name_of(one.teacher))
    owner = school.name_of(one.owner) if one.owner else ""
    state = reader.say("{name} sees to it", name=owner) if owner else reader.say("Nobody has it in hand yet")
    return [row(one.words, above=DOT.join((about, reader.day(one.asked_at.date()))), below=state),
            *_buttons(_acts(one, email, school, reader))]  # fmt: skip


def _buttons(acts: list[Json]) -> list[Json]:
    return [buttons(*acts)] if acts else []


def _acts(one: SupportRequest, email: str, school: School, reader: Reader) -> list[Json]:
    named = {"request": one.key}
    done = button(reader.say("Done"), call(reader, paths.SUPPORT, named | {"done": "yes"}))
    if email in (one.teacher, one.owner):
        return [done]
    if email != one.leader or one.state is not SupportState.ASKED:
        return []
    helpers = [person for person in school.coordinators if person.email not in (email, one.teacher)]
    return [
        button(reader.say("I see to it"), call(reader, paths.SUPPORT, named | {"helper": email}), main=True),
        *(
            button(
                reader.say("Hand on to {name}", name=person.name.split()[0]),
                call(reader, paths.SUPPORT, named | {"helper": person.email}),
            )
            for person in helpers[:HELPERS_AT_MOST]
        ),
    ]

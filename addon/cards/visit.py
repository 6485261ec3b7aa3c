"""A visit's own card, for the people who take part: what, with what focus, and what may be done now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from addon import paths
from addon.cards.arranging import cover_rows
from addon.cards.find import slot_parameters
from addon.cards.overlaps import VISIT, asked_rows
from addon.cards.own_calendars import said_then, unknown_said
from addon.cards.reader import DOT, Reader
from addon.cards.talks import mode_choices
from addon.cards.videos import watch_rows
from addon.cards.widgets import (
    Markup,
    bold,
    button,
    buttons,
    call,
    card,
    joined,
    lines,
    open_link,
    paragraph,
    row,
    section,
)
from addon.cards.words import headline, names_of, piece_name, place_of, room_name, state_of
from addon.envelopes import Json
from sync.core.school.agreement import Kind
from sync.core.school.focuses import Focus
from sync.core.school.school import School
from sync.core.visits.together import Mode
from sync.core.visits.videos import Video
from sync.core.visits.walk import DONE, PieceKind, State, Walk
from sync.services.visits.focus import OWN
from sync.services.visits.other_times import OtherTime
from sync.services.visits.overlaps import Asked
from sync.services.visits.own_calendars import OwnCalendars


@dataclass(frozen=True, slots=True)
class Shown:
    """A walk as one of its people is to see it now."""

    walk: Walk
    email: str
    now: datetime
    doc_link: str = ""
    """empty until the shared Doc has been made"""
    event_link: str = ""
    """empty until the event is in Calendar"""
    meet_link: str = ""
    """of a virtual visit, once Google has made it"""
    video: Video | None = None
    """of a video visit, while its host shows it"""
    door_is_shut: bool = False
    """it was booked through a door that its host has shut since"""
    news: tuple[str, ...] = ()
    """what this person was told of it and has not tapped away"""
    coming: tuple[str, ...] = ()
    """who has said yes to the invitation, on a card or in Calendar"""
    instead: tuple[OtherTime, ...] = ()
    """what works, where something happened to it that its people may answer with another time"""
    calendars: OwnCalendars | None = None
    """what its people's own calendars hold at the times that are shown; None = nobody's was asked for"""
    asked: tuple[Asked, ...] = ()
    """what landed on it in this person's own calendar"""

    @property
    def is_invited(self) -> bool:
        """It is an invitation that this person may still accept."""
        walk = self.walk
        return walk.state is State.PROPOSED and walk.starts > self.now and self.email not in walk.accepted

    @property
    def to_come(self) -> bool:
        return self.walk.state is State.BOOKED and self.walk.starts > self.now

    @property
    def is_over(self) -> bool:
        return self.walk.state in (State.BOOKED, State.HELD) and self.walk.ends <= self.now


def visit_card(shown: Shown, library: Mapping[str, Focus], school: School, reader: Reader) -> Json:
    """The card of a visit at any time of its life."""
    return card(
        "visit",
        headline(shown.email, shown.walk, school, reader),
        [
            section(*_facts(shown, school, reader)),
            section(
                *(widget for one in shown.asked for widget in asked_rows(one, school, reader, VISIT)),
                header=reader.say("In your own calendar"),
            ),
            section(*_told(shown, reader), header=reader.say("News")),
            section(
                *(other_time_row(shown, other, school, reader) for other in shown.instead),
                header=reader.say("What works instead"),
            ),
            section(*_from_afar(shown, school, reader)),
            section(*focus_rows(shown.walk, library, reader), header=reader.say("Focus")),
            section(paragraph(_norms(reader)), header=reader.say("How we do it")),
            section(*_doc(shown, reader)),
            section(*_acts(shown, school, reader)),
        ],
        reader=reader,
    )


def _norms(reader: Reader) -> Markup:
    return lines(
        reader.say("Keep teaching, or keep looking: nobody performs."),
        reader.say("Look at what students say and do."),
        reader.say("Thank each other; no ratings, no reports."),
    )


def _facts(shown: Shown, school: School, reader: Reader) -> list[Json]:
    walk = shown.walk
    people = lines(
        joined(bold(reader.say("Host")), " ", names_of(school, tuple(dict.fromkeys(walk.hosts)), reader)),
        joined(bold(reader.say("Visiting")), " ", names_of(school, walk.visitors, reader)),
    )
    state = state_of(walk, shown.now, reader)
    return [
        *_stops(walk, state, reader),
        row(people),
        *_yes(shown, school, reader),
        *piece_rows(shown, reader),
        *cover_rows(walk, shown.email, school, reader),
    ]


def _told(shown: Shown, reader: Reader) -> list[Json]:
    """What has happened to it, and that one may choose anew."""
    told = [row(reader.sentence(one)) for one in shown.news]
    if shown.door_is_shut and shown.to_come:
        shut = reader.say("The door of this class is shut now. Keep your visit, or choose another time.")
        told = [paragraph(shut), *told]
    return told


def _from_afar(shown: Shown, school: School, reader: Reader) -> list[Json]:
    """How one sees the lesson without being in the room."""
    if shown.walk.kind is Kind.VIDEO:
        host = school.name_of(shown.walk.stops[0].host)
        return watch_rows(shown.video, host, reader) if shown.email in shown.walk.visitors else []
    if shown.walk.kind is not Kind.VIRTUAL or not shown.walk.stands:
        return []
    told = reader.say("Cameras and microphones stay off. The day before, try whether the link opens.")
    join = [button(reader.say("Open Google Meet"), open_link(shown.meet_link))] if shown.meet_link else []
    if shown.to_come and shown.email not in shown.walk.link_opens:
        opens = call(reader, paths.VISIT_LINK, {"walk": shown.walk.key})
        join.append(button(reader.say("It opens"), opens, alt=reader.say("The link opens here")))
    tried = names_of(school, shown.walk.link_opens, reader)
    return [
        paragraph(told),
        *([row(tried, above=reader.say("The link opens for"))] if tried else []),
        *([buttons(*join)] if join else []),
    ]


def _stops(walk: Walk, state: str, reader: Reader) -> list[Json]:
    """Each room with its minutes; the state once, with the first."""
    return [
        row(
            reader.say("A video") if walk.video else place_of(stop, reader),
            above=reader.when(stop.slot),
            below="" if number else state,
        )
        for number, stop in enumerate(walk.stops)
    ]


def _yes(shown: Shown, school: School, reader: Reader) -> list[Json]:
    """Who has answered the invitation with yes, here or in Calendar; nobody is asked why they have not."""
    if not shown.to_come:
        return []
    said = [row(names_of(school, shown.coming, reader), above=reader.say("Said yes"))] if shown.coming else []
    if shown.email in shown.coming or shown.email not in shown.walk.hosts or shown.walk.video:
        return said
    walk = {"walk": shown.walk.key}
    return [*said, buttons(button(reader.say("You are welcome"), call(reader, paths.VISIT_WELCOME, walk), main=True))]


def piece_rows(shown: Shown, reader: Reader) -> list[Json]:
    """What stands before and after the visit, at times of its own."""
    return [row(piece_name(piece.kind, reader), above=reader.when(piece.slot)) for piece in shown.walk.pieces]


def move_button(shown: Shown, reader: Reader) -> Json:
    return button(reader.say("Another time"), call(reader, paths.MOVE_OFFERS, {"walk": shown.walk.key}))


def other_time_row(shown: Shown, other: OtherTime, school: School, reader: Reader) -> Json:
    """A time to which the visit may move in one tap; of a walk through several rooms, also which they would be."""
    slot, visitors = other.slot, shown.walk.visitors
    parameters = slot_parameters(other.hosts[0], slot) | {"walk": shown.walk.key}
    if other.rooms:
        parameters["hosts"] = " ".join(other.hosts)
    rooms = ", ".join(room_name(room, reader) for room in other.rooms)
    names = reader.say("with {names}", names=names_of(school, other.hosts, reader))
    alt = reader.say("Move to {when}", when=reader.day_and_period(slot))
    return row(
        reader.day_and_period(slot),
        above=reader.hours(slot.start, slot.end),
        below=DOT.join(
            part
            for part in (
                rooms,
                names,
                *said_then(shown.calendars, visitors, (slot.start, slot.end), shown.email, school, reader),
            )
            if part
        ),
        button=button(reader.say("Move here"), call(reader, paths.MOVE, parameters), alt=alt),
    )


def _give_up(shown: Shown, reader: Reader) -> str:
    """A host says no as easily as a visitor: nobody asks either of them why."""
    return reader.say("Rather not") if shown.email in shown.walk.hosts else reader.say("Cancel")


def _mode(shown: Shown, reader: Reader) -> list[Json]:
    """What the host would like to hear: theirs to choose, for everybody to see."""
    said = dict(mode_choices(reader))[shown.walk.mode]
    if shown.email not in shown.walk.hosts or len(shown.walk.stops) > 1:
        return [row(said, above=reader.say("What the host hears"))] if shown.walk.mode else []
    walk = {"walk": shown.walk.key}
    chosen = [
        button(text, call(reader, paths.VISIT_MODE, walk | {"mode": mode}), alt=text)
        for mode, text in ((Mode.MOMENTS, reader.say("Moments")), (Mode.ADVICE, reader.say("Advice")))
        if mode != shown.walk.mode
    ]
    return [row(said, above=reader.say("What would help you to hear?")), buttons(*chosen)]


def _answers(shown: Shown, school: School, reader: Reader) -> list[Json]:
    """A proposal: everybody answers for themselves, and nobody is asked why."""
    walk = {"walk": shown.walk.key}
    no = button(reader.say("Rather not"), call(reader, paths.PROPOSAL_DECLINE, walk))
    if shown.email in shown.walk.accepted:
        waits = reader.say("You said yes. It is booked once everybody has.")
        return [paragraph(waits), buttons(no)]
    told = reader.say("This is an invitation. It is booked once everybody has said yes; nobody asks why not.")
    me, time = shown.email, (shown.walk.starts, shown.walk.ends)
    calendar = said_then(shown.calendars, (me,), time, me, school, reader)
    return [
        paragraph(lines(told, *calendar, *unknown_said(shown.calendars, (me,), me, school, reader))),
        buttons(button(reader.say("Yes, I come"), call(reader, paths.PROPOSAL_ACCEPT, walk), main=True), no),
    ]


def _piece_buttons(shown: Shown, reader: Reader) -> list[Json]:
    return [
        button(
            reader.say("A time to prepare") if kind is PieceKind.PREPARE else reader.say("A time to talk"),
            call(reader, paths.PIECES, {"walk": shown.walk.key, "kind": kind.value}),
        )
        for kind in PieceKind
    ]


def focus_rows(walk: Walk, library: Mapping[str, Focus], reader: Reader) -> list[Json]:
    found = [library[focus] for focus in walk.focus if focus in library and focus != OWN]
    rows = [row(reader.sentence(focus.label), below=DOT.join(map(reader.sentence, focus.look_fors))) for focus in found]
    own = reader.say("In the visitor's own words")
    return rows + ([row(walk.own_focus, below=own)] if walk.own_focus else [])


def _doc(shown: Shown, reader: Reader) -> list[Json]:
    if shown.walk.state in (State.PROPOSED, State.CANCELLED, State.LAPSED):
        return []  # a Doc is made once the visit is booked
    if not shown.doc_link:
        return [paragraph(reader.say("Your shared Doc is on its way; it is in the invitation as well."))]
    link = buttons(button(reader.say("Open our Doc"), open_link(shown.doc_link)))
    if not shown.is_over:
        return [link]
    step = reader.say("Write it into the table “Next step” of the Doc: what, who, by when.")
    return [row(step, above=reader.say("Our next step")), link]


def _acts(shown: Shown, school: School, reader: Reader) -> list[Json]:
    walk = {"walk": shown.walk.key}
    if shown.walk.state is State.PROPOSED and shown.walk.starts > shown.now:
        return _answers(shown, school, reader)
    if shown.to_come:
        return [
            buttons(
                move_button(shown, reader),
                *_piece_buttons(shown, reader),
                button(_give_up(shown, reader), call(reader, paths.CANCEL_ASK, walk)),
            ),
            *_mode(shown, reader),
        ]
    if shown.is_over:
        did_not = button(reader.say("It did not"), call(reader, paths.DID_NOT_HAPPEN, walk))
        thank = button(reader.say("Thank"), call(reader, paths.THANK, walk), main=True)
        thanks = [thank] if shown.email in shown.walk.visitors else []
        if shown.walk.state in DONE:
            return [buttons(*thanks, did_not)]
        happened = button(reader.say("It happened"), call(reader, paths.HAPPENED, walk), main=not thanks)
        return [buttons(*thanks, happened, did_not)]
    return []

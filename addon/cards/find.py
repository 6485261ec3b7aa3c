"""Finding a visit: one field, one choice of kind, up to eight openings, and why there is nothing sooner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from addon import paths
from addon.cards.reader import DOT, Reader
from addon.cards.widgets import button, buttons, call, card, choose, paragraph, row, section, text_field
from addon.cards.words import names_of, place, room_name
from addon.envelopes import Json
from sync.core.school.agreement import Kind
from sync.core.school.school import School
from sync.core.school.slots import Slot
from sync.core.visits.videos import Video
from sync.services.covers.cover_offers import COUNTED, CoverOffer
from sync.services.visits.finding import Found, Offer, WhyNot
from sync.services.visits.routing import RouteOffer

QUERY, KIND = "query", "kind"
ONE_CLASS, COVERED = "", "cover"
REASONS_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: `kind` is a walk type, `COVERED`, or one class; `group` goes together; `to` is the host."""

    query: str = ""
    kind: str = ONE_CLASS
    group: str = ""
    to: str = ""

    @property
    def parameters(self) -> dict[str, str]:
        """What every card on the way has to carry on."""
        carried = {"with": self.group, "to": self.to}
        return {name: value for name, value in carried.items() if value}


def find_card(found: Found, search: Search, reader: Reader) -> Json:
    """Single classes that may be booked, soonest first, each one tap from its confirmation."""
    more = search.parameters | ({KIND: search.kind} if search.kind else {})
    rows = [offer_row(offer, reader, found.focus, more) for offer in found.offers]
    return _card(rows, found.why_not, search, reader)


def routes_card(offers: Sequence[RouteOffer], why_not: Sequence[WhyNot], search: Search, school: School,
                reader: Reader) -> Json:  # fmt: skip
    """Walks through several rooms."""
    rows = [_route_row(offer, search, school, reader) for offer in offers]
    return _card(rows, why_not, search, reader)


def covered_card(offers: Sequence[CoverOffer], search: Search, reader: Reader) -> Json:
    """Visits while one teaches, where somebody could take the class."""
    rows = [_covered_row(one, search, reader) for one in offers]
    return _card(rows, (), search, reader)


def videos_card(videos: Sequence[Video], search: Search, school: School, reader: Reader) -> Json:
    """What colleagues show on video."""
    rows = [
        row(
            video.about,
            above=school.name_of(video.host),
            below=reader.say("Until {day}", day=reader.day(video.last)),
            button=button(
                reader.say("Watch"),
                call(reader, paths.VIDEO_TIMES, {"video": video.key}),
                alt=reader.say("Watch {name}", name=school.name_of(video.host)),
            ),
        )
        for video in videos
    ]
    return _card(rows, (), search, reader)


def video_times_card(video: Video, times: Sequence[Slot], school: School, reader: Reader) -> Json:
    """When one may watch a video: in a prep of one's own."""
    rows = [
        row(
            reader.minutes(slot.minutes),
            above=reader.when(slot),
            button=button(
                reader.say("Choose"),
                call(reader, paths.CONFIRM, slot_parameters(video.host, slot) | {"video": video.key}),
                alt=reader.say("Choose {when}", when=reader.when(slot)),
            ),
        )
        for slot in times
    ]
    none = paragraph(reader.say("You have no prep to spare while this video is shown."))
    return card(
        "video-times",
        reader.say("Watch a video"),
        [
            section(row(video.about, above=school.name_of(video.host))),
            section(*(rows or [none]), header=reader.say("When you have prep")),
        ],
        reader=reader,
    )


def _card(rows: Sequence[Json], why_not: Sequence[WhyNot], search: Search, reader: Reader) -> Json:
    ask = text_field(
        QUERY,
        reader.say("Who, what or when"),
        value=search.query,
        hint=reader.say("A colleague, a subject, a grade, a day, or anyone"),
    )
    kind = choose(KIND, reader.say("What kind of visit"), _kinds(search, reader), search.kind)
    again = {"again": "yes"} | search.parameters
    look = buttons(button(reader.say("Look"), call(reader, paths.FIND, again, keep_typed=True)))
    return card(
        "find",
        reader.say("Find a visit"),
        [
            section(ask, kind, look),
            section(*(rows or [_nothing(search, reader)]), header=reader.say("Come and see")),
            section(*why_not_rows(why_not, reader), header=reader.say("Why not sooner?"), folded=True),
        ],
        reader=reader,
    )


def _kinds(search: Search, reader: Reader) -> list[tuple[str, str]]:
    """Walk types; a group visits one of its own, or goes through several rooms."""
    routes = [
        (Kind.LEARNING.value, reader.say("Learning walk, several rooms")),
        (Kind.INQUIRY.value, reader.say("Inquiry walk, several rooms")),
    ]
    one = [(ONE_CLASS, reader.say("One class"))]
    if search.group or search.to:
        return one + (routes if search.group else [])
    others = [
        (Kind.VIRTUAL.value, reader.say("By Google Meet")),
        (Kind.VIDEO.value, reader.say("A video, in my prep")),
        (COVERED, reader.say("While I teach, with cover")),
    ]
    return one + routes[:1] + others


def offer_row(
    offer: Offer, reader: Reader, focus: Sequence[str] = (), more: Mapping[str, str] | None = None, note: str = ""
) -> Json:
    """One opening, with the button that leads to its confirmation; `focus` is what was searched for."""
    parameters = slot_parameters(offer.host, offer.slot) | dict(more or {})
    if focus:
        parameters["focus"] = " ".join(focus)
    seats = reader.plural("open door, {number} seat", "open door, {number} seats", offer.seats) if offer.seats else ""
    host = reader.say("with {names}", names=offer.host_name)
    return row(
        place(offer.room, offer.course, offer.grade, reader),
        above=reader.when(offer.slot),
        below=DOT.join(part for part in (host, reader.minutes(offer.slot.minutes), seats, note) if part),
        button=button(
            reader.say("Come see"),
            call(reader, paths.CONFIRM, parameters),
            alt=reader.say("Come see {name}, {when}", name=offer.host_name, when=reader.day_and_period(offer.slot)),
        ),
    )


def _covered_row(one: CoverOffer, search: Search, reader: Reader) -> Json:
    many = reader.plural("{number} could take your class", "{number} could take your class", one.could_cover)
    if one.could_cover == COUNTED:
        many = reader.say("{number} or more could take your class", number=COUNTED)
    note = DOT.join([many, *([reader.say("easy to take")] if one.easy else [])])
    return offer_row(one.offer, reader, more=search.parameters | {KIND: COVERED}, note=note)


def _route_row(offer: RouteOffer, search: Search, school: School, reader: Reader) -> Json:
    rooms = ", ".join(room_name(stop.room, reader) for stop in offer.stops)
    parameters = route_parameters(offer.kind, offer.hosts, offer.slot, offer.minutes) | search.parameters
    whole = reader.say("{minutes} in all", minutes=reader.minutes(offer.slot.minutes))
    return row(
        rooms,
        above=reader.when(offer.slot),
        below=DOT.join((names_of(school, offer.hosts, reader), whole)),
        button=button(
            reader.say("Come see"),
            call(reader, paths.CONFIRM, parameters),
            alt=reader.say("Come see {name}, {when}", name=rooms, when=reader.day_and_period(offer.slot)),
        ),
    )


def slot_parameters(host: str, slot: Slot) -> dict[str, str]:
    """What names a stop in a card: untrusted when it comes back, as every parameter is."""
    return {"host": host, "day": slot.date.isoformat(), "period": slot.period, "minutes": str(slot.minutes)}


def route_parameters(kind: Kind, hosts: Sequence[str], slot: Slot, minutes: int) -> dict[str, str]:
    """What names a walk through several rooms; `minutes` are those in each."""
    named = {KIND: kind.value, "hosts": " ".join(hosts), "minutes": str(minutes)}
    return slot_parameters(hosts[0], slot) | named


def _nothing(search: Search, reader: Reader) -> Json:
    if search.kind == Kind.INQUIRY and not search.group:
        return paragraph(reader.say("An inquiry walk is for three to six; look for one under My group."))
    if search.query:
        return paragraph(
            reader.say(
                "Nothing open for “{query}” in the next days. Try a colleague's name, or leave it empty.",
                query=search.query,
            )
        )
    if search.kind == Kind.VIDEO:
        return paragraph(reader.say("No colleague shows a video just now."))
    return paragraph(reader.say("Nothing is open for you in the next days. Below is why; a colleague may know a way."))


def why_not_rows(why_not: Sequence[WhyNot], reader: Reader) -> list[Json]:
    """Reasons, each as it is said of the first period that it closes, and how many more it closes."""
    return [
        row(reader.sentence(reason.sentence), below=_and_more(reason.slots - 1, reader))
        for reason in why_not[:REASONS_AT_MOST]
    ]


def _and_more(periods: int, reader: Reader) -> str:
    said = reader.plural("So it is in {number} more period.", "So it is in {number} more periods.", periods)
    return said if periods else ""

"""Beside Google Calendar: finding a visit, of any kind, alone or with a group."""

from __future__ import annotations

from addon import paths
from addon.cards.find import (
    COVERED,
    KIND,
    QUERY,
    Search,
    covered_card,
    find_card,
    routes_card,
    video_times_card,
    videos_card,
)
from addon.envelopes import Answer, Json, push, update
from addon.routes.calls import Call, OutOfDate
from addon.routes.doors import Doors
from sync.core.refusals import Refused
from sync.core.school.agreement import Kind
from sync.core.visits.purpose import purpose_comes_first
from sync.core.visits.routes import ROUTES
from sync.services import my_year
from sync.services.covers.cover_offers import offers_with_cover
from sync.services.visits import finding, routing, watching

routes = Doors("finding", __name__)
GROUP_DAYS = 20
"""school days in which a common time of a group is looked for"""


@routes.action(paths.FIND)
def find(call: Call) -> Answer:
    """From its own card the card is renewed; from any other a new one comes on top. Empty fields may not be sent."""
    search = _search(call)
    card = _found(call, search)
    return update(card) if search.query or call.event.parameter("again") else push(card)


@routes.action(paths.VIDEO_TIMES)
def video_times(call: Call) -> Answer:
    video = watching.video_of(call.product.store, call.product.clock, call.school_key, call.event.parameter("video"))
    if video is None:
        raise OutOfDate
    times = watching.times_for(call.product.store, call.product.clock, call.school_key, [call.person.email], video)
    return push(video_times_card(video, times, call.school, call.reader))


def _search(call: Call) -> Search:
    to = call.event.parameter("to").lower()
    if to and to not in call.school.staff:
        raise OutOfDate
    kind = call.event.typed(KIND) or call.event.parameter(KIND)
    return Search(call.event.typed(QUERY), kind if kind in (COVERED, *Kind) else "", call.group(), to)


def _found(call: Call, search: Search) -> Json:
    store, clock, key, me = call.product.store, call.product.clock, call.school_key, call.person.email
    if search.kind == Kind.VIDEO:
        return videos_card(watching.videos_for(store, clock, key, me), search, call.school, call.reader)
    if search.kind == COVERED:
        return covered_card(offers_with_cover(store, clock, key, me, query=search.query), search, call.reader)
    if search.kind in ROUTES:
        return _routes(call, search, Kind(search.kind))
    if search.group:
        return find_card(_for_group(call, search), search, call.reader)
    return find_card(finding.find(store, clock, key, me, query=search.query, host=search.to), search, call.reader)


def _routes(call: Call, search: Search, kind: Kind) -> Json:
    """Through several rooms: alone, or with the whole of a group, of which then nobody hosts."""
    visitors = call.school.groups[search.group] if search.group else (call.person.email,)
    if first := next(purpose_comes_first(call.school, search.group), None):
        why = (finding.WhyNot(first.code, first.rule, first.sentence, 1),)
        return routes_card((), why, search, call.school, call.reader)
    try:
        found = routing.find_routes(
            call.product.store, call.product.clock, call.school_key, visitors, kind, query=search.query
        )
    except Refused:
        found = routing.FoundRoutes()  # this kind wants more company; the card says so
    return routes_card(found.offers, found.why_not, search, call.school, call.reader)


def _for_group(call: Call, search: Search) -> finding.Found:
    """When all of a group but the member whose turn it is to host can visit that member."""
    if first := next(purpose_comes_first(call.school, search.group), None):
        return finding.Found(why_not=(finding.WhyNot(first.code, first.rule, first.sentence, 1),))
    mine = my_year.groups_of(call.product.store, call.product.clock, call.school_key, call.person.email)
    host = next(one.next_host for one in mine if one.name == search.group)
    if host == call.person.email:
        return finding.Found()
    visitors = call.with_group(host)
    with call.product.store.work() as work:
        now = call.product.clock.now()
        return finding.find_in(work, now, call.school_key, visitors, query=search.query, host=host, days=GROUP_DAYS)

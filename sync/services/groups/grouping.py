"""Groups of three or four across grades: forming one, joining, leaving, and choosing who hosts next.

The members of a group are part of the school, as a coordinator's own groups are; who is to join stands beside it until
they have answered. Visits that are booked stand, whoever leaves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sync.core.school.school import School
from sync.core.visits.together import GROUP_AT_MOST, GroupAsk, Turn, free_name, joined, left
from sync.services.groups.colleagues import teacher
from sync.services.ports import Clock, Item, Store, Topic, Work, item_key
from sync.services.visits.refusing import refuse

ASKS_AT_MOST = 12
"""open invitations of one group"""


@dataclass(frozen=True, slots=True)
class OpenAsks:
    """What waits for an answer around one person."""

    invited: tuple[GroupAsk, ...] = ()
    """to this person"""
    to_let_in: tuple[GroupAsk, ...] = ()
    """people who would like to join this person's groups"""
    sent: tuple[GroupAsk, ...] = ()
    """by this person, to others or to a group"""


def asks_of(store: Store, school_key: str, email: str) -> OpenAsks:
    """What waits for this person's answer, and what they wait for."""
    me = email.lower()
    with store.work() as work:
        groups, asks = work.schools.get(school_key).school.groups, work.together.asks(school_key)
    return OpenAsks(
        invited=tuple(ask for ask in asks if ask.is_invitation and ask.email == me),
        to_let_in=tuple(ask for ask in asks if not ask.is_invitation and me in groups.get(ask.group, ())),
        sent=tuple(ask for ask in asks if ask.by == me),
    )


def groups_with_room(store: Store, school_key: str, email: str) -> list[tuple[str, tuple[str, ...]]]:
    """Groups that one more may join, and who is in them; this person's own are left out."""
    with store.work() as work:
        groups = work.schools.get(school_key).school.groups
    return [(name, some) for name, some in sorted(groups.items()) if len(some) < GROUP_AT_MOST and email not in some]


def invite(store: Store, clock: Clock, school_key: str, *, actor: str, colleague: str, group: str = "") -> GroupAsk:
    """Invite a colleague into a group of one's own; without a group, into a new one. Raises `Refused`."""
    now = clock.now()
    with store.work() as work:
        work.lock(school_key)
        school = work.schools.get(school_key).school
        me, guest = teacher(school, actor).email, teacher(school, colleague).email
        asks = work.together.asks(school_key)
        name = group or _being_formed(school, asks, me) or free_name(school.groups, asks)
        members = school.groups.get(name, (me,))
        if me not in members:
            raise refuse("not_in_group", "groups", "You invite into groups of your own; My group shows them.")
        if guest in members:
            raise refuse("in_group", "groups", f"{school.person(guest).name} is in this group already.")
        _must_have_room(members)
        if sum(ask.group == name for ask in asks) >= ASKS_AT_MOST:
            raise refuse("asks", "groups", "Many are invited already; wait until some have answered.")
        ask = GroupAsk(name, guest, me, now)
        work.together.keep_ask(school_key, ask)
        inviter = school.person(me).name
        _tell(work, school_key, ask, guest, f"{inviter} invites you into a group; answer under My group.")
        work.commit()
    return ask


def ask_to_join(store: Store, clock: Clock, school_key: str, *, actor: str, group: str) -> GroupAsk:
    """Ask the members of a group to be let in. Raises `Refused`."""
    with store.work() as work:
        work.lock(school_key)
        school = work.schools.get(school_key).school
        me, members = teacher(school, actor).email, _members(school, group)
        if me in members:
            raise refuse("in_group", "groups", "You are in this group already.")
        _must_have_room(members)
        ask = GroupAsk(group, me, me, clock.now())
        if not any((one.group, one.email) == (group, me) for one in work.together.asks(school_key)):
            work.together.keep_ask(school_key, ask)
            for member in members:
                asks = f"{school.person(me).name} would like to join your group; answer under My group."
                _tell(work, school_key, ask, member, asks)
            work.commit()
    return ask


def answer(store: Store, clock: Clock, school_key: str, *, actor: str, group: str, email: str, yes: bool) -> School:
    """Answer an invitation, or let somebody in who asked; nobody is asked why not. Raises `Refused`.

    An invitation is answered by whom it is to, a request by any member. Either is taken back by who made it.
    """
    me = actor.lower()
    with store.work() as work:
        work.lock(school_key)
        school = work.schools.get(school_key).school
        ask = next((one for one in work.together.asks(school_key) if (one.group, one.email) == (group, email)), None)
        if ask is None:
            raise refuse("answered", "groups", "This is answered already; My group shows how it stands.")
        may = me == ask.email if ask.is_invitation else me in school.groups.get(group, ())
        if not may and not (me == ask.by and not yes):
            raise refuse("not_yours", "groups", "This is not yours to answer; My group shows what is.")
        if yes:
            founder = () if group in school.groups else (ask.by,)
            _must_have_room(school.groups.get(group, founder))
            school = replace(school, groups=joined(school.groups, group, *founder, ask.email))
            work.schools.save(school_key, school)
            others = [one for one in school.groups[group] if one != me]
            for member in others:
                _tell(work, school_key, ask, member, f"{school.name_of(ask.email)} is in your group now.", "in")
        work.together.drop_ask(school_key, group, email)
        work.commit()
    return school


def leave(store: Store, school_key: str, *, actor: str, group: str) -> School:
    """Leave a group; a group of one ends. Visits that are booked stand. Leaving twice is fine."""
    me = actor.lower()
    with store.work() as work:
        work.lock(school_key)
        school = work.schools.get(school_key).school
        if me in school.groups.get(group, ()):
            school = replace(school, groups=left(school.groups, group, me))
            work.schools.save(school_key, school)
            work.commit()
    return school


def choose_host(store: Store, clock: Clock, school_key: str, *, actor: str, group: str, host: str) -> Turn:
    """A member says who hosts next; without it they host in turn. Raises `Refused`."""
    with store.work() as work:
        work.lock(school_key)
        school = work.schools.get(school_key).school
        members = _members(school, group)
        if actor.lower() not in members or host.lower() not in members:
            raise refuse("not_in_group", "groups", "A group chooses among its own members; My group shows them.")
        turn = Turn(group, host.lower(), clock.now())
        work.together.keep_turn(school_key, turn)
        work.commit()
    return turn


# --- what they share ---


def _being_formed(school: School, asks: list[GroupAsk], me: str) -> str:
    """The group that this person has begun to form, where nobody has answered yet."""
    return next((ask.group for ask in asks if ask.by == me != ask.email and ask.group not in school.groups), "")


def _members(school: School, group: str) -> tuple[str, ...]:
    if group not in school.groups:
        raise refuse("no_such_group", "groups", f"There is no group {group} any more; choose one of yours.")
    return school.groups[group]


def _must_have_room(members: tuple[str, ...]) -> None:
    if len(members) >= GROUP_AT_MOST:
        raise refuse("group_full", "groups", f"A group has {GROUP_AT_MOST} members at most; form another one.")


def _tell(work: Work, school_key: str, ask: GroupAsk, email: str, sentence: str, what: str = "ask") -> None:
    key = item_key("group", what, ask.group, ask.email, ask.since.isoformat(), email)
    work.news.tell(school_key, [Item(key, email, Topic.OTHER, sentence, ask.since)])

"""Beside Google Calendar: a colleague for the year, and groups."""

from __future__ import annotations

from addon import paths
from addon.cards.mine import group_card
from addon.cards.together import NAME, choose_colleague_card, groups_card, host_card, invite_card, leave_card
from addon.envelopes import Answer, Json, back_to, from_root, push, update
from addon.routes.calls import Call, OutOfDate
from addon.routes.doors import Doors
from addon.routes.shows import home_of
from sync.core.school.days import school_year
from sync.core.visits.together import shared_grades
from sync.services import my_year
from sync.services.groups import colleagues, grouping
from sync.services.notes import access, open_to

routes = Doors("together", __name__)


@routes.action(paths.MY_GROUP)
def my_group(call: Call) -> Answer:
    return back_to(_groups(call)) if call.event.parameter("back") else push(_groups(call))


# --- a colleague for the year ---


@routes.action(paths.COLLEAGUE)
def colleague(call: Call) -> Answer:
    typed = call.event.typed(NAME)
    found = colleagues.people_like(call.school, typed, of=call.person, but=frozenset({call.person.email}))
    card = choose_colleague_card(found, typed, call.school, call.reader)
    return update(card) if call.event.parameter("again") else push(card)


@routes.action(paths.COLLEAGUE_CHOOSE)
def choose_colleague(call: Call) -> Answer:
    """What is told is the same whether or not the colleague has chosen somebody else."""
    choice = colleagues.choose(
        call.product.store, call.product.clock, call.school_key, actor=call.person.email, colleague=call.colleague()
    )
    mutual = call.reader.say("You chose each other.")
    return _groups_from_home(call, mutual if choice.colleague else call.reader.say("Only you know."))


@routes.action(paths.COLLEAGUE_TAKE_BACK)
def take_back(call: Call) -> Answer:
    colleagues.take_back(call.product.store, call.product.clock, call.school_key, actor=call.person.email)
    return _groups_from_home(call, call.reader.say("Noted."))


# --- groups ---


@routes.action(paths.GROUP_INVITE)
def invite(call: Call) -> Answer:
    group, typed = _own_group(call), call.event.typed(NAME)
    members = call.school.groups.get(group, (call.person.email,))
    found = colleagues.people_like(call.school, typed, of=call.person, but=frozenset(members))
    grades = shared_grades(call.school, members)
    card = invite_card(found, typed, group, grades, call.reader)
    return update(card) if call.event.parameter("again") else push(card)


@routes.action(paths.GROUP_INVITE_SEND)
def send_invitation(call: Call) -> Answer:
    grouping.invite(
        call.product.store, call.product.clock, call.school_key,
        actor=call.person.email, colleague=call.colleague(), group=_own_group(call),
    )  # fmt: skip
    call.changed()
    return _groups_from_home(call, call.reader.say("Invited."))


@routes.action(paths.GROUPS)
def groups_with_room(call: Call) -> Answer:
    found = grouping.groups_with_room(call.product.store, call.school_key, call.person.email)
    return push(groups_card(found, call.school, call.reader))


@routes.action(paths.GROUP_ASK)
def ask_to_join(call: Call) -> Answer:
    group = call.event.parameter("group")
    grouping.ask_to_join(call.product.store, call.product.clock, call.school_key, actor=call.person.email, group=group)
    call.changed()
    return _groups_from_home(call, call.reader.say("The group is asked."))


@routes.action(paths.GROUP_ANSWER)
def answer(call: Call) -> Answer:
    school = grouping.answer(
        call.product.store, call.product.clock, call.school_key,
        actor=call.person.email, group=call.event.parameter("group"), email=call.event.parameter("email"),
        yes=call.event.parameter("yes") == "yes",
    )  # fmt: skip
    call.changed()
    return _groups_from_home(call.at(school), call.reader.say("Noted."))


@routes.action(paths.GROUP_LEAVE_ASK)
def ask_to_leave(call: Call) -> Answer:
    return push(leave_card(_own_group(call, needed=True), call.reader))


@routes.action(paths.GROUP_LEAVE)
def leave(call: Call) -> Answer:
    school = grouping.leave(
        call.product.store, call.school_key, actor=call.person.email, group=_own_group(call, needed=True)
    )
    call.changed()
    return _groups_from_home(call.at(school), call.reader.say("Noted."))


@routes.action(paths.GROUP_HOSTS)
def hosts(call: Call) -> Answer:
    group = call.group()
    if not group:
        raise OutOfDate
    return push(_host_card(call, group))


@routes.action(paths.GROUP_HOST)
def choose_host(call: Call) -> Answer:
    grouping.choose_host(
        call.product.store, call.product.clock, call.school_key,
        actor=call.person.email, group=call.group(), host=call.colleague(),
    )  # fmt: skip
    return back_to(_groups(call), call.reader.say("Noted."))


@routes.action(paths.GROUP_READ)
def let_hosts_read(call: Call) -> Answer:
    """Whether hosts from outside read along in the whole Doc, or only in a Doc of their own visit."""
    group, yes = _own_group(call, needed=True), call.event.parameter("yes") == "1"
    access.let_hosts_read(call.product.store, call.school_key, group, actor=call.person.email, yes=yes)
    call.changed()
    return update(_host_card(call, group), call.reader.say("Noted."))


def _host_card(call: Call, group: str) -> Json:
    with call.product.store.work() as work:
        opened = group in work.access.opened(call.school_key)
    return host_card(group, call.school.groups[group], call.school, call.reader, reads_along=opened)


def _own_group(call: Call, *, needed: bool = False) -> str:
    """The `group` of the card's parameters, in which this person is; "" = a new one. Raises `OutOfDate`."""
    name = call.event.parameter("group")
    if (needed or name) and call.person.email not in call.school.groups.get(name, ()):
        raise OutOfDate
    return name


def _groups_from_home(call: Call, notice: str) -> Answer:
    return from_root(home_of(call), _groups(call), notice=notice)


def _groups(call: Call) -> Json:
    store, clock, me = call.product.store, call.product.clock, call.person.email
    return group_card(
        my_year.groups_of(store, clock, call.school_key, me),
        grouping.asks_of(store, call.school_key, me),
        colleagues.choice_of(store, clock, call.school_key, me),
        me,
        call.school,
        call.reader,
        open_to.of_groups(store, call.school_key, school_year(call.today())),
    )

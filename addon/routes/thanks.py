"""Beside Google Calendar: thanking a host after a visit."""

from __future__ import annotations

from addon import paths
from addon.cards.thanks import BORROW, SAW, draft_card, thank_card
from addon.envelopes import Answer, from_root, push, update
from addon.manifest import SEND_MAIL
from addon.routes.calls import Call, OutOfDate
from addon.routes.doors import Doors
from addon.routes.shows import home_of
from sync.core.notes.thanks import Borrowing
from sync.core.visits.walk import DONE, Walk
from sync.services.notes import thanking
from sync.services.ports import Fault, Mail
from sync.services.visits import booking

routes = Doors("thanks", __name__)


@routes.action(paths.THANK)
def thank(call: Call) -> Answer:
    walk, host = _visit(call)
    if walk.state not in DONE:
        # Whoever thanks says that it happened; the thank-you is noted with it.
        booking.happened(call.product.store, call.product.clock, call.school_key, walk.key, actor=call.person.email)
        call.changed()
    return push(thank_card(walk.key, host, call.school, call.reader))


@routes.action(paths.THANK_DRAFT)
def draft(call: Call) -> Answer:
    walk, host = _visit(call)
    saw, borrow = call.event.typed(SAW), call.event.typed(BORROW)
    made = _draft(call, walk, host, saw=saw, borrow=borrow)
    if borrow:
        thanking.borrowed(
            call.product.store, call.school_key, walk.key,
            actor=call.person.email, host=host, what=Borrowing.WILL_TRY,
        )  # fmt: skip
    send = {"walk": walk.key, "host": host, "saw": saw, "borrow": borrow} if _mail(call) else None
    return push(draft_card(made, walk.key, call.reader, send=send))


@routes.action(paths.THANK_SEND)
def send(call: Call) -> Answer:
    """The draft as it stood on the card, sent as the visitor; where Google does not take it, the draft says so."""
    walk, host = _visit(call)
    mail = _mail(call)
    if mail is None:
        raise OutOfDate
    words = {name: call.event.parameter(name) for name in ("saw", "borrow")}
    try:
        thanking.send(
            call.product.store, mail, call.product.clock, call.school_key, walk.key,
            actor=call.person.email, host=host, speech=call.reader, **words,
        )  # fmt: skip
    except Fault:
        made = _draft(call, walk, host, **words)
        told = call.reader.say("Google did not send it. Nothing is lost: open it in Gmail.")
        return update(draft_card(made, walk.key, call.reader), told)
    return from_root(home_of(call), notice=call.reader.say("Sent. Somebody's day is better for it."))


def _draft(call: Call, walk: Walk, host: str, *, saw: str, borrow: str) -> thanking.Draft:
    """In the language in which its writer reads."""
    return thanking.draft(
        call.product.store, call.school_key, walk.key,
        actor=call.person.email, host=host, saw=saw, borrow=borrow, speech=call.reader,
    )  # fmt: skip


def _mail(call: Call) -> Mail | None:
    """What sends as this person: their own grant, else the school's; a Google that does not answer counts as none."""
    if call.product.own_mail and call.event.access and SEND_MAIL in (call.event.scopes or ()):
        return call.product.own_mail(call.event.access)
    mail = call.product.google.mail if call.product.google else None
    try:
        return mail if mail and mail.granted(call.person.email) else None
    except Fault:
        return None


@routes.action(paths.THANK_SENT)
def sent(call: Call) -> Answer:
    walk, host = _visit(call)
    thanking.sent(call.product.store, call.product.clock, call.school_key, walk.key, actor=call.person.email, host=host)
    return from_root(home_of(call), notice=call.reader.say("Noted. Somebody's day is better for it."))


@routes.action(paths.THANK_LET_BE)
def let_be(call: Call) -> Answer:
    walk, host = _visit(call)
    thanking.let_be(
        call.product.store, call.product.clock, call.school_key, walk.key, actor=call.person.email, host=host
    )
    return from_root(home_of(call), notice=call.reader.say("Noted."))


def _visit(call: Call) -> tuple[Walk, str]:
    """A visit this person made, and one of its hosts. Raises `OutOfDate`."""
    walk = call.walk()
    host = call.event.parameter("host").lower() or walk.hosts[0]
    if call.person.email not in walk.visitors or host not in walk.hosts:
        raise OutOfDate
    return walk, host

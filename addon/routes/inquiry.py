"""What the school asks itself: guiding questions, from a teacher's own words to a focus, and the pulse."""

from __future__ import annotations

from addon import paths
from addon.cards.checkins import not_now_card
from addon.cards.inquiry import WORDS, pulse_card, questions_card
from addon.envelopes import Answer, Json, back_to, push, update
from addon.routes.calls import Call
from addon.routes.doors import Doors
from addon.routes.overseeing import coordinates, for_coordinators
from sync.core.sheet.inquiry import ANSWERS, PULSE
from sync.services.inquiry import charter, pulse, questions
from sync.services.ports import Fault

routes = Doors("inquiry", __name__)


@routes.action(paths.QUESTIONS)
def look(call: Call) -> Answer:
    return push(_card(call))


@routes.action(paths.QUESTION_PROPOSE)
def propose(call: Call) -> Answer:
    questions.propose(
        call.product.store, call.product.clock, call.school_key,
        actor=call.person.email, words=call.event.typed(WORDS),
    )  # fmt: skip
    call.changed()
    return update(_card(call), call.reader.say("Proposed, with your vote."))


@routes.action(paths.QUESTION_VOTE)
def vote(call: Call) -> Answer:
    questions.vote(
        call.product.store, call.school_key,
        actor=call.person.email, key=call.key("question"), yes=bool(call.event.parameter("yes")),
    )  # fmt: skip
    call.changed()
    return update(_card(call))


@routes.action(paths.QUESTION_TAKE_UP)
@for_coordinators
def take_up(call: Call) -> Answer:
    questions.take_up(
        call.product.store, call.product.clock, call.school_key, actor=call.person.email, key=call.key("question")
    )
    call.changed()
    return update(_card(call), call.reader.say("From now on visitors can choose it."))


@routes.action(paths.QUESTION_PUT_ASIDE)
@for_coordinators
def put_aside(call: Call) -> Answer:
    questions.put_aside(call.product.store, call.school_key, actor=call.person.email, key=call.key("question"))
    call.changed()
    return update(_card(call))


@routes.action(paths.CHARTER)
@for_coordinators
def begin_charter(call: Call) -> Answer:
    google = call.product.google
    if google is None:
        return push(not_now_card(call.reader))
    try:
        charter.make(call.product.store, google, call.school_key, actor=call.person.email)
    except Fault:
        return push(not_now_card(call.reader))
    with call.product.store.work() as work:
        after = call.at(work.schools.get(call.school_key).school)
    return update(_card(after), call.reader.say("It is in the school's folder."))


@routes.action(paths.PULSE)
def ask_pulse(call: Call) -> Answer:
    return push(pulse_card(call.reader) if _pulse_due(call) else _card(call))


@routes.action(paths.PULSE_SEND)
def send_pulse(call: Call) -> Answer:
    """What cannot be an answer is asked for again; nothing of it is kept or logged."""
    said = {name: call.event.typed(name) for name in PULSE}
    places = {str(place): place for place in range(len(ANSWERS))}
    answers = {name: places[text] for name, text in said.items() if text in places}
    counted = pulse.answer(
        call.product.store, call.product.clock, call.school_key, actor=call.person.email, answers=answers
    )
    call.changed()
    return back_to(_card(call), call.reader.say("Counted. Thank you.") if counted else "")


def _card(call: Call) -> Json:
    found = questions.standing(call.product.store, call.school_key, call.person.email)
    return questions_card(
        found,
        call.reader,
        coordinates=coordinates(call),
        pulse_due=_pulse_due(call),
        charter=call.school.notes.charter,
    )


def _pulse_due(call: Call) -> bool:
    return pulse.is_due(call.product.store, call.product.clock, call.school_key, call.person.email)

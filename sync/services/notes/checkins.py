"""Check-ins: planned a few times a year, packed by the teacher alone, and what was asked for as a queue with owners."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from uuid import uuid4

from sync.core.notes import checkin as rules
from sync.core.notes.checkin import PER_YEAR, CheckIn, CheckInState, Evidence, SupportRequest, SupportState
from sync.core.notes.wall import Viewer, may_see
from sync.core.school.people import COORDINATOR, LEADER
from sync.core.school.school import NoSuchPerson, School
from sync.services.mirrors.provisioning import provision
from sync.services.ports import Clock, PacketView, Store, Work, Workspace
from sync.services.visits.refusing import refuse

WORDS_AT_MOST = 1000


def plan(
    store: Store,
    school_key: str,
    *,
    actor: str,
    leader: str,
    teachers: Sequence[str],
    first: date,
    last: date,
    per_year: int = PER_YEAR,
) -> list[CheckIn]:
    """Dates around which a leader meets these teachers; asked again, the same ones. Raises `Refused`."""
    with store.work() as work:
        work.lock(school_key)
        school = work.schools.get(school_key).school
        _must_lead(school, actor)
        people = [_person(school, one) for one in (leader, *teachers)]
        there = {one.key: one for one in work.notebook.check_ins(school_key)}
        planned = [
            CheckIn(_key(school_key, people[0], teacher, around), teacher, people[0], around)
            for teacher in dict.fromkeys(people[1:])
            for around in rules.dates(school, first, last, per_year)
        ]
        for one in planned:
            if one.key not in there:
                work.notebook.keep_check_in(school_key, one)
        work.commit()
    return [there.get(one.key, one) for one in planned]


def of_person(store: Store, school_key: str, email: str) -> list[CheckIn]:
    """The check-ins somebody is part of, as teacher or as leader, in order."""
    with store.work() as work:
        return work.notebook.check_ins(school_key, email.lower())


def nearest(check_ins: Sequence[CheckIn], today: date, at_most: int) -> tuple[list[CheckIn], int]:
    """Those around today that are still to come, in order, and how many more there are: a leader may have hundreds."""
    by_nearness = sorted(
        check_ins, key=lambda one: (one.state is CheckInState.MET, abs((one.around - today).days), one.key)
    )
    shown = sorted(by_nearness[:at_most], key=lambda one: (one.around, one.key))
    return shown, len(check_ins) - len(shown)


def to_pick_from(store: Store, school_key: str, *, actor: str) -> list[Evidence]:
    """What a teacher may bring: their own next steps, and the lines marked in visits they took part in."""
    email = actor.lower()
    with store.work() as work:
        steps = [step for step in work.notebook.steps(school_key) if step.owner == email]
        lines = [
            line
            for line in work.notebook.lines(school_key)
            if (walk := work.walks.get(school_key, line.walk)) and email in walk.people
        ]
    return [Evidence(step.what, "a next step of mine") for step in steps] + [
        Evidence(line.words, "from a visit") for line in lines
    ]


def pack(
    store: Store,
    workspace: Workspace,
    clock: Clock,
    school_key: str,
    key: str,
    *,
    actor: str,
    evidence: Sequence[Evidence],
) -> CheckIn:
    """Make the check-in's Doc of exactly what the teacher picked, and give it to the leader. Raises `Refused`, `Fault`.

    A fresh Doc, so that its history holds nothing else. Packed again, it stays as it is: people write in it by then.
    """
    rooms = provision(store, workspace, school_key)
    with store.work() as work:
        work.lock(school_key)
        school = work.schools.get(school_key).school
        check_in = _own(work, school_key, key, actor)
        if check_in.doc_id:
            return check_in
        if not check_in.folder_id:
            check_in = replace(check_in, folder_id=workspace.notes.new_folder_id(rooms))
            work.notebook.keep_check_in(school_key, check_in)
            work.commit()
    people = (check_in.teacher, check_in.leader)
    view = PacketView(
        check_in.key,
        f"Check-in · {school.person(check_in.teacher).name} · {check_in.around:%B %Y}",
        people,
        tuple(rules.packet_lines(evidence)),
        datetime.combine(check_in.around, time(12), tzinfo=school.zone),
        school.zone.key,
    )
    made = workspace.notes.packet(rooms, check_in.folder_id, view)
    packed = replace(check_in, doc_id=made, state=CheckInState.PACKED)
    with store.work() as work:
        work.notebook.keep_check_in(school_key, packed)
        work.commit()
    return packed


def met(store: Store, school_key: str, key: str, *, actor: str) -> CheckIn:
    """Either of the two says that they have met. Raises `Refused`."""
    with store.work() as work:
        work.lock(school_key)
        for one in work.notebook.check_ins(school_key, actor.lower()):
            if one.key == key:
                done = replace(one, state=CheckInState.MET)
                work.notebook.keep_check_in(school_key, done)
                work.commit()
                return done
    raise refuse("not_yours", "people", "This is not one of your check-ins; My year shows those that are.")


# --- how can we support you? ---


def ask_support(store: Store, clock: Clock, school_key: str, *, actor: str, leader: str, words: str) -> SupportRequest:
    """The teacher asks for something, in their own words, of one leader. Raises `Refused`."""
    said = " ".join(words.split())[:WORDS_AT_MOST]
    if not said:
        raise refuse("no_words", "support", "Say what would help; one sentence is enough.")
    with store.work() as work:
        school = work.schools.get(school_key).school
        teacher, leader = (_person(school, one) for one in (actor, leader))
        made = SupportRequest(uuid4().hex, teacher, leader, said, clock.now())
        work.notebook.keep_request(school_key, made)
        work.commit()
    return made


def support_queue(store: Store, school_key: str, *, actor: str) -> list[SupportRequest]:
    """The open requests this person may see: the teacher's own, and those said to them or taken on by them."""
    with store.work() as work:
        viewer = Viewer.of(work.schools.get(school_key).school.person(actor), school_key)
        found = work.notebook.requests(school_key)
    return rules.queue(one for one in found if may_see(viewer, one.artefact(school_key)))


def take_on(store: Store, school_key: str, key: str, *, actor: str, helper: str) -> SupportRequest:
    """The leader it was said to gives a request an owner. Raises `Refused`."""
    with store.work() as work:
        work.lock(school_key)
        helper = _person(work.schools.get(school_key).school, helper)
        request = _request(work, school_key, key)
        if actor.lower() != request.leader:
            raise refuse("not_yours", "people", "Only the leader it was said to can hand a request on.")
        taken = request.taken_by(helper)
        work.notebook.keep_request(school_key, taken)
        work.commit()
    return taken


def support_given(store: Store, school_key: str, key: str, *, actor: str) -> SupportRequest:
    """The teacher, or who took it on, says that it is done. Raises `Refused`."""
    with store.work() as work:
        work.lock(school_key)
        request = _request(work, school_key, key)
        if actor.lower() not in (request.teacher, request.owner):
            raise refuse("not_yours", "people", "Only the teacher, or who took it on, can say that it is done.")
        done = replace(request, state=SupportState.DONE)
        work.notebook.keep_request(school_key, done)
        work.commit()
    return done


def _own(work: Work, school_key: str, key: str, actor: str) -> CheckIn:
    for one in work.notebook.check_ins(school_key, actor.lower()):
        if one.key == key and one.teacher == actor.lower():
            return one
    raise refuse("not_yours", "people", "Only the teacher packs for a check-in; My year shows your own.")


def _request(work: Work, school_key: str, key: str) -> SupportRequest:
    for one in work.notebook.requests(school_key):
        if one.key == key:
            return one
    raise refuse("no_such_request", "support", "This request is not there any more.")


def _must_lead(school: School, actor: str) -> None:
    person = school.person(actor)
    if not (person.has_role(LEADER) or person.has_role(COORDINATOR)):
        raise refuse("not_a_leader", "people", "Check-ins are planned by a leader or a coordinator.")


def _person(school: School, email: str) -> str:
    try:
        return school.person(email).email
    except NoSuchPerson as error:
        raise refuse("no_such_person", "people", str(error)) from error


def _key(school_key: str, leader: str, teacher: str, around: date) -> str:
    return hashlib.sha256(f"{school_key}\n{leader}\n{teacher}\n{around}".encode()).hexdigest()[:32]

"""A check-in's Doc holds what the teacher picked, in its first version too, and opens for those two alone."""

from __future__ import annotations

import pytest

from sync.core.notes.checkin import CheckInState, Evidence
from sync.core.refusals import Refused
from sync.services.notes import checkins
from tests.google.conftest import Hall
from tests.google.writing import all_text
from tests.personas import ADA, CLEO, EVE, FIRST, LAST


def packed(hall: Hall) -> tuple[str, str]:
    """The check-in's key, and its Doc's id."""
    hall.sync()
    planned = checkins.plan(hall.store, "maple", actor=CLEO, leader=CLEO, teachers=[ADA], first=FIRST, last=LAST)[0]
    evidence = [Evidence("Six pupils asked *why* {{people}}", "my visit"), Evidence("Seven seconds")]
    done = checkins.pack(
        hall.store, hall.side.workspace, hall.clock, "maple", planned.key, actor=ADA, evidence=evidence
    )
    assert done.state is CheckInState.PACKED
    return planned.key, done.doc_id


def test_a_packet_holds_the_four_questions_and_the_lines_that_were_picked(hall: Hall) -> None:
    key, doc = packed(hall)
    text = all_text(hall.doc(doc))
    for words in ("What are your goals now?", "How can we support you?", "“Seven seconds”"):
        assert words in text
    assert "“Six pupils asked *why* {{people}} (my visit)”" in text, "lines are never taken for markup"
    again = checkins.pack(
        hall.store, hall.side.workspace, hall.clock, "maple", key, actor=ADA, evidence=[Evidence("more")]
    )
    assert again.doc_id == doc
    assert all_text(hall.doc(doc)) == text


def test_a_packet_opens_for_the_teacher_and_the_leader_and_nobody_else(hall: Hall) -> None:
    key, doc = packed(hall)
    permissions = hall.side.as_().api.permissions.list(fileId=doc, fields="permissions(emailAddress)")
    readers = {one["emailAddress"] for one in hall.side.send(permissions)["permissions"]}
    assert readers - {hall.rooms.account} == {ADA, CLEO}
    for stranger in (EVE, CLEO):
        with pytest.raises(Refused):
            checkins.pack(
                hall.store, hall.side.workspace, hall.clock, "maple", key, actor=stranger, evidence=[Evidence("x")]
            )

"""Next steps go into the index of their Doc, once their words have stood still for an hour."""

from __future__ import annotations

from datetime import timedelta

from sync.services.ports import Clock, Fault, PlaceGone, Rooms, Store, Workspace

SETTLED = timedelta(hours=1)
"""so long nobody changed the Doc: nothing that is still being typed is copied"""


def list_steps(store: Store, workspace: Workspace, clock: Clock, school_key: str, rooms: Rooms) -> list[str]:
    """List what is open and not listed yet; returns what went wrong, in sentences."""
    with store.work() as work:
        waiting = [step for step in work.notebook.unlisted(school_key, clock.now() - SETTLED) if step.is_open]
        if not waiting:
            return []
        school = work.schools.get(school_key).school
        docs = work.notebook.walks_of_docs(school_key, None)
    trouble = []
    for doc, tabs in docs.items():
        steps = [step for step in waiting if step.walk in tabs]
        if not steps:
            continue
        try:
            workspace.notes.list_steps(rooms, doc, steps, school.zone)
        except PlaceGone:
            pass
        except Fault as fault:
            trouble.append(str(fault))
            continue
        with store.work() as work:
            work.notebook.mark_listed(school_key, steps)
            work.commit()
    return trouble

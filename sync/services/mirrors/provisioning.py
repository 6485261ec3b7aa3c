"""Giving a school its places in Google: the visits calendar, the folder, the Sheet. Each is made once.

Every step keeps what it made before the next one begins, so that a pass that was cut off goes on where it stood.
"""

from __future__ import annotations

from dataclasses import replace

from sync.core.school.school import School
from sync.services.ports import Fault, Rooms, Store, Workspace

ACCOUNT = "visits"
"""the service user of a school when none is named: visits@its-domain"""


def provision(store: Store, workspace: Workspace, key: str, *, account: str = "") -> Rooms:
    """The school's rooms, made as far as they are missing. No call to Google when none is. Raises `Fault`."""
    with store.work() as work:
        school = work.schools.get(key).school
        rooms = work.mirrors.rooms(key)
    if rooms is None:
        rooms = _keep(store, key, Rooms(account or account_of(school)))
    if not rooms.folder_id:
        rooms = _keep(store, key, replace(rooms, folder_id=workspace.notes.new_folder_id(rooms)))
    coordinators = [person.email for person in school.coordinators]
    if not rooms.calendar_id:
        made = workspace.calendar.provide(rooms, key, f"{school.name}: visits", school.zone.key)
        workspace.calendar.share(made, coordinators)
        rooms = _keep(store, key, made)
    if not rooms.sheet_id:
        workspace.notes.provide(rooms, key, school.name)
        rooms = _keep(store, key, workspace.sheet.provide(rooms, key, school.name, coordinators))
    return rooms


def account_of(school: School) -> str:
    """The account that owns a school's calendar and files when none is named. Raises `Fault`."""
    domain = school.domain or next((email.partition("@")[2] for email in school.staff), "")
    if not domain:
        raise Fault(
            f'{school.name} has no domain; add domain = "..." to school.toml, so that there is an account to own its '
            "calendar and files.",
            retry=False,
        )
    return f"{ACCOUNT}@{domain}"


def _keep(store: Store, key: str, rooms: Rooms) -> Rooms:
    """Put ids down at once. The sync token and the Sheet's digest are others' to write, so they are read anew."""
    with store.work() as work:
        kept = work.mirrors.rooms(key)
        if kept is not None and kept.calendar_id == rooms.calendar_id:
            rooms = replace(rooms, calendar_token=kept.calendar_token, sheet_shown=kept.sheet_shown)
        work.mirrors.keep_rooms(key, rooms)
        work.commit()
    return rooms

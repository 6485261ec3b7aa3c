"""A protocol as a Doc that coordinators edit; `[notes.protocols]` in school.toml points to it afterwards."""

from __future__ import annotations

from sync.core.school.agreement import Kind
from sync.services.mirrors.provisioning import provision
from sync.services.mirrors.views import PROTOCOLS
from sync.services.ports import Store, Workspace
from sync.services.visits.refusing import must_coordinate


def make(store: Store, workspace: Workspace, school_key: str, *, actor: str, kind: Kind) -> str:
    """The id of the Doc for this kind of walk, found or made with our words in it. Raises `Refused`, `Fault`.

    Made by us, since Google shows us no other files; nothing is made from it before school.toml names it.
    """
    with store.work() as work:
        school = work.schools.get(school_key).school
    must_coordinate(school, actor, "Only a coordinator changes what the school's Docs ask.")
    rooms = provision(store, workspace, school_key)
    people = [person.email for person in school.coordinators]
    return workspace.notes.protocol_doc(rooms, PROTOCOLS[kind], f"Protocol: {kind.value}", people)

"""The charter: a Doc with the school's own definition, goals and norms, begun from a template and written together.

Coordinators write in it, whoever belongs to the school's domain and has its link reads it, and each group's Doc has
the link.
"""

from __future__ import annotations

from dataclasses import replace

from sync.services.mirrors.provisioning import provision
from sync.services.places import doc_link
from sync.services.ports import Store, Workspace
from sync.services.visits.refusing import must_coordinate


def make(store: Store, workspace: Workspace, school_key: str, *, actor: str) -> str:
    """The link of the charter, made once; a charter that the school has named already stays. For coordinators.

    Raises `Refused`, `Fault`.
    """
    with store.work() as work:
        school = work.schools.get(school_key).school
    must_coordinate(school, actor, "A coordinator begins the charter; everybody reads it.")
    if school.notes.charter:
        return school.notes.charter
    rooms = provision(store, workspace, school_key)
    people = [person.email for person in school.coordinators]
    doc = workspace.notes.charter(rooms, school.name, people, school.domain)
    link = doc_link(doc)
    with store.work() as work:
        work.lock(school_key)
        school = work.schools.get(school_key).school
        work.schools.save(school_key, replace(school, notes=replace(school.notes, charter=link)))
        work.commit()
    return link

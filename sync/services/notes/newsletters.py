"""A newsletter as a Doc of the coordinators: it follows what people agree to, and take back, at every pass."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from sync.core.notes import sharing as rules
from sync.core.school.school import School
from sync.services.notes import sharing
from sync.services.places import doc_link
from sync.services.ports import (
    Clock,
    Fault,
    NewsletterDraft,
    NewsletterView,
    PlaceGone,
    Rooms,
    Store,
    Workspace,
)
from sync.services.visits.refusing import must_coordinate, refuse

LINES_AT_MOST = 12
"""of one newsletter"""


def begin(
    store: Store, clock: Clock, school_key: str, *, actor: str, title: str, hashtags: Sequence[str] = ()
) -> NewsletterDraft:
    """Ask for a draft; the next pass makes its Doc. The same title again is the same draft. Raises `Refused`."""
    said = " ".join(title.split())[:100]
    with store.work() as work:
        work.lock(school_key)
        school = work.schools.get(school_key).school
        must_coordinate(school, actor, "Only a coordinator makes a newsletter.")
        if not said:
            raise refuse("no_words", "sharing", "Give the newsletter a title, such as the month.")
        key = hashlib.sha256(f"{school_key}\n{said.casefold()}".encode()).hexdigest()[:32]
        for draft in work.newsletters.all(school_key):
            if draft.key == key:
                return draft
        tags = tuple(rules.hashtag(tag) for tag in hashtags or school.notes.hashtags)
        made = NewsletterDraft(key, said, tags, actor.lower(), clock.now())
        work.newsletters.keep(school_key, made)
        work.commit()
    return made


def drafts(store: Store, school_key: str) -> list[NewsletterDraft]:
    with store.work() as work:
        return work.newsletters.all(school_key)


def link_of(draft: NewsletterDraft) -> str:
    """Empty while no pass has made the Doc."""
    return doc_link(draft.doc_id) if draft.doc_id else ""


def keep_up(store: Store, workspace: Workspace, school_key: str, rooms: Rooms) -> list[str]:
    """Bring the drafts' Docs to what may be shown now; returns what went wrong, in sentences."""
    found, trouble = drafts(store, school_key), []
    if not found:
        return []
    public = {line.key: line.words for line in sharing.spotlights(store, school_key)}
    with store.work() as work:
        school = work.schools.get(school_key).school
        words = {line.key: line.words for line in work.notebook.lines(school_key)}
    for number, draft in enumerate(found):
        fresh = _fresh(draft, found, public) if number == 0 else {}
        gone = {key: words.get(key, "") for key in draft.used - public.keys()}
        if draft.doc_id and not fresh and not gone:
            continue
        try:
            _bring(store, workspace, school_key, school, rooms, draft, fresh, gone)
        except PlaceGone:
            _keep(store, school_key, replace(draft, folder_id="", doc_id="", used=frozenset()))
        except Fault as fault:
            trouble.append(str(fault))
    return trouble


def _fresh(draft: NewsletterDraft, drafts: Sequence[NewsletterDraft], public: dict[str, str]) -> dict[str, str]:
    """Lines that no newsletter had yet, each words once; new lines come into the latest draft alone."""
    told = frozenset[str]().union(*(one.used for one in drafts))
    words = {public[key] for key in told if key in public}
    fresh: dict[str, str] = {}
    for key, said in public.items():
        if key not in told and said not in words and len(draft.used) + len(fresh) < LINES_AT_MOST:
            fresh[key] = said
            words.add(said)
    return fresh


def _bring(
    store: Store,
    workspace: Workspace,
    school_key: str,
    school: School,
    rooms: Rooms,
    draft: NewsletterDraft,
    fresh: dict[str, str],
    gone: dict[str, str],
) -> None:
    if not draft.folder_id:
        draft = replace(draft, folder_id=workspace.notes.new_folder_id(rooms))
        _keep(store, school_key, draft)
    # Put down before they are shown: what is cut off in between is taken out again, should consent end meanwhile.
    _keep(store, school_key, replace(draft, used=draft.used | fresh.keys()))
    people = tuple(dict.fromkeys((draft.made_by, *(person.email for person in school.coordinators))))
    view = NewsletterView(draft.key, draft.title, rules.PURPOSE, fresh, gone, draft.hashtags, people)
    made = workspace.notes.newsletter(rooms, draft.folder_id, view)
    _keep(store, school_key, replace(draft, doc_id=made, used=(draft.used | fresh.keys()) - gone.keys()))


def _keep(store: Store, school_key: str, draft: NewsletterDraft) -> None:
    with store.work() as work:
        work.newsletters.keep(school_key, draft)
        work.commit()

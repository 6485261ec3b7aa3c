"""The wall: who may see and who may let out what was written. One pure function of person, artefact and consent.

Leaders see *that* a visit happened, never *what* was written. Nothing here asks for somebody's rank before it has asked
whether they take part: a role opens counts and nothing else, and a leader who visits reads as a visitor does.
Every path that shows or shares asks here (domain facts R4, R6, R26; "Wall rule in one line").
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from sync.core.school.people import COORDINATOR, LEADER, Person

CONTRIBUTORS_AT_LEAST = 5


class Kind(StrEnum):
    """What there is to see."""

    COUNTS = "counts"
    """that a visit happened: who, when, kind, minutes, focus id, done, thanked yes or no"""
    NOTES = "notes"
    """a group's Doc, and everything written in it"""
    NEXT_STEP = "next step"
    SHARED_LINE = "shared line"
    """a line somebody marked to be shown outside the group"""
    THANKS = "thanks"
    """the words of a thank-you"""
    PACKET = "packet"
    """the Doc a teacher made for a check-in"""
    SUPPORT = "support request"
    WISH = "wish"
    PATTERN = "pattern"
    """counts across rooms, under a tag"""


class Act(StrEnum):
    SEE = "see"
    SHARE = "share"
    """let people see who could not until now"""


@dataclass(frozen=True, slots=True)
class Artefact:
    """One thing that may be shown: what it is, whose, and who agreed to show it further. Addresses in lower case."""

    kind: Kind
    school: str
    people: frozenset[str] = frozenset()
    """those who take part: the group and its hosts, a thank-you's two, a packet's teacher"""
    owner: str = ""
    """whose choice it is: the teacher of a packet or a next step, the writer of a thank-you, the wisher"""
    given_to: frozenset[str] = frozenset()
    """whom the owner gave it to: a check-in's leader, a support request's helper"""
    agreement_of: frozenset[str] = frozenset()
    """those who all must say yes before it is seen outside"""
    agreed: frozenset[str] = frozenset()
    contributors: int = 0


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who asks, in the school they belong to."""

    email: str
    school: str
    roles: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, person: Person, school: str) -> Viewer:
        return cls(person.email.lower(), school, frozenset(person.roles))

    @property
    def sees_counts(self) -> bool:
        return bool(self.roles & {COORDINATOR, LEADER})


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes, or no with the reason in a sentence."""

    allowed: bool
    sentence: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(True)
OTHER_SCHOOL = Verdict(False, "This belongs to another school.")
NOT_YOURS = Verdict(False, "Only those who take part can read this.")
NOT_YOUR_CHOICE = Verdict(False, "Only the people who wrote it can share it.")
NOT_AGREED = Verdict(False, "Everyone it is about has to agree first.")
TOO_FEW = Verdict(False, f"Fewer than {CONTRIBUTORS_AT_LEAST} people contributed, so it stays closed.")
NEVER = Verdict(False, "This is never shown to anybody else.")


def may(viewer: Viewer, act: Act, artefact: Artefact) -> Verdict:
    """Whether this person may see, or let out, this artefact, as consent stands now."""
    if viewer.school != artefact.school:
        return OTHER_SCHOOL
    return _may_see(viewer, artefact) if act is Act.SEE else _may_share(viewer, artefact)


def may_see(viewer: Viewer, artefact: Artefact) -> Verdict:
    return may(viewer, Act.SEE, artefact)


def may_share(viewer: Viewer, artefact: Artefact) -> Verdict:
    return may(viewer, Act.SHARE, artefact)


def is_public(artefact: Artefact) -> bool:
    """Whether everybody of the school may see it: what a newsletter, the Sheet or a spotlight may hold."""
    return bool(may_see(Viewer("", artefact.school), artefact))


def _may_see(viewer: Viewer, artefact: Artefact) -> Verdict:
    if viewer.email and viewer.email in artefact.people | {artefact.owner} | artefact.given_to:
        return YES
    match artefact.kind:
        case Kind.COUNTS:
            return YES if viewer.sees_counts else NOT_YOURS
        case Kind.SHARED_LINE:
            return YES if _all_agreed(artefact) else NOT_AGREED
        case Kind.PATTERN:
            return YES if artefact.contributors >= CONTRIBUTORS_AT_LEAST else TOO_FEW
        case Kind.WISH:
            return NEVER
        case _:
            return NOT_YOURS


def _may_share(viewer: Viewer, artefact: Artefact) -> Verdict:
    match artefact.kind:
        case Kind.WISH:
            return NEVER
        case Kind.SHARED_LINE:
            if viewer.email not in artefact.agreement_of:
                return NOT_YOUR_CHOICE
            return YES if _all_agreed(artefact) else NOT_AGREED
        case Kind.NEXT_STEP | Kind.PACKET | Kind.SUPPORT | Kind.THANKS:
            return YES if viewer.email and viewer.email == artefact.owner else NOT_YOUR_CHOICE
        case Kind.NOTES:
            # Whoever is in the Doc can share it by hand in Google; we never do it for them.
            return NOT_YOUR_CHOICE
        case Kind.COUNTS | Kind.PATTERN:
            return _may_see(viewer, artefact)


def _all_agreed(artefact: Artefact) -> bool:
    return bool(artefact.agreement_of) and artefact.agreement_of <= artefact.agreed

"""Lines that people chose to show outside their group: spotlights and a newsletter, with the consent of both sides.

Consent is kept per line and person, and can be taken back at any time: what is shown is asked for anew each time, so
that a draft follows. A line whose words change is a new line that nobody has agreed to yet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sync.core.notes.wall import Artefact, Kind, is_public

PURPOSE = "We visit to learn, not to judge."


@dataclass(frozen=True, slots=True)
class SharedLine:
    """A line of a Doc's Share section. `visitors` and `hosts` are the two sides: all of them have to agree."""

    walk: str
    words: str
    visitors: frozenset[str]
    hosts: frozenset[str]
    agreed: frozenset[str] = frozenset()
    used_in: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Names the line by its walk and its words (32 hexadecimal digits)."""
        return line_key(self.walk, self.words)

    def with_answer(self, email: str, yes: bool) -> SharedLine:
        """Agree, or take it back. Raises `ValueError` for somebody who is on neither side."""
        if email not in self.visitors | self.hosts:
            raise ValueError("Only those who took part are asked.")
        return replace(self, agreed=self.agreed | {email} if yes else self.agreed - {email})

    def waits_for(self) -> frozenset[str]:
        return (self.visitors | self.hosts) - self.agreed

    def artefact(self, school: str) -> Artefact:
        sides = self.visitors | self.hosts
        return Artefact(Kind.SHARED_LINE, school, sides, agreement_of=sides, agreed=self.agreed)


def line_key(walk: str, words: str) -> str:
    return hashlib.sha256(f"{walk}\n{' '.join(words.split())}".encode()).hexdigest()[:32]


def shown(lines: Iterable[SharedLine], school: str) -> list[SharedLine]:
    """The lines everybody of the school may see now, in a steady order."""
    return sorted((line for line in lines if is_public(line.artefact(school))), key=lambda line: (line.walk, line.key))


@dataclass(frozen=True, slots=True)
class Newsletter:
    """A draft to look through and send by hand; nothing is posted by itself."""

    title: str
    lines: tuple[str, ...]
    hashtags: tuple[str, ...] = ()

    def text(self) -> str:
        """Ready to be copied into a mail or a post."""
        blocks = [self.title, PURPOSE]
        blocks += [f"• {line}" for line in self.lines] or ["No lines yet: a line comes here once both sides agree."]
        if self.hashtags:
            blocks.append(" ".join(self.hashtags))
        return "\n\n".join(blocks)


def newsletter(
    lines: Iterable[SharedLine], school: str, title: str, hashtags: Sequence[str] = (), at_most: int = 12
) -> Newsletter:
    """The draft as consent stands at this moment. Names are left out unless the writers put them in themselves."""
    found = [" ".join(line.words.split()) for line in shown(lines, school)]
    return Newsletter(title, tuple(dict.fromkeys(found))[:at_most], tuple(hashtag(tag) for tag in hashtags if tag))


def hashtag(tag: str) -> str:
    """One word behind a hash, whatever was typed."""
    return "#" + "".join(c for c in tag.lstrip("#") if c.isalnum() or c == "_")

"""The names under which our places in a Doc are found again: named ranges and the ids of our own dropdown options.

They do not depend on language or layout; people may rename, move, and type before them.
"""

from __future__ import annotations

from sync.google.docs.page import Mark, Text

STEPS, TAGS, SHARE = "steps", "tags", "share"
TALKED, THANKS = "talked", "thanks"
MARKED = {STEPS: "What", TAGS: "Tags", SHARE: "Share"}
"""{{steps}}, {{tags}} and {{share}} of a protocol, and the words that stand for them in the Doc"""
CHOSEN = (TALKED, THANKS)
"""{{choose talked}} and {{choose thanks}}"""
READ_BACK = (*MARKED, *CHOSEN)
MINUTES = {"huddle": 5, "ten": 10, "sit-down": 20}
"""option of `talked` -> minutes; any other option says that they have not talked"""
SENT = "sent"


def name_of_place(place: str, walk: str) -> str:
    return f"downthehall.{place}.{walk}"


def marks_of(walk: str) -> dict[str, tuple[Mark]]:
    """What the fields of the places stand for on a walk's page."""
    return {place: (Mark(name_of_place(place, walk), (Text(words),)),) for place, words in MARKED.items()}

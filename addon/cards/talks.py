"""How a visit is talked over, in choices: by which protocol, and what the host would like to hear."""

from __future__ import annotations

from addon.cards.reader import Reader
from sync.core.visits.together import Mode


def protocol_choices(reader: Reader) -> list[tuple[str, str]]:
    return [
        ("", reader.say("As usual for such a visit")),
        ("assisted-reflection", reader.say("Assisted reflection: the host speaks first")),
        ("group-debrief", reader.say("Group debrief: each in turn")),
        ("open-door", reader.say("Five minutes in the doorway")),
    ]


def mode_choices(reader: Reader) -> list[tuple[str, str]]:
    return [
        ("", reader.say("The host says then")),
        (Mode.MOMENTS.value, reader.say("Moments: what students said and did")),
        (Mode.ADVICE.value, reader.say("Advice: one thing to try")),
    ]

"""Protocols say which places are read back, and each place stands in the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.google.docs.anchors import READ_BACK
from sync.google.docs.protocols import Protocols, read_protocol
from sync.services.places import TEMPLATES
from sync.services.ports import Fault

PRACTICES = {
    "assisted-reflection": ("went well", "listens", "No judgment, no debate", "my next step"),
    "group-debrief": ("in turn", "the host speaks first"),
    "learning-walk": ("will borrow", "just ignore me"),
    "inquiry-walk": (
        "Guiding question",
        "who takes part",
        "who is supported, who is challenged",
        "how will we respond?",
    ),
    "open-door": ("5-minute huddle", "trying"),
    "video-visit": ("take the video back",),
    "check-in": ("goals now?", "helped you notice?", "trying next?", "support you?"),
}


def test_each_practice_has_its_protocol_with_minutes_and_turns() -> None:
    protocols = Protocols(TEMPLATES / "protocols")
    for name, words in PRACTICES.items():
        protocol = protocols[name]
        assert protocol.minutes in (5, 10, 20)
        assert protocol.turns
        assert set(protocol.reads) <= set(READ_BACK)
        for word in words:
            assert word in protocol.text, f"{name} says nothing of {word!r}"


def test_a_dropdown_begins_with_a_choice_nobody_has_made() -> None:
    for protocol in Protocols(TEMPLATES / "protocols"):
        for _, options in protocol.dropdowns.values():
            assert options[0] == ("dropdownItem.choose", "Choose")


@pytest.mark.parametrize(
    ("reads", "text", "said"),
    [
        ('["mood"]', "", "what can be read back"),
        ('["steps"]', "| What |", "{{steps}}"),
        ('["talked"]', "", "choose talked"),
    ],
)
def test_a_place_that_is_unknown_or_not_in_the_text_is_refused_with_a_sentence(
    tmp_path: Path, reads: str, text: str, said: str
) -> None:
    file = tmp_path / "ours.md"
    file.write_text(f'+++\nid = "ours"\ntitle = "Ours"\nreads = {reads}\n+++\n{text}\n', encoding="utf-8")
    with pytest.raises(Fault, match=r"ours\.md") as fault:
        read_protocol(file)
    assert said in str(fault.value)

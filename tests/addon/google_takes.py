"""What Google takes for an answer: its own card library reads it, and the side panel's limits are kept."""

from __future__ import annotations

import json
from typing import Any

from google.apps import card_v1

from addon.envelopes import Way
from addon.manifest import link_prefixes
from sync.emulator.addonhost.answers import Call, answer_problems, cards_in

BASE = "https://visits.maple.example"


def problems(answer: Any, way: Way) -> list[str]:
    """Everything Google would reject, drop or never show."""
    found = answer_problems(Call(way.value), answer, BASE + "/", link_prefixes(BASE))
    for card in cards_in(answer):
        try:
            card_v1.Card.from_json(json.dumps(card))
        except Exception as error:  # noqa: BLE001 - whatever Google's parser says is the finding
            found.append(f"{card.get('name')}: {error}")
    return found

"""The descriptive helper on the labelled sentences of tests/core, and on sentences written for another purpose."""

from __future__ import annotations

import tomllib
from pathlib import Path

from sync.core.notes.evidence import LANGUAGES, judges
from tests.bench.registry import bench
from tests.core.test_evidence import labelled, precision_and_recall

FOCUS = Path(__file__).resolve().parents[2] / "templates" / "focus.toml"


@bench("evidence", "precision and recall of the descriptive helper, on both halves and each language")
def evidence() -> dict[str, object]:
    found: dict[str, object] = {}
    for half in ("tune", "held-out"):
        for language in ("", *LANGUAGES):
            precision, recall = precision_and_recall(half, language)
            found[f"{half} {language or 'all'}"] = {
                "sentences": len(labelled(half, language)),
                "precision": round(precision, 3),
                "recall": round(recall, 3),
            }
    look_fors = [line for line in _look_fors(tomllib.loads(FOCUS.read_text(encoding="utf-8")))]
    taken = sum(judges(line) for line in look_fors)
    found["look-fors of the focus library taken for judgements"] = f"{taken} of {len(look_fors)}"
    return found


def _look_fors(value: object) -> list[str]:
    if isinstance(value, dict):
        own = [str(line) for line in value.get("look_fors", ())]
        return own + [line for key, inner in value.items() if key != "look_fors" for line in _look_fors(inner)]
    return [line for inner in value for line in _look_fors(inner)] if isinstance(value, list) else []

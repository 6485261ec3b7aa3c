"""The descriptive helper, on labelled sentences that were split in two halves before the word lists were written."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.core.notes.evidence import LANGUAGES, hints, judges, pupils_named, questions
from sync.core.notes.evidence_words import QUESTIONS

SENTENCES = Path(__file__).with_name("evidence_sentences.csv")


def labelled(half: str, language: str = "") -> list[tuple[str, str, bool]]:
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["half"] == half]
    return [
        (row["sentence"], row["language"], row["label"] == "judgement")
        for row in rows
        if language in ("", row["language"])
    ]


def precision_and_recall(half: str, language: str = "") -> tuple[float, float]:
    told = [(judges(sentence, spoken), truth) for sentence, spoken, truth in labelled(half, language)]
    hits = sum(said and truth for said, truth in told)
    return hits / sum(said for said, _ in told), hits / sum(truth for _, truth in told)


def test_there_are_two_hundred_sentences_and_none_twice() -> None:
    found = [sentence for half in ("tune", "held-out") for sentence, _, _ in labelled(half)]
    assert len(found) == len(set(found)) >= 200


@pytest.mark.parametrize("language", ["", *LANGUAGES])
def test_the_held_out_half_is_judged_well(language: str) -> None:
    precision, recall = precision_and_recall("held-out", language)
    assert precision >= 0.9
    assert recall >= 0.8


def test_the_pair_that_teachers_are_taught_with_is_judged_right() -> None:
    (hint,) = hints("Great engagement")[:1]
    assert "great engagement"[hint.start : hint.end].casefold() == hint.words.casefold()
    assert questions(["great engagement"]) == [("great engagement", QUESTIONS["en"][hint.kind])]
    assert not judges("Nine out of ten students in the group built on what another student had said")


def test_what_somebody_said_is_evidence_whatever_the_words() -> None:
    assert not judges('A student said, "This is boring" and put her pen down')
    assert judges('It was boring, and a student said "yes"')


def test_an_unknown_language_gets_no_hint() -> None:
    assert hints("Großartige Beteiligung", "de") == []
    assert hints("Excelente participación", "es-MX") != []


def test_a_card_shows_a_few_questions_at_most() -> None:
    assert len(questions(["Great lesson. Good pacing. Nice tone. Weak ending."], at_most=3)) == 3


@given(st.text(max_size=80), st.sampled_from(["en", "es"]))
def test_hints_stand_in_order_within_the_text_and_never_overlap(text: str, language: str) -> None:
    end = 0
    for hint in hints(text, language):
        assert end <= hint.start < hint.end <= len(text) or len(text.lower()) != len(text)
        end = hint.end


def test_pupils_of_the_roster_are_found_and_like_words_are_not() -> None:
    text = "Rose Lee asked Ana; the rose was red. Anabel wrote. Li drew."
    found = [text[start:end] for start, end in pupils_named(text, ["Rose Lee", "Ana Ruiz", "Li Wu"])]
    assert found == ["Rose Lee", "Ana"]


@given(st.lists(st.text(max_size=8), max_size=4), st.text(max_size=40))
def test_no_roster_breaks_the_search_for_names(roster: list[str], text: str) -> None:
    for start, end in pupils_named(text, roster):
        assert text[start:end].strip()

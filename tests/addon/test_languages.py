"""Every word of the cards, and every sentence of the rules, in every language that has a catalogue."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from hypothesis import given
from hypothesis import strategies as st

from addon import paths
from addon.language import LOCALES, RULES, catalogue_of, language_of, languages
from addon.routes.doors import DOORS
from sync.core.preflight.gaps import Gap, Reach
from sync.core.preflight.preflight import preflight
from sync.schools.folder.folder import check_school
from sync.services.visits.focus import library
from tests.addon.conftest import Panel
from tests.addon.taps import card_on_top, text_of
from tests.personas import BEN, CLEO, maple
from tests.schools.test_preflight import PLANTS, Plant, planted

HOUSE = Path(__file__).parents[2]
PLACE = re.compile(r"\{\w+\}")
OTHERS = sorted(languages())


def said_to_people() -> set[str | tuple[str, ...]]:
    keywords = {"say": None, "plural": (1, 2)}
    found = [
        message
        for room in ("addon", "sync/services/news", "sync/services/notes")
        for _, _, message, _, _ in extract_from_dir(str(HOUSE / room), [("**.py", "python")], keywords=keywords)
    ]
    return {message if isinstance(message, str) else tuple(message) for message in found}


def sentences_of_rules() -> Iterator[tuple[str, str]]:
    """Each sentence of a refusal as the code has it, `{}` for what it fills in; optional endings left to the parts."""
    for room in ("core", "services"):
        for file in sorted((HOUSE / "sync" / room).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                name = getattr(node, "func", None)
                if isinstance(node, ast.Call) and getattr(name, "id", "") in ("Refusal", "refuse"):
                    skeleton = _skeleton(node.args[2]) if len(node.args) > 2 else ""
                    if skeleton:
                        yield file.name, skeleton


def _skeleton(said: ast.expr) -> str:
    if isinstance(said, ast.Constant):
        return str(said.value)
    if isinstance(said, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in said.values)
    return ""


def catalogues() -> list[Catalog]:
    return [catalogue_of(name) for name in OTHERS]


def test_spanish_is_there() -> None:
    assert "es" in OTHERS


@pytest.mark.parametrize("name", OTHERS)
def test_every_message_of_cards_and_mails_is_translated_and_nothing_else(name: str) -> None:
    translated = {message.id for message in catalogue_of(name) if message.id and not message.context}
    assert {one if isinstance(one, str) else tuple(one) for one in translated} == said_to_people()


@pytest.mark.parametrize("name", OTHERS)
def test_a_translation_fills_the_same_places_and_is_never_empty(name: str) -> None:
    for message in catalogue_of(name):
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        texts = [message.string] if isinstance(message.string, str) else list(message.string)
        for text in texts if message.id else ():
            assert text.strip()
            assert set(PLACE.findall(text)) == set(PLACE.findall(ids[-1])), message.id


@pytest.mark.parametrize("name", OTHERS)
def test_every_sentence_of_a_rule_has_its_pattern(name: str) -> None:
    patterns = {PLACE.sub("{}", str(message.id)) for message in catalogue_of(name) if message.context == RULES}
    loose = {re.sub(r"(You have|\{\} has)", "{}", pattern) for pattern in patterns}
    missing = [
        (file, sentence)
        for file, sentence in sentences_of_rules()
        if sentence not in patterns and re.sub(r"(You have|\{\} has)", "{}", sentence) not in loose
    ]
    assert missing == []


NEWS = ("plans/mending", "plans/misfits", "covers/covering", "visits/inviting", "visits/waiting", "passes/listening",
        "visits/shutting_doors", "groups/colleagues", "groups/grouping", "notes/thanking")  # fmt: skip
"""files whose sentences Home and mails tell, a whole sentence a literal"""
PUT_TOGETHER = {
    "The {} on {}, {}": ["The visit to Ben Lund on 3 Mar, period 3"],
    "{} stands; its {} {}.": ["The visit to Ben Lund on 3 Mar, period 3 stands; its debrief has another time."],
    "Could you take {}'s class on {}, {}? Say yes or no on your Home card.": [
        "Could you take Ben's class on Tuesday 3 Mar, period 3, to give prep back? Say yes or no on your Home card."
    ],
    "You are invited to {} on {}. Say yes or no on your Home card{}.": [
        "You are invited to visit Ben on Tuesday 3 Mar, period 3. Say yes or no on your Home card by 2 Mar.",
        "You are invited to be visited by Ben on Tuesday 3 Mar, period 3. Say yes or no on your Home card.",
    ],
}
"""what is made of parts, as people would read it"""


def sentences_of_news() -> Iterator[str]:
    for name in NEWS:
        tree = ast.parse((HOUSE / "sync" / "services" / f"{name}.py").read_text(encoding="utf-8"))
        aside = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            refuses = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "refuse"
            says = isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "say"
            if refuses or says or isinstance(node, ast.JoinedStr):
                aside |= {id(inner) for inner in ast.walk(node) if inner is not node}
        for node in ast.walk(tree):
            said = _skeleton(node) if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in aside else ""
            if re.fullmatch(r"[A-Z{].* .*[.?}]", said):
                yield said


@pytest.mark.parametrize("name", OTHERS)
def test_every_sentence_that_home_and_mails_tell_has_its_pattern(name: str) -> None:
    patterns = {PLACE.sub("{}", str(message.id)) for message in catalogue_of(name) if message.context == RULES}
    said = {PLACE.sub("{}", sentence) for sentence in sentences_of_news()}
    assert len(said) > 25
    assert said - patterns - PUT_TOGETHER.keys() == set()
    language = language_of(Locale(name))
    for sentence in (one for made in PUT_TOGETHER.values() for one in made):
        assert not re.search(r"period|Mar\b|the|your", language.sentence(sentence)), language.sentence(sentence)


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        (
            "Tuesday 24 Nov, period 3 would leave you 20 minutes of prep; your agreement keeps 30. "
            "A visit of 15 minutes fits, or a day with more prep.",
            "martes 24 de noviembre, hora 3 te dejaría 20 minutos de preparación; su acuerdo reserva 30. "
            "Cabe una visita de 15 minutos, o un día con más preparación.",
        ),
        (
            "Monday 2 Mar, period 3 is too soon; your agreement gives hosts 1 school day of notice. "
            "Choose a later day.",
            "lunes 2 de marzo, hora 3 es demasiado pronto; su acuerdo da a quien recibe 1 día de clase de aviso. "
            "Elige un día posterior.",
        ),
        (
            "You have a class to cover on Friday 6 Mar, Advisory; choose another period.",
            "Tienes una clase que cubrir el viernes 6 de marzo, Advisory; elige otra hora.",
        ),
        ("Nobody wrote this one.", "Nobody wrote this one."),
    ],
)
def test_a_rule_is_said_in_spanish(english: str, spanish: str) -> None:
    assert language_of(Locale.parse("es_MX")).sentence(english) == spanish


@given(st.text(max_size=900) | st.from_regex(r"[A-Z][a-z]{2,8}day \d{1,2} [A-Z][a-z]{2,8}(, .+)?", fullmatch=True))
def test_no_sentence_breaks_a_language(sentence: str) -> None:
    assert isinstance(language_of(Locale("es")).sentence(sentence), str)


def test_english_is_left_as_it_is() -> None:
    english = language_of(Locale.parse("en_GB"))
    assert english.sentence("Choose a day with more prep.") == "Choose a day with more prep."
    assert english.plural("{number} seat", "{number} seats", 1) == "1 seat"


def test_plural_forms_follow_the_language() -> None:
    spanish = language_of(Locale("es"))
    said = [spanish.plural("{number} minute", "{number} minutes", number) for number in (0, 1, 2)]
    assert said == ["0 minutos", "1 minuto", "2 minutos"]


def test_the_focus_library_is_said_in_every_language() -> None:
    for name in OTHERS:
        language = language_of(Locale(name))
        for focus in library().values():
            assert focus.id == "own" or language.sentence(focus.label) != focus.label


TOLD_ON_CARDS = (
    "planning/why/explain.py", "planning/why/again.py", "planning/why/loosenings.py", "planning/why/cover_advice.py",
    "planning/solve.py", "planning/pairs/plan.py", "planning/groups/plan.py", "services/plans/mending.py",
    "services/plans/misfits.py",
    "services/visits/inviting.py", "services/visits/waiting.py", "services/visits/shutting_doors.py",
    "services/covers/covering.py", "services/groups/grouping.py", "services/passes/listening.py",
)  # fmt: skip
"""where sentences are put together that cards show: news, why somebody is left out, how a search goes"""


def parts_of_sentences(file: str) -> Iterator[str]:
    """The fixed words, three and more, of every text in a file that is no docstring."""
    tree = ast.parse((HOUSE / "sync" / file).read_text(encoding="utf-8"))
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    silent |= {id(node.exc) for node in ast.walk(tree) if isinstance(node, ast.Raise)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            for part in PLACE.split(node.value):
                if len(part.split()) > 2 and part[0] not in "<%":
                    yield part.strip(" ,;.")


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_put_together_from_parts_is_said_in_every_language(name: str) -> None:
    patterns = "\n".join(str(message.id) for message in catalogue_of(name) if message.context == RULES).lower()
    missing = [
        (file, part) for file in TOLD_ON_CARDS for part in parts_of_sentences(file) if part.lower() not in patterns
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        (
            "Ada Marsh cannot visit anybody: it would leave less prep than the agreement keeps. A floor of 20 minutes "
            "(agreement.prep_floor_minutes_per_day = 20), or more prep on one day, would place them and 2 others.",
            "Ada Marsh no puede visitar a nadie: dejaría menos preparación de la que reserva el acuerdo. Un mínimo de "
            "20 minutos (agreement.prep_floor_minutes_per_day = 20), o más preparación un día, daría lugar a esta "
            "persona y 2 más.",
        ),
        (
            "Ada Marsh cannot visit: there is no period in which a member teaches and enough of the group have prep, "
            "with time to talk it over. A cover for Ben Lund and Eve Roy in period 3 on a day of type A would place "
            "them.",
            "Ada Marsh no puede hacer visitas: no hay hora en la que enseñe un miembro y bastantes del grupo tengan "
            "preparación, con tiempo para conversarlo. Que alguien cubra a Ben Lund y Eve Roy en hora 3 en un día de "
            "tipo A le daría lugar.",
        ),
        (
            "The visit to Ben on 3 Mar, period 3 is now on Wednesday 4 Mar, period 3. Ben is away.",
            "La visita a Ben del 3 de marzo, hora 3: ahora es el miércoles 4 de marzo, hora 3. Ben no está.",
        ),
        (
            "You are invited to visit Ben and Eve on Friday 6 Mar, period 3. Say yes or no on your Home card by 3 Mar.",
            "Te invitan a visitar a Ben y Eve el viernes 6 de marzo, hora 3. Di sí o no en tu inicio hasta el 3 de "
            "marzo.",
        ),
        (
            "You are invited to visit Ben, together with Eve and Gus, on Friday 6 Mar, period 3. Say yes or no on your "
            "Home card.",
            "Te invitan a visitar a Ben, junto con Eve y Gus, el viernes 6 de marzo, hora 3. Di sí o no en tu inicio.",
        ),
        ("people not placed: 3, proven at least 2 (gap 33.3%)", "personas sin lugar: 3, demostrado que al menos 2 "
         "(diferencia 33.3%)"),
    ],
)  # fmt: skip
def test_what_was_put_together_reads_well(english: str, spanish: str) -> None:
    assert language_of(Locale("es")).sentence(english) == spanish


@pytest.mark.parametrize("name", OTHERS)
def test_every_gap_of_a_school_is_said_in_every_language(name: str, tmp_path: Path) -> None:
    language = language_of(Locale(name))
    gaps = [gap for plant in PLANTS for gap in _gaps_after(plant, tmp_path)] + preflight(maple(), SEEN)
    assert len({gap.code for gap in gaps}) > 25
    untold = [said for gap in gaps for said in (gap.what, gap.do) if language.sentence(said) == said]
    assert untold == []


SEEN = Reach(never_connected=frozenset({BEN}), missing_scopes=("calendar",), not_shared_with=frozenset({CLEO}))


def _gaps_after(plant: Plant, folder: Path) -> list[Gap]:
    """What a preflight finds in a school that was changed so; nothing where its reader refuses it."""
    for file in folder.iterdir():
        file.unlink()
    for name, text in planted(plant).items():
        (folder / name).write_text(text, encoding="utf-8")
    school = check_school(folder).school
    return preflight(school) if school else []


def test_names_are_listed_as_the_language_lists_them() -> None:
    spanish = language_of(Locale("es"))
    gap = "no open class is taught while Ada, Ben and 3 more have prep"
    assert spanish.sentence(gap) == "no hay clase abierta mientras tienen preparación Ada, Ben y 3 más"


def test_a_spanish_reader_sees_spanish_from_home_to_the_form(panel: Panel) -> None:
    panel.locale = "es-MX"
    home = card_on_top(panel.call(paths.CALENDAR_HOME))
    assert "Buscar una visita" in text_of(home)
    found = card_on_top(panel.call(paths.FIND, inputs={"query": [BEN.partition("@")[0]]}))
    assert "¿Por qué no antes?" in text_of(found)
    assert "Reservar" in text_of(home | found) or "Ir a ver" in text_of(found)


def test_every_door_answers_in_every_language(panel: Panel) -> None:
    for name in OTHERS:
        panel.locale = name
        for path in sorted(DOORS):
            panel.call(path)


def test_catalogues_lie_in_one_folder() -> None:
    assert {file.suffix for file in LOCALES.iterdir()} == {".po"}


def test_a_date_is_said_with_the_languages_own_weekday() -> None:
    assert language_of(Locale("es")).locale.days["format"]["wide"][date(2026, 11, 26).weekday()] == "jueves"

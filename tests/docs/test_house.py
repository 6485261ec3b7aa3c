"""The house rules that a tool can watch: which room may know which, what stands in the files, what the README says."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from addon.settings import VARIABLES

ROOT = Path(__file__).resolve().parents[2]


def tracked() -> Iterator[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return (ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="ignore")


def test_no_room_imports_what_it_may_not_know() -> None:
    linted = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert linted.returncode == 0, linted.stdout + linted.stderr


def test_the_core_imports_nothing_but_the_standard_library_and_itself() -> None:
    pattern = re.compile(r"^\s*(?:from|import)\s+([\w.]+)", re.M)
    for path in (ROOT / "sync" / "core").rglob("*.py"):
        for name in pattern.findall(text_of(path)):
            known = name.split(".")[0] in sys.stdlib_module_names or name.startswith("sync.core")
            assert known, f"{path.name} imports {name}"


def test_no_file_names_a_package_registry_or_a_path_of_a_developers_machine() -> None:
    words = (
        "pypi" + ".org",
        "python" + "hosted",
        "npmjs" + ".",
        "deb.debian" + ".org",
        f"{Path.home()}/",
        f"{ROOT}/",
    )
    for path in tracked():
        for word in words:
            assert word not in text_of(path), f"{path.relative_to(ROOT)} names {word}"


# Spoken to people: cards, Docs, the Sheet, mail, the README. Rules may say what must not be said.
FORBIDDEN = re.compile(r"\b(observer|observee|compliance|overdue|failed to)\b", re.I)


@pytest.mark.parametrize("folder", ["addon/cards", "templates"])
def test_people_are_never_spoken_to_in_the_words_of_an_inspection(folder: str) -> None:
    for path in (ROOT / folder).rglob("*"):
        if path.suffix in (".py", ".md", ".toml", ".html", ".txt", ".csv"):
            found = FORBIDDEN.search(text_of(path))
            assert found is None, f"{path.relative_to(ROOT)} says {found and found[0]!r}"


def test_the_readme_tells_of_every_setting() -> None:
    readme = text_of(ROOT / "README.md")
    for variable in VARIABLES:
        assert f"`{variable.name}`" in readme, f"README.md does not tell of {variable.name}"


def test_the_readme_gives_a_reason_for_every_dependency() -> None:
    import tomllib

    readme = text_of(ROOT / "README.md")
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    extras = [one for extra in project["optional-dependencies"].values() for one in extra]
    wanted = [one for one in project["dependencies"] + extras if not one.startswith(project["name"])]
    for requirement in wanted:
        name = re.split(r"[\[<>=,; ]", requirement)[0]
        assert f"`{name}`" in readme, f"README.md gives no reason for {name}"


def test_the_constraints_name_every_dependency_with_a_version_and_no_address() -> None:
    lines = text_of(ROOT / "constraints.txt").splitlines()
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+_-]+", line) for line in lines)


def test_make_help_prints_itself() -> None:
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for verb in ("setup", "demo", "test", "check", "bench"):
        assert f"make {verb}" in told

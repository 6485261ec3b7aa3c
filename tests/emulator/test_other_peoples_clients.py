"""Clients of other languages, unmodified: Google's own for Node, and rclone (Go) through a TLS front."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sync.emulator.command import start_workspace
from sync.emulator.server import RunningWorkspace
from tests.emulator.conftest import DOMAIN, SCOPES
from tests.emulator.tls_front import TlsFront

ROOT = Path(__file__).resolve().parents[2]
NODE = Path(__file__).parent / "node"
MODULES = ROOT / ".venv" / "node"  # made once; `make clean` takes it away
pytestmark = pytest.mark.xdist_group("other-peoples-clients")


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[RunningWorkspace, Path]]:
    """A Workspace as `downthehall workspace` serves it, and its key file."""
    running, key = start_workspace(domain=DOMAIN)
    yield running, key
    running.stop()
    running.workspace.close()
    shutil.rmtree(key.parent)


def program(name: str) -> str:
    found = shutil.which(name)
    assert found, f"The tests need {name}. .ci/system-parts installs it; run make test."
    return found


def run(command: list[str], **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, env={**os.environ, **environ}, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture(scope="module")
def node_modules() -> Path:
    """Google's packages for Node, installed where they are not yet."""
    wanted = (NODE / "package.json").read_text("utf-8")
    done = MODULES / "package.json"
    if not done.exists() or done.read_text("utf-8") != wanted or not (MODULES / "node_modules").is_dir():
        shutil.rmtree(MODULES, ignore_errors=True)
        MODULES.mkdir(parents=True)
        done.write_text(wanted, "utf-8")
        quiet = ["--silent", "--no-audit", "--no-fund", "--no-package-lock"]
        made = run([program("npm"), "install", *quiet, "--prefix", str(MODULES)])
        assert made.returncode == 0, f"npm could not install Google's packages for Node: {made.stderr[-2000:]}"
    return MODULES / "node_modules"


def test_googles_clients_for_node_do_their_ordinary_jobs(
    served: tuple[RunningWorkspace, Path], node_modules: Path, tmp_path: Path
) -> None:
    running, key = served
    told = {"KEY_FILE": str(key), "SUBJECT": f"ana@{DOMAIN}", "SCOPES": " ".join(SCOPES)}
    with TlsFront(running.url, tmp_path) as front:
        done = run([program("node"), str(NODE / "jobs.cjs")], NODE_PATH=str(node_modules), **told, **front.environ)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["calendar"] == {
        "again": [409, "duplicate"],
        "stale": [412, "conditionNotMet"],
        "bad": [400, "invalid"],
        "where": "Room 12",
        "guest": "needsAction",
        "titles": 6,
        "changed": [["visit01", "cancelled"]],
        "busy": 1,
    }
    assert found["drive"] == {
        "size": "11",
        "found": ["a.txt", "b.txt"],
        "text": "Hello there",
        "gone": [404, "notFound"],
    }
    assert found["docs"] == {
        "replaced": 1,
        "text": "Visit 😀 12\n",
        "style": "HEADING_1",
        "outside": [400, "INVALID_ARGUMENT"],
    }
    assert found["sheets"] == {
        "written": "Sheet1!A1:B4",
        "added": "Sheet1!A5",
        "sum": 45,
        "bold": True,
        "nowhere": [400, "INVALID_ARGUMENT"],
    }


def test_rclone_keeps_a_folder_in_drive(served: tuple[RunningWorkspace, Path], tmp_path: Path) -> None:
    running, key = served
    config = tmp_path / "rclone.conf"
    config.write_text(
        f"[hall]\ntype = drive\nscope = drive\nservice_account_file = {key}\nimpersonate = ana@{DOMAIN}\n"
    )
    source = tmp_path / "source"
    (source / "deep").mkdir(parents=True)
    (source / "ä ö's.txt").write_text("small")
    big = bytes(range(256)) * 40_000  # over 8 MiB: rclone sends it in pieces, as a resumable upload
    (source / "deep" / "big.bin").write_bytes(big)

    with TlsFront(running.url, tmp_path) as front:

        def rclone(*words: str) -> str:
            once = ["--retries", "1", "--low-level-retries", "1", "--drive-pacer-min-sleep", "1ms"]
            done = run([program("rclone"), "--config", str(config), *once, *words], **front.environ)
            assert done.returncode == 0, done.stderr
            return done.stdout

        rclone("copy", str(source), "hall:Kept")
        listed = {one["Path"]: one for one in json.loads(rclone("lsjson", "-R", "--hash", "hall:Kept"))}
        assert set(listed) == {"deep", "deep/big.bin", "ä ö's.txt"}
        assert listed["deep/big.bin"]["Hashes"]["md5"] == hashlib.md5(big, usedforsecurity=False).hexdigest()
        rclone("check", str(source), "hall:Kept")
        assert rclone("cat", "hall:Kept/ä ö's.txt") == "small"
        rclone("moveto", "hall:Kept/ä ö's.txt", "hall:Kept/deep/moved.txt")
        rclone("copyto", "hall:Kept/deep/moved.txt", "hall:Kept/copied.txt")
        assert set(rclone("lsf", "-R", "hall:Kept").split()) == {
            "deep/",
            "deep/big.bin",
            "deep/moved.txt",
            "copied.txt",
        }
        (source / "deep" / "big.bin").unlink()
        rclone("sync", str(source), "hall:Kept")
        assert rclone("lsf", "-R", "--files-only", "hall:Kept").strip() == "ä ö's.txt"
        rclone("purge", "hall:Kept")
        assert "Kept/" not in rclone("lsf", "hall:")

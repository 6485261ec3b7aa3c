"""The pages of the local Workspace: one shell, its scripts, and what they need to sign in.

The pages are one more client: they take an access token and speak the same REST as everybody else. Only this machine
can reach them; there are no passwords here because there is nothing behind them.
"""

from __future__ import annotations

import json
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from sync.emulator.auth import issue_token
from sync.emulator.clock import rfc3339
from sync.emulator.plain import plain
from sync.emulator.wire import Answer, Request
from sync.emulator.workspace import Workspace

SCOPES = (
    "https://www.googleapis.com/auth/calendar",
    "https://www.googleapis.com/auth/drive",
    "https://www.googleapis.com/auth/documents",
    "https://www.googleapis.com/auth/spreadsheets",
)
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
# Nothing of a page may come from, or be sent to, another machine; an add-on beside it may show its own pictures.
_POLICY = "default-src 'self'; img-src 'self' data: http://127.0.0.1:*; style-src 'self' 'unsafe-inline'"


@plain("GET", "/")
def shell(workspace: Workspace, request: Request) -> Answer:
    """The page; which place it shows is in its address."""
    return _file("index.html")


@plain("GET", "/_face/*")
def part(workspace: Workspace, request: Request) -> Answer:
    """A script or style of the page."""
    return _file(request.path.removeprefix("/_face/"))


@plain("GET", "/_face/plotly.min.js")
def charts(workspace: Workspace, request: Request) -> Answer:
    """The script that draws charts, from the installed Plotly package; it is never copied in here."""
    found = find_spec("plotly")
    script = Path(found.origin).parent / "package_data" / "plotly.min.js" if found and found.origin else None
    if script is None or not script.is_file():
        return _sentence("Plotly, which draws the charts, is not installed: pip install plotly.", 404)
    return Answer(200, script.read_bytes(), {"Content-Type": _TYPES[".js"], "Cache-Control": "max-age=86400"})


@plain("GET", "/_local/people")
def people(workspace: Workspace, request: Request) -> Answer:
    """Who can sign in: {"people": [{"email", "name", "note"}]}, by name."""
    found = [
        {"email": person["email"], "name": person["name"], "note": person.get("note", "")}
        for person in workspace.table("people").values()
        if not workspace.is_service_account(person["email"])
    ]
    return Answer.of_json({"people": sorted(found, key=lambda person: person["name"])})


@plain("POST", "/_local/token")
def sign_in(workspace: Workspace, request: Request) -> Answer:
    """An access token for a person, as the page's own: {"as": e-mail} -> {"access_token", "now"}."""
    try:
        email = str(json.loads(request.body)["as"]).lower()
    except (ValueError, KeyError, TypeError):
        return _sentence('Send {"as": e-mail}.', 400)
    with workspace.transaction():
        if not workspace.is_local(email) or workspace.is_service_account(email):
            return _sentence(f"{email} is nobody of this Workspace.", 404)
        workspace.person(email)
        token = issue_token(workspace, email, SCOPES, "the-face")
    return Answer.of_json({"access_token": token, "now": rfc3339(workspace.clock.now())})


def _file(name: str) -> Answer:
    place = files("sync.emulator.face").joinpath("static")
    known = {one.name for one in place.iterdir()}
    if name not in known:
        return _sentence(f"There is no page {name} here.", 404)
    kind = _TYPES[name[name.rindex(".") :]]
    headers = {
        "Content-Type": f"{kind}; charset=utf-8",
        "Content-Security-Policy": _POLICY,
        # Going from place to place asks for some forty scripts, which change with a new version only.
        "Cache-Control": "no-cache" if name == "index.html" else "max-age=60",
    }
    return Answer(200, place.joinpath(name).read_bytes(), headers)


def _sentence(text: str, status: int) -> Answer:
    return Answer.of_json({"error": {"code": status, "message": text}}, status)

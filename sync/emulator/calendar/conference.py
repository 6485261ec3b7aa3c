"""Meet links: asked for with createRequest, made once per requestId.

Source: ConferenceData in the discovery document. Google makes the conference a moment later ("pending"); here it is
there at once, which the documentation allows.
"""

from __future__ import annotations

import hashlib
from typing import Any

from sync.emulator.call import Call, GoogleError

_LETTERS = "abcdefghijkmnopqrstuvwxyz"


def settle_conference(call: Call, given: dict[str, Any], before: dict[str, Any], event: dict[str, Any]) -> None:
    """Put conferenceData and hangoutLink into `event`; with conferenceDataVersion 0 what was there stays."""
    wanted = given.get("conferenceData")
    if not call.params.get("conferenceDataVersion"):
        wanted = before.get("conferenceData")
    if not wanted:
        return
    request = wanted.get("createRequest")
    if request and not wanted.get("entryPoints"):
        wanted = _made(request, before.get("conferenceData") or {})
    elif not wanted.get("conferenceSolution") or not wanted.get("entryPoints"):
        raise GoogleError.invalid("Invalid conference type value.")
    event["conferenceData"] = wanted
    if wanted["conferenceSolution"].get("key", {}).get("type") == "hangoutsMeet":
        event["hangoutLink"] = wanted["entryPoints"][0]["uri"]


def _made(request: dict[str, Any], old: dict[str, Any]) -> dict[str, Any]:
    if not request.get("requestId"):
        raise GoogleError.required("Missing conference request id.")
    if old.get("createRequest", {}).get("requestId") == request["requestId"]:
        return old  # the same request again is no new request
    kind = (request.get("conferenceSolutionKey") or {}).get("type", "hangoutsMeet")
    if kind != "hangoutsMeet":
        raise GoogleError.invalid("Invalid conference type value.")
    digest = hashlib.sha256(request["requestId"].encode()).digest()
    letters = "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:10])
    code = f"{letters[:3]}-{letters[3:7]}-{letters[7:]}"
    key = {"type": kind}
    return {
        "createRequest": {
            "requestId": request["requestId"],
            "conferenceSolutionKey": key,
            "status": {"statusCode": "success"},
        },
        "entryPoints": [
            {"entryPointType": "video", "uri": f"https://meet.google.com/{code}", "label": f"meet.google.com/{code}"}
        ],
        "conferenceSolution": {
            "key": key,
            "name": "Google Meet",
            "iconUri": "https://fonts.gstatic.com/s/i/productlogos/meet_2020q4/v6/web-512dp/logo_meet_2020q4_color_2x_web_512dp.png",
        },
        "conferenceId": code,
    }

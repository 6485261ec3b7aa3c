"""Cross-origin requests, for pages that call the APIs from a browser (Fetch standard, "CORS protocol").

As Google does, any origin may ask: what a call may do hangs on its bearer token, which no browser sends by itself.
"""

from __future__ import annotations

from sync.emulator.discovery import router
from sync.emulator.wire import Answer, Request

_EXPOSED = "Content-Encoding, Content-Length, Content-Type, Date, ETag, Location, Server, Vary"


def preflight(request: Request) -> Answer | None:
    """The answer to a browser that asks what it may send; None for any other request."""
    verbs = router().verbs_of(request.path) if request.verb == "OPTIONS" else []
    if not verbs or "Access-Control-Request-Method" not in request.headers:
        return None
    told = {
        "Access-Control-Allow-Methods": ", ".join(verbs),
        "Access-Control-Allow-Headers": request.headers.get("Access-Control-Request-Headers", ""),
        "Access-Control-Max-Age": "3600",
    }
    return opened(Answer(200, b"", told), request)


def opened(answer: Answer, request: Request) -> Answer:
    """The answer, readable by the page that asked."""
    if origin := request.headers.get("Origin"):
        answer.headers |= {"Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": _EXPOSED}
    return answer

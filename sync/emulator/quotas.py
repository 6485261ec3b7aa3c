"""Real quotas, as an option: so many requests a minute per user and per project, then 403 or 429 as the API does.

Figures: Calendar 600 / 10,000 (guides/quota), Docs reads 300 / 3,000 and writes 60 / 600, Sheets reads and writes each
60 / 300 (guides/limits), Drive counted as requests, 12,000 a minute either way.
"""

from __future__ import annotations

from sync.emulator.discovery import Method
from sync.emulator.errors import GoogleError
from sync.emulator.workspace import Workspace

# (api, writes?) -> (per user and minute, per project and minute)
PER_MINUTE = {
    ("calendar", False): (600, 10_000),
    ("calendar", True): (600, 10_000),
    ("docs", False): (300, 3_000),
    ("docs", True): (60, 600),
    ("sheets", False): (60, 300),
    ("sheets", True): (60, 300),
    ("drive", False): (12_000, 12_000),
    ("drive", True): (12_000, 12_000),
}


def charge(workspace: Workspace, method: Method, user: str) -> None:
    """Count one request. Raises GoogleError when this minute's allowance is used up; it is back the next minute."""
    if not workspace.quotas:
        return
    api, writes = method.api.name, _writes(method)
    per_user, per_project = PER_MINUTE.get((api, writes), (10**9, 10**9))
    bucket = "all" if api == "calendar" else ("write" if writes else "read")
    minute = int(workspace.clock.now().timestamp() // 60)
    with workspace.lock:
        used = workspace.quota_used
        if used.get("minute") != minute:
            used.clear()
            used["minute"] = minute
        for who, limit in ((f"{api}/{bucket}/user/{user}", per_user), (f"{api}/{bucket}/project", per_project)):
            if used.get(who, 0) >= limit:
                raise _exceeded(api, user if "/user/" in who else None, bucket)
        for who in (f"{api}/{bucket}/user/{user}", f"{api}/{bucket}/project"):
            used[who] = used.get(who, 0) + 1


def _writes(method: Method) -> bool:
    reads = method.http_method == "GET" or method.id.rsplit(".", 1)[1] in (
        "getByDataFilter",
        "batchGetByDataFilter",
        "search",
    )
    return not reads


def _exceeded(api: str, user: str | None, bucket: str) -> GoogleError:
    if api in ("calendar", "drive"):
        if user:
            return GoogleError(403, "userRateLimitExceeded", "User Rate Limit Exceeded", domain="usageLimits")
        return GoogleError(403, "rateLimitExceeded", "Rate Limit Exceeded", domain="usageLimits")
    metric = f"{bucket.capitalize()} requests"
    limit = f"{metric} per minute" + (" per user" if user else "")
    message = f"Quota exceeded for quota metric '{metric}' and limit '{limit}' of service '{api}.googleapis.com'."
    return GoogleError(429, "rateLimitExceeded", message, domain="usageLimits")

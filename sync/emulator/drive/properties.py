"""Custom properties of files and their limits.

Rules: at most 30 public and 30 private (per app) properties, and 124 bytes of UTF-8 for a key and its value.
"""

from __future__ import annotations

from collections.abc import Mapping

from sync.emulator.errors import GoogleError

MOST = 30
LONGEST = 124


def merged(old: Mapping[str, str], new: Mapping[str, str | None] | None, *, private: bool = False) -> dict[str, str]:
    """Properties after a change: null takes one away. Raises 403 where Drive's limits are passed."""
    result = dict(old)
    for key, value in (new or {}).items():
        if value is None:
            result.pop(key, None)
            continue
        if len(key.encode()) + len(str(value).encode()) > LONGEST:
            raise GoogleError(
                403,
                "propertySizeLimitExceeded",
                f"The key and value of a property together are limited to {LONGEST} bytes.",
            )
        result[key] = value
    if len(result) > MOST:
        whose = "appProperties" if private else "properties"
        raise GoogleError(403, "propertyCountLimitExceeded", f"A file is limited to {MOST} {whose}.")
    return result

"""Pages of the lists that a page token goes through by position."""

from typing import Any, TypeVar

from sync.emulator.call import Call, GoogleError, state_of, token_of

_T = TypeVar("_T")


def paged(call: Call, found: list[_T], default: int = 20) -> tuple[list[_T], dict[str, Any]]:
    """One page of a list (`default` entries if none are asked for, 100 at most), and the token of the next."""
    start = state_of(call.params["pageToken"]) if call.params.get("pageToken") else 0
    if not isinstance(start, int):
        raise GoogleError.invalid("Invalid Value", "pageToken")
    limit = call.page_limit(default, 100, "pageSize")
    token = {"nextPageToken": token_of(start + limit)} if start + limit < len(found) else {}
    return found[start : start + limit], token

"""Push channels: opened by a watch method, told of changes over HTTP, stopped, expired.

Source: Calendar and Drive "Push notifications": headers only, no body; first a `sync`, then `exists` (Calendar) or
`change`/`update` (Drive); 5xx is tried again; numbers rise. Nothing promises that a message arrives once, or at all.
"""

from __future__ import annotations

import hashlib
import logging
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from sync.emulator.call import Call, GoogleError
from sync.emulator.workspace import Workspace

_log = logging.getLogger("sync.emulator")
CHANNELS, BY_RESOURCE = "push.channels", "push.by_resource"
DEFAULT_SECONDS = 604_800
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")
_AGAIN = (500, 502, 503, 504)
_ATTEMPTS = 3


def open_channel(call: Call, resource: str, uri: str, *, seconds: int = DEFAULT_SECONDS) -> dict[str, Any]:
    """Open the channel that the body describes on `resource`; returns the Channel resource. A `sync` message follows.

    Raises GoogleError 400 for a body without id or address, a type other than web_hook, an id in use, an address
    that is not HTTPS (plain HTTP is taken on loopback only, where there are no certificates).
    """
    body = call.body
    if not body.get("id") or not body.get("address"):
        raise GoogleError.required("Missing channel id or address.", "entity.channel")
    if body.get("type") not in ("web_hook", "webhook"):
        raise GoogleError(400, "push.unknownType", "Unknown channel type.")
    parts = urlsplit(body["address"])
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise GoogleError(400, "push.webhookUrlNotHttps", f"WebHook callback must be HTTPS: {body['address']}")
    if len(body["id"]) > 64 or len(body.get("token", "")) > 256:
        raise GoogleError.invalid("Channel id or token is too long.", "entity.channel")
    if body["id"] in call.workspace.table(CHANNELS):
        raise GoogleError(400, "channelIdNotUnique", "Channel id not unique")
    expiration = _expiration(call, seconds)
    channel = {
        "id": body["id"],
        "address": body["address"],
        "token": body.get("token"),
        "resource": resource,
        "resourceId": hashlib.sha256(resource.encode()).hexdigest()[:27],
        "resourceUri": f"https://www.googleapis.com{uri}",
        "expiration": expiration,
        "user": call.user,
        "client": call.client,
        "number": 0,
    }
    call.workspace.table(CHANNELS).put(channel["id"], channel)
    call.workspace.table(BY_RESOURCE).put(f"{resource}\0{channel['id']}", 1)
    _send(call.workspace, channel["id"], "sync", {})
    answer = {name: channel[name] for name in ("id", "resourceId", "resourceUri", "token") if channel[name]}
    return {"kind": "api#channel", **answer, "expiration": str(expiration)}


def _expiration(call: Call, seconds: int) -> int:
    now = int(call.now.timestamp() * 1000)
    most = now + seconds * 1000
    asked = call.body.get("expiration")
    ttl = (call.body.get("params") or {}).get("ttl")
    if asked is not None:
        if int(asked) <= now:
            raise GoogleError.invalid("Channel expiration is in the past.", "entity.channel.expiration")
        return min(int(asked), most)
    return now + min(int(ttl), seconds) * 1000 if ttl and str(ttl).isdigit() else most


def stop_channel(call: Call) -> None:
    """Close the channel that the body names by id and resourceId. Raises GoogleError 404 when there is none such."""
    found = call.workspace.table(CHANNELS).get(call.body.get("id", ""))
    if found is None or found["resourceId"] != call.body.get("resourceId") or found["client"] != call.client:
        raise GoogleError.not_found(f"Channel '{call.body.get('id')}' not found for project", None)
    _close(call.workspace, found)


def _close(workspace: Workspace, channel: dict[str, Any]) -> None:
    workspace.table(CHANNELS).delete(channel["id"])
    workspace.table(BY_RESOURCE).delete(f"{channel['resource']}\0{channel['id']}")


def changed(workspace: Workspace, resource: str, state: str = "exists", **headers: str) -> None:
    """Tell every channel on `resource`, once the running transaction is committed. Extra headers: Changed="content"."""
    prefix = resource + "\0"
    now = int(workspace.clock.now().timestamp() * 1000)
    for key in [key for key, _ in workspace.table(BY_RESOURCE).starting(prefix)]:
        channel = workspace.table(CHANNELS)[key.removeprefix(prefix)]
        if channel["expiration"] <= now:
            _close(workspace, channel)
        else:
            _send(workspace, channel["id"], state, headers)


def _send(workspace: Workspace, channel_id: str, state: str, extra: dict[str, str]) -> None:
    channels = workspace.table(CHANNELS)
    channel = {**channels[channel_id], "number": channels[channel_id]["number"] + 1}
    channels.put(channel_id, channel)
    expires = format_datetime(datetime.fromtimestamp(channel["expiration"] / 1000, UTC), usegmt=True)
    headers = {
        "X-Goog-Channel-ID": channel_id,
        "X-Goog-Channel-Expiration": expires,
        "X-Goog-Resource-ID": channel["resourceId"],
        "X-Goog-Resource-URI": channel["resourceUri"],
        "X-Goog-Resource-State": state,
        "X-Goog-Message-Number": str(channel["number"]),
        **{f"X-Goog-{name}": value for name, value in extra.items()},
    }
    if channel["token"]:
        headers["X-Goog-Channel-Token"] = channel["token"]
    method = channel["resource"].split("/")[0]
    fault = workspace.faults.take(method, channel["user"], notification=True)
    due = None
    if fault and fault["kind"] == "late-notification":
        due = workspace.clock.now() + timedelta(seconds=fault["seconds"])
    times = 2 if fault and fault["kind"] == "duplicate-notification" else 1
    for _ in range(times):
        workspace.after_commit(lambda: workspace.deliveries.add(lambda: _post(channel["address"], headers), due))


def _post(address: str, headers: dict[str, str]) -> None:
    for attempt in range(_ATTEMPTS):
        request = urllib.request.Request(address, data=b"", headers=headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=10):
                return
        except urllib.error.HTTPError as error:
            error.close()
            if error.code not in _AGAIN:
                return
        except (urllib.error.URLError, OSError):
            _log.info("no answer from the address of channel %s", headers["X-Goog-Channel-ID"])
        time.sleep(0.2 * 2**attempt)

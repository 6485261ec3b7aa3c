"""replies.create, get, list, update, delete: answers to a comment, which may resolve or reopen it."""

from __future__ import annotations

from typing import Any

from sync.emulator.call import Call, GoogleError, provides
from sync.emulator.clock import rfc3339
from sync.emulator.drive.access import denied
from sync.emulator.drive.comments import REPLIES, TABLE, commentable, existing, reply_resource
from sync.emulator.drive.guard import file_for, require_fields
from sync.emulator.drive.paging import paged
from sync.emulator.drive.state import Record, note_change
from sync.emulator.workspace import Workspace

ACTIONS = ("resolve", "reopen")


@provides("drive.replies.create")
def create(call: Call) -> dict[str, Any]:
    """Answer a comment; an action needs no words."""
    require_fields(call)
    record = commentable(call)
    comment = existing(call, record)
    action, content = call.body.get("action"), call.body.get("content", "")
    if action and action not in ACTIONS:
        raise GoogleError.invalid("Invalid value for action.", "reply.action")
    if not content and not action:
        raise GoogleError.required("Reply content is required unless an action is given.", "reply.content")
    return reply_resource(call, new_reply(call.workspace, record, comment, call.user, content, action))


def new_reply(
    workspace: Workspace, record: Record, comment: Record, user: str, content: str, action: str | None
) -> Record:
    """Keep a reply, and what its action makes of the comment."""
    now = rfc3339(workspace.clock.now())
    reply = {
        "id": f"AAAA{workspace.new_id('reply')[:7]}",
        "number": workspace.next_number(f"drive.reply/{record['id']}"),
        "author": user,
        "content": content,
        "createdTime": now,
        "modifiedTime": now,
        "deleted": False,
        **({"action": action} if action else {}),
    }
    workspace.table(REPLIES).put(_key(record, comment, reply), reply)
    resolved = {"resolve": True, "reopen": False}.get(action or "", comment["resolved"])
    workspace.table(TABLE).put(
        f"{record['id']}/{comment['id']}", {**comment, "modifiedTime": now, "resolved": resolved}
    )
    note_change(workspace, record)
    return reply


def _key(record: Record, comment: Record, reply: Record) -> str:
    return f"{record['id']}/{comment['id']}/{reply['id']}"


def existing_reply(call: Call, record: Record, comment: Record) -> Record:
    reply_id = call.params["replyId"]
    reply: Record | None = call.workspace.table(REPLIES).get(f"{record['id']}/{comment['id']}/{reply_id}")
    if reply is None or (reply["deleted"] and not call.params.get("includeDeleted")):
        raise GoogleError.not_found(f"Reply not found: {reply_id}.", "replyId")
    return reply


@provides("drive.replies.get")
def get(call: Call) -> dict[str, Any]:
    require_fields(call)
    record = file_for(call, call.params["fileId"])
    return reply_resource(call, existing_reply(call, record, existing(call, record)))


@provides("drive.replies.list")
def list_replies(call: Call) -> dict[str, Any]:
    """A comment's replies in the order they were written."""
    require_fields(call)
    record = file_for(call, call.params["fileId"])
    comment = existing(call, record)
    found = [reply for _, reply in call.workspace.table(REPLIES).starting(f"{record['id']}/{comment['id']}/")]
    if not call.params.get("includeDeleted"):
        found = [reply for reply in found if not reply["deleted"]]
    page, token = paged(call, sorted(found, key=lambda reply: reply["number"]))
    return {"kind": "drive#replyList", "replies": [reply_resource(call, reply) for reply in page], **token}


@provides("drive.replies.update")
def update(call: Call) -> dict[str, Any]:
    """Change the words of one's own reply."""
    require_fields(call)
    record = commentable(call)
    comment = existing(call, record)
    before = existing_reply(call, record, comment)
    if before["author"] != call.user:
        raise denied(call, record["id"])
    if not call.body.get("content"):
        raise GoogleError.required("Reply content is required.", "reply.content")
    reply = {**before, "content": call.body["content"], "modifiedTime": rfc3339(call.now)}
    call.workspace.table(REPLIES).put(_key(record, comment, reply), reply)
    return reply_resource(call, reply)


@provides("drive.replies.delete")
def delete(call: Call) -> None:
    """Delete a reply: its author may, and the file's owner."""
    record = file_for(call, call.params["fileId"])
    comment = existing(call, record)
    before = existing_reply(call, record, comment)
    if call.user not in (before["author"], record["owner"]):
        raise denied(call, record["id"])
    reply = {**before, "deleted": True, "content": "", "modifiedTime": rfc3339(call.now)}
    call.workspace.table(REPLIES).put(_key(record, comment, reply), reply)

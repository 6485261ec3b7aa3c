"""comments.create, get, list, update, delete: what people say beside a file."""

from __future__ import annotations

from html import escape
from typing import Any

from sync.emulator.call import Call, GoogleError, provides
from sync.emulator.clock import rfc3339
from sync.emulator.drive.access import at_least, denied, role_of
from sync.emulator.drive.guard import file_for, require_fields
from sync.emulator.drive.paging import paged
from sync.emulator.drive.state import Record, note_change
from sync.emulator.workspace import Workspace

TABLE = "drive.comments"
REPLIES = "drive.replies"


@provides("drive.comments.create")
def create(call: Call) -> dict[str, Any]:
    """Comment on a file; it takes the commenter's role."""
    require_fields(call)
    record = commentable(call)
    if not call.body.get("content"):
        raise GoogleError.required("Comment content is required.", "comment.content")
    comment = new_comment(
        call.workspace,
        record,
        call.user,
        call.body["content"],
        {name: call.body[name] for name in ("anchor", "quotedFileContent") if call.body.get(name)},
    )
    return comment_resource(call, record["id"], comment)


def new_comment(
    workspace: Workspace, record: Record, user: str, content: str, known: dict[str, Any] | None = None
) -> Record:
    """Keep a new comment on a file."""
    now = rfc3339(workspace.clock.now())
    number = workspace.next_number(f"drive.comment/{record['id']}")
    comment = {
        "id": f"AAAA{workspace.new_id('comment')[:7]}",
        "number": number,
        "author": user,
        "content": content,
        "createdTime": now,
        "modifiedTime": now,
        "deleted": False,
        "resolved": None,
        **(known or {}),
    }
    workspace.table(TABLE).put(f"{record['id']}/{comment['id']}", comment)
    note_change(workspace, record)
    return comment


def commentable(call: Call) -> Record:
    record = file_for(call, call.params["fileId"])
    if not at_least(role_of(call.workspace, record["id"], call.user), "commenter"):
        raise denied(call, record["id"])
    return record


def existing(call: Call, record: Record) -> Record:
    comment_id = call.params["commentId"]
    comment: Record | None = call.workspace.table(TABLE).get(f"{record['id']}/{comment_id}")
    if comment is None or (comment["deleted"] and not call.params.get("includeDeleted")):
        raise GoogleError.not_found(f"Comment not found: {comment_id}.", "commentId")
    return comment


def comment_resource(call: Call, file_id: str, comment: Record) -> dict[str, Any]:
    """The Comment resource with its replies; a deleted one has no words."""
    shown = reply_resource(call, comment, "drive#comment")
    replies = [reply for _, reply in call.workspace.table(REPLIES).starting(f"{file_id}/{comment['id']}/")]
    replies = sorted(replies, key=lambda reply: reply["number"])
    with_deleted = call.params.get("includeDeleted")
    shown["replies"] = [reply_resource(call, reply) for reply in replies if with_deleted or not reply["deleted"]]
    for name in ("anchor", "quotedFileContent"):
        if name in comment:
            shown[name] = comment[name]
    if comment["resolved"] is not None:
        shown["resolved"] = comment["resolved"]
    return shown


def reply_resource(call: Call, kept: Record, kind: str = "drive#reply") -> dict[str, Any]:
    """What comments and replies have in common. Google does not tell the author's address."""
    person = call.workspace.person(kept["author"])
    author = {
        "kind": "drive#user",
        "displayName": person["name"] if person else kept["author"],
        "me": kept["author"] == call.user,
    }
    shown = {
        "kind": kind,
        "id": kept["id"],
        "createdTime": kept["createdTime"],
        "modifiedTime": kept["modifiedTime"],
        "author": author,
        "deleted": kept["deleted"],
    }
    if not kept["deleted"]:
        shown |= {"content": kept["content"], "htmlContent": escape(kept["content"])}
    if kept.get("action"):
        shown["action"] = kept["action"]
    return shown


@provides("drive.comments.get")
def get(call: Call) -> dict[str, Any]:
    require_fields(call)
    record = file_for(call, call.params["fileId"])
    return comment_resource(call, record["id"], existing(call, record))


@provides("drive.comments.list")
def list_comments(call: Call) -> dict[str, Any]:
    """A file's comments, the latest changed first."""
    require_fields(call)
    record = file_for(call, call.params["fileId"])
    found = [comment for _, comment in call.workspace.table(TABLE).starting(record["id"] + "/")]
    if not call.params.get("includeDeleted"):
        found = [comment for comment in found if not comment["deleted"]]
    if since := call.params.get("startModifiedTime"):
        found = [comment for comment in found if comment["modifiedTime"] >= since]
    found.sort(key=lambda comment: (comment["modifiedTime"], comment["number"]), reverse=True)
    page, token = paged(call, found)
    shown = [comment_resource(call, record["id"], comment) for comment in page]
    return {"kind": "drive#commentList", "comments": shown, **token}


@provides("drive.comments.update")
def update(call: Call) -> dict[str, Any]:
    """Change the words of one's own comment."""
    require_fields(call)
    record = commentable(call)
    before = existing(call, record)
    if before["author"] != call.user:
        raise denied(call, record["id"])
    if not call.body.get("content"):
        raise GoogleError.required("Comment content is required.", "comment.content")
    comment = {**before, "content": call.body["content"], "modifiedTime": rfc3339(call.now)}
    call.workspace.table(TABLE).put(f"{record['id']}/{comment['id']}", comment)
    return comment_resource(call, record["id"], comment)


@provides("drive.comments.delete")
def delete(call: Call) -> None:
    """Delete a comment: its author may, and the file's owner."""
    record = file_for(call, call.params["fileId"])
    before = existing(call, record)
    if call.user not in (before["author"], record["owner"]):
        raise denied(call, record["id"])
    comment = {**before, "deleted": True, "content": "", "modifiedTime": rfc3339(call.now)}
    call.workspace.table(TABLE).put(f"{record['id']}/{comment['id']}", comment)

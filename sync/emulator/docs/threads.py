"""Comment threads of a document as Docs shows them; they are the file's comments in Drive."""

from __future__ import annotations

from html import escape
from typing import Any

from sync.emulator.call import Call
from sync.emulator.clock import rfc3339
from sync.emulator.docs.errors import RequestRefused
from sync.emulator.docs.model import Document, Json
from sync.emulator.drive.comments import REPLIES, TABLE, new_comment
from sync.emulator.drive.replies import new_reply
from sync.emulator.drive.state import Record

ACTIONS = {"RESOLVE": "resolve", "REOPEN": "reopen"}


class DriveThreads:
    """The threads of one document, written as the caller."""

    def __init__(self, call: Call, record: Record) -> None:
        self.call, self.record = call, record

    def comment(self, content: str, quote: str, assignee: str | None) -> Json:
        known: dict[str, Any] = {"quotedFileContent": {"mimeType": "text/html", "value": escape(quote)}}
        if assignee:
            known["assignee"] = assignee
        kept = new_comment(self.call.workspace, self.record, self.call.user, content, known)
        return thread_resource(self.call, self.record["id"], kept)

    def reply(self, comment_id: str, post: Json) -> Json:
        comment = self._comment(comment_id)
        action = ACTIONS.get(post.get("commentAction", ""))
        if not post.get("content") and not action:
            raise RequestRefused("The content of the reply must not be empty.")
        kept = new_reply(self.call.workspace, self.record, comment, self.call.user, post.get("content", ""), action)
        return post_resource(self.call, kept)

    def edit(self, comment_id: str, post_id: str, content: str) -> None:
        comment = self._comment(comment_id)
        table, key, kept = self._post(comment, post_id)
        self._own(kept)
        changed = {**kept, "content": content, "modifiedTime": rfc3339(self.call.now)}
        self.call.workspace.table(table).put(key, changed)

    def delete(self, comment_id: str, post_id: str | None) -> None:
        comment = self._comment(comment_id)
        table, key, kept = self._post(comment, comment_id if post_id is None else post_id)
        self._own(kept)
        gone = {**kept, "deleted": True, "content": "", "modifiedTime": rfc3339(self.call.now)}
        self.call.workspace.table(table).put(key, gone)

    def _comment(self, comment_id: str) -> Record:
        kept: Record | None = self.call.workspace.table(TABLE).get(f"{self.record['id']}/{comment_id}")
        if kept is None or kept["deleted"]:
            raise RequestRefused(f"Comment with ID {comment_id} was not found.", 404)
        return kept

    def _post(self, comment: Record, post_id: str) -> tuple[str, str, Record]:
        """The table and key of a thread's first post, which has the thread's id, or of a reply."""
        key = f"{self.record['id']}/{comment['id']}"
        if post_id == comment["id"]:
            return TABLE, key, comment
        key += f"/{post_id}"
        kept = self.call.workspace.table(REPLIES).get(key)
        if kept is None or kept["deleted"]:
            raise RequestRefused(f"Post with ID {post_id} was not found.", 404)
        return REPLIES, key, kept

    def _own(self, kept: Record) -> None:
        if kept["author"] != self.call.user:
            raise RequestRefused("The requesting user is not the author of the post.")


def threads_shown(call: Call, document_id: str, document: Document) -> list[Json]:
    """The open and resolved threads of a document, in the order they were begun."""
    anchors = {anchor.name: anchor.range_id for tab in document.tabs for anchor in tab.anchors}
    kept = [comment for _, comment in call.workspace.table(TABLE).starting(document_id + "/")]
    shown = []
    for comment in sorted(kept, key=lambda comment: comment["number"]):
        if not comment["deleted"]:
            anchor = {"anchorId": anchors[comment["id"]]} if comment["id"] in anchors else {}
            shown.append({**thread_resource(call, document_id, comment), **anchor})
    return shown


def thread_resource(call: Call, document_id: str, comment: Record) -> Json:
    replies = [kept for _, kept in call.workspace.table(REPLIES).starting(f"{document_id}/{comment['id']}/")]
    replies = sorted((kept for kept in replies if not kept["deleted"]), key=lambda kept: kept["number"])
    thread = {
        "commentId": comment["id"],
        "headPost": post_resource(call, comment),
        "status": "RESOLVED" if comment["resolved"] else "OPEN",
    }
    if quoted := comment.get("quotedFileContent"):
        thread["plainTextQuote"] = quoted["value"]
    if replies:
        thread["replies"] = [post_resource(call, kept) for kept in replies]
    return thread


def post_resource(call: Call, kept: Record) -> Json:
    person = call.workspace.person(kept["author"])
    post = {
        "postId": kept["id"],
        "content": kept["content"],
        "contentHtml": escape(kept["content"]),
        "createTime": kept["createdTime"],
        "updateTime": kept["modifiedTime"],
        "author": {
            "displayName": person["name"] if person else kept["author"],
            "me": kept["author"] == call.user,
            **({"user": f"users/{person['id']}"} if person else {}),
        },
    }
    if kept.get("assignee"):
        post["assigneeEmail"] = kept["assignee"]
    if kept.get("action"):
        post["commentAction"] = kept["action"].upper()
    return post

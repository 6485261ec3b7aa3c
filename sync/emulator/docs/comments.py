"""Comments by batchUpdate: a range is anchored in the document, the words go to the file's comments in Drive."""

from __future__ import annotations

from sync.emulator.docs.edit import Edit, Threads, edits
from sync.emulator.docs.errors import RequestRefused
from sync.emulator.docs.model import Json, NamedRange, Stretch
from sync.emulator.docs.text import text_of

LONGEST = 2048


def threads_of(edit: Edit) -> Threads:
    if edit.threads is None:
        raise RequestRefused("The local Workspace does not provide comments here.", 501)
    return edit.threads


def words_of(request: Json) -> str:
    """The words of a comment. Rule: not empty, at most 2048 bytes of UTF-8."""
    content: str = request.get("content", "")
    if not content:
        raise RequestRefused("The content of the comment must not be empty.")
    if len(content.encode()) > LONGEST:
        raise RequestRefused(f"The content of the comment must not exceed {LONGEST} UTF-8 code units.")
    return content


@edits("insertComment")
def insert_comment(edit: Edit, request: Json) -> Json:
    """Comment on a range; the anchor moves with the text it stands on."""
    span = edit.span(request.get("range"))
    quote = text_of(span.tab, span.segment_id, span.start, span.end)
    thread = threads_of(edit).comment(words_of(request), quote, request.get("assigneeEmailAddress"))
    anchor = NamedRange(edit.fresh_id("kix."), thread["commentId"], (Stretch(span.segment_id, span.start, span.end),))
    span.tab.anchors.append(anchor)
    return {"commentThread": {**thread, "anchorId": anchor.range_id}}


@edits("addCommentReply")
def add_comment_reply(edit: Edit, request: Json) -> Json:
    """Answer a comment, resolve it or open it again."""
    return {"post": threads_of(edit).reply(_comment_id(request), request.get("post") or {})}


@edits("updateCommentPost")
def update_comment_post(edit: Edit, request: Json) -> None:
    """Change the words of one's own comment or reply."""
    threads_of(edit).edit(_comment_id(request), request.get("postId", ""), words_of(request))


@edits("deleteComment")
def delete_comment(edit: Edit, request: Json) -> None:
    """Delete a thread; its author only."""
    comment_id = _comment_id(request)
    threads_of(edit).delete(comment_id, None)
    for tab in edit.document.tabs:
        tab.anchors = [anchor for anchor in tab.anchors if anchor.name != comment_id]


@edits("deleteCommentReply")
def delete_comment_reply(edit: Edit, request: Json) -> None:
    """Delete a reply; its author only."""
    threads_of(edit).delete(_comment_id(request), request.get("postId", ""))


def _comment_id(request: Json) -> str:
    if request.get("suggestionId"):
        raise RequestRefused("The local Workspace keeps no threads of suggestions.", 501)
    comment_id: str = request.get("commentId", "")
    if not comment_id:
        raise RequestRefused("The comment ID must be specified.")
    return comment_id

"""Saying thank you: the visitor's own words become a mail in their own Gmail, and are kept nowhere."""

from __future__ import annotations

from collections.abc import Mapping

from addon import paths
from addon.cards.reader import Reader
from addon.cards.widgets import (
    button,
    buttons,
    call,
    card,
    footer_button,
    open_link,
    paragraph,
    row,
    section,
    text_field,
)
from addon.envelopes import Json
from sync.core.school.school import School
from sync.services.notes.thanking import WORDS_AT_MOST, Draft

SAW, BORROW = "saw", "borrow"


def thank_card(walk: str, host: str, school: School, reader: Reader) -> Json:
    """Two lines to write."""
    parameters = {"walk": walk, "host": host}
    name = school.name_of(host)
    most = min(WORDS_AT_MOST, 500)
    return card(
        "thank",
        reader.say("Thank {names}", names=name),
        [
            section(
                text_field(SAW, reader.say("What you saw students do"), most=most,
                           hint=reader.say("One thing is enough")),
                text_field(BORROW, reader.say("What you will try"), most=most, hint=reader.say("May stay empty")),
            ),
            section(
                paragraph(reader.say("It becomes a mail of yours. We send nothing and keep none of your words.")),
                buttons(button(reader.say("I thanked in person"), call(reader, paths.THANK_LET_BE, parameters))),
            ),
        ],
        reader=reader,
        footer=footer_button(
            reader.say("Make the mail"), call(reader, paths.THANK_DRAFT, parameters, keep_typed=True)
        ),
    )  # fmt: skip


def draft_card(draft: Draft, walk: str, reader: Reader, *, send: Mapping[str, str] | None = None) -> Json:
    """The mail, ready to open and send; `send`: what goes along with "Send it as me", where that was granted."""
    now = [button(reader.say("Send it as me"), call(reader, paths.THANK_SEND, send), main=True)] if send else []
    sent = call(reader, paths.THANK_SENT, {"walk": walk, "host": draft.to})
    return card(
        "thank-draft",
        reader.say("Your thank-you"),
        [
            section(row(draft.body, above=draft.subject)),
            section(
                buttons(
                    *now,
                    button(reader.say("Open in Gmail"), open_link(draft.link), main=not send),
                    button(reader.say("I have sent it"), sent),
                )
            ),
        ],
        reader=reader,
    )

"""Cards for when something stands in the way: what happened, what was kept, what to do."""

from __future__ import annotations

from addon import paths
from addon.cards.reader import Reader
from addon.cards.widgets import button, buttons, call, card, lines, paragraph, section
from addon.envelopes import Json
from sync.core.refusals import Refused


def home_button(reader: Reader) -> Json:
    return buttons(button("Home", call(reader, paths.HOME)))


def refused(refusal: Refused) -> Json:
    """A rule said no: its sentences, which end with a way on."""
    reasons = [paragraph(reason.sentence) for reason in refusal.reasons] or [paragraph(str(refusal))]
    kept = paragraph("Nothing was changed. Go back to choose again.")
    return card("refused", "Not this time", [section(*reasons), section(kept)])


def out_of_date(reader: Reader) -> Json:
    """What was tapped belongs to a card that no longer fits."""
    told = lines("This card is older than what it shows.", "Nothing was changed. Start again from home.")
    return card("out-of-date", "Let us look again", [section(paragraph(told), home_button(reader))])


def fault(reader: Reader) -> Json:
    """Our fault, or Google's."""
    told = lines(
        "Something went wrong on our side.",
        "What you had booked before is kept. Wait a minute, then start again from home; "
        "if you had just tapped “Book it”, look there first whether it was booked.",
    )
    return card("fault", "Sorry, that did not work", [section(paragraph(told), home_button(reader))])


def nobody() -> Json:
    """Google did not tell who is calling, although it may."""
    told = "Google did not tell us who you are. Choose Refresh in the menu at the top of this panel."
    return card("nobody", "Who is it?", [section(paragraph(told))])


def unknown_person(email: str) -> Json:
    """Somebody who is on no school's staff list."""
    told = lines(
        f"You are signed in as {email}, and no staff list here has this address.",
        "Ask the coordinator of visits at your school to add you, or switch to your school account.",
    )
    return card("unknown-person", "We do not know you yet", [section(paragraph(told))])

"""Cards for when something stands in the way: what happened, what was kept, what to do."""

from __future__ import annotations

from addon import paths
from addon.cards.reader import Reader
from addon.cards.widgets import button, buttons, call, card, lines, paragraph, section
from addon.envelopes import Json
from sync.core.refusals import Refused


def home_button(reader: Reader) -> Json:
    return buttons(button(reader.say("Home"), call(reader, paths.HOME)))


def refused(refusal: Refused, reader: Reader) -> Json:
    """A rule said no: its sentences, which end with a way on."""
    reasons = [paragraph(reader.sentence(reason.sentence)) for reason in refusal.reasons]
    kept = paragraph(reader.say("Nothing was changed. Go back to choose again."))
    shown = [section(*(reasons or [paragraph(str(refusal))])), section(kept, home_button(reader))]
    return card("refused", reader.say("Not this time"), shown, reader=reader)


def out_of_date(reader: Reader) -> Json:
    """What was tapped belongs to a card that no longer fits."""
    told = lines(
        reader.say("This card is older than what it shows."),
        reader.say("Nothing was changed. Start again from home."),
    )
    shown = [section(paragraph(told), home_button(reader))]
    return card("out-of-date", reader.say("Let us look again"), shown, reader=reader)


def fault(reader: Reader) -> Json:
    """Our fault, or Google's."""
    told = lines(
        reader.say("Something went wrong on our side."),
        reader.say(
            "What you had booked before is kept. Wait a minute, then start again from home; "
            "if you had just tapped “Book it”, look there first whether it was booked."
        ),
    )
    shown = [section(paragraph(told), home_button(reader))]
    return card("fault", reader.say("Sorry, that did not work"), shown, reader=reader)


def too_many(reader: Reader) -> Json:
    """More taps in a minute than a person makes."""
    told = lines(
        reader.say("That was a lot of taps in one minute."),
        reader.say("Nothing was changed by the last one. Wait a minute, then start again from home."),
    )
    shown = [section(paragraph(told), home_button(reader))]
    return card("too-many", reader.say("One moment"), shown, reader=reader)


def nobody(reader: Reader) -> Json:
    """Google did not tell who is calling, although it may."""
    told = reader.say("Google did not tell us who you are. Choose Refresh in the menu at the top of this panel.")
    return card("nobody", reader.say("Who is it?"), [section(paragraph(told))], reader=reader)


def unknown_person(email: str, reader: Reader) -> Json:
    """Somebody who is on no school's staff list."""
    told = lines(
        reader.say("You are signed in as {email}, and no staff list here has this address.", email=email),
        reader.say(
            "Ask the coordinator of visits at your school to add you, or switch to your school account.",
        ),
    )
    return card("unknown-person", reader.say("We do not know you yet"), [section(paragraph(told))], reader=reader)

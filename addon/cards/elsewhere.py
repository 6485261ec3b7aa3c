"""Cards beside things that are not a visit of the reader's: another event, a Sheet, a Doc."""

from __future__ import annotations

from addon import paths
from addon.cards.hosting import when_open
from addon.cards.reader import Reader
from addon.cards.widgets import PRODUCT, button, buttons, call, card, lines, paragraph, row, section
from addon.envelopes import Json
from sync.core.school.school import School
from sync.core.visits.doors import OpenDoor
from sync.services.visits.pineapple import ByTitle


def other_event_card(by_title: ByTitle, school: School, reader: Reader) -> Json:
    """The open event is no visit in which the reader takes part; whose it is, is nobody's business.

    Where its title was read, a pineapple in it has opened the door of the class, or its absence has closed it.
    """
    if by_title.door is not None:
        return _open_by_title_card(by_title.door, reader)
    told = lines(
        reader.say("This event is not one of your visits."),
        reader.say(
            "Is it your own class? Open its door, and colleagues may come and see. Or find a class worth seeing."
        ),
    )
    if by_title.closed:
        told = lines(
            reader.say("The pineapple is gone, and the door is closed."),
            reader.say("Visits that are booked stand; their visitors are offered another time."),
        )
    elif by_title.read:
        told = lines(told, reader.say("Or put a 🍍 in the title of your class, and open it again."))
    ways = [button(reader.say("Open my door"), call(reader, paths.MY_DOORS)), *_ways(reader)]
    shown = [section(paragraph(told)), section(buttons(*ways))]
    return card("other-event", reader.say("Not a visit of yours"), shown, reader=reader)


def _open_by_title_card(door: OpenDoor, reader: Reader) -> Json:
    """Beside a class of one's own with a pineapple in its title."""
    told = reader.say("A pineapple in the title: the door of this class is open. Take it out, and it closes again.")
    seats = reader.plural("{number} seat", "{number} seats", door.seats)
    change = button(reader.say("Change"), call(reader, paths.DOOR_DATES, {"door": door.key}), main=True)
    shown = [section(row(when_open(door, reader), below=seats), paragraph(told), buttons(change, *_ways(reader)))]
    return card("open-by-title", reader.say("Your door is open."), shown, reader=reader)


def not_for_you_card(reader: Reader) -> Json:
    """Beside a Sheet, for somebody who does not coordinate."""
    told = reader.say("Down the Hall keeps the coordinator's Sheet up to date. Your own visits are in your calendar.")
    return card("sheet", PRODUCT, [section(paragraph(told)), section(_ways_on(reader))], reader=reader)


def other_doc_card(reader: Reader) -> Json:
    told = lines(
        reader.say("This Doc belongs to none of your visits."),
        reader.say("Your visits' Docs are linked in their invitations."),
    )
    shown = [section(paragraph(told)), section(_ways_on(reader))]
    return card("other-doc", reader.say("Not a Doc of your visits"), shown, reader=reader)


def ask_for_file_card(reader: Reader) -> Json:
    """Google tells which file is open only once the reader agrees."""
    told = reader.say(
        "To show the visit that this Doc belongs to, we need to know which Doc it is. We read nothing else of it."
    )
    ask = button(reader.say("Let it know"), call(reader, paths.ASK_FOR_FILE), main=True)
    shown = [section(paragraph(told), buttons(ask)), section(_ways_on(reader))]
    return card("ask-for-file", reader.say("Which Doc is this?"), shown, reader=reader)


def _ways_on(reader: Reader) -> Json:
    return buttons(*_ways(reader))


def _ways(reader: Reader) -> list[Json]:
    return [
        button(reader.say("Find a visit"), call(reader, paths.FIND)),
        button(reader.say("Home"), call(reader, paths.HOME)),
    ]

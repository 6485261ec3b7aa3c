"""The addresses of the add-on's functions, each once: routes serve them, cards call them, the manifest names them."""

from __future__ import annotations

# Triggers: Google calls these by itself.
CALENDAR_HOME = "/calendar/home"
CALENDAR_EVENT = "/calendar/event"
SHEETS_HOME = "/sheets/home"
SHEETS_GRANTED = "/sheets/granted"
DOCS_HOME = "/docs/home"
DOCS_GRANTED = "/docs/granted"

# Actions: a tap on a card calls these.
HOME = "/do/home"
FIND = "/do/find"
CONFIRM = "/do/confirm"
BOOK = "/do/book"
VISIT = "/do/visit"
CANCEL_ASK = "/do/cancel/ask"
CANCEL = "/do/cancel"
MOVE_OFFERS = "/do/move/offers"
MOVE = "/do/move"
HAPPENED = "/do/happened"
DID_NOT_HAPPEN = "/do/did-not-happen"
ASK_FOR_FILE = "/do/file"
MY_DOORS = "/do/doors"
DOOR_ASK = "/do/door/ask"
DOOR_OPEN = "/do/door/open"
DOOR_CLOSE = "/do/door/close"
WAIT = "/do/wait"
PIECES = "/do/pieces"
PIECE_PLACE = "/do/piece/place"
PIECE_DROP = "/do/piece/drop"
MY_GROUP = "/do/group"
MY_YEAR = "/do/year"

# Machines: pushes from Calendar, cron and Cloud Tasks, health.
CALENDAR_PUSH = "/notifications/calendar"
SYNC_TASK = "/tasks/sync"
HEALTH = "/healthz"

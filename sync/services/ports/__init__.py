"""What the use cases need from the world, a file an idea. Adapters stand in `sync.store` and `sync.google`."""

from sync.services.ports.access import ANYBODY, DOMAIN, Access, Given, OpenTo, Reader
from sync.services.ports.calendar import Appointment, Calendar, CalendarGone, EventLost, EventView, Seen, SeenEvent
from sync.services.ports.clock import Clock
from sync.services.ports.covers import Covers, EasyClass
from sync.services.ports.doors import OpenDoors, Waiting, WaitingList
from sync.services.ports.faults import Fault
from sync.services.ports.inquiry import Inquiry
from sync.services.ports.mail import Letter, Mail, MaybeSent, NotGranted
from sync.services.ports.mirrors import Mirrors, NotesPlace, Shown
from sync.services.ports.news import Item, News, Topic, item_key
from sync.services.ports.newsletters import NewsletterDraft, Newsletters, NewsletterView
from sync.services.ports.notebook import KeptLine, Notebook, TabRef, WalkNotes
from sync.services.ports.notes import Changed, Notes, NotesView, PacketView, PlaceGone, ReadStep, ReadTab, WantedTab
from sync.services.ports.overlaps import Overlap, Overlaps
from sync.services.ports.retention import DueYear, Retention
from sync.services.ports.schools import NoSuchSchool, Rooms, Schools, StoredSchool
from sync.services.ports.sheet import (
    Cell,
    Fill,
    Filled,
    Form,
    FormKind,
    Page,
    SchoolForms,
    Sheet,
    SheetGone,
    Table,
    Understood,
)
from sync.services.ports.speech import English, Speaks, Speech, in_english
from sync.services.ports.store import Store, Work
from sync.services.ports.term_plans import (
    UNDER_WAY,
    Found,
    LeftOut,
    Planner,
    Stage,
    Tell,
    TermPlan,
    TermPlans,
    Wave,
)
from sync.services.ports.together import Together
from sync.services.ports.videos import Videos
from sync.services.ports.walks import Mirror, Outdated, SeatTaken, Tally, Walks
from sync.services.ports.workspace import Workspace

__all__ = [
    "ANYBODY",
    "DOMAIN",
    "UNDER_WAY",
    "Access",
    "Appointment",
    "Calendar",
    "CalendarGone",
    "Cell",
    "Changed",
    "Clock",
    "Covers",
    "DueYear",
    "EasyClass",
    "English",
    "EventLost",
    "EventView",
    "Fault",
    "Fill",
    "Filled",
    "Form",
    "FormKind",
    "Found",
    "Given",
    "Inquiry",
    "Item",
    "KeptLine",
    "LeftOut",
    "Letter",
    "Mail",
    "MaybeSent",
    "Mirror",
    "Mirrors",
    "News",
    "NewsletterDraft",
    "NewsletterView",
    "Newsletters",
    "NoSuchSchool",
    "NotGranted",
    "Notebook",
    "Notes",
    "NotesPlace",
    "NotesView",
    "OpenDoors",
    "OpenTo",
    "Outdated",
    "Overlap",
    "Overlaps",
    "PacketView",
    "Page",
    "PlaceGone",
    "Planner",
    "ReadStep",
    "ReadTab",
    "Reader",
    "Retention",
    "Rooms",
    "SchoolForms",
    "Schools",
    "SeatTaken",
    "Seen",
    "SeenEvent",
    "Sheet",
    "SheetGone",
    "Shown",
    "Speaks",
    "Speech",
    "Stage",
    "Store",
    "StoredSchool",
    "TabRef",
    "Table",
    "Tally",
    "Tell",
    "TermPlan",
    "TermPlans",
    "Together",
    "Topic",
    "Understood",
    "Videos",
    "Waiting",
    "WaitingList",
    "WalkNotes",
    "Walks",
    "WantedTab",
    "Wave",
    "Work",
    "Workspace",
    "in_english",
    "item_key",
]

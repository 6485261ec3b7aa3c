"""Calendar v3."""

from sync.emulator.calendar import (
    acl,
    calendar_list,
    calendars,
    events,
    freebusy,
    listing,
    quickadd,
    seeding,
    settings,
    watch,
)

__all__ = [
    "acl",
    "calendar_list",
    "calendars",
    "events",
    "freebusy",
    "listing",
    "quickadd",
    "seeding",
    "settings",
    "watch",
]

"""Google as the use cases see it."""

from __future__ import annotations

from dataclasses import dataclass

from sync.services.ports.calendar import Calendar
from sync.services.ports.mail import Mail
from sync.services.ports.notes import Notes
from sync.services.ports.sheet import SchoolForms, Sheet
from sync.services.ports.speech import Speaks, in_english


@dataclass(frozen=True)
class Workspace:
    """Google as the use cases see it."""

    calendar: Calendar
    notes: Notes
    sheet: Sheet
    forms: SchoolForms | None = None
    """readers of the Sheet's input tabs; None = the Sheet has none"""
    mail: Mail | None = None
    """None = nothing is ever mailed"""
    speaks: Speaks = in_english
    """in which words mails are written"""

"""How much of people's own time others propose: an agreement may bound it (domain facts, R15)."""

from __future__ import annotations

from sync.core.refusals import Refusal
from sync.core.school.saying import count
from sync.core.school.school import School
from sync.core.visits.walk import Walk
from sync.services.ports import Work


def too_many_proposed(work: Work, school_key: str, school: School, walk: Walk) -> list[Refusal]:
    """Refusals for the visitors who have as many proposed visits in that month as the agreement has."""
    most = school.rules.agreement.directed_per_month
    if not most or not walk.is_directed:
        return []
    first = walk.stops[0].slot.date.replace(day=1)
    last = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    found = []
    for email in walk.visitors:
        others = work.walks.of_person(school_key, email, first, last)
        already = sum(
            one.is_directed and email in one.visitors and one.key != walk.key and first <= one.starts.date() < last
            for one in others
        )
        if already >= most:
            found.append(
                Refusal(
                    "directed_month",
                    "agreement.directed_per_month",
                    f"{school.person(email).name} has {count(already, 'proposed visit')} in that month; your "
                    f"agreement has {most}. Propose another month.",
                )
            )
    return found

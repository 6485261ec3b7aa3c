"""The ledger as a page that a union representative reads in two minutes (Markdown)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from sync.core.covers.ledger import SCHOOL, Account, Cause, Entry, Given, Ledger
from sync.core.school.agreement import Agreement, Compensation, PaybackBy
from sync.core.school.saying import count, day_of
from sync.core.school.school import School

LINES = 20
"""debts told one by one: what is read in two minutes"""
HEAD = "| Person | Covers | Prep given | Given back | Without return | Paid | Still owed | First due |"


def page(school: School, book: Ledger, today: date) -> str:
    """Who has given prep, what came back, and what is owed until when; minutes throughout, names in order."""
    accounts = {email: account for email, account in book.accounts.items() if account.given or account.restored}
    people = sorted(accounts, key=lambda email: (school.name_of(email).casefold(), email))
    lines = [
        f"# Prep given and given back · {_plain(school.name)}",
        "",
        f"As of {_day(today)}. Minutes of prep; visits and covers that have taken place. It says who gave time, never "
        "what was seen.",
        "",
        *_summary(book, today),
        "",
    ]
    if people:
        lines += [HEAD, "|---|---:|---:|---:|---:|---:|---:|---|"]
        lines += [_row(school.name_of(email), accounts[email]) for email in people]
        lines += [_row("**Together**", _sum(list(accounts.values()))), ""]
    lines += list(_still_owed(school, book, today))
    lines += ["## What your agreement says", "", *(f"- {line}" for line in _terms(school.rules.agreement)), ""]
    return "\n".join(lines)


def _summary(book: Ledger, today: date) -> Iterator[str]:
    total = _sum(list(book.accounts.values()))
    late = sum(entry.left for entry in book.entries if entry.given is Given.OWED and entry.due and entry.due < today)
    if not total.given:
        yield "**Nobody has lost prep.** Every visit was in time of the visitors' own choosing."
    else:
        yield (
            f"**{count(total.covers_given, 'cover')} and {count(total.directed, 'proposed visit')} took {total.given} "
            f"minutes of prep. {total.restored} came back, {total.owed} are still owed"
            f"{f', {late} of them past their date' if late else ', none past its date'}.**"
        )
        yield (
            f"{total.given} given = {total.restored} given back + {total.unpaid} without return + {total.paid} paid "
            f"+ {total.owed} owed."
        )
    yield ""
    yield (
        f"Visitors began {count(total.asked_for, 'visit')} themselves; {total.directed} "
        f"{'was' if total.directed == 1 else 'were'} proposed by somebody else and accepted."
    )


def _row(name: str, one: Account) -> str:
    due = day_of(one.due) if one.due and one.owed else ""
    cells = (one.covers_given, one.given, one.restored, one.unpaid, one.paid, one.owed, due)
    shown = name if name.startswith("**") else _plain(name)
    return f"| {shown} | " + " | ".join(str(cell) if cell else "" for cell in cells) + " |"


def _sum(accounts: list[Account]) -> Account:
    return Account(
        given=sum(one.given for one in accounts),
        restored=sum(one.restored for one in accounts),
        unpaid=sum(one.unpaid for one in accounts),
        paid=sum(one.paid for one in accounts),
        owed=sum(one.owed for one in accounts),
        owes=sum(one.owes for one in accounts),
        due=min((one.due for one in accounts if one.due and one.owed), default=None),
        covers_given=sum(one.covers_given for one in accounts),
        covers_taken=sum(one.covers_taken for one in accounts),
        asked_for=sum(one.asked_for for one in accounts),
        directed=sum(one.directed for one in accounts),
    )


def _still_owed(school: School, book: Ledger, today: date) -> Iterator[str]:
    """Each debt in a line, what is due first at the top: since when, for what, by whom, until when."""
    debts = [entry for entry in book.entries if entry.left and entry.given is Given.OWED]
    if not debts:
        return
    yield from ("## Still owed, and until when", "")
    debts.sort(key=lambda entry: (entry.due or date.max, entry.day, entry.to))
    for entry in debts[:LINES]:
        until = f", due {day_of(entry.due)}{' (past)' if entry.due < today else ''}" if entry.due else ""
        yield f"- {_plain(school.name_of(entry.to))}: {count(entry.left, 'minute')}{until}. {_why(school, entry)}"
    if len(debts) > LINES:
        rest = sum(entry.left for entry in debts[LINES:])
        yield f"- And {count(len(debts) - LINES, 'more line')} with {rest} minutes together, due later."
    yield ""


def _why(school: School, entry: Entry) -> str:
    """For what the minutes were given, and who gives them back."""
    if entry.cause is Cause.DIRECTED:
        return f"A visit on {day_of(entry.day)} that {_plain(school.name_of(entry.initiated_by))} proposed."
    took = f"Took {_plain(school.name_of(entry.for_whom))}'s class on {day_of(entry.day)}"
    if entry.by == SCHOOL:
        return f"{took}."
    return f"{took}; {_plain(school.name_of(entry.by))} takes one in return."


def _terms(agreement: Agreement) -> Iterator[str]:
    floor, piece = agreement.prep_floor_minutes_per_day, agreement.prep_piece_minutes
    yield f"{floor} minutes of prep stay every day, {piece} of them in one piece."
    if agreement.prep_floor_minutes_per_week:
        yield f"{agreement.prep_floor_minutes_per_week} minutes of prep stay every week."
    if not agreement.cover_in_prep:
        yield "Nobody is asked to cover in their prep; cover staff are."
    if agreement.covers_unpaid_per_term:
        yield f"The first {count(agreement.covers_unpaid_per_term, 'cover')} of a term without return."
    yield {
        Compensation.PAYBACK: "Prep lost is given back, at a time that its teacher agrees to.",
        Compensation.PAID: "Prep lost is paid.",
        Compensation.SWAP: "Who was covered for takes a class in return.",
    }[agreement.cover_for]
    if agreement.cover_for is not Compensation.PAID:
        until = f"within {count(agreement.payback_due_days, 'day')}"
        if agreement.cover_for is Compensation.SWAP:
            until = "in the same term"
        elif agreement.payback_by is PaybackBy.NEXT_TERM:
            until = "by the end of the next term"
        yield f"It is due {until}{', else it is paid' if agreement.unrestored_is_paid else ''}."
    if agreement.directed_per_month:
        yield f"At most {count(agreement.directed_per_month, 'proposed visit')} a month for one person."


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _plain(text: str) -> str:
    """Somebody's own text in Markdown: what would be read as a mark is shown as it is."""
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", text)

"""The small vocabulary of our cards: Google's card JSON, only what a side panel shows.

Texts given to `paragraph` and `row` are plain and are escaped here; markup comes from `bold` and `link` alone, which
give `Markup`. Labels and notices are plain text in Google's panels and are left as they are.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from addon.cards.reader import Reader
from addon.envelopes import Json

PRODUCT = "Down the Hall"
ACCENT = {"red": 0.12, "green": 0.37, "blue": 0.36, "alpha": 1}


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def escaped(text: str) -> Markup:
    """Plain text (or Markup, left alone) as the simple HTML that panels show."""
    return text if isinstance(text, Markup) else Markup(html.escape(text, quote=False).replace("\n", "<br>"))


def bold(text: str) -> Markup:
    return Markup(f"<b>{escaped(text)}</b>")


def lines(*texts: str) -> Markup:
    """Several texts under each other; empty ones are left out."""
    return Markup("<br>".join(escaped(text) for text in texts if text))


def joined(*texts: str) -> Markup:
    """Several texts after each other, plain or markup."""
    return Markup("".join(escaped(text) for text in texts))


# --- what happens on a tap ---


def call(reader: Reader, path: str, parameters: Mapping[str, str] | None = None, *, keep_typed: bool = False) -> Json:
    """A tap that calls one of our functions, with a spinner while it works."""
    action: Json = {"function": reader.url(path), "loadIndicator": "SPINNER"}
    if parameters:
        action["parameters"] = [{"key": key, "value": value} for key, value in parameters.items()]
    if keep_typed:
        action["persistValues"] = True
    return {"action": action}


def open_link(url: str) -> Json:
    """A tap that opens a page beside the panel."""
    return {"openLink": {"url": url, "openAs": "FULL_SIZE"}}


# --- widgets ---


def paragraph(text: str) -> Json:
    return {"textParagraph": {"text": str(escaped(text))}}


def row(
    text: str,
    *,
    above: str = "",
    below: str = "",
    button: Json | None = None,
) -> Json:
    """One line of a list: a text, a small plain label above and below, a button at its end."""
    inside: Json = {"text": str(escaped(text)), "wrapText": True}
    if above:
        inside["topLabel"] = above
    if below:
        inside["bottomLabel"] = below
    if button:
        inside["button"] = button
    return {"decoratedText": inside}


def button(text: str, on_click: Json, *, main: bool = False, alt: str = "") -> Json:
    """A button; the `main` one of a card is filled. `alt` says to screen readers what `text` alone does not."""
    made: Json = {"text": text, "onClick": on_click}
    if main:
        made["type"] = "FILLED"
    if alt:
        made["altText"] = alt
    return made


def footer_button(text: str, on_click: Json) -> Json:
    """The button of a card's fixed footer, in sight however long the card is; Google wants its colour named."""
    return button(text, on_click, main=True) | {"color": dict(ACCENT)}


def buttons(*given: Json) -> Json:
    return {"buttonList": {"buttons": list(given)}}


def text_field(name: str, label: str, *, value: str = "", hint: str = "", most: int = 200) -> Json:
    field: Json = {"name": name, "label": label, "type": "SINGLE_LINE", "validation": {"characterLimit": most}}
    if value:
        field["value"] = value
    if hint:
        field["hintText"] = hint
    return {"textInput": field}


def tick_boxes(name: str, label: str, items: Iterable[tuple[str, str]], ticked: Iterable[str]) -> Json:
    """Boxes to tick, as (value, label)."""
    chosen = set(ticked)
    return {
        "selectionInput": {
            "name": name,
            "label": label,
            "type": "CHECK_BOX",
            "items": [{"text": text, "value": value, "selected": value in chosen} for value, text in items],
        }
    }


def choose(name: str, label: str, items: Iterable[tuple[str, str]], chosen: str = "") -> Json:
    """One of several, as (value, label), folded to one line; the first is chosen where `chosen` is none of them."""
    listed = list(items)
    picked = chosen if any(value == chosen for value, _ in listed) else listed[0][0]
    return {
        "selectionInput": {
            "name": name,
            "label": label,
            "type": "DROPDOWN",
            "items": [{"text": text, "value": value, "selected": value == picked} for value, text in listed],
        }
    }


# --- sections and cards ---


def section(*widgets: Json, header: str = "", folded: bool = False) -> Json:
    """A part of a card; `folded` shows its header alone until it is opened."""
    made: Json = {"widgets": list(widgets)}
    if header:
        made["header"] = header
    if folded:
        made |= {"collapsible": True, "uncollapsibleWidgetsCount": 0}
    return made


def card(name: str, title: str, sections: Sequence[Json], *, reader: Reader, footer: Json | None = None) -> Json:
    """A card; sections without widgets are left out, since Google refuses them. `footer`: see `footer_button`."""
    made: Json = {
        "name": name,
        "header": {"title": title, "subtitle": reader.say("We visit to learn, not to judge.")},
        "sections": [section for section in sections if section["widgets"]],
    }
    if footer:
        made["fixedFooter"] = {"primaryButton": footer}
    return made


def widgets_of(card: Json) -> list[dict[str, Any]]:
    """Every widget of a card, in order."""
    return [widget for section in card.get("sections", []) for widget in section["widgets"]]

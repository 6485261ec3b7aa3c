"""A host's videos: showing one for some days, and ending that."""

from __future__ import annotations

from collections.abc import Sequence

from addon import paths
from addon.cards.reader import Reader
from addon.cards.widgets import (
    button,
    buttons,
    call,
    card,
    choose,
    footer_button,
    open_link,
    paragraph,
    row,
    section,
    text_field,
)
from addon.envelopes import Json
from sync.core.visits.videos import Video
from sync.services.visits.watching import ABOUT_AT_MOST, WINDOWS

LINK, ABOUT, DAYS = "link", "about", "days"
LINK_AT_MOST = 500


def videos_shown(videos: Sequence[Video], reader: Reader) -> list[Json]:
    """What a host shows now, each ended in one tap; and the way to show one more."""
    rows = [
        row(
            video.about,
            below=reader.say("Until {day}", day=reader.day(video.last)),
            button=button(
                reader.say("End"),
                call(reader, paths.VIDEO_END, {"video": video.key}),
                alt=reader.say("End “{video}”", video=video.about),
            ),
        )
        for video in videos
    ]
    return [*rows, buttons(button(reader.say("Show a video"), call(reader, paths.VIDEO_ASK)))]


def ask_video_card(reader: Reader) -> Json:
    """Where it is, what one sees, and for how long."""
    days = [(str(number), reader.plural("{number} day", "{number} days", number)) for number in WINDOWS]
    told = reader.say(
        "Share the file in Drive with your colleagues yourself; it stays yours. Here they see its link for as long as "
        "you say, and you end it in one tap. No pupil's face without your school's consent."
    )
    return card(
        "show-video",
        reader.say("Show a video"),
        [
            section(
                text_field(LINK, reader.say("Its link in Google Drive"), most=LINK_AT_MOST),
                text_field(ABOUT, reader.say("What colleagues see"), most=ABOUT_AT_MOST,
                           hint=reader.say("A few words on the lesson, no pupil's name")),
                choose(DAYS, reader.say("For how long"), days),
            ),
            section(paragraph(told)),
        ],
        reader=reader,
        footer=footer_button(reader.say("Show it"), call(reader, paths.VIDEO_SHOW, keep_typed=True)),
    )  # fmt: skip


def watch_rows(video: Video | None, host: str, reader: Reader) -> list[Json]:
    """On the card of a video visit: the link, while the host shows it."""
    if video is None:
        return [paragraph(reader.say("{name} does not show this video any more.", name=host))]
    watch = button(reader.say("Open the video"), open_link(video.link), main=True)
    return [row(video.about, above=reader.say("Until {day}", day=reader.day(video.last))), buttons(watch)]

"""Going together: colleagues for the year, groups that form, videos; what a visit's people have chosen; kept seats."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sync.store.moments import Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table, column, kind in (
        ("walks", "protocol", sa.String(length=40)),
        ("walks", "mode", sa.String(length=20)),
        ("walks", "video", sa.String(length=32)),
        ("open_doors", "about", sa.Text()),
        ("open_doors", "event", sa.Text()),
    ):
        op.add_column(table, sa.Column(column, kind, nullable=False, server_default=""))
    op.add_column("waiting", sa.Column("kept_until", Moment))
    for table, unique in (("colleague_wishes", False), ("colleagues", True)):
        op.create_table(
            table,
            sa.Column("school", sa.String(length=320), nullable=False),
            sa.Column("year", sa.String(length=20), nullable=False),
            sa.Column("email", sa.String(length=320), nullable=False),
            sa.Column("colleague", sa.String(length=320), nullable=False),
            *_of_school(table),
            sa.PrimaryKeyConstraint("school", "year", "email", name=op.f(f"pk_{table}")),
            *(_one_pair_each(table) if unique else ()),
        )
    op.create_table(
        "group_asks",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("group_name", sa.String(length=320), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("asked_by", sa.String(length=320), nullable=False),
        sa.Column("since", Moment, nullable=False),
        *_of_school("group_asks"),
        sa.PrimaryKeyConstraint("school", "group_name", "email", name=op.f("pk_group_asks")),
    )
    op.create_table(
        "group_turns",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("group_name", sa.String(length=320), nullable=False),
        sa.Column("host", sa.String(length=320), nullable=False),
        sa.Column("since", Moment, nullable=False),
        *_of_school("group_turns"),
        sa.PrimaryKeyConstraint("school", "group_name", name=op.f("pk_group_turns")),
    )
    op.create_table(
        "videos",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("host", sa.String(length=320), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.CheckConstraint("first <= last", name=op.f("ck_videos_dates_in_order")),
        *_of_school("videos"),
        sa.PrimaryKeyConstraint("school", "key", name=op.f("pk_videos")),
    )
    op.create_index(op.f("ix_videos_school_host"), "videos", ["school", "host"], unique=False)


def _of_school(table: str) -> tuple[sa.ForeignKeyConstraint, ...]:
    name = op.f(f"fk_{table}_school")
    return (sa.ForeignKeyConstraint(["school"], ["schools.key"], name=name, ondelete="CASCADE"),)


def _one_pair_each(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.UniqueConstraint("school", "year", "colleague", name=op.f(f"uq_{table}_school_year_colleague")),
        sa.CheckConstraint("email <> colleague", name=op.f(f"ck_{table}_two_people")),
    )

"""For years of practice: the local day of a set, its place in the plan in columns, and what the plan keeps."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from lunge.storage.instants import local, local_day

revision = "0006"
down_revision: str | None = "0005"

COUNTS = tuple(f"{side}_{name}" for side in ("left", "right") for name in ("asked", "done", "judged", "in_form"))


def upgrade() -> None:
    """Add them, and fill them from what is kept of each set."""
    op.add_column("sets", sa.Column("day", sa.Date(), nullable=False, server_default=date(1970, 1, 1).isoformat()))
    op.add_column("sets", sa.Column("self_test", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_sets_day", "sets", ["day"])
    op.create_table(
        "plan_sets",
        sa.Column("set_number", sa.Integer(), sa.ForeignKey("sets.number", ondelete="CASCADE"), primary_key=True),
        sa.Column("began", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("unsure", sa.Boolean(), nullable=False),
        sa.Column("targets", sa.String(), nullable=False),
        *(sa.Column(name, sa.SmallInteger()) for name in COUNTS),
    )
    op.create_table(
        "kept_plan", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("document", sa.JSON(), nullable=False)
    )
    _fill()


def _fill() -> None:
    connection = op.get_bind()
    sets = sa.table(
        "sets",
        sa.column("number", sa.Integer),
        sa.column("at", sa.DateTime(timezone=True)),
        sa.column("zone", sa.String),
        sa.column("wishes", sa.JSON),
        sa.column("day", sa.Date),
    )
    names = ("set_number", "began", "kind", "unsure", "targets", *COUNTS)
    places = sa.table("plan_sets", *(sa.column(name) for name in names))
    for number, at, zone, wishes in connection.execute(sa.select(sets.c.number, sets.c.at, sets.c.zone, sets.c.wishes)):
        # SQLite gives times without their zone, which is UTC.
        day = local_day(at if at.tzinfo else at.replace(tzinfo=UTC), zone)
        connection.execute(sets.update().where(sets.c.number == number).values(day=day))
        if "plan" in wishes:
            connection.execute(places.insert().values(set_number=number, **_place(wishes["plan"], zone)))


def _place(plan: dict[str, Any], zone: str) -> dict[str, Any]:
    counts = plan.get("counts", {})
    sides = ((side, name) for side in ("left", "right") for name in ("asked", "done", "judged", "in_form"))
    return {
        "began": local(datetime.fromisoformat(plan["began"]), zone).isoformat(),
        "kind": plan["kind"],
        "unsure": bool(plan.get("unsure")),
        "targets": json.dumps(plan["targets"], ensure_ascii=False, separators=(",", ":")),
        **{f"{side}_{name}": counts.get(side, {}).get(name) for side, name in sides},
    }

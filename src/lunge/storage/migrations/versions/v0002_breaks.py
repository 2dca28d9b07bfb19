"""What became of a break: seen, said, skipped, postponed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"


def upgrade() -> None:
    """Add the columns; of a break that was taken before, nobody saw it."""
    op.add_column("breaks", sa.Column("outcome", sa.String(), nullable=False, server_default="skipped"))
    for name in ("postponed_by", "set_id"):
        op.add_column("breaks", sa.Column(name, sa.String()))
    breaks = sa.table("breaks", sa.column("outcome", sa.String), sa.column("taken", sa.Boolean))
    op.execute(breaks.update().where(breaks.c.taken).values(outcome="said"))

"""Answers to questionnaire files of the person's own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:
    """Make their table."""
    op.create_table(
        "questionnaire_answers",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("questionnaire", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("score", sa.Double()),
        sa.Column("response", sa.JSON(), nullable=False),
    )
    op.create_index("ix_questionnaire_answers_at", "questionnaire_answers", ["at"])

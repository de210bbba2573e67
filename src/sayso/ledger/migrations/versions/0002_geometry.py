"""The area or line of a vague place, for events and incidents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("events", "incidents"):
        op.add_column(table, sa.Column("geometry", sa.Text(), nullable=True))

"""What the joining needs: words to compare, an index of candidates, likely pairs, splits, and decisions on events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("events", sa.Column("terms", sa.Text(), nullable=True))
    op.add_column("incidents", sa.Column("stub", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "event_keys",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_keys_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", "day", "event_id", name=op.f("pk_event_keys")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_event_keys_event_id"), "event_keys", ["event_id"])
    op.create_table(
        "edges",
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("other_id", sa.String(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_edges_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other_id"], ["events.id"], name=op.f("fk_edges_other_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "other_id", name=op.f("pk_edges")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_edges_other_id"), "edges", ["other_id"])
    op.create_table(
        "splits",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("from_incident", sa.String(), nullable=False),
        sa.Column("to_incident", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_splits")),
    )
    op.create_index(op.f("ix_splits_from_incident"), "splits", ["from_incident"])
    op.create_index(op.f("ix_splits_to_incident"), "splits", ["to_incident"])
    op.create_table(
        "parties",
        sa.Column("incident_id", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("said", sa.Integer(), nullable=False),
        sa.Column("denied", sa.Integer(), nullable=False),
        sa.Column("contested", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("incident_id", "side", "role", name=op.f("pk_parties")),
    )
    op.create_index("ix_parties_side", "parties", ["side", "name"])
    op.create_index("ix_parties_role", "parties", ["role", "side", "contested", "incident_id"])
    op.create_table(
        "dyads",
        sa.Column("incident_id", sa.String(), nullable=False),
        sa.Column("side_a", sa.String(), nullable=False),
        sa.Column("side_b", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("said", sa.Integer(), nullable=False),
        sa.Column("denied", sa.Integer(), nullable=False),
        sa.Column("contested", sa.Boolean(), nullable=False),
        sa.Column("start", sa.String(), nullable=True),
        sa.Column("end", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("incident_id", "side_a", "side_b", "direction", name=op.f("pk_dyads")),
    )
    columns = ["side_a", "side_b", "start", "direction", "contested", "incident_id"]
    op.create_index("ix_dyads_sides", "dyads", columns)
    columns = ["stub", "type", "country", "admin1", "status", "start", "end", "id"]
    op.create_index("ix_incidents_stub_start", "incidents", ["stub", "start", "id"])
    op.create_index("ix_links_kind", "links", ["kind", "from_incident", "to_incident"])
    op.create_index("ix_incidents_counts", "incidents", columns)
    op.create_table(
        "constraints",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name=op.f("fk_constraints_decision_id")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_constraints_event_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("decision_id", "side", "place", name=op.f("pk_constraints")),
    )
    op.create_index(op.f("ix_constraints_report_id"), "constraints", ["report_id"])
    op.create_index(op.f("ix_constraints_event_id"), "constraints", ["event_id"])
    op.create_table(
        "stale_events",
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_stale_events_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_stale_events")),
    )
    op.create_table(
        "comparison_sets",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("dataset", sa.String(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comparison_sets")),
        sa.UniqueConstraint("name", name=op.f("uq_comparison_sets_name")),
    )
    op.create_table(
        "comparison_events",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("foreign_id", sa.String(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_id"], ["comparison_sets.id"], name=op.f("fk_comparison_events_set_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comparison_events")),
    )
    op.create_index("ix_comparison_events_set_id", "comparison_events", ["set_id", "foreign_id"])
    op.create_table(
        "comparison_matches",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.String(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("differs", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_id"], ["comparison_sets.id"], name=op.f("fk_comparison_matches_set_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["comparison_events.id"], name=op.f("fk_comparison_matches_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comparison_matches")),
    )
    op.create_index(op.f("ix_comparison_matches_event_id"), "comparison_matches", ["event_id"])
    op.create_index("ix_comparison_matches_set_id", "comparison_matches", ["set_id", "outcome", "position"])
    op.create_index("ix_comparison_matches_incident_id", "comparison_matches", ["incident_id", "set_id"])
    op.create_index("ix_decisions_kind", "decisions", ["kind", "id"])
    _copies()
    _accounts_of_speakers()


def _accounts_of_speakers() -> None:
    """What each speaker did in each incident, and estimates beside the rules."""
    counts = ("asserts", "denies", "uncertain")
    marks = ("contested", "contradicted", "changed", "alone", "acknowledged", "occurrence")
    op.create_table(
        "records",
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("incident_id", sa.String(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in (*counts, *marks)),
        sa.Column("first", sa.String(), nullable=False),
        sa.Column("last", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("actor_id", "incident_id", name=op.f("pk_records")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_records_incident_id"), "records", ["incident_id"])
    op.create_index("ix_records_last", "records", ["actor_id", "last", "incident_id"])
    op.create_table(
        "estimate_runs",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_estimate_runs")),
    )
    op.create_table(
        "estimates",
        sa.Column("incident_id", sa.String(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("probability", sa.Float(), nullable=True),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("asserts", sa.Integer(), nullable=False),
        sa.Column("denies", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["estimate_runs.id"], name=op.f("fk_estimates_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("incident_id", name=op.f("pk_estimates")),
    )
    op.create_index(op.f("ix_estimates_run_id"), "estimates", ["run_id"])


def _copies() -> None:
    """Near-copies by paragraph; ``sayso.ledger.copies.refill`` fills the tables from the texts."""
    op.add_column("reports", sa.Column("agencies", sa.Text(), nullable=True))
    op.drop_table("bands")
    op.drop_table("signatures")
    op.create_table(
        "signatures",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_signatures_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatures")),
        sa.UniqueConstraint("report_id", name=op.f("uq_signatures_report_id")),
    )
    op.create_table(
        "bands",
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("signature_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hash", "day", "signature_id", name=op.f("pk_bands")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "copied_paragraphs",
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.String(), nullable=False),
        sa.Column("parent_start", sa.Integer(), nullable=False),
        sa.Column("root_id", sa.String(), nullable=False),
        sa.Column("root_start", sa.Integer(), nullable=False),
        sa.Column("root_end", sa.Integer(), nullable=False),
        sa.Column("root_day", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_copied_paragraphs_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", "start", name=op.f("pk_copied_paragraphs")),
    )
    op.create_index("ix_copied_paragraphs_parent", "copied_paragraphs", ["parent_id", "parent_start"])
    op.create_index("ix_copied_paragraphs_root", "copied_paragraphs", ["root_id", "root_start", "day"])

"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sayso.ledger import search

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "actors",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("affiliation", sa.Text(), nullable=True),
        sa.Column("kb_id", sa.String(), nullable=True),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actors")),
    )
    op.create_index(op.f("ix_actors_name"), "actors", ["name"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("hash", name=op.f("uq_decisions_hash")),
    )
    op.create_index(op.f("ix_decisions_target"), "decisions", ["target"], unique=False)
    op.create_table(
        "incident_ids",
        sa.Column("old", sa.String(), nullable=False),
        sa.Column("current", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("old", name=op.f("pk_incident_ids")),
    )
    op.create_index(op.f("ix_incident_ids_current"), "incident_ids", ["current"], unique=False)
    op.create_table(
        "incidents",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("start", sa.String(), nullable=True),
        sa.Column("end", sa.String(), nullable=True),
        sa.Column("time_precision", sa.String(), nullable=True),
        sa.Column("place_name", sa.Text(), nullable=True),
        sa.Column("gazetteer_id", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("admin1", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("place_precision", sa.Integer(), nullable=True),
        sa.Column("radius_km", sa.Float(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("killed_low", sa.Integer(), nullable=True),
        sa.Column("killed_high", sa.Integer(), nullable=True),
        sa.Column("injured_low", sa.Integer(), nullable=True),
        sa.Column("injured_high", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("speakers", sa.Integer(), nullable=False),
        sa.Column("asserts", sa.Integer(), nullable=False),
        sa.Column("denies", sa.Integer(), nullable=False),
        sa.Column("uncertain", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
    )
    op.create_index("ix_incidents_country_start", "incidents", ["country", "start", "id"], unique=False)
    op.create_index("ix_incidents_denies_id", "incidents", ["denies", "id"], unique=False)
    op.create_index("ix_incidents_facets", "incidents", ["type", "country", "status", "start", "end"], unique=False)
    op.create_index("ix_incidents_gazetteer_id_start", "incidents", ["gazetteer_id", "start", "id"], unique=False)
    op.create_index("ix_incidents_killed_high_id", "incidents", ["killed_high", "id"], unique=False)
    op.create_index("ix_incidents_lat_lon", "incidents", ["lat", "lon"], unique=False)
    op.create_index(
        "ix_incidents_places",
        "incidents",
        ["gazetteer_id", "place_name", "country", "place_precision", "status", "id"],
        unique=False,
    )
    op.create_index("ix_incidents_reports_id", "incidents", ["reports", "id"], unique=False)
    op.create_index("ix_incidents_speakers_id", "incidents", ["speakers", "id"], unique=False)
    op.create_index("ix_incidents_start_id", "incidents", ["start", "id"], unique=False)
    op.create_index("ix_incidents_status_start", "incidents", ["status", "start", "id"], unique=False)
    op.create_index("ix_incidents_type_start", "incidents", ["type", "start", "id"], unique=False)
    op.create_index("ix_incidents_updated_at_id", "incidents", ["updated_at", "id"], unique=False)
    op.create_table(
        "meta",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )
    op.create_table(
        "reports",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("url_key", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("published", sa.String(), nullable=False),
        sa.Column("published_from", sa.String(), nullable=False),
        sa.Column("dateline_place", sa.Text(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("bytes_sha256", sa.String(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("body_start", sa.Integer(), nullable=False),
        sa.Column("copy_of", sa.String(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("added_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["copy_of"], ["reports.id"], name=op.f("fk_reports_copy_of")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("sha256", name=op.f("uq_reports_sha256")),
        sa.UniqueConstraint("url_key", name=op.f("uq_reports_url_key")),
    )
    op.create_index(op.f("ix_reports_copy_of"), "reports", ["copy_of"], unique=False)
    op.create_index("ix_reports_published_id", "reports", ["published", "id"], unique=False)
    op.create_index(op.f("ix_reports_publisher"), "reports", ["publisher"], unique=False)
    op.create_table(
        "stale_incidents",
        sa.Column("incident_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("incident_id", name=op.f("pk_stale_incidents")),
    )
    op.create_table(
        "unread",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.String(), nullable=False),
        sa.Column("last_seen", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unread")),
        sa.UniqueConstraint("source", name=op.f("uq_unread_source")),
    )
    op.create_table(
        "accounts",
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_accounts_report_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_accounts")),
    )
    op.create_index(op.f("ix_accounts_reader"), "accounts", ["reader"], unique=False)
    op.create_table(
        "bands",
        sa.Column("band", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("report_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_bands_report_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("band", "hash", "report_id", name=op.f("pk_bands")),
    )
    op.create_index(op.f("ix_bands_report_id"), "bands", ["report_id"], unique=False)
    op.create_table(
        "events",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("modality", sa.String(), nullable=False),
        sa.Column("mention", sa.Text(), nullable=False),
        sa.Column("start", sa.String(), nullable=True),
        sa.Column("end", sa.String(), nullable=True),
        sa.Column("time_precision", sa.String(), nullable=True),
        sa.Column("time_words", sa.Text(), nullable=True),
        sa.Column("place_name", sa.Text(), nullable=True),
        sa.Column("gazetteer_id", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("admin1", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("place_precision", sa.Integer(), nullable=True),
        sa.Column("radius_km", sa.Float(), nullable=True),
        sa.Column("place_words", sa.Text(), nullable=True),
        sa.Column("place_kind", sa.String(), nullable=True),
        sa.Column("killed_low", sa.Integer(), nullable=True),
        sa.Column("killed_high", sa.Integer(), nullable=True),
        sa.Column("injured_low", sa.Integer(), nullable=True),
        sa.Column("injured_high", sa.Integer(), nullable=True),
        sa.Column("weapon", sa.Text(), nullable=True),
        sa.Column("incident_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_events_report_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index("ix_events_country_start", "events", ["country", "start"], unique=False)
    op.create_index("ix_events_gazetteer_id_start", "events", ["gazetteer_id", "start"], unique=False)
    op.create_index("ix_events_incident_id", "events", ["incident_id", "report_id"], unique=False)
    op.create_index(op.f("ix_events_report_id"), "events", ["report_id"], unique=False)
    op.create_index("ix_events_type_start", "events", ["type", "start"], unique=False)
    op.create_table(
        "signatures",
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_signatures_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_signatures")),
    )
    op.create_table(
        "claims",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("incident_id", sa.String(), nullable=True),
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("normalised", sa.Text(), nullable=True),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("speaker_id", sa.String(), nullable=True),
        sa.Column("via_id", sa.String(), nullable=True),
        sa.Column("evidence_start", sa.Integer(), nullable=False),
        sa.Column("evidence_end", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_claims_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_claims_report_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["speaker_id"], ["actors.id"], name=op.f("fk_claims_speaker_id")),
        sa.ForeignKeyConstraint(["via_id"], ["actors.id"], name=op.f("fk_claims_via_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
    )
    op.create_index(op.f("ix_claims_event_id"), "claims", ["event_id"], unique=False)
    op.create_index("ix_claims_incident_id", "claims", ["incident_id", "slot"], unique=False)
    op.create_index(op.f("ix_claims_report_id"), "claims", ["report_id"], unique=False)
    op.create_index("ix_claims_speaker_id", "claims", ["speaker_id", "stance", "incident_id"], unique=False)
    op.create_index("ix_claims_stance", "claims", ["stance", "slot", "incident_id"], unique=False)
    op.create_index("ix_claims_via_id", "claims", ["via_id"], unique=False)
    op.create_table(
        "joins",
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("incident_id", sa.String(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_joins_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_joins")),
    )
    op.create_index(op.f("ix_joins_incident_id"), "joins", ["incident_id"], unique=False)
    op.create_table(
        "links",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("from_event", sa.String(), nullable=True),
        sa.Column("to_event", sa.String(), nullable=True),
        sa.Column("from_incident", sa.String(), nullable=True),
        sa.Column("to_incident", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("speaker_id", sa.String(), nullable=True),
        sa.Column("via_id", sa.String(), nullable=True),
        sa.Column("evidence_start", sa.Integer(), nullable=False),
        sa.Column("evidence_end", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["from_event"], ["events.id"], name=op.f("fk_links_from_event"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_links_report_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["speaker_id"], ["actors.id"], name=op.f("fk_links_speaker_id")),
        sa.ForeignKeyConstraint(["to_event"], ["events.id"], name=op.f("fk_links_to_event"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["via_id"], ["actors.id"], name=op.f("fk_links_via_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
    )
    op.create_index(op.f("ix_links_from_event"), "links", ["from_event"], unique=False)
    op.create_index(op.f("ix_links_from_incident"), "links", ["from_incident"], unique=False)
    op.create_index(op.f("ix_links_report_id"), "links", ["report_id"], unique=False)
    op.create_index("ix_links_speaker_id", "links", ["speaker_id"], unique=False)
    op.create_index(op.f("ix_links_to_event"), "links", ["to_event"], unique=False)
    op.create_index(op.f("ix_links_to_incident"), "links", ["to_incident"], unique=False)
    op.create_index("ix_links_via_id", "links", ["via_id"], unique=False)
    op.create_table(
        "search_text",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("quotes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_search_text_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_text")),
        sa.UniqueConstraint("event_id", name=op.f("uq_search_text_event_id")),
    )
    op.create_table(
        "sides",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_sides_actor_id")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_sides_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sides")),
    )
    op.create_index(op.f("ix_sides_actor_id"), "sides", ["actor_id"], unique=False)
    op.create_index(op.f("ix_sides_event_id"), "sides", ["event_id"], unique=False)
    # ### end Alembic commands ###
    search.create_index(op.get_bind())

"""The ledger's tables (SQLAlchemy Core, portable types; what is SQLite's own is in ``search.py`` and ``engine.py``).

Dates are ISO 8601 strings as in ``sayso.model``; numbers are ranges ``*_low``/``*_high``, null where unknown; a null
``speaker_id`` is the report's own narration. ``incident_id`` columns hold no foreign key: incidents are computed from
events and written after them, in the same transaction.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _report_id(*, index: bool = True) -> Column[str]:
    return Column("report_id", String, ForeignKey("reports.id", ondelete="CASCADE"), nullable=False, index=index)


def _when() -> list[Column[str]]:
    """When something happened: an interval, inclusive at both ends, null where open."""
    return [Column("start", String), Column("end", String), Column("time_precision", String)]


def _where() -> list[Column[str] | Column[int] | Column[float]]:
    """Where something happened: the gazetteer's place and UCDP where_prec (1 exact … 7 international)."""
    return [
        Column("place_name", Text),
        Column("gazetteer_id", String),
        Column("country", String),
        Column("admin1", Text),
        Column("lat", Float),
        Column("lon", Float),
        Column("place_precision", Integer),
        Column("radius_km", Float),
        Column("geometry", Text),  # JSON of sayso.model.Geometry: the area or line of a vague place
    ]


def _toll() -> list[Column[int]]:
    return [Column(f"{slot}_{side}", Integer) for slot in ("killed", "injured") for side in ("low", "high")]


def _evidence() -> list[Column[int] | Column[str]]:
    """The exact words, with their code point offsets in the report's text."""
    return [
        Column("evidence_start", Integer, nullable=False),
        Column("evidence_end", Integer, nullable=False),
        Column("evidence", Text, nullable=False),
    ]


def _told() -> list[Column[str]]:
    """What a claim says: the slot, its value in words and for machines, and the stance.

    ``normalised`` is JSON text: a place is its gazetteer id and an actor its ledger key, not the account's own ids;
    null where none.
    """
    return [
        Column("slot", String, nullable=False),
        Column("value", Text),
        Column("normalised", Text),
        Column("stance", String, nullable=False),
    ]


def _speaker() -> list[Column[str]]:
    return [
        Column("speaker_id", String, ForeignKey("actors.id")),
        Column("via_id", String, ForeignKey("actors.id")),
    ]


meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", Text))

reports = Table(
    "reports",
    metadata,
    Column("id", String, primary_key=True),
    Column("url", Text),
    Column("url_key", Text, unique=True),  # the address without fragment and campaign marks: one address, one report
    Column("publisher", Text, index=True),
    Column("title", Text),
    Column("published", String, nullable=False),
    Column("published_from", String, nullable=False),
    Column("dateline_place", Text),
    Column("agencies", Text),  # JSON text: the agencies that the dateline names; null where it was not looked at
    Column("language", String, nullable=False),
    Column("sha256", String, nullable=False, unique=True),
    Column("bytes_sha256", String),
    Column("text", Text, nullable=False),
    Column("body_start", Integer, nullable=False, default=0),
    Column("copy_of", String, ForeignKey("reports.id"), index=True),  # the report from which most of its words come
    Column("source", Text, nullable=False),  # the file or address it was added from
    Column("added_at", String, nullable=False),
    Index("ix_reports_published_id", "published", "id"),
)

accounts = Table(
    "accounts",
    metadata,
    Column("report_id", String, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("reader", String, nullable=False, index=True),
    Column("data", LargeBinary, nullable=False),  # Account.to_json(), zlib
)

unread = Table(
    "unread",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("source", Text, nullable=False, unique=True),
    Column("code", String, nullable=False),
    Column("message", Text, nullable=False),
    Column("first_seen", String, nullable=False),
    Column("last_seen", String, nullable=False),
    Column("attempts", Integer, nullable=False, default=1),
)

actors = Table(
    "actors",
    metadata,
    Column("id", String, primary_key=True),  # sayso.ledger.keys.actor_key
    Column("name", Text, nullable=False, index=True),
    Column("kind", String),
    Column("country", String),
    Column("affiliation", Text),
    Column("kb_id", String),
    Column("private", Boolean, nullable=False, default=False),
)

events = Table(
    "events",
    metadata,
    Column("id", String, primary_key=True),  # f"{report_id}:{event_id}"
    _report_id(),
    Column("type", String, nullable=False),
    Column("modality", String, nullable=False),  # only "actual" events are joined into incidents
    Column("mention", Text, nullable=False),
    *_when(),
    Column("time_words", Text),
    *_where(),
    Column("place_words", Text),
    Column("place_kind", String),
    *_toll(),
    Column("weapon", Text),
    Column("terms", Text),  # JSON text: the words by which two tellings are compared (sayso.ledger.terms)
    Column("incident_id", String),
    Index("ix_events_incident_id", "incident_id", "report_id"),
    Index("ix_events_type_start", "type", "start"),
    Index("ix_events_gazetteer_id_start", "gazetteer_id", "start"),
    Index("ix_events_country_start", "country", "start"),
)

sides = Table(
    "sides",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("event_id", String, ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("role", String, nullable=False),  # initiator, recipient
    Column("actor_id", String, ForeignKey("actors.id"), index=True),
    Column("words", Text, nullable=False),
)

claims = Table(
    "claims",
    metadata,
    Column("id", String, primary_key=True),  # f"{report_id}:{claim_id}"
    Column("event_id", String, ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("incident_id", String),
    _report_id(),
    *_told(),
    *_speaker(),
    *_evidence(),
    Column("confidence", Float),  # how likely the claim is right, 0 to 1; null where it was not judged
    Index("ix_claims_incident_id", "incident_id", "slot"),
    Index("ix_claims_speaker_id", "speaker_id", "stance", "incident_id"),
    Index("ix_claims_via_id", "via_id"),
    Index("ix_claims_stance", "stance", "slot", "incident_id"),
)

# Claims that were read but are less likely than the threshold: shown, and no part of any status, count or export.
refused = Table(
    "refused",
    metadata,
    Column("id", String, primary_key=True),  # f"{report_id}:{claim_id}"
    Column("event_id", String, ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
    _report_id(),
    *_told(),
    *_speaker(),
    *_evidence(),
    Column("confidence", Float),
    Column("reason", Text, nullable=False),
)

links = Table(
    "links",
    metadata,
    Column("id", String, primary_key=True),  # f"{report_id}:l{n}"
    _report_id(),
    Column("from_event", String, ForeignKey("events.id", ondelete="CASCADE"), index=True),
    Column("to_event", String, ForeignKey("events.id", ondelete="CASCADE"), index=True),
    Column("from_incident", String, index=True),
    Column("to_incident", String, index=True),
    Column("kind", String, nullable=False),
    *_speaker(),
    *_evidence(),
    Index("ix_links_speaker_id", "speaker_id"),
    Index("ix_links_via_id", "via_id"),
    Index("ix_links_kind", "kind", "from_incident", "to_incident"),
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", String, primary_key=True),  # stable and short: "SY-7K3QD"
    Column("type", String, nullable=False),
    *_when(),
    *_where(),
    Column("status", String, nullable=False),
    Column("reason", Text, nullable=False),
    *_toll(),
    Column("title", Text, nullable=False),
    Column("reports", Integer, nullable=False, default=0),
    Column("speakers", Integer, nullable=False, default=0),
    Column("asserts", Integer, nullable=False, default=0),
    Column("denies", Integer, nullable=False, default=0),
    Column("uncertain", Integer, nullable=False, default=0),
    Column("updated_at", String, nullable=False),
    Column("stub", Boolean, nullable=False, default=False),  # known from mentions alone ("the February strikes")
    # Every order a page offers, with the id as the tie-break, and every facet with the date.
    Index("ix_incidents_start_id", "start", "id"),
    Index("ix_incidents_killed_high_id", "killed_high", "id"),
    Index("ix_incidents_reports_id", "reports", "id"),
    Index("ix_incidents_speakers_id", "speakers", "id"),
    Index("ix_incidents_denies_id", "denies", "id"),
    Index("ix_incidents_updated_at_id", "updated_at", "id"),
    Index("ix_incidents_type_start", "type", "start", "id"),
    Index("ix_incidents_country_start", "country", "start", "id"),
    Index("ix_incidents_status_start", "status", "start", "id"),
    Index("ix_incidents_gazetteer_id_start", "gazetteer_id", "start", "id"),
    Index("ix_incidents_facets", "type", "country", "status", "start", "end"),
    Index("ix_incidents_lat_lon", "lat", "lon"),
    Index("ix_incidents_stub_start", "stub", "start", "id"),
    # All that an analysis counts.
    Index("ix_incidents_counts", "stub", "type", "country", "admin1", "status", "start", "end", "id"),
    # All that a map counts.
    Index("ix_incidents_places", "gazetteer_id", "place_name", "country", "place_precision", "status", "id"),
)

incident_ids = Table(
    "incident_ids",
    metadata,
    Column("old", String, primary_key=True),  # an id that was once given out …
    Column("current", String, nullable=False, index=True),  # … and the incident it was merged into
)

joins = Table(
    "joins",
    metadata,
    Column("event_id", String, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("incident_id", String, nullable=False, index=True),
    Column("score", Float),
    Column("why", Text, nullable=False),  # JSON text: the reasons, in words
)

# The index of the joining: each event under its keys (sayso.incidents.keys), by its first day, or by the day of
# publication where it has none.
event_keys = Table(
    "event_keys",
    metadata,
    Column("key", String, nullable=False),
    Column("day", Integer, nullable=False),  # proleptic ordinal
    Column("event_id", String, ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
    PrimaryKeyConstraint("key", "day", "event_id"),
    sqlite_with_rowid=False,
)

# Of each event the events that are likeliest the same occurrence: what the incidents are clusters of.
edges = Table(
    "edges",
    metadata,
    Column("event_id", String, ForeignKey("events.id", ondelete="CASCADE"), nullable=False),
    Column("other_id", String, ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("score", Float, nullable=False),  # log-odds
    PrimaryKeyConstraint("event_id", "other_id"),
    sqlite_with_rowid=False,
)

# Incidents that became several, whether by a decision, a late report or a new reading.
splits = Table(
    "splits",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", String, nullable=False),
    Column("from_incident", String, nullable=False, index=True),
    Column("to_incident", String, nullable=False, index=True),
    Column("reason", Text, nullable=False),
)

# Who did it and who was struck, by incident: actors folded to their organisation or state (sayso.incidents.parties).
parties = Table(
    "parties",
    metadata,
    Column("incident_id", String, nullable=False),
    Column("side", String, nullable=False),  # "state:SYR", or the key of an organisation
    Column("role", String, nullable=False),  # initiator, recipient
    Column("name", Text, nullable=False),
    Column("said", Integer, nullable=False),  # how many speakers assert it; 0 where only narration does
    Column("denied", Integer, nullable=False),  # how many speakers deny it
    Column("contested", Boolean, nullable=False),
    PrimaryKeyConstraint("incident_id", "side", "role"),
    Index("ix_parties_side", "side", "name"),
    Index("ix_parties_role", "role", "side", "contested", "incident_id"),
)

# Attacks between two sides, in both orders of the pair folded to one: side_a comes first in the alphabet.
dyads = Table(
    "dyads",
    metadata,
    Column("incident_id", String, nullable=False),
    Column("side_a", String, nullable=False),
    Column("side_b", String, nullable=False),
    Column("direction", String, nullable=False),  # a: side_a is said to have struck; b: side_b; both: they clashed
    Column("said", Integer, nullable=False),
    Column("denied", Integer, nullable=False),
    Column("contested", Boolean, nullable=False),
    Column("start", String),
    Column("end", String),
    PrimaryKeyConstraint("incident_id", "side_a", "side_b", "direction"),
    Index("ix_dyads_sides", "side_a", "side_b", "start", "direction", "contested", "incident_id"),
)

# The events that a decision speaks of: all of one side are one occurrence, those of two sides are different ones. An
# event is known by its words in the report, so that it is found again when the report is read anew; null while it is
# not.
constraints = Table(
    "constraints",
    metadata,
    Column("decision_id", Integer, ForeignKey("decisions.id"), nullable=False),
    Column("side", Integer, nullable=False),
    Column("place", Integer, nullable=False),  # within the side, from 0
    Column("report_id", String, nullable=False, index=True),
    Column("start", Integer, nullable=False),  # of the mention, a code point of the report's text
    Column("text", Text, nullable=False),
    Column("type", String, nullable=False),
    Column("event_id", String, ForeignKey("events.id", ondelete="SET NULL"), index=True),
    PrimaryKeyConstraint("decision_id", "side", "place"),
)

# Incidents that lost events as a report was read again: sayso.incidents.update computes them anew, then empties this.
stale_incidents = Table("stale_incidents", metadata, Column("incident_id", String, primary_key=True))

# Events that lost likely pairs so, and how many: they are joined anew with the next update.
stale_events = Table(
    "stale_events",
    metadata,
    Column("event_id", String, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("lost", Integer, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", String, nullable=False),
    Column("who", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("target", String, nullable=False, index=True),
    Column("value", Text, nullable=False),  # JSON text
    Column("previous_hash", String, nullable=False),
    Column("hash", String, nullable=False, unique=True),
    Index("ix_decisions_kind", "kind", "id"),
)

# What near-copies are found by: the paragraphs of a report with their MinHash (sayso.ledger.paragraphs), packed.
signatures = Table(
    "signatures",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("report_id", String, ForeignKey("reports.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("day", Integer, nullable=False),  # of publication, proleptic ordinal
    Column("words", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

# The index of the signatures: at most 40 rows a report.
bands = Table(
    "bands",
    metadata,
    Column("hash", BigInteger, nullable=False),
    Column("day", Integer, nullable=False),
    Column("signature_id", Integer, nullable=False),
    PrimaryKeyConstraint("hash", "day", "signature_id"),
    sqlite_with_rowid=False,
)

# Paragraphs that stand in an earlier report: the parent is the earliest that has it, the root where it began.
copied_paragraphs = Table(
    "copied_paragraphs",
    metadata,
    _report_id(index=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("number", Integer, nullable=False),  # of the block between blank lines, from 1
    Column("words", Integer, nullable=False),
    Column("share", Float, nullable=False),  # how much of its words' runs stand in the parent
    Column("day", Integer, nullable=False),
    Column("parent_id", String, nullable=False),
    Column("parent_start", Integer, nullable=False),
    Column("root_id", String, nullable=False),
    Column("root_start", Integer, nullable=False),
    Column("root_end", Integer, nullable=False),
    Column("root_day", Integer, nullable=False),
    PrimaryKeyConstraint("report_id", "start"),
    Index("ix_copied_paragraphs_parent", "parent_id", "parent_start"),
    Index("ix_copied_paragraphs_root", "root_id", "root_start", "day"),
)

# Comparisons with people's data that were kept. What the other side's file says is kept without its notes, which its
# licence keeps from being passed on (docs/compare.md).
comparison_sets = Table(
    "comparison_sets",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("name", String, nullable=False, unique=True),
    Column("dataset", String, nullable=False),
    Column("file", Text, nullable=False),
    Column("made_at", String, nullable=False),
    Column("about", Text, nullable=False),  # JSON text: sayso.comparing.result.About
)

comparison_events = Table(
    "comparison_events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("set_id", Integer, ForeignKey("comparison_sets.id", ondelete="CASCADE"), nullable=False),
    Column("foreign_id", String, nullable=False),
    Column("data", Text, nullable=False),  # JSON text: sayso.comparing.foreign.ForeignEvent
    Index("ix_comparison_events_set_id", "set_id", "foreign_id"),
)

comparison_matches = Table(
    "comparison_matches",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("set_id", Integer, ForeignKey("comparison_sets.id", ondelete="CASCADE"), nullable=False),
    Column("outcome", String, nullable=False),  # sayso.comparing.result.OUTCOMES
    Column("position", Integer, nullable=False),  # its place in the list of its outcome, by day
    Column("incident_id", String),
    Column("event_id", Integer, ForeignKey("comparison_events.id", ondelete="CASCADE"), index=True),
    Column("differs", Text, nullable=False),  # the details on which the two differ, between commas: ",place,killed,"
    Column("data", Text, nullable=False),  # JSON text: sayso.comparing.result.Entry without their event
    Index("ix_comparison_matches_set_id", "set_id", "outcome", "position"),
    Index("ix_comparison_matches_incident_id", "incident_id", "set_id"),
)

# What each speaker did in each incident, as counts and marks of 0 or 1 (sayso.incidents.records); no private persons.
records = Table(
    "records",
    metadata,
    Column("actor_id", String, nullable=False),
    Column("incident_id", String, nullable=False, index=True),
    *(Column(name, Integer, nullable=False) for name in ("asserts", "denies", "uncertain")),
    *(
        Column(name, Integer, nullable=False)
        for name in ("contested", "contradicted", "changed", "alone", "acknowledged")
    ),
    Column("occurrence", Integer, nullable=False),  # 1 asserts that it happened, -1 denies it, 0 neither or both
    Column("first", String, nullable=False),  # dates of publication
    Column("last", String, nullable=False),
    PrimaryKeyConstraint("actor_id", "incident_id"),
    Index("ix_records_last", "actor_id", "last", "incident_id"),
    sqlite_with_rowid=False,  # one speaker's rows lie together: all its counts are one short walk
)

# Estimates of a truth-discovery model, beside the rules and never part of them (sayso.incidents.estimate).
estimate_runs = Table(
    "estimate_runs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("made_at", String, nullable=False),
    Column("about", Text, nullable=False),  # JSON text: sayso.incidents.estimate.About
)

estimates = Table(
    "estimates",
    metadata,
    Column("incident_id", String, primary_key=True),
    Column("run_id", Integer, ForeignKey("estimate_runs.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("probability", Float),  # null where it is refused
    Column("low", Float),
    Column("high", Float),
    Column("asserts", Integer, nullable=False),
    Column("denies", Integer, nullable=False),
    Column("refused", Text),  # why there is none, in words
)

# What the text search looks through, one row an event; on SQLite an FTS5 index follows it by triggers (search.py).
search_text = Table(
    "search_text",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("event_id", String, ForeignKey("events.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("names", Text, nullable=False),
    Column("quotes", Text, nullable=False),
)

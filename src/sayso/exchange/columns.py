"""The columns of an export, in order, with what they hold; docs/exchange.md is tested against them."""

from __future__ import annotations

from typing import Literal

import msgspec

Kind = Literal["text", "list", "integer", "number", "flag", "json"]


_Told = tuple[str, Kind, str]


class Column(msgspec.Struct, frozen=True):
    """One column: ``text``, ``list`` (of texts), ``integer``, ``number``, ``flag`` or ``json`` (any JSON value)."""

    name: str
    kind: Kind
    help: str


def _columns(*rows: _Told) -> tuple[Column, ...]:
    return tuple(Column(*row) for row in rows)


_WHEN: tuple[_Told, ...] = (
    ("start", "text", "first day it may have happened, ISO 8601, inclusive"),
    ("end", "text", "last day, inclusive"),
    ("time_precision", "text", "how exact the words on time are (vocabulary precisions)"),
)
_WHERE: tuple[_Told, ...] = (
    ("place", "text", "most exact place named"),
    ("gazetteer_id", "text", "its entry in the gazetteer"),
    ("country", "text", "ISO 3166-1 alpha-3"),
    ("admin1", "text", "first-level administrative area"),
    ("lat", "number", "degrees, WGS 84; empty for a country"),
    ("lon", "number", "degrees, WGS 84; empty for a country"),
    ("place_precision", "integer", "UCDP where_prec, 1 exact to 7 international"),
    ("radius_km", "number", "how far from the point the words still allow the place to be"),
)
INCIDENTS = _columns(
    ("id", "text", "the incident's id; it stays"),
    ("previous_ids", "list", "ids that were merged into this one"),
    ("type", "text", "vocabulary event_types"),
    ("title", "text", "one hedged sentence"),
    ("status", "text", "what the claims on the occurrence amount to (vocabulary statuses); never a verdict"),
    ("reason", "text", "why it has this status, naming who asserts and denies"),
    *_WHEN,
    *_WHERE,
    ("initiators", "list", "everybody whom some claim names as having done it"),
    ("recipients", "list", "everybody and everything that some claim names as hit"),
    ("killed_low", "integer", "lowest number over all reports; empty where unknown, never 0 for unknown"),
    ("killed_high", "integer", "highest number over all reports; empty where unknown or open"),
    ("injured_low", "integer", "as killed_low"),
    ("injured_high", "integer", "as killed_high"),
    ("reports", "integer", "reports that tell of it, near-copies included"),
    ("speakers", "integer", "speakers who say anything of it; narration is none"),
    ("asserts", "integer", "speakers who assert that it happened"),
    ("denies", "integer", "speakers who deny that it happened"),
    ("uncertain", "integer", "speakers who say that it is not clear"),
    ("publishers", "list", "who published the reports"),
    ("urls", "list", "addresses of the reports"),
    ("updated_at", "text", "last change, ISO 8601 UTC"),
)
CLAIMS = _columns(
    ("id", "text", "the claim's id: report and number"),
    ("incident_id", "text", "the incident it is about"),
    ("event_id", "text", "the event within the report"),
    ("slot", "text", "which detail (vocabulary slots)"),
    ("stance", "text", "asserts, denies or uncertain (vocabulary stances)"),
    ("value", "text", "what is claimed, in the report's words; empty where nothing is named"),
    ("normalised", "json", "the same for machines: true, an ISO date, a gazetteer id, an actor's key, [low, high]"),
    ("speaker", "text", "who says it; empty is the report's own narration"),
    ("speaker_id", "text", "the speaker's key in the ledger"),
    ("speaker_kind", "text", "vocabulary actor_kinds"),
    ("via", "text", "who carries it"),
    ("evidence", "text", "the exact words"),
    ("evidence_start", "integer", "offset of the words in the report's text, in Unicode code points"),
    ("evidence_end", "integer", "end of the words, exclusive"),
    ("confidence", "number", "how likely the report says this of the event, 0 to 1; empty where it was not judged"),
    ("redacted", "flag", "whether a private person's name was taken out of value or evidence"),
    ("report_id", "text", "the report"),
    ("report_sha256", "text", "hash of the text that the offsets count in"),
    ("copy_of", "text", "the report that this one nearly repeats"),
    ("publisher", "text", "who published it"),
    ("report_title", "text", "its title"),
    ("published", "text", "publication date, ISO 8601"),
    ("url", "text", "its address"),
    *_WHEN,
    *_WHERE,
)  # fmt: skip

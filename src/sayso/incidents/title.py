"""An incident's title: one hedged sentence of what is reported, where and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sayso.incidents.features import day
from sayso.incidents.wording import english_days, english_month
from sayso.knowledge.countries import countries
from sayso.vocabulary import load

_HEDGES = {
    "denied": "reported and denied",
    "contested": "reported and disputed",
    "acknowledged": "acknowledged",
    "uncertain": "alleged",
}
_AREAS = frozenset(
    {"area", "camp", "city", "countryside", "district", "governorate", "neighborhood", "neighbourhood", "outskirts"}
    | {"province", "region", "state", "suburb", "suburbs", "town", "village", "villages"}
)
"""Common words at the end of a place's name that one is in."""


def title(row: Mapping[str, Any]) -> str:
    """The title of an incident's row: "Air strike reported in Raqqa, Syria, 4 July 2021"."""
    entry = load("event_types").get(row["type"])
    noun = entry.noun if entry and entry.noun else row["type"].replace("_", " ")
    hedge = _HEDGES.get(row["status"], "reported")
    return f"{noun[:1].upper()}{noun[1:]} {hedge}{_where(row)}{_when(row)}"


def _where(row: Mapping[str, Any]) -> str:
    country = countries().get(row["country"] or "")
    name, level = row["place_name"], row["place_precision"] or 7
    state = country.name if country else None
    if not name:
        return f" in {state}" if state else ""
    if level == 7 and row["place_precision"]:
        return f" over or off {name}"
    # "Al-Omar field", "Tanf base": a name that ends in a common word is mostly a thing that one is at.
    last = name.split()[-1]
    preposition = "near" if level == 2 else "at" if last.islower() and last not in _AREAS else "in"
    return f" {preposition} {name}" + (f", {state}" if state and state not in name else "")


def _when(row: Mapping[str, Any]) -> str:
    first, last, precision = day(row["start"]), day(row["end"]), row["time_precision"]
    if first is None and last is None:
        return ", date not stated"
    if first is None or last is None:
        bound = last or first
        assert bound is not None
        return f", {'by' if last else 'since'} {english_days(bound, bound)}"
    if precision == "month" and (first.year, first.month) == (last.year, last.month):
        return f", {english_month(first)}"
    if precision in ("year", "season") and first.year == last.year and (last - first).days > 300:
        return f", {first.year}"
    return f", {english_days(first, last)}"

"""The places that a report names, each resolved against the gazetteer in the report's own context, or refused."""

from __future__ import annotations

from sayso.reading.places.reader import read_places
from sayso.reading.places.toponyms import read_toponyms

__all__ = ["read_places", "read_toponyms"]

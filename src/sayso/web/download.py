"""What a reader takes along: the rows behind a page in the formats of ``sayso.exchange``, streamed."""

from __future__ import annotations

from collections.abc import Iterator

from litestar.response import Stream

from sayso.exchange.columns import CLAIMS, INCIDENTS
from sayso.exchange.export import checked_format
from sayso.exchange.rows import claim_rows, incident_rows
from sayso.ledger.filters import Filters
from sayso.web.site import Site

TYPES = {"csv": "text/csv", "geojson": "application/geo+json", "jsonl": "application/x-ndjson"}


def download(site: Site, kind: str, what: str, filters: Filters, name: str) -> Stream:
    """A file of the incidents that fit, or of their claims; private persons as the site shows them."""
    writer = checked_format(kind)

    def lines() -> Iterator[bytes]:
        source, columns = (incident_rows, INCIDENTS) if what == "incidents" else (claim_rows, CLAIMS)
        with site.read() as connection:
            yield from writer(source(connection, filters, include_private=site.include_private), columns)

    headers = {"content-disposition": f'attachment; filename="{name}.{kind}"'}
    return Stream(lines(), media_type=TYPES[kind], headers=headers)

"""sayso from Python: read one report, or keep a ledger and take its tables as frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from sayso.errors import SaysoError
from sayso.intake import Outcome, add_with
from sayso.ledger import queries, schema
from sayso.ledger.filters import Filters, conditions
from sayso.ledger.store import Store
from sayso.model import Account
from sayso.readers import Reader, open_reader
from sayso.readers.protocol import OWN

if TYPE_CHECKING:
    import polars

    from sayso.comparing.result import About
    from sayso.incidents.decided import Rulings
    from sayso.incidents.grounds import Grounds

CHUNK = 10_000
"""Rows fetched at a time while a frame is made."""


def read(
    text: str,
    *,
    published: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    reader: Reader | str | None = None,
    min_confidence: float | None = None,
    read_all: bool = False,
) -> Account:
    """Read one report and keep nothing. ``published`` is ISO 8601, needed where the text carries no date.

    ``reader`` is the name of a reader or a reader itself (docs/readers.md); null is the built-in one. A longer report
    on other matters has an empty account with a note (docs/relevance.md), unless ``read_all``. ``min_confidence``, from
    0 (refuse nothing) to 1, takes the place of the shipped thresholds below which claims are refused.

    Raises ``SaysoError``: S101 (empty), S103 (no date), S301 (no language model), S348 (a threshold that is none).
    """
    from sayso.reading.account import read_report
    from sayso.reading.relevance import held_back
    from sayso.sources import report_from_text

    report = report_from_text(text, published=published, url=url, publisher=publisher, title=title)
    chosen = _reader(reader, min_confidence)
    if not read_all and (skipped := held_back(report)) is not None:
        return skipped
    if chosen is None:
        return read_report(report)
    found = next(iter(chosen.read([report])))
    if isinstance(found, SaysoError):
        raise found
    return found


def _reader(given: Reader | str | None, min_confidence: float | None = None) -> Reader | None:
    if isinstance(given, str) or (given is None and min_confidence is not None):
        return open_reader(given or OWN, min_confidence=min_confidence)
    if given is not None and min_confidence is not None:
        raise SaysoError("S817", name=given.name, what="least confidence")
    return given


class Ledger:
    """A ledger, for programs and notebooks. Use it as a context manager, or ``close`` it.

    Frames are polars; ``frame.to_arrow()`` is free and ``frame.to_pandas()`` needs pandas installed. Columns are those
    of the ledger's tables (docs/ledger.md). Private persons (victims, witnesses) are not named unless asked for.
    """

    def __init__(self, path: str | Path, *, create: bool = True) -> None:
        self._store = Store.open(path, create=create)

    def add(
        self,
        *paths: str | Path,
        published: str | None = None,
        columns: Mapping[str, str] | None = None,
        reader: Reader | str | None = None,
        min_confidence: float | None = None,
        read_all: bool = False,
    ) -> list[Outcome]:
        """Read files, folders and patterns into the ledger; one outcome a report, also for what could not be read.

        ``reader``, ``min_confidence`` and ``read_all`` as for ``sayso.read``.
        """
        names = [str(path) for path in paths]
        chosen = _reader(reader, min_confidence)
        return list(add_with(self._store, names, chosen, published=published, columns=columns, read_all=read_all))

    def incidents(self, **filters: Any) -> polars.DataFrame:
        """Incidents, the newest first. ``filters`` are the fields of ``sayso.ledger.filters.Filters``.

        >>> ledger.incidents(countries=["SYR"], since="2021-07", statuses=["contested"])  # doctest: +SKIP
        """
        i = schema.incidents
        with self._store.read() as connection:
            where = conditions(self._filters(connection, filters), connection)
            return _frame(connection, sa.select(i).where(*where).order_by(i.c.start.desc().nulls_last(), i.c.id))

    def claims(self, *, private: bool = False, **filters: Any) -> polars.DataFrame:
        """Claims of the incidents that ``incidents`` would give for these filters, with the names of who speaks.

        ``speaker`` null is the report's own narration; a private speaker is "(private person)" unless ``private``.
        """
        return self._claims(schema.claims, filters, private=private)

    def refused(self, *, private: bool = False, **filters: Any) -> polars.DataFrame:
        """Claims that were read but refused, with the reason, on the incidents that ``incidents`` would give.

        Columns are those of ``claims``, and ``reason``.
        """
        return self._claims(schema.refused, filters, private=private)

    def _claims(self, table: sa.Table, filters: Mapping[str, Any], *, private: bool) -> polars.DataFrame:
        c, e, i, r = table.c, schema.events.c, schema.incidents.c, schema.reports.c
        speaker, via = schema.actors.alias("speaker"), schema.actors.alias("via")
        columns = [column for column in c if column.name not in ("speaker_id", "via_id")]
        if "incident_id" not in c:
            columns.insert(2, e.incident_id)
        with self._store.read() as connection:
            where = conditions(self._filters(connection, filters), connection)
            query = (
                sa.select(
                    *columns,
                    *_named(speaker, "speaker", private=private),
                    *_named(via, "via", private=private),
                    *(r[name].label(f"report_{name}") for name in ("publisher", "title", "published", "url")),
                )
                .select_from(table)
                .join(schema.events, e.id == c.event_id)
                .join(schema.incidents, i.id == e.incident_id)
                .join(schema.reports, r.id == c.report_id)
                .outerjoin(speaker, speaker.c.id == c.speaker_id)
                .outerjoin(via, via.c.id == c.via_id)
                .where(*where)
                .order_by(i.start.desc().nulls_last(), i.id, c.slot, c.report_id, c.evidence_start)
            )
            return _frame(connection, query)

    def reports(self) -> polars.DataFrame:
        """Every report without its text, the newest first."""
        r = schema.reports
        with self._store.read() as connection:
            columns = [column for column in r.c if column.name != "text"]
            return _frame(connection, sa.select(*columns).order_by(r.c.published.desc(), r.c.id))

    def unread(self) -> polars.DataFrame:
        """What could not be read, and why."""
        with self._store.read() as connection:
            return _frame(connection, sa.select(schema.unread).order_by(schema.unread.c.id))

    def incident(self, incident_id: str) -> queries.Incident:
        """All that the ledger has of one incident. Raises S210."""
        with self._store.read() as connection:
            found = queries.incident(connection, incident_id)
        if found is None:
            raise SaysoError("S210", what="incident", id=incident_id)
        return found

    def why(self, first: str, second: str) -> Grounds:
        """Why two incidents, events or reports (ids) are, or are not, one occurrence. Raises S460."""
        from sayso.incidents.grounds import grounds

        with self._store.read() as connection:
            return grounds(connection, first, second)

    def say_same(self, who: str, *ids: str, note: str = "") -> int:
        """Record that these incidents or events are one occurrence; returns the decision's number.

        Raises what ``sayso.incidents.deciding.say_same`` raises.
        """
        from sayso.incidents import chosen, deciding

        with self._store.write() as connection:
            return deciding.say_same(connection, who, chosen.named(connection, ids), note)

    def say_apart(self, who: str, incident: str, *ids: str, note: str = "") -> int:
        """Record that these events, reports or incidents are another occurrence than the incident; returns the number.

        Raises S210, S462, S463.
        """
        from sayso.incidents import chosen, deciding

        with self._store.write() as connection:
            side, other = chosen.parted(connection, incident, ids)
            return deciding.say_apart(connection, who, side, other, note)

    def undo(self, who: str, decision: int, note: str = "") -> int:
        """Take a decision back, or an undoing; returns the number of the new decision. Raises S414, S415."""
        from sayso.incidents import deciding

        with self._store.write() as connection:
            return deciding.undo(connection, who, decision, note)

    def decisions(self, incident_id: str | None = None, page: int = 1) -> Rulings:
        """What people decided, on one incident or on all, the latest first, and what became of it. Raises S210."""
        from sayso.incidents import chosen, decided

        with self._store.read() as connection:
            if incident_id is None:
                return decided.listed(connection, page)
            return decided.on_incident(connection, chosen.incident_named(connection, incident_id))

    def account(self, report_id: str) -> Account:
        """The whole account of one report. Raises S210."""
        with self._store.read() as connection:
            found = queries.report(connection, report_id)
        if found is None:
            raise SaysoError("S210", what="report", id=report_id)
        return found.account

    def compare(
        self,
        path: str | Path,
        *,
        since: str | None = None,
        until: str | None = None,
        countries: Sequence[str] = (),
        keep: str | None = None,
    ) -> tuple[polars.DataFrame, About]:
        """The ledger beside a file of ACLED or UCDP GED: a frame of one row an entry, and what was compared.

        ``since`` and ``until`` are days (YYYY-MM-DD), ``countries`` alpha-3 codes; ``keep`` is a name under which the
        pages show it. Raises S830 to S838 (docs/compare.md).
        """
        import polars

        from sayso.comparing import keep as kept
        from sayso.comparing.compare import compare
        from sayso.comparing.rows import SCHEMA

        with self._store.read() as connection:
            found = compare(connection, path, since=since, until=until, countries=countries)
        if keep is not None:
            with self._store.write() as connection:
                kept.keep(connection, keep, found)
        return polars.DataFrame(found.rows(), schema=SCHEMA), found.about

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _filters(self, connection: sa.Connection, given: Mapping[str, Any]) -> Filters:
        """Filters from keywords: lists become tuples, a speaker's name its keys. Raises S211."""
        values: dict[str, Any] = dict(given)
        values |= {name: tuple(value) for name, value in given.items() if isinstance(value, list)}
        if unknown := set(values) - set(Filters.__struct_fields__):
            raise SaysoError("S211", value=unknown.pop(), what="filter", allowed=", ".join(Filters.__struct_fields__))
        names: Sequence[str] = values.get("speakers", ())
        keys = [key for name in names for key in queries.speaker_keys(connection, name)]
        values["speakers"] = tuple(keys)
        return Filters(**values).check()


def _named(actor: sa.FromClause, role: str, *, private: bool) -> list[sa.ColumnElement[Any]]:
    """The id and name of who speaks; both hidden for a private person."""
    if private:
        return [actor.c.id.label(f"{role}_id"), actor.c.name.label(role)]
    hidden = actor.c.private.is_(True)
    key = sa.case((hidden, sa.null()), else_=actor.c.id).label(f"{role}_id")
    return [key, sa.case((hidden, "(private person)"), else_=actor.c.name).label(role)]


def _frame(connection: sa.Connection, query: sa.Select[Any]) -> polars.DataFrame:
    """A query's rows as a frame; the column types come from the schema, so that an empty frame has them too."""
    import polars
    import pyarrow

    result = connection.execution_options(stream_results=True).execute(query)
    types = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64(), bool: pyarrow.bool_()}
    fields = [(column.name, types[column.type.python_type]) for column in query.selected_columns]
    names = pyarrow.schema(fields)
    batches = []
    for rows in result.partitions(CHUNK):
        columns = zip(zip(*rows, strict=True), fields, strict=True)
        arrays = [pyarrow.array(values, type=kind) for values, (_, kind) in columns]
        batches.append(pyarrow.RecordBatch.from_arrays(arrays, schema=names))
    frame = polars.from_arrow(pyarrow.Table.from_batches(batches, schema=names))
    assert isinstance(frame, polars.DataFrame)
    return frame

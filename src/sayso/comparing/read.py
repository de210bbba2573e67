"""A file of ACLED or UCDP GED: which of the two it is, its events, and the rows that could not be used."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType

import msgspec

from sayso.comparing import acled, table, ucdp
from sayso.comparing.dates import day
from sayso.comparing.foreign import ForeignEvent
from sayso.errors import SaysoError

FORMATS: dict[str, ModuleType] = {"acled": acled, "ucdp": ucdp}
MAX_BAD = 1000
"""How many bad rows are listed; the others are only counted."""


class BadRow(msgspec.Struct, frozen=True):
    """A row that could not be used: its number as a spreadsheet shows it, the error's code and its line."""

    row: int
    code: str
    message: str


class Foreign(msgspec.Struct, frozen=True, kw_only=True):
    """All events of one file, in the order of their first day and id. ``bad_rows`` counts those in ``bad`` and more."""

    dataset: str
    file: str
    events: list[ForeignEvent]
    bad: list[BadRow]
    bad_rows: int


def read_foreign(path: str | Path) -> Foreign:
    """The events of a file of ACLED or UCDP GED: .csv, .csv.gz or .zip, as it was downloaded.

    Raises S108, S109 (cannot be read), S102 (charset), S830 (neither of the two), S833 (no text), S835 (no rows).
    """
    path = Path(path)
    found: dict[str, ForeignEvent] = {}
    bad: list[BadRow] = []
    count = 0
    with table.opened(path) as stream:
        dataset, rows = _identified(table.cells(stream, str(path)), str(path))
        make = FORMATS[dataset].event
        for number, row in rows:
            made = _event(make, row, f"{path.name}:{number}", number, found)
            if isinstance(made, ForeignEvent):
                found[made.id] = made
            else:
                count += 1
                if len(bad) < MAX_BAD:
                    bad.append(BadRow(number, made.code, str(made)))
    if not found and not count:
        raise SaysoError("S835", name=path, why="there is nothing under its header")
    events = sorted(found.values(), key=lambda event: (event.first, event.last, event.id))
    return Foreign(dataset=dataset, file=path.name, events=events, bad=bad, bad_rows=count)


def _event(
    make: Callable[[Mapping[str, str], int], ForeignEvent],
    row: Mapping[str, str] | str,
    name: str,
    number: int,
    found: Mapping[str, ForeignEvent],
) -> ForeignEvent | SaysoError:
    if isinstance(row, str):
        return SaysoError("S116", name=name, why=row)
    try:
        event = make(row, number)
    except ValueError as error:
        column = str(error)
        return SaysoError("S831", name=name, column=column, value=row.get(column, ""))
    return SaysoError("S832", name=name, id=event.id) if event.id in found else event


Cells = Iterator[tuple[int, list[str] | csv.Error]]
Rows = Iterator[tuple[int, Mapping[str, str] | str]]


def _identified(cells: Cells, name: str) -> tuple[str, Rows]:
    """The dataset and its rows by column name. Raises S830 and S835."""
    first = next(cells, None)
    if first is None or isinstance(first[1], csv.Error):
        raise SaysoError("S835", name=name, why="it is empty" if first is None else str(first[1]))
    header = [table.fold(cell) for cell in first[1]]
    for dataset, form in FORMATS.items():
        if not _lacking(form, header):
            return dataset, _named(cells, header)
    bare = _without_header(first[1])
    if bare is not None:
        return bare, _named(itertools.chain([first], cells), list(FORMATS[bare].COLUMNS))
    lacks = [", ".join(_lacking(form, header)) for form in (acled, ucdp)]
    raise SaysoError("S830", name=name, acled=lacks[0], ucdp=lacks[1])


def _lacking(form: ModuleType, header: list[str]) -> list[str]:
    missing = [column for column in form.NEEDED if column not in header]
    if form is acled and not set(acled.IDS) & set(header):
        missing.insert(0, acled.IDS[0])
    return missing


def _without_header(cells: list[str]) -> str | None:
    """The dataset whose columns the first row fits where no row names them: some releases come so."""
    for dataset, column in (("ucdp", "date_start"), ("acled", "event_date")):
        names = list(FORMATS[dataset].COLUMNS)
        if len(cells) != len(names):
            continue
        try:
            day(cells[names.index(column)])
            float(cells[names.index("latitude")])
        except (KeyError, ValueError):
            continue
        return dataset
    return None


def _named(cells: Cells, header: list[str]) -> Rows:
    for number, row in cells:
        if isinstance(row, csv.Error):
            yield number, str(row)
        elif len(row) > len(header):
            yield number, f"it has {len(row)} fields, the header {len(header)}"
        elif not _tags(row):
            yield number, dict(zip(header, row, strict=False))


def _tags(row: list[str]) -> bool:
    """Whether a row holds the hashtags of HXL, which HDX puts under the header."""
    filled = [cell for cell in row if cell.strip()]
    return bool(filled) and all(cell.startswith("#") for cell in filled)

